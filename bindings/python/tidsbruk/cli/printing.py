"""Exit statuses, and how answers are printed: numbers on stdout, errors on stderr."""

from __future__ import annotations

import argparse
import io
import os
import sys
from typing import Any

FINE, FAILURE, USAGE, INVALID, INTERRUPTED = 0, 1, 2, 3, 130


def show(data: Any, table: Any, options: argparse.Namespace) -> None:
    """Print data as JSON if asked for, or else a table."""
    if options.json:
        import json

        plain = not sys.stdout.encoding.lower().startswith("utf")
        print(json.dumps(data, indent=1, ensure_ascii=plain, allow_nan=False))
    else:
        from tidsbruk.show import console

        console().print(table)


def open_streams() -> None:
    """Print nowhere where a stream is closed, and escape what one cannot hold."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def failed(status: int, message: object) -> int:
    """Print what went wrong; give the exit status back."""
    if isinstance(message, OSError) and message.strerror:
        where = f"{message.filename}: " if message.filename else ""
        message = f"{where}{message.strerror}"
    said = (str(message) or "out of memory").replace("say plan.weeks", "say --weeks")
    for line in said.splitlines():
        print(f"tidsbruk: {line}", file=sys.stderr)
    return status
