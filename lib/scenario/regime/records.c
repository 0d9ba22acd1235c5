#include "scenario/regime/records.h"

static const struct field records_fields[] = {
    REAL(struct records, interoperability, "probability", 0, 1,
         0, "Chance that a copy, or a datum that was recorded already, is transferred instead of entered again."),
    REAL(struct records, detail, "factor", 0, 10, 1,
         "Factor on the minutes of all written records."),
};
RECORD(tb__records_record, "records", "The paperwork as a whole.", struct records,
       records_fields);
