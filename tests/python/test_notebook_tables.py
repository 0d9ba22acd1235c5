"""What a notebook shows of scenarios, results, comparisons and duties."""

from html.parser import HTMLParser

import pytest
import tidsbruk as tb
from tidsbruk.assumptions import vary

EVIL = "A <b>&'\" x"


class Tables(HTMLParser):
    """Rows of the tables of a piece of HTML, which must be well-formed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tables = [], []
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        known = {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
        assert tag in known, f"<{tag}>"
        assert not attrs
        self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        assert self.open, f"text outside: {data}"
        if self.open[-1] in ("th", "td"):
            self.tables[-1][-1][-1] += data


@pytest.fixture(scope="module")
def comparison(npm, trust, small):
    result = tb.run({EVIL: npm.replace(title=EVIL), "Trust": trust}, **small)
    return result.compare()


@pytest.fixture(scope="module")
def tried(comparison):
    result = comparison.result
    few = vary(result, *result.names, replications=2)
    return result.compare(assumptions=few)


@pytest.fixture(scope="module")
def shown(comparison, tried):
    result = comparison.result
    return {
        "scenario": result.scenarios[EVIL],
        "result": result,
        "comparison": comparison,
        "tried": tried,
        "duties": result.duties("Trust"),
        "mmc": tb.run(tb.preset("textbook/mmc"), replications=1, weeks=1),
    }


WHAT = ("scenario", "result", "comparison", "tried", "duties", "mmc")


@pytest.mark.parametrize("what", WHAT)
def test_tables_are_well_formed_and_even(shown, what):
    tables = Tables(shown[what]._repr_html_()).tables
    assert tables
    for rows in tables:
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("what", ["scenario", "result", "comparison"])
def test_names_are_shown_as_they_are(shown, what):
    text = shown[what]._repr_html_()
    assert "A &lt;b&gt;&amp;" in text
    assert "<b>" not in text


@pytest.mark.parametrize("what", ["result", "comparison"])
def test_numbers_have_their_unit(shown, what):
    header, *rows = Tables(shown[what]._repr_html_()).tables[0]
    unit = {row[0]: row[header.index("unit")] for row in rows}
    assert unit["time.direct_share"] == "%"
    assert unit["control.undetected_harm"] == "per 1,000 visits"


def test_the_assumption_range_is_there_where_it_was_tried(shown):
    for what, has in (("comparison", False), ("tried", True)):
        header, *_ = Tables(shown[what]._repr_html_()).tables[0]
        assert ("assumption range" in header) == has


def test_what_is_not_shown_is_counted_once(shown):
    text = shown["comparison"]._repr_html_()
    assert text.count("to_pandas()") == 1
    assert "--all" not in text
