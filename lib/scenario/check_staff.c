/* Rules of staff: who is on duty, how many shifts there are, and what a shift holds. */
#include "scenario/check.h"
#include "scenario/number.h"

enum { SHIFTS_A_WEEK = 6 }; /* the roster never plans a seventh day running */

static int shifts_a_week(const struct shift_kind *k)
{
    return 5 * k->weekdays + k->saturdays + k->sundays;
}

static int people_in_shifts(const struct setting *set, const char *role)
{
    int people = 0;

    for (int i = 0; i < set->staff_count; i++)
        if (set->staff[i].roster == ROSTER_SHIFTS && tb__is_role(set->staff[i].role, role))
            people += set->staff[i].count;
    return people;
}

static void check_people(struct check *c)
{
    const struct setting *set = c->set;
    int people = 0;

    for (int i = 0; i < set->staff_count; i++) {
        const struct staff *g = &set->staff[i];

        people += g->count;
        if (g->count && g->roster == ROSTER_SHIFTS && !tb__is_asked_for(set, g))
            tb__fault(c, tb__path_to("staff", g->name, "roster").text,
                      "%d workers would never work: no kind of shift asks for them",
                      g->count);
        if (g->count && g->roster == ROSTER_ALWAYS && g->crew > 1)
            tb__fault(c, tb__path_to("staff", g->name, "crew").text,
                      "a crew of %d works in shifts: who is there is settled when one "
                      "begins, and round the clock none does",
                      g->crew);
    }
    if (!people)
        tb__fault(c, "staff", "nobody works here: a unit needs at least one worker");
}

/* A roster that leaves some shifts vacant is a unit that lacks staff, and may be simulated; one
 * that could not be filled by people who work six days in every seven is a slip. */
static void check_roster(struct check *c, const char *role, const char *path)
{
    const struct setting *set = c->set;
    const int people = people_in_shifts(set, role);
    int shifts = 0;

    for (int i = 0; i < set->shift_count; i++)
        if (tb__is_role(set->shifts[i].role, role))
            shifts += shifts_a_week(&set->shifts[i]);
    if (people && shifts > SHIFTS_A_WEEK * people)
        tb__fault(c, path,
                  "%d shifts a week%s%s are more than %d workers can fill with %d each",
                  shifts, *role ? " for the role " : "", role, people, SHIFTS_A_WEEK);
}

static double minutes_held(const struct setting *set, const struct shift_kind *k)
{
    const struct duty *d = &set->duty;
    const struct teams *t = &set->regime.teams;
    const struct knowledge *n = &set->regime.knowledge;
    const double office = d->handover_minutes + d->administration_minutes;

    return d->break_minutes + office * (1 - t->pooling) + d->meeting_minutes_per_week +
           t->meeting_minutes * k->meeting_share + set->regime.dialogue.minutes_per_shift +
           n->training_minutes + n->update_minutes + n->sparring_minutes;
}

static void check_shift(struct check *c, const struct shift_kind *k)
{
    const double held = minutes_held(c->set, k);
    const struct check_path role = tb__path_to("shifts", k->name, "role");

    if (!tb__check_role(c, role, k->role) || !shifts_a_week(k))
        return;
    if (!people_in_shifts(c->set, k->role))
        tb__fault(c, role.text, "nobody whose roster is shifts could fill this shift");
    if (held >= k->minutes)
        tb__fault(
            c, tb__path_to("shifts", k->name, "minutes").text,
            "breaks, handover, administration, meetings, talks and training may take "
            "%s min of a shift of %s min",
            tb__number(held).text, tb__number(k->minutes).text);
}

static void check_absence(struct check *c)
{
    const double least = 0.01, between = c->set->absence.days_between;

    if (between > 0 && between < least)
        tb__fault(c, "absence.days_between",
                  "%s days between spells are too few to tell apart; it takes 0 (no "
                  "absence) or "
                  "at least %s days",
                  tb__number(between).text, tb__number(least).text);
}

void tb__check_staff(struct check *c)
{
    const struct setting *set = c->set;

    check_people(c);
    check_roster(c, "", "shifts");
    for (int i = 0; i < set->staff_count; i++) {
        const char *role = set->staff[i].role;
        bool told = !*role;

        for (int j = 0; j < i; j++)
            told = told || tb__is_role(set->staff[j].role, role);
        if (!told)
            check_roster(c, role, tb__path_to("staff", set->staff[i].name, "count").text);
    }
    for (int i = 0; i < set->shift_count; i++)
        check_shift(c, &set->shifts[i]);
    check_absence(c);
}
