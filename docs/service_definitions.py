"""How far definitions go: one quantity of one run, counted in several ways.

Studies of the same service differ, and so do their definitions: what counts, and over
which time. A service's file may say both, in ``[definitions]``:

- ``what``: the quantity; ``evidence``: rows that publish it, in per cent;
- ``counted``: names of what is counted, each an expression of outcomes;
- ``over``: names of the time that it is counted over, in the same unit;
- ``like``: which of both is nearest to the definition of the row ``of``;
- ``after``: what else is to be said.

Everything else is computed: what each pair gives, how much of the distance between the
published figures definitions alone could make up, and what is left.
"""

import service_figures as figures
from generate import code, table

KEYS = {"what", "evidence", "counted", "over", "like", "of", "after"}
MUST = KEYS - {"after"}


def checked(told, rows):
    """The definitions of a service's file, or what is wrong with them."""
    if not told:
        return told
    missing, unknown = sorted(MUST - set(told)), sorted(set(told) - KEYS)
    if missing or unknown:
        raise ValueError(f"definitions: missing {missing}, unknown {unknown}")
    absent = [row for row in told["evidence"].split() if row not in rows]
    if absent:
        raise ValueError(f"definitions: {absent} are not in evidence.csv")
    counted, over = told["like"]
    if counted not in told["counted"] or over not in told["over"]:
        raise ValueError(f"definitions: like {told['like']} is none of what is given")
    if told["of"] not in told["evidence"].split():
        raise ValueError(f"definitions: {told['of']} is none of the rows")
    return told


def shares(told, value_of):
    """Per cent by (what is counted, over what)."""
    return {
        (counted, over): 100
        * figures.computed(a, value_of)
        / figures.computed(b, value_of)
        for counted, a in told["counted"].items()
        for over, b in told["over"].items()
    }


def explained(shares, like, published, of):
    """Points between the published extremes, and those that definitions could make up.

    The run is held against one published figure by the definition that is nearest to its
    own; from there, definitions reach as far as the lowest and highest share of the run.
    """
    low, high = min(published.values()), max(published.values())
    down = min(published[of] - low, shares[like] - min(shares.values()))
    up = min(high - published[of], max(shares.values()) - shares[like])
    return high - low, max(down, 0) + max(up, 0)


def part(told, runs):
    """The section of a service's page."""
    definitions = told["definitions"]
    if not definitions:
        return ""
    rows = figures.evidence()
    published = {
        row: float(figures.numbers(rows[row])[0])
        for row in definitions["evidence"].split()
    }

    def value_of(outcome):
        return runs.result.estimate(runs.names[0], outcome).mean

    found = shares(definitions, value_of)
    like = tuple(definitions["like"])
    all_of_it, could = explained(found, like, published, definitions["of"])
    head = ["counted", *(f"over {over}" for over in definitions["over"])]
    body = [
        [
            counted,
            *(
                mark(f"{found[counted, over]:.1f}", (counted, over) == like)
                for over in definitions["over"]
            ),
        ]
        for counted in definitions["counted"]
    ]
    least, most = min(found.values()), max(found.values())
    return "\n\n".join(
        [
            "## How far definitions go",
            f"Published of {definitions['what']}: {told_published(published, rows)}. "
            "Here is one run, counted in several ways; per cent, in bold what is nearest "
            f"to the definition of {definitions['of']}:",
            table(head, body),
            f"The published figures lie {all_of_it:.1f} points apart. Definitions alone, "
            f"by the widest steps that this table allows ({least:.1f} to {most:.1f} per "
            f"cent of the same work), could make up {could:.1f} of them: **at least "
            f"{all_of_it - could:.1f} points stay unexplained**. That is the least: it "
            "takes every choice to have been made the same way, which no row says. "
            + definitions.get("after", "").strip().replace("\n", " "),
            "What is counted, and over what: "
            + "; ".join(
                f"*{name}* is {code(text)}"
                for kind in ("counted", "over")
                for name, text in definitions[kind].items()
            )
            + ".",
        ]
    )


def mark(text, bold):
    return f"**{text}**" if bold else text


def told_published(published, rows):
    """Figures with their place, year and row, highest first."""
    order = sorted(published, key=published.get, reverse=True)
    return ", ".join(
        f"{published[row]:g} % ({rows[row]['country']} {rows[row]['year']}, {row})"
        for row in order
    )
