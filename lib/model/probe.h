/* model/probe.h: ways to look into a run or to break it on purpose, for tests. */
#ifndef TB_MODEL_PROBE_H
#define TB_MODEL_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/clock.h"

/* What is remembered when somebody asks for the world as it was realised (tests do). */
struct realised {
    struct realised_item {
        int kind; /* enum purpose of what was realised */
        uint32_t entity, index;
        tb_time a, b;
    } * item;
    int64_t count, room;
};

/* Ways to look into a run or to break it on purpose; all zero in production. */
struct probe {
    unsigned skip; /* bit of enum mechanism: its answers are skipped */
    bool canary;   /* draws extra numbers everywhere */
    int misbook;   /* 1 + a column that gets a millisecond that belongs to another */
    struct realised *realised;
};

enum mechanism {
    M_GRANTS = 1,
    M_RECORDS = 2,
    M_CONTROL = 4,
    M_DISCRETION = 8,
    M_TEAMS = 16,
    M_WELLBEING = 32,
    M_KNOWLEDGE = 64,
    M_DIALOGUE = 128
};

#endif
