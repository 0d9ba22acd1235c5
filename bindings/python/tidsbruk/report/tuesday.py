"""One worker's Tuesday under two regimes, from the logs of one replication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tidsbruk.report.ledger import BY_KEY
from tidsbruk.report.words import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidsbruk import Trace

    Piece = dict[str, Any]
    Average = Mapping[str, float]

MINUTE = 60_000
MIDNIGHT = 24 * 60 * MINUTE
WEEK = 7 * MIDNIGHT
TUESDAY = 1
DUTY = "duty"  # the activity of rows that hold a whole shift


class Shift(NamedTuple):
    """A shift: its worker, measured week, and first and last moment (ms)."""

    worker: str
    week: int
    start: int
    end: int


def tuesday(
    baseline: Trace, alternative: Trace, averages: tuple[Average, Average]
) -> dict[str, Any] | None:
    """Find the most ordinary Tuesday that one worker has under both regimes.

    Parameters
    ----------
    baseline, alternative : Trace
        The same replication under both.
    averages : (mapping, mapping)
        Minutes of an average working day by category, under both.

    Returns
    -------
    dict or None
        Worker, week and, for both regimes, the pieces of the day in minutes after
        midnight. Of all shifts that a worker begins on the same Tuesday at the same
        time under both, with no temp standing in, it is the one whose minutes are
        nearest to the averages; the first of equals. None where there is no such shift.
    """
    days = _Days(baseline), _Days(alternative)
    shared = sorted(set(days[0].shifts) & set(days[1].shifts), key=_order)
    if not shared:
        return None
    drawn = [tuple(d.pieces(d.shifts[key]) for d in days) for key in shared]
    far = [
        sum(_distance(p, a) for p, a in zip(pieces, averages, strict=True))
        for pieces in drawn
    ]
    chosen = far.index(min(far))
    worker, week, _ = shared[chosen]
    return {
        "worker": worker,
        "week": week + 1,
        "candidates": len(shared),
        "baseline": drawn[chosen][0],
        "alternative": drawn[chosen][1],
    }


def _order(key: tuple[str, int, int]) -> tuple[int, int, str]:
    worker, week, start = key
    return week, start, worker


def _distance(pieces: list[Piece], average: Average) -> float:
    """How far a day is from the average one, in minutes of a working day."""
    minutes = dict.fromkeys(average, 0.0)
    for p in pieces:
        minutes[p["category"]] += p["end"] - p["start"]
    scale = DAY / (sum(minutes.values()) or DAY)
    return sum(abs(scale * minutes[key] - average[key]) for key in average)


class _Days:
    """The Tuesdays of a log.

    Attributes
    ----------
    shifts : dict
        Shifts by worker, week and start.
    """

    def __init__(self, log: Trace) -> None:
        self.names = log.names
        columns = (
            memoryview(log.columns[name]).tolist()
            for name in (
                "worker",
                "activity",
                "start",
                "end",
                "client",
                "obligation",
                "temp",
            )
        )
        self.shifts: dict[tuple[str, int, int], Shift] = {}
        self.rows: dict[str, list[tuple[int, int, str, int, int]]] = {}
        for worker, activity, start, end, client, obligation, temp in zip(
            *columns, strict=True
        ):
            if start < 0 or end - start > MIDNIGHT:
                continue
            name = self.names["worker"][worker]
            kind = self.names["activity"][activity]
            if kind in BY_KEY:
                row = (start, end, kind, client, obligation)
                self.rows.setdefault(name, []).append(row)
            elif kind == DUTY and not temp and start % WEEK // MIDNIGHT == TUESDAY:
                shift = Shift(name, start // WEEK, start, end)
                self.shifts[shift[:3]] = shift
        for rows in self.rows.values():
            rows.sort()

    def pieces(self, shift: Shift) -> list[Piece]:
        """What a shift was made of, in the order of the clock."""
        midnight = shift.start - shift.start % MIDNIGHT
        return [
            {
                "start": (start - midnight) / MINUTE,
                "end": (end - midnight) / MINUTE,
                "category": kind,
                "client": client + 1 if client >= 0 else None,
                "obligation": self.names["obligation"][obligation]
                if obligation >= 0
                else None,
            }
            for start, end, kind, client, obligation in self.rows.get(shift.worker, [])
            if shift.start <= start < end <= shift.end
        ]
