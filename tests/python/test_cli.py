"""The command line."""

import json
import os
import re
import subprocess
import sys
import time

import pytest

SMALL = ("--replications", "4", "--weeks", "2", "--warmup", "0", "--seed", "3")


@pytest.fixture
def command(tmp_path):
    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-m", "tidsbruk", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=tmp_path,
            env={**os.environ, **environment},
        )

    return run


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(
        'extends = "home_care/npm"\n[regime.teams]\npoling = 1\npooling = 7\n'
    )
    return path


def test_compare_prints_the_same_bytes_for_any_threads(command):
    outs = set()
    for threads in ("1", "2", "3", "7"):
        pair = ("home_care/npm", "home_care/trust")
        done = command("compare", *pair, *SMALL, "--json", "--threads", threads)
        assert (done.returncode, done.stderr) == (0, "")
        outs.add(done.stdout)
    data = json.loads(outs.pop())
    assert not outs
    assert (data["baseline"], data["alternative"]) == ("home_care/npm", "home_care/trust")
    assert (data["replications"], data["weeks"], data["seed"]) == (4, 2, 3)
    assert data["settings_that_differ"]


def test_compare_prints_tables(command):
    done = command("compare", "home_care/npm", "home_care/trust", *SMALL)
    assert done.returncode == 0
    assert "time.direct_share" in done.stdout
    assert "Settings that differ" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_names_of_the_sides(command):
    pair = ("compare", "home_care/npm", "home_care/npm", *SMALL, "--json")
    change = ("--set", "Fewer:obligations.journal.probability=0.1")
    done = command(*pair, "--names", "As it is, Fewer", *change)
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    assert (data["baseline"], data["alternative"]) == ("As it is", "Fewer")
    assert [s["path"] for s in data["settings_that_differ"]] == [
        "obligations.journal.probability"
    ]
    for names in ("One", "One,One", "One,,Two", "One,"):
        done = command(*pair, "--names", names)
        assert done.returncode == 2
        assert f"--names {names}: it takes 2 different names" in done.stderr
    done = command("run", "home_care/npm", *SMALL, "--json", "--names", "Mine")
    assert list(json.loads(done.stdout)["scenarios"]) == ["Mine"]


def test_what_matters_fits_a_terminal_of_80_columns(command):
    pair = ("compare", "home_care/npm", "home_care/trust", *SMALL)
    for more in ((), ("--all",)):
        done = command(*pair, *more, FORCE_COLOR="1", NO_COLOR="1", COLUMNS="80")
        text = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
        assert done.returncode == 0
        assert "\u2026" not in text
        assert max(map(len, text.splitlines())) <= 80
        for name in ("citizen.carers_14d_daily", "control.undetected_harm"):
            assert re.search(rf"^{re.escape(name)} ", text, re.MULTILINE)
        setting = r"^obligations\.visit_registration\.probability "
        assert re.search(setting, text, re.MULTILINE)
        assert ("time.obligation.visit_registration " in text) == bool(more)
        assert "by chance" in text
        assert "assumptions can move more" in " ".join(text.split())


def test_colours_are_for_those_who_want_them(command):
    pair = ("compare", "home_care/npm", "home_care/trust", *SMALL)
    assert "\x1b[" in command(*pair, FORCE_COLOR="1", TERM="xterm-256color").stdout
    plain = command(*pair, FORCE_COLOR="1", NO_COLOR="1", TERM="xterm-256color").stdout
    assert not re.search(r"\x1b\[(3[0-7]|9[0-7]|38)", plain)


def test_one_setting_of_one_side(command):
    done = command(
        "compare",
        "home_care/npm",
        "home_care/npm",
        *SMALL,
        "--set",
        "duty.handover_minutes=3",
        "--set-alternative",
        "regime.teams.meeting_minutes=44",
        "--json",
    )
    data = json.loads(done.stdout)
    assert [c["path"] for c in data["settings_that_differ"]] == [
        "regime.teams.meeting_minutes"
    ]
    assert data["settings_that_differ"][0]["alternative"] == 44
    assert data["alternative"] == "home_care/npm (2)"


