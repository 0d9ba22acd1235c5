/* What names of a scenario point to, and what its laws become. */
#include "model/world/compile.h"

#include <string.h>

tb_status tb__compile_law(struct world *w, const struct law *law, double factor,
                          struct table *out, tb_error *err)
{
    return tb__tables_build(w->tables, law, factor, out, err);
}

int tb__role_index(const struct setting *s, const char *role)
{
    for (int i = 0; *role && i < s->staff_count; i++)
        if (!strcmp(s->staff[i].role, role))
            return i;
    return ANY_ROLE;
}

int tb__service_index(const struct setting *s, const char *name)
{
    for (int i = 0; *name && i < s->service_count; i++)
        if (!strcmp(s->services[i].name, name))
            return i;
    return NOWHERE;
}
