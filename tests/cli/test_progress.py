"""The progress line: on a terminal, for many files, and gone afterwards."""

from __future__ import annotations

import io
import sys

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
    assert "読み取り中 50／57" in written
    assert "読み取り中 57／57" in written
    assert written.endswith("\r\x1b[K")
    assert "\n" not in written


def test_nothing_for_a_few_files_a_pipe_or_the_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, Terminal(), 20) == ""
    assert run(monkeypatch, io.StringIO(), 57) == ""
    assert run(monkeypatch, Terminal(), 57, quiet=True) == ""
