"""Files are shared out among worker processes; what they find comes back in the order of the files.

A report is judged by itself, whatever else its chunk holds, so that the outcome is the same however many
workers there are.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judging import Judging, judging
from jisseki_check.engine.options import Options
from jisseki_check.engine.part import PackedPart
from jisseki_check.exceptions import Exceptions
from jisseki_check.model import Source, Unreadable
from jisseki_check.resources import rules_of

_AHEAD = 2  # chunks for each worker that are read ahead, so that it never waits

Chunk = Sequence[Task]
Done = tuple[Chunk, PackedPart]

_told: list[Options] = []
_held: list[Judging] = []


def shared_out(chunks: Sequence[Chunk], jobs: int, options: Options) -> Iterator[Done]:
    """What `jobs` workers find, chunk by chunk, in the order of the chunks. A chunk on which a worker died
    comes in pieces."""
    crew = _Crew(jobs, options)
    waiting: deque[tuple[Chunk, Future[PackedPart]]] = deque()
    left = iter(chunks)
    try:
        while True:
            while len(waiting) < jobs * (1 + _AHEAD) and (chunk := next(left, None)) is not None:
                _read_ahead(chunk)
                waiting.append((chunk, crew.submit(chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield chunk, future.result()
            except BrokenProcessPool:
                yield from _in_halves(chunk, options)
                # Of the others that this worker's death took with it none need be to blame.
                crew.renew()
                waiting = deque((each, crew.submit(each)) for each, _ in waiting)
    finally:
        crew.dismiss()


class _Crew:
    """Worker processes; new ones where one of them died."""

    def __init__(self, jobs: int, options: Options) -> None:
        self._jobs = jobs
        self._options = options
        self._pool = _pool(jobs, options)

    def submit(self, chunk: Chunk) -> Future[PackedPart]:
        try:
            return self._pool.submit(_judge, chunk)
        except BrokenProcessPool as error:
            failed: Future[PackedPart] = Future()
            failed.set_exception(error)
            return failed

    def renew(self) -> None:
        self.dismiss()
        self._pool = _pool(self._jobs, self._options)

    def dismiss(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _in_halves(chunk: Chunk, options: Options) -> Iterator[Done]:
    """A worker died: halves of what it had, each with a new one, until the file is found that kills it."""
    try:
        with _pool(1, options) as pool:
            yield chunk, pool.submit(_judge, chunk).result()
    except BrokenProcessPool:
        if len(chunk) == 1:
            here, _ = judging(options)
            yield chunk, here.judge_all([replace(chunk[0], read=_died)])
            return
        middle = len(chunk) // 2
        yield from _in_halves(chunk[:middle], options)
        yield from _in_halves(chunk[middle:], options)


def _died() -> Source:
    raise Unreadable(
        "読み取りの途中で、点検の処理が強制的に終わりました（メモリの不足など）。点検していません。",
        fix="このファイルだけで点検し直してください。同じことになるときは、ファイルを分けて小さくしてください。",
    )


def _read_ahead(chunk: Chunk) -> None:
    """Let the system fetch the files: a cold disk is slower than any worker."""
    if not hasattr(os, "posix_fadvise"):
        return
    for task in chunk:
        try:
            descriptor = os.open(task.path, os.O_RDONLY | os.O_NONBLOCK)
        except (OSError, ValueError):  # whoever reads it will say why
            continue
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_WILLNEED)
        except OSError:
            pass
        finally:
            os.close(descriptor)


def _pool(jobs: int, options: Options) -> ProcessPoolExecutor:
    # Exceptions are applied to the whole; standard input is in its task already.
    told = replace(options, exceptions=Exceptions(), stdin=None)
    return ProcessPoolExecutor(jobs, _context(), _start, (told,))


def _context() -> multiprocessing.context.BaseContext:
    """Workers that share the memory of what is loaded once, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _start(options: Options) -> None:
    # The process that waits for the results stops the others; they need not say so as well.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Each has a core of its own.
    os.environ["POLARS_MAX_THREADS"] = "1"
    _told[:] = [options]
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Who is killed cannot stop its workers: each of them would wait for more to do for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    multiprocessing.connection.wait([parent.sentinel])
    os._exit(1)


def _judge(tasks: Chunk) -> PackedPart:
    """In a worker: what is found in these files."""
    with rules_of(_told[0].rules):
        # Not at its start: what goes wrong here is told to the process that waits, and not taken for a death.
        if not _held:
            _held.append(judging(_told[0])[0])
        return _held[0].afresh().judge_all(tasks)
