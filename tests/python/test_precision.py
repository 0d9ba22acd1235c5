"""Runs that end when outcomes are known well enough, weekly bands, planted effects."""

import pytest
import tidsbruk as tb
from tidsbruk import cli

SMALL = {"weeks": 1, "warmup": 0, "seed": 3}
SHARE = "time.direct_share"


def test_a_run_ends_when_its_difference_is_known(npm, trust):
    pair = {"NPM": npm, "Trust": trust}
    twenty = tb.run(pair, **SMALL, replications=20)
    i = twenty.difference("NPM", "Trust", SHARE)
    half = (i.high - i.low) / 2
    asked = {SHARE: 1.01 * half, "citizen.unmet_share": 1.0}
    early = tb.run(pair, **SMALL, replications=60, precision=asked)
    assert (early.ending, early.hardest, early.replications) == ("precise", SHARE, 20)
    assert early.hash("Trust") == twenty.hash("Trust")
    late = tb.run(pair, **SMALL, replications=30, precision={SHARE: "0.001%"})
    assert (late.ending, late.hardest, late.replications) == ("capped", SHARE, 30)
    assert "not met" in str(late.compare())
    assert twenty.ending == "planned"


def test_what_never_happened_is_not_known_to_a_share_of_itself(npm):
    rare = npm.replace({"errors.per_visit": 0, "errors.misuse_per_visit": 1e-9})
    run = tb.run(
        rare, **SMALL, replications=24, precision={"control.undetected_harm": "5%"}
    )
    assert (run.ending, run.replications) == ("capped", 24)


def test_parts_and_pieces_say_so(npm):
    some = tb.run(npm, **SMALL, replications=20, precision={SHARE: 1.0})
    rest = tb.run(npm, **SMALL, replications=5, first=20)
    assert some.ending == "precise"
    assert tb.merge([some, rest]).ending == "planned"


@pytest.mark.parametrize("width", [0, -1, "5", "%", "-3%", "x", float("nan")])
def test_half_widths_that_make_no_sense(npm, width):
    with pytest.raises(tb.Error, match=SHARE):
        tb.run(npm, **SMALL, replications=2, precision={SHARE: width})


def test_targets_on_the_command_line(capsys):
    plan = ("--replications", "2", "--weeks", "1", "--warmup", "0")
    run = ("run", "home_care/npm", *plan)
    assert cli.main([*run, "--json", "--precision", f"{SHARE}=5%"]) == 0
    assert '"ending": "capped"' in capsys.readouterr().out
    assert cli.main([*run, "--precision", "nothing"]) == cli.USAGE
    assert cli.main([*run, "--precision", "time.nothing=1"]) == cli.FAILURE


def test_a_band_is_wider_than_its_weeks(npm, trust):
    pair = {"NPM": npm, "Trust": trust}
    result = tb.run(pair, **SMALL | {"weeks": 3}, replications=6, weekly=True)
    one = tb.run(pair, **SMALL | {"weeks": 1}, replications=6)
    first = one.estimate("NPM", SHARE)
    band = result.weekly("NPM", SHARE)
    assert band[0].mean == pytest.approx(first.mean, rel=1e-12)
    assert band[0].low < first.low
    assert first.high < band[0].high
    at = one.estimate("NPM", SHARE, 1 - 0.05 / 3)
    assert (band[0].low, band[0].high) == pytest.approx((at.low, at.high), rel=1e-12)
    apart = result.weekly_difference("NPM", "Trust", SHARE)
    sides = [result.weekly(name, SHARE)[2].mean for name in pair]
    expected = sides[1] - sides[0]
    assert apart[2].mean == pytest.approx(expected, abs=1e-12)
    with pytest.raises(tb.Error, match="weeks"):
        one.weekly("NPM", SHARE)


def direct_care(npm, changes):
    pair = {"NPM": npm, "Planted": npm.replace(changes)}
    comparison = tb.run(pair, replications=12, weeks=2, warmup=1, seed=8).compare()
    page = report_of(comparison)
    return comparison["time.direct_minutes"].difference, page["answer"]


def report_of(comparison):
    from tidsbruk.report.data import page_data

    return page_data(comparison)


HARD = {"visits.pressure_from_minutes": 0, "visits.pressure_full_minutes": 1}


@pytest.mark.parametrize(
    ("changes", "sign", "care", "unmet"),
    [
        # nobody is hurried any more; everybody is, much more; a gap has another name
        (
            {"visits.pressure_shortening": 0},
            1,
            "more minutes of direct care",
            "points less of citizens",
        ),
        (
            HARD | {"visits.pressure_shortening": 0.6},
            -1,
            "fewer minutes of direct care",
            "points more of citizens",
        ),
        (
            {"duty.development_from_minutes": 60},
            0,
            "no clear difference to direct care",
            "no clear difference to unmet need",
        ),
    ],
)
def test_planted_effects_are_told_rightly(npm, changes, sign, care, unmet):
    found, answer = direct_care(npm, changes)
    assert (found.low > 0) - (found.high < 0) == sign
    assert care in answer
    assert unmet in answer
    assert "no clear difference to undetected harm" in answer
