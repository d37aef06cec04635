"""One worker process for each core of this machine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

from jisseki_check.engine.options import ClusterError, Options
from jisseki_check.engine.part import PackedPart
from jisseki_check.engine.runners.crew import Crew, Died, in_order
from jisseki_check.engine.runners.processes import Done, Tasks, pool
from jisseki_check.engine.runners.worker import Order, Unlike, judged, order_of

_AHEAD = 3  # chunks for each worker, the one that it judges and those that are read ahead

_Answer = Future[PackedPart]


def shared_out(chunks: Sequence[Tasks], jobs: int, options: Options, digest: str) -> Iterator[Done]:
    crew = _Crew(jobs, order_of(options, digest))
    try:
        yield from in_order(chunks, crew, options)
    finally:
        crew.dismiss()


class _Crew(Crew[_Answer]):
    """New workers where one of them died: it takes all others with it."""

    def __init__(self, jobs: int, order: Order) -> None:
        super().__init__(order, jobs * _AHEAD)
        self._jobs = jobs
        self._pool = pool(jobs)

    def ask(self, chunk: Tasks) -> _Answer:
        _read_ahead(chunk)
        try:
            return self._pool.submit(judged, self.order, chunk)
        except BrokenProcessPool as error:
            failed: _Answer = Future()
            failed.set_exception(error)
            return failed

    def answer(self, asked: _Answer) -> PackedPart:
        try:
            return asked.result()
        except BrokenProcessPool:
            raise Died from None
        except Unlike:
            raise ClusterError(
                "点検している間に、点検の規則が書き換えられました。もう一度点検してください。"
            ) from None

    def renewed(self, waiting: deque[tuple[Tasks, _Answer]]) -> deque[tuple[Tasks, _Answer]]:
        # Of the others that this worker's death took with it none need be to blame.
        self.dismiss()
        self._pool = pool(self._jobs)
        return deque((chunk, self.ask(chunk)) for chunk, _ in waiting)

    def dismiss(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _read_ahead(chunk: Tasks) -> None:
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
