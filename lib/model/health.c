/* Health: spells of absence, of each worker, and of each of the people that a crew is. */
#include "model/unit.h"

/* Somebody who may fall ill. */
struct person {
    struct worker *worker; /* whose strain counts */
    struct health *health;
    uint32_t entity;
    const double *draw; /* of the first spell that begins today */
};

/* Of who works alone: what is known is taken from the worker, and put back. */
static struct health known_of(const struct worker *w)
{
    return (struct health){w->sick_from,   w->sick_until, w->again_from,
                           w->again_until, w->foreseen,   w->spell};
}

static void keep(struct worker *w, const struct health *h)
{
    w->sick_from = h->sick_from;
    w->sick_until = h->sick_until;
    w->again_from = h->again_from;
    w->again_until = h->again_until;
    w->foreseen = h->foreseen;
    w->spell = h->spell;
}

static struct person worker_of(struct unit *u, int i, struct health *h)
{
    return (struct person){&u->worker[i], h, u->world->worker[i].entity,
                           &u->absence_draw[2 * i]};
}

static struct person seat_of(struct unit *u, int i)
{
    const struct seat *s = &u->world->seat[i];

    return (struct person){&u->worker[s->worker], &u->seat[i], s->entity,
                           &u->absence_draw[2 * (u->world->workers + i)]};
}

static double hazard_of(const struct unit *u, const struct worker *w)
{
    const struct view at = tb__view_of_week(u, w);

    return tb__answers(u, M_WELLBEING)
               ? tb__wellbeing_illness(&u->world->set.regime.wellbeing, &at)
               : 1;
}

/* A spell of a person begins then: it is the one to come, or the one after. */
static void falls_ill(struct unit *u, const struct person *p, int64_t day, tb_time from,
                      double uniform)
{
    struct health *h = p->health;
    const bool first = h->sick_until <= u->now;

    h->foreseen = from + 1 + tb__variate_ms(&u->world->spell, uniform);
    *(first ? &h->sick_from : &h->again_from) = from;
    *(first ? &h->sick_until : &h->again_until) = h->foreseen;
    tb__realised(u, PURPOSE_ABSENCE, p->entity, (uint32_t)day, from, h->foreseen);
}

/* The next spell of a person, if it begins on that day: mostly none does, and that is clear at once. */
static void draw_spell(struct unit *u, const struct person *p, int64_t day)
{
    const struct world *world = u->world;
    const tb_time midnight = (day + 1) * TB__DAY;
    struct health *h = p->health;
    double later[2];
    const double *draw = h->spell ? later : p->draw;
    tb_time from = midnight;

    if (h->spell)
        tb__uniforms(&u->stream, (uint32_t)(day + world->day_bias), p->entity,
                     PURPOSE_ABSENCE | (uint32_t)h->spell << 8, later);
    h->spell++;
    if (draw[0] < world->stays_well || h->foreseen < midnight - TB__DAY)
        from = h->foreseen +
               (tb_time)(tb__variate(&world->between, draw[0]) / hazard_of(u, p->worker) +
                         0.5);
    if (from >= midnight)
        h->foreseen = midnight;
    else
        falls_ill(u, p, day, from, draw[1]);
}

/* Forgets a spell that is over, and draws those to come until the day ends or two are known. */
static void foresee(struct unit *u, const struct person *p, int64_t day)
{
    struct health *h = p->health;

    for (;;) {
        if (h->sick_until <= u->now && h->again_from < TB__NEVER) {
            h->sick_from = h->again_from;
            h->sick_until = h->again_until;
            h->again_from = TB__NEVER;
        }
        if (u->world->set.absence.days_between <= 0 || /* as it may be since the switch */
            h->foreseen >= (day + 1) * TB__DAY || h->again_from < TB__NEVER)
            return;
        draw_spell(u, p, day);
    }
}

void tb__foresee_worker(struct unit *u, struct worker *w)
{
    struct health h = known_of(w);
    const struct person p = worker_of(u, w->id, &h);

    foresee(u, &p, u->day);
    keep(w, &h);
}

static void ill_at_start(struct unit *u, const struct person *p)
{
    const struct world *world = u->world;
    struct health *h = p->health;
    double draw[2];
    int node = 0;

    tb__uniforms(&u->stream, 0, p->entity, PURPOSE_ABSENCE, draw);
    if (draw[0] >= world->ill_at_start)
        return;
    while (node < SPELL_NODES - 1 &&
           world->spell_share[node] < draw[0] / world->ill_at_start)
        node++;
    h->sick_from = 0;
    h->sick_until =
        1 + (tb_time)(draw[1] * tb__variate(&world->spell, (node + 0.5) / SPELL_NODES));
    h->foreseen = h->sick_until;
}

