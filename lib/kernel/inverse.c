#include "kernel/inverse.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

enum { CELLS = TABLE_BINADES << TABLE_BITS, MOST_STEPS = 100 };

/* A walk goes along y(s): s the logarithm of the probability; y = ln x (gamma) or ln(x / (1 - x))
 * (beta), in which both laws are smooth, and nearly linear in the lower tail. */
struct walk {
    int beta;
    int upper;         /* gamma only: s is ln(1 - F) */
    double a, b;       /* shapes; b of beta */
    double ln_density; /* constant part of the logarithm of the density of y */
};

struct step {
    double s, y;
    double slope, bend; /* dy/ds and its derivative */
};

/* Below it x^a is beyond anything that a table could show; above it exp does not underflow. */
static const double lowest_y = -600;

static double place_of(const struct walk *w, double y)
{
    return w->beta ? 1 / (1 + exp(-y)) : exp(y);
}

/* The logarithm of the density of y, and its first two derivatives. */
static void density(const struct walk *w, double y, double d[3])
{
    const double x = place_of(w, y);

    if (w->beta) {
        const double sum = w->a + w->b;
        /* ln x and ln(1 - x) without loss at either end */
        const double ln_x = y < 0 ? y - log1p(exp(y)) : -log1p(exp(-y));
        d[0] = w->a * ln_x + w->b * (ln_x - y) + w->ln_density;
        d[1] = w->a - sum * x;
        d[2] = -sum * x * (1 - x);
    } else {
        d[0] = w->a * y - x + w->ln_density;
        d[1] = w->a - x;
        d[2] = -x;
    }
}

static double ln_probability(const struct walk *w, double y)
{
    const double x = place_of(w, y);

    if (w->beta)
        return log(gsl_cdf_beta_P(x, w->a, w->b));
    return log(w->upper ? gsl_cdf_gamma_Q(x, w->a, 1) : gsl_cdf_gamma_P(x, w->a, 1));
}

/* Solves ln F(y) = s from a start. ln F is concave in y, so that Newton's method from the left
 * cannot fail; Halley's correction makes one step do where the start is good. */
static double solve(const struct walk *w, double s, double y)
{
    for (int i = 0; i < MOST_STEPS; i++) {
        const double ln_f = ln_probability(w, y);
        double d[3], slope, newton, curve;

        density(w, y, d);
        slope = (w->upper ? -1 : 1) * exp(d[0] - ln_f);
        newton = (ln_f - s) / slope;
        curve = newton * (d[1] - slope);
        if (fabs(curve) < 1)
            newton /= 1 - curve / 2;
        y -= fmax(-50, fmin(50, newton));
        if ((fabs(curve) < 1e-5 && fabs(newton) < 1e-4) || y < lowest_y)
            break;
    }
    return y;
}

static struct step step_at(const struct walk *w, double s, double y)
{
    struct step at = {s, y, 0, 0};
    double d[3];

    density(w, y, d);
    at.slope = (w->upper ? -1 : 1) * exp(s - d[0]);
    at.bend = at.slope * (1 - d[1] * at.slope);
    return at;
}

/* The y at s, predicted by a Taylor step to the third order. */
static double predict(const struct walk *w, const struct step *at, double s)
{
    const double h = s - at->s, r = at->slope;
    double d[3], third;

    density(w, at->y, d);
    third = at->bend * (1 - d[1] * r) - r * (d[2] * r * r + d[1] * at->bend);
    return at->y + h * (r + h * (at->bend / 2 + h * third / 6));
}

/* The y at s between two steps: the quintic that has their values, slopes and bends. */
static double between(const struct step *p, const struct step *q, double s)
{
    const double h = q->s - p->s, t = (s - p->s) / h;
    const double r = h * p->slope, bend = h * h * p->bend;
    const double a = q->y - (p->y + r + bend / 2);
    const double b = h * q->slope - (r + bend);
    const double c = h * h * q->bend - bend;
    const double c3 = 10 * a - 4 * b + c / 2, c4 = 7 * b - 15 * a - c,
                 c5 = 6 * a - 3 * b + c / 2;

    return p->y + t * (r + t * (bend / 2 + t * (c3 + t * (c4 + t * c5))));
}

