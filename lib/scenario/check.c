#include "scenario/check.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kernel/status.h"
#include "scenario/value.h"
#include "scenario/word.h"

void tb__fault(struct check *c, const char *path, const char *format, ...)
{
    char message[TB_MESSAGE_SIZE];
    va_list arguments;

    c->faults++;
    if (!c->fault)
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    c->fault(path, message, c->data);
}

struct check_path tb__path_to(const char *list, const char *item, const char *member)
{
    struct check_path path;

    snprintf(path.text, sizeof path.text, "%s%s%s%s%s", list, item ? "." : "",
             item ? item : "", member ? "." : "", member ? member : "");
    return path;
}

bool tb__is_role(const char *role, const char *wanted)
{
    return !*wanted || !strcmp(role, wanted);
}

/* The names that are known: of services, or of client groups. */
enum { MOST_NAMES = MAX_SERVICES };
_Static_assert((int)MAX_CLIENT_GROUPS <= (int)MOST_NAMES, "room for both");

struct names {
    const char *name[MOST_NAMES];
    int count;
};

static bool is_there(struct check *c, struct check_path path, const char *kind,
                     const char *name, const struct names *known)
{
    const char *nearest;

    for (int i = 0; i < known->count; i++)
        if (!strcmp(known->name[i], name))
            return true;
    nearest = tb__nearest(name, known->name, known->count);
    tb__fault(c, path.text, "there is no %s \"%s\"%s%s%s", kind, name,
              nearest ? "; did you mean \"" : "", nearest ? nearest : "",
              nearest ? "\"?" : "");
    return false;
}

bool tb__check_service(struct check *c, struct check_path path, const char *name)
{
    struct names known = {.count = c->set->service_count};

    for (int i = 0; i < known.count; i++)
        known.name[i] = c->set->services[i].name;
    return is_there(c, path, "service", name, &known);
}

bool tb__check_client_group(struct check *c, struct check_path path, const char *name)
{
    struct names known = {.count = c->set->client_group_count};

    for (int i = 0; i < known.count; i++)
        known.name[i] = c->set->clients[i].name;
    return is_there(c, path, "client group", name, &known);
}

bool tb__check_role(struct check *c, struct check_path path, const char *role)
{
    const char *roles[MAX_STAFF], *nearest;
    int count = 0;

    for (int i = 0; i < c->set->staff_count; i++) {
        if (tb__is_role(c->set->staff[i].role, role))
            return true;
        if (*c->set->staff[i].role)
            roles[count++] = c->set->staff[i].role;
    }
    if (!*role)
        return true;
    nearest = tb__nearest(role, roles, count);
    tb__fault(c, path.text, "nobody in staff has the role \"%s\"%s%s%s", role,
              nearest ? "; did you mean \"" : "", nearest ? nearest : "",
              nearest ? "\"?" : "");
    return false;
}

bool tb__is_asked_for(const struct setting *set, const struct staff *group)
{
    for (int i = 0; i < set->shift_count; i++) {
        const struct shift_kind *k = &set->shifts[i];

        if (tb__is_role(group->role, k->role) && k->weekdays + k->saturdays + k->sundays > 0)
            return true;
    }
    return false;
}

int tb__on_duty(const struct setting *set, const char *role)
{
    int people = 0;

    for (int i = 0; i < set->staff_count; i++) {
        const struct staff *g = &set->staff[i];

        if (tb__is_role(g->role, role) &&
            (g->roster == ROSTER_ALWAYS || tb__is_asked_for(set, g)))
            people += g->count;
    }
    return people;
}

double tb__mean_of(const struct law *law)
{
    return tb__law_check(law, "", NULL) ? NAN : tb__law_mean(law);
}

/* A series is no longer than its room, and each of its numbers is within bounds. */
static void check_series(struct check *c, const char *path, const struct place *place)
{
    const int room = place->field->capacity;
    struct series s;
    int count;

    memcpy(&count, tb__at(c->set, place), sizeof count);
    if (count < 0 || count > room)
        tb__fault(c, path, "it has %d numbers; there is room for %d", count, room);
    tb__series_load(place->field, tb__at(c->set, place), &s);
    for (int i = 0; i < s.count; i++)
        if (!tb__within(place, s.value[i]))
            tb__fault(c, path, "number %d, %s, is out of bounds; it takes %s", i + 1,
                      tb__number(s.value[i]).text, tb__range(place).text);
}

