/* scenario/regime/teams.h: self-managing teams: what they cost and what they may give. */
#ifndef TB_REGIME_TEAMS_H
#define TB_REGIME_TEAMS_H

#include "scenario/field.h"

struct teams {
    double meeting_minutes; /* 0 is neutral */
    double pooling, peer_support;
};

extern const struct record tb__teams_record;

#endif
