"""What a worker does, wherever it is: it judges a chunk by the order of the run."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import NamedTuple

from jisseki_check import __version__
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judging import Judging, judging
from jisseki_check.engine.options import Options, UsageError
from jisseki_check.engine.part import PackedPart
from jisseki_check.engine.shelf import dumped, loaded
from jisseki_check.exceptions import Exceptions
from jisseki_check.resources import rules_of


class Order(NamedTuple):
    """How to judge: `options` as `dumped` has them, by the rules of that `digest`, as that version does.
    `run` is each time another, so that a worker that outlives it takes nothing for known."""

    version: str
    digest: str
    options: bytes
    run: str


class Unlike(Exception):
    """A worker that would not judge as the process that asks it does; the message is for people."""


_one_at_a_time = Lock()  # a cluster may give its workers several threads; the analyser of words takes one
_held: dict[Order, Judging] = {}


def order_of(options: Options, digest: str) -> Order:
    # Exceptions are applied to the whole; what is to be read is in the tasks already.
    told = replace(options, exceptions=Exceptions(), stdin=None, left_out=frozenset(), remote=())
    return Order(__version__, digest, dumped(told), uuid.uuid4().hex)


def judged(order: Order, chunk: Sequence[Task]) -> PackedPart:
    """What is found in these files. Raises Unlike, UsageError."""
    if order.version != __version__:
        raise Unlike(f"入っている jisseki-check の版が {__version__} で、{order.version} ではありません")
    options: Options = loaded(order.options)
    with _one_at_a_time, rules_of(options.rules):
        # Not at its start: what goes wrong here is told to the process that waits, and not taken for a death.
        if order not in _held:
            known, digest = judging(options)
            if digest != order.digest:
                raise Unlike("入っている規則が、点検を始めたコンピューターのものと違います")
            _held.clear()
            _held[order] = known
        return _held[order].afresh().judge_all(chunk)


def answer(order: Order, chunk: bytes) -> bytes:
    """In a worker of a cluster: the same, of what was dumped and to be loaded again; a text where the worker
    cannot judge."""
    try:
        return dumped(judged(order, loaded(chunk)))
    except (Unlike, UsageError) as error:
        return dumped(str(error))
