"""A controller's list of duties: read, put into a scenario, priced, and taken away."""

import csv
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
import tidsbruk as tb
from tidsbruk.obligations.frequency import parse_frequency
from tidsbruk.obligations.numbers import number
from tidsbruk.obligations.reading import load_duties as read
from tidsbruk.obligations.register import describe, mapped, moment, obligations
from tidsbruk.obligations.words import identifier

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "duties.csv"
SMALL = {"replications": 3, "weeks": 2, "warmup": 1, "seed": 3}
ROWS = [
    {"duty": "Visit registration", "minutes": 1.5},
    {
        "duty": "Quality indicators",
        "per": "client",
        "frequency": "quarterly",
        "minutes": 6,
        "imposed_by": "state",
    },
    {
        "duty": "Car log",
        "per": "worker",
        "frequency": "daily",
        "minutes": 2,
        "imposed_by": "unit",
        "timing": "end_of_shift",
    },
]
OTHER_WORK = ("indirect", "travel", "records", "meetings", "dialogue", "control")
OTHER_WORK += ("administration",)


@pytest.fixture(scope="module")
def told():
    return tb.duties(ROWS, **SMALL)


def faults_of(rows):
    with pytest.raises(tb.ScenarioError) as e:
        tb.duties(rows, **SMALL)
    return [message for _, message in e.value.faults]


# Reading -------------------------------------------------------------------------------


def plain(listed):
    return [
        (d.name, d.minutes, d.per, d.frequency and d.frequency[1:], d.fields)
        for d in listed.duties
    ]


