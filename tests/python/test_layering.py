"""Includes point one way, and only the unit writes what it shares."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIB = ROOT / "lib"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
LAYERS = ["kernel", "scenario", "presets", "model", "experiment"]
# Who writes the state that a unit's parts share, and what of it is its own.
MAY_WRITE = {
    "life": "the time; all of it, when life begins",
    "calendar": "days and weeks, strain, competence, audits",
    "next": "what a worker does",
    "gap": "who is idle",
    "probe": "what tests remember",
    "day": "visits of the day",
    "plan": "routes",
    "route": "what is left of a route",
    "open": "visits that nobody has",
    "visit": "where a worker is, need and time of a visit",
    "carers": "who visited whom, acquaintance",
    "arrival": "sources of calls",
    "call": "calls that are served",
    "calls": "places of calls, and their queues",
    "waiting": "the same, opened, and need that waits",
    "assign": "who is woken for a call",
    "flow": "rooms of services; calls that go on",
    "follow": "calls that follow clients",
    "interrupt": "calls that are cut off",
    "patience": "how long calls wait",
    "later": "calls that come again, or go on, some time later",
    "asked": "for how long a role is waited for",
    "cover": "who is there at every moment",
    "record": "records that are written",
    "trigger": "records that a visit or call meets at once",
    "owed": "records that are owed",
    "shift": "shifts, breaks, temps",
    "health": "spells of absence",
    "crew": "who of a crew is there; trips",
    "stay": "who of the clients is there, and that newcomers are strangers",
    "switch": "what changes when a life goes on under another setting",
    "timetable": "who has which visit of a day that has a timetable, who stands in",
    "harm": "errors and misuse, what control hears of them",
}
# Headers that declare what several of these do.
DECLARE = {"state.h", "visits.h", "pool.h", "writing.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def includes(path: Path) -> list[str]:
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def sources(*roots: Path) -> list[Path]:
    found = sorted(p for root in roots for p in root.rglob("*.[ch]"))
    assert found, roots
    return found


@pytest.mark.parametrize("path", sources(LIB), ids=lambda p: str(p.relative_to(LIB)))
def test_includes_point_down(path: Path) -> None:
    own = LAYERS.index(path.relative_to(LIB).parts[0])
    for include in includes(path):
        layer = include.split("/")[0]
        if layer == "tidsbruk":
            continue
        assert layer in LAYERS, f"{path.name} includes {include}, which is in no layer"
        assert LAYERS.index(layer) <= own, (
            f"{path.name} includes {include}, a layer above it"
        )


def test_mechanisms_do_not_know_one_another() -> None:
    folder = LIB / "model" / "mechanisms"
    for path in sources(folder):
        for include in includes(path):
            if include.startswith(("model/mechanisms/", "scenario/regime/")):
                assert Path(include).stem == path.stem, f"{path.name} includes {include}"
            assert include not in ("model/unit.h", "model/state.h", "model/ledger.h"), (
                f"{path.name} includes {include}: it would see more than a view"
            )


def test_only_the_unit_and_its_neighbours_write_shared_state() -> None:
    """Elsewhere in the model, the unit, its workers and its clients are const."""
    writable = re.compile(
        r"(?<!const )\bstruct (?:unit|worker|client|visit|call) \*(?!const)"
    )
    model = LIB / "model"
    writers = {
        path.relative_to(model).with_suffix("").as_posix()
        for path in sources(model)
        if writable.search(path.read_text(encoding="utf-8")) and path.name not in DECLARE
    }
    assert writers == set(MAY_WRITE)


def test_who_else_touches_a_unit() -> None:
    """Of the experiments, only those that run a unit and read its ledger know it."""
    for path in sources(LIB / "experiment"):
        if {"model/unit.h", "model/state.h"} & set(includes(path)):
            assert path.stem in {"run", "log", "result"}, path.name


def room_of(path: Path) -> str:
    return path.parent.relative_to(ROOT).as_posix()


def test_the_picture_of_the_rooms_is_true() -> None:
    """An arrow for each include between rooms; kernel and public headers go unsaid."""
    drawn = re.search(
        r"```mermaid\n(.*?)```", ARCHITECTURE.read_text(encoding="utf-8"), re.DOTALL
    )
    assert drawn
    name = dict(re.findall(r'(\w+)\["([^"]+)"\]', drawn.group(1)))
    plain = re.sub(r'\["[^"]+"\]', "", drawn.group(1))
    arrows = [(name[a], name[b]) for a, b in re.findall(r"(\w+) --> (\w+)", plain)]
    bindings = ROOT / "bindings/python/src"
    found = set()
    for path in sources(LIB, bindings):
        for include in includes(path):
            if include.startswith("tidsbruk/"):
                to = "include/tidsbruk" if bindings in path.parents else ""
            else:
                to = room_of(LIB / include) if (LIB / include).exists() else ""
            if to not in ("", "lib/kernel", room_of(path)):
                found.add((room_of(path), to))
    assert len(arrows) == len(set(arrows))
    assert set(arrows) == found


def test_every_file_of_model_and_experiment_is_explained() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    files = {
        path.relative_to(room).as_posix()
        for room in (LIB / "model", LIB / "experiment")
        for path in room.rglob("*.c")
    }
    for name in sorted(files):
        assert f"`{name}`" in text, f"docs/architecture.md does not say what {name} is"
    for name in re.findall(r"^\| `([\w/]+\.c)`", text, re.MULTILINE):
        assert name in files, f"docs/architecture.md explains {name}"


def test_bindings_see_public_headers_only() -> None:
    own = {p.name for p in (ROOT / "bindings/python/src").glob("*.h")}
    for path in sources(ROOT / "bindings" / "python" / "src"):
        for include in includes(path):
            assert include.startswith("tidsbruk/") or include in own, (
                f"{path.name}: {include}"
            )


def test_public_headers_belong_to_layers() -> None:
    """What is public is declared by the layer that keeps the promise."""
    known = {
        "kernel": {"tidsbruk/status.h", "tidsbruk/gsl.h"},
        "scenario": {"tidsbruk/status.h", "tidsbruk/scenario.h"},
        "model": set(),
        "experiment": {"tidsbruk/status.h", "tidsbruk/scenario.h", "tidsbruk/run.h"},
    }
    for layer, allowed in known.items():
        for path in sources(LIB / layer):
            public = {i for i in includes(path) if i.startswith("tidsbruk/")}
            assert public <= allowed, f"{path.name}: {public - allowed}"


def test_oracles_and_benchmarks_see_public_headers_only() -> None:
    for folder in (ROOT / "tests" / "oracle", ROOT / "benchmarks"):
        own = {p.name for p in folder.glob("*.h")}
        for path in folder.glob("*.[ch]"):
            for include in includes(path):
                assert include.startswith("tidsbruk/") or include in own, (
                    f"{path.name}: {include}"
                )


def code(path: Path) -> str:
    """The text of a file without its comments and strings."""
    text = re.sub(
        r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    return re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)


def test_mechanisms_only_look() -> None:
    """A mechanism is given a view and its own settings, const, and returns values."""
    folder = LIB / "model" / "mechanisms"
    regimes = "|".join(sorted({p.stem for p in sources(folder)}))
    given = re.compile(rf"(?<!const )\bstruct (?:view|{regimes}) \*")
    for path in sources(folder):
        assert not given.findall(code(path)), path.name
        assert "struct unit" not in code(path), path.name


def body(text: str, function: str) -> str:
    """The definition of a function, signature and all."""
    found = re.search(rf"[^;}}]*\b{function}\([^;{{]*\)\n\{{.*?\n\}}", text, re.DOTALL)
    assert found, function
    return found.group()


def test_the_view_is_read_only() -> None:
    """What makes a view takes a const unit and writes into nothing that it points to."""
    shared = code(LIB / "model" / "seen.h")
    makers = [body(shared, name) for name in ("tb__view_of", "tb__view_with")]
    assert "struct view tb__view_of(const struct unit *u" in makers[0]
    assert "struct view tb__view_with(const struct unit *u" in makers[1]
    for text in (*makers, code(LIB / "model" / "view.c")):
        assert not re.findall(r"->[\w.\[\]>-]*\s*(?:[-+*/|&^]|<<|>>)?=(?!=)", text)
        assert not re.findall(r"\+\+|--", re.sub(r"\b[ikg]\+\+", "", text))


def test_the_library_neither_prints_nor_exits() -> None:
    never = re.compile(
        r"\b(printf|fprintf|vprintf|puts|putchar|perror|exit|_exit|abort|longjmp|signal)\s*\("
    )
    for path in sources(LIB, ROOT / "include"):
        assert not never.findall(code(path)), path.name


# Words of services: whole words, singular or plural, in code, comments and messages. The
# core speaks of workers, clients, visits, calls, services, obligations and shifts.
OF_SERVICES = """
nurse ward patient inpatient outpatient hospital doctor physician medication prescription
resident dementia bed bedside home_care nursing care_home clinic consultation
pupil lesson teacher school classroom student homework headteacher
kindergarten daycare day_care nursery toddler pedagogue
waste bin garbage truck lorry landfill recycling
social_worker caseworker unemployed jobseeker benefit_claim"""
# Nodes of trees are called so, too: not in the model, and in no message.
OF_TREES = "child children parent"


def words_of(listed: str) -> re.Pattern[str]:
    """Match any of the words; `_` stands for a space, a hyphen or itself."""
    each = (re.sub("_", r"[\\s_-]", word) for word in listed.split())
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(each)})(?:s|es)?(?![A-Za-z])", re.I)


def said(path: Path, words: re.Pattern[str], text: str) -> list[str]:
    """Each place where a word of a service stands: file, line, word."""
    name = path.relative_to(ROOT).as_posix()
    return [
        f"{name}:{number}: {found.group()}"
        for number, line in enumerate(text.splitlines(), 1)
        for found in words.finditer(line)
    ]


def messages(path: Path) -> str:
    """The text of a file with nothing left but its strings, line by line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(" ".join(re.findall(r'"(?:[^"\\]|\\.)*"', line)) for line in lines)


