"""Runs of a command: wall time, and the peak memory of its process tree."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_SAMPLE_SECONDS = 0.02
_STATUS = Path("/proc")


@dataclass(frozen=True, slots=True)
class Run:
    """One run: `seconds` of wall time, and `peak_bytes` of resident memory, None where it is not known."""

    seconds: float
    peak_bytes: int | None


def run(command: Sequence[str], codes: Sequence[int] = (0,)) -> Run:
    """Run it to its end. Raises RuntimeError for an exit code that is none of `codes`."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with _Sampler(process.pid) as sampler:
        code = process.wait()
    seconds = time.perf_counter() - start
    if code not in codes:
        raise RuntimeError(f"exit code {code}: {' '.join(command)}")
    return Run(seconds, sampler.peak or None)


def alternate(
    ours: Sequence[str],
    peer: Sequence[str],
    times: int,
    codes: Sequence[int] = (0,),
    peer_codes: Sequence[int] = (0,),
) -> tuple[float, float]:
    """The medians of both in seconds, run in turns (A B A B …) after one run each that does not count.

    A machine that grows slower while it measures then slows both down alike.
    """
    run(ours, codes)
    run(peer, peer_codes)
    held = [(run(ours, codes).seconds, run(peer, peer_codes).seconds) for _ in range(times)]
    return median(first for first, _ in held), median(second for _, second in held)


class _Sampler:
    """Adds up the resident memory of a process and its descendants every few milliseconds.

    Pages that processes share are counted in each of them: the sum is an upper bound.
    """

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> _Sampler:
        if _STATUS.is_dir():
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_SAMPLE_SECONDS):
            self.peak = max(self.peak, sum(_resident(pid) for pid in _tree(self._pid)))


def _tree(pid: int) -> list[int]:
    """The process and its descendants."""
    try:
        tasks = os.listdir(_STATUS / str(pid) / "task")
        children = [
            int(child)
            for task in tasks
            for child in (_STATUS / str(pid) / "task" / task / "children").read_text().split()
        ]
    except OSError:
        return []
    return [pid, *(each for child in children for each in _tree(child))]


def _resident(pid: int) -> int:
    try:
        pages = int((_STATUS / str(pid) / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
