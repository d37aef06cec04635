"""The progress line: on a terminal, for many files, and gone afterwards."""

from __future__ import annotations

import io
import sys
import threading

import pytest

from jisseki_check.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, total: int, *, quiet: bool = False) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress(quiet=quiet) as progress:
        for done in range(total + 1):
            progress(done, total)
    return stream.getvalue()


def test_many_files_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    written = run(monkeypatch, Terminal(), 57)
    assert "点検中 50／57" in written
    assert "点検中 57／57" in written
    assert written.endswith("\r\x1b[K")
    assert "\n" not in written


def test_nothing_for_a_few_files_a_pipe_or_the_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, Terminal(), 20) == ""
    assert run(monkeypatch, io.StringIO(), 57) == ""
    assert run(monkeypatch, Terminal(), 57, quiet=True) == ""


def test_nothing_where_a_line_cannot_be_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert run(monkeypatch, Terminal(), 57) == ""


def test_one_file_that_takes_long_shows_the_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also while nothing is counted."""
    shown = threading.Event()

    class Slow(Terminal):
        def write(self, text: str) -> int:
            if "秒" in text:
                shown.set()
            return super().write(text)

    stream = Slow()
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress(quiet=False) as progress:
        progress(0, 1)
        assert shown.wait(60)
    assert "\r点検中（1秒）" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("done", "seconds", "told"),
    [
        (100, 2.0, "（2秒）"),
        (1_000, 10.0, "（10秒、毎秒100件、残り約1分30秒）"),
        (5, 20.0, "（20秒、1件4.0秒、残り約11時間6分）"),
        (10_000, 100.0, "（1分40秒）"),
    ],
)
def test_rate_and_time_left(done: int, seconds: float, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [50.0]
    monkeypatch.setattr("jisseki_check.cli.progress.monotonic", lambda: clock[0])
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress(quiet=False) as progress:
        clock[0] += seconds
        progress(done, 10_000)
        if done % 10:
            progress._show()
    assert told in stream.getvalue()
