/* scenario/service.h: pool services: demand arrives, the first qualified free worker takes it. */
#ifndef TB_SCENARIO_SERVICE_H
#define TB_SCENARIO_SERVICE_H

#include "scenario/field.h"

enum { MAX_SERVICES = 16 };

enum arrival_kind { ARRIVAL_RATE, ARRIVAL_ENDLESS };

struct service {
    char name[NAME_SIZE];
    char role[NAME_SIZE]; /* who may serve; empty: any */
    int arrival;
    double per_hour;
    struct law minutes;
    int priority; /* 1 is served first */
    bool interrupts, interruptible, travel;
    double resumption_minutes;
    double return_probability;
    int unfinished; /* UNFINISHED_OVERTIME, _HAND_OVER or _DROP */
};

extern const struct record tb__service_record;

#endif
