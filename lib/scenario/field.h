/* scenario/field.h: what a user may say, as const tables.
 *
 * Beside each plain struct of a scenario stands one table of its fields: name, unit, sentence,
 * offset, bounds and default. That one table drives defaults, validation, addressing by path,
 * conversion to Python, the reference page. Simulation code reads struct members, never the table.
 * A member of another type than its macro says does not compile.
 *
 * A list is an array inside its parent with a count beside it; the first member of an item is its
 * name. Items are kept sorted by name, so that the order in which a user wrote them is never seen. */
#ifndef TB_SCENARIO_FIELD_H
#define TB_SCENARIO_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/law.h"

enum { NAME_SIZE = 48, SERIES_MOST = 336 };

enum field_kind {
    FIELD_REAL,
    FIELD_COUNT,
    FIELD_FLAG,
    FIELD_CHOICE,
    FIELD_TEXT,
    FIELD_LAW,
    FIELD_SERIES, /* struct { int count; double value[N]; } */
    FIELD_GROUP,
    FIELD_LIST
};

struct record;

struct field {
    const char *name, *unit, *doc;
    size_t offset;
    enum field_kind kind;
    double lo, hi,
        initial; /* bounds and default of a number, a flag or a choice; of a law the
                                    mean of the constant that it is by default; bounds of each
                                    number of a series, which is empty by default */
    const char *const *choices;  /* of a choice, NULL-terminated */
    const struct record *record; /* of a group or of a list's items */
    size_t count_offset; /* of a list: where its int count stands; of a series: how far
                                    behind its count the numbers stand */
    int capacity;        /* of a list: most items; of a text: its size in bytes; of a
                                    series: most numbers */
};

/* A table of fields and the size of the struct that it describes. */
struct record {
    const char *name, *doc;
    size_t size;
    const struct field *field;
    int fields;
};

/* Initialisers in macros look like blocks to clang-format. */
/* clang-format off */
#define TB__KIND(type, member, ctype, kind) _Generic(((type *)0)->member, ctype: (kind))

#define REAL(type, member, unit, lo, hi, initial, doc)                                            \
    {#member, unit, doc, offsetof(type, member), TB__KIND(type, member, double, FIELD_REAL), lo,  \
     hi, initial, NULL, NULL, 0, 0}
#define COUNT(type, member, unit, lo, hi, initial, doc)                                           \
    {#member, unit, doc, offsetof(type, member), TB__KIND(type, member, int, FIELD_COUNT), lo, hi, \
     initial, NULL, NULL, 0, 0}
#define FLAG(type, member, initial, doc)                                                          \
    {#member, "", doc, offsetof(type, member), TB__KIND(type, member, bool, FIELD_FLAG), 0, 1,    \
     initial, NULL, NULL, 0, 0}
#define CHOICE(type, member, words, initial, doc)                                                 \
    {#member, "", doc, offsetof(type, member), TB__KIND(type, member, int, FIELD_CHOICE), 0,      \
     sizeof(words) / sizeof(*(words)) - 2, initial, words, NULL, 0, 0}
#define TEXT(type, member, doc)                                                                   \
    {#member, "", doc, offsetof(type, member), TB__KIND(type, member, char *, FIELD_TEXT), 0, 0,  \
     0, NULL, NULL, 0, sizeof(((type *)0)->member)}
#define LAW(type, member, unit, hi, initial_mean, doc)                                            \
    {#member, unit, doc, offsetof(type, member), TB__KIND(type, member, struct law, FIELD_LAW),   \
     0, hi, initial_mean, NULL, NULL, 0, 0}
#define SERIES(type, member, unit, lo, hi, doc)                                                   \
    {#member, unit, doc, offsetof(type, member),                                                  \
     _Generic(((type *)0)->member.count,                                                          \
              int: TB__KIND(type, member.value, double *, FIELD_SERIES)),                         \
     lo, hi, 0, NULL, NULL, offsetof(type, member.value) - offsetof(type, member.count),          \
     sizeof(((type *)0)->member.value) / sizeof(double)}
#define GROUP(type, member, table, doc)                                                           \
    {#member, "", doc, offsetof(type, member), FIELD_GROUP, 0, 0, 0, NULL, &(table), 0, 0}
#define LIST(type, member, count, table, doc)                                                     \
    {#member, "", doc, offsetof(type, member),                                                    \
     TB__KIND(type, count, int, FIELD_LIST), 0, 0, 0, NULL, &(table), offsetof(type, count),      \
     sizeof(((type *)0)->member) / sizeof(*((type *)0)->member)}

#define RECORD(variable, title, text, type, fields_)                                              \
    const struct record variable = {title, text, sizeof(type), fields_,                           \
                                    (int)(sizeof(fields_) / sizeof(*(fields_)))}
/* clang-format on */

#endif
