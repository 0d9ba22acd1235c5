/* model/papers.h: what a record leaves behind until it is written: what is owed, and what it may
 * bring to light. */
#ifndef TB_MODEL_PAPERS_H
#define TB_MODEL_PAPERS_H

#include "kernel/clock.h"
#include "model/ledger.h"

struct event { /* what triggers records: its address, and its uniforms if they were drawn ahead */
    uint32_t index, entity;
    int client, service;
    const double *draw; /* its row of uniforms; NULL: draw now */
};

/* A record that is owed. */
struct owed {
    int obligation, client;
    tb_time minutes, since; /* what is left of it, when it was called for */
    tb_time spent;          /* on its parts so far */
    tb_time aside;          /* set aside for it at the end of the shift */
    int reentries;          /* how often it is entered again */
    bool told;              /* it is not written */
    bool duplicate;         /* its datum was recorded already */
    uint64_t carries;       /* obligations whose records are transferred from it */
    int harm;               /* what it may bring to light, 0: nothing */
    int next;
};

/* What went wrong in a visit, was not found there, and may show in a record that is owed. */
struct harm {
    struct counts *count; /* of the period of the visit */
    uint32_t index, entity;
    int client, worker;
    int kinds;   /* enum audited: what is still unknown */
    bool known;  /* something of it was found */
    int records; /* that are owed and may show it; 0: this place is free */
    int next;
};

/* Records of a visit that control looks at, as sets of obligations: those that are there when it is
 * judged, and those that will be written. */
struct trail {
    uint64_t there, owed;
};

#endif
