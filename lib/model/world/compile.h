/* model/world/compile.h: the parts of a world that is being made, in the order of world.c.
 *
 * Each function reads the settings and what earlier parts have filled in, and fills members of the
 * world that nobody else writes. What fails leaves a world that tb__world_free can take. */
#ifndef TB_MODEL_WORLD_COMPILE_H
#define TB_MODEL_WORLD_COMPILE_H

#include "model/world.h"

/* limits.c: TB_ERR_LIMIT where a unit is too large for one life of so many weeks. */
tb_status tb__within_limits(const struct setting *s, int weeks, tb_error *err);

/* find.c: the table of a law times a factor; equal ones share one. */
tb_status tb__compile_law(struct world *w, const struct law *law, double factor,
                          struct table *out, tb_error *err);

/* Index of the first staff group with a role, which groups of one role share; or ANY_ROLE. */
int tb__role_index(const struct setting *s, const char *role);

/* Index of a service, or NOWHERE. */
int tb__service_index(const struct setting *s, const char *name);

/* absence.c: laws of spells, and ill_at_start and spell_share from them. */
tb_status tb__compile_absence(struct world *w, tb_error *err);

/* stay.c: how long clients stay, and whether there is any turnover. */
tb_status tb__compile_stays(struct world *w, tb_error *err);
void tb__stays_free(struct world *w);

/* service.c: service, service_order, sources, and whether any is endless or impatient. */
tb_status tb__compile_services(struct world *w, tb_error *err);
void tb__services_free(struct world *w);

/* obligation.c: obligation, by trigger and by use; after the services, which some belong to. */
tb_status tb__compile_obligations(struct world *w, tb_error *err);

/* crew.c: seat, of the roster; crews, trips, slow, client_crew and service_crew. */
tb_status tb__seats(struct world *w, tb_error *err);
void tb__compile_crews(struct world *w);

/* roster.c: worker, shift, on_day and day_shift. */
tb_status tb__roster(struct world *w, tb_error *err);

/* grantplan.c: client, slot and slot_first. */
tb_status tb__grant_plan(struct world *w, tb_error *err);

/* entity.c: two names with one 32-bit entity would share their world, so the later takes the next that
 * is free. After all that have one. */
tb_status tb__part_entities(struct world *w, tb_error *err);

/* load.c: what visits are expected to take, of clients; after the grant plan. */
void tb__expect_visits(struct world *w);

/* paperwork.c: paperwork, after what visits are expected to take. */
tb_status tb__expect_paperwork(struct world *w, tb_error *err);

/* timetable.c: timetable and the usual worker of each slot, if planning.mode asks for one; after the
 * rosters and the grant plan. */
tb_status tb__timetable(struct world *w, tb_error *err);

/* load.c: mean work asked for over mean time on duty; a record's expected ms with its copies. */
double tb__offered_load(const struct world *w);
double tb__record_mean(const struct world *w, int obligation);

#endif
