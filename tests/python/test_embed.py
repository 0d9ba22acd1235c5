"""lib/presets/embed.py: what it makes of presets, and what it refuses."""

import math
import subprocess
import sys
from pathlib import Path

import pytest

PRESETS = Path(__file__).parents[2] / "lib" / "presets"
EVIDENCE = """id,grade,note
E1,read,"a, b"
E2,derived,
E3,unverified,
"""


@pytest.fixture
def embed(monkeypatch):
    """The script as a module."""
    monkeypatch.syspath_prepend(str(PRESETS))
    import embed

    return embed


@pytest.fixture
def load(embed, tmp_path):
    """Writes files, then loads the one called main."""

    def load(main, **others):
        (tmp_path / "evidence.csv").write_text(EVIDENCE)
        for name, text in {"main": main, **others}.items():
            (tmp_path / f"{name}.toml").write_text(text)
        return embed.load(tmp_path, "main", embed.read_evidence(tmp_path))[1]

    return load


def test_values_of_each_type(load):
    values = load("""
        source = { grade = "assumed", note = "all of it" }
        [a]
        real = 1.5
        count = 3
        flag = true
        word = "x"
        tiny = 1e-9
    """)
    texts = {path: entry.text for path, entry in values.items()}
    assert texts == {
        "a.real": "1.5",
        "a.count": "3",
        "a.flag": "true",
        "a.word": "x",
        "a.tiny": "1e-09",
    }
    assert {entry.grade for entry in values.values()} == {"assumed"}
    assert all(math.isnan(entry.low) for entry in values.values())


def test_value_with_its_source(load):
    values = load("""
        [a]
        b = { value = 2, grade = "measured", evidence = "E1", low = 1, high = 3}
    """)
    assert values["a.b"] == ("2", "E1", "measured", 1.0, 3.0)


def test_law_with_its_source(load):
    values = load("""
        [a.m]
        kind = "lognormal"
        median = 4
        cv = 0.5
        source = { grade = "estimated", evidence = "E1 E2", low = 2, high = 6 }
        [a.u]
        kind = "uniform"
        low = 1
        high = 2
        source = { grade = "assumed" }
    """)
    assert values["a.m"] == (
        "lognormal(median=4, cv=0.5)",
        "E1 E2",
        "estimated",
        2.0,
        6.0,
    )
    assert values["a.u"].text == "uniform(low=1, high=2)"
    assert math.isnan(values["a.u"].low)


def test_kind_of_travel_is_no_law(load):
    values = load("""
        [travel]
        source = { grade = "assumed" }
        kind = "law"
        leg = { kind = "constant", mean = 5 }
    """)
    assert values["travel.kind"].text == "law"
    assert values["travel.leg"].text == "constant(mean=5)"


def test_a_parameter_of_a_law_has_its_own_range(load):
    values = load("""
        [a.m]
        kind = "lognormal"
        mean = 4
        cv = { value = 0.5, low = 0.3, high = 0.8 }
        source = { grade = "measured", evidence = "E1", low = 2, high = 6 }
    """)
    assert values["a.m"] == ("lognormal(mean=4, cv=0.5)", "E1", "measured", 2.0, 6.0)
    assert values["a.m.cv"] == ("0.5", "E1", "measured", 0.3, 0.8)


def test_a_field_may_be_called_value(load):
    values = load("""
        [obligations.journal]
        source = { grade = "assumed" }
        value = { value = 0.2, low = 0.1, high = 0.3 }
        trigger = "visit"
    """)
    assert values["obligations.journal.value"].high == 0.3
    assert values["obligations.journal.trigger"].text == "visit"


def test_the_nearest_source_counts(load):
    values = load("""
        source = { grade = "assumed" }
        [a]
        source = { grade = "measured", evidence = "E1" }
        b = 1
        c = { value = 1, low = 0, high = 2 }
        d = { value = 1, grade = "assumed" }
        [e]
        f = 1
    """)
    assert values["a.b"].evidence == "E1"
    assert values["a.c"] == ("1", "E1", "measured", 0.0, 2.0)
    assert values["a.d"] == pytest.approx(
        ("1", "", "assumed", math.nan, math.nan), nan_ok=True
    )
    assert values["e.f"].grade == "assumed"


BASE = """
    source = { grade = "assumed" }
    [a]
    x = 1
    m = { kind = "lognormal", mean = 4, cv = 0.5 }
    [list.one]
    y = 1
    [list.one_more]
    y = 2
"""


def test_extends_replaces_values_and_whole_laws(load):
    values = load(
        """
        extends = "base"
        source = { grade = "measured", evidence = "E1" }
        [a]
        x = 2
        m = 5
        """,
        base=BASE,
    )
    assert values["a.x"].text == "2"
    assert values["a.x"].grade == "measured"
    assert values["a.m"].text == "5"
    assert values["list.one.y"].grade == "assumed"


def test_a_law_replaces_what_was_said_of_its_parts(load):
    values = load(
        """
        extends = "middle"
        [a]
        m = { kind = "exponential", mean = 3, source = { grade = "assumed" } }
        """,
        middle="""
        extends = "base"
        [a.m]
        cv = { value = 0.7, grade = "assumed" }
        """,
        base=BASE,
    )
    assert values["a.m"].text == "exponential(mean=3)"
    assert "a.m.cv" not in values


