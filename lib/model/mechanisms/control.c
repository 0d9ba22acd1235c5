#include "model/mechanisms/control.h"

enum { MOST_AUDITS_A_WEEK = 200 };

int tb__control_week(const struct control *c, struct control_state *state, double decay)
{
    int audits;

    state->due += c->audits_per_month * 3 / 13 * (1 + state->distrust);
    state->distrust *= decay;
    if (state->due > MOST_AUDITS_A_WEEK)
        state->due = MOST_AUDITS_A_WEEK; /* a runaway loop is bounded */
    audits = (int)state->due;
    state->due -= audits;
    return audits;
}

int64_t tb__control_reviews(struct control_state *state, int obligation, int64_t written,
                            bool looks)
{
    const int64_t more = looks ? written - state->passed[obligation] : 0;

    state->passed[obligation] = written;
    state->reviews += more;
    return more;
}

void tb__control_incident(const struct control *c, struct control_state *state)
{
    if (state->distrust < 1e6)
        state->distrust += c->distrust_gain;
}

double tb__control_finds(const struct control *c, const struct control_state *state,
                         double unseen)
{
    const double looks = c->coverage * c->audits_per_month * (1 + state->distrust);

    return 1 - (1 - (looks < 1 ? looks : 1) * c->detection) * unseen;
}

double tb__control_deters(const struct control *c, double finds)
{
    return 1 - c->deterrence * finds;
}