ENGLISH = (
    "duty,per,frequency,minutes,receivers,imposed_by\n"
    "Journal,visit,every visit,2.5,2,law\n"
    "\n"
    "Månedsrapport,client,monthly,1200.5,1,municipality\n"
)
NORWEGIAN = (
    "Plikt;Per;Hyppighet;Minutter;Mottakere;Pålagt av\r\n"
    "Journal;besøk;hvert besøk;2,5;2;lov\r\n"
    ";;;;;\r\n"
    '"Månedsrapport";bruker;månedlig;"1 200,5";1;kommune\r\n'
)
DANISH = (
    "Pligt\tPer\tHyppighed\tMinutter\tModtagere\tPålagt af\n"
    "Journal\tbesøg\thvert besøg\t2,5\t2\tlov\n"
    "\n"
    "Månedsrapport\tborger\tmånedlig\t1.200,5\t1\tkommunen\n"
)
SWEDISH = (
    "Skyldighet;Per;Frekvens;Minuter;Mottagare;Ålagd av\n"
    "Journal;besök;varje besök;2,5;2;lag\n"
    "\n"
    "Månedsrapport;brukare;månadsvis;1 200,5;1;kommun\n"
)
FILES = {
    "utf-8": ENGLISH.encode(),
    "excel": b"\xef\xbb\xbf" + NORWEGIAN.encode(),
    "excel that says what separates": b"\xef\xbb\xbfsep=;\r\n" + NORWEGIAN.encode(),
    "windows": NORWEGIAN.encode("cp1252"),
    "utf-16": NORWEGIAN.encode("utf-16"),
    "tabs": DANISH.encode(),
    "swedish": SWEDISH.encode(),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_list_is_read_however_it_was_exported(tmp_path, kind):
    path = tmp_path / "duties.csv"
    path.write_bytes(FILES[kind])
    listed = read(path)
    assert plain(listed) == [
        (
            "journal",
            2.5,
            "visit",
            (1.0, ""),
            {"receivers": 2, "imposed_by": "law"},
        ),
        (
            "maanedsrapport",
            1200.5,
            "client",
            (1.0, "month"),
            {"receivers": 1, "imposed_by": "municipality"},
        ),
    ]
    first = 3 if "separates" in kind else 2
    assert [d.row for d in listed.duties] == [first, first + 2]
    assert bool(listed.read_as) == (kind != "utf-8")
    assert any("Windows-1252" in note for note in listed.notes) == (kind == "windows")


def test_notes_are_for_people(tmp_path):
    path = tmp_path / "duties.csv"
    path.write_text("duty;minutes;merknad\nJournal;4;spør Kari\n", encoding="utf-8")
    (duty,) = read(path).duties
    assert duty.fields == {}
    assert all("illustration" in line for line in EXAMPLE.read_text().splitlines()[1:])


def test_words_that_were_translated_are_told(tmp_path):
    path = tmp_path / "duties.csv"
    path.write_text(NORWEGIAN, encoding="utf-8")
    assert ("Hyppighet", "frequency") in read(path).read_as
    assert ("kommune", "municipality") in read(path).read_as
    assert not any(said == "Per" for said, _ in read(path).read_as)


@pytest.mark.parametrize("make", ["pandas", "polars"])
def test_a_data_frame_is_a_list(make):
    frames = pytest.importorskip(make)
    assert plain(read(frames.DataFrame(ROWS))) == plain(read(ROWS))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,5", 2.5),
        ("2.5", 2.5),
        ("1 200", 1200),
        ("1\u00a0200,5", 1200.5),
        ("1.200,5", 1200.5),
        ("1,200.5", 1200.5),
        (".5", 0.5),
        ("-1", -1),
        ("1e2", 100),
        ("three", None),
        ("1,2,3", None),
        ("", None),
        ("nan", None),
        ("1e999", None),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("every visit", (1, "")),
        ("hvert besøk", (1, "")),
        ("every 4th visit", (0.25, "")),
        ("every second visit", (0.5, "")),
        ("25 %", (0.25, "")),
        ("weekly", (1, "week")),
        ("per month", (1, "month")),
        ("2 per month", (2, "month")),
        ("3/week", (3, "week")),
        ("2 ganger i uken", (2, "week")),
        ("2 ganger i uka", (2, "week")),
        ("to gange om ugen", (2, "week")),
        ("tre gånger i veckan", (3, "week")),
        ("en gang i året", (1, "year")),
        ("Én gang per måned", (1, "month")),
        ("ett per dygn", (1, "day")),
        ("4 ganger om dagen", (4, "day")),
        ("once a week", (1, "week")),
        ("twice in May", None),
        ("halvårlig", (1, "halfyear")),
        ("hvert halvår", (1, "halfyear")),
        ("half-yearly", (1, "halfyear")),
        ("every half year", (1, "halfyear")),
        ("hvert halve århundre", None),
        ("annenhver uke", (0.5, "week")),
        ("hver annen uke", (0.5, "week")),
        ("varannan vecka", (0.5, "week")),
        ("hver anden uge", (0.5, "week")),
        ("annethvert besøk", (0.5, "")),
        ("2 ganger hver måned", (2, "month")),
        ("en gang annenhver uke", (0.5, "week")),
        ("2 ganger hver 0. uke", None),
        ("var fjärde månad", (0.25, "month")),
        ("hvert tredje år", (1 / 3, "year")),
        ("hver 14. dag", (1 / 14, "day")),
        ("2 ganger i uke", (2, "week")),
        ("2 x year", (2, "year")),
        ("1,5 per year", (1.5, "year")),
        ("every day", (1, "day")),
        ("every two weeks", (0.5, "week")),
        ("every 2nd week", (0.5, "week")),
        ("12", (12, "year")),
        ("often", None),
        ("-2", None),
        ("120 %", None),
        ("årlig", (1.0, "year")),
        ("annually", (1.0, "year")),
        ("1 om året", (1.0, "year")),
        ("2 ganger i året", (2.0, "year")),
        ("3 per år", (3.0, "year")),
        ("4 a year", (4.0, "year")),
        ("every 0th visit", None),
    ],
)
def test_frequencies_as_people_write_them(text, said):
    found = parse_frequency(text)
    assert (found and found[1:]) == said


def test_half_a_year_comes_twice_a_year():
    assert parse_frequency("halvårlig").per_year == 2
    assert parse_frequency("3 per halvår").per_year == 6
    assert moment("unit", parse_frequency("annenhver uke"))[:3] == ("week", "unit", 0.5)


