/* A whole law as text. Blanks may stand between words.
 *
 *     4
 *     lognormal(mean=4, cv=0.5)
 *     empirical(quantiles=0 1 0.5 4 1 30)
 *     mixture(long=0.3*gamma(mean=20, cv=1), short=0.7*constant(mean=2)) */
#include <stdio.h>
#include <string.h>

#include "kernel/status.h"
#include "scenario/value.h"
#include "scenario/word.h"

#define BIT(part) (1 << (part))
#define PAIRS                                                             \
    (BIT(PART_MEAN) | BIT(PART_MEDIAN) | BIT(PART_CV) | BIT(PART_SHAPE) | \
     BIT(PART_SCALE) | BIT(PART_P10) | BIT(PART_P25) | BIT(PART_P75) | BIT(PART_P90))

static const int taken[LAW_KINDS] = {
    [LAW_CONSTANT] = BIT(PART_MEAN),
    [LAW_UNIFORM] = BIT(PART_LOW) | BIT(PART_HIGH),
    [LAW_TRIANGULAR] = BIT(PART_LOW) | BIT(PART_MODE) | BIT(PART_HIGH),
    [LAW_EXPONENTIAL] = BIT(PART_MEAN),
    [LAW_LOGNORMAL] = PAIRS,
    [LAW_GAMMA] = PAIRS,
    [LAW_WEIBULL] = PAIRS,
    [LAW_BETA] = BIT(PART_LOW) | BIT(PART_HIGH) | BIT(PART_MEAN) | BIT(PART_CV),
};

bool tb__law_takes(int kind, int part)
{
    return part == PART_KIND || taken[kind] & BIT(part);
}

/* The fields of a simple law stand in struct law as they do in struct simple_law. */
double tb__law_part(const struct simple_law *law, int part)
{
    double value;

    memcpy(&value, (const char *)law + tb__law_record.field[part].offset, sizeof value);
    return value;
}

void tb__law_set_part(struct simple_law *law, int part, double value)
{
    memcpy((char *)law + tb__law_record.field[part].offset, &value, sizeof value);
}

static const char *skip_blanks(const char *p)
{
    while (*p == ' ')
        p++;
    return p;
}

/* Takes a run of characters of a word or a number, and the blanks around it. */
static const char *take_token(const char *p, char token[NUMBER_TEXT_SIZE])
{
    size_t length;

    p = skip_blanks(p);
    length = strcspn(p, " (),=*");
    if (length >= NUMBER_TEXT_SIZE)
        length = 0;
    memcpy(token, p, length);
    token[length] = '\0';
    return skip_blanks(p + length);
}

static int find_part(const char *name)
{
    for (int part = PART_MEAN; part < PARTS; part++)
        if (!strcmp(tb__law_record.field[part].name, name))
            return part;
    return PART_KIND;
}

static tb_status malformed(const char *path, const char *text, tb_error *err)
{
    return tb__fail(err, TB_ERR_TYPE,
                    "%s = \"%s\" is neither a number nor a law such as lognormal(mean=4, "
                    "cv=0.5)",
                    path, tb__shown(text).text);
}

static tb_status unknown_part(const char *path, const char *name, int kind, tb_error *err)
{
    char takes[96] = "";
    size_t length = 0;

    for (int part = PART_MEAN; part < PARTS; part++)
        if (tb__law_takes(kind, part))
            length += (size_t)snprintf(takes + length, sizeof takes - length, "%s%s",
                                       length ? ", " : "", tb__law_record.field[part].name);
    return tb__fail(err, TB_ERR_TYPE, "%s: a law of kind %s takes %s, and not \"%s\"",
                    path, tb__law_kind_names[kind],
                    kind == LAW_EMPIRICAL ? "quantiles" : takes, tb__shown(name).text);
}

/* ---- reading. `law` is the place of a law or of a part of a mixture; *at is moved past what is
 * read. */

