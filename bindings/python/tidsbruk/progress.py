"""How far a run has come: a bar in a terminal, a bar in a notebook."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Progress = Callable[[int, int], object]


def asked(progress: Progress | bool | None, label: str) -> AbstractContextManager[Any]:
    """What a caller asked for: a bar (True), nothing (None, False), or a callable."""
    if progress is True:
        return bar(label)
    return nullcontext(progress or None)


@contextmanager
def bar(label: str) -> Iterator[Progress | None]:
    """Show a bar while a run lasts; gives what the run calls with done and wanted.

    In a notebook it is an element of the page; in a terminal it is drawn on stderr and
    taken away at the end; elsewhere (a file, a pipe) there is none and None is given.
    """
    import sys

    if shell := _notebook():
        with _NotebookBar(label, shell) as shown:
            yield shown.update
    elif sys.stderr.isatty():
        with _terminal(label) as update:
            yield update
    else:
        yield None


def _notebook() -> Any:
    """The display function of a notebook, if this is one."""
    import sys

    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython
    from IPython.display import display

    shell = get_ipython()
    return display if shell is not None and getattr(shell, "kernel", None) else None


@contextmanager
def _terminal(label: str) -> Iterator[Progress]:
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    from tidsbruk.show import console

    columns = (
        "{task.description}",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console(stderr=True), transient=True) as bars:
        task = bars.add_task(label, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


class _NotebookBar:
    """An element of the page that is replaced as the run goes on."""

    def __init__(self, label: str, display: Callable[..., Any]) -> None:
        self._label = label
        self._display = display
        self._handle: Any = None

    def __enter__(self) -> _NotebookBar:
        self._handle = self._display(self._page(0, 0), raw=True, display_id=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._handle.update({"text/html": "", "text/plain": ""}, raw=True)

    def _page(self, done: int, total: int) -> dict[str, str]:
        told = f"{self._label}: {done} of {total}" if total else self._label
        extent = f'value="{done}" max="{total}"' if total else ""
        html = f"<progress {extent}></progress> {escape(told)}"
        return {"text/html": html, "text/plain": told}

    def update(self, done: int, total: int) -> None:
        """Draw the bar anew."""
        self._handle.update(self._page(done, total), raw=True)