@pytest.mark.parametrize(
    ("duty", "per", "often", "minutes", "timing", "when", "means"),
    [
        (
            "Oppgave",
            "Gjelder",
            "Hvor ofte",
            "Minutter per gang",
            "Tidspunkt",
            "Med en gang",
            "at_once",
        ),
        (
            "Plikt",
            "Gjelder",
            "Antall per år",
            "Tid (min)",
            "Tidspunkt",
            "ved vaktslutt",
            "end_of_shift",
        ),
        (
            "Plikt",
            "Gjelder",
            "Antall per år",
            "Tidsbruk",
            "Tidspunkt",
            "når det er tid",
            "when_idle",
        ),
        (
            "Plikt",
            "Pr.",
            "Hyppighet",
            "Antall minutter",
            "Tidspunkt",
            "straks",
            "at_once",
        ),
        (
            "Opgave",
            "Gælder",
            "Gange om året",
            "Tidsforbrug (minutter)",
            "Tidspunkt",
            "Når der er tid",
            "when_idle",
        ),
        (
            "Skyldighet",
            "Gäller",
            "Hur ofta",
            "Tidsåtgång (min)",
            "Tidpunkt",
            "när det finns tid",
            "when_idle",
        ),
        ("Duty", "Per", "How often", "Minutes each", "Timing", "immediately", "at_once"),
    ],
)
def test_headings_as_people_write_them(duty, per, often, minutes, timing, when, means):
    row = {duty: "Journal", per: "unit", often: "12", minutes: "2,5", timing: when}
    (said,) = read([row]).duties
    assert (said.title, said.per, said.minutes) == ("Journal", "unit", 2.5)
    assert said.frequency[1:] == (12, "year")
    assert said.fields["timing"] == means


def duty_rows(*minutes, **others):
    rows = [
        {"duty": f"Duty {letter}", "per": "visit", "minutes": text}
        for letter, text in zip("abcdefgh", minutes, strict=False)
    ]
    return [*rows, {"duty": "Last", "per": "unit", "minutes": "5"} | others]


UNCLEAR = "may be 1200 or 1.2000: write one of them"


@pytest.mark.parametrize(
    ("rows", "minutes", "note"),
    [
        (duty_rows("1.200", "2.5", frequency="weekly"), 1.2, "row 3 has '2.5'"),
        (duty_rows("1.200", "2,5", frequency="weekly"), 1200, "row 3 has '2,5'"),
        (duty_rows("1,200", "2,5", frequency="weekly"), 1.2, "row 3 has '2,5'"),
        (duty_rows("1,200", "0.5", frequency="weekly"), 1200, "row 3 has '0.5'"),
        (duty_rows("1.200", "1 400", frequency="weekly"), 1.2, "row 3 has '1 400'"),
        (duty_rows("1.200", frequency="2,5 per week"), 1200, "row 3 has '2,5 per"),
        (duty_rows("1.200", "2.5", frequency="0,5 per week"), 1.2, "row 3 has '2.5'"),
    ],
)
def test_the_list_tells_whether_a_sign_is_of_thousands(rows, minutes, note):
    listed = read(rows)
    assert listed.duties[0].minutes == minutes
    (said,) = listed.notes
    assert "row 2, column minutes" in said
    sign = {".": "point", ",": "comma"}[rows[0]["minutes"][1]]
    how = "thousands" if minutes > 2 else f"a decimal {sign}"
    assert f"read as {minutes:g} ({how})" in said
    assert note in said


@pytest.mark.parametrize(
    "rows",
    [
        duty_rows("1.200", frequency="weekly"),
        duty_rows("1.200", "2.5", "2,5", frequency="weekly"),
        duty_rows("1.200", "7", "1.100", frequency="weekly"),
    ],
)
def test_a_number_that_may_be_two_is_a_fault(rows):
    said = faults_of(rows)
    assert said[0] == f"row 2, column minutes: '1.200' {UNCLEAR}"


def test_a_frequency_that_may_be_two_is_a_fault():
    (said,) = faults_of(duty_rows("2", frequency="1.200 per year"))
    assert said == f"row 3, column frequency: '1.200 per year' {UNCLEAR}"


def test_what_is_a_number_already_is_never_unclear():
    rows = [{"duty": "Round", "per": "visit", "minutes": 1.125}]
    for source in (rows, pd.DataFrame(rows), pl.DataFrame(rows)):
        assert read(source).duties[0].minutes == 1.125
        assert not read(source).notes


def test_how_a_number_was_read_is_printed():
    rows = duty_rows("0,200", "1.000", frequency="weekly")
    assert "'1.000' (row 3, column minutes) is read as 1000" in str(
        tb.duties(rows, **SMALL)
    ).replace("\n", " ")


