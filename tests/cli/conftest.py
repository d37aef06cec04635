"""A command line that runs in the test's own folder, with an engine that gives a prepared outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from jisseki_check.cli.app import main
from jisseki_check.engine import run
from jisseki_check.model import Outcome
from tests.cli.desk import CHECK, lay_out, settle
from tests.formatters.sample import PASSED


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass
class Engine:
    """Stands in for the engine and keeps what it was told. `outcome` may be an error to raise."""

    outcome: Outcome | BaseException = PASSED
    paths: list[Path] = field(default_factory=list)
    options: run.Options | None = None

    def check(self, paths: Sequence[Path], *, options: run.Options, progress: Any = None) -> Outcome:
        self.paths = list(paths)
        self.options = options
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome

    def told(self) -> run.Options:
        assert self.options is not None, "the engine was not run"
        return self.options


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    stand_in = Engine()
    monkeypatch.setattr(run, "check", stand_in.check)
    return stand_in


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """Runs a command line in `tmp_path`, where 報告.txt stands."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "報告.txt").write_text("平成30年度総務部の取り組み実績\n", encoding="utf-8")

    def run_command(*arguments: str) -> Ended:
        code = main(arguments)
        captured = capfd.readouterr()
        return Ended(code, captured.out, captured.err)

    return run_command


@pytest.fixture
def desk(tmp_path: Path, command: Callable[..., Ended]) -> Callable[..., Ended]:
    """A run of two reports is recorded."""
    lay_out(tmp_path)
    assert command(*CHECK).code == 1
    return command


@pytest.fixture
def settled(tmp_path: Path, command: Callable[..., Ended]) -> Callable[..., Ended]:
    """One is recorded that rests on settings, a city's own rule, waivers and known findings."""
    lay_out(tmp_path)
    settle(tmp_path, command)
    ended = command(*CHECK)
    assert ended.code == 1, ended.err
    return command
