"""Spark: the cluster that an address names (`--cluster`), the session of this process, or this machine.

A job for each chunk, several at a time; no data frame of Spark's: those want pandas in every worker.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from py4j.protocol import Py4JError, Py4JJavaError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from jisseki_check.engine.options import ClusterError, Options, UsageError
from jisseki_check.engine.part import PackedPart
from jisseki_check.engine.runners.crew import (
    Crew,
    Died,
    for_elsewhere,
    in_order,
    introduce,
    packed,
    unpacked,
)
from jisseki_check.engine.runners.processes import Done, Tasks
from jisseki_check.engine.runners.worker import Order, answer, order_of

_AHEAD = 4  # chunks for each core of the workers
_TRIES = 2  # of a chunk on this machine, before its worker's death is taken for no accident
_SUBMITTED = frozenset({"PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS"})  # whose cluster it is stands there
_QUIET = {
    "spark.app.name": "jisseki-check",
    "spark.log.level": "OFF",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.executorEnv.POLARS_MAX_THREADS": "1",  # each has a core of its own
}


def shared_out(chunks: Sequence[Tasks], jobs: int, options: Options, digest: str) -> Iterator[Done]:
    with _context(jobs, options.cluster) as context:
        ahead = _AHEAD * max(_AHEAD, context.defaultParallelism)
        with ThreadPoolExecutor(ahead) as threads:
            crew = _Crew(context, threads, order_of(for_elsewhere(options), digest), ahead)
            introduce(crew, "Spark")
            try:
                yield from in_order(chunks, crew, options)
            finally:
                threads.shutdown(wait=False, cancel_futures=True)


class _Crew(Crew["Future[bytes]"]):
    def __init__(self, context: SparkContext, threads: ThreadPoolExecutor, order: Order, ahead: int) -> None:
        super().__init__(order, ahead)
        self._context = context
        self._threads = threads

    def ask(self, chunk: Tasks) -> Future[bytes]:
        return self._threads.submit(self._run, packed(chunk))

    def answer(self, asked: Future[bytes]) -> PackedPart:
        try:
            return unpacked(asked.result())
        except Py4JJavaError as error:
            if not self._context._jsc.sc().isStopped():
                raise Died from error
            raise ClusterError(_LOST) from None
        except (Py4JError, OSError):
            raise ClusterError(_LOST) from None

    def _run(self, chunk: bytes) -> bytes:
        found: list[bytes] = self._context.parallelize([chunk], 1).map(partial(answer, self.order)).collect()
        return found[0]


_LOST = "Spark との接続が切れたため、点検を終えられませんでした。"


@contextmanager
def _context(jobs: int, master: str | None) -> Iterator[SparkContext]:
    session = SparkSession.getActiveSession()
    if session is not None:
        yield session.sparkContext
        return
    conf = SparkConf().setAll(list(_QUIET.items()))
    if master is not None or not _SUBMITTED & os.environ.keys():
        conf.setMaster(master or f"local[{jobs},{_TRIES}]")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # not whichever is found first
    if not _has_java():
        raise UsageError(
            "Spark を動かすための Java（17以降）が見つかりません。"
            "情報システムの担当に、Java を入れて JAVA_HOME を設定するよう頼んでください。"
        )
    try:
        # What Java says at its start is nothing for people; what goes wrong there comes back as an error.
        gateway = launch_gateway(conf, {"stderr": subprocess.DEVNULL})
        context = SparkContext(conf=conf, gateway=gateway)
    except (Py4JError, PySparkException, OSError) as error:
        raise UsageError(
            f"Spark を始められません（{type(error).__name__}）。"
            "--cluster のアドレスと、Java が17以降かを確かめてください。"
        ) from None
    try:
        yield context
    finally:
        context.stop()


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=None if home is None else os.path.join(home, "bin")) is not None
