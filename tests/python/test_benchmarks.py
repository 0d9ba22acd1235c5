"""The page of the benchmarks: what a run writes into it, and what it then says."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = runpy.run_path(str(ROOT / "benchmarks" / "page.py"))
README = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")


def test_a_run_replaces_what_the_run_before_wrote() -> None:
    """Around the marks nothing changes, and a second run leaves nothing of the first."""
    once = PAGE["replaced"](README, ["one", "two"])
    before, after = README.split(PAGE["BEGIN"])[0], README.split(PAGE["END"])[1]
    assert once == f"{before}{PAGE['BEGIN']}\n\none\ntwo\n\n{PAGE['END']}{after}"
    assert PAGE["replaced"](once, ["three"]) == PAGE["replaced"](README, ["three"])


@pytest.mark.parametrize("mark", ["BEGIN", "END"])
def test_a_page_without_its_marks_is_left_alone(mark: str) -> None:
    """Neither a mark that is missing nor one that stands twice is guessed at."""
    for text in (README.replace(PAGE[mark], ""), README + PAGE[mark]):
        with pytest.raises(ValueError, match="once, in order"):
            PAGE["replaced"](text, [])


def test_figures_are_read_from_rows() -> None:
    """A figure is the last cell of the one row that its name begins."""
    table = PAGE["against_aims"]({"event": "280.3", "visit": "2,295"})
    text = "\n".join(table) + "\n"
    assert PAGE["figure"](text, "instructions an event") == 280.3
    assert PAGE["figure"](text, "instructions a visit") == 2295
    for name in ("ns a visit", "instructions", "a row that is not there"):
        with pytest.raises(ValueError, match="rows of"):
            PAGE["figure"](text, name)


def test_the_readme_says_the_same_everywhere() -> None:
    """The table of STAFF50 and the table of the aims are of one run."""
    ours = next(x for x in README.splitlines() if x.startswith("| tidsbruk |"))
    cells = [x.strip() for x in ours.strip("|").split("|")]
    assert float(cells[1]) == PAGE["figure"](README, "ns an event of STAFF50")
    assert float(cells[3]) == PAGE["figure"](README, "instructions an event")
    year = PAGE["figure"](README, "ns a visit, processor time, one thread")
    visits = PAGE["figure"](README, "planned visits")
    assert year == PAGE["figure"](README, "ns a visit")
    assert year * visits / 1e6 == pytest.approx(
        PAGE["figure"](README, "ms a district-year"), rel=0.002
    )
