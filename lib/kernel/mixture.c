#include "kernel/mixture.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

enum { MOST_STEPS = 300, FEATURES = 6 };

/* What is beyond the ends of a component has a chance below exp(-TAIL). */
static const double TAIL = 48;

/* ---- one component, in units of its form: y = x / scale * unit (less the lower end) */

static double own_unit(const struct component *c, double x)
{
    const struct form *f = &c->form;

    return (x / c->scale - f->low) * f->unit;
}

static double triangular_chance(double mode, int upper, double y)
{
    if (upper)
        return triangular_chance(1 - mode, 0, 1 - y);
    return y <= mode ? y * y / mode : 1 - (1 - y) * (1 - y) / (1 - mode);
}

static double form_chance(const struct form *f, int upper, double y)
{
    double t;

    switch (f->kind) {
    case LAW_LOGNORMAL:
        t = log(y) / f->shape;
        return upper ? gsl_cdf_ugaussian_Q(t) : gsl_cdf_ugaussian_P(t);
    case LAW_GAMMA:
        return upper ? gsl_cdf_gamma_Q(y, f->shape, 1) : gsl_cdf_gamma_P(y, f->shape, 1);
    case LAW_BETA:
        return upper ? gsl_cdf_beta_Q(y, f->shape, f->second)
                     : gsl_cdf_beta_P(y, f->shape, f->second);
    case LAW_TRIANGULAR: return triangular_chance(f->shape, upper, y);
    case LAW_UNIFORM: return upper ? 1 - y : y;
    default:
        t = f->kind == LAW_WEIBULL ? pow(y, 1 / f->shape) : y;
        return upper ? exp(-t) : -expm1(-t);
    }
}

/* Density of ln y times y: of y on a logarithmic scale. */
static double form_density(const struct form *f, double y)
{
    const double a = f->shape, b = f->second;
    double t;

    switch (f->kind) {
    case LAW_LOGNORMAL: t = log(y) / a; return exp(-t * t / 2) / (a * sqrt(2 * acos(-1)));
    case LAW_GAMMA: return exp(a * log(y) - y - gsl_sf_lngamma(a));
    case LAW_BETA: return exp(a * log(y) + (b - 1) * log1p(-y) - gsl_sf_lnbeta(a, b));
    case LAW_TRIANGULAR: return y * (y <= a ? 2 * y / a : 2 * (1 - y) / (1 - a));
    case LAW_UNIFORM: return y;
    case LAW_WEIBULL: t = pow(y, 1 / a); return t / a * exp(-t);
    default: return y * exp(-y);
    }
}

static double component_chance(const struct component *c, int upper, double x)
{
    if (x >= c->to)
        return !upper;
    return x <= c->from ? upper : form_chance(&c->form, upper, own_unit(c, x));
}

/* Density of ln x. */
static double component_density(const struct component *c, double x)
{
    const struct form *f = &c->form;

    if (x <= c->from || x >= c->to)
        return 0;
    return form_density(f, own_unit(c, x)) * (x / c->scale) / (x / c->scale - f->low);
}

/* ---- all of them */

double tb__mixture_chance(const struct mixture *m, int upper, double x)
{
    double sum = 0;

    for (int i = 0; i < m->count; i++)
        sum += m->component[i].share * component_chance(&m->component[i], upper, x);
    return sum;
}

static double density(const struct mixture *m, double x)
{
    double sum = 0;

    for (int i = 0; i < m->count; i++)
        sum += m->component[i].share * component_density(&m->component[i], x);
    return sum;
}

/* Halfway between two doubles that are not negative, on the scale of their exponents. */
static double halfway(double low, double high)
{
    uint64_t a, b;
    double middle;

    memcpy(&a, &low, sizeof a);
    memcpy(&b, &high, sizeof b);
    a += (b - a) / 2;
    memcpy(&middle, &a, sizeof middle);
    return middle;
}

/* Whether x is at the quantile or above it: chance(x) >= p, or > p above a step. */
static bool reached(double chance, int upper, double p, int side)
{
    if (upper)
        return side > 0 ? chance < p : chance <= p;
    return side > 0 ? chance > p : chance >= p;
}

/* Newton's method in ln x within a bracket, halving where it leads out or cannot be trusted. */
static double mixture_at(void *data, int upper, double p, int side)
{
    struct mixture *m = data;
    double low = m->least, high = m->most, x = m->guess;

    for (int i = 0; i < MOST_STEPS && high > low * (1 + 1e-15); i++) {
        double chance, slope, step;

        if (!(x > low && x < high))
            x = halfway(low, high);
        if (!(x > low && x < high))
            break;
        chance = tb__mixture_chance(m, upper, x);
        slope = density(m, x) / chance;
        if (reached(chance, upper, p, side))
            high = x;
        else
            low = x;
        step = log(chance / p) / slope * (upper ? 1 : -1);
        if (slope > 1e-5 && fabs(step) < 1e-13)
            return m->guess = x;
        x = slope > 1e-5 && fabs(step) < 3 && i < 30 ? x * exp(step) : halfway(low, high);
    }
    return m->guess = high;
}

