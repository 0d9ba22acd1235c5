/* Canonical text, read. The text is copied once and cut into lines; these are then gone through five
 * times, so that they may stand in any order: items are added; laws that the text speaks of are
 * unset, since it says them whole; items within laws are added again; values are stored; and at last
 * every line is held against what came of it, and sources are set. Only that pass tells faults, so
 * they come in the order of lines. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kernel/alloc.h"
#include "kernel/status.h"
#include "scenario/source.h"
#include "scenario/text.h"
#include "scenario/value.h"
#include "scenario/word.h"

const char *const tb__text_grades[] = {"ungraded", "measured", "estimated", "assumed",
                                       NULL};

enum pass { ADD_ITEMS, UNSET_LAWS, ADD_TO_LAWS, STORE_VALUES, TELL };

/* One line, cut: "path", "path = rest" or "path ~ rest". */
struct line {
    int number;
    char sign; /* '=', '~', 0 for an item, '?' for what is no line */
    char *path, *rest;
};

struct reading {
    tb_scenario *scenario;
    char *text; /* a copy, cut in place */
    struct line *line;
    int lines, room;
    unsigned char *said; /* what was said of each byte of the setting, one bit a sign */
    enum pass pass;
    int faults;
    void (*fault)(int line, const char *path, const char *message, void *data);
    void *data;
    tb_error *err;
    tb_status status;
};

/* Tells a fault, and keeps the first. */
static void tell(struct reading *r, const struct line *line, const tb_error *e)
{
    if (r->pass != TELL || r->faults >= TB_TEXT_FAULTS)
        return;
    if (!r->faults++) {
        r->status = e->status;
        (void)tb__fail(r->err, e->status, "line %d: %s", line->number, e->message);
    }
    if (r->fault)
        r->fault(line->number, line->sign == '?' ? "" : line->path, e->message, r->data);
}

static void refuse(struct reading *r, const struct line *line, tb_status status,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));

static void refuse(struct reading *r, const struct line *line, tb_status status,
                   const char *format, ...)
{
    tb_error e = {.status = status};
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(e.message, sizeof e.message, format, arguments);
    va_end(arguments);
    tell(r, line, &e);
}

/* Words ------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char *skip_blanks(char *p)
{
    while (is_blank(*p))
        p++;
    return p;
}

static void cut_blanks(char *text)
{
    size_t length = strlen(text);

    while (length && is_blank(text[length - 1]))
        text[--length] = '\0';
}

/* Takes quotation marks off; blanks around them are gone already. */
static char *unquoted(char *text)
{
    const size_t length = strlen(text);

    if (length < 2 || text[0] != '"' || text[length - 1] != '"')
        return text;
    text[length - 1] = '\0';
    return text + 1;
}

/* Takes "word " off the front of a text: the number of bytes, or 0 where it does not stand there. */
static size_t word_length(const char *text, const char *word)
{
    const size_t length = strlen(word);

    if (strncmp(text, word, length) != 0 || (text[length] && !is_blank(text[length])))
        return 0;
    return length + strspn(text + length, " \t");
}

/* One line --------------------------------------------------------------------------- */

/* Whether nothing of this kind was said of a place before. A whole law speaks for its parts. */
static bool is_new(struct reading *r, const struct line *line, const struct place *place)
{
    const unsigned char bit = line->sign == '=' ? 1 : line->sign == '~' ? 2 : 4;
    unsigned char *said = r->said + place->offset;
    bool fresh = !(*said & bit);

    *said |= bit;
    for (int part = 0; place->kind == PLACE_LAW && part < LAW_FIELDS; part++) {
        said = r->said + tb__child(&r->scenario->set, place, part).offset;
        if (part && *said & bit)
            fresh = false;
        *said |= bit;
    }
    if (!fresh)
        refuse(r, line, TB_ERR_VALUE, "%s is said twice", line->path);
    return fresh;
}

/* Unsets the law that a path goes through, if any. */
static void unset_law(struct setting *set, const char *path)
{
    char law[TB_PATH_SIZE];
    struct place place;

    for (const char *end = strchr(path, '.'); end; end = strchr(end + 1, '.')) {
        const size_t length = (size_t)(end - path);

        if (length >= sizeof law)
            return;
        memcpy(law, path, length);
        law[length] = '\0';
        if (tb__resolve(set, law, &place, NULL))
            return;
        if (place.kind != PLACE_LAW)
            continue;
        memcpy(tb__at_mutable(set, &place), &tb__law_unset, sizeof tb__law_unset);
        return;
    }
}

