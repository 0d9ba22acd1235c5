"""Rosters, surveys of time use, and the three commands from two files to a page."""

import datetime
import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
import tidsbruk as tb
from tidsbruk.cli import main

ROOT = Path(__file__).parents[2]
DATA = ROOT / "examples" / "data"


# Rosters ------------------------------------------------------------------------------


def shift(who, day, start="07:30", end="15:00", **more):
    date = datetime.date(2024, 1, 1) + datetime.timedelta(days=day)
    row = {"medarbejder": who, "dato": date.strftime("%d.%m.%Y")}
    return row | {"vagtstart": start, "vagtslut": end} | more


def roster():
    rows = [
        shift(f"N{i}", day, rolle="Sygeplejerske") for i in (1, 2) for day in range(14)
    ]
    rows += [
        shift(f"H{i}", day, "22:45", "7.15", rolle="Hjælper")
        for i in range(3)
        for day in range(14)
        if day % 7 < 5
    ]
    return rows


def test_roster_by_role_and_weekday():
    told = tb.load_roster(roster())
    assert told.staff == {"sygeplejerske": 2, "hjaelper": 3}
    (day,), (night,) = told.shifts["sygeplejerske"], told.shifts["hjaelper"]
    assert (day.name, day.starts, day.minutes, day.wanted) == ("day", 450, 450, (2, 2, 2))
    assert (night.name, night.starts, night.minutes) == ("night", 1365, 510)
    assert night.wanted == (3, 0, 0)
    assert told.weeks == 2
    assert told.absent is None
    unit = tb.Scenario(told.changes())
    assert unit["shifts.hjaelper_night.role"] == "hjaelper"
    assert unit["shifts.sygeplejerske_day.sundays"] == 2
    assert "read: medarbejder as worker" in str(told).lower()


def test_kinds_of_shift_are_told_by_their_starts():
    rows = [shift("A", d, "07:00", "15:00") for d in range(7)]
    rows += [shift("B", d, "07:30", "15:00") for d in range(7)]
    rows += [shift("C", d, "15:00", "22:30") for d in range(7)]
    (kinds,) = tb.load_roster(rows).shifts.values()
    assert [(k.name, k.wanted[0]) for k in kinds] == [("day", 2), ("evening", 1)]
    assert kinds[0].starts == 435


def test_absence_is_counted():
    rows = [shift(f"W{i}", d, status="") for i in range(10) for d in range(10)]
    for row in rows[:6]:
        row["status"] = "syk"
    for row in rows[6:10]:
        row["status"] = "vikar"
    told = tb.load_roster(rows)
    assert told.absent.value == pytest.approx(0.1)
    assert told.filled.value == pytest.approx(0.4)
    # all ten of one worker: as wide as one worker in ten is
    assert told.absent.error == pytest.approx(0.1, rel=0.06)


def test_faults_of_a_roster_come_all_at_once():
    rows = [
        shift("A", 0),
        shift("", 1),
        shift("B", 1, "7:75"),
        shift("C", 1, end=""),
        shift("D", 1, status="sick-ish"),
    ]
    with pytest.raises(tb.ScenarioError) as e:
        tb.load_roster(rows)
    said = str(e.value)
    assert "row 3, column medarbejder: it says nothing" in said
    assert "row 4, column vagtstart: '7:75' is no time" in said
    assert "row 5, column vagtslut: it says nothing" in said
    assert "row 6, column status: 'sick-ish' is not known" in said


# Surveys ------------------------------------------------------------------------------

DANISH = [
    ("Direkte brugertid", "300"),
    ("Indirekte brugertid", "100,5"),
    ("Kvalifikationstid", "40"),
    ("Beredskabstid", "9,5"),
]


def survey(pairs, **more):
    return [{"kategori": c, "minutter": m} | more for c, m in pairs]


