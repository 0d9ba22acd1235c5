"""Results in other shapes hold the same numbers."""

import numpy as np
import pytest
import tidsbruk as tb


def test_long_holds_every_value_once(result):
    long, wide = result.to_long(), result.to_pandas()
    assert len(long) == len(wide) * len(result.outcomes)
    back = long.pivot_table(
        index=["scenario", "replication"],
        columns="outcome",
        values="value",
        observed=True,
    )
    for outcome in result.outcomes:
        assert np.array_equal(back[outcome], wide[outcome])
    ratio = long.numerator / long.denominator
    filled = long.denominator != 0
    assert np.allclose(ratio[filled], long.value[filled], rtol=1e-12)
    assert set(long.unit[long.outcome == "time.direct_share"]) == {"share"}


def test_xarray_names_its_axes(npm, trust):
    result = tb.run(
        {"NPM": npm, "Trust": trust}, replications=3, weeks=2, warmup=0, weekly=True
    )
    data = result.to_xarray()
    assert dict(data.sizes) == {"scenario": 2, "replication": 3, "week": 2}
    shares = data["time.direct_share"]
    assert shares.attrs["units"] == "share"
    cell = shares.sel(scenario="Trust", replication=1, week=1)
    wide = result.to_pandas()
    row = wide[(wide.scenario == "Trust") & (wide.replication == 1) & (wide.week == 1)]
    assert float(cell) == row["time.direct_share"].item()
    assert data.attrs["hash of NPM"] == result.hash("NPM")


def test_a_column_of_all_scenarios(result):
    whole = np.asarray(result.column(None, "time.direct_share"))
    parts = [np.asarray(result.column(n, "time.direct_share")) for n in result.names]
    assert np.array_equal(whole, np.concatenate(parts))
    with pytest.raises(tb.Error, match="no scenario"):
        result.column("nobody", "time.direct_share")
