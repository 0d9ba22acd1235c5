"""What a C or C++ program finds after `meson install`.

The library is built and installed into an empty prefix. Then every header compiles alone
in C and in C++; every symbol of the library is declared in a header, with a contract, and
called by a test; programs build against it by pkg-config and as a project of their own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADERS = sorted(path.name for path in (ROOT / "include/tidsbruk").glob("*.h"))
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
DECLARATION = re.compile(r"^TB_API[^;]*?\b(tb_\w+)\([^;]*;[^\n]*", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def run(*command: str | Path, cwd: Path | None = None, **environment: str) -> str:
    """Run a command and return what it printed; fail with what it said."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


class Installed:
    """An installed tidsbruk in a prefix of its own."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        self.include = prefix / "include"
        self.library = prefix / "lib"
        self.pkgconfig = self.library / "pkgconfig"
        self.environment = {
            "PKG_CONFIG_PATH": str(self.pkgconfig),
            "LD_LIBRARY_PATH": str(self.library),
        }

    def flags(self, *words: str) -> list[str]:
        """What pkg-config says of it."""
        return run(
            "pkg-config", *words, "--cflags", "--libs", "tidsbruk", **self.environment
        ).split()

    def run(self, *command: str | Path, cwd: Path | None = None) -> str:
        """Run a command that finds this installation."""
        return run(*command, cwd=cwd, **self.environment)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """tidsbruk as `meson install` leaves it."""
    folder = tmp_path_factory.mktemp("install")
    meson = [sys.executable, "-m", "mesonbuild.mesonmain"]
    options = ["-Dtests=disabled", "-Dpython=disabled", "-Dbenchmarks=false"]
    prefix = folder / "prefix"
    run(
        *meson,
        "setup",
        folder / "b",
        ROOT,
        f"--prefix={prefix}",
        "--libdir=lib",
        *options,
    )
    run(*meson, "install", "-C", folder / "b", "--quiet")
    return Installed(prefix)


def declarations() -> dict[str, tuple[str, str]]:
    """Every public function: its header, and the comment before or beside it."""
    found = {}
    for header in HEADERS:
        text = (ROOT / "include/tidsbruk" / header).read_text(encoding="utf-8")
        end_of_previous, contract = 0, ""
        for match in DECLARATION.finditer(text):
            between = text[end_of_previous : match.start()]
            if beside := COMMENT.findall(match.group(0)):
                contract = beside[-1]
            elif comments := COMMENT.findall(between):
                contract = comments[-1] if between.rstrip(" \n").endswith("*/") else ""
            elif "\n\n" in between:  # an empty line ends what a comment speaks of
                contract = ""
            found[match.group(1)] = (header, contract)
            end_of_previous = match.end()
    return found


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize(("compiler", "language"), [("cc", "c17"), ("c++", "c++17")])
def test_a_header_compiles_alone(
    installed: Installed, tmp_path: Path, header: str, compiler: str, language: str
) -> None:
    source = tmp_path / ("alone.c" if compiler == "cc" else "alone.cpp")
    source.write_text(f"#include <tidsbruk/{header}>\n#include <tidsbruk/{header}>\n")
    flags = [f"-std={language}", *STRICT, "-I", installed.include, "-fsyntax-only"]
    run(compiler, *flags, source)


def test_the_library_exports_what_the_headers_declare(installed: Installed) -> None:
    lines = run("nm", "-D", "--defined-only", installed.library / "libtidsbruk.so")
    exported = {line.split()[-1] for line in lines.splitlines()}
    assert exported == set(declarations())


def test_every_function_has_a_contract() -> None:
    naked = [name for name, (_, contract) in declarations().items() if not contract]
    assert not naked


def test_every_function_is_called_by_a_test_in_c() -> None:
    folders = [
        ROOT / "tests" / name for name in ("unit", "oracle", "property", "install")
    ]
    sources = [path for folder in folders for path in folder.rglob("*.c")]
    sources += (ROOT / "tests/install").glob("*.cpp")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    text = COMMENT.sub("", text)
    untested = [name for name in declarations() if not re.search(rf"\b{name}\(", text)]
    assert not untested


@pytest.mark.parametrize("linking", ["shared", "static"])
def test_the_quick_start_is_a_project_of_its_own(
    installed: Installed, tmp_path: Path, linking: str
) -> None:
    project, build = tmp_path / "quick_start", tmp_path / "build"
    shutil.copytree(ROOT / "examples/c/quick_start", project)
    meson = [sys.executable, "-m", "mesonbuild.mesonmain"]
    prefer = f"-Dprefer_static={'true' if linking == 'static' else 'false'}"
    installed.run(*meson, "setup", build, project, prefer, "--werror")
    installed.run(*meson, "compile", "-C", build)

    needed = run("readelf", "-d", build / "quick_start")
    assert ("libtidsbruk.so" in needed) == (linking == "shared")
    printed = installed.run(build / "quick_start").splitlines()
    names = [line.split()[0] for line in printed[1:]]
    assert names == [
        "time.direct_share",
        "citizen.unmet_share",
        "control.undetected_harm",
    ]


def test_a_program_in_cpp(installed: Installed, tmp_path: Path) -> None:
    program = tmp_path / "from_cpp"
    source = ROOT / "tests/install/from_cpp.cpp"
    run("c++", "-std=c++17", *STRICT, source, "-o", program, *installed.flags())
    assert installed.run(program).strip() == "ok"


def test_the_program_of_the_readme(installed: Installed, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```c\n(.*?)```", readme, re.DOTALL)
    assert block, "README shows no C"
    lines = [line for line in block.group(1).splitlines() if line.strip()]
    assert len(lines) <= 16, "about ten lines"
    source, program = tmp_path / "readme.c", tmp_path / "readme"
    source.write_text(block.group(1))
    run("cc", "-std=c17", *STRICT, source, "-o", program, *installed.flags())
    assert re.fullmatch(
        r"direct care: [+-]\d+\.\d points \[[+-]\d+\.\d, [+-]\d+\.\d\]\n",
        installed.run(program),
    )