@pytest.mark.parametrize(
    ("vocabulary", "pairs"),
    [
        ("Danish", DANISH),
        (
            "Norwegian",
            [("Ansikt-til-ansikt-tid", "30"), ("Kjøring", "5"), ("Møter", "5")],
        ),
        ("Swedish", [("Direkt brukartid", "3"), ("Transporttid", "2"), ("Restid", "1")]),
        ("English", [("care", "3"), ("Documentation", "2"), ("waiting", "1")]),
    ],
)
def test_vocabularies(vocabulary, pairs):
    told = tb.load_time_use(survey(pairs))
    assert all(m.vocabulary.startswith(vocabulary) for m in told.mapping)
    assert told.mapping[0].columns == ("care",)
    text = str(told)
    for m in told.mapping:
        assert m.category in text
        assert " + ".join(m.columns) in text


def test_shares_and_definitions():
    told = tb.load_time_use(survey(DANISH))
    assert told.total == 450
    assert told.shares["Direkte brugertid"].value == pytest.approx(300 / 450)
    assert told.definitions()["brugertidsprocent (BTP)"] == pytest.approx(300 / 450)
    norway = [("Ansikt til ansikt", "60"), ("Kjøring", "20"), ("Pause", "20")]
    by = tb.load_time_use(survey(norway)).definitions()
    assert by["direct care without breaks"] == pytest.approx(0.75)
    assert by["brukartid"] == pytest.approx(0.6)


def test_a_definition_that_a_survey_cannot_tell_is_not_told():
    """Time on duty has breaks in it; time without them is not what else is left out."""
    without = [("Ansikt til ansikt", "60"), ("Kjøring", "20")]
    by = tb.load_time_use(survey(without)).definitions()
    assert math.isnan(by["brukartid"])
    assert by["direct care without breaks"] == pytest.approx(0.75)
    mixed = tb.load_time_use(survey(DANISH)).definitions()  # breaks are one of several
    assert math.isnan(mixed["direct care without breaks"])
    assert mixed["brugertidsprocent (BTP)"] == pytest.approx(300 / 450)


def test_a_survey_says_whose_its_minutes_are_or_has_no_errors():
    rows = survey([("care", 30), ("travel", 10)], worker="Kari Nordmann")
    told = tb.load_time_use([*rows, *survey([("care", 10)], worker="")])
    assert math.isnan(told.shares["care"].error)
    assert "1 rows do not say whose they are" in str(told)
    assert "Kari" not in str(told) + repr(vars(told))
    for minutes, why in ((0, "they sum to 0"), (math.inf, "no number of minutes")):
        with pytest.raises(tb.ScenarioError, match=why):
            tb.load_time_use(survey([("care", minutes)]))


def test_a_coarse_category_leaves_what_others_name():
    pairs = [*DANISH, ("Vejtid", "10"), ("Dokumentation", "10"), ("Pauser", "20")]
    columns = {m.category: m.columns for m in tb.load_time_use(survey(pairs)).mapping}
    assert columns["Indirekte brugertid"] == ("indirect", "dialogue")
    assert "breaks" not in columns["Kvalifikationstid"]


def test_errors_of_shares_are_over_workers():
    rows = []
    for i, minutes in enumerate((200, 300, 250, 350)):
        rows += survey([("care", minutes), ("travel", 400 - minutes)], worker=f"W{i}")
    share = tb.load_time_use(rows).shares["care"]
    assert share.value == pytest.approx(1100 / 1600)
    apart = [(m / 400 - 1100 / 1600) ** 2 for m in (200, 300, 250, 350)]
    assert share.error == pytest.approx((sum(apart) / 3 / 4) ** 0.5)


def test_unknown_categories_are_faults_with_the_nearest():
    with pytest.raises(tb.ScenarioError) as e:
        tb.load_time_use(
            survey([*DANISH, ("Vejtit", "5"), ("Xyzzy", "5"), ("pause", "-3")])
        )
    said = str(e.value)
    assert "row 6, column kategori: 'Vejtit' is not known; did you mean 'vejtid'?" in said
    assert "row 7, column kategori: 'Xyzzy' is not known; say what it is" in said
    assert "row 8, column minutter: it is below 0" in said


