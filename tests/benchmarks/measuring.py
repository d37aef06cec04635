"""Runs of commands: wall time, CPU time, and the peak memory of all their processes."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.processes import adopting, children, cpu_of_orphans, proportional_bytes, tree

_OFTEN, _SELDOM = 0.02, 0.5
_PAST = 100  # a sample is taken after another hundredth of the time gone by, so that watching costs little


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, by the name that the results give it. `codes`: the exit codes of a run that did its work;
    `folder`: where it is run."""

    name: str
    words: tuple[str, ...]
    codes: tuple[int, ...] = (0,)
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run: `seconds` of wall time; `cpu_seconds` of all its processes, in the program and in the system;
    `peak_bytes` in memory, None where that was not watched or is not known; `output`: what it printed."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int | None = None
    output: str = ""


@dataclass(frozen=True, slots=True)
class Timed:
    """The runs of one command that count."""

    name: str
    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """The median."""
        return median(run.seconds for run in self.runs)

    @property
    def spread(self) -> tuple[float, float]:
        """The shortest and the longest run, in seconds."""
        return min(run.seconds for run in self.runs), max(run.seconds for run in self.runs)

    @property
    def cpu_seconds(self) -> float:
        """The median."""
        return median(run.cpu_seconds for run in self.runs)

    @property
    def peak_bytes(self) -> int | None:
        """The most that any run took."""
        return max((run.peak_bytes for run in self.runs if run.peak_bytes), default=None)


def run(command: Command, *, watch_memory: bool = False) -> Run:
    """Run it to its end. Raises RuntimeError for an exit code that is none of the command's."""
    # Peers and we alike read compiled bytecode, whatever the environment of this process says.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    others = children(os.getpid())
    # Not a pipe: a server of workers that has not ended yet would keep it open.
    with adopting(), tempfile.TemporaryFile() as printed:
        start = time.perf_counter()
        process = subprocess.Popen(
            command.words, stdout=printed, stderr=subprocess.DEVNULL, cwd=command.folder, env=environment
        )
        with _Sampler(process.pid if watch_memory else None) as sampler:
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
        # Servers of workers outlive the process that started them, and hold the workers' CPU time.
        cpu = used.ru_utime + used.ru_stime + cpu_of_orphans(others)
        printed.seek(0)
        output = printed.read().decode()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.codes:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(command.words)[:500]}")
    return Run(seconds, cpu, sampler.peak, output)


def in_turns(commands: Sequence[Command], times: int, *, warm_up: bool = True) -> list[Timed]:
    """All commands in turn (A B C A B C …), `times` times, after one run each that does not count.

    A machine that grows slower while it measures then slows all of them down alike.
    """
    if warm_up:
        for command in commands:
            run(command)
    rounds = [[run(command) for command in commands] for _ in range(times)]
    return [
        Timed(command.name, tuple(held[place] for held in rounds)) for place, command in enumerate(commands)
    ]


def ratios(one: Timed, other: Timed) -> tuple[float, float, float]:
    """How many times as long `one` takes as `other`: the median of the rounds, the least and the most."""
    each = [a.seconds / b.seconds for a, b in zip(one.runs, other.runs, strict=True)]
    return median(each), min(each), max(each)


class _Sampler:
    """Adds up the memory of a process and its descendants from time to time.

    Each process is counted with its proportional set size: a page that n processes share counts an nth in
    each, so that the sum counts it once. What grows and goes between two samples is not seen.
    """

    def __init__(self, pid: int | None) -> None:
        self.peak: int | None = None
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> _Sampler:
        if self._pid is not None and proportional_bytes(os.getpid()) is not None:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        assert self._pid is not None
        start, wait = time.perf_counter(), _OFTEN
        while not self._ended.wait(wait):
            held = sum(proportional_bytes(pid) or 0 for pid in tree(self._pid))
            self.peak = max(self.peak or 0, held)
            wait = min(_SELDOM, max(_OFTEN, (time.perf_counter() - start) / _PAST))