def test_every_fault_is_told_at_once_by_row_and_column(tmp_path):
    path = tmp_path / "duties.csv"
    path.write_text(
        "duty;per;frequency;minutes;role;receivers;imposed_by;timing\n"
        "Journal;visit;every visit;three;;;;\n"
        "\n"
        "Log;worker;daily;2;carer;1,5;state;sometime\n"
        "Log;shift;daily;2;;0;nobody;\n"
        ";unit;often;-1;;;lawe;\n"
        "7th report;viset;weekly;2;;;;\n"
    )
    with pytest.raises(tb.ScenarioError) as e:
        read(path)
    messages = [message for _, message in e.value.faults]
    assert messages[0] == "row 2, column minutes: 'three' is no number"
    told = {place for place, _ in e.value.faults}
    assert told == {
        "row 2, column minutes",
        "row 4, column receivers",
        "row 4, column timing",
        "row 5, column duty",
        "row 5, column frequency",
        "row 5, column receivers",
        "row 5, column imposed_by",
        "row 6, column duty",
        "row 6, column frequency",
        "row 6, column minutes",
        "row 6, column imposed_by",
        "row 7, column duty",
        "row 7, column per",
    }
    text = str(e.value)
    assert "'Log' stands in row 4 already" in text
    assert "'lawe' is not known; did you mean 'law'?" in text
    assert "'viset' is not known; did you mean 'visit'?" in text


def test_columns_that_nobody_knows(tmp_path):
    path = tmp_path / "duties.csv"
    path.write_text("duty,minuts,colour,role,rolle\nA,1,red,,\n")
    with pytest.raises(tb.ScenarioError) as e:
        read(path)
    text = str(e.value)
    assert "row 1, column 2: 'minuts' is not known; did you mean 'minutes'?" in text
    assert "row 1, column 3: 'colour' is not known; it is duty, per" in text
    assert "row 1, column 5: 'rolle' holds role, as another column does" in text
    assert "there is no column minutes" not in text  # 'minuts' is it


def test_a_heading_that_nobody_knows_is_one_fault():
    (said,) = faults_of([{"duty": "A", "per": "visit", "varighet": "2"}])
    assert said.startswith("row 1, column 3: 'varighet' is not known; it is duty, per")
    (said,) = faults_of([{"duty": "A", "per": "visit"}])
    assert said == "row 1: there is no column minutes"


@pytest.mark.parametrize("who", ["fylkeskommunen", "fylkeskommune"])
def test_a_county_is_no_municipality(who):
    (said,) = faults_of([{"duty": "A", "per": "visit", "minutes": 1, "imposed_by": who}])
    assert said.startswith(f"row 2, column imposed_by: {who!r} is not known; it is ")
    assert said.endswith("it is law, state, municipality, unit or receiver")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "it is empty"),
        (b"\n \n;;\n", "it is empty"),
        (b"duty,minutes\n", "it lists no duty"),
        (b"duty,minutes\nA,1,,9\n", "row 2, column 4: '9' stands below no header"),
        (b'duty,minutes\n"A,1\n', "unexpected end of data"),
        (b"\x00\x01\x02", "it is no text"),
    ],
)
def test_what_is_no_list(tmp_path, raw, says):
    path = tmp_path / "duties.csv"
    path.write_bytes(raw)
    with pytest.raises(tb.ScenarioError, match=says):
        read(path)


# Into a scenario -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("per", "frequency", "said"),
    [
        ("visit", None, ("visit", "", 1, 1)),
        ("visit", "every 4th visit", ("visit", "", 0.25, 1)),
        ("worker", "daily", ("shift", "", 1, 1)),
        ("worker", "2 per day", ("shift", "", 1, 2)),
        ("client", "weekly", ("week", "client", 1, 1)),
        ("client", "monthly", ("month", "client", 1, 1)),
        ("client", "quarterly", ("quarter", "client", 1, 1)),
        ("client", "yearly", ("quarter", "client", 0.25, 1)),
        ("unit", "6", ("month", "unit", 0.5, 1)),
        ("unit", "2 per week", ("week", "unit", 1, 2)),
        ("client", "daily", ("week", "client", 1, 7)),
    ],
)
def test_a_frequency_becomes_a_trigger_that_is_met_as_often(per, frequency, said):
    found = frequency and parse_frequency(frequency)
    when = moment(per, found)
    assert tuple(when) == said
    if when.per:
        rate = {"week": 52, "month": 12, "quarter": 4}[when.trigger]
        assert rate * when.probability * when.together == pytest.approx(found.per_year)