def test_an_item_of_one_side_removed(command):
    done = command(
        "compare",
        "home_care/npm",
        "home_care/npm",
        *SMALL,
        "--remove-alternative",
        "obligations.visit_registration",
        "--json",
    )
    paths = {
        c["path"].rsplit(".", 1)[0]
        for c in json.loads(done.stdout)["settings_that_differ"]
    }
    assert {p.split(".minutes")[0] for p in paths} == {"obligations.visit_registration"}


def test_assumptions(command):
    pair = ("home_care/npm", "home_care/trust")
    plan = ("--replications", "2", "--weeks", "1", "--warmup", "0", "--assumptions")
    done = command("compare", *pair, *plan, "--assumption-replications", "1", "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    for row in data["outcomes"]:
        assert row["assumption_low"] <= row["difference"] <= row["assumption_high"]
    assert data["assumptions"]


def test_run(command):
    done = command("run", "home_care/npm", *SMALL, "--json", "--weekly")
    data = json.loads(done.stdout)
    assert data["scenarios"] == ["home_care/npm"]
    assert len(data["outcomes"][0]["estimates"][0]["weekly"]) == 2
    table = command("run", "home_care/npm", "home_care/trust", *SMALL)
    assert "time.direct_share" in table.stdout


def test_presets(command):
    listed = json.loads(command("presets", "--json").stdout)
    assert {"home_care/npm", "home_care/trust"} <= {p["name"] for p in listed}
    assert "home_care/npm" in command("presets").stdout
    values = json.loads(command("presets", "home_care/npm", "--json").stdout)
    assert "regime" in values
    assert "evidence" in command("presets", "home_care/npm").stdout


def test_validate(command, bad):
    done = command("validate", "home_care/npm")
    assert done.returncode == 0
    said, *advice = done.stdout.splitlines()
    assert said == "home_care/npm: fine"
    assert len(advice) > 2
    assert all(line.startswith("  advice: ") for line in advice)
    (listed,) = json.loads(command("validate", "home_care/npm", "--json").stdout)
    assert {"path", "message"} == set(listed["advice"][0])
    assert not listed["faults"]
    done = command("validate", "home_care/npm", str(bad))
    assert done.returncode == 3
    assert f"{bad}:3: " in done.stdout
    assert f"{bad}:4: " in done.stdout
    data = json.loads(command("validate", str(bad), "--json").stdout)
    assert [f["path"] for f in data[0]["faults"]] == [
        "regime.teams.poling",
        "regime.teams.pooling",
    ]


def test_advice_is_told_once_unless_it_is_not_wanted(command):
    alone = ("home_care/npm", *SMALL, "--set", "regime.teams.pooling=0.3")
    done = command("run", *alone)
    (line,) = done.stderr.splitlines()
    assert line.startswith("tidsbruk: advice: home_care/npm: regime.teams.pooling: ")
    assert "pooling" not in done.stdout
    assert command("run", *alone, "--no-advice").stderr == ""
    pair = ("home_care/npm", "home_care/npm", *SMALL)
    one = ("--set-alternative", "regime.dialogue.clash_minutes=9")
    done = command("compare", *pair, *one)
    (line,) = done.stderr.splitlines()
    assert "clash_minutes: they differ in it, and it has no effect" in line
    done = command("duties", "--replications", "2", *SMALL[2:], *alone[-2:])
    assert done.stderr.count("advice: ") == 1


def test_what_a_preset_says_by_itself_is_no_advice_on_what_extends_it(command, tmp_path):
    (tmp_path / "ours.toml").write_text('extends = "home_care/npm"\n')
    file = tmp_path / "mine.toml"
    file.write_text('extends = "ours.toml"\n[regime.teams]\npooling = 0.3\n')
    (line,) = command("run", str(file), *SMALL).stderr.splitlines()
    assert "regime.teams.pooling" in line
    pair = command("compare", "home_care/npm", str(file), *SMALL)
    assert len(pair.stderr.splitlines()) == 1
    plan = ("--replications", "2", *SMALL[2:])
    duties = command("duties", *plan, "--preset", str(file))
    assert duties.stderr.count("advice: ") == 1
    assert command("run", str(tmp_path / "ours.toml"), *SMALL).stderr == ""
    said = command("validate", str(file)).stdout
    own, _, of_preset = said.partition("  and of the preset that it extends, by itself:")
    assert own.count("advice: ") == 1
    assert "regime.teams.pooling" in own
    assert of_preset.count("advice: ") > 2


def test_headlines_of_ones_own(command):
    pair = ("compare", "home_care/npm", "home_care/trust", *SMALL)
    own = ("--outcomes", "time.records_share, citizen.late_share")
    done = command(*pair, *own)
    assert "joint over the two headlines" in " ".join(done.stdout.split())
    data = json.loads(command(*pair, *own, "--json").stdout)
    assert data["headlines"] == ["time.records_share", "citizen.late_share"]
    joint = [o["name"] for o in data["outcomes"] if o["interval"] == "joint"]
    assert joint == data["headlines"]
    assert data["measures"] == []
    done = command(*pair, "--outcomes", "time.record_share")
    assert done.returncode == 1
    assert "time.records_share" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["run", "home_care/nmp"], 3, "home_care/npm"),
        (
            ["run", "home_care/npm", "--set", "regime.tems.pooling=1"],
            3,
            "regime.teams.pooling",
        ),
        (["run", "home_care/npm", "--set", "regime.teams.pooling"], 2, "PATH=VALUE"),
        (["run", "home_care/npm", "--replications", "0"], 1, "replications"),
        (["run", "home_care/npm", "--threads", "-1"], 1, "threads"),
        (["run", "home_care/npm", "--seed", "1e9"], 2, "--seed"),
        (["run", "none.toml"], 1, 'there is no file "none.toml"'),
        (["run", "."], 3, "files end in .toml, .json or .txt"),
        (["run", "home_care"], 3, "? Files end in .toml, .json or .txt"),
        (
            [
                *("compare", "home_care/npm", "home_care/npm"),
                *("--set-alternative", "horizon.weeks=3"),
            ],
            1,
            "say --weeks",
        ),
        (["run"], 2, "scenario"),
        (["walk"], 2, "walk"),
        (["comapre"], 2, "did you mean 'compare'?"),
        (["run", "home_car/npm"], 3, 'did you mean "home_care/npm"? Files end in .toml'),
        (["run", "Home_care/Trust"], 3, 'did you mean "home_care/trust"?'),
        (["run", "home_care/npm", "--estimand", "swich"], 2, "did you mean 'switch'?"),
        (
            ["run", "home_care/npm", "--precision", "direct=0.1"],
            1,
            "precision: 'direct' is no outcome; did you mean 'time.direct_share'?",
        ),
        (
            ["compare", "home_care/npm", "home_care/trust", "--outcomes", "unmet"],
            1,
            "'unmet' is no outcome; did you mean 'citizen.unmet_share'?",
        ),
        (["compare", "home_care/npm"], 2, "alternative"),
    ],
)
def test_exit_status(command, arguments, status, message):
    done = command(*arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_invalid_files(command, bad):
    done = command("run", str(bad))
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 2


def test_version_and_help(command):
    assert command("--version").stdout.startswith("tidsbruk 0.")
    assert "compare" in command("--help").stdout
    assert command().returncode == 0


def test_a_closed_pipe_is_no_drama():
    done = subprocess.run(
        f"{sys.executable} -m tidsbruk presets home_care/npm --json | head -c 1",
        shell=True,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""


def test_completion(command):
    pytest.importorskip("shtab")
    done = command("--print-completion", "bash")
    assert done.returncode == 0
    assert "compare" in done.stdout


def best_ms(*arguments, times=7):
    took = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
        took.append(1000 * (time.perf_counter() - start))
    return min(took)


@pytest.mark.long
def test_it_starts_quickly():
    bare = best_ms("-c", "pass")
    assert best_ms("-c", "import tidsbruk") - bare < 60
    assert best_ms("-m", "tidsbruk", "--help") - bare < 150


def test_importing_is_lazy(python):
    script = (
        "import sys, tidsbruk.cli; print({'numpy', 'rich', 'altair'} & set(sys.modules))"
    )
    assert python(script).stdout.strip() == "set()"


def test_help_of_each_command_says_what_for_and_shows_one():
    from tidsbruk.cli import parser

    (commands,) = (a.choices for a in parser()._actions if isinstance(a.choices, dict))
    for name, command in commands.items():
        text = command.format_help()
        assert command.description, name
        if name != "schema":
            example = text.split("example:\n  tidsbruk ")[1].split()
            assert example[0] == name
            parser().parse_args(example)
