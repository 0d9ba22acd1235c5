"""The benchmarks: what a run writes into the page, and that their programs still run.

The programs are held to what they need of the library (names, settings, columns of a
trace) by runs so short that their times mean nothing.
"""

import json
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest
import tidsbruk as tb

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


@pytest.fixture(scope="module")
def district(module_of):
    """The module that holds the district in SimPy against the library's."""
    pytest.importorskip("simpy")
    return module_of("benchmarks", "district")


def test_the_district_is_rebuilt_without_faults(district, npm):
    """Visits and rosters of SimPy's side are those in the log of a run."""
    assert district.inputs.faults(district.inputs.build(npm), weeks=2) == []


def test_a_fault_in_what_is_rebuilt_is_seen(district, npm):
    """A visit that is not there, one that is longer, and shifts that begin otherwise."""
    built = district.inputs.build(npm)
    day = built.days[0]
    longer, other = int(day.client[0]), int(day.client[20])
    for slots in built.days:
        slots.granted[slots.client == longer] += 60_000
    day.client[20] = longer
    built.names.reverse()
    wrong = " ".join(district.inputs.faults(built, weeks=1))
    assert f"client {longer} is given" in wrong
    assert f"client {other} has" in wrong
    assert "visits are not in the log" in wrong
    assert "shifts begin otherwise" in wrong


@pytest.mark.parametrize("rules", ["as the preset", "and no grant binds"])
def test_without_chance_simpy_does_the_same(district, rules):
    """The same visits are missed and every activity takes the same, for two weeks."""
    same = district.without_chance(rules, district.WITHOUT_CHANCE[rules], weeks=2)
    assert same.visits > 2900
    assert district.faults_of([same], []) == []


def test_a_rule_that_only_one_side_follows_is_a_fault(district, monkeypatch):
    """SimPy's carers who hand over for a minute more do not do the same."""
    unit = district.simpy_side.Unit
    settings = unit.settings

    def longer(self, scenario):
        settings(self, scenario)
        self.handover += 60_000

    monkeypatch.setattr(unit, "settings", longer)
    faults = district.faults_of([district.without_chance("longer", {}, weeks=1)], [])
    assert any("indirect" in fault for fault in faults)


def test_simpy_knows_all_rules_or_refuses(district, npm):
    """A setting of which the model in SimPy knows nothing is refused by its name."""
    path = "regime.teams.meeting_minutes"
    with pytest.raises(ValueError, match=path):
        district.inputs.build(npm.replace({path: 5}))


@pytest.mark.parametrize("style", ["textbook", "phases", "numpy"])
def test_the_styles_of_simpy_decide_alike(district, npm, style):
    """Without chance each does what the fastest does."""
    built = district.inputs.build(district.inputs.without_chance(npm))
    found = [
        district.simpy_side.simulate(built, 1, 1, x)["ms"] for x in (style, "chains")
    ]
    assert found[0] == found[1]


def test_a_round_of_the_district_is_compared(district, npm):
    """Every outcome that the page compares is found on both sides."""
    built = district.inputs.build(npm)
    years = district.run_years(built, 2, 2, seed=1)
    found = {"chains": district.simpy_side.simulate(built, 2, 1)}
    agreed = district.agreement([(years, found)] * 2)
    assert {one.name for one in agreed} == set(district.COMPARED)
    for one in agreed:
        assert one.ours == pytest.approx(one.theirs, rel=0.5, abs=0.02), one.name


def test_staff50_runs_beside_simpy(module_of):
    """Both sides of STAFF50 count the phases that their arrivals make."""
    pytest.importorskip("simpy")
    run = module_of("benchmarks", "run")
    ours, theirs = run.run_staff50(1, 0, 2, 1), run.run_simpy(1, 0, [1], "list")
    exact = run.PHASES_PER_CLIENT * run.simpy_side.CLIENTS_PER_MINUTE * 7 * 1440
    assert [*ours.phases, *theirs.phases] == pytest.approx([exact] * 3, rel=0.03)
    assert run.run_years(1, 1, 1).visits > 70_000


def test_what_surrounds_a_run_is_measured(module_of):
    """Each figure of around.py that is cheap is a number, and results are not copied."""
    around = module_of("benchmarks", "around")
    assert around.import_ms() > 0
    assert around.help_ms() > 0
    assert around.visit_ns(1) > 0
    took, values, shared = around.arrow(2000)
    assert took > 0
    assert values >= 2000
    assert shared


BUILT = ROOT / "build" / "benchmarks"


def program(name):
    """Return a program of the benchmarks, which is built when somebody asks for it."""
    if not (shutil.which("ninja") and (ROOT / "build" / "build.ninja").exists()):
        pytest.skip("there is no build directory")
    subprocess.run(
        ["ninja", "-C", ROOT / "build", "--quiet", f"benchmarks/{name}"], check=True
    )
    return BUILT / name


def test_the_country_is_built():
    """It is not run, as that takes a minute."""
    assert program("country").exists()


@pytest.mark.long
def test_the_country_runs():
    """A week of all municipalities, and what it says of itself."""
    command = [program("country"), "1", "1"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(said.stdout)
    assert found["municipalities"] == 357
    assert found["visits"] > 2_000_000
    assert 0.4 < found["direct_share"] < 0.6


def test_simulate_tells_what_the_library_does(npm):
    """The program that callgrind looks at runs the same replications as the package."""
    told = json.loads(
        subprocess.run(
            [program("simulate"), "2", "1", "home_care/npm"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    result = tb.run({"run": npm}, replications=2, weeks=1, warmup=0)
    assert re.fullmatch("[0-9a-f]{16}", told["hash"])
    planned = memoryview(result.column("run", "citizen.missed_share", "denominator"))
    assert told["planned_visits"] == sum(planned)


def test_callgrind_takes_the_settings_of_a_file(module_of):
    """Every setting of STAFF50 is handed to `simulate`, which then runs the same."""
    callgrind = module_of("benchmarks", "callgrind")
    staff50 = tb.load(callgrind.STAFF50)
    said = subprocess.run(
        [program("simulate"), "1", "1", *callgrind.settings(callgrind.STAFF50)],
        capture_output=True,
        text=True,
        check=True,
    )
    result = tb.run({"run": staff50}, replications=1, weeks=1, warmup=0)
    calls = memoryview(result.column("run", "citizen.calls.contact", "numerator"))
    assert json.loads(said.stdout)["calls"] == calls[0] > 14_000
