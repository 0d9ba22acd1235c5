/* What the work of a service is moves minutes from one column to another, and nothing else. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "life.h"
#include "model/outcome.h"
#include "random_scenario.h"
#include "scenario/scenario.h"

enum { SCENARIOS = 60, PRESET_WEEKS = 2 };

static const int column_of[] = {CARE_NEEDED, INDIRECT, ADMINISTRATION, MEETINGS,
                                TRAINING,    DIALOGUE, DEVELOPMENT};

static int moved, with_need;

static void set_books(tb_scenario *s, int books)
{
    for (int i = 0; i < s->set.service_count; i++) {
        s->set.services[i].books = books < 0 ? (int)BOOKS_CARE : (books + i) % 7;
        s->set.services[i].others_join = false; /* only care is joined by who idles */
    }
    s->set.errors.per_visit = s->set.errors.misuse_per_visit = 0; /* of care alone */
}

static int64_t service_ms(const struct life *l, int column)
{
    int64_t sum = 0;

    for (int p = 0; p < l->unit.ledger.periods; p++)
        for (int s = 0; s < l->world->services; s++)
            sum += l->world->service[s].column == column
                       ? l->unit.ledger.tally[p].service[s].ms
                       : 0;
    return sum;
}

static void compare(const struct life *a, const struct life *b, const char *name)
{
    int64_t care = life_ms(a, CARE_NEEDED) + life_ms(a, CARE_SURPLUS);

    for (int c = 0; c < COLUMNS; c++) {
        int64_t more = 0;

        for (int k = 1; k < 7; k++)
            more += column_of[k] == c ? service_ms(b, c) : 0;
        if (c != CARE_NEEDED && c != CARE_SURPLUS)
            cr_assert_eq(life_ms(b, c), life_ms(a, c) + more, "%s, column %d", name, c);
        care -= more;
        moved += more > 0;
    }
    cr_assert_eq(life_ms(b, CARE_NEEDED) + life_ms(b, CARE_SURPLUS), care, "%s", name);
    for (int p = 0; p < a->unit.ledger.periods; p++)
        for (int s = 0; s < a->world->services; s++) {
            struct service_tally x = a->unit.ledger.tally[p].service[s],
                                 y = b->unit.ledger.tally[p].service[s];

            x.ms = y.ms = 0;
            cr_assert_eq(memcmp(&x, &y, sizeof x), 0, "%s, service %d", name, s);
            with_need += y.unserved_ms > 0;
        }
}

/* Unmet need is that of care alone. */
static void check_unmet(const struct life *l, const char *name)
{
    for (int p = 0; p < l->unit.ledger.periods; p++) {
        int64_t unmet = 0;
        struct totals t;

        for (int s = 0; s < l->world->services; s++) {
            const struct service_tally *v = &l->unit.ledger.tally[p].service[s];

            if (l->world->set.services[s].books == BOOKS_CARE)
                unmet += l->world->service_crew[s] * (v->unserved_ms + v->waiting_ms);
        }
        tb__totals(l->world, &l->unit.ledger, p, &t);
        cr_assert_eq(t.calls.unserved_ms + t.calls.waiting_ms, unmet, "%s", name);
    }
}

static void check(tb_scenario *s, const char *name)
{
    static int number;
    const struct occasion o = {.seed = 61, .weekly = 1};
    struct life a, b;

    if (!s->set.service_count)
        return;
    set_books(s, -1);
    live(&a, s, &o);
    set_books(s, 1 + number++ % 6);
    live(&b, s, &o);
    compare(&a, &b, name);
    check_unmet(&b, name);
    life_clear(&a);
    life_clear(&b);
}

Test(service_books, move_minutes_and_nothing_else)
{
    each_scenario(PRESET_WEEKS, SCENARIOS, check);
    cr_assert_gt(moved, SCENARIOS / 2);
    cr_assert_gt(with_need, SCENARIOS / 10);
}
