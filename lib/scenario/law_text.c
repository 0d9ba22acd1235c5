/* A whole law as text: "4", or "lognormal(mean=4, cv=0.5)". Blanks may stand between words. */
#include <stdio.h>
#include <string.h>

#include "kernel/status.h"
#include "scenario/value.h"
#include "scenario/word.h"

#define BIT(part) (1 << (part))

static const int taken[LAW_KINDS] = {
    [LAW_CONSTANT] = BIT(PART_MEAN),
    [LAW_UNIFORM] = BIT(PART_LOW) | BIT(PART_HIGH),
    [LAW_TRIANGULAR] = BIT(PART_LOW) | BIT(PART_MODE) | BIT(PART_HIGH),
    [LAW_EXPONENTIAL] = BIT(PART_MEAN),
    [LAW_LOGNORMAL] = BIT(PART_MEAN) | BIT(PART_MEDIAN) | BIT(PART_CV),
    [LAW_GAMMA] = BIT(PART_MEAN) | BIT(PART_MEDIAN) | BIT(PART_CV),
    [LAW_WEIBULL] = BIT(PART_MEAN) | BIT(PART_MEDIAN) | BIT(PART_CV),
    [LAW_BETA] = BIT(PART_LOW) | BIT(PART_HIGH) | BIT(PART_MEAN) | BIT(PART_CV),
};

bool tb__law_takes(int kind, int part)
{
    return part == PART_KIND || taken[kind] & BIT(part);
}

double tb__law_part(const struct law *law, int part)
{
    double value;

    memcpy(&value, (const char *)law + tb__law_record.field[part].offset, sizeof value);
    return value;
}

static void set_part(struct law *law, int part, double value)
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
    length = strcspn(p, " (),=");
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
                    path, tb__law_kind_names[kind], takes, tb__shown(name).text);
}

/* One "mean=4": *at is moved past it. */
static tb_status read_part(const struct place *law, const char *path, const char *text,
                           const char **at, struct law *out, tb_error *err)
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
        set_part(out, part, value.real);
    return status;
}

static tb_status read_form(const struct place *place, const char *path, const char *text,
                           struct law *out, tb_error *err)
{
    const struct place kind = tb__child(NULL, place, PART_KIND);
    struct law law = tb__law_unset;
    char word[NUMBER_TEXT_SIZE];
    const char *at = take_token(text, word);
    union value value;
    tb_status status;

    if (*at != '(')
        return malformed(path, text, err);
    status = tb__value_read(&kind, path, word, &value, err);
    if (status)
        return status;
    law.kind = value.count;
    do {
        at++;
        status = read_part(place, path, text, &at, &law, err);
        if (status)
            return status;
    } while (*at == ',');
    if (*at != ')' || *skip_blanks(at + 1))
        return malformed(path, text, err);
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
    if (status)
        return status;
    *out = tb__law_unset;
    out->mean = value.real;
    return TB_OK;
}

/* Whether a law is a constant and nothing but its mean is given. */
static bool is_plain(const struct law *law)
{
    for (int part = PART_MEDIAN; part < PARTS; part++)
        if (!isnan(tb__law_part(law, part)))
            return false;
    return law->kind == LAW_CONSTANT && !isnan(law->mean);
}

void tb__law_write(const struct law *law, char out[TB_VALUE_SIZE])
{
    const char *between = "";
    size_t length;

    if (is_plain(law)) {
        tb__copy_text(out, TB_VALUE_SIZE, tb__number(law->mean).text);
        return;
    }
    length = (size_t)snprintf(out, TB_VALUE_SIZE, "%s(", tb__law_kind_names[law->kind]);
    for (int part = PART_MEAN; part < PARTS && length < TB_VALUE_SIZE; part++) {
        const double value = tb__law_part(law, part);

        if (isnan(value))
            continue;
        length +=
            (size_t)snprintf(out + length, TB_VALUE_SIZE - length, "%s%s=%s", between,
                             tb__law_record.field[part].name, tb__number(value).text);
        between = ", ";
    }
    if (length < TB_VALUE_SIZE)
        snprintf(out + length, TB_VALUE_SIZE - length, ")");
}
