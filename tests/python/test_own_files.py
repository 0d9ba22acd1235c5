"""What an analyst sees of files that are wrong, and of files that only look so."""

import pytest
import tidsbruk as tb
from tidsbruk.own.days import Shift, Window
from tidsbruk.own.settings import served
from tidsbruk.report.settings import doc_of

HEAD = "Borger;Medarbejder;Planlagt start;Planlagt slut;Start;Slut;Besøgsstatus"
FINE = "A;W;02-03-2026 08:00;02-03-2026 08:20;02-03-2026 08:01;02-03-2026 08:19;Udført"
BACK = FINE.replace("02-03-2026 08:19", "02-03-2026 07:19")


@pytest.fixture
def written(tmp_path):
    def write(name, *lines):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path / name

    return write


def faults(*args, **more):
    with pytest.raises(tb.ScenarioError) as e:
        tb.load_visits(*args, **more)
    return str(e.value).splitlines()


def test_rows_are_those_of_the_spreadsheet(written):
    end = "column Slut: it ends before it starts"
    blank = written("blank.csv", HEAD, FINE, "", ";;;;;;", BACK, FINE)
    assert faults(blank) == [f"{blank}: row 5, {end}"]
    excel = written("excel.csv", "sep=;", HEAD, BACK)
    assert faults(excel) == [f"{excel}: row 3, {end}"]
    noted = written("note.csv", HEAD + ";Note", FINE + ';"two\nlines"', BACK + ";")
    assert faults(noted) == [f"{noted}: row 3, {end}"]


def test_a_separator_behind_each_row_moves_no_column(written):
    plain = tb.load_visits(written("plain.csv", HEAD, FINE, FINE.replace("A;", "B;")))
    told = tb.load_visits(written("tail.csv", HEAD, FINE + ";", FINE.replace("A;", "B;")))
    assert repr(told.changes()) == repr(plain.changes())
    longer = written("long.csv", HEAD, FINE, FINE + ";more", BACK)
    assert faults(longer) == [
        f"{longer}: row 3: it has 8 cells, and the header has 7",
        f"{longer}: row 4, column Slut: it ends before it starts",
    ]


def test_files_that_follow_each_other_are_one_table(written):
    april = FINE.replace("02-03", "09-04")
    one = written("one.csv", HEAD, FINE, april)
    march = written("march.csv", HEAD, FINE)
    # columns by their headings, wherever they stand
    other = ";".join([HEAD.split(";")[-1], *HEAD.split(";")[:-1]])
    cells = april.split(";")
    rest = written("april.csv", other, ";".join([cells[-1], *cells[:-1]]))
    both = tb.load_visits([march, rest])
    assert repr(both.changes()) == repr(tb.load_visits(one).changes())
    assert both.source == f"{march}, {rest}"
    wrong = written("wrong.csv", HEAD, BACK, FINE, BACK)
    assert (
        faults([march, wrong, wrong])
        == [
            f"{wrong}: rows 2, 4, column Slut: it ends before it starts",
        ]
        * 2
    )


def test_one_fault_of_many_rows_is_one_line(written):
    rows = [FINE.replace("Udført", "Udfort!")] * 30
    file = written("many.csv", HEAD, FINE, *rows, BACK)
    first, last = faults(file)
    assert first.startswith(
        f"{file}: rows 3, 4, 5, 6, 7, 8, 9, 10 and 22 more, column Besøgsstatus: 'Udfort"
    )
    assert last.startswith(f"{file}: row 33, column Slut")
    several = [FINE.replace("W;02-03", f"W;{d}-13") for d in range(10, 50)]
    told = faults(written("some.csv", HEAD, *several))
    assert len(told) == 21
    assert told[-1].endswith("and 12 more, column Planlagt start: likewise")


def test_faults_come_by_row(written):
    soon = FINE.replace("02-03-2026 08:00", "soon")  # times are read before ends are
    told = faults(written("order.csv", HEAD, BACK, soon, BACK + ";more"))
    assert [int(line.split("row ")[1][0]) for line in told[1:]] == [3, 4]
    assert "rows 2, 4, column Slut: it ends before it starts" in told[0]