def core() -> list[Path]:
    presets = LIB / "presets"
    return [p for p in sources(LIB, ROOT / "include") if presets not in p.parents]


@pytest.mark.parametrize("path", core(), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_service_has_a_word_of_its_own(path: Path) -> None:
    """A service is data: nothing outside the presets knows a nurse from a teacher."""
    text = path.read_text(encoding="utf-8")
    # The public headers show presets as examples, by their names.
    found = said(path, words_of(OF_SERVICES), text.replace("home_care/", ""))
    trees = words_of(OF_TREES)
    in_tree = LIB / "kernel" in path.parents or LIB / "scenario" in path.parents
    found += said(path, trees, messages(path) if in_tree else text)
    assert not found, "words of a service in the core: " + "; ".join(found)


def test_words_of_services_are_found_whole() -> None:
    words = words_of(OF_SERVICES)
    here = ROOT / "x.c"
    assert said(here, words, "a\ntwo Nurses, home-care") == [
        "x.c:2: Nurses",
        "x.c:2: home-care",
    ]
    assert said(here, words, "/* ward_of waste.h */") == ["x.c:1: ward", "x.c:1: waste"]
    for plain in ("impatient forward towards reward cabinet binary hidden_bits", "embed"):
        assert not said(here, words, plain)
    assert said(here, words_of(OF_TREES), "grandchild children") == ["x.c:1: children"]


def test_a_header_says_what_it_is() -> None:
    for path in sources(LIB, ROOT / "include"):
        if path.suffix == ".h":
            text = path.read_text(encoding="utf-8")
            assert text.startswith("/*"), f"{path.name} opens without an essay"
