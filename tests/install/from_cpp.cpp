// The public interface from C++: scenarios, a run, an estimate and the log, with owners that free them.
#include <cmath>
#include <cstdio>
#include <memory>

#include <tidsbruk/tidsbruk.h>

namespace {

template <class T, void (*release)(T *)> struct Release {
    void operator()(T *p) const { release(p); }
};
using Scenario = std::unique_ptr<tb_scenario, Release<tb_scenario, tb_scenario_free>>;
using Result = std::unique_ptr<tb_result, Release<tb_result, tb_result_free>>;
using Log = std::unique_ptr<tb_log, Release<tb_log, tb_log_free>>;

int fail(const tb_error &err)
{
    std::fprintf(stderr, "%s\n", err.message);
    return 1;
}

} // namespace

int main()
{
    tb_error err;
    tb_scenario *s = nullptr;
    tb_result *r = nullptr;
    tb_log *l = nullptr;

    if (tb_scenario_preset("textbook/mmc", &s, &err))
        return fail(err);
    const Scenario scenario(s);

    tb_plan plan = TB_PLAN_INIT;
    plan.replications = 4;
    const tb_scenario *const scenarios[] = {scenario.get()};
    if (tb_run(scenarios, 1, &plan, &r, &err))
        return fail(err);
    const Result result(r);
    if (tb_log_run(scenario.get(), &plan, 0, &l, &err))
        return fail(err);
    const Log log(l);

    tb_interval direct;
    if (tb_result_estimate(result.get(), 0, "time.direct_share", 0.95, &direct, &err))
        return fail(err);
    if (!(direct.low < direct.mean && direct.mean < direct.high) || tb_log_rows(log.get()) == 0)
        return 1;
    std::puts("ok");
    return 0;
}
