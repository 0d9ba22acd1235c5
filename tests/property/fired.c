#include "fired.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* In words, in the order in which they were first met. */
enum { MOST = 128, SIZE = 80 };

static struct {
    char what[SIZE];
    int64_t times;
} fired[MOST];
static int concepts;

/* A concept that is known from now on; it may never fire. */
static void fires(const char *what, const char *of, int64_t times)
{
    char name[SIZE];
    int i = 0;

    snprintf(name, sizeof name, "%s%s%s", what, *of ? ": " : "", of);
    while (i < concepts && strcmp(fired[i].what, name) != 0)
        i++;
    if (i == concepts) {
        cr_assert_lt(concepts, MOST);
        memcpy(fired[concepts++].what, name, sizeof name);
    }
    fired[i].times += times;
}

/* One of the words of a choice; the others are known, too. */
static void fires_as(const char *what, const char *const *words, int word, int64_t times)
{
    for (int i = 0; words[i]; i++)
        fires(what, words[i], i == word ? times : 0);
}

static void services(const struct life *l)
{
    static const char *const arrivals[] = {"rate",      "endless",   "lull",    "finite",
                                           "trace",     "cover",     "clients", "rounds",
                                           "admission", "discharge", NULL};
    static const char *const assignments[] = {"longest_idle", "random", "first",
                                              "anybody", NULL};
    static const char *const books[] = {"care",        "indirect", "administration",
                                        "meetings",    "training", "dialogue",
                                        "development", NULL};
    const struct setting *set = &l->world->set;

    for (int i = 0; i < l->world->services; i++) {
        const struct service *s = &set->services[i];
        const struct service_tally *t = &l->unit.ledger.tally[0].service[i];
        const bool later = tb__law_mean(&s->then_after_minutes) > 0;
        const int64_t again = t->services - t->done;

        fires_as("calls, or hours wanted", arrivals, s->arrival,
                 s->arrival == ARRIVAL_COVER ? t->wanted_ms / TB__HOUR : t->calls);
        if (s->arrival == ARRIVAL_COVER) {
            fires("hours that cover lacked", "", (t->wanted_ms - t->covered_ms) / TB__HOUR);
            continue;
        }
        fires_as("calls begun, assigned by", assignments, s->assignment, t->started);
        fires_as("calls done, booked as", books, s->books, t->done);
        fires("services interrupted", "", t->cuts);
        fires("calls that left", "", t->abandoned);
        fires("calls that found no room", "", t->lost);
        fires("calls that gathered", "", s->starts_at > 1 ? t->started : 0);
        fires("calls passed on", later ? "later" : "at once", t->passed);
        fires("calls that come again", later ? "later" : "at once", again);
    }
}

/* Stretches that began or ended something that is no call: presence in cover, and idling beside it. */
static void cover(const struct life *l)
{
    const struct ledger *g = &l->unit.ledger;
    const struct setting *set = &l->world->set;
    int64_t stretches = 0, joined = 0;

    for (int64_t i = 0; i < g->logged; i++) {
        const struct stretch *s = &g->log[i];

        if (s->service >= 0 && set->services[s->service].arrival == ARRIVAL_COVER)
            stretches++;
        joined += s->column == CARE_SURPLUS && s->service < 0 && s->client < 0;
    }
    fires("stretches of cover", "", stretches);
    fires("idling among those who cover", "", joined);
    fires("breaks forgone", "", g->tally[0].count.breaks_forgone);
}

static void records(const struct life *l)
{
    static const char *const triggers[] = {"visit",   "call",  "deviation", "incident",
                                           "no_show", "shift", "week",      "month",
                                           "quarter", "year",  NULL};
    static const char *const books[] = {"records",     "indirect", "administration",
                                        "development", "dialogue", NULL};
    static const char *const pers[] = {"worker", "client", "unit", "person", NULL};

    for (int i = 0; i < l->world->obligations; i++) {
        const struct obligation *o = &l->world->set.obligations[i];
        const struct obligation_tally *t = &l->unit.ledger.tally[0].obligation[i];
        const int64_t done = t->written + t->told;

        fires_as("records, trigger", triggers, o->trigger, done);
        fires_as("records, booked as", books, o->books, done);
        if (o->trigger >= TRIGGER_WEEK)
            fires_as("records, per", pers, o->per, done);
        fires("records broken off, to be gone on with", "", t->parts);
        fires("records interrupted by calls", "", t->cuts);
        fires("records that took citizens' minutes", "", t->asked);
        fires("records told", "", t->told);
    }
}

static int64_t visits_of_many(const struct life *l, bool rare)
{
    const struct notes *n = &l->unit.ledger.notes;
    const struct world *w = l->world;
    int64_t visits = 0;

    for (int64_t i = 0; i < n->visits; i++) {
        const struct client_group *g = &w->set.clients[w->client[n->visit[i].client].group];

        visits += n->visit[i].given && (rare ? g->rarest_weeks > 4 : g->people > 1);
    }
    return visits;
}

static void visits(const struct life *l)
{
    static const char *const modes[] = {"daily", "given", "timetable", NULL};
    static const char *const rules[] = {"overtime", "hand_over", "postpone", "drop", NULL};
    const struct setting *set = &l->world->set;
    const struct counts *c = &l->unit.ledger.tally[0].count;

    fires_as("visits given, plan", modes, set->planning.mode, c->visits_given);
    fires_as("shifts that visits overran, rule", rules, set->visits.unfinished,
             c->overrun_shifts);
    fires("visits given by a substitute", "", c->substituted);
    fires("visits missed", "", c->visits_missed);
    fires("visits to which nobody came", "", c->no_shows);
    fires("visits to clients who are many", "", visits_of_many(l, false));
    fires("visits that are rare", "", visits_of_many(l, true));
    fires("admissions", "", c->admissions);
    fires("trips", "", c->trips);
}

static void crews(const struct life *l)
{
    const struct notes *n = &l->unit.ledger.notes;
    int64_t with_crew = 0, short_of = 0, replaced = 0, none = 0;

    for (int64_t i = 0; i < n->shifts; i++) {
        const struct shift_note *s = &n->shift[i];
        const int crew = l->world->worker[s->worker].crew;

        with_crew += crew > 1;
        if (crew > 1) {
            replaced += s->temps > 0;
            short_of += s->ill > s->temps && s->ill - s->temps < crew;
            none += s->ill - s->temps == crew;
        }
    }
    fires("shifts of crews", "", with_crew);
    fires("shifts of crews that are short", "", short_of);
    fires("shifts of crews with a temp", "", replaced);
    fires("shifts to which nobody of a crew came", "", none);
}

void fired_add(const struct life *l)
{
    services(l);
    cover(l);
    records(l);
    visits(l);
    crews(l);
}

const char *fired_least(int64_t *times)
{
    int least = 0;

    cr_assert_gt(concepts, 0);
    for (int i = 1; i < concepts; i++)
        if (fired[i].times < fired[least].times)
            least = i;
    *times = fired[least].times;
    return fired[least].what;
}
