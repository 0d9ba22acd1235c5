/* scenario/text.h: what the writer and the reader of canonical text share. The format is described
 * in tidsbruk/scenario.h. */
#ifndef TB_SCENARIO_TEXT_H
#define TB_SCENARIO_TEXT_H

#define TEXT_FORMAT "tidsbruk scenario "
#define TEXT_VERSION "1"
#define TEXT_HEADER TEXT_FORMAT TEXT_VERSION

/* The words of a tb_grade, NULL-terminated. */
extern const char *const tb__text_grades[];

#endif
