"""Dask: the cluster that an address names (`--cluster`, DASK_SCHEDULER_ADDRESS), the one that this process is
connected to, or one of this machine."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import dask
from distributed import Client, Future, KilledWorker, LocalCluster
from distributed.client import FuturesCancelledError
from distributed.comm import CommClosedError

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

_AHEAD = 4  # chunks for each thread of the workers
_PATIENCE = 60.0  # seconds for a worker to take the place of the last one
_LOCAL = {
    "distributed.scheduler.allowed-failures": 0,  # what a worker died of is judged again on this machine
    "distributed.nanny.pre-spawn-environ.POLARS_MAX_THREADS": "1",  # each has a core of its own
}
# Nobody else on this machine, or beyond it, may give these workers something to do.
_HERE = {
    "host": "127.0.0.1",
    "dashboard_address": "127.0.0.1:0",
    "worker_dashboard_address": "127.0.0.1:0",
    "security": True,
    "silence_logs": logging.CRITICAL,
}
_LOST = (
    "Dask のクラスターとの接続が切れたか、点検する処理が一つもなくなったため、点検を終えられませんでした。"
)


def shared_out(chunks: Sequence[Tasks], jobs: int, options: Options, digest: str) -> Iterator[Done]:
    with _client(jobs, options.cluster) as client:
        crew = _Crew(client, order_of(for_elsewhere(options), digest))
        introduce(crew, "Dask")
        yield from in_order(chunks, crew, options)


class _Crew(Crew[Future]):
    def __init__(self, client: Client, order: Order) -> None:
        super().__init__(order, _AHEAD * max(_AHEAD, sum(client.nthreads().values())))
        self._client = client

    def ask(self, chunk: Tasks) -> Future:
        return self._client.submit(answer, self.order, packed(chunk), pure=False)

    def answer(self, asked: Future) -> PackedPart:
        is_deserted = False
        while True:
            try:
                return unpacked(asked.result(timeout=_PATIENCE))
            except KilledWorker:
                raise Died from None
            except TimeoutError:
                was_deserted, is_deserted = is_deserted, not self._client.nthreads()
                if was_deserted and is_deserted:
                    raise ClusterError(_LOST) from None
            except (FuturesCancelledError, CommClosedError):
                raise ClusterError(_LOST) from None


@contextmanager
def _client(jobs: int, address: str | None) -> Iterator[Client]:
    address = address or dask.config.get("scheduler-address", None)
    if address is not None:
        try:
            client = Client(address, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"Dask のクラスター「{address}」につながりません（{type(error).__name__}）。"
                "アドレスと、クラスターが動いているかを確かめてください。"
            ) from None
        with client:
            yield client
        return
    try:
        client = Client.current()
    except ValueError:
        with (
            dask.config.set(_LOCAL),
            LocalCluster(n_workers=jobs, threads_per_worker=1, **_HERE) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            yield client
        return
    yield client
