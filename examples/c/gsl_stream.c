/* Any distribution of GSL on addressed streams: how long three carers' visits take on three days,
 * drawn from Monday to Wednesday and then backwards. The order does not matter, and a carer who is
 * taken out changes nothing for the others.
 *
 *     cc gsl_stream.c $(pkg-config --cflags --libs tidsbruk) -o gsl_stream && ./gsl_stream */
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>
#include <tidsbruk/gsl.h>

enum { CARERS = 3, DAYS = 3, MINUTES = 1 };

static const char *const carers[CARERS] = {"ada", "bo", "cy"};

/* Minutes of one carer on one day: gamma distributed with mean 30. */
static double minutes_of(gsl_rng *r, int carer, int day)
{
    const tb_address at = {.seed = 2026,
                           .entity = tb_entity(carers[carer]),
                           .index = (uint32_t)day,
                           .purpose = MINUTES};

    if (tb_gsl_place(r, &at, NULL))
        return -1;
    return gsl_ran_gamma(r, 4, 7.5);
}

int main(void)
{
    gsl_rng *r = gsl_rng_alloc(tb_gsl_stream());
    double forwards[CARERS][DAYS];
    int differ = 0;

    for (int carer = 0; carer < CARERS; carer++)
        for (int day = 0; day < DAYS; day++)
            forwards[carer][day] = minutes_of(r, carer, day);
    for (int day = DAYS - 1; day >= 0; day--)
        for (int carer = CARERS - 1; carer >= 0; carer -= 2) /* bo is ill */
            differ += minutes_of(r, carer, day) < forwards[carer][day] ||
                      minutes_of(r, carer, day) > forwards[carer][day];

    printf("%-6s %10s %10s %10s\n", "", "Monday", "Tuesday", "Wednesday");
    for (int carer = 0; carer < CARERS; carer++)
        printf("%-6s %10.2f %10.2f %10.2f\n", carers[carer], forwards[carer][0],
               forwards[carer][1], forwards[carer][2]);
    printf("%s\n", differ ? "The order of drawing mattered." : "In any order the same.");
    gsl_rng_free(r);
    return differ ? EXIT_FAILURE : EXIT_SUCCESS;
}
