"""What the two sides of a comparison are: names, presets, workers, grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidsbruk.compare import Comparison
    from tidsbruk.scenario import Scenario

    Data = dict[str, Any]

SIDES = ("baseline", "alternative")
GRADES = ("measured", "estimated", "assumed", "")


def labels(c: Comparison) -> tuple[str, str]:
    """Short names: those of presets and files without what stands around them."""
    names = c.baseline, c.alternative
    short = tuple(_short(name) for name in names)
    return short if short[0] != short[1] else names  # type: ignore[return-value]


def _short(name: str) -> str:
    if "/" not in name and not name.endswith((".toml", ".json")):
        return name
    last = name.rpartition("/")[2]
    word = last.removesuffix(".toml").removesuffix(".json").replace("_", " ")
    if not word:
        return name
    return word.upper() if len(word) <= 3 else word[0].upper() + word[1:]


def describe(c: Comparison, name: str, label: str) -> Data:
    """Describe one side: what it is called, what it holds, and the scenario whole."""
    scenario = c.result.scenarios[name]
    return {
        "name": name,
        "label": label,
        "title": scenario.title,
        "scenario_hash": scenario.hash,
        "result_hash": c.result.hash(name),
        "preset": preset_of(scenario),
        "workers": workers(c, name),
        "offered_load": c.result.offered_load(name),
        "grades": _grades(scenario),
        "scenario": scenario.to_dict(sources=True),
    }


def preset_of(scenario: Scenario) -> str | None:
    """Name of the shipped preset that has the same values, if there is one."""
    from tidsbruk.scenario import preset, presets

    return next((name for name in presets() if preset(name) == scenario), None)


def workers(c: Comparison, name: str) -> int:
    """How many workers are on the roster."""
    worker_weeks = c.result.column(name, "time.duty_minutes", "denominator")
    total = sum(memoryview(worker_weeks).tolist())
    return round(total / (c.result.replications * c.result.weeks))


def _grades(scenario: Scenario) -> dict[str, int]:
    """How many values that somebody set are of which grade."""
    counts = dict.fromkeys((grade or "ungraded" for grade in GRADES), 0)
    for v in scenario.values():
        if not v.is_default:
            counts[v.grade or "ungraded"] += 1
    return counts


def conjectures(c: Comparison) -> list[str]:
    """Mechanisms that are set and have no measured or estimated value in either."""
    grades: dict[str, set[str]] = {}
    for name in (c.baseline, c.alternative):
        for v in c.result.scenarios[name].values():
            mechanism = mechanism_of(v.path)
            if mechanism and not v.is_default:
                grades.setdefault(mechanism, set()).add(v.grade)
    return [m for m, found in grades.items() if not found & {"measured", "estimated"}]


def mechanism_of(path: str) -> str:
    """Name the mechanism that a setting belongs to; nothing where there is none."""
    first, _, rest = path.partition(".")
    if first == "obligations":
        return "records"
    return rest.partition(".")[0] if first == "regime" else ""


def side_of(c: Comparison, name: str) -> str:
    """Which side of the page a scenario is, or its own name."""
    return dict(zip((c.baseline, c.alternative), SIDES, strict=True)).get(name, name)