def test_a_duty_changes_what_bears_its_name_and_others_are_added(npm):
    register = mapped(read(ROWS), npm, replace=False)
    assert [(m.row, m.name, m.how) for m in register.lines[:3]] == [
        (2, "visit_registration", "changed"),
        (3, "quality_indicators", "added"),
        (4, "car_log", "added"),
    ]
    assert {m.how for m in register.lines[3:]} == {"kept"}
    made = register.scenario
    assert {c.path for c in npm.diff(made) if "visit_registration" in c.path} == {
        "obligations.visit_registration.minutes.mean"
    }
    assert made["obligations.visit_registration.minutes.mean"] == 1.5
    assert describe(made, "quality_indicators") == (
        "each quarter per client, 6 min, when idle, imposed by state"
    )
    assert describe(made, "car_log") == "each shift, 2 min, end of shift, imposed by unit"
    untouched = set(obligations(npm)) - {"visit_registration"}
    assert not any(c.path.split(".")[1] in untouched for c in npm.diff(made))


def test_replace_leaves_out_what_the_list_does_not_name(npm):
    register = mapped(read(ROWS), npm, replace=True)
    assert obligations(register.scenario) == sorted(register.names)
    assert {m.how for m in register.lines[3:]} == {"left out"}
    assert {m.name for m in register.lines[3:]} == set(obligations(npm)) - {
        "visit_registration"
    }


def test_what_a_scenario_cannot_hold_is_a_fault_of_its_row():
    rows = [
        {"duty": "Jornal", "minutes": 3},
        {"duty": "Log", "per": "unit", "minutes": 3},
        {"duty": "Call note", "per": "call", "minutes": 3},
        {"duty": "Nurse note", "per": "visit", "minutes": 3, "role": "carrer"},
        {"duty": "Journal", "frequency": "weekly", "minutes": 3},
    ]
    messages = faults_of(rows)
    assert any(
        m.startswith("row 2, column per: it says nothing")
        and "did you mean 'journal'" in m
        for m in messages
    )
    assert any(m.startswith("row 3, column frequency: it says nothing") for m in messages)
    assert any(m.startswith("row 5, column role: nobody in staff is") for m in messages)
    assert any("did you mean 'carer'" in m for m in messages)
    assert any(
        m.startswith("row 6, column frequency: 'weekly' does not") for m in messages
    )
    messages = faults_of([rows[2]])
    assert messages[0].startswith("row 2, column frequency")


def test_names():
    assert identifier("  Besøks-registrering (Ä/Ö) ") == "besoeks_registrering_ae_oe"


# On paper ------------------------------------------------------------------------------


def by_name(told):
    return {r.duties[0]: r for r in told.rows}


def test_paper_is_frequency_times_minutes(told):
    rows = by_name(told)
    tariff = 300 * 1.4 * 1.25
    indicators = rows["quality_indicators"]
    assert indicators.times == 250 * 4
    assert indicators.paper_hours == pytest.approx(250 * 4 * 6 / 60)
    assert indicators.paper_cost == pytest.approx(indicators.paper_hours * tariff)
    shifts = 52 * (5 * (18 + 8) + (11 + 9) + (11 + 8))
    assert rows["car_log"].paper_hours == pytest.approx(shifts * 2 / 60)
    log = tb.trace(told.scenario, seed=3, weeks=2, warmup=1)
    assert len(log)
    visits = told.result.column("as it is", "citizen.missed_share", "denominator")
    a_week = sum(memoryview(visits)) / 3 / 2
    registration = rows["visit_registration"]
    assert registration.paper_hours == pytest.approx(52 * a_week * 1.5 / 60)


def test_copies_for_other_receivers_cost_on_paper():
    row = {"duty": "R", "per": "client", "frequency": "monthly", "minutes": 5}
    row |= {"receivers": 3, "reentry": "50 %"}
    told = tb.duties([row], replications=1, weeks=1, warmup=0)
    assert told.rows[0].paper_hours == pytest.approx(250 * 12 * 5 * 2 / 60)


LAWS = [
    ("lognormal(p10=2, p90=8)", 4.6300245),
    ("gamma(shape=2, scale=1.5)", 3),
    ("weibull(median=4, cv=1)", 4 / 0.6931472),
    ("beta(low=1, high=8, mean=3, cv=0.2)", 3),
    ("empirical(quantiles=0 1 0.5 3 1 9)", 4),
    ("mixture(a=3*constant(mean=2), b=1*exponential(mean=6))", 3),
]


