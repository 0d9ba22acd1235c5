#include "kernel/cubic.h"

#include "kernel/quantile.h"

/* Whether c0 + c1 t + ... moves one way only over [0, 1], `sign` telling which. */
static int monotone(const double c[4], double sign)
{
    const double d0 = sign * c[1], d1 = sign * (c[1] + 2 * c[2] + 3 * c[3]);
    const double lowest =
        -c[2] / (3 * c[3]); /* where the slope has its extreme; c3 0: not inside */

    if (d0 < 0 || d1 < 0)
        return 0;
    return !(lowest > 0 && lowest < 1) ||
           sign * (c[1] + lowest * (2 * c[2] + lowest * 3 * c[3])) >= 0;
}

/* By Newton's divided differences. It would turn back in cells so steep that values differ by orders
 * of magnitude. */
void tb__cubic(const double v[4], double sign, double c[4])
{
    const double a = TB__NODE_PLACE;
    const double d0 = (v[1] - v[0]) / a, d1 = (v[2] - v[1]) / (1 - 2 * a),
                 d2 = (v[3] - v[2]) / a;
    const double s0 = (d1 - d0) / (1 - a), s1 = (d2 - d1) / (1 - a), cubic = s1 - s0;

    c[0] = v[0];
    c[1] = d0 - a * s0 + a * (1 - a) * cubic;
    c[2] = s0 - cubic;
    c[3] = cubic;
    if (!monotone(c, sign)) {
        c[1] = v[3] - v[0];
        c[2] = c[3] = 0;
    }
}
