"""A run that is killed leaves nothing half written, nobody at work, and no stone in the next run's way."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.cities import report, save

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="/proc tells who is still at work"
)

_FILES = 120
_TIMES = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    for number in range(_FILES):
        save(folder / "報告" / f"{number:03}.json", report(2017, department=f"第{number}部"))
    return folder


def _command(name: str) -> list[str]:
    outputs = [f"-o{each}={name}.{each}" for each in ("json", "jsonl", "csv")]
    told = ["check", "報告", "-q", "--jobs", "2", "--as-of", "2026-05-31", *outputs]
    return [sys.executable, "-m", "jisseki_check", *told]


def _contents(folder: Path, name: str) -> dict[str, bytes]:
    return {path.suffix: path.read_bytes() for path in sorted(folder.glob(f"{name}.*"))}


def _below(process: int) -> Iterator[int]:
    """Those that a process has started, and theirs."""
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            yield child
            yield from _below(child)


def _is_at_work(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _kill(command: Sequence[str], folder: Path, seconds: float) -> None:
    """Kill a run after a while, and wait until its workers have gone too."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            workers = list(_below(process.pid))
            process.send_signal(signal.SIGKILL)
            process.wait()
            deadline = time.monotonic() + 60
            while any(map(_is_at_work, workers)):
                assert time.monotonic() < deadline, "workers go on without whom they work for"
                time.sleep(0.05)


def test_run_that_is_killed_at_any_moment(folder: Path) -> None:
    began = time.monotonic()
    subprocess.run([*_command("whole"), "--no-cache"], cwd=folder, check=False, stdout=subprocess.DEVNULL)
    lasts = time.monotonic() - began
    whole = _contents(folder, "whole")
    assert set(whole) == {".json", ".jsonl", ".csv"}
    chance = random.Random(6)
    for _ in range(_TIMES):
        _kill(_command("killed"), folder, chance.uniform(0, lasts))
        for suffix, content in _contents(folder, "killed").items():
            assert content == whole[suffix]
        for path in folder.glob("killed.*"):
            path.unlink()
    done = subprocess.run(_command("killed"), cwd=folder, check=False, stdout=subprocess.DEVNULL)
    assert done.returncode == 0
    assert _contents(folder, "killed") == whole
    assert json.loads(whole[".json"])["counts"]["files"] == _FILES


def test_tables_of_facts_that_are_killed_at_any_moment(folder: Path) -> None:
    def command(name: str) -> list[str]:
        return [sys.executable, "-m", "jisseki_check", "facts", "報告", "-o", name, "--jobs", "2"]

    def tables(name: str) -> dict[str, bytes]:
        # What was being written when it was killed has another name.
        return {path.name: path.read_bytes() for path in (folder / name).glob("[!.]*")}

    began = time.monotonic()
    subprocess.run(command("全体"), cwd=folder, check=True)
    lasts = time.monotonic() - began
    whole = tables("全体")
    assert "items.parquet" in whole
    chance = random.Random(8)
    for share in (*(chance.random() for _ in range(_TIMES // 4)), 0.9, 0.95, 0.98):
        _kill(command("表"), folder, lasts * share)
        assert tables("表").items() <= whole.items()
        shutil.rmtree(folder / "表", ignore_errors=True)
    subprocess.run(command("表"), cwd=folder, check=True)
    assert tables("表") == whole
