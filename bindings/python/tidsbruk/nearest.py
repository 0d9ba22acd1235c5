"""What somebody may have meant by a name that is none."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def nearest_outcome(name: str, known: Collection[str]) -> str:
    """The outcome that a name may mean; empty where none is near.

    Its own part counts more than the group before it, and a share more than minutes.

    Examples
    --------
    >>> known = ["time.direct_minutes", "time.direct_share", "citizen.unmet_share"]
    >>> [nearest_outcome(name, known) for name in ("direct", "unmet_shar", "xyzzy")]
    ['time.direct_share', 'citizen.unmet_share', '']
    """
    word = name.lower().replace(" ", "_")
    last = {path: path.partition(".")[2] for path in known}
    found = [p for p, own in last.items() if own == word or own.startswith(word + "_")]
    if found:
        return min(found, key=lambda path: (not path.endswith("_share"), len(path)))
    return _near(word, {path: path for path in known} | {o: p for p, o in last.items()})


def nearest_preset(name: str, known: Collection[str]) -> str:
    """The preset that a name may mean; empty where none is near.

    Examples
    --------
    >>> nearest_preset("npm", ["textbook/mmc", "home_care/npm"])
    'home_care/npm'
    """
    last = {path.rpartition("/")[2]: path for path in known}
    return last.get(name.lower(), "") or _near(name.lower(), last)


def nearest(name: str, known: Collection[str]) -> str:
    """The word that a misspelled one may mean; empty where none is near.

    Examples
    --------
    >>> nearest("carer/l", ["carer/1", "idle"])
    'carer/1'
    """
    return _near(name.lower(), {word.lower(): word for word in known})


def _near(word: str, path_of: dict[str, str]) -> str:
    near = get_close_matches(word, list(path_of), 1, 0.6)
    return path_of[near[0]] if near else ""