static void read_item(struct reading *r, const struct line *line)
{
    struct place place;
    tb_error e;

    if (r->pass == UNSET_LAWS)
        unset_law(&r->scenario->set, line->path);
    if (r->pass == ADD_ITEMS || r->pass == ADD_TO_LAWS) {
        (void)tb_scenario_add(r->scenario, line->path, NULL);
        return;
    }
    if (r->pass != TELL)
        return;
    if (!tb__resolve(&r->scenario->set, line->path, &place, NULL) &&
        place.kind == PLACE_ITEM)
        is_new(r, line, &place);
    else if (!tb__resolve(&r->scenario->set, line->path, &place, NULL))
        refuse(r, line, TB_ERR_NAME, "%s stands alone; only an item of a list may",
               line->path);
    else if (tb_scenario_add(r->scenario, line->path, &e))
        tell(r, line, &e);
}

static void read_value(struct reading *r, const struct line *line)
{
    struct setting *set = &r->scenario->set;
    struct place place;
    union value value;
    tb_error e, *err = r->pass == TELL ? &e : NULL;

    if (r->pass == ADD_ITEMS || r->pass == ADD_TO_LAWS)
        return;
    if (r->pass == UNSET_LAWS) {
        unset_law(set, line->path);
        return;
    }
    if (tb__resolve(set, line->path, &place, err)) {
        if (err)
            tell(r, line, err);
        return;
    }
    if (tb__value_read(&place, line->path, line->rest, &value, err)) {
        if (err)
            tell(r, line, err);
    } else if (r->pass == STORE_VALUES) {
        tb__store(set, &place, &value);
    } else {
        is_new(r, line, &place);
    }
}

static bool read_end(const char *text, size_t length, double *end)
{
    char number[NUMBER_TEXT_SIZE];

    if (!length || length >= sizeof number)
        return false;
    memcpy(number, text, length);
    number[length] = '\0';
    return tb__number_read(number, end) && isfinite(*end);
}

/* "measured 2 to 6 from E101 E102": range and evidence may be left out. */
static bool take_source(char *rest, tb_source *source)
{
    size_t length = 0;
    int grade = 0;

    *source = tb__no_source;
    while (tb__text_grades[grade] && !(length = word_length(rest, tb__text_grades[grade])))
        grade++;
    if (!length)
        return false;
    source->grade = (tb_grade)grade;
    rest += length;
    if (*rest && !word_length(rest, "from")) {
        length = strcspn(rest, " \t");
        if (!read_end(rest, length, &source->low))
            return false;
        rest = skip_blanks(rest + length);
        length = word_length(rest, "to");
        rest += length;
        if (!length || !read_end(rest, strcspn(rest, " \t"), &source->high))
            return false;
        rest = skip_blanks(rest + strcspn(rest, " \t"));
    }
    length = word_length(rest, "from");
    rest = unquoted(rest + length);
    if ((*rest && !length) || strlen(rest) >= sizeof source->evidence)
        return false;
    tb__copy_text(source->evidence, sizeof source->evidence, rest);
    return true;
}

static void read_source(struct reading *r, const struct line *line)
{
    struct place place;
    tb_source source;
    tb_status status;
    tb_error e;

    if (r->pass != TELL)
        return;
    if (!take_source(line->rest, &source)) {
        refuse(
            r, line, TB_ERR_TYPE,
            "%s ~ \"%s\" is no source such as measured 2 to 6 from E101, with a grade "
            "of ungraded, measured, estimated, assumed and evidence of at most %d bytes",
            tb__shown(line->path).text, tb__shown(line->rest).text, TB_EVIDENCE_SIZE - 1);
        return;
    }
    if (!tb__resolve(&r->scenario->set, line->path, &place, NULL) &&
        !is_new(r, line, &place))
        return;
    status = tb_scenario_set_source(r->scenario, line->path, &source, &e);
    if (status)
        tell(r, line, &e);
}

static void read_line(struct reading *r, const struct line *line)
{
    switch (line->sign) {
    case '=': read_value(r, line); break;
    case '~': read_source(r, line); break;
    case '\0': read_item(r, line); break;
    default:
        refuse(r, line, TB_ERR_TYPE, "\"%s\" is no line such as duty.break_minutes = 30",
               tb__shown(line->path).text);
    }
}

/* All lines -------------------------------------------------------------------------- */

/* Cuts a line without blanks around it into path, sign and rest. */
static struct line cut_line(int number, char *text)
{
    char *end = text + strcspn(text, " \t=~"), *sign = skip_blanks(end);
    struct line line = {number, *sign, text, sign};

