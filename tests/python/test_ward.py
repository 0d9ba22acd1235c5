"""What docs/validation/ward.md rests on: the published table, the runs, the verdicts."""

from pathlib import Path

import pytest
import tidsbruk as tb

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ward(module_of):
    return module_of("validation", "ward")


@pytest.fixture(scope="module")
def kinds(ward):
    return {k.published.kind: k for k in ward.simulate()}


def test_the_published_table_is_read_from_evidence(ward):
    lines = ward.published()
    assert lines["E008"] == ("documentation", 23, 10, 127)
    assert len(lines) == 10
    assert sum(line.day for line in lines.values()) == pytest.approx(452)


def test_minutes_and_lengths_are_accounting(kinds):
    for kind, k in kinds.items():
        day = 3 if kind == "other" else k.published.day  # see its row
        assert k.day == pytest.approx(day, abs=1), kind
        assert k.length == pytest.approx(k.published.length, rel=0.02), kind


def test_interruptions_are_rate_times_length_and_no_more(ward, kinds):
    """Calls at random to anybody: the model cannot differ from the spreadsheet."""
    for kind, k in kinds.items():
        if kind in ward.ALONE:
            assert k.cuts.mean == 0
        else:
            z = (k.cuts.mean - k.by_length) / k.cuts.standard_error
            assert abs(z) < 4.5, kind


def test_what_interrupts_is_counted_among_what_may_be(ward, kinds):
    """Requests are indirect care: half of it, and nobody is called away from them."""
    preset = tb.preset("hospital_ward/glantz")
    run = tb.run({"ward": preset}, replications=10, seed=5, weeks=8)
    alone, of_requests, calls, requests = (
        run.estimate("ward", f"{outcome}.{name}").mean
        for outcome in ("staff.interruptions", "citizen.calls")
        for name in ("indirect_care", "request")
    )
    assert of_requests == 0
    k = kinds["indirect care"]
    assert k.cuts.mean == pytest.approx(alone * calls / (calls + requests), rel=0.05)
    assert k.exposed == pytest.approx(calls / (calls + requests), rel=0.05)
    assert [kind for kind, k in kinds.items() if k.exposed < 1] == ["indirect care"]


def test_the_preset_uses_no_published_interruption(ward):
    """Other rates of interruption move every kind in proportion: none is fitted."""
    base = tb.preset("hospital_ward/glantz")
    path = "services.request.per_hour"
    phone = base["services.phone.per_hour"]
    assert phone + base[path] == pytest.approx(3 * ward.PUT_IN)
    half = base.replace({path: base[path] / 2 - phone / 2})
    run = tb.run({"one": base, "two": half}, replications=20, seed=3, weeks=8)
    for name in ("medication", "training", "obligation.documentation"):
        outcome = f"staff.interruptions.{name}"
        ratio = run.estimate("two", outcome).mean / run.estimate("one", outcome).mean
        assert ratio == pytest.approx(0.5, rel=0.1)


def test_verdicts_are_plain(ward, kinds):
    said = {kind: ward.verdict(k) for kind, k in kinds.items()}
    assert said["ward tasks"] == "hit"
    assert said["documentation"].startswith("missed")
    assert "too few" in said["documentation"]
    assert "too many" in said["social, breaks"]
    assert said["direct care"].startswith("put in")


def test_the_page_is_current(ward):
    assert ward.PAGE.read_text(encoding="utf-8") == ward.page(), "run ./dev validate"