/* One "mean=4". */
static tb_status read_part(const struct place *law, const char *path, const char *text,
                           const char **at, struct simple_law *out, tb_error *err)
{
    char name[NUMBER_TEXT_SIZE], number[NUMBER_TEXT_SIZE], full[TB_PATH_SIZE + 8];
    struct place place;
    union value value;
    tb_status status;
    int part;

    *at = take_token(*at, name);
    if (**at != '=')
        return malformed(path, text, err);
    *at = take_token(*at + 1, number);
    part = find_part(name);
    if (part == PART_KIND || !tb__law_takes(out->kind, part))
        return unknown_part(path, name, out->kind, err);
    if (!*number || !isnan(tb__law_part(out, part)))
        return malformed(path, text, err);
    place = tb__child(NULL, law, part);
    snprintf(full, sizeof full, "%s.%s", path, name);
    status = tb__value_read(&place, full, number, &value, err);
    if (!status)
        tb__law_set_part(out, part, value.real);
    return status;
}

/* The numbers of a simple law, from the '(' behind its kind to the ')'. */
static tb_status read_numbers(const struct place *law, const char *path, const char *text,
                              const char **at, struct simple_law *out, tb_error *err)
{
    tb_status status;

    do {
        ++*at;
        if ((status = read_part(law, path, text, at, out, err)))
            return status;
    } while (**at == ',');
    if (**at != ')')
        return malformed(path, text, err);
    *at = skip_blanks(*at + 1);
    return TB_OK;
}

/* "quantiles=0 1 0.5 4 1 30", from the '(' to the ')'. */
static tb_status read_quantiles(const struct place *law, const char *path, const char *text,
                                const char **at, struct law *out, tb_error *err)
{
    const struct place place = tb__child(NULL, law, PART_QUANTILES);
    char name[NUMBER_TEXT_SIZE], numbers[TB_VALUE_SIZE], full[TB_PATH_SIZE + 16];
    struct series series;
    size_t length;
    tb_status status;

    *at = take_token(*at + 1, name);
    if (**at != '=')
        return malformed(path, text, err);
    if (strcmp(name, place.field->name) != 0)
        return unknown_part(path, name, out->kind, err);
    length = strcspn(++*at, ")");
    if (length >= sizeof numbers || (*at)[length] != ')')
        return malformed(path, text, err);
    memcpy(numbers, *at, length);
    numbers[length] = '\0';
    snprintf(full, sizeof full, "%s.quantiles", path);
    status = tb__series_read(&place, full, numbers, &series, err);
    if (!status)
        tb__series_store(place.field, &out->quantiles, &series);
    *at = skip_blanks(*at + length + 1);
    return status;
}

/* The kind, and the '(' behind it; *out is unset but for the kind. */
static tb_status read_kind(const struct place *law, const char *path, const char *text,
                           const char **at, struct simple_law *out, tb_error *err)
{
    const struct place place = tb__child(NULL, law, PART_KIND);
    char word[NUMBER_TEXT_SIZE];
    union value value;
    tb_status status;

    *at = take_token(*at, word);
    if (**at != '(')
        return malformed(path, text, err);
    status = tb__value_read(&place, path, word, &value, err);
    if (status)
        return status;
    *out = tb__law_unset.simple;
    out->kind = value.count;
    return TB_OK;
}

/* A name that is not among those of the parts yet. */
static bool is_new_name(const struct law *law, const char *name)
{
    for (int i = 0; i < law->part_count; i++)
        if (!strcmp(law->parts[i].name, name))
            return false;
    return tb__is_name(name);
}

/* One "short=0.7*lognormal(mean=2, cv=0.5)". Parts are kept sorted by name. */
static tb_status read_mixture_part(const struct place *law, const char *path,
                                   const char *text, const char **at, struct law *out,
                                   tb_error *err)
{
    const struct place list = tb__child(NULL, law, PART_PARTS),
                       item = tb__child(NULL, &list, out->part_count),
                       weight = tb__child(NULL, &item, PARTS);
    char name[NUMBER_TEXT_SIZE], number[NUMBER_TEXT_SIZE], full[TB_PATH_SIZE + 16];
    struct law_part part = {.weight = 0};
    union value value;
    tb_status status;
    int i;

    *at = take_token(*at, name);
    if (**at != '=' || !is_new_name(out, name))
        return malformed(path, text, err);
    if (out->part_count == LAW_PARTS)
        return tb__fail(err, TB_ERR_LIMIT, "%s: there is room for %d parts", path,
                        LAW_PARTS);
    *at = take_token(*at + 1, number);
    if (**at != '*')
        return malformed(path, text, err);
    ++*at;
    snprintf(full, sizeof full, "%s.parts.%s", path, name);
    if ((status = tb__value_read(&weight, full, number, &value, err)) ||
        (status = read_kind(&item, full, text, at, &part.simple, err)) ||
        (status = read_numbers(&item, full, text, at, &part.simple, err)))
        return status;
    part.weight = value.real;
    tb__copy_text(part.name, sizeof part.name, name);
    for (i = out->part_count++; i > 0 && strcmp(out->parts[i - 1].name, name) > 0; i--)
        out->parts[i] = out->parts[i - 1];
    out->parts[i] = part;
    return TB_OK;
}