@pytest.mark.parametrize(("law", "mean"), LAWS)
def test_paper_knows_the_mean_of_any_law(npm, law, mean):
    unit = npm.replace({"obligations.shift_report.minutes": law})
    told = tb.duties(scenario=unit, **SMALL | {"replications": 1, "weeks": 1})
    (row,) = (r for r in told.rows if r.duties == ("shift_report",))
    assert row.paper_hours == pytest.approx(row.times * mean / 60, rel=1e-6)


def test_a_visit_that_was_found_out_is_one_incident(npm):
    """Also where an error and a misuse are found in it."""
    chances = {"per_visit": 0.5, "misuse_per_visit": 0.5, "found_by_chance": 1}
    unit = npm.replace({f"errors.{name}": chance for name, chance in chances.items()})
    rows = [{"duty": "Incident report", "per": "incident", "minutes": 0.1}]
    rows[0] |= {"timing": "at_once", "imposed_by": "state"}
    (row,) = tb.duties(rows, unit, **SMALL).rows
    assert row.times > 1000
    assert row.took_hours == pytest.approx(row.paper_hours, rel=0.002)


def test_duties_that_are_never_met_are_a_fault(npm):
    never = {f"obligations.{name}.probability": 0 for name in obligations(npm)}
    with pytest.raises(tb.ScenarioError, match="all have probability 0"):
        tb.duties(scenario=npm.replace(never), **SMALL)
    (listed,) = tb.duties(
        [{"duty": "Nothing", "per": "unit", "frequency": "0", "minutes": 3}],
        npm.replace(never),
        **SMALL,
    ).rows
    assert listed.paper_hours == 0


def test_what_a_duty_takes_is_near_what_the_paper_says(told):
    for row in told.rows:
        assert row.took_hours == pytest.approx(row.paper_hours, rel=0.2)


# Taken away ----------------------------------------------------------------------------


def test_removals_are_paired_runs_without_the_duty(told):
    plan = {k: SMALL[k] for k in ("replications", "weeks", "warmup", "seed")}
    without = told.scenario.replace(remove=["obligations.car_log"])
    result = tb.run({"with": told.scenario, "without": without}, **plan)
    row = by_name(told)["car_log"]
    workers = 52
    for outcome, change, scale in (
        ("time.direct_minutes", row.direct, workers * 52 / 60),
        ("citizen.unmet_hours", row.unmet, 52),
        ("control.undetected_harm", row.harm, 1),
    ):
        expected = result.difference("with", "without", outcome)
        assert change.mean == pytest.approx(expected.mean * scale)
        assert change.low == pytest.approx(expected.low * scale)
        assert change.high == pytest.approx(expected.high * scale)


def test_every_freed_hour_is_somewhere(told):
    """Law 5, from other sums: what other work takes less is care, slack or less duty."""
    result, year = told.result, 52 * 52 / 60
    runs = {r.duties: r for r in (*told.rows, *told.groups, *told.totals)}
    assert len(runs) >= 4
    for name, scenario in result.scenarios.items():
        there = obligations(scenario)
        gone = tuple(m.name for m in told.mapping if m.name not in there)
        if name == "as it is":
            assert gone == ()
            continue
        row = runs[gone]
        freed = -year * sum(
            result.difference("as it is", name, f"time.{part}_minutes").mean
            for part in OTHER_WORK
        )
        assert row.freed_hours == pytest.approx(freed, abs=1e-6)
        assert row.took_hours - row.other_work == pytest.approx(freed, abs=1e-6)


def test_groups_and_totals_are_runs_of_their_own(told):
    assert {g.label: set(g.duties) for g in told.groups} == {
        "state": {"quality_indicators"},
        "municipality": {"visit_registration"},
        "unit": {"car_log"},
    }
    (every,) = told.totals
    assert set(every.duties) == {"visit_registration", "quality_indicators", "car_log"}
    assert every.paper_hours == pytest.approx(sum(r.paper_hours for r in told.rows))
    assert every.overtime != pytest.approx(sum(r.overtime for r in told.rows), rel=1e-6)