/* ---- from a law */

static double at_node(const struct component *c, const double value[NODES], int node)
{
    return c->scale * value[node];
}

static void add_break(struct quantile_function *f, const struct mixture *m, double x)
{
    const double below = tb__mixture_chance(m, 0, x), above = tb__mixture_chance(m, 1, x);
    const int upper = below >= 0.5;
    const double p = upper ? above : below;

    if (p > 0 && p < 0.5 && f->breaks[upper] < MOST_BREAKS)
        f->brk[upper][f->breaks[upper]++] = p;
}

/* Where a component may bend the sum: at its ends and mode, and at some of its quantiles, lest a
 * small or narrow one be overlooked between the places that are looked at. */
static void add_breaks(struct quantile_function *f, const struct mixture *m,
                       const struct component *c)
{
    double value[NODES];

    add_break(f, m, c->from);
    add_break(f, m, c->to);
    if (c->form.kind == LAW_CONSTANT) {
        add_break(f, m, nextafter(c->to, 0));
        return;
    }
    if (c->form.kind == LAW_TRIANGULAR)
        add_break(f, m, c->scale * (c->form.low + c->form.shape));
    for (int upper = 0; upper < 2; upper++) {
        tb__quantiles(&c->form, upper, value);
        for (int i = 0; i < FEATURES; i++)
            add_break(f, m, at_node(c, value, i * (NODES - 1) / FEATURES));
    }
}

/* The ends beyond which the chance is nothing; GSL's functions are called between them only.
 * Gamma: by the bounds of a sub-gamma variable, beta: of a sub-Gaussian one (Boucheron, Lugosi,
 * Massart 2013, chapter 2; Marchal and Arbel 2017). */
static void set_ends(struct component *c)
{
    const struct form *f = &c->form;
    const double a = f->shape, sum = f->shape + f->second;
    double from = 0, to = INFINITY, reach;

    switch (f->kind) {
    case LAW_GAMMA:
        reach = sqrt(2 * a * TAIL);
        from = fmax(0, a - reach);
        to = a + reach + TAIL;
        break;
    case LAW_BETA:
        reach = sqrt(TAIL / (2 * (sum + 1)));
        from = fmax(0, a / sum - reach);
        to = fmin(1, a / sum + reach);
        break;
    case LAW_UNIFORM:
    case LAW_TRIANGULAR: to = 1; break;
    default: break;
    }
    c->from = c->scale * (f->low + from / f->unit);
    c->to = c->scale * (f->low + to / f->unit);
}

static struct component component_of(const struct simple_law *law, double share)
{
    struct component c = {.form = {.kind = LAW_CONSTANT, .unit = 1}, .share = share};

    c.scale = tb__form_scale(law);
    if (c.scale == 0) {
        c.to = tb__simple_law_mean(law);
        c.from = nextafter(c.to, -1);
        return c;
    }
    c.form = tb__form(law);
    set_ends(&c);
    return c;
}

/* Between the extreme quantiles of the components lie those of the mixture. */
static void set_range(struct mixture *m)
{
    double value[NODES];

    m->least = INFINITY;
    m->most = 0;
    for (int i = 0; i < m->count; i++) {
        const struct component *c = &m->component[i];
        double low = c->to, high = c->to;

        if (c->form.kind != LAW_CONSTANT) {
            tb__quantiles(&c->form, 0, value);
            low = at_node(c, value, 0) * (1 - 1e-9);
            tb__quantiles(&c->form, 1, value);
            high = at_node(c, value, 0) * (1 + 1e-9);
        }
        m->least = fmin(m->least, low);
        m->most = fmax(m->most, high);
    }
    m->guess = m->most;
}

void tb__mixture_function(const struct law *law, struct mixture *mixture,
                          struct quantile_function *out)
{
    double weights = 0;

    *mixture = (struct mixture){.count = 0};
    *out = (struct quantile_function){.at = mixture_at, .data = mixture};
    for (int i = 0; i < law->part_count; i++)
        weights += law->parts[i].weight;
    for (int i = 0; i < law->part_count; i++)
        if (law->parts[i].weight > 0)
            mixture->component[mixture->count++] =
                component_of(&law->parts[i].simple, law->parts[i].weight / weights);
    set_range(mixture);
    for (int i = 0; i < mixture->count; i++)
        add_breaks(out, mixture, &mixture->component[i]);
}
