/* tidsbruk.h: everything that a C program needs. */
#ifndef TIDSBRUK_H
#define TIDSBRUK_H

#include "tidsbruk/run.h"
#include "tidsbruk/scenario.h"
#include "tidsbruk/status.h"

#endif
