#include "scenario/regime/teams.h"

static const struct field teams_fields[] = {
    REAL(struct teams, meeting_minutes, "min per shift", 0, 240,
         0, "Planning meeting of the team, at the start of a shift, times the shift's meeting_share."),
    REAL(struct teams, pooling, "share", 0, 1,
         0, "Share of handover and administration that the team saves by doing errands together."),
    REAL(struct teams, peer_support, "share", -1, 1,
         0, "Share of errors that colleagues prevent; negative: more errors. The sign is open."),
};
RECORD(tb__teams_record, "teams", "Self-managing teams.", struct teams, teams_fields);
