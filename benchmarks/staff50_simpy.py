#!/usr/bin/env python3
"""STAFF50 in SimPy: the yardstick that tidsbruk is timed against.

Fifty staff share one first-come, first-served list. Clients arrive as a Poisson process
at 0.9 * 50 / 31.5 a minute, an offered load of 0.9. A client takes three phases of one
worker:

    care      lognormal, mean 20 minutes, sigma 0.5 (cv = sqrt(exp(0.25) - 1) = 0.5329)
    record    gamma, shape 2.5, scale 4 minutes
    call      exponential, mean 5 minutes, for 3 clients in 10

Minutes are summed per worker and activity; a phase is booked when it starts. Counting
begins after a warm-up. Nominal events are 3.3 a client, an arrival and 2.3 ends of
phases, whatever a program merges or adds; both sides use the same number.

The same model is written in three styles, because a yardstick must not be a straw man:

    list      a process for each worker, the waiting clients in a deque, and an event of
              its own for each idle worker, which the source triggers: the fastest that we
              found, but for 5 % that copying `service` into the worker would save
    store     a process for each worker, the waiting clients in a `simpy.Store`
    resource  a process for each client, the workers a `simpy.Resource`: as in textbooks

All draw the same numbers and find the same waits. Generator functions are bound to
locals. The time reported is the processor time of the measured part of `env.run` alone.
"""

import argparse
import json
import math
import random
import time
from collections import deque

import simpy

STAFF = 50
CARE_MEAN, CARE_SIGMA = 20.0, 0.5
CARE_MU = math.log(CARE_MEAN) - CARE_SIGMA * CARE_SIGMA / 2
RECORD_SHAPE, RECORD_SCALE = 2.5, 4.0
CALL_SHARE, CALL_MEAN = 0.3, 5.0
WORK_MINUTES = CARE_MEAN + RECORD_SHAPE * RECORD_SCALE + CALL_SHARE * CALL_MEAN
CLIENTS_PER_MINUTE = 0.9 * STAFF / WORK_MINUTES
WEEK = 7 * 24 * 60.0

CARE, RECORD, CALL, CLIENTS, RECORDS, CALLS, WAITED = range(7)


def service(env, rng):
    """Return the generator function of one client's three phases, booked on `sums`."""
    timeout, chance, exponential = env.timeout, rng.random, rng.expovariate
    lognormal, gamma = rng.lognormvariate, rng.gammavariate

    def serve(sums, arrived):
        sums[WAITED] += env.now - arrived
        sums[CLIENTS] += 1
        minutes = lognormal(CARE_MU, CARE_SIGMA)
        sums[CARE] += minutes
        yield timeout(minutes)

        sums[RECORDS] += 1
        minutes = gamma(RECORD_SHAPE, RECORD_SCALE)
        sums[RECORD] += minutes
        yield timeout(minutes)

        if chance() < CALL_SHARE:
            sums[CALLS] += 1
            minutes = exponential(1 / CALL_MEAN)
            sums[CALL] += minutes
            yield timeout(minutes)

    return serve


def start_list(env, rng, staff):
    """Waiting clients are arrival times in a deque; the longest idle worker is woken."""
    waiting, idle = deque(), deque()
    serve = service(env, rng)

    def source():
        expovariate, timeout = rng.expovariate, env.timeout
        while True:
            yield timeout(expovariate(CLIENTS_PER_MINUTE))
            waiting.append(env.now)
            if idle:
                idle.popleft().succeed()

    def worker(sums):
        event = env.event
        while True:
            while not waiting:
                woken = event()
                idle.append(woken)
                yield woken
            yield from serve(sums, waiting.popleft())

    env.process(source())
    for sums in staff:
        env.process(worker(sums))


def start_store(env, rng, staff):
    """Waiting clients are arrival times in a store, from which the workers get them."""
    waiting = simpy.Store(env)
    serve = service(env, rng)

    def source():
        expovariate, timeout, put = rng.expovariate, env.timeout, waiting.put
        while True:
            yield timeout(expovariate(CLIENTS_PER_MINUTE))
            put(env.now)

    def worker(sums):
        get = waiting.get
        while True:
            arrived = yield get()
            yield from serve(sums, arrived)

    env.process(source())
    for sums in staff:
        env.process(worker(sums))


def start_resource(env, rng, staff):
    """Every client is a process that requests one of fifty workers."""
    desk = simpy.Resource(env, STAFF)
    free = deque(staff)
    serve = service(env, rng)

    def source():
        expovariate, timeout, process = rng.expovariate, env.timeout, env.process
        while True:
            yield timeout(expovariate(CLIENTS_PER_MINUTE))
            process(client(env.now))

    def client(arrived):
        with desk.request() as turn:
            yield turn
            sums = free.popleft()
            yield from serve(sums, arrived)
            free.append(sums)

    env.process(source())


STYLES = {"list": start_list, "store": start_store, "resource": start_resource}


def simulate(weeks, seed, style="list", warmup_weeks=1.0):
    """Simulate one replication and return what was counted after the warm-up."""
    env = simpy.Environment()
    staff = [[0.0] * 7 for _ in range(STAFF)]
    STYLES[style](env, random.Random(seed), staff)

    if warmup_weeks > 0:
        env.run(until=warmup_weeks * WEEK)
    before = [math.fsum(column) for column in zip(*staff, strict=True)]
    started = time.process_time()
    env.run(until=(warmup_weeks + weeks) * WEEK)
    seconds = time.process_time() - started

    after = [math.fsum(column) for column in zip(*staff, strict=True)]
    counted = [new - old for new, old in zip(after, before, strict=True)]
    clients = round(counted[CLIENTS])
    return {
        "clients": clients,
        "phases_started": round(counted[CLIENTS] + counted[RECORDS] + counted[CALLS]),
        "mean_wait_minutes": counted[WAITED] / clients if clients else math.nan,
        "minutes": {
            "care": counted[CARE],
            "record": counted[RECORD],
            "call": counted[CALL],
        },
        "seconds": seconds,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--weeks", type=float, default=4, help="weeks counted (default 4)"
    )
    parser.add_argument(
        "--warmup", type=float, default=1, help="weeks before (default 1)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--style", choices=STYLES, default="list")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    if not (0 < args.weeks < math.inf and 0 <= args.warmup < math.inf):
        parser.error("weeks must be above 0, the warm-up 0 or more")
    found = simulate(args.weeks, args.seed, args.style, args.warmup)
    if args.json:
        print(json.dumps(found))
        return
    nominal = 3.3 * found["clients"]
    print(
        f"{found['clients']} clients, mean wait {found['mean_wait_minutes']:.3f} minutes"
    )
    print(f"{1e9 * found['seconds'] / nominal:.0f} ns of processor time a nominal event")


if __name__ == "__main__":
    main()