def test_what_law_imposes_is_told_apart():
    rows = [*ROWS, {"duty": "Journal", "minutes": 4}]
    told = tb.duties(rows, **SMALL)
    free, every = told.totals
    assert free.label == "all that no law imposes"
    assert "journal" not in free.duties
    assert "journal" in every.duties
    assert set(every.duties) - set(free.duties) == {"journal"}


def test_without_a_list_the_obligations_of_the_scenario_are_told(npm):
    told = tb.duties(scenario=npm, replications=1, weeks=1, warmup=0)
    there = {n for n in obligations(npm) if npm[f"obligations.{n}.probability"]}
    assert {r.duties[0] for r in told.rows} == there
    with pytest.raises(tb.ScenarioError, match="no obligations"):
        tb.duties(scenario="textbook/mmc")


def test_duties_that_are_no_writing_have_hours_and_no_paper_cost(npm):
    rows = [
        {"duty": "Tidy up", "per": "shift", "minutes": 9, "books": "administration"},
        {"duty": "Car log", "per": "shift", "minutes": 2, "books": "records"},
        {"duty": "Own project", "per": "shift", "minutes": 5, "books": "development"},
    ]
    told = tb.duties(rows, npm, **SMALL)
    tidy, log, project = (by_name(told)[n] for n in ("tidy_up", "car_log", "own_project"))
    assert tidy.paper_hours == pytest.approx(4.5 * log.paper_hours)
    assert tidy.paper_cost == project.paper_cost == 0 < log.paper_cost
    for row in (tidy, log, project):
        assert row.took_hours == pytest.approx(row.paper_hours, rel=0.2)
        assert abs(row.other_work) < 0.15 * row.took_hours
    assert any("No writing: Tidy up, Own project" in note for note in told.notes)
    assert "no writing: administration" in describe(told.scenario, "tidy_up")
    table = tb.run(told.scenario, replications=1, weeks=1, warmup=0).duties()
    assert [r.name for r in table.others] == ["tidy_up", "own_project"]
    assert table.total.hours == pytest.approx(sum(r.hours for r in table.rows))
    assert "tidy up (administration, no writing)" in str(table)


def test_a_duty_per_person_is_met_for_each_person_of_each_client(npm):
    unit = npm.replace({"clients.home.people": 3})
    rows = [{"duty": "Form", "per": "person", "frequency": "12", "minutes": 2}]
    told = tb.duties(rows, unit, replace=True, **SMALL)
    assert told.rows[0].times == 250 * 3 * 12
    assert told.rows[0].paper_hours == 250 * 3 * 12 * 2 / 60


def test_without_a_list_only_what_is_written_is_taken_away(npm):
    unit = npm.replace({"obligations.shift_report.books": "indirect"})
    told = tb.duties(scenario=unit, replications=1, weeks=1, warmup=0)
    assert "shift_report" not in {r.duties[0] for r in told.rows}
    assert any("shift_report" in note for note in told.notes)
    other = {f"obligations.{n}.books": "dialogue" for n in obligations(npm)}
    with pytest.raises(
        tb.ScenarioError, match="no obligation of the scenario is writing"
    ):
        tb.duties(scenario=npm.replace(other))


# Told ----------------------------------------------------------------------------------


def test_tables_fit_a_terminal_of_80_columns(told):
    from rich.console import Console

    for width in (80, 120):
        console = Console(width=width, highlight=False, record=True, file=StringIO())
        console.print(told)
        lines = console.export_text().splitlines()
        assert max(map(len, lines)) <= width
        text = " ".join(" ".join(lines).split())
        assert "On paper 3 duties cost" in text
        assert "need not add up" in text
        numbers = [line.split()[2:4] for line in lines if line.startswith("  Car log")]
        assert numbers[0][0] == "293"


def test_duties_that_stay_beside_the_list_are_told(told, npm):
    kept = set(obligations(npm)) - {"visit_registration", "weekly_plan"}
    assert npm["obligations.weekly_plan.probability"] == 0
    assert set(told.kept) == kept
    assert told.to_dict()["kept"] == told.kept
    said = (
        f"{len(kept)} duties of the preset were kept beside the 3 of the list; if the "
        "list is complete, use --replace"
    )
    assert said in " ".join(str(told).split())
    assert said in told._repr_html_()
    plan = {"replications": 1, "weeks": 1, "warmup": 0}
    for alone in (tb.duties(ROWS, replace=True, **plan), tb.duties(**plan)):
        assert alone.kept == []
        assert "--replace" not in str(alone)
    rare = npm.replace({f"obligations.{n}.probability": 0 for n in kept})
    assert tb.duties(ROWS, rare, **plan).kept == []