static double value_at(const struct walk *w, double y)
{
    return y < lowest_y ? 0 : place_of(w, y);
}

/* From the median, node NODES - 1, down to the first node. */
static void walk(const struct walk *w, double y, double value[NODES])
{
    struct step at = step_at(w, log(0.5), y);

    value[NODES - 1] = value_at(w, y);
    for (int cell = CELLS - 1; cell >= 0; cell--) {
        const double s = log(tb__node_probability(3 * cell));
        struct step next;

        y = predict(w, &at, s);
        y = y < lowest_y ? y : solve(w, s, y);
        if (y < lowest_y) {
            for (int i = 0; i < 3 * (cell + 1); i++)
                value[i] = 0;
            return;
        }
        next = step_at(w, s, y);
        value[3 * cell] = value_at(w, y);
        for (int i = 3 * cell + 1; i < 3 * cell + 3; i++)
            value[i] = value_at(w, between(&next, &at, log(tb__node_probability(i))));
        at = next;
    }
}

static struct walk gamma_walk(double shape, int upper)
{
    const struct walk w = {0, upper, shape, 0, -gsl_sf_lngamma(shape)};

    return w;
}

static double ln_gamma_quantile(double shape, double p)
{
    const struct walk w = gamma_walk(shape, 0);

    /* Near enough for large shapes; for small ones the leading term of F, which is too low. */
    if (shape >= 1)
        return solve(&w, log(p), log(shape - 1.0 / 3));
    return solve(&w, log(p), (log(p) + gsl_sf_lngamma(shape + 1)) / shape);
}

double tb__gamma_quantile(double shape, double p)
{
    return exp(ln_gamma_quantile(shape, p));
}

/* ln of how far apart the quantiles are, less ln of how far they should be; falls with ln shape,
 * and nearly on a line. */
static double miss(double q, double ln_ratio, double ln_shape)
{
    const double shape = exp(ln_shape);

    return log((ln_gamma_quantile(shape, 1 - q) - ln_gamma_quantile(shape, q)) / ln_ratio);
}

/* False position with the Illinois rule (Dowell and Jarratt 1971). */
double tb__gamma_shape(double q, double ln_ratio)
{
    double from = log(0.1), to = log(1.1e4);
    double at_from = miss(q, ln_ratio, from), at_to = miss(q, ln_ratio, to);
    double x = from;
    int side = 0;

    for (int i = 0; i < MOST_STEPS && to - from > 1e-15; i++) {
        double at;

        x = (from * at_to - to * at_from) / (at_to - at_from);
        at = miss(q, ln_ratio, x);
        if (fabs(at) < 1e-14)
            break;
        if (at > 0) {
            from = x;
            at_from = at;
            at_to *= side == 1 ? 0.5 : 1;
            side = 1;
        } else {
            to = x;
            at_to = at;
            at_from *= side == -1 ? 0.5 : 1;
            side = -1;
        }
    }
    return exp(x);
}

void tb__gamma_quantiles(double shape, int upper, double value[NODES])
{
    const struct walk w = gamma_walk(shape, upper);

    walk(&w, ln_gamma_quantile(shape, 0.5), value);
}

void tb__beta_quantiles(double a, double b, int upper, double value[NODES])
{
    /* The upper half is the lower one of 1 - x: the walk is precise where x is near 0. */
    const struct walk w = upper ? (struct walk){1, 0, b, a, -gsl_sf_lnbeta(b, a)}
                                : (struct walk){1, 0, a, b, -gsl_sf_lnbeta(a, b)};

    walk(&w, solve(&w, log(0.5), log(w.a / w.b)), value);
    for (int i = 0; upper && i < NODES; i++)
        value[i] = 1 - value[i];
}
