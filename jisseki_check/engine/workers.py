"""Files are shared out among worker processes; what they find comes back in the order of the files.

A report is judged by itself, whatever else its batch holds, so that the outcome is the same however many
workers there are.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context

from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judging import Judging, judging
from jisseki_check.engine.options import Options
from jisseki_check.engine.part import Part
from jisseki_check.exceptions import Exceptions
from jisseki_check.model import Source, Unreadable
from jisseki_check.resources import rules_of

_CHUNK = 50  # files that a worker takes at a time

_told: list[Options] = []
_held: list[Judging] = []


def shared_out(
    tasks: Sequence[Task], jobs: int, options: Options, progress: Callable[[int, int], None]
) -> Iterator[Part]:
    """What `jobs` workers find, part by part, in the order of the files."""
    chunks = [tasks[start : start + _CHUNK] for start in range(0, len(tasks), _CHUNK)]
    with _pool(jobs, options) as pool:
        futures = [pool.submit(_judge, chunk) for chunk in chunks]
        done = 0
        try:
            for chunk, future in zip(chunks, futures, strict=True):
                yield _result(chunk, future, options)
                done += len(chunk)
                progress(done, len(tasks))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _result(chunk: Sequence[Task], future: Future[Part], options: Options) -> Part:
    try:
        return future.result()
    except BrokenProcessPool:
        return _one_by_one(chunk, options)


def _one_by_one(chunk: Sequence[Task], options: Options) -> Part:
    """A worker died: halves of what it had, each with a new one, until the file is found that kills it."""
    if len(chunk) == 1:
        here, _ = judging(options)
        here.take(replace(chunk[0], read=_died))
        return here.part
    whole: Part | None = None
    for half in (chunk[: len(chunk) // 2], chunk[len(chunk) // 2 :]):
        try:
            with _pool(1, options) as pool:
                part = pool.submit(_judge, half).result()
        except BrokenProcessPool:
            part = _one_by_one(half, options)
        if whole is None:
            whole = part
        else:
            whole.add(part)
    assert whole is not None
    return whole


def _died() -> Source:
    raise Unreadable(
        "読み取りの途中で、点検の処理が強制的に終わりました（メモリの不足など）。点検していません。",
        fix="このファイルだけで点検し直してください。同じことになるときは、ファイルを分けて小さくしてください。",
    )


def _pool(jobs: int, options: Options) -> ProcessPoolExecutor:
    # Exceptions are applied to the whole; standard input is in its task already.
    told = replace(options, exceptions=Exceptions(), stdin=None)
    return ProcessPoolExecutor(jobs, get_context("spawn"), _start, (told,))


def _start(options: Options) -> None:
    # The process that waits for the results stops the others; they need not say so as well.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _told[:] = [options]


def _judge(tasks: Sequence[Task]) -> Part:
    """In a worker: what is found in these files."""
    with rules_of(_told[0].rules):
        # Not at its start: what goes wrong here is told to the process that waits, and not taken for a death.
        if not _held:
            _held.append(judging(_told[0])[0])
        held = _held[0].afresh()
        for task in tasks:
            held.take(task)
        held.judge_rest()
        return held.part