def test_a_mapping_of_ones_own():
    told = tb.load_time_use(
        survey([*DANISH, ("Xyzzy", "5")]), mapping={"Xyzzy": "control"}
    )
    assert told.mapping[-1] == ("Xyzzy", ("control",), "your mapping")
    with pytest.raises(tb.Error, match="no column of the ledger is called 'contrl'; did"):
        tb.load_time_use(survey(DANISH), mapping={"x": "contrl"})


def test_a_survey_beside_a_unit_that_it_was_made_of():
    unit = tb.preset("home_care/npm")
    run = tb.run({"npm": unit}, weeks=4, warmup=2, replications=8)
    trace = tb.trace(unit, weeks=4, warmup=2)
    frame = trace.to_arrow().to_pandas()
    frame["minutes"] = (frame["end"] - frame["start"]).dt.total_seconds() / 60
    names = {"care_needed": "care", "care_surplus": "care"}
    names |= {"records_presence": "records", "records_away": "records"}
    frame["category"] = frame["activity"].astype(str).replace(names)
    told = tb.load_time_use(frame[["category", "minutes", "worker"]])
    beside = told.against(run)
    assert len(beside.rows) >= 9
    for row in beside.rows:
        assert abs(row.difference) < 4.5 * (row.survey.error + row.simulated_error), row
    care = next(row for row in beside.rows if row.columns == ("care",))
    by_name = {row.name: row for row in beside.definitions}
    assert by_name["brugertidsprocent (BTP), Denmark"].simulated == care.simulated
    assert by_name["brukartid, Sweden"].simulated > care.simulated
    frame.loc[frame["category"] == "travel", "minutes"] *= 2
    biased = tb.load_time_use(frame[["category", "minutes", "worker"]]).against(run)
    (travel,) = (row for row in biased.rows if row.columns == ("travel",))
    assert travel.difference > 4.5 * (travel.survey.error + travel.simulated_error)
    assert "travel" in str(beside)


def test_a_survey_that_leaves_time_out_is_held_against_the_rest():
    """No breaks, no idling in the survey: none in what it is held against, either."""
    unit = tb.preset("home_care/npm")
    run = tb.run({"npm": unit}, weeks=4, warmup=2, replications=8)
    shares = {
        c: run.estimate("npm", f"time.{o}_share").mean
        for c, o in (("care", "direct"), ("travel", "travel"), ("records", "records"))
    }
    told = tb.load_time_use(survey([(c, 1e4 * share) for c, share in shares.items()]))
    beside = told.against(run)
    assert {row.columns for row in beside.rows} == {(c,) for c in shares}
    for row in beside.rows:
        assert row.simulated == pytest.approx(row.survey.value, abs=1e-9)
        assert 0 < row.simulated_error < 0.01
    (without,) = beside.definitions
    assert without.name == "direct care without breaks"
    assert without.difference == pytest.approx(0, abs=1e-9)
    assert "In no category: indirect, meetings" in " ".join(str(beside).split())


def test_categories_of_one_column_are_one_share():
    rows = []
    for i, (a, b) in enumerate(((10, 40), (40, 10), (20, 30))):
        pairs = [("care", a), ("face to face", b), ("travel", 50)]
        rows += survey(pairs, worker=f"W{i}")
    told = tb.load_time_use(rows)
    assert told.shares["care"].error > 0.05
    run = tb.run({"npm": tb.preset("home_care/npm")}, weeks=1, warmup=0, replications=2)
    care = told.against(run).rows[0]
    assert (care.columns, care.survey.value) == (("care",), 0.5)
    assert care.survey.error == pytest.approx(0, abs=1e-12)  # half of each day is care


@pytest.mark.parametrize(
    "cell",
    ["01017012345", "010170 12345", "010170-1234", "19700101-1234", "Kari Nordmann"],
)
def test_a_message_shows_nobody(cell):
    """Also where columns have slipped: neither a name nor a person's number."""
    shift = {"worker": "W1", "start": "2024-01-01 08:00", "end": "2024-01-01 15:30"}
    for column in ("start", "end", "status", "date"):
        with pytest.raises(tb.ScenarioError) as e:
            tb.load_roster([shift | {column: cell}])
        assert f"column {column}: what stands there" in str(e.value)
        assert cell not in str(e.value)
    with pytest.raises(tb.ScenarioError, match="'2024-13-01 08:00' is no time"):
        tb.load_roster([shift | {"start": "2024-13-01 08:00"}])
    with pytest.raises(tb.ScenarioError, match="'sikk' is not known; did you mean"):
        tb.load_roster([shift | {"status": "sikk"}])