/* Nothing that was drawn is over, and the day was drawn to its end. */
static inline bool is_settled(const struct unit *u, const struct worker *w, int64_t day)
{
    return w->foreseen >= (day + 1) * TB__DAY &&
           !(w->sick_until <= u->now && w->again_from < TB__NEVER);
}

/* Mostly a day begins with somebody well, who stays so. */
static inline bool stays_well(struct unit *u, struct worker *w)
{
    if (u->absence_draw[2 * w->id] < u->world->stays_well || w->foreseen != u->now ||
        w->again_from < TB__NEVER)
        return false;
    w->spell = 1;
    w->foreseen = u->now + TB__DAY;
    return true;
}

static void act_on_worker(struct unit *u, int i, int64_t day,
                          void (*act)(struct unit *u, const struct person *p, int64_t day))
{
    struct health h = known_of(&u->worker[i]);
    const struct person p = worker_of(u, i, &h);

    act(u, &p, day);
    keep(&u->worker[i], &h);
}

static void act_on_seats(struct unit *u, int64_t day,
                         void (*act)(struct unit *u, const struct person *p, int64_t day))
{
    for (int i = 0; i < u->world->seats; i++) {
        const struct person p = seat_of(u, i);
        act(u, &p, day);
    }
}

/* For all who may fall ill: those who work alone, and those in crews. */
static void each(struct unit *u, int64_t day,
                 void (*act)(struct unit *u, const struct person *p, int64_t day))
{
    for (int i = 0; i < u->world->workers; i++)
        if (u->world->worker[i].seat < 0)
            act_on_worker(u, i, day, act);
    act_on_seats(u, day, act);
}

static void begin(struct unit *u, const struct person *p, int64_t day)
{
    (void)day;
    ill_at_start(u, p);
}

void tb__health_open(struct health *h)
{
    *h = (struct health){.sick_from = TB__NEVER, .again_from = TB__NEVER, .sick_until = -1};
}

void tb__absence_at_start(struct unit *u)
{
    if (u->world->spell_share)
        each(u, 0, begin);
}

/* What decides on the first spell of each person that begins on this day. */
static void draw_absence(struct unit *u)
{
    const struct world *world = u->world;
    const int people = world->workers + world->seats;

    for (int i = 0; i < people; i++) {
        u->ahead_index[i] = (uint32_t)(u->day + world->day_bias);
        u->ahead_entity[i] = i < world->workers ? world->worker[i].entity
                                                : world->seat[i - world->workers].entity;
    }
    tb__uniforms_ahead(&u->stream, people, u->ahead_index, u->ahead_entity,
                       PURPOSE_ABSENCE, u->absence_draw, 2);
}

static void settle(struct unit *u, const struct person *p, int64_t day)
{
    if (u->day)
        foresee(u, p, day - 1);
    if (p->health->foreseen < u->now && p->health->again_from == TB__NEVER)
        p->health->foreseen = u->now;
}

void tb__absence_settle(struct unit *u)
{
    each(u, u->day, settle);
}

static void new_day(struct unit *u, const struct person *p, int64_t day)
{
    p->health->spell = 0;
    foresee(u, p, day);
}

void tb__absence_of_day(struct unit *u)
{
    const struct world *world = u->world;

    if (world->set.absence.days_between <= 0)
        return;
    for (int i = 0; i < world->workers && u->day;
         i++) /* noticed by now or not, it is the same */
        if (world->worker[i].seat < 0 && !is_settled(u, &u->worker[i], u->day - 1))
            act_on_worker(u, i, u->day - 1, foresee);
    if (u->day)
        act_on_seats(u, u->day - 1, foresee);
    draw_absence(u);
    for (int i = 0; i < world->workers; i++) {
        struct worker *w = &u->worker[i];

        if (world->worker[i].seat >= 0)
            continue;
        if (!stays_well(u, w))
            act_on_worker(u, i, u->day, new_day);
        if (tb__may_look(w) &&
            tb__onset_after(w, u->now - 1) < tb__queue_due(&u->queue, w->slot))
            tb__queue_set(&u->queue, w->slot, tb__onset_after(w, u->now - 1));
    }
    act_on_seats(u, u->day, new_day);
}
