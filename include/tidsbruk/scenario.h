/* scenario.h: a unit, its regime and a horizon, as plain data.
 *
 * A scenario is a tree of values. Every value has a path, such as
 * "obligations.visit_registration.minutes.mean": groups and fields by name, items of a list by the
 * name that the user gave them. Values are read and written as text in a unit that the field
 * states (minutes, shares between 0 and 1, ...), with '.' as the decimal sign whatever the locale.
 *
 * Each value may carry where it comes from: an evidence id, a grade and the range that the
 * evidence leaves open, in the same unit. That range is not the validity bound of the field.
 *
 * A scenario belongs to whoever made it and is freed with tb_scenario_free. It may be shared by
 * threads as long as none of them changes it; a run reads it and keeps nothing. */
#ifndef TIDSBRUK_SCENARIO_H
#define TIDSBRUK_SCENARIO_H

#include <stdint.h>

#include "tidsbruk/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tb_scenario tb_scenario;

/* How well a value is supported. TB_UNGRADED: nobody said (a user's own value, or a default). */
typedef enum tb_grade { TB_UNGRADED, TB_MEASURED, TB_ESTIMATED, TB_ASSUMED } tb_grade;

/* What a value is. A TB_SERIES is a bounded list of numbers, with blanks between them: "0 2 3.5 8";
 * no text is no numbers. */
typedef enum tb_kind {
    TB_REAL,
    TB_COUNT,
    TB_FLAG,
    TB_CHOICE,
    TB_TEXT,
    TB_SERIES,
    TB_LAW, /* the rest only in tb_schema_walk: what holds values */
    TB_GROUP,
    TB_LIST
} tb_kind;

enum { TB_PATH_SIZE = 192, TB_VALUE_SIZE = 8448, TB_EVIDENCE_SIZE = 64 };

/* Where a value comes from. low and high are NaN where no range is stated. */
typedef struct tb_source {
    tb_grade grade;
    double low, high;
    char evidence[TB_EVIDENCE_SIZE]; /* ids separated by spaces, or empty */
} tb_source;

/* One value of a scenario, described. The strings behind pointers are static. */
typedef struct tb_value {
    char path[TB_PATH_SIZE];
    char text[TB_VALUE_SIZE]; /* the value; empty where a law's parameter is not given */
    tb_kind kind;
    const char *unit; /* "min", "share", "per hour", ... or "" */
    const char *doc;  /* one sentence */
    double low, high; /* validity bounds of a number, or of each of a series, inclusive; NaN
                         otherwise */
    const char *const *choices; /* NULL-terminated words of a choice; NULL otherwise */
    int is_default;             /* nobody has set it */
    tb_source source;
} tb_value;

/* A scenario of defaults: no staff, no clients, every mechanism neutral. */
TB_API tb_status tb_scenario_new(tb_scenario **out, tb_error *err);

/* One of the shipped presets, such as "home_care/npm". Unknown names give TB_ERR_NAME and the
 * nearest known name. */
TB_API tb_status tb_scenario_preset(const char *name, tb_scenario **out, tb_error *err);

/* A scenario of its own, with the same values and sources. */
TB_API tb_status tb_scenario_copy(const tb_scenario *s, tb_scenario **out, tb_error *err);
TB_API void tb_scenario_free(tb_scenario *s); /* NULL is allowed */

/* Sets one value from text. A number given to a whole law ("obligations.x.minutes" = "4") makes it
 * a constant. Clears the value's source. TB_ERR_NAME names the nearest known path, TB_ERR_TYPE and
 * TB_ERR_VALUE name path, value, unit and bound; on failure nothing is changed. */
TB_API tb_status tb_scenario_set(tb_scenario *s, const char *path, const char *value,
                                 tb_error *err);

/* Adds an item of a list ("obligations.weekly_plan") with default values. It is no error when the
 * item exists. Names are 1 to 47 of [a-z0-9_], starting with a letter. */
TB_API tb_status tb_scenario_add(tb_scenario *s, const char *path, tb_error *err);

/* Removes an item of a list: "obligations.visit_registration". Other items keep their worlds. */
TB_API tb_status tb_scenario_remove(tb_scenario *s, const char *path, tb_error *err);

/* Says where a value comes from. The range must hold low <= high and lie within the bounds. */
TB_API tb_status tb_scenario_set_source(tb_scenario *s, const char *path,
                                        const tb_source *source, tb_error *err);

/* Describes one value. */
TB_API tb_status tb_scenario_get(const tb_scenario *s, const char *path, tb_value *out,
                                 tb_error *err);

/* Mean of the law at a path ("obligations.journal.minutes"), in the law's unit, however its parameters
 * are given. TB_ERR_NAME where there is no law, TB_ERR_VALUE where its parameters make none. */
TB_API tb_status tb_scenario_law_mean(const tb_scenario *s, const char *path, double *out,
                                      tb_error *err);

/* Calls `visit` for every value in canonical order (fields as declared, items by name) until it
 * returns nonzero, and returns that. The tb_value lives for the call only. */
