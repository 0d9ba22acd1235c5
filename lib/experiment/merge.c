/* Parts of one run, joined. */
#include <inttypes.h>
#include <string.h>

#include "experiment/result.h"
#include "kernel/alloc.h"

/* What must be equal in all parts, by name. */
static tb_status belong(const tb_result *a, const tb_result *b, int part, tb_error *err)
{
    const struct {
        const char *what;
        int64_t a, b;
    } number[] = {
        {"scenarios", a->scenarios, b->scenarios},
        {"outcomes", a->outcomes, b->outcomes},
        {"weeks", a->measured, b->measured},
        {"weeks of warm-up", a->warmup, b->warmup},
        {"rows a replication", a->weeks, b->weeks},
        {"estimand", a->estimand, b->estimand},
        {"weekly rows", a->weekly, b->weekly},
    };

    if (strcmp(a->version, b->version) != 0)
        return tb__fail(err, TB_ERR_MISMATCH,
                        "part %d was simulated by tidsbruk %s, the first by %s", part,
                        b->version, a->version);
    if (a->seed != b->seed)
        return tb__fail(err, TB_ERR_MISMATCH,
                        "seed: %" PRIu64 " in part %d, %" PRIu64 " in the first", b->seed,
                        part, a->seed);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        if (number[i].a != number[i].b)
            return tb__fail(err, TB_ERR_MISMATCH,
                            "%s: %lld in part %d, %lld in the first", number[i].what,
                            (long long)number[i].b, part, (long long)number[i].a);
    for (int s = 0; s < a->scenarios; s++)
        if (a->scenario[s].settings != b->scenario[s].settings ||
            a->scenario[s].hash != b->scenario[s].hash)
            return tb__fail(err, TB_ERR_MISMATCH,
                            "scenario %d: its %s differ in part %d from the first", s + 1,
                            a->scenario[s].settings != b->scenario[s].settings
                                ? "settings"
                                : "compiled tables",
                            part);
    for (int o = 0; o < a->outcomes; o++)
        if (strcmp(a->outcome[o].name, b->outcome[o].name) != 0)
            return tb__fail(err, TB_ERR_MISMATCH, "outcome %s: in part %d it is %s",
                            a->outcome[o].name, part, b->outcome[o].name);
    return TB_OK;
}

/* Positions of the parts in order of their first replication; they must follow one another. */
static tb_status line_up(const tb_result *const *part, int count, int *order, tb_error *err)
{
    for (int i = 0; i < count; i++) {
        int at = i;

        for (; at > 0 && part[order[at - 1]]->first > part[i]->first; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (int i = 1; i < count; i++) {
        const tb_result *a = part[order[i - 1]], *b = part[order[i]];
        const int64_t next = (int64_t)a->first + a->replications;

        if (b->first != next)
            return tb__fail(err, TB_ERR_MISMATCH,
                            "replications: part %d ends before number %lld, part %d "
                            "begins at %d: a%s",
                            order[i - 1] + 1, (long long)next, order[i] + 1, b->first,
                            b->first > next ? " gap" : "n overlap");
    }
    return TB_OK;
}

/* A result like another one, with room for so many replications of numbers. */
static tb_status like(const tb_result *from, int replications, tb_result **out,
                      tb_error *err)
{
    tb_result *r = tb__alloc(1, sizeof *r);
    tb_status status;

    if (!r)
        return tb__no_memory(err);
    *r = *from;
    r->outcome = NULL;
    r->name = NULL;
    r->scenario = NULL;
    r->part[0] = r->part[1] = r->part[2] = NULL;
    r->replications = replications;
    r->ending = TB_PLANNED;
    r->hardest = -1;
    if ((status = tb__result_allocate(r, err))) {
        tb_result_free(r);
        return status;
    }
    memcpy(r->name, from->name, (size_t)r->outcomes * sizeof *r->name);
    for (int o = 0; o < r->outcomes; o++) {
        r->outcome[o] = from->outcome[o];
        if (from->outcome[o].name == from->name[o])
            r->outcome[o].name = r->name[o];
    }
    for (int s = 0; s < r->scenarios; s++) { /* nobody writes rows by scenario any more */
        r->scenario[s] = from->scenario[s];
        r->scenario[s].role = r->scenario[s].obligation = r->scenario[s].service = NULL;
    }
    *out = r;
    return TB_OK;
}

/* Copies the rows of a part to where its first replication is the nth. */
static void copy(tb_result *to, const tb_result *from, int nth)
{
    const int64_t rows = (int64_t)from->replications * from->weeks;

    for (int p = 0; p < 3; p++)
        for (int o = 0; o < to->outcomes; o++)
            for (int s = 0; s < to->scenarios; s++)
                memcpy(to->part[p] + o * to->rows +
                           ((int64_t)s * to->replications + nth) * to->weeks,
                       from->part[p] + o * from->rows + s * rows,
                       (size_t)rows * sizeof **to->part);
}

tb_status tb_result_merge(const tb_result *const *parts, int count, tb_result **out,
                          tb_error *err)
{
    tb_status status = TB_OK;
    tb_result *r = NULL;
    int64_t replications = 0;
    int *order, nth = 0;

    *out = NULL;
    if (count < 1)
        return tb__fail(err, TB_ERR_VALUE, "parts: there is none to merge");
    for (int i = 1; i < count && !status; i++)
        status = belong(parts[0], parts[i], i + 1, err);
    if (status)
        return status;
    order = tb__alloc((size_t)count, sizeof *order);
    status = order ? line_up(parts, count, order, err) : tb__no_memory(err);
    for (int i = 0; i < count; i++)
        replications += parts[i]->replications;
    if (!status && replications > MOST_REPLICATIONS)
        status = tb__fail(err, TB_ERR_LIMIT, "replications: %lld together are more than %d",
                          (long long)replications, MOST_REPLICATIONS);
    if (!status)
        status = like(parts[order[0]], (int)replications, &r, err);
    for (int i = 0; i < count && !status; nth += parts[order[i++]]->replications)
        copy(r, parts[order[i]], nth);
    tb__free(order);
    *out = r;
    return status;
}
