/* model/view.h: what a mechanism may see of the unit. It is the dependency graph. */
#ifndef TB_MODEL_VIEW_H
#define TB_MODEL_VIEW_H

#include <stdbool.h>

struct view {
    double rank;      /* of the client's granted hours, in (0, 1) */
    double pressure;  /* 0 to 1: how far the route runs late */
    double autonomy;  /* of the worker, from discretion */
    double meeting_h; /* hours a week of meetings and talks, from teams and dialogue */
    double strain;    /* of the worker, from wellbeing */
    double acquaintance; /* of worker and client, 0 to 1, from knowledge; 1 without a client */
    double competence; /* of the worker, 0 to 1, from knowledge */
    bool uninformed;   /* the handover to its shift was lost, from dialogue */
    bool temp;
};

#endif
