"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike


@contextmanager
def saved(path: str | PathLike[str], mode: str = "w", **how: Any) -> Iterator[IO[Any]]:
    """Open a file to write, which takes the place of the one before when all is written.

    Until then the text stands in a hidden file beside it, so that a full disk, an error
    or a power cut leaves what was there before. What is no plain file (a pipe, a device)
    is written as it comes.

    Parameters
    ----------
    path : path-like
        Where. Of a link, what it points to is replaced.
    mode : str
        ``"w"`` or ``"wb"``.
    **how
        As for `open`; text is UTF-8 unless it says otherwise.

    Raises
    ------
    OSError
        When it cannot be written, with the name that was asked for.

    Examples
    --------
    >>> import tempfile
    >>> name = Path(tempfile.mkdtemp()) / "page.html"
    >>> with saved(name) as file:
    ...     _ = file.write("all of it")
    >>> name.read_text(), len(list(name.parent.iterdir()))
    ('all of it', 1)
    """
    if mode == "w":
        how.setdefault("encoding", "utf-8")
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with open(path, mode, **how) as file:
            yield file
        return
    beside = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}")
    try:
        with beside.open(mode.replace("w", "x"), **how) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
        beside.replace(target)
    except BaseException as e:
        beside.unlink(missing_ok=True)
        if isinstance(e, OSError) and e.filename == str(beside):
            e.filename, e.filename2 = str(path), None
        raise


def save(path: str | PathLike[str], text: str) -> None:
    """Write a text, whole or not at all."""
    with saved(path) as file:
        file.write(text)