    if (*sign && ((*sign != '=' && *sign != '~') || end == text)) {
        line.sign = '?';
        return line;
    }
    if (*sign)
        line.rest = skip_blanks(sign + 1);
    *end = '\0';
    if (line.sign == '=')
        line.rest = unquoted(line.rest);
    return line;
}

static bool keep_line(struct reading *r, const struct line *line)
{
    if (r->lines == r->room) {
        const int room = r->room ? 2 * r->room : 256;
        struct line *grown = tb__realloc(r->line, (size_t)room, sizeof *grown);

        if (!grown)
            return false;
        r->line = grown;
        r->room = room;
    }
    r->line[r->lines++] = *line;
    return true;
}

/* The length of a line that starts at `at`, without its end; *next is where the next one starts. */
static size_t line_length(char *at, char *end, char **next)
{
    char *newline = memchr(at, '\n', (size_t)(end - at));
    char *stop = newline ? newline : end;

    *next = newline ? newline + 1 : end;
    return (size_t)(stop - at) - (stop > at && stop[-1] == '\r');
}

/* Cuts the text; lines that are empty or a comment are not kept. */
static bool cut_lines(struct reading *r, size_t length)
{
    char *at = r->text, *next;
    char *const end = at + length;

    for (int number = 1; at < end; number++, at = next) {
        const size_t bytes = line_length(at, end, &next);
        struct line line = {number, '?', at, at};

        at[bytes] = '\0'; /* the copy has room for one more byte */
        if (strlen(at) == bytes) {
            at = skip_blanks(at);
            cut_blanks(at);
            if (!*at || *at == '#')
                continue;
            line = r->lines ? cut_line(number, at) : (struct line){number, '?', at, at};
        }
        if (!keep_line(r, &line))
            return false;
    }
    return true;
}

/* The first line is kept as it is: the format and its version. */
static bool read_header(struct reading *r)
{
    static char nothing[] = "";
    const struct line none = {1, '?', nothing, nothing};
    const struct line *line = r->lines ? r->line : &none;
    const char *version = line->path + strlen(TEXT_FORMAT);

    r->pass = TELL;
    if (strncmp(line->path, TEXT_FORMAT, strlen(TEXT_FORMAT)) != 0) {
        refuse(r, line, TB_ERR_TYPE,
               "this is no text of a scenario: its first line is not \"%s\"", TEXT_HEADER);
        return false;
    }
    if (strncmp(version, TEXT_VERSION, 1) != 0 || (version[1] && version[1] != ':')) {
        refuse(r, line, TB_ERR_VALUE,
               "this text has the format \"%s\", of which this version of tidsbruk knows "
               "nothing; it reads %s",
               tb__shown(version).text, TEXT_VERSION);
        return false;
    }
    return true;
}

static void read_lines(struct reading *r)
{
    for (r->pass = ADD_ITEMS; r->pass <= TELL; r->pass++)
        for (int i = 1; i < r->lines && r->faults < TB_TEXT_FAULTS; i++)
            read_line(r, &r->line[i]);
}

/* Copies and cuts the text, then reads it into a scenario of defaults. */
static tb_status read_text(struct reading *r, const char *text, size_t length)
{
    static const char mark[] = "\xef\xbb\xbf"; /* of the order of bytes */

    if (length >= strlen(mark) && !memcmp(text, mark, strlen(mark))) {
        text += strlen(mark);
        length -= strlen(mark);
    }
    r->text = tb__alloc(length + 1, 1);
    r->said = tb__alloc(sizeof(struct setting), 1);
    if (!r->text || !r->said)
        return tb__no_memory(r->err);
    memcpy(r->text, text, length);
    if (!cut_lines(r, length))
        return tb__no_memory(r->err);
    if (read_header(r))
        read_lines(r);
    return r->status;
}

tb_status tb_scenario_parse(const char *text, size_t length, tb_scenario **out,
                            void (*fault)(int line, const char *path, const char *message,
                                          void *data),
                            void *data, tb_error *err)
{
    struct reading r = {.fault = fault, .data = data, .err = err};
    tb_status status;

    if (length > TB_TEXT_MOST)
        return tb__fail(err, TB_ERR_LIMIT,
                        "a text of %zu bytes is too long for a scenario; it may have %d",
                        length, (int)TB_TEXT_MOST);
    status = tb_scenario_new(&r.scenario, err);
    if (!status) {
        status = read_text(&r, text, length);
    }
    tb__free(r.text);
    tb__free(r.line);
    tb__free(r.said);
    if (status)
        tb_scenario_free(r.scenario);
    else
        *out = r.scenario;
    return status;
}
