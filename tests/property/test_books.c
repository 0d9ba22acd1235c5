/* Duties that are no writing: the same obligation, booked as records and as something else, leaves the
 * same life to the millisecond. Only the column of its minutes differs, and what counts as a record. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "life.h"
#include "model/outcome.h"

enum { SCENARIOS = 100, PRESET_WEEKS = 3 };

static const int column_of[] = {[BOOKED_INDIRECT] = INDIRECT,
                                [BOOKED_ADMINISTRATION] = ADMINISTRATION,
                                [BOOKED_DEVELOPMENT] = DEVELOPMENT,
                                [BOOKED_DIALOGUE] = DIALOGUE};
enum { OTHERS = sizeof column_of / sizeof *column_of - 1 };

static int64_t moved[OTHERS + 1]; /* stretches that stand in another column */

/* What the regime and strain make of records they do not make of other duties. */
static void make_plain(struct setting *s)
{
    s->regime.records.detail = 1;
    s->regime.wellbeing.records_on_strain = 0;
}

static int books_of(int obligation, int turn)
{
    return 1 + (obligation + turn) % OTHERS;
}

static void expect_same_stretches(const char *name, const struct life *a,
                                  const struct life *b)
{
    const struct ledger *x = &a->unit.ledger, *y = &b->unit.ledger;

    cr_assert_eq(x->logged, y->logged, "%s", name);
    for (int64_t i = 0; i < x->logged; i++) {
        const struct stretch *p = &x->log[i], *q = &y->log[i];
        const int o = p->obligation;
        const int books = o < 0 ? 0 : b->world->set.obligations[o].books;

        cr_assert(p->from == q->from && p->to == q->to && p->worker == q->worker &&
                      p->client == q->client && o == q->obligation && p->temp == q->temp,
                  "%s: stretch %lld", name, (long long)i);
        cr_assert_eq(q->column, o < 0 ? p->column : column_of[books],
                     "%s: stretch %lld stands in column %d", name, (long long)i, q->column);
        moved[books] += o >= 0 && p->column != q->column;
    }
}

static void expect_same_counts(const char *name, const struct life *a, const struct life *b)
{
    for (int p = 0; p < a->unit.ledger.periods; p++) {
        const struct tally *x = &a->unit.ledger.tally[p], *y = &b->unit.ledger.tally[p];

        cr_assert(!memcmp(&x->count, &y->count, sizeof x->count), "%s: counts", name);
        for (int o = 0; o < a->world->obligations; o++)
            cr_assert(!memcmp(&x->obligation[o], &y->obligation[o], sizeof *x->obligation),
                      "%s: %s", name, a->world->set.obligations[o].name);
    }
}

static double numerator(const struct totals *t, const char *outcome)
{
    int at = 0;

    while (at < tb__outcome_count() && strcmp(tb__outcome(at)->name, outcome))
        at++;
    cr_assert_lt(at, tb__outcome_count(), "there is no %s", outcome);
    return tb__outcome(at)->numerator(t);
}

/* What is late stays late; no record is left where nothing is writing. */
static void expect_no_records(const char *name, const struct life *a, const struct life *b)
{
    static const char *const gone[] = {"record.written",    "record.told",
                                       "record.copy_share", "record.copy_minutes",
                                       "record.read",       "time.records_share",
                                       "money.records"};
    static const char *const stays[] = {"record.late_share", "record.delay_hours",
                                        "record.backlog_minutes", "time.duty_minutes",
                                        "money.wages"};
    struct totals x, y;

    tb__totals(a->world, &a->unit.ledger, 0, &x);
    tb__totals(b->world, &b->unit.ledger, 0, &y);
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        cr_assert_eq(numerator(&y, gone[i]), 0, "%s: %s", name, gone[i]);
    for (size_t i = 0; i < sizeof stays / sizeof *stays; i++)
        cr_assert_eq(numerator(&x, stays[i]), numerator(&y, stays[i]), "%s: %s", name,
                     stays[i]);
}

static void book_otherwise(tb_scenario *s, const char *name)
{
    static int turn;
    const struct occasion o = {.seed = 51, .logging = 1};
    tb_scenario *other = NULL;
    struct life a, b;

    make_plain(&s->set);
    for (int i = 0; i < s->set.obligation_count; i++)
        s->set.obligations[i].books = BOOKED_RECORDS;
    cr_assert_eq(tb_scenario_copy(s, &other, NULL), TB_OK);
    for (int i = 0; i < s->set.obligation_count; i++)
        other->set.obligations[i].books = books_of(i, turn);
    turn++;
    live(&a, s, &o);
    live(&b, other, &o);
    cr_assert_eq(b.status, TB_OK, "%s: %s", name, b.err.message);
    expect_same_stretches(name, &a, &b);
    expect_same_counts(name, &a, &b);
    expect_no_records(name, &a, &b);
    life_clear(&a);
    life_clear(&b);
    tb_scenario_free(other);
}

Test(books, another_column_is_all_that_differs)
{
    each_scenario(PRESET_WEEKS, SCENARIOS, book_otherwise);
    for (int i = 1; i <= OTHERS; i++) {
        printf("# %lld stretches moved to column %d\n", (long long)moved[i], column_of[i]);
        cr_assert_gt(moved[i], 1000);
    }
}

/* What the regime leaves of records it does not take from other duties, nor are they a strain. */
static void leave_alone(tb_scenario *s, const char *name)
{
    const struct occasion o = {.seed = 52, .logging = 1};
    tb_scenario *other = NULL;
    struct life a, b;

    for (int i = 0; i < s->set.obligation_count; i++)
        s->set.obligations[i].books = books_of(i, 0);
    make_plain(&s->set);
    cr_assert_eq(tb_scenario_copy(s, &other, NULL), TB_OK);
    other->set.regime.records.detail = 0.4;
    other->set.regime.wellbeing.records_on_strain = 9;
    live(&a, s, &o);
    live(&b, other, &o);
    cr_assert_null(lives_differ(&a, &b), "%s: %s", name, lives_differ(&a, &b));
    life_clear(&a);
    life_clear(&b);
    tb_scenario_free(other);
}

Test(books, levers_on_records_leave_other_duties_alone)
{
    each_scenario(PRESET_WEEKS, SCENARIOS, leave_alone);
}
