/* scenario/place.h: where in a setting a path leads.
 *
 * A setting is a tree: groups, lists and their items, laws, and at the leaves the values. A place is
 * one node of it: what stands there (a field of the tables) and at which offset. Two functions,
 * tb__children and tb__child, know the shape of the tree; resolving, walking, checking and
 * describing are written on top of them. A law is a node whose children are its kind, its numbers,
 * its quantiles and the list of its parts; a part of a mixture is an item whose children are its
 * weight, its kind and its numbers. Order of children: fields as declared, items by name. */
#ifndef TB_SCENARIO_PLACE_H
#define TB_SCENARIO_PLACE_H

#include "scenario/scenario.h"

enum place_kind {
    PLACE_GROUP,
    PLACE_LIST,
    PLACE_ITEM,
    PLACE_LAW,
    PLACE_PART, /* of a law, or of a part of a mixture: its kind, a number or the quantiles */
    PLACE_VALUE
};

struct place {
    enum place_kind kind;
    const struct field *field; /* what stands here; of an item: its list; of the root: NULL */
    const struct field *law; /* of what belongs to a law, and to no part of a mixture: the law */
    size_t offset;           /* from the start of struct setting */
    size_t parent;           /* offset of the struct or array that holds it */
    int index; /* which child of its parent; of a PLACE_PART which of the parts below */
    const char *unit;
    double lo, hi; /* bounds of a number */
};

/* The fields of struct law and of a part of a mixture, with bounds that hold for any law. */
extern const struct record tb__law_record;
extern const struct record tb__law_part_record;
enum {
    PART_KIND,
    PART_MEAN,
    PART_MEDIAN,
    PART_CV,
    PART_LOW,
    PART_MODE,
    PART_HIGH,
    PART_SHAPE,
    PART_SCALE,
    PART_P10,
    PART_P25,
    PART_P75,
    PART_P90,
    PARTS, /* kind and numbers; then what only a whole law has */
    PART_QUANTILES = PARTS,
    PART_PARTS,
    LAW_FIELDS
};

/* The simple law that a PLACE_PART, which is not the quantiles, is of. */
struct simple_law *tb__simple_at(struct setting *set, const struct place *place);

/* The whole setting. */
struct place tb__root(void);

int tb__children(const struct setting *set, const struct place *place);
struct place tb__child(const struct setting *set, const struct place *place, int index);

/* The last component of a place's path; the name of an item stands in the setting itself. */
const char *tb__name_at(const struct setting *set, const struct place *place);

/* Where the bytes of a place are. */
static inline const void *tb__at(const struct setting *set, const struct place *place)
{
    return (const char *)set + place->offset;
}

static inline void *tb__at_mutable(struct setting *set, const struct place *place)
{
    return (char *)set + place->offset;
}

/* The place that a path names. TB_ERR_NAME suggests the nearest path there is. */
tb_status tb__resolve(const struct setting *set, const char *path, struct place *out,
                      tb_error *err);

/* Calls `visit` for every place below the root, parents first, until it returns nonzero; returns
 * that. */
typedef int tb__visitor(const char *path, const struct place *place, void *data);
int tb__walk(const struct setting *set, tb__visitor *visit, void *data);

/* The same in the order of the bytes of the paths. */
int tb__walk_sorted(const struct setting *set, tb__visitor *visit, void *data);

#endif
