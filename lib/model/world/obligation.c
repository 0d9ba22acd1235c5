/* Obligations: what each takes, by whom it is triggered, where its draws stand, who reads it. */
#include "model/world/compile.h"

#include <stdio.h>
#include <string.h>

#include "kernel/alloc.h"
#include "kernel/stream.h"
#include "model/ledger.h"
#include "scenario/check.h"

static int datum_of(const struct setting *s, int obligation)
{
    for (int i = 0; i < obligation && *s->obligations[obligation].datum; i++)
        if (!strcmp(s->obligations[i].datum, s->obligations[obligation].datum))
            return i;
    return obligation;
}

/* Whether an obligation can ever meet its trigger and lead to a record. */
static bool can_happen(const struct world *w, const struct obligation *o)
{
    return o->probability > 0 && (o->trigger != TRIGGER_DEVIATION ||
                                  w->set.regime.grants.granularity == GRANTS_MINUTES);
}

/* Gives the obligations of a trigger their places in a row of uniforms that has `length` doubles so
 * far; returns its new length. What is drawn ahead costs a fifth of what is drawn when it is needed:
 * copies have places where that pays and where they are few. */
static int lay_out(struct world *w, enum trigger trigger, int length)
{
    for (int i = 0; i < w->triggered_count[trigger]; i++) {
        struct obligation_plan *p = &w->obligation[w->triggered[trigger][i]->id];
        const bool copies = p->reentry > 0 && p->probability >= 0.25 && p->receivers <= 4;

        p->draw = length;
        length += 2;
        p->copy_draw = copies ? length : -1;
        length += copies ? 2 * (p->receivers - 1) : 0;
    }
    return length;
}

static int group_of(const struct setting *s, const struct obligation *o)
{
    for (int g = 0; *o->of && g < s->client_group_count; g++)
        if (!strcmp(s->clients[g].name, o->of))
            return g;
    return NOWHERE;
}

/* Services whose calls meet it: the one that it names, or those that follow its group, or all. */
static uint32_t services_of(const struct world *w, const struct obligation *o, int of)
{
    uint32_t services = 0;

    for (int s = 0; s < w->services; s++)
        if ((!*o->service || !strcmp(o->service, w->set.services[s].name)) &&
            (of == NOWHERE || w->service[s].of == of))
            services |= UINT32_C(1) << s;
    return services;
}

/* Whether records of an obligation are about a client. */
static bool has_client(const struct obligation *o)
{
    return o->trigger <= TRIGGER_NO_SHOW
               ? o->trigger != TRIGGER_CALL
               : o->trigger != TRIGGER_SHIFT && tb__is_of_clients(o->per);
}

/* What a record tells who reads it, and who looks at it: less when fewer details are written, nothing
 * when nothing is written. Who reads does not know beforehand that it is worth nothing. */
static void use_of(struct world *w, int i)
{
    const struct obligation *o = &w->set.obligations[i];
    struct obligation_plan *p = &w->obligation[i];
    const double detail = o->detail * tb__detail_left(o, w->detail);

    p->read_probability = o->read_probability;
    p->value = p->written ? o->value * detail : 0;
    p->unseen = 1 - w->set.regime.control.record_review * detail;
    p->read_ms = tb__minutes(o->read_minutes);
    if (!p->written || detail <= 0 || o->read_probability <= 0)
        return;
    if (!has_client(o)) {
        w->shared[w->shares++] = i;
        return;
    }
    w->readable[w->readables++] = i;
    if (o->read_probability > w->most_read)
        w->most_read = o->read_probability;
}

/* Whether it asks nothing of who writes it, nor of what else is recorded. */
static bool is_free(const struct world *w, const struct obligation_plan *p)
{
    for (int i = 0; i < w->obligations; i++)
        if (i != p->id && w->obligation[i].datum == p->datum)
            return false;
    return p->role == ANY_ROLE && !p->either;
}

