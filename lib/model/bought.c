#include "model/bought.h"

#include <math.h>

static const double FINE = 4294967296.0;

double tb__bought(double share, double minutes, double reference)
{
    const double brought = 1 - pow(1 - fabs(share), minutes / reference);

    return copysign(rint(brought * FINE) / FINE, share);
}