TB_API int tb_scenario_walk(const tb_scenario *s,
                            int (*visit)(const tb_value *value, void *data), void *data);

/* Calls `fault` for every fault of the scenario as a whole (bounds, laws, references between
 * items, contradictions) and returns how many there were. `path` is where to look. */
TB_API int tb_scenario_check(const tb_scenario *s,
                             void (*fault)(const char *path, const char *message,
                                           void *data),
                             void *data);

/* Calls `advise` (which may be NULL) for every setting that is said to no effect, as things are, or
 * that looks like a slip: an effect without what it acts on, a service that nobody calls, a warm-up
 * shorter than three half-lives of what it should let settle. None of it is a fault. Returns how
 * often there was advice; the strings live for the call only. For a scenario without faults. */
TB_API int tb_scenario_advise(const tb_scenario *s,
                              void (*advise)(const char *path, const char *message,
                                             void *data),
                              void *data);

/* Canonical text: what a scenario is, in lines of UTF-8 that end with a newline.
 *
 *     tidsbruk scenario 1
 *     duty.break_minutes = 30
 *     obligations.journal
 *     obligations.journal.minutes.kind = constant
 *     obligations.journal.minutes.mean = 4
 *     obligations.journal.minutes.mean ~ measured 2 to 6 from E101 E102
 *
 * The first line says the format and its version. An item of a list is a line of its own, so that
 * one whose values are all default is there, too. A value that is its default has no line; a law
 * has none, or one for its kind and for each parameter that is given. Lines stand in the order of
 * the bytes of their paths. So two scenarios have the same values exactly when their texts are the
 * same, on every machine and in every locale, and a setting that a later version adds changes no
 * text (a default that changes raises the version). Where values come from (~) is written on
 * request: a grade (or "ungraded"), the range, the evidence. A text that begins or ends with a
 * blank or a quotation mark stands in quotation marks.
 *
 * What is read may also hold, in any order: empty lines, comments (# first), blanks around words,
 * "\r\n", a byte order mark, ": a title" after the version, whole laws ("... = lognormal(mean=4,
 * cv=0.5)"), values that are default. Nothing may be said twice, and an item must have its line
 * before a value can lie in it, so that a slip makes no new item. */

/* Flag of tb_scenario_text: also say where values come from. */
enum { TB_TEXT_SOURCES = 1 };

/* The longest text that is read, in bytes, and how many faults of one are told at most. */
enum { TB_TEXT_MOST = 1 << 22, TB_TEXT_FAULTS = 100 };

/* Writes the canonical text as far as it fits into `size` bytes, with a terminator (which is
 * all that is written where size is 1; nothing where it is 0). Returns how many bytes the whole
 * text takes without the terminator, like snprintf. `flags` is 0 or TB_TEXT_SOURCES. */
TB_API size_t tb_scenario_text(const tb_scenario *s, unsigned flags, char *out,
                               size_t size);

/* Makes a scenario of a text of `length` bytes (no terminator is needed). Calls `fault` (which may
 * be NULL) for every fault in the order of lines, counted from 1; `path` is empty where there is
 * none. When there was a fault, nothing is made, *err is the first one with its line, and its
 * status is returned; TB_ERR_LIMIT for a text that is too long. Faults of the scenario as a whole
 * are left to tb_scenario_check. */
TB_API tb_status tb_scenario_parse(const char *text, size_t length, tb_scenario **out,
                                   void (*fault)(int line, const char *path,
                                                 const char *message, void *data),
                                   void *data, tb_error *err);

/* A 64-bit hash of the canonical text without sources. Scenarios with the same values have the same
 * hash on every machine. It tells apart what differs by chance; a cache that must never be wrong
 * compares the texts, or a cryptographic hash of them. */
TB_API uint64_t tb_scenario_hash(const tb_scenario *s);

/* What a scenario may say at a path, whatever any scenario says there. Strings live for the call
 * only, but for those of `choices`. */
typedef struct tb_setting {
    const char *path; /* "<name>" stands for the name of an item: "staff.<name>.count" */
    const char *initial; /* the default as text; empty where there is none */
    tb_kind kind;
    const char *unit, *doc;
    double low,
        high; /* bounds of a number, of each of a series, of the values of a law; or NaN */
    const char *const *choices; /* NULL-terminated words of a choice; NULL otherwise */
    int most; /* items of a list, numbers of a series, bytes of a text (one of at most 47 bytes is
                 a name or empty); 0 otherwise */
} tb_setting;

/* Calls `visit` for everything that a scenario may hold, as the tables of fields have it, until it
 * returns nonzero: groups and laws before what is in them, a list (kind TB_LIST) before its one
 * item "<name>" (TB_GROUP). It is from this that the reference page and the JSON Schema are made. */
TB_API tb_status tb_schema_walk(int (*visit)(const tb_setting *setting, void *data),
                                void *data, tb_error *err);

/* The shipped presets, by index from 0; NULL past the last. Static strings. */
TB_API const char *tb_preset_name(int index);
TB_API const char *tb_preset_title(int index);

#ifdef __cplusplus
}
#endif
#endif
