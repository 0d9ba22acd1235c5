#include "scenario/place.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const char *const law_kinds[] = {
    "constant", "uniform", "triangular", "exponential", "lognormal", "gamma",
    "weibull",  "beta",    "empirical",  "mixture",     NULL};
static const char *const part_kinds[] = {"constant",    "uniform",   "triangular",
                                         "exponential", "lognormal", "gamma",
                                         "weibull",     "beta",      NULL};
_Static_assert(sizeof law_kinds / sizeof *law_kinds == LAW_KINDS + 1,
               "a word for each kind");
_Static_assert(sizeof part_kinds / sizeof *part_kinds == LAW_SIMPLE_KINDS + 1,
               "a word for each simple kind");

/* clang-format off */
#define NUMBERS(type)                                                                             \
    REAL(type, mean, "", 0, LAW_MOST, NAN, "Mean."),                                              \
    REAL(type, median, "", 0, LAW_MOST, NAN, "Median, instead of the mean."),                     \
    REAL(type, cv, "", LAW_CV_LEAST, LAW_CV_MOST, NAN,                                            \
         "Coefficient of variation: standard deviation over mean."),                              \
    REAL(type, low, "", 0, LAW_MOST, NAN, "Least value."),                                        \
    REAL(type, mode, "", 0, LAW_MOST, NAN, "Most likely value."),                                 \
    REAL(type, high, "", 0, LAW_MOST, NAN, "Greatest value."),                                    \
    REAL(type, shape, "", LAW_SHAPE_LEAST, LAW_SHAPE_MOST, NAN,                                   \
         "Shape, with scale: k of a gamma or Weibull law; of a lognormal law the standard "       \
         "deviation of the logarithm."),                                                          \
    REAL(type, scale, "", 0, LAW_MOST, NAN,                                                       \
         "Scale, with shape: of a gamma or Weibull law; of a lognormal law its median."),         \
    REAL(type, p10, "", 0, LAW_MOST, NAN, "The value that one in ten is below; with p90."),       \
    REAL(type, p25, "", 0, LAW_MOST, NAN, "The value that one in four is below; with p75."),      \
    REAL(type, p75, "", 0, LAW_MOST, NAN, "The value that three in four are below."),             \
    REAL(type, p90, "", 0, LAW_MOST, NAN, "The value that nine in ten are below.")
/* clang-format on */

static const struct field part_fields[] = {
    CHOICE(struct law_part, kind, part_kinds, LAW_CONSTANT, "The kind of distribution."),
    NUMBERS(struct law_part),
    REAL(struct law_part, weight, "", 0, LAW_WEIGHT_MOST, 1,
         "How much of the mixture it is, in relation to the other parts."),
};
RECORD(tb__law_part_record, "part", "A part of a mixture.", struct law_part, part_fields);

static const struct field law_fields[] = {
    CHOICE(struct law, kind, law_kinds, LAW_CONSTANT, "The kind of distribution."),
    NUMBERS(struct law),
    SERIES(
        struct law, quantiles, "", 0, LAW_MOST,
        "Empirical: a probability and the value at it, in turn, from probability 0 (the "
        "least value) to 1 (the greatest); on a line between."),
    LIST(struct law, parts, part_count, tb__law_part_record,
         "Mixture: up to three laws of the other kinds, each with a weight."),
};
RECORD(tb__law_record, "law", "A distribution.", struct law, law_fields);
_Static_assert(sizeof law_fields / sizeof *law_fields == LAW_FIELDS,
               "a field for each part");

struct place tb__root(void)
{
    return (struct place){.kind = PLACE_GROUP, .unit = ""};
}

/* The table that describes the children of a place; NULL for a list and for a leaf. */
static const struct record *table_of(const struct place *place)
{
    switch (place->kind) {
    case PLACE_GROUP: return place->field ? place->field->record : &tb__setting_record;
    case PLACE_ITEM: return place->field->record;
    case PLACE_LAW: return &tb__law_record;
    default: return NULL;
    }
}

int tb__children(const struct setting *set, const struct place *place)
{
    const struct record *table = table_of(place);
    int count;

    if (table)
        return table->fields;
    if (place->kind != PLACE_LIST)
        return 0;
    memcpy(&count, (const char *)set + place->parent + place->field->count_offset,
           sizeof count);
    assert(count >= 0 && count <= place->field->capacity);
    return count;
}

static enum place_kind kind_of(const struct field *field)
{
    switch (field->kind) {
    case FIELD_GROUP: return PLACE_GROUP;
    case FIELD_LIST: return PLACE_LIST;
    case FIELD_LAW: return PLACE_LAW;
    default: return PLACE_VALUE;
    }
}

