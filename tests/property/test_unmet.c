/* Need that nobody met, from the log: what came less what somebody turned to. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "life.h"
#include "model/outcome.h"
#include "random_scenario.h"

enum { SCENARIOS = 200, PRESET_WEEKS = 5 };

static int kept, growing, shrinking, left;

/* Each call is one stretch of care, which begins when it leaves the queue: nobody is called away or
 * travels, and no work is quicker than the need says. */
static void make_plain(struct setting *s)
{
    for (int i = 0; i < s->service_count; i++) {
        struct service *v = &s->services[i];

        if (v->arrival == ARRIVAL_ENDLESS || v->arrival == ARRIVAL_LULL ||
            v->arrival == ARRIVAL_COVER) {
            v->arrival = ARRIVAL_RATE;
            v->per_hour = 1;
        }
        v->books = BOOKS_CARE;
        v->interrupts = v->interruptible = v->travel = false;
        v->return_probability = 0;
        v->then[0] = '\0';
    }
    s->regime.discretion.time_cost = fmax(s->regime.discretion.time_cost, 0);
    s->regime.knowledge.unfamiliar_time = fmax(s->regime.knowledge.unfamiliar_time, 0);
    s->regime.knowledge.unskilled_time = fmax(s->regime.knowledge.unskilled_time, 0);
    s->absence.temp_pace = fmax(s->absence.temp_pace, 1);
    for (int g = 0; g < s->staff_count; g++) { /* the log tells of one person each */
        s->staff[g].crew = 1;
        s->staff[g].pace = fmax(s->staff[g].pace, 1);
    }
}

/* Need of the calls that came in [from, to), less that of those whose care began in it. */
static int64_t by_the_log(const struct life *l, tb_time from, tb_time to)
{
    const struct ledger *g = &l->unit.ledger;
    int64_t sum = 0;

    for (int64_t i = 0; i < l->realised.count; i++) {
        const struct realised_item *r = &l->realised.item[i];

        if ((r->kind == PURPOSE_CALL || r->kind == PURPOSE_CALLER) && r->a >= from &&
            r->a < to)
            sum += r->b;
    }
    for (int64_t i = 0; i < g->logged; i++) {
        const struct stretch *s = &g->log[i];

        if (s->column == CARE_NEEDED && s->client < 0 && s->from >= from && s->from < to)
            sum -= s->to - s->from;
    }
    /* the end cuts through what is in hand: its rest is in a queue that was not there before */
    for (int v = 0; v < l->world->services && to == l->world->to; v++)
        for (int c = l->unit.waiting[v].first; c != NONE; c = l->unit.call[c].next)
            sum -= l->unit.call[c].since == to ? l->unit.call[c].need : 0;
    return sum;
}

static double numerator(const struct totals *t, const char *name)
{
    for (int i = 0; i < tb__outcome_count(); i++)
        if (!strcmp(tb__outcome(i)->name, name))
            return tb__outcome(i)->numerator(t);
    cr_assert(0, "there is no %s", name);
    return NAN;
}

static void same(const char *name, const char *what, double is, double should)
{
    cr_assert_lt(fabs(is - should), 1e-9 * (1 + fabs(should)),
                 "%s: %s is %.12g, not %.12g", name, what, is, should);
}

static void keep_week(const struct life *l, const char *name, int week)
{
    const struct world *w = l->world;
    const tb_time from = w->from + week * TB__WEEK;
    const struct tally *t = &l->unit.ledger.tally[week];
    const int64_t of_calls = by_the_log(l, from, from + TB__WEEK);
    const double hours = (double)(t->count.need_ms - t->count.met_ms + of_calls) / 3600000;
    int64_t waiting = 0, unserved = 0;
    struct totals sum;

    for (int s = 0; s < w->services; s++) {
        waiting += t->service[s].waiting_ms;
        unserved += l->world->service_crew[s] * t->service[s].unserved_ms;
    }
    tb__totals(w, &l->unit.ledger, week, &sum);
    cr_assert_eq(waiting + unserved, of_calls, "%s, week %d: %lld ms, by the log %lld",
                 name, week, (long long)(waiting + unserved), (long long)of_calls);
    same(name, "hours", numerator(&sum, "citizen.unmet_hours"), hours);
    same(name, "posts", numerator(&sum, "staff.fte_unmet") * sum.full_time_ms / 3600000,
         hours);
    same(name, "money",
         numerator(&sum, "money.unmet") * numerator(&sum, "staff.fte_direct"),
         numerator(&sum, "money.direct") * numerator(&sum, "staff.fte_unmet"));
    kept++;
    growing += waiting > 0;
    shrinking += waiting < 0;
    left += unserved > 0;
}

static void keep(tb_scenario *s, const char *name)
{
    const struct occasion weekly = {.seed = 21, .logging = 1, .remember = 1, .weekly = 1},
                          whole = {.seed = 21};
    struct life l, all;
    struct totals t;
    double sum = 0;

    make_plain(&s->set);
    live(&l, s, &weekly);
    live(&all, s, &whole);
    for (int week = 0; week < l.unit.ledger.periods; week++) {
        keep_week(&l, name, week);
        tb__totals(l.world, &l.unit.ledger, week, &t);
        sum += numerator(&t, "citizen.unmet_hours");
    }
    tb__totals(all.world, &all.unit.ledger, 0, &t);
    same(name, "the sum of the weeks", sum, numerator(&t, "citizen.unmet_hours"));
    life_clear(&all);
    life_clear(&l);
}

Test(unmet, is_what_came_less_what_was_begun)
{
    each_scenario(PRESET_WEEKS, SCENARIOS, keep);
    printf("# %d weeks: queues grew in %d, shrank in %d; calls left in %d\n", kept,
           growing, shrinking, left);
    cr_assert(growing > 40 && shrinking > 40 && left > 40);
}

/* What waits counts in the week in which it came, and counts back when it is met. */
Test(unmet, of_a_call_that_waits_over_the_end_of_a_week)
{
    static const double weeks[] = {.25, -.25, 0};
    const struct occasion o = {.weeks = 3, .weekly = 1};
    tb_scenario *s = NULL;
    struct life l;

    cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
    put_item(s, "staff.crew.count", "1");
    put(s, "staff.crew.roster", "always");
    put_item(s, "services.call.arrival", "finite");
    put(s, "services.call.population", "2");
    put(s, "services.call.between_minutes", "10075");
    put(s, "services.call.minutes", "15");
    live(&l, s, &o);
    for (int week = 0; week < 3; week++) {
        struct totals t;

        tb__totals(l.world, &l.unit.ledger, week, &t);
        same("two callers at 10075", "hours", numerator(&t, "citizen.unmet_hours"),
             weeks[week]);
    }
    life_clear(&l);
    tb_scenario_free(s);
}
