"""The Arrow stream: consumers, no copies, lifetimes."""

import gc

import pytest
import tidsbruk as tb

np = pytest.importorskip("numpy")


def address(array):
    return array.__array_interface__["data"][0]


def test_pyarrow_reads_without_a_copy(result):
    pa = pytest.importorskip("pyarrow")
    table = pa.table(result)
    table.validate(full=True)
    assert table.num_rows == 8
    assert table.column_names[:2] == ["scenario", "replication"]
    assert table["scenario"].to_pylist() == ["NPM"] * 4 + ["Trust"] * 4
    assert table["replication"].to_pylist() == [0, 1, 2, 3] * 2
    for outcome in result.outcomes:
        chunk = table[outcome].chunk(0)
        mine = np.asarray(result._plain.column(-1, outcome, 0))
        assert chunk.buffers()[1].address == address(mine)
        assert chunk.null_count == 0


def test_metadata_say_what_it_is(result):
    pa = pytest.importorskip("pyarrow")
    schema = pa.table(result).schema
    assert schema.metadata[b"tidsbruk.seed"] == b"3"
    assert schema.metadata[b"tidsbruk.version"].decode() == tb.__version__
    assert schema.metadata[b"tidsbruk.weeks"] == b"2"
    outcome = result.outcomes["time.direct_share"]
    field = schema.field("time.direct_share").metadata
    assert field[b"unit"].decode() == outcome.unit
    assert field[b"definition"].decode() == outcome.definition


def test_polars_reads_it(result):
    pytest.importorskip("polars")
    frame = result.to_polars()
    assert frame.shape == (8, 2 + len(result.outcomes))
    trust = frame.filter(frame["scenario"] == "Trust")["time.direct_share"]
    assert trust.to_list() == list(result.column("Trust", "time.direct_share"))


def test_a_weekly_run_has_weeks(npm, small):
    pa = pytest.importorskip("pyarrow")
    table = pa.table(tb.run({"Nørre": npm}, **small, weekly=True))
    table.validate(full=True)
    assert table["week"].to_pylist() == [0, 1] * 4
    assert set(table["scenario"].to_pylist()) == {"Nørre"}


def test_the_stream_may_be_taken_again(result):
    pa = pytest.importorskip("pyarrow")
    assert pa.table(result).equals(pa.table(result))
    capsules = [result.__arrow_c_stream__(None) for _ in range(3)]
    capsules.append(result.__arrow_c_stream__(requested_schema=None))
    del capsules  # never read: their destructors release the streams
    reader = pa.RecordBatchReader.from_stream(result)
    assert reader.read_next_batch().num_rows == 8
    with pytest.raises(StopIteration):
        reader.read_next_batch()


def test_data_outlive_the_result(npm, small):
    pa = pytest.importorskip("pyarrow")
    result = tb.run({"NPM": npm}, **small)
    expected = list(result.column("NPM", "time.direct_share"))
    table, column = pa.table(result), result.column("NPM", "time.direct_share")
    array, view = np.asarray(column), memoryview(column)
    reader = pa.RecordBatchReader.from_stream(result)
    del result, column
    gc.collect()
    for _ in range(20):  # would overwrite what had been freed
        tb.run({"NPM": npm}, **small)
    assert table["time.direct_share"].to_pylist() == expected
    assert array.tolist() == expected
    assert view.tolist() == expected
    kept = table["time.direct_share"]
    del table
    gc.collect()
    assert kept.to_pylist() == expected
    assert reader.read_all()["time.direct_share"].to_pylist() == expected


def test_data_are_released_in_any_thread_and_at_exit(python):
    pytest.importorskip("pyarrow")
    script = """
import sys, threading
import pyarrow as pa
import tidsbruk as tb
result = tb.run(tb.preset("home_care/npm"), replications=2, weeks=1, warmup=0)
tables = [pa.table(result)]
thread = threading.Thread(target=tables.clear)
thread.start(); thread.join()
sys.kept = pa.table(result)["time.direct_share"], result.__arrow_c_stream__(), result
sys.kept[0].to_numpy()
print("fine")
"""
    done = python(script)
    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr
