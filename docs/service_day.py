"""A day of a service as a picture: who did what and when, from the log of one world.

Made of plain SVG, rectangle by rectangle, so that the same log gives the same bytes.
"""

from html import escape
from typing import NamedTuple

import tidsbruk as tb
from tidsbruk.report.ledger import BY_KEY, CATEGORIES

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
DUTY = "duty"  # the activity of rows that hold a whole shift
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEED, WARMUP = 1, 4  # weeks before the one that is shown, for backlogs and acquaintance
MOST = 24  # workers in a picture, so that each can be seen
LEFT, WIDTH, LINE, BAR = 190, 690, 19, 15
GAP = 10  # above the workers of a role


class Piece(NamedTuple):
    """A stretch of one kind of work (ms since midnight)."""

    category: str
    start: int
    end: int


class Row(NamedTuple):
    """The day of one worker."""

    worker: str
    role: str
    is_temp: bool
    pieces: list[Piece]


class Picture(NamedTuple):
    """A day, and how many were on duty in it."""

    svg: str
    shown: int
    on_duty: int


def clipped(start, end, weekday):
    """Part of a stretch that lies within the day, or nothing."""
    first, last = max(start - weekday * DAY, 0), min(end - weekday * DAY, DAY)
    return (first, last) if first < last else None


def merged(pieces):
    """Pieces in order, those of one category that touch as one."""
    out = []
    for p in sorted(pieces, key=lambda p: (p.start, p.end)):
        if out and out[-1].category == p.category and out[-1].end == p.start:
            out[-1] = out[-1]._replace(end=p.end)
        else:
            out.append(p)
    return out


def role_of(scenario, worker):
    """The role of a worker: that of the group, which the name begins with."""
    group = worker.split("/")[0]
    return str(scenario[f"staff.{group}.role"] or group)


def rows_of(scenario, weekday):
    """Everybody on duty on a day of the first measured week, role by role."""
    log = tb.trace(scenario, seed=SEED, weeks=1, warmup=WARMUP)
    columns = ("worker", "activity", "start", "end", "temp")
    pieces, temps = {}, set()
    for worker, activity, start, end, temp in zip(
        *(memoryview(log.columns[c]).tolist() for c in columns), strict=True
    ):
        part = clipped(start, end, weekday)
        kind, name = log.names["activity"][activity], log.names["worker"][worker]
        if part and kind in BY_KEY:
            pieces.setdefault(name, []).append(Piece(kind, *part))
        elif part and kind == DUTY and temp:
            temps.add(name)
    rows = [
        Row(name, role_of(scenario, name), name in temps, merged(of_one))
        for name, of_one in pieces.items()
    ]
    return sorted(rows, key=lambda r: (r.role, r.pieces[0].start, in_order(r.worker)))


def in_order(worker):
    """A name so that the tenth comes after the ninth."""
    group, _, number = worker.partition("/")
    return group, int(number) if number.isdigit() else 0


def chosen(rows, most):
    """So many rows, spread evenly over all of them."""
    if len(rows) <= most:
        return rows
    return [rows[i * len(rows) // most] for i in range(most)]


def hours_of(rows):
    """Full hours between which anybody is there."""
    first = min(p.start for row in rows for p in row.pieces) // HOUR
    last = -(-max(p.end for row in rows for p in row.pieces) // HOUR)
    return first, last


def text(x, y, words, anchor="start", **more):
    """A text of the picture."""
    styled = "".join(f' {name}="{value}"' for name, value in more.items())
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{styled}>{escape(words)}</text>'
    )


def grid(first, last, x_of, foot):
    """A line for each hour, a label for every second."""
    every = 2 if last - first > 9 else 1
    out = []
    for hour in range(first, last + 1):
        x = f"{x_of(hour * HOUR):.1f}"
        out.append(f'<line x1="{x}" x2="{x}" y1="8" y2="{foot}" stroke="#dddddd"/>')
        if (hour - first) % every == 0:
            out.append(text(float(x), foot + 15, f"{hour:02}", "middle"))
    return out


def legend(present, top):
    """What each colour means, and the height that it takes."""
    out, x, y = [], 12, top
    for c in (c for c in CATEGORIES if c.key in present):
        wide = 34 + 6.6 * len(c.label)
        if x + wide > LEFT + WIDTH + 20:
            x, y = 12, y + 20
        box = f'<rect x="{x}" y="{y}" width="14" height="13" fill="{c.colour}"/>'
        out += [box, text(x + 19, y + 11, c.label)]
        x += round(wide)
    return out, y + 24


def bars(rows, x_of):
    """Labels of workers and roles, and one path for each colour."""
    labels, paths, y, role = [], {}, 12, None
    for row in rows:
        if row.role != role:
            y += GAP if role is not None else 0
            role = row.role
            bold = {"font-weight": "bold"}
            labels.append(text(12, y + 12, role.replace("_", " "), **bold))
        who = row.worker.rpartition("/")[2] + (" (temp)" if row.is_temp else "")
        labels.append(text(LEFT - 8, y + 12, who, "end"))
        for p in row.pieces:
            x, wide = x_of(p.start), x_of(p.end) - x_of(p.start)
            paths.setdefault(p.category, []).append(
                f"M{x:.1f} {y}h{max(wide, 0.3):.1f}v{BAR}h-{max(wide, 0.3):.1f}z"
            )
        y += LINE
    drawn = [
        f'<path fill="{c.colour}" d="{"".join(paths[c.key])}"/>'
        for c in CATEGORIES
        if c.key in paths
    ]
    return labels, drawn, set(paths), y


def picture(scenario, title, weekday=1, most=MOST):
    """Draw a day of a scenario.

    Parameters
    ----------
    scenario : Scenario
        Whose.
    title : str
        What the picture says to those who cannot see it.
    weekday : int
        0 is Monday.
    most : int
        Workers to show at most.

    Returns
    -------
    Picture
    """
    everybody = rows_of(scenario, weekday)
    rows = chosen(everybody, most)
    first, last = hours_of(rows)

    def x_of(ms):
        return LEFT + WIDTH * (ms - first * HOUR) / ((last - first) * HOUR)

    labels, drawn, present, foot = bars(rows, x_of)
    key, height = legend(present, foot + 28)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {LEFT + WIDTH + 20} {height}" '
        'font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(title)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *grid(first, last, x_of, foot),
        *drawn,
        *labels,
        *key,
        "</svg>",
        "",
    ]
    return Picture("\n".join(parts), len(rows), len(everybody))
