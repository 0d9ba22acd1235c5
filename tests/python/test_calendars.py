"""Holidays of a country become those of a scenario."""

import datetime

import pytest
import tidsbruk as tb

pytest.importorskip("holidays")


def test_easter_2026_in_norway() -> None:
    """Maundy Thursday to Easter Monday: 2, 3, 5 and 6 April."""
    days = tb.holidays("NO", "2026-03-30", 2)["holidays"]
    found = sorted((day["week"], day["weekday"]) for day in days.values())
    assert found == [(1, 4), (1, 5), (1, 7), (2, 1)]
    assert all(name.endswith(("0402", "0403", "0405", "0406")) for name in days)


def test_a_scenario_takes_them() -> None:
    start = datetime.date(2026, 1, 5)
    year = tb.holidays("NO", start, 52)
    scenario = tb.preset("home_care/npm").replace(year)
    assert not scenario.check()
    names = {path.split(".")[1] for path in scenario if path.startswith("holidays.")}
    assert names == set(year["holidays"])
    for name in names:
        week, weekday = (
            scenario[f"holidays.{name}.{key}"] for key in ("week", "weekday")
        )
        date = start + datetime.timedelta(weeks=week - 1, days=weekday - 1)
        assert name.endswith(f"{date:%Y%m%d}")


@pytest.mark.parametrize("country", ["SE", "DK", "JP", "GR", "EG"])
def test_names_in_any_script_are_names(country: str) -> None:
    days = tb.holidays(country, "2026-01-05", 26)
    assert not tb.preset("home_care/npm").replace(days).check()


def test_what_cannot_be() -> None:
    with pytest.raises(tb.Error, match="is no Monday"):
        tb.holidays("NO", "2026-03-31", 2)
    with pytest.raises(tb.Error, match="country = 'XX'"):
        tb.holidays("XX", "2026-03-30", 2)
    with pytest.raises(tb.Error, match="a scenario has room for 40"):
        tb.holidays("NO", "2026-03-30", 520)
