#!/usr/bin/env python3
"""Write the table of duties into README.md, from the command that stands above it."""

import io
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path

from tidsbruk.cli import main as tidsbruk

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
COMMAND = re.compile(r"^    tidsbruk (duties .* home_care/npm)$", re.MULTILINE)
SHOWN = re.compile(r"^On paper, and what.*?^(?=What limits)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"(?<=^```text\n)On paper.*?(?=^```$)", re.MULTILINE | re.DOTALL)


def duties(text):
    """What the command in README's text prints as its first table."""
    command = COMMAND.search(text).group(1)
    words = [str(ROOT / w) if w.startswith("examples/") else w for w in command.split()]
    printed = io.StringIO()
    with redirect_stdout(printed):
        if tidsbruk(words):
            sys.exit(f"tidsbruk {command} failed")
    lines = SHOWN.search(printed.getvalue()).group(0).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def current(text):
    """README as it should be."""
    table = duties(text)
    return BLOCK.sub(lambda _: table, text)


def main():
    text = README.read_text(encoding="utf-8")
    README.write_text(current(text), encoding="utf-8")


if __name__ == "__main__":
    main()
