/* Prints the hashes of a fixed set of runs, one a line. Whatever the compiler, its flags and the
 * number of threads (the argument, 0 for all): the same lines. tests/same_answer.py compares them
 * between builds. */
#include <stdio.h>
#include <stdlib.h>

#include "life.h"
#include "random_scenario.h"
#include "tidsbruk/run.h"

static int threads;

static void answer(tb_scenario *s, const char *name)
{
    tb_plan plan = TB_PLAN_INIT;
    tb_result *r = NULL;
    tb_error err = {.status = TB_OK};

    plan.replications = 3;
    plan.seed = 61;
    plan.weekly = 1;
    plan.threads = threads;
    if (tb_run((const tb_scenario *[]){s}, 1, &plan, &r, &err))
        printf("%s: %s\n", name, err.message);
    else
        printf("%s: %016llx\n", name, (unsigned long long)tb_result_hash(r, 0));
    tb_result_free(r);
}

int main(int argc, char **argv)
{
    threads = argc > 1 ? atoi(argv[1]) : 0;
    each_scenario(3, 100, answer);
    return 0;
}
