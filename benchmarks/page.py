"""The part of README.md that `./dev bench --write` writes, and the figures in it."""

import re

BEGIN = "<!-- from here on written by ./dev bench --write -->"
END = "<!-- up to here -->"

# What the library is held to: times on a quiet processor of 2021, and instructions.
AIMS = (
    ("ns an event of STAFF50", "50", "event_ns"),
    ("instructions an event", "280", "event"),
    ("times SimPy, a deque", "120", "deque"),
    ("ns a visit", "240", "visit_ns"),
    ("instructions a visit", "1,900", "visit"),
    ("one thread over two, elapsed", "1.9", "threads"),
)


def replaced(text, lines):
    """Return a page with the lines in the place of what was written before.

    Raises ValueError where the page has not each mark once, in order.
    """
    if (
        text.count(BEGIN) != 1
        or text.count(END) != 1
        or text.index(BEGIN) > text.index(END)
    ):
        raise ValueError(f"the page must hold once, in order: {BEGIN} and {END}")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return "\n".join([before + BEGIN, "", *lines, "", END + after])


def figure(text, name):
    """Return the number in the last cell of the one row of a page that `name` begins."""
    row = rf"^\| {re.escape(name)} (?:\|.*)?\| ([\d,.]+) \|$"
    rows = re.findall(row, text, re.MULTILINE)
    if len(rows) != 1:
        raise ValueError(f"the page has {len(rows)} rows of {name}")
    return float(rows[0].replace(",", ""))


def against_aims(found):
    """Return a table of the aims beside what was found: a text for each key of AIMS."""
    rows = [f"| {what} | {aim} | {found.get(key, '')} |" for what, aim, key in AIMS]
    return ["| | aim | here |", "|---|---:|---:|", *rows]