static tb_status read_mixture(const struct place *law, const char *path, const char *text,
                              const char **at, struct law *out, tb_error *err)
{
    tb_status status;

    do {
        ++*at;
        if ((status = read_mixture_part(law, path, text, at, out, err)))
            return status;
    } while (**at == ',');
    if (**at != ')')
        return malformed(path, text, err);
    *at = skip_blanks(*at + 1);
    return TB_OK;
}

static tb_status read_form(const struct place *place, const char *path, const char *text,
                           struct law *out, tb_error *err)
{
    struct law law = tb__law_unset;
    const char *at = text;
    tb_status status = read_kind(place, path, text, &at, &law.simple, err);

    if (status)
        return status;
    if (law.kind == LAW_EMPIRICAL)
        status = read_quantiles(place, path, text, &at, &law, err);
    else if (law.kind == LAW_MIXTURE)
        status = read_mixture(place, path, text, &at, &law, err);
    else
        status = read_numbers(place, path, text, &at, &law.simple, err);
    if (!status && *at)
        status = malformed(path, text, err);
    if (!status)
        status = tb__law_check(&law, path, err);
    if (!status)
        *out = law;
    return status;
}

tb_status tb__law_read(const struct place *place, const char *path, const char *text,
                       struct law *out, tb_error *err)
{
    const struct place mean = tb__child(NULL, place, PART_MEAN);
    union value value;
    tb_status status;
    double number;

    if (!tb__number_read(text, &number))
        return read_form(place, path, text, out, err);
    status = tb__value_read(&mean, path, text, &value, err);
    if (!status)
        *out = tb__law_constant(value.real);
    return status;
}

/* ---- writing */

/* Whether a law is a constant and nothing but its mean is given. */
static bool is_plain(const struct law *law)
{
    for (int part = PART_MEDIAN; part < PARTS; part++)
        if (!isnan(tb__law_part(&law->simple, part)))
            return false;
    return law->kind == LAW_CONSTANT && !isnan(law->mean) && !law->quantiles.count &&
           !law->part_count;
}

struct writer {
    char *out;
    size_t length;
};

static void append(struct writer *w, const char *text)
{
    tb__copy_text(w->out + w->length, TB_VALUE_SIZE - w->length, text);
    w->length += strlen(w->out + w->length);
}

/* "mean=4, cv=0.5". */
static void write_numbers(struct writer *w, const struct simple_law *law)
{
    const char *between = "";

    for (int part = PART_MEAN; part < PARTS; part++) {
        const double value = tb__law_part(law, part);

        if (isnan(value))
            continue;
        append(w, between);
        append(w, tb__law_record.field[part].name);
        append(w, "=");
        append(w, tb__number(value).text);
        between = ", ";
    }
}

static void write_mixture(struct writer *w, const struct law *law)
{
    for (int i = 0; i < law->part_count; i++) {
        const struct law_part *part = &law->parts[i];

        append(w, i ? ", " : "");
        append(w, part->name);
        append(w, "=");
        append(w, tb__number(part->weight).text);
        append(w, "*");
        append(w, tb__law_kind_names[part->kind]);
        append(w, "(");
        write_numbers(w, &part->simple);
        append(w, ")");
    }
}

void tb__law_write(const struct law *law, char out[TB_VALUE_SIZE])
{
    struct writer w = {out, 0};
    char series[TB_VALUE_SIZE];

    *out = '\0';
    if (is_plain(law)) {
        append(&w, tb__number(law->mean).text);
        return;
    }
    append(&w, tb__law_kind_names[law->kind]);
    append(&w, "(");
    write_numbers(&w, &law->simple);
    if (law->quantiles.count) {
        tb__series_write(&tb__law_record.field[PART_QUANTILES], &law->quantiles, series);
        append(&w, "quantiles=");
        append(&w, series);
    }
    write_mixture(&w, law);
    append(&w, ")");
}
