"""Quantile plots: what was observed beside what the law says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidsbruk.own.beside import Check
    from tidsbruk.own.estimates import Fitted

SIZE = 230


def quantile_plots(laws: list[Fitted]) -> Any:
    """Draw a plot for each law; an altair chart."""
    import altair

    return altair.hconcat(*(_plot(altair, law) for law in laws)).configure_view(
        stroke="#ccc"
    )


def _plot(altair: Any, law: Fitted) -> Any:
    rows = [{"p": p, "data": a, "law": b} for p, a, b in law.quantiles]
    most = max(max(r["data"], r["law"]) for r in rows)
    line = [{"data": 0, "law": 0}, {"data": most, "law": most}]
    unit = f" ({law.unit})" if law.unit else ""
    axes = {
        "x": altair.X("law:Q", title=f"law{unit}"),
        "y": altair.Y("data:Q", title=f"data{unit}"),
    }
    dots = altair.Chart(altair.Data(values=rows)).mark_circle(size=28, color="#1f5f8b")
    ideal = altair.Chart(altair.Data(values=line)).mark_line(color="#999", strokeWidth=1)
    title = f"{law.path}: {law.law['kind']}"
    return (ideal.encode(**axes) + dots.encode(**axes)).properties(
        width=SIZE, height=SIZE, title=title
    )


def beside_plots(check: Check) -> Any:
    """Draw quantiles of the data over those of the scenario; an altair chart."""
    import altair

    plots = [
        _pairs(altair, name, data, simulated)
        for name, (data, simulated) in check.quantiles.items()
    ]
    rows = [altair.hconcat(*plots[i : i + 3]) for i in range(0, len(plots), 3)]
    return altair.vconcat(*rows).configure_view(stroke="#ccc")


def _pairs(altair: Any, name: str, data: list[float], simulated: list[float]) -> Any:
    rows = [{"data": a, "sim": b} for a, b in zip(data, simulated, strict=True)]
    ends = [min(*data, *simulated), max(*data, *simulated)]
    line = [{"data": x, "sim": x} for x in ends]
    axes = {
        "x": altair.X("sim:Q", title="simulated"),
        "y": altair.Y("data:Q", title="data"),
    }
    dots = altair.Chart(altair.Data(values=rows)).mark_circle(size=28, color="#1f5f8b")
    ideal = altair.Chart(altair.Data(values=line)).mark_line(color="#999", strokeWidth=1)
    return (ideal.encode(**axes) + dots.encode(**axes)).properties(
        width=SIZE, height=SIZE, title=name
    )


def svg_beside(check: Check) -> str:
    """These plots as SVG; empty where nothing can be drawn."""
    try:
        import vl_convert
    except ImportError:
        return ""
    if not check.quantiles:
        return ""
    return str(vl_convert.vegalite_to_svg(beside_plots(check).to_dict()))


def svg_of(laws: list[Fitted]) -> str:
    """The plots as SVG; empty where nothing can be drawn."""
    try:
        import vl_convert
    except ImportError:
        return ""
    drawn = [law for law in laws if law.quantiles]
    if not drawn:
        return ""
    return str(vl_convert.vegalite_to_svg(quantile_plots(drawn).to_dict()))
