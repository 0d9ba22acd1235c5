/* scenario/regime/records.h: the paperwork as a whole. */
#ifndef TB_REGIME_RECORDS_H
#define TB_REGIME_RECORDS_H

#include "scenario/field.h"

struct records {
    double interoperability; /* 0 is neutral */
    double detail;           /* 1 is neutral */
};

extern const struct record tb__records_record;

#endif
