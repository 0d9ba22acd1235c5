"""--set and --remove: for all scenarios, for one, and with every fault at once."""

import json

import pytest
import tidsbruk as tb
from tidsbruk.cli import main

MMC = "textbook/mmc"


def text_of(capsys, *arguments):
    assert main(["presets", *arguments, "--text"]) == 0
    return capsys.readouterr().out


def test_set_and_remove(capsys):
    plain = tb.preset(MMC)
    text = text_of(
        capsys, MMC, "--set", "horizon.weeks = 7", "--set", "mmc:duty.break_minutes=9"
    )
    assert tb.Scenario.from_text(text) == plain.replace(
        {"horizon.weeks": 7, "duty.break_minutes": 9}
    )
    text = text_of(capsys, "home_care/npm", "--remove", "npm:obligations.journal")
    assert "obligations.journal\n" not in text


def test_laws_and_series_are_text(capsys):
    text = text_of(capsys, MMC, "--set", "absence.spell_days=gamma(mean=4, cv=0.5)")
    assert "absence.spell_days.cv = 0.5\n" in text


@pytest.mark.parametrize("name", ["b", "b.toml", "alternative"])
def test_one_scenario_of_two(tmp_path, monkeypatch, capsys, name):
    monkeypatch.chdir(tmp_path)
    for file in ("a.toml", "b.toml"):
        (tmp_path / file).write_text(f'extends = "{MMC}"\n', encoding="utf-8")
    changes = ["--set", "horizon.weeks=2", "--set", f"{name}:regime.records.detail=0.5"]
    plan = ["--replications", "2", "--weeks", "1", "--json", "--threads", "1"]
    assert main(["compare", "a.toml", "b.toml", *plan, *changes]) == 0
    data = json.loads(capsys.readouterr().out)
    said = json.dumps(data)
    assert "regime.records.detail" in said
    assert "horizon.weeks" not in said  # the same in both is no difference


def test_faults_of_all_scenarios_come_together(capsys):
    changes = ["--set", "horizon.weks=3", "--set", "trust:regime.grants.binding=2"]
    changes += ["--remove", "npm:obligations.jurnal"]
    status = main(["run", "home_care/npm", "home_care/trust", *changes])
    said = capsys.readouterr().err.splitlines()
    assert status == 3
    assert len(said) == 3
    assert any('did you mean "horizon.weeks"' in line for line in said)
    assert sum("home_care/npm: " in line and "jurnal" in line for line in said) == 1
    assert (
        sum("home_care/trust: " in line and "between 0 and 1" in line for line in said)
        == 1
    )


@pytest.mark.parametrize("option", ["--set", "--remove"])
def test_a_name_that_is_nobodys(option, capsys):
    assert main(["run", MMC, option, "trust:horizon.weeks=3"]) == 2
    assert "no scenario here is called trust, but textbook/mmc" in capsys.readouterr().err


def test_validate_takes_names(capsys):
    names = ["home_care/npm", "home_care/trust"]
    assert main(["validate", *names, "--set", "trust:horizon.weeks=0", "--json"]) == 3
    first, second = json.loads(capsys.readouterr().out)
    assert not first["faults"]
    assert second["faults"][0]["value"] == "0"


def test_none_removes():
    npm = tb.preset("home_care/npm")
    without = npm.replace(remove=["obligations.journal"])
    assert npm.replace({"obligations.journal": None}) == without
    assert npm.replace({"obligations": {"journal": None}}) == without
    law = npm.replace({"absence.spell_days": {"cv": None}})
    assert "absence.spell_days.cv" not in set(law)
    with pytest.raises(tb.ScenarioError, match="did you mean"):
        npm.replace({"obligations.jurnal": None})
    with pytest.raises(tb.ScenarioError):
        npm.replace({"horizon.weeks": None})
