"""Files are there whole or not at all: what was there before outlives a failing write."""

import os
import threading

import pytest
import tidsbruk as tb
from tidsbruk import trace_files
from tidsbruk.saving import save, saved


def files(directory):
    return sorted(p.name for p in directory.iterdir())


def test_a_file_takes_the_place_of_the_one_before(tmp_path):
    page = tmp_path / "page.html"
    save(page, "first")
    page.chmod(0o640)
    save(page, "second æ")
    assert page.read_text(encoding="utf-8") == "second æ"
    assert page.stat().st_mode & 0o777 == 0o640
    assert files(tmp_path) == ["page.html"]


@pytest.mark.parametrize("failing", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_what_was_there_outlives_a_failing_write(tmp_path, failing):
    page = tmp_path / "page.html"
    save(page, "first")

    def half():
        with saved(page) as file:
            file.write("half")
            raise failing

    with pytest.raises(type(failing)):
        half()
    assert page.read_text(encoding="utf-8") == "first"
    assert files(tmp_path) == ["page.html"]


def test_an_error_names_the_file_that_was_asked_for(tmp_path):
    with pytest.raises(FileNotFoundError) as e:
        save(tmp_path / "nowhere" / "page.html", "text")
    assert e.value.filename == str(tmp_path / "nowhere" / "page.html")
    with pytest.raises(IsADirectoryError):
        save(tmp_path, "text")


def test_a_link_goes_on_to_point_where_it_did(tmp_path):
    (tmp_path / "there").mkdir()
    page, link = tmp_path / "there" / "page.html", tmp_path / "link.html"
    save(page, "first")
    link.symlink_to(page)
    save(link, "second")
    assert link.is_symlink()
    assert page.read_text(encoding="utf-8") == "second"


def test_what_is_no_file_is_written_as_it_comes(tmp_path):
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    save(pipe, "text")
    reader.join(10)
    assert got == ["text"]


@pytest.mark.parametrize("name", ["t.json", "t.xes", "t.csv", "t.parquet"])
def test_a_trace_that_cannot_be_written_spoils_nothing(tmp_path, monkeypatch, name):
    import pyarrow.csv
    import pyarrow.parquet

    trace = tb.trace(tb.preset("textbook/mmc"), weeks=1, warmup=0)
    file = tmp_path / name
    trace_files.write(trace, file)
    before = file.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    for module, function in (
        (trace_files, "_slice"),
        (trace_files, "_attributes"),
        (pyarrow.csv, "write_csv"),
        (pyarrow.parquet, "write_table"),
    ):
        monkeypatch.setattr(module, function, full)
    with pytest.raises(OSError, match="No space"):
        trace_files.write(trace, file)
    assert file.read_bytes() == before
    assert files(tmp_path) == [name]
