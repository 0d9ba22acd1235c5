/* model/unit.h: one unit as it lives, whole: its state and what its neighbours do for each other.
 *
 * A worker moves through time by its own clock: a chain of activities that nothing can interrupt
 * (travel, care, records at once) is booked when it begins and costs one event, at its end. What can
 * be interrupted (idling, interruptible calls) is booked when it ends. */
#ifndef TB_MODEL_UNIT_H
#define TB_MODEL_UNIT_H

#include "model/crew.h"
#include "model/harm.h"
#include "model/life.h"
#include "model/mechanisms/dialogue.h"
#include "model/mechanisms/discretion.h"
#include "model/mechanisms/grants.h"
#include "model/mechanisms/records.h"
#include "model/mechanisms/teams.h"
#include "model/pool.h"
#include "model/seen.h"
#include "model/shift.h"
#include "model/visits.h"
#include "model/writing.h"

#endif
