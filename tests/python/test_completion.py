"""The completion script, driven in bash as a shell drives it."""

import os
import shutil
import subprocess
import sys

import pytest

pytest.importorskip("shtab")
BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None, reason="no bash here")

DRIVER = r"""
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_LINE="$*"
COMP_POINT=${#COMP_LINE}
compopt() { :; }  # only in a completion does bash have one
function=$(complete -p tidsbruk | sed 's/.*-F \([^ ]*\) .*/\1/')
"$function" tidsbruk "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    made = subprocess.run(
        [sys.executable, "-m", "tidsbruk", "--print-completion", "bash"],
        capture_output=True,
        text=True,
        check=True,
    )
    file = tmp_path_factory.mktemp("completion") / "tidsbruk.bash"
    file.write_text(made.stdout)
    return file


@pytest.fixture
def offered(script, tmp_path):
    """What is offered behind some words, the last of which is being typed."""
    (tmp_path / "mine.toml").touch()
    (tmp_path / "mine.csv").touch()
    (tmp_path / "folder").mkdir()

    def complete(*words):
        done = subprocess.run(
            [BASH, "-c", DRIVER, "driver", script, "tidsbruk", *words],
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
            env={**os.environ, "LC_ALL": "C"},
        )
        assert done.stderr == ""
        return set(done.stdout.split())

    return complete


@needs_bash
def test_commands_are_offered(offered):
    assert offered("") >= {"run", "compare", "duties", "presets", "validate", "report"}
    assert offered("co") == {"compare"}
    assert offered("xyz") == set()


@needs_bash
def test_options_of_a_command_are_offered(offered):
    assert offered("compare", "--rep") == {"--replications"}
    assert "--csv" in offered("duties", "--")
    assert "--csv" not in offered("compare", "--")


@needs_bash
def test_choices_of_an_option_are_offered(offered):
    assert offered("run", "textbook/mmc", "--estimand", "") >= {"standing", "switch"}
    assert offered("run", "textbook/mmc", "--estimand", "sw") == {"switch"}


@needs_bash
@pytest.mark.parametrize("command", ["run", "compare", "validate", "presets", "report"])
def test_presets_and_files_are_offered_where_a_scenario_is_wanted(offered, command):
    assert offered(command, "home_care/t") == {"home_care/trust"}
    assert offered(command, "mi") == {"mine.toml"}
    assert offered(command, "") >= {"textbook/mmc", "mine.toml", "folder"}


@needs_bash
def test_the_second_scenario_is_completed_too(offered):
    assert offered("compare", "home_care/npm", "home_care/t") == {"home_care/trust"}
    assert offered("duties", "--preset", "textbook/m") == {"textbook/mmc"}


@needs_bash
def test_files_are_offered_where_a_file_is_wanted(offered):
    assert offered("duties", "mi") >= {"mine.csv"}
    assert offered("report", "a", "b", "-o", "mi") >= {"mine.csv", "mine.toml"}


@pytest.mark.parametrize("shell", ["zsh", "tcsh"])
def test_scripts_for_other_shells_know_the_presets(shell):
    made = subprocess.run(
        [sys.executable, "-m", "tidsbruk", "--print-completion", shell],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "home_care/trust" in made.stdout
    interpreter = shutil.which(shell)
    if interpreter and shell == "zsh":
        subprocess.run([interpreter, "-n"], input=made.stdout, text=True, check=True)
