/* Cover from which calls take workers away: what lacks is what Erlang's busy servers leave. */
#include <string.h>

#include "oracle.h"

/* So many round the clock, of whom cover wants some; calls interrupt it. room 0: calls wait. */
static tb_scenario *unit(int workers, int wanted, const struct work *w, int room)
{
    tb_scenario *s = unit_of(workers);
    char present[200] = "";

    add_service(s, "alarm", w);
    put(s, "services.alarm.priority", "1");
    put(s, "services.alarm.interrupts", "true");
    put(s, "services.alarm.room", "%d", room);
    add(s, "services.watch");
    put(s, "services.watch.arrival", "cover");
    put(s, "services.watch.interruptible", "true");
    put(s, "services.watch.priority", "4");
    for (int hour = 0; hour < 24; hour++)
        sprintf(present + strlen(present), "%d ", 3 * wanted);
    put(s, "services.watch.present", "%s", present);
    put(s, "services.watch.each", "3");
    return s;
}

/* One alone who covers: uncovered while busy, which is the load where calls wait for one another,
 * and a / (1 + a) where a call that finds nobody free is lost. */
Test(cover, alone)
{
    static const struct work right = {.02, 10, 1}, more = {.021, 10, 1};
    struct trial t = {.name = "cover, alone"};

    try_unit(&t, "", unit(1, 1, &right, 0));
    try_unit(&t, "5 % more calls", unit(1, 1, &more, 0));
    try_unit(&t, "calls that are lost", unit(1, 1, &right, 1));
    run_trial(&t, 30, 60, 1);
    expect_figure(&t, ratio_of, "citizen.covered_share.watch", .8, 1, .79);
    expect_figure(&t, ratio_of, "citizen.uncovered_hours.watch", 168 * .2, 2,
                  168 * .2 / 1.2);
    expect_figure(&t, ratio_of, "citizen.unmet_hours", 168 * .2, 1, 168 * .21);
    end_trial(&t);
}

/* Mean number of those wanted whom the busy leave uncovered, where calls that find all busy are lost:
 * Erlang's distribution, whatever the law of the work. */
static double uncovered(double a, int workers, int wanted)
{
    double p = 1, all = 0, sum = 0;

    for (int busy = 0; busy <= workers; busy++, p *= a / busy) {
        const int lacks = wanted - (workers - busy);

        all += p;
        sum += lacks > 0 ? p * lacks : 0;
    }
    return sum / all;
}

/* Of five, cover wants four: the fifth takes the first call, further ones take from cover. */
Test(cover, several)
{
    static const struct work right = {.15, 10, .5}, more = {.1575, 10, .5};
    struct trial t = {.name = "cover, five workers"};

    try_unit(&t, "", unit(5, 4, &right, 5));
    try_unit(&t, "5 % more calls", unit(5, 4, &more, 5));
    try_unit(&t, "three wanted", unit(5, 3, &right, 5));
    run_trial(&t, 30, 40, 1);
    expect_figure(&t, ratio_of, "citizen.uncovered_hours.watch",
                  168 * uncovered(1.5, 5, 4), 1, 168 * uncovered(1.575, 5, 4));
    expect_figure(&t, ratio_of, "citizen.covered_share.watch",
                  1 - uncovered(1.5, 5, 4) / 4, 2, 1 - uncovered(1.5, 5, 3) / 3);
    end_trial(&t);
}
