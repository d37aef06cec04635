"""`check --watch`: a program of its own that is left running while reports are written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jisseki_check.cli import watch
from tests.cli.conftest import Ended, Engine

EXAMPLES = Path(__file__).parents[2] / "examples"
CLEAN = (EXAMPLES / "clean/environment.txt").read_bytes()
FAULTY = (EXAMPLES / "faulty/money.txt").read_bytes()
_LONGEST = 120  # seconds to wait for what comes in one; only a program that hangs takes them

Command = Callable[..., Ended]


class Watcher:
    """The program, and all that it has said so far."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jisseki_check", "check", *arguments, "--watch", "--as-of", "2026-05-31"],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(EXAMPLES.parent), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        self.said = ""
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._more:
                self.said += line
                self._more.notify_all()

    def until(self, word: str) -> str:
        """What it says as far as, and with, this word; later calls go on behind it."""
        with self._more:
            assert self._more.wait_for(lambda: word in self.said, _LONGEST), self.said
            before, _, self.said = self.said.partition(word)
            return before + word

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        code = self.process.wait(_LONGEST)
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Callable[..., Watcher]]:
    started: list[Watcher] = []

    def start(*arguments: str) -> Watcher:
        started.append(Watcher(tmp_path, *arguments))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.end(signal.SIGTERM)


def test_a_writer_at_work(tmp_path: Path, watching: Callable[..., Watcher]) -> None:
    folder = tmp_path / "報告"
    folder.mkdir()
    report = folder / "環境部.txt"
    report.write_bytes(CLEAN)
    watcher = watching("報告", "--output-format", "concise", "-o", "json=結果.json")
    watcher.until("判定 適合")
    watcher.until("Ctrl+C")

    report.write_bytes(FAULTY)
    assert "「報告/環境部.txt」が変わったので" in watcher.until("判定 不適合")

    # Editors write beside, and put the new file in the place of the old one.
    beside = folder / ".環境部.txt.swp"
    beside.write_bytes(CLEAN)
    os.replace(beside, report)
    watcher.until("判定 適合")

    (folder / "新しい課").mkdir()
    (folder / "新しい課/財務部.txt").write_bytes(FAULTY)
    told = watcher.until("判定 不適合")
    assert "/財務部.txt」が変わったので" in told
    assert "新しい課/財務部.txt:" in told

    settings = tmp_path / "jisseki-check.toml"
    settings.write_text('fail-on = "never"\n', encoding="utf-8")
    watcher.until("判定 適合")
    settings.write_text("fail-on = \n", encoding="utf-8")
    watcher.until("jisseki-check: 設定ファイル")
    settings.unlink()
    watcher.until("判定 不適合")

    shutil.rmtree(folder / "新しい課")
    watcher.until("判定 適合")
    assert '"verdict": "pass"' in (tmp_path / "結果.json").read_text(encoding="utf-8")
    assert watcher.end() == 130
    assert watcher.said.endswith("中断しました。\n")


def test_a_report_that_is_gone_for_a_while(tmp_path: Path, watching: Callable[..., Watcher]) -> None:
    report = tmp_path / "環境部.txt"
    report.write_bytes(CLEAN)
    watcher = watching("環境部.txt", "--output-format", "concise")
    watcher.until("Ctrl+C")
    report.unlink()
    watcher.until("「環境部.txt」が見つかりません。")
    report.write_bytes(FAULTY)
    watcher.until("判定 不適合")


# --- what can be said without waiting -------------------------------------------------------------


class Looks:
    """States of the files, one a look, instead of the disk's."""

    seconds = 0.0

    def __init__(self, *sizes: int) -> None:
        self.states = [{"報告.txt": (size, 0)} for size in sizes]
        self.slept: list[float] = []

    def __call__(self) -> dict[str, tuple[int, int]]:
        return self.states.pop(0)


@pytest.mark.parametrize(
    ("sizes", "seen", "rest"),
    [
        ((1, 1, 2, 2, 9), 2, 1),  # nothing, then a change that lasts
        ((2, 3, 4, 4, 9), 4, 1),  # written bit by bit: whole only when it has been the same twice
        ((2, 1, 3, 3, 9), 3, 1),  # back to what it was: nothing to do until it changes again
        ((2, 1, 1, 1, 5, 5, 9), 5, 1),
    ],
)
def test_a_file_is_checked_when_it_is_quiet(
    monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, ...], seen: int, rest: int
) -> None:
    looks = Looks(*sizes)
    monkeypatch.setattr(time, "sleep", looks.slept.append)
    state = watch._after_a_change({"報告.txt": (1, 0)}, looks)  # type: ignore[arg-type]
    assert state == {"報告.txt": (seen, 0)}
    assert len(looks.states) == rest


def test_what_it_writes_itself_does_not_set_it_off(tmp_path: Path) -> None:
    folder = tmp_path / "報告"
    folder.mkdir()
    (folder / "環境部.txt").write_bytes(CLEAN)
    command = [sys.executable, "-m", "jisseki_check", "check", "報告", "--watch", "--as-of", "2026-05-31"]
    with (folder / "記録.txt").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=tmp_path, stdout=log, stderr=subprocess.PIPE, encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(EXAMPLES.parent), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
    assert process.stderr is not None
    with process.stderr as said:
        assert any("終えるときは Ctrl+C" in line for line in said)
        (folder / "環境部.txt").write_bytes(FAULTY)
        changes = [next(line for line in said if "点検し直します ──" in line)]
        (folder / "環境部.txt").write_bytes(CLEAN)
        changes.append(next(line for line in said if "点検し直します ──" in line))
        process.send_signal(signal.SIGTERM)
    process.wait(_LONGEST)
    assert all("記録.txt" not in line and line.count("環境部.txt") == 1 for line in changes)


def test_many_files_are_looked_at_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = Looks(2, 2)
    looks.seconds = 1.0
    monkeypatch.setattr(time, "sleep", looks.slept.append)
    watch._after_a_change({}, looks)  # type: ignore[arg-type]
    assert looks.slept[0] == 20.0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-", "--stdin-filename", "報告.txt"), "標準入力（-）と一緒には使えません"),
        (("報告.txt", "--annotate", "点検済"), "--watch と --annotate は一緒に使えません"),
        ((".", "-o", "json=結果.json"), "書き出し先「結果.json」が点検するフォルダーの中にあり"),
        (("ない.txt",), "見つかりません"),
        (("報告.txt", "--select", "XXX"), "「XXX」で始まる規則はありません"),
    ],
)
def test_what_is_wrong_from_the_beginning_ends_it(
    command: Command, engine: Engine, arguments: tuple[str, ...], told: str
) -> None:
    ended = command("check", *arguments, "--watch")
    assert ended.code == 2
    assert told in ended.err
    assert engine.options is None
