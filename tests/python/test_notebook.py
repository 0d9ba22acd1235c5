"""The notebooks run, and show what is committed."""

import importlib.util
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))


def module():
    spec = importlib.util.spec_from_file_location("notebook", ROOT / "docs/notebook.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def shown(notebook):
    """What every cell shows, without pictures of progress and without warnings."""
    return [
        [o.data for o in cell.outputs if o.output_type == "execute_result"]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_shows_what_it_says(path):
    committed = shown(nbformat.read(path, as_version=4))
    assert any(committed)
    assert shown(module().executed(path)) == committed, "run ./dev docs"


def test_there_is_a_notebook():
    assert NOTEBOOKS
