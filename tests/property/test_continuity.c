/* Continuity, from the log of every stretch and from lists that are kept whole: what the unit counts
 * visit by visit is what the definitions say. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "life.h"
#include "model/outcome.h"
#include "random_scenario.h"

enum { MOST_VISITS = 4096, FORTNIGHT = 14, WEEKS = 8 };

/* Carers of one client in order of time, by day; a temp is worker + workers * shift. */
struct diary {
    int carer[MOST_VISITS], day[MOST_VISITS];
    uint32_t visit[MOST_VISITS]; /* its address, without the place of a second carer */
    int visits;
};

static int by_begin(const void *a, const void *b)
{
    const struct stretch *x = *(const struct stretch *const *)a,
                         *y = *(const struct stretch *const *)b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x > y) - (x < y);
}

/* A visit is the way to it: every visit here has one. The unit counts a visit when its chain begins,
 * in order of the events that begin them. */
static struct diary *diaries(const struct life *l)
{
    const struct world *w = l->world;
    const struct ledger *g = &l->unit.ledger;
    struct diary *d = calloc((size_t)w->clients, sizeof *d);
    const struct stretch **way = calloc((size_t)g->logged, sizeof *way);
    uint32_t *address = calloc((size_t)g->logged, sizeof *address); /* of each way */
    int64_t ways = 0, given = 0;

    cr_assert(d && way && address);
    for (int64_t i = 0; i < g->logged; i++)
        if (g->log[i].column == TRAVEL && g->log[i].client >= 0)
            way[ways++] = &g->log[i];
    for (int64_t i = 0; i < l->realised.count; i++) {
        const struct realised_item *r = &l->realised.item[i];

        if (r->kind != PURPOSE_NEED)
            continue;
        cr_assert(given < ways && r->entity == w->client[way[given]->client].entity);
        address[way[given++] - g->log] = r->index & ~1u;
    }
    cr_assert_eq(given, ways);
    qsort(way, (size_t)ways, sizeof *way, by_begin);
    for (int64_t i = 0; i < ways; i++) {
        const struct stretch *s = way[i];
        struct diary *c = &d[s->client];
        int carer = s->worker;

        for (int k = 0; s->temp && k < w->worker[s->worker].shifts; k++) {
            const struct shift *shift = &w->shift[w->worker[s->worker].first + k];
            if (shift->from <= s->from)
                carer = s->worker + w->workers * (1 + k);
        }
        cr_assert_lt(c->visits, MOST_VISITS);
        c->carer[c->visits] = carer;
        c->visit[c->visits] = address[s - g->log];
        c->day[c->visits++] = (int)(s->from / TB__DAY);
    }
    free(address);
    free(way);
    return d;
}

struct sums {
    double clients, repeated, carers, upc, coc, secon;
};

static int is_of(const int *carer, const int *visit, int n, int at, int who)
{
    for (int i = 0; i < n; i++)
        if (visit[i] == at && carer[i] == who)
            return 1;
    return 0;
}

/* By the definitions, of n comings to one client: visits are runs of comings with one address, and who
 * comes twice to one comes once. */
static void add(struct sums *s, const int *carer, const uint32_t *address, int n)
{
    int *visit = calloc((size_t)n + 1, sizeof *visit);
    int visits = 0, most = 0, carers = 0, comings = 0, others = 0, after = 0, again = 0;

    for (int i = 0; i < n; i++)
        visit[i] = visits += !i || address[i] != address[i - 1]; /* from 1 */
    for (int i = 0; i < n; i++) {
        int came = 0;

        if (is_of(carer, visit, i, visit[i], carer[i]))
            continue;
        for (int at = 1; at <= visits; at++)
            came += is_of(carer, visit, n, at, carer[i]);
        comings++;
        others += came - 1;
        most = came > most ? came : most;
        carers++;
        for (int k = 0; k < i; k++)
            if (carer[k] == carer[i]) {
                carers--;
                break;
            }
        after += visit[i] > 1;
        again += is_of(carer, visit, n, visit[i] - 1, carer[i]);
    }
    free(visit);
    if (!n)
        return;
    s->clients++;
    s->carers += carers;
    s->upc += (double)most / visits;
    if (visits < 2)
        return;
    s->repeated++;
    s->coc += (double)others / (comings * (visits - 1.0));
    s->secon += again / (double)after;
}

static struct sums over(const struct life *l, const struct diary *d, int days, bool daily)
{
    struct sums s = {0};

    for (int c = 0; c < l->world->clients; c++) {
        const int from = 7 * l->world->warmup;
        int a = 0;

        if (daily && !l->world->client[c].frequent)
            continue;
        while (a < d[c].visits && d[c].day[a] < from)
            a++;
        for (int first = from; first < from + 7 * WEEKS; first += days) {
            const int begin = a;
            while (a < d[c].visits && d[c].day[a] < first + days)
                a++;
            add(&s, d[c].carer + begin, d[c].visit + begin, a - begin);
        }
    }
    return s;
}

static double outcome(const struct life *l, const char *name)
{
    struct totals t;

    tb__totals(l->world, &l->unit.ledger, 0, &t);
    for (int i = 0; i < tb__outcome_count(); i++)
        if (!strcmp(tb__outcome(i)->name, name))
            return tb__outcome(i)->numerator(&t) / tb__outcome(i)->denominator(&t);
    cr_assert(0, "%s", name);
    return NAN;
}

static void expect(const struct life *l, const char *name, double value)
{
    cr_expect_float_eq(outcome(l, name), value, 1e-12, "%s: %.17g, by the log %.17g",
                       name, outcome(l, name), value);
    cr_expect(value > 0, "%s is nothing", name);
}

Test(continuity, is_what_the_log_says)
{
    static const char *const presets[] = {"home_care/npm", "home_care/trust"};

    for (int i = 0; i < 2; i++) {
        const struct occasion o = {.seed = 51, .weeks = WEEKS, .logging = 1, .remember = 1};
        tb_scenario *s = NULL;
        struct diary *d;
        struct sums all, daily, month;
        struct life l;

        cr_assert_eq(tb_scenario_preset(presets[i], &s, NULL), TB_OK);
        put(s, "horizon.weeks", "8");
        put(s, "horizon.warmup_weeks", "2");
        put(s, "clients.home.two_carers", i ? "0.2" : "0");
        put(s, "planning.continuity", i ? "0" : "100");
        live(&l, s, &o);
        d = diaries(&l);
        all = over(&l, d, FORTNIGHT, false);
        daily = over(&l, d, FORTNIGHT, true);
        month = over(&l, d, 2 * FORTNIGHT, false);
        expect(&l, "citizen.carers_14d", all.carers / all.clients);
        expect(&l, "citizen.carers_14d_daily", daily.carers / daily.clients);
        expect(&l, "citizen.carers_28d", month.carers / month.clients);
        expect(&l, "citizen.continuity_upc", all.upc / all.clients);
        expect(&l, "citizen.continuity_coc", all.coc / all.repeated);
        expect(&l, "citizen.continuity_secon", all.secon / all.repeated);
        expect(&l, "citizen.continuity_upc_daily", daily.upc / daily.clients);
        expect(&l, "citizen.continuity_coc_daily", daily.coc / daily.repeated);
        expect(&l, "citizen.continuity_secon_daily", daily.secon / daily.repeated);
        printf("# %s: carers %.2f, upc %.3f, coc %.3f, secon %.3f\n", presets[i],
               all.carers / all.clients, all.upc / all.clients, all.coc / all.repeated,
               all.secon / all.repeated);
        free(d);
        life_clear(&l);
        tb_scenario_free(s);
    }
}
