#include "reform.h"

#include <criterion/criterion.h>
#include <string.h>

#include "scenario/scenario.h"

static int faults_of(const tb_scenario *s)
{
    return tb_scenario_check(s, NULL, NULL);
}

void reform(tb_scenario *s, const tb_scenario *other)
{
    const struct setting *o = &other->set;
    struct setting before = s->set;
    static const double more[] = {1.5, 1.5, 0.5, 0};

#define TAKE(member)                                              \
    do {                                                          \
        before = s->set;                                          \
        memcpy(&s->set.member, &o->member, sizeof s->set.member); \
        if (faults_of(s))                                         \
            s->set = before;                                      \
    } while (0)
    TAKE(regime);
    TAKE(duty);
    TAKE(absence);
    TAKE(visits);
    TAKE(travel);
    TAKE(planning);
    TAKE(errors);
    before = s->set;
    memcpy(s->set.obligations, o->obligations, sizeof s->set.obligations);
    s->set.obligation_count = o->obligation_count;
    for (int i = 0; i < s->set.obligation_count; i++)
        s->set.obligations[i].role[0] = s->set.obligations[i].service[0] = '\0';
    if (faults_of(s))
        s->set = before;
    before = s->set;
    memcpy(s->set.shifts, o->shifts, sizeof s->set.shifts);
    s->set.shift_count = o->shift_count;
    for (int i = 0; i < s->set.shift_count; i++)
        s->set.shifts[i].role[0] = '\0';
    if (faults_of(s))
        s->set = before;
    for (int i = 0; i < s->set.client_group_count; i++)
        s->set.clients[i].granted_hours.mean *= 1.5;
    for (int i = 0; i < s->set.client_group_count; i++)
        s->set.clients[i].need_ratio.mean *= 1.25;
    for (int i = 0; i < s->set.service_count; i++)
        s->set.services[i].per_hour *= more[(o->horizon.weeks + i) % 4];
    cr_assert_eq(faults_of(s), 0);
}
