"""Worker processes of this machine."""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judging import judging
from jisseki_check.engine.options import ClusterError, Options
from jisseki_check.engine.part import PackedPart
from jisseki_check.engine.runners.worker import Order, judged
from jisseki_check.model import Source, Unreadable

Tasks = Sequence[Task]
Done = tuple[Tasks, PackedPart]


def pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, _context(), _start)


def in_halves(chunk: Tasks, order: Order, options: Options) -> Iterator[Done]:
    """A worker died: halves of what it had, each with a new one, until the file is found that kills it."""
    try:
        with pool(1) as alone:
            _require_start(alone)
            yield chunk, alone.submit(judged, order, chunk).result()
    except BrokenProcessPool:
        if len(chunk) == 1:
            here, _ = judging(options)
            yield chunk, here.judge_all([replace(chunk[0], read=_died)])
            return
        middle = len(chunk) // 2
        yield from in_halves(chunk[:middle], order, options)
        yield from in_halves(chunk[middle:], order, options)


def _require_start(workers: ProcessPoolExecutor) -> None:
    """Where a worker does not even start, no file is to blame. Raises ClusterError."""
    try:
        workers.submit(os.getpid).result()
    except BrokenProcessPool:
        raise ClusterError(
            "点検の処理を分けて始められません。--jobs 1 を付けて、もう一度点検してください。"
        ) from None


def _died() -> Source:
    raise Unreadable(
        "読み取りの途中で、点検の処理が強制的に終わりました（メモリの不足など）。点検していません。",
        fix="このファイルだけで点検し直してください。同じことになるときは、ファイルを分けて小さくしてください。",
    )


def _context() -> multiprocessing.context.BaseContext:
    """Workers that share the memory of what is loaded once, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _start() -> None:
    # The process that waits for the results stops the others; they need not say so as well.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Each has a core of its own.
    os.environ["POLARS_MAX_THREADS"] = "1"
    # What is found holds no cycles, and what is loaded stays.
    gc.set_threshold(50_000, 20, 50)
    gc.freeze()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Who is killed cannot stop its workers: each of them would wait for more to do for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    multiprocessing.connection.wait([parent.sentinel])
    os._exit(1)