static void sort_out(const struct world *w, struct obligation_plan *p)
{
    const bool free = is_free(w, p) && !p->asks,
               once = p->reentry <= 0 || p->receivers <= 1;

    p->look_bit = p->audited ? UINT64_C(1) << p->id : 0;
    p->plain = free && once && p->timing == TIMING_AT_ONCE;
    p->alone = free && p->written;
}

/* Where its minutes are booked; oral: it is told by itself. */
static int column_of(const struct obligation *o, bool oral)
{
    static const int columns[] = {[BOOKED_INDIRECT] = INDIRECT,
                                  [BOOKED_ADMINISTRATION] = ADMINISTRATION,
                                  [BOOKED_DEVELOPMENT] = DEVELOPMENT,
                                  [BOOKED_DIALOGUE] = DIALOGUE};

    if (o->books != BOOKED_RECORDS)
        return columns[o->books];
    return oral ? DIALOGUE : o->in_presence ? RECORDS_PRESENCE : RECORDS_AWAY;
}

/* Of who writes it, and of the citizen. */
static tb_status compile_minutes(struct world *w, const struct obligation *o,
                                 struct obligation_plan *p, tb_error *err)
{
    const double detail = o->detail * tb__detail_left(o, w->set.regime.records.detail);
    tb_status status = tb__compile_law(w, &o->minutes, 60000 * detail, &p->minutes, err);

    if (!status && p->asks)
        status = tb__compile_law(w, &o->citizen_minutes, 60000 * detail, &p->citizen, err);
    return status;
}

tb_status tb__compile_obligations(struct world *w, tb_error *err)
{
    w->obligations = w->set.obligation_count;
    w->obligation = tb__alloc((size_t)w->obligations, sizeof *w->obligation);
    if (!w->obligation)
        return tb__no_memory(err);
    for (int i = 0; i < w->obligations; i++) {
        const struct obligation *o = &w->set.obligations[i];
        struct obligation_plan *p = &w->obligation[i];
        char name[NAME_SIZE + 32];
        const bool oral = o->channel == CHANNEL_ORAL;
        tb_status status = TB_OK;

        snprintf(name, sizeof name, "obligation/%s", o->name);
        p->tag = tb__name_hash(name);
        p->role = tb__role_index(&w->set, o->role);
        p->service =
            o->trigger == TRIGGER_CALL ? tb__service_index(&w->set, o->service) : -1;
        p->of = group_of(&w->set, o);
        p->services = services_of(w, o, p->of);
        w->partial |= p->of != NOWHERE;
        p->per = o->per;
        p->timing = o->timing;
        p->interruptible = o->interruptible && tb__anything_interrupts(&w->set);
        p->receivers = o->receivers;
        p->written = !oral;
        p->either = o->channel == CHANNEL_EITHER && w->set.regime.dialogue.oral_share > 0;
        p->audited = o->audited;
        p->probability = o->probability;
        p->reentry = o->reentry;
        p->delay_cost = o->delay_cost;
        p->deadline = tb__minutes(60 * o->deadline_hours);
        p->lasts = tb__minutes(1440 * o->lasts_days);
        p->id = i;
        p->datum = datum_of(&w->set, i);
        p->datum_bit = UINT64_C(1) << p->datum;
        p->column = column_of(o, oral);
        p->told_column = o->books == BOOKED_RECORDS ? DIALOGUE : p->column;
        p->writing = o->books == BOOKED_RECORDS;
        p->strains = p->writing ? -1 : 0;
        p->asks = tb__law_mean(&o->citizen_minutes) > 0;
        if (p->probability > 0) /* one that never happens has no minutes */
            status = compile_minutes(w, o, p, err);
        if (status)
            return status;
        if (!can_happen(w, o))
            continue;
        w->triggered[o->trigger][w->triggered_count[o->trigger]++] = p;
        use_of(w, i);
    }
    for (int i = 0; i < w->obligations; i++)
        sort_out(w, &w->obligation[i]);
    w->visit_draws =
        lay_out(w, TRIGGER_DEVIATION, lay_out(w, TRIGGER_VISIT, VISIT_OWN_DRAWS));
    w->call_draws = lay_out(w, TRIGGER_CALL, 0);
    return TB_OK;
}