/* Numbers within bounds, words that exist. Only code that writes into the struct can break these. */
static void check_leaf(struct check *c, const char *path, const struct place *place)
{
    const void *at = tb__at(c->set, place);
    const enum field_kind kind = place->field->kind;
    double number = 0;

    if (kind == FIELD_TEXT && place->field->capacity == NAME_SIZE && *(const char *)at &&
        !tb__is_name(at))
        tb__fault(c, path, "\"%s\" is not a name", tb__shown(at).text);
    if (kind == FIELD_SERIES)
        check_series(c, path, place);
    if (kind == FIELD_REAL)
        number = *(const double *)at;
    else if (kind == FIELD_COUNT || kind == FIELD_CHOICE)
        number = *(const int *)at;
    else
        return;
    if (!tb__within(place, number))
        tb__fault(c, path, "%s is out of bounds; it takes %s", tb__number(number).text,
                  tb__range(place).text);
}

/* The numbers of a law or of a part of a mixture by the bounds of its field. */
static void check_numbers(struct check *c, const char *path, const struct place *place)
{
    char full[TB_PATH_SIZE];

    for (int part = PART_MEAN; part < PARTS; part++) {
        const struct place child = tb__child(c->set, place, part);
        const double value = *(const double *)tb__at(c->set, &child);

        if (isnan(value) || tb__within(&child, value))
            continue;
        snprintf(full, sizeof full, "%s.%s", path, child.field->name);
        tb__fault(c, full, "%s is out of bounds; it takes %s", tb__number(value).text,
                  tb__range(&child).text);
    }
}

static void check_parts(struct check *c, const char *path, const struct place *law)
{
    const struct place list = tb__child(c->set, law, PART_PARTS);
    char full[TB_PATH_SIZE];

    for (int i = 0; i < tb__children(c->set, &list); i++) {
        const struct place item = tb__child(c->set, &list, i);

        snprintf(full, sizeof full, "%s.parts.%s", path, tb__name_at(c->set, &item));
        check_numbers(c, full, &item);
    }
}

/* The values of the points of an empirical law; the probabilities among them are below 1. */
static void check_points(struct check *c, const char *path, const struct place *law)
{
    const struct place place = tb__child(c->set, law, PART_QUANTILES);
    struct series s;
    char full[TB_PATH_SIZE];

    snprintf(full, sizeof full, "%s.quantiles", path);
    tb__series_load(place.field, tb__at(c->set, &place), &s);
    for (int i = 1; i < s.count; i += 2)
        if (s.value[i] > law->hi)
            tb__fault(c, full, "value %d, %s, is out of bounds; at most %s %s", i / 2 + 1,
                      tb__number(s.value[i]).text, tb__number(law->hi).text, law->unit);
}

/* The parameters of a law by the bounds of its field, then the law by its own rules. */
static void check_law(struct check *c, const char *path, const struct place *place)
{
    const struct law *law = tb__at(c->set, place);
    const int before = c->faults;
    tb_error err;

    check_numbers(c, path, place);
    check_parts(c, path, place);
    check_points(c, path, place);
    if (c->faults == before && tb__law_check(law, path, &err))
        tb__fault(c, path, "%s", err.message);
}

static int check_place(const char *path, const struct place *place, void *data)
{
    if (place->kind == PLACE_VALUE)
        check_leaf(data, path, place);
    else if (place->kind == PLACE_LAW)
        check_law(data, path, place);
    return 0;
}

int tb_scenario_check(const tb_scenario *s,
                      void (*fault)(const char *path, const char *message, void *data),
                      void *data)
{
    struct check c = {&s->set, fault, data, 0};

    tb__walk(&s->set, check_place, &c);
    tb__check_staff(&c);
    tb__check_demand(&c);
    tb__check_obligations(&c);
    return c.faults;
}
