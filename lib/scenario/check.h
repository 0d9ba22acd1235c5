/* scenario/check.h: the faults of a scenario as a whole.
 *
 * Bounds are enforced when a value is set; here are the rules that no single value can break: laws
 * that are not complete, references to what does not exist, values that contradict one another.
 * Every fault is told, and one never hides another. A setting without effect is no fault (a grant
 * that nobody uses, a service that nobody calls): only what cannot be meant, or cannot be run. */
#ifndef TB_SCENARIO_CHECK_H
#define TB_SCENARIO_CHECK_H

#include "scenario/scenario.h"

struct check {
    const struct setting *set;
    void (*fault)(const char *path, const char *message, void *data);
    void *data;
    int faults;
};

/* A fault at a path. */
void tb__fault(struct check *c, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "list.item.member", for tb__fault; item and member may be NULL. */
struct check_path {
    char text[TB_PATH_SIZE];
};
struct check_path tb__path_to(const char *list, const char *item, const char *member);

/* Whether there is a service, or a client group, of that name; a fault at the path with the nearest name where
 * there is none. */
bool tb__check_service(struct check *c, struct check_path path, const char *name);
bool tb__check_client_group(struct check *c, struct check_path path, const char *name);

/* Faults when nobody in staff has the role that `path` asks for (an empty one is anybody). False
 * when there was a fault. */
bool tb__check_role(struct check *c, struct check_path path, const char *role);

/* Whether `wanted` is empty or the role itself. */
bool tb__is_role(const char *role, const char *wanted);

/* Whether some kind of shift asks for the people of a group. */
bool tb__is_asked_for(const struct setting *set, const struct staff *group);

/* How many people with that role (empty: any) are ever on duty. */
int tb__on_duty(const struct setting *set, const char *role);

/* Whether anybody of a group is visited by plan: nobody where no hours are granted. */
bool tb__is_visited(const struct client_group *g);

/* Whether calls of a service follow the clients of a group; which group, NULL where it is none. */
bool tb__follows_clients(const struct service *s);
const struct client_group *tb__followed(const struct setting *set, const struct service *s);

/* Whether one service may take workers away from another; whether some service may from this one; whether
 * any interrupts at all. What nobody may interrupt is served and written like what is not interruptible. */
bool tb__takes_from(const struct service *by, const struct service *of);
bool tb__is_interrupted(const struct setting *set, const struct service *s);
bool tb__anything_interrupts(const struct setting *set);

/* The mean of a law; NaN where it is no law (which is a fault of its own). */
double tb__mean_of(const struct law *law);

void tb__check_staff(struct check *c);  /* staff, shifts, what a shift holds, absence */
void tb__check_demand(struct check *c); /* clients, windows, services */
void tb__check_obligations(struct check *c); /* the register */

#endif