def test_headings_that_are_not_understood_are_named(written):
    file = written("head.csv", HEAD.replace("Borger", "Hvem"), FINE)
    assert faults(file) == [
        f"{file}: header: there is no column client (also borger or borger_id or "
        "borger_nr or borgernr ...)",
        f"{file}: header: not understood: 'Hvem'",
    ]
    bare = written("bare.csv", FINE.replace("A;W", "Kari Nordmann;Ola"), FINE)
    told = faults(bare)
    assert told[-2].endswith("nothing in it is understood; is the first row a header?")
    assert "Kari" not in str(told)
    unit = written("unit.csv", HEAD + ";Visiteret tid (min)", FINE + ";17,5")
    other = ";Visiteret tid (timer);Til (min)"  # hours, and no instant
    hours = written("hours.csv", HEAD + other, FINE + ";1,5;19")
    assert tb.load_visits(unit)["clients.home.visit_minutes.mean"].value == 17.5
    told = tb.load_visits(hours)
    assert told["clients.home.visit_minutes.mean"].value == 20
    assert told.left == ["Visiteret tid (timer)", "Til (min)"]


def test_what_is_no_table_is_said(tmp_path):
    for name, raw, why in (
        ("empty.csv", b"", "it is empty"),
        ("blank.csv", b"\n;;\n", "it is empty"),
        ("head.csv", HEAD.encode(), "it holds no rows"),
        ("book.xlsx", b"PK\x03\x04\x14\x00\x06\x00", "it is a workbook; save"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "it is a workbook; save"),
    ):
        (tmp_path / name).write_bytes(raw)
        (said,) = faults(tmp_path / name)
        assert said.startswith(f"{tmp_path / name}: {why}")


def test_a_roster_is_told_from_its_visits(written):
    visits = written("visits.csv", HEAD, FINE)
    roster = written("roster.csv", "Medarbejder;Start;Slut", "W;2026-03-02 15:00;")
    assert faults(visits, roster=roster) == [
        f"{roster}: row 2, column Slut: it says nothing"
    ]


# What is made of them -----------------------------------------------------------------

DAY = Shift("day", 420, 0, 480, 0, (4, 4, 4), (0, 0, 0), 9)
NIGHT = Shift("night", 1380, 0, 480, 0, (1, 1, 1), (0, 0, 0), 9)
RARE = NIGHT._replace(wanted=(0.2, 0, 0))


def test_windows_are_those_of_the_shift_that_serves_them():
    def seen(opens, closes, *shifts):
        w = served(Window(opens, closes, 1), list(shifts))[0]
        return w.opens, w.closes

    assert seen(480, 600, DAY, NIGHT) == (480, 600)
    assert seen(15, 135, DAY, NIGHT) == (1455, 1575)
    assert seen(1400, 1430, DAY, NIGHT) == (1400, 1430)
    # nobody is on duty then: the nearest time at which somebody is
    assert seen(15, 135, DAY, RARE) == (420, 540)
    assert seen(1000, 1120, DAY, RARE) == (780, 900)


def test_a_unit_with_a_night_watch_can_be_run():
    rows = []
    for day in range(1, 29):
        for hour, who in ((9, "DA"), (11, "DB"), (2, "NA"), (4, "NC")):
            at = f"2024-01-{day:02} {hour:02}:"
            minutes = {"planned_start": 10, "planned_end": 30, "start": 12, "end": 31}
            times = {name: f"{at}{minute}" for name, minute in minutes.items()}
            rows.append({"worker": f"{who[0]}{day % 4}", "client": who[1], **times})
    roster = [
        {"worker": f"{who}{day % 4}", "start": f"2024-01-{day:02} {start}", "end": end}
        for day in range(1, 28)
        for who, start, end in (
            ("D", "07:00", f"2024-01-{day:02} 15:00"),
            ("N", "23:00", f"2024-01-{day + 1:02} 07:00"),
        )
    ]
    made = tb.load_visits(rows, roster=roster).scenario()
    assert made.check() == []
    opens = {made[p] for p in made if p.startswith("windows.") and p.endswith(".opens")}
    assert any(value > 1440 for value in opens)
    result = tb.run(made, replications=1, weeks=1, warmup=0)
    title = made.title
    assert result.estimate(title, "citizen.missed_share").mean < 0.05


def test_parameters_of_a_law_are_told_apart():
    npm = tb.preset("home_care/npm")
    mean, cv = (doc_of(npm, f"clients.home.need_ratio.{p}") for p in ("mean", "cv"))
    assert mean.startswith("Home: a client's need over the grant (mean)")
    assert cv.startswith("Home: a client's need over the grant (spread, as a share of")
