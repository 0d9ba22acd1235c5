"""Canonical text, and the link that carries it."""

from __future__ import annotations

import base64
import re
import zlib

from tidsbruk import _core
from tidsbruk._core import Fault
from tidsbruk.errors import fault, scenario_error

FORMAT = "tidsbruk scenario 1"
SCHEME = "tidsbruk:"
LINK = SCHEME + "1:"
MOST = 1 << 22  # TB_TEXT_MOST


def titled(text: str, title: str) -> str:
    """The text with a title on its first line."""
    line = " ".join(title.split())
    return text.replace(FORMAT, f"{FORMAT}: {line}", 1) if line else text


def title_of(text: str) -> str:
    """The title on the first line that is no comment; empty where there is none."""
    found = re.search(rf"^[ \t\ufeff]*{FORMAT}[ \t]*:(.*)$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def parsed(text: str, file: str | None = None) -> _core.Scenario:
    """The scenario of a text; its faults say the file, where there is one."""
    try:
        return _core.parse(text)
    except UnicodeEncodeError as e:
        where = text.count("\n", 0, e.start) + 1
        faults = [fault("", "a lone surrogate is no character", line=where)]
        raise scenario_error([_told(faults[0], file)], "TB_ERR_TYPE") from None
    except _core.ScenarioError as e:
        raise scenario_error([_told(f, file) for f in e.faults], e.status) from None


def _told(f: Fault, file: str | None) -> Fault:
    if f.line is None:
        return f
    where = f"{file}:{f.line}" if file else f"line {f.line}"
    message = f"{where}: {f.message}"
    return fault(f.path, message, value=f.value, file=file, line=f.line)


def linked(text: str) -> str:
    """The text as a link: deflated (RFC 1950, which has a checksum), in base64url."""
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9))
    return LINK + packed.decode().rstrip("=")


def unlinked(link: str) -> str:
    """The text that a link holds; blanks and line breaks in it are overlooked."""
    word = "".join(link.split()) if isinstance(link, str) else ""
    if not word.startswith(SCHEME):
        raise _no_link(f"it does not begin with {SCHEME}")
    if not word.startswith(LINK):
        raise _no_link(
            f"this version of tidsbruk knows only links that begin with {LINK}"
        )
    code = word.removeprefix(LINK)
    try:
        packed = base64.b64decode(
            code + "=" * (-len(code) % 4), altchars="-_", validate=True
        )
        stream = zlib.decompressobj()
        text = stream.decompress(packed, MOST + 1)
        if len(text) > MOST:
            raise _no_link("it holds more than a scenario can")
        if not stream.eof or stream.unused_data:
            raise _no_link("part of it is missing, or something stands behind it")
        return text.decode()
    except (ValueError, zlib.error):
        raise _no_link("it was damaged on its way") from None


def _no_link(why: str) -> _core.ScenarioError:
    return scenario_error([fault("", f"this is no link to a scenario: {why}")])
