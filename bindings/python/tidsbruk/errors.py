"""How faults become one exception."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from tidsbruk._core import Error, ScenarioError
from tidsbruk._core import Fault as Fault

if TYPE_CHECKING:
    from collections.abc import Sequence


def fault(
    path: str,
    message: str,
    *,
    value: object = None,
    file: str | None = None,
    line: int | None = None,
    column: int | None = None,
) -> Fault:
    """Say what is wrong, and where."""
    return Fault((path, message, value, file, line, column))


def failure(status: str, message: str) -> Error:
    """An `Error` with its status."""
    error = Error(message)
    error.status = status
    return error


def scenario_error(
    faults: Sequence[tuple[str, str]], status: str = "TB_ERR_VALUE"
) -> ScenarioError:
    """A `ScenarioError` that tells all faults, one a line."""
    error = ScenarioError("\n".join(message for _, message in faults))
    error.status = status
    error.faults = [f if isinstance(f, Fault) else Fault(f) for f in faults]
    return error


def whole(name: str, value: Any, low: int, high: int) -> int:
    """A whole number within bounds.

    Raises
    ------
    Error
        ``TB_ERR_TYPE`` when it is not whole, ``TB_ERR_VALUE`` when it is out of bounds.
    """
    takes = f"it takes a whole number between {low} and {high}"
    try:
        number = operator.index(value)
    except TypeError:
        raise failure(
            "TB_ERR_TYPE", f"{name} = {value!r} is not whole; {takes}"
        ) from None
    if not low <= number <= high:
        bits = number.bit_length()
        shown = f"{number}" if bits < 128 else f"a number of {bits} bits"
        raise failure("TB_ERR_VALUE", f"{name} = {shown} is out of bounds; {takes}")
    return number
