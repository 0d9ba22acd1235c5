/* One worker, calls with patience and little room, to the millisecond: the queue is worked out again
 * from the realised arrivals, needs and patience by the recursion of Lindley (1952), and every count
 * must be the same. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "life.h"
#include "random_scenario.h"

enum { UNITS = 120 };

struct arrival {
    tb_time at, need, patience; /* patience: TB__NEVER where the call did not wait for it */
    uint32_t index;
};

static int by_time(const void *left, const void *right)
{
    const struct arrival *a = left, *b = right;

    return a->at != b->at ? (a->at > b->at) - (a->at < b->at)
                          : (a->index > b->index) - (a->index < b->index);
}

/* Arrivals in order, each with its patience where it was drawn. */
static struct arrival *arrivals_of(const struct life *l, int *count)
{
    struct arrival *a = calloc((size_t)l->realised.count + 1, sizeof *a);

    cr_assert(a);
    *count = 0;
    for (int64_t i = 0; i < l->realised.count; i++) {
        const struct realised_item *r = &l->realised.item[i];
        if (r->kind == PURPOSE_CALL)
            a[(*count)++] = (struct arrival){r->a, r->b, TB__NEVER, r->index};
    }
    for (int64_t i = 0, k = 0; i < l->realised.count; i++) {
        const struct realised_item *r = &l->realised.item[i];

        if (r->kind != PURPOSE_CALL_PATIENCE)
            continue;
        while (a[k].index != r->index) /* both in order of arrival */
            cr_assert_lt(++k, *count);
        a[k].patience = r->a;
    }
    qsort(a, (size_t)*count, sizeof *a, by_time);
    return a;
}

/* What the tally should hold. Who comes in the millisecond in which another goes finds it there; whose
 * patience runs out in the millisecond in which the worker becomes free has left. */
static struct service_tally recursion(const struct arrival *a, int n, int room,
                                      tb_time limit, tb_time end)
{
    tb_time *gone = calloc((size_t)n + 1, sizeof *gone), free_at = 0;
    struct service_tally t = {.calls = n};
    int inside = 0, first = 0, kept = 0;

    cr_assert(gone);
    for (int i = 0; i < n; i++) {
        const tb_time start = free_at >= a[i].at ? free_at : a[i].at;
        const tb_time wait = start - a[i].at;
        const bool waits = free_at >= a[i].at && free_at > 0,
                   leaves = waits && a[i].patience <= wait;
        const tb_time over = leaves ? a[i].at + a[i].patience : start + a[i].need;

        inside = 0;
        for (int k = first; k < kept; k++)
            inside += gone[k] >= a[i].at;
        if (inside >= room) {
            t.lost++;
            t.unserved_ms += a[i].need;
            continue;
        }
        gone[kept++] = over;
        if (leaves) {
            if (over >= end)
                continue;
            t.abandoned++;
            t.waited++;
            t.wait_ms += a[i].patience;
            t.long_waits += a[i].patience > limit;
            t.left_ms += a[i].patience;
            t.unserved_ms += a[i].need;
            continue;
        }
        free_at = over;
        if (start >= end)
            continue;
        t.started++;
        t.wait_ms += wait;
        t.waited += wait > 0;
        t.long_waits += wait > limit;
        if (over >= end)
            continue;
        t.services++;
        t.done++;
        t.sojourn_ms += over - a[i].at;
    }
    free(gone);
    return t;
}

#define SAME(member)                                                               \
    cr_assert_eq(got->member, t.member, "%s: " #member " is %lld, not %lld", name, \
                 (long long)got->member, (long long)t.member)

static void check(tb_scenario *s, const char *name, int64_t seen[2])
{
    const struct occasion o = {.seed = 14, .weeks = 2, .no_warmup = 1, .remember = 1};
    const struct service_tally *got;
    struct service_tally t;
    struct arrival *a;
    struct life l;
    int n;

    live(&l, s, &o);
    a = arrivals_of(&l, &n);
    got = &l.unit.ledger.tally[0].service[0];
    t = recursion(a, n, l.world->service[0].room, l.world->service[0].wait_limit,
                  l.world->to);
    SAME(calls);
    SAME(lost);
    SAME(abandoned);
    SAME(started);
    SAME(services);
    SAME(done);
    SAME(waited);
    SAME(long_waits);
    SAME(wait_ms);
    SAME(sojourn_ms);
    SAME(left_ms);
    SAME(unserved_ms);
    seen[0] += t.abandoned;
    seen[1] += t.lost;
    free(a);
    life_clear(&l);
}

Test(recursion, patience_and_room)
{
    int64_t seen[2] = {0, 0};

    for (int i = 0; i < UNITS; i++) {
        struct random r = {(uint64_t)i * 977 + 5};
        tb_scenario *s = NULL;
        char text[80], name[20];

        snprintf(name, sizeof name, "unit %d", i);
        cr_assert_eq(tb_scenario_new(&s, NULL), TB_OK);
        put_item(s, "staff.crew.count", "1");
        put(s, "staff.crew.roster", "always");
        put_item(s, "services.call.minutes", "lognormal(mean=9, cv=1.1)");
        put_number(s, "services.call.per_hour", random_between(&r, 1, 14));
        put_number(s, "services.call.room", random_count(&r, 1, i % 3 ? 6 : 200));
        snprintf(text, sizeof text, i % 2 ? "gamma(mean=%g, cv=0.8)" : "%g",
                 random_between(&r, 0.2, 40));
        put(s, "services.call.patience", text);
        put_number(s, "services.call.wait_limit_minutes", random_between(&r, 0, 20));
        check(s, name, seen);
        tb_scenario_free(s);
    }
    printf("# %lld calls left, %lld were lost\n", (long long)seen[0], (long long)seen[1]);
    cr_assert(seen[0] > 10000 && seen[1] > 10000);
}
