"""Exit statuses, and how answers are printed: numbers on stdout, errors on stderr."""

from __future__ import annotations

import argparse
import sys
from typing import Any

FINE, FAILURE, USAGE, INVALID, INTERRUPTED = 0, 1, 2, 3, 130


def show(data: Any, table: Any, options: argparse.Namespace) -> None:
    """Print data as JSON if asked for, or else a table."""
    if options.json:
        import json

        print(json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False))
    else:
        from tidsbruk.show import console

        console().print(table)


def failed(status: int, message: object) -> int:
    """Print what went wrong; give the exit status back."""
    said = (str(message) or "out of memory").replace("say plan.weeks", "say --weeks")
    for line in said.splitlines():
        print(f"tidsbruk: {line}", file=sys.stderr)
    return status
