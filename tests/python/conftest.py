"""Small scenarios that the tests share."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import tidsbruk as tb

ROOT = Path(__file__).parents[2]

SMALL = {"replications": 4, "weeks": 2, "warmup": 0, "seed": 3}


@pytest.fixture(scope="session")
def module_of():
    """Imports a module of a folder that is no package, and those that it imports."""

    def module(folder, name):
        sys.path.insert(0, str(ROOT / folder))
        try:
            return import_module(name)
        finally:
            sys.path.remove(str(ROOT / folder))

    return module


@pytest.fixture(scope="session")
def npm():
    return tb.preset("home_care/npm")


@pytest.fixture(scope="session")
def trust():
    return tb.preset("home_care/trust")


@pytest.fixture(scope="session")
def small():
    """A plan that takes a moment."""
    return dict(SMALL)


@pytest.fixture(scope="session")
def result(npm, trust):
    return tb.run({"NPM": npm, "Trust": trust}, **SMALL)


@pytest.fixture
def python():
    """Runs a script in a fresh Python and gives the finished process."""

    def run(script, *arguments, timeout=60, **options):
        command = [sys.executable, "-c", script, *arguments]
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            **options,
        )

    return run