/* A child of a law or of a part of a mixture: it has the law's unit and upper bound, but for its
 * kind, cv, shape and weight; the quantiles hold probabilities, too. */
static struct place part_of(const struct place *parent, int index)
{
    const bool whole = parent->kind == PLACE_LAW;
    const struct field *part = whole ? &law_fields[index] : &part_fields[index];
    const bool shares = index != PART_KIND && index != PART_CV && index != PART_SHAPE &&
                        (whole || index < PARTS);

    return (struct place){
        .kind = index < PARTS || (whole && index == PART_QUANTILES) ? PLACE_PART
                : whole                                             ? PLACE_LIST
                                                                    : PLACE_VALUE,
        .field = part,
        .law = whole ? parent->field : NULL,
        .offset = parent->offset + part->offset,
        .parent = parent->offset,
        .index = index,
        .unit = shares ? parent->unit : "",
        .lo = part->lo,
        .hi = index == PART_QUANTILES && whole ? fmax(1, parent->hi)
              : shares                         ? parent->hi
                                               : part->hi,
    };
}

/* An item of a list; a part of a mixture hands on the law's unit and bound. */
static struct place item_of(const struct place *list, int index)
{
    return (struct place){.kind = PLACE_ITEM,
                          .field = list->field,
                          .offset = list->offset + (size_t)index * list->field->record->size,
                          .parent = list->offset,
                          .index = index,
                          .unit = list->law ? list->unit : "",
                          .hi = list->hi};
}

static bool is_mixture_part(const struct place *place)
{
    return place->kind == PLACE_ITEM && place->field->record == &tb__law_part_record;
}

struct place tb__child(const struct setting *set, const struct place *place, int index)
{
    const struct record *table = table_of(place);
    const struct field *field;

    (void)set;
    if (place->kind == PLACE_LAW || is_mixture_part(place))
        return part_of(place, index);
    if (!table)
        return item_of(place, index);
    field = &table->field[index];
    return (struct place){.kind = kind_of(field),
                          .field = field,
                          .offset = place->offset + field->offset,
                          .parent = place->offset,
                          .index = index,
                          .unit = field->unit,
                          .lo = field->lo,
                          .hi = field->hi};
}

struct simple_law *tb__simple_at(struct setting *set, const struct place *place)
{
    char *at = (char *)set + place->parent;

    return (void *)(at + (place->law ? 0 : offsetof(struct law_part, simple)));
}

const char *tb__name_at(const struct setting *set, const struct place *place)
{
    return place->kind == PLACE_ITEM ? tb__at(set, place) : place->field->name;
}

struct walk {
    const struct setting *set;
    tb__visitor *visit;
    void *data;
    bool sorted;
    char path[TB_PATH_SIZE];
};

enum { FIELDS_MOST = 64 };

/* The fields of a table by name: insertion sort, since tables are short. A point sorts before all
 * that a name may hold, so that paths are sorted when the names of each table are. */
static void sort_fields(const struct record *table, unsigned char order[FIELDS_MOST])
{
    assert(table->fields <= FIELDS_MOST);
    for (int i = 0; i < table->fields; i++) {
        int j = i;

        for (; j > 0 && strcmp(table->field[order[j - 1]].name, table->field[i].name) > 0;
             j--)
            order[j] = order[j - 1];
        order[j] = (unsigned char)i;
    }
}

static int walk_below(struct walk *w, const struct place *place, size_t length)
{
    const int children = tb__children(w->set, place);
    const struct record *table = w->sorted ? table_of(place) : NULL;
    unsigned char order[FIELDS_MOST];
    int stop = 0;

    if (table)
        sort_fields(table, order);
    for (int i = 0; i < children && !stop; i++) {
        const struct place child = tb__child(w->set, place, table ? order[i] : i);
        const char *name = tb__name_at(w->set, &child);
        const size_t point = length > 0, added = point + strlen(name);

        assert(added > 0 && length + added < sizeof w->path);
        w->path[length] = '.';
        memcpy(w->path + length + point, name, added - point + 1);
        stop = w->visit(w->path, &child, w->data);
        if (!stop)
            stop = walk_below(w, &child, length + added);
        w->path[length] = '\0';
    }
    return stop;
}

static int walk(const struct setting *set, tb__visitor *visit, void *data, bool sorted)
{
    const struct place root = tb__root();
    struct walk w = {.set = set, .visit = visit, .data = data, .sorted = sorted};

    return walk_below(&w, &root, 0);
}

int tb__walk(const struct setting *set, tb__visitor *visit, void *data)
{
    return walk(set, visit, data, false);
}

int tb__walk_sorted(const struct setting *set, tb__visitor *visit, void *data)
{
    return walk(set, visit, data, true);
}
