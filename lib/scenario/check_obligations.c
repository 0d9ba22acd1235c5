/* Rules of the register of obligations. */
#include <string.h>

#include "scenario/check.h"
#include "scenario/word.h"

static bool any_clients(const struct setting *set)
{
    for (int i = 0; i < set->client_group_count; i++)
        if (set->clients[i].count)
            return true;
    return false;
}

static bool is_periodic(const struct obligation *o)
{
    return o->trigger >= TRIGGER_WEEK && o->trigger <= TRIGGER_YEAR;
}

static void check_service_of(struct check *c, const struct obligation *o)
{
    const struct check_path path = tb__path_to("obligations", o->name, "service");

    if (!*o->service)
        return;
    if (o->trigger != TRIGGER_CALL)
        tb__fault(c, path.text, "a service is named, and the trigger is not call");
    tb__check_service(c, path, o->service);
}

/* Whether clients can call for it. */
static bool is_of_clients(const struct obligation *o)
{
    return o->trigger <= TRIGGER_NO_SHOW || (is_periodic(o) && tb__is_of_clients(o->per));
}

static void check_of(struct check *c, const struct obligation *o)
{
    const struct check_path path = tb__path_to("obligations", o->name, "of");

    if (!*o->of)
        return;
    if (!is_of_clients(o))
        tb__fault(c, path.text,
                  "a group of clients is named, and neither visits nor calls nor periods "
                  "of clients call for it");
    tb__check_client_group(c, path, o->of);
}

static void check_trigger(struct check *c, const struct obligation *o)
{
    const struct check_path path = tb__path_to("obligations", o->name, "trigger");

    if ((o->trigger == TRIGGER_VISIT || o->trigger == TRIGGER_DEVIATION ||
         o->trigger == TRIGGER_NO_SHOW) &&
        !any_clients(c->set))
        tb__fault(c, path.text, "planned visits call for it, and there are no clients");
    if (o->trigger == TRIGGER_CALL && !c->set->service_count)
        tb__fault(c, path.text, "calls call for it, and there are no services");
    if (is_periodic(o) && tb__is_of_clients(o->per) && !any_clients(c->set))
        tb__fault(c, tb__path_to("obligations", o->name, "per").text,
                  "there is one for each client, and there are no clients");
}

static void check_presence(struct check *c, const struct obligation *o)
{
    const bool with_client = o->trigger == TRIGGER_VISIT || o->trigger == TRIGGER_CALL;

    if (o->in_presence && (!with_client || o->timing != TIMING_AT_ONCE))
        tb__fault(c, tb__path_to("obligations", o->name, "in_presence").text,
                  "it can be written in the client's presence only when the trigger is "
                  "visit or "
                  "call and the timing is at_once");
}

static void check_channel(struct check *c, const struct obligation *o)
{
    if (o->imposed_by == IMPOSED_LAW && o->channel != CHANNEL_WRITTEN && !o->oral_allowed)
        tb__fault(c, tb__path_to("obligations", o->name, "channel").text,
                  "law imposes it: it is written, unless oral_allowed says that the law "
                  "lets it be told");
}

void tb__check_obligations(struct check *c)
{
    for (int i = 0; i < c->set->obligation_count; i++) {
        const struct obligation *o = &c->set->obligations[i];

        tb__check_role(c, tb__path_to("obligations", o->name, "role"), o->role);
        check_service_of(c, o);
        check_of(c, o);
        check_trigger(c, o);
        check_presence(c, o);
        check_channel(c, o);
    }
}
