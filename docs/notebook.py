"""Runs the notebooks of examples/ anew and keeps what they show (`./dev docs`)."""

from pathlib import Path

import nbclient
import nbformat

EXAMPLES = Path(__file__).parents[1] / "examples"


def executed(path):
    """The notebook as it is after a run; an error in a cell is raised."""
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=600, record_timing=False, kernel_name="python3"
    )
    client.execute(cwd=str(path.parent))
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def main():
    """Every notebook, in place."""
    for path in sorted(EXAMPLES.glob("*.ipynb")):
        nbformat.write(executed(path), path)


if __name__ == "__main__":
    main()