def test_data_frames_csv_and_json_hold_the_same(told, tmp_path):
    told.to_csv(tmp_path / "out.csv")
    with open(tmp_path / "out.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert len(rows) == len(told.rows) + len(told.groups) + len(told.totals)
    assert float(rows[0]["paper_hours"]) == told.rows[0].paper_hours
    assert float(rows[0]["direct_low"]) == told.rows[0].direct.low
    assert rows[0]["currency"] == "NOK (2024)"
    pandas = pytest.importorskip("pandas")
    assert list(told.to_pandas().columns) == list(rows[0])
    assert isinstance(told.to_pandas(), pandas.DataFrame)
    pytest.importorskip("polars")
    assert told.to_polars().columns == list(rows[0])
    data = json.loads(told.to_json())
    assert data["duties"][0]["direct"]["mean"] == told.rows[0].direct.mean
    assert "<table>" in told._repr_html_()


def test_why_little_or_much_comes_back_is_told(told):
    gaps = [
        told.result.estimate("as it is", f"time.{what}_share").mean
        for what in ("idle", "development")
    ]
    assert told.limits.gaps == pytest.approx(sum(gaps))
    assert told.limits.granted
    assert f"{100 * sum(gaps):.0f} % of time on duty is gaps" in str(told)
    assert "the grant decides what a visit takes" in " ".join(str(told).split())
    free = tb.preset("home_care/npm").replace({"regime.grants.granularity": "none"})
    other = tb.duties(ROWS[:1], free, replications=2, weeks=1, warmup=0)
    assert not other.limits.granted
    assert free["visits.pressure_shortening"] > 0
    assert other.limits.cut
    assert "until time presses, which cuts them short" in " ".join(str(other).split())
    assert other.to_dict()["limits"]["missed"] == other.limits.missed
    whole = free.replace({"visits.pressure_shortening": 0})
    other = tb.duties(ROWS[:1], whole, replications=2, weeks=1, warmup=0)
    assert not other.limits.cut
    assert "visits take what they need." in " ".join(str(other).split())


# Command line --------------------------------------------------------------------------


def command(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "tidsbruk", "duties", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,
    )


FAST = ("--replications", 2, "--weeks", 1, "--warmup", 0)


def test_the_example_list_is_told(tmp_path):
    done = command(EXAMPLE, *FAST, "--csv", tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr
    assert "How the list was read" in done.stdout
    assert "all of them" in done.stdout
    assert (tmp_path / "out.csv").exists()
    done = command(EXAMPLE, *FAST, "--json", "--replace", "--preset", "home_care/trust")
    data = json.loads(done.stdout)
    assert {d["how"] for d in data["read_as"]} == {"changed", "added", "left out"}
    assert len(data["duties"]) == sum(d["row"] is not None for d in data["read_as"])


def test_faults_go_to_stderr(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("duty,per,minutes\nA,visit,x\nB,viset,1\n")
    done = command(path, *FAST)
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "tidsbruk: row 2, column minutes: 'x' is no number",
        "tidsbruk: row 3, column per: 'viset' is not known; did you mean 'visit'?",
    ]
    done = command(tmp_path / "none.csv", *FAST)
    assert done.returncode == 1
    assert "none.csv" in done.stderr


def test_what_a_duty_takes_of_citizens():
    """Hours of their own, in a column of its own, which go with the duty."""
    rows = [{"duty": "Application", "per": "unit", "frequency": "daily", "minutes": 15}]
    unit = tb.preset("textbook/slack")
    assert "citizens'" not in str(tb.duties(rows, unit, replications=2, weeks=1))
    name = next(iter(unit.to_dict()["obligations"]))
    asks = unit.replace({f"obligations.{name}.citizen_minutes": 30})
    told = tb.duties(None, asks, replications=2, weeks=1)
    own = {r.duties[0]: r.citizen_hours for r in told.rows}
    assert own.pop(name) < 0
    assert set(own.values()) == {0}
    assert "citizens'" in str(told)
    table = tb.run({"unit": asks}, replications=2, weeks=1).duties("unit")
    assert table.total.citizen_hours > 0
    assert "citizens'" in str(table)
