"""Plain data, as JSON can hold it."""

from __future__ import annotations

import math
from typing import Any


def finite(data: Any) -> Any:
    """The same with None for what is not finite (one replication has no interval)."""
    if isinstance(data, dict):
        return {key: finite(value) for key, value in data.items()}
    if isinstance(data, list):
        return [finite(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data