# The shipped files, and the commands --------------------------------------------------


def test_the_shipped_tables_are_those_that_their_script_makes(tmp_path):
    made = tmp_path / "data"
    made.mkdir()
    (made / "make.py").write_text((DATA / "make.py").read_text(encoding="utf-8"))
    subprocess.run([sys.executable, made / "make.py"], check=True)
    for name in ("visits.csv", "roster.csv", "time_use.csv"):
        assert (made / name).read_bytes() == (DATA / name).read_bytes(), name


def test_the_shipped_survey_loads():
    told = tb.load_time_use(DATA / "time_use.csv")
    assert {m.vocabulary for m in told.mapping} == {"Norwegian (ansikt til ansikt)"}
    assert 0.35 < told.definitions()["ansikt-til-ansikt-tid"] < 0.6


def test_three_commands_from_two_files_to_a_page(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    visits, roster = str(DATA / "visits.csv"), str(DATA / "roster.csv")
    assert main(["fit", visits, "--roster", roster, "-o", "mine.toml"]) == 0
    fitted = capsys.readouterr().out
    assert "The scenario beside the data" in fitted
    assert "60 clients" in fitted
    assert "bruker as client" in " ".join(fitted.split())
    assert tb.load("mine.toml") == tb.load_visits(visits, roster=roster).scenario()
    short = ["--replications", "2", "--weeks", "2", "--warmup", "1"]
    duties = str(ROOT / "examples" / "duties.csv")
    command = ["duties", duties, "--preset", "mine.toml", "-o", "today.toml"]
    assert main([*command, *short]) == 0
    assert "On paper" in capsys.readouterr().out
    today = tb.load("today.toml")
    assert today == tb.duties(duties, tb.load("mine.toml"), replications=2).scenario
    assert today["staff.carer.count"] == 15
    report = ["report", "today.toml", "today.toml", "--abolish", "municipality"]
    assert main([*report, "-o", "page.html", *short]) == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Car log" in page
    assert "isit registration" in page
    with pytest.raises(SystemExit):
        main([*report[:3], "--abolish", "nobody"])
    assert main(["report", *report[1:3], "--abolish", "receiver", *short]) == 2
    assert "has no duty of receiver" in capsys.readouterr().err


def test_fit_speaks_json_and_writes_its_report(tmp_path, capsys):
    page, text = tmp_path / "fit.html", tmp_path / "mine.txt"
    wanted = ["--report", str(page), "-o", str(text), "--json", "--replications", "3"]
    assert main(["fit", str(DATA / "visits.csv"), *wanted]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["weeks"] == 8
    assert {"absence", "shifts"} <= set(told["unknown"])
    html = page.read_text(encoding="utf-8")
    assert html.count("<svg") == 2  # laws, and the scenario beside the data
    verdicts = {row["verdict"] for row in told["check"]["rows"]}
    assert verdicts <= {"alike", "near", "apart"}
    assert "Not to be told from these data" in html
    assert tb.load(text)["clients.home.count"] == 60
    assert main(["fit", str(DATA / "roster.csv")]) == 3
    assert "there is no column client" in capsys.readouterr().err
    assert main(["fit", str(DATA / "visits.csv"), "-o", str(tmp_path / "x.csv")]) == 2
    assert main(["fit", str(DATA / "visits.csv"), "--report", str(tmp_path / "x")]) == 2


def test_duties_load_by_their_public_name():
    listed = tb.load_duties(ROOT / "examples" / "duties.csv")
    assert tb.load_duties(listed) is listed
    assert {"Car log"} <= {duty.title for duty in listed.duties}
    import pyarrow.csv

    table = pyarrow.csv.read_csv(ROOT / "examples" / "duties.csv")
    assert [d.name for d in tb.load_duties(table).duties] == [
        d.name for d in listed.duties
    ]