def test_remove_takes_a_path_and_all_below(load):
    values = load('extends = "base"\nremove = ["list.one"]\n', base=BASE)
    assert "list.one.y" not in values
    assert "list.one_more.y" in values


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a]\nb = 1", "grade is ''"),
        ("[a]\nb = { value = 1 }", "grade is ''"),
        ('[a]\nb = { value = 1, grade = "guessed" }', "grade is 'guessed'"),
        ('[a]\nb = { value = 1, grade = "measured" }', "cites no evidence"),
        ('[a]\nb = { value = 1, grade = "estimated" }', "cites no evidence"),
        ('[a]\nb = { value = 1, grade = "assumed", evidence = "E9" }', "E9 is not in"),
        ('[a]\nb = { value = 1, grade = "measured", evidence = "E2" }', "graded derived"),
        (
            '[a]\nb = { value = 1, grade = "measured", evidence = "E1 E3" }',
            "graded unverified",
        ),
        (
            '[a]\nb = { value = 1, grade = "estimated", evidence = "E3" }',
            "graded unverified",
        ),
        ('[a]\nb = { value = 1, grade = "assumed", low = 0 }', "two numbers"),
        (
            '[a]\nb = { value = 1, grade = "assumed", low = 2, high = 3 }',
            "does not lie between",
        ),
        (
            '[a]\nb = { value = "x", grade = "assumed", low = 0, high = 3 }',
            "have a range",
        ),
        ('[a]\nb = { value = 1, grade = "assumed", lwo = 0 }', "unknown lwo"),
        ('[a]\nb = { value = nan, grade = "assumed" }', "not a finite number"),
        ('[a]\nb = { value = ["x"], grade = "assumed" }', "'x' is not a number"),
        ('[a]\nm = { kind = "gamma", mean = 1, cv = 1 }', "grade is ''"),
        (
            '[a]\nm = { kind = "gamma", men = 1, source = { grade = "assumed" } }',
            "no men",
        ),
        (
            '[a]\nm = { kind = "gamma", mean = "1", source = { grade = "assumed" } }',
            "a.m.mean",
        ),
        (
            '[a]\nm = { kind = "uniform", low = 1, high = 2, '
            'source = { grade = "assumed", low = 1, high = 2 } }',
            "have a range",
        ),
        ('[a]\nsource = { grade = "assumed", low = 1, high = 2 }\nb = 1', "has no range"),
        ("[a]\n", "the table is empty"),
        ('extends = "main"', "extends itself"),
        ('extends = "nothing"', "No such file"),
        ('extends = "base"\nremove = ["list.on"]', "there is no list.on"),
    ],
)
def test_refusals(load, text, words):
    with pytest.raises((ValueError, OSError), match=words):
        load(text, base=BASE)


def run(root, output, *files):
    command = [
        sys.executable,
        PRESETS / "embed.py",
        "--root",
        root,
        "--output",
        output,
        *files,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_names_the_file_and_fails(tmp_path):
    (tmp_path / "evidence.csv").write_text(EVIDENCE)
    (tmp_path / "bad.toml").write_text('title = "x"\n[a]\nb = 1\n')
    done = run(tmp_path, tmp_path / "out.c", tmp_path / "bad.toml")
    assert done.returncode == 1
    assert "bad.toml: a.b: its grade is ''" in done.stderr
    assert not (tmp_path / "out.c").exists()


def test_the_c_file_is_sorted_and_quoted(tmp_path):
    (tmp_path / "evidence.csv").write_text(EVIDENCE)
    (tmp_path / "base.toml").write_text(BASE)  # without a title: not itself a preset
    (tmp_path / "b.toml").write_text('title = "B"\nextends = "base"\n')
    (tmp_path / "a.toml").write_text(
        'title = "Å \\"A\\"??"\n[z]\nt = { value = "\\\\", grade = "assumed" }\n'
    )
    files = [tmp_path / f"{name}.toml" for name in ("base", "b", "a")]
    done = run(tmp_path, tmp_path / "out.c", *files)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out.c").read_text()
    assert text.index('{"a", ') < text.index('{"b", ') < text.index("{NULL, NULL")
    assert '"base"' not in text
    assert r'"\303\205 \042A\042\077\077"' in text
    assert r'{"z.t", "\134", "", TB_ASSUMED, NAN, NAN}' in text
    assert text.index('"a.m"') < text.index('"a.x"') < text.index('"list.one.y"')


def test_shipped_presets_pass(tmp_path):
    files = sorted(PRESETS.glob("*/*.toml"))
    done = run(PRESETS, tmp_path / "out.c", *files)
    assert files
    assert done.returncode == 0, done.stderr


def test_shipped_presets_are_listed():
    listed = (PRESETS / "meson.build").read_text()
    for file in PRESETS.glob("*/*.toml"):
        assert f"'{file.relative_to(PRESETS).as_posix()}'" in listed
