#include "scenario/regime/teams.h"

static const struct field teams_fields[] = {
    REAL(struct teams, meeting_minutes, "min per shift", 0, 240, 0,
         "Planning meeting of the team, at the start of a shift, times the shift's "
         "meeting_share; once a week for who works round the clock."),
    REAL(struct teams, pooling, "share per 15 min", 0, 0.99, 0,
         "Share of handover and administration that a team with fifteen minutes of its "
         "meeting a shift saves by doing errands together; further minutes save the same "
         "share of the rest."),
    REAL(
        struct teams, peer_support, "share per 15 min", -0.99, 0.99, 0,
        "Share of errors that colleagues prevent in a shift that holds fifteen minutes "
        "of "
        "the team's meeting; negative: more errors. Further minutes do the same with the "
        "rest. The sign is open."),
};
RECORD(tb__teams_record, "teams", "Self-managing teams.", struct teams, teams_fields);
