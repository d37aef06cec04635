"""Files are shared out among workers; what they find comes back in the order of the files.

A report is judged by itself, whatever else its chunk holds, so that the outcome is the same however many
workers there are, and wherever they are.
"""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from jisseki_check.engine.options import ClusterError, Options, UsageError
from jisseki_check.engine.part import PackedPart
from jisseki_check.engine.runners.processes import Done, Tasks, in_halves
from jisseki_check.engine.runners.worker import Order
from jisseki_check.engine.shelf import dumped, loaded

_Asked = TypeVar("_Asked")


class Died(Exception):
    """The worker that had a chunk has ended without an answer."""


class Crew(ABC, Generic[_Asked]):
    """Workers that judge by one order. `ahead`: how many chunks they are given before the first comes back,
    so that none of them waits."""

    def __init__(self, order: Order, ahead: int) -> None:
        self.order = order
        self.ahead = ahead

    @abstractmethod
    def ask(self, chunk: Tasks) -> _Asked:
        """Gives a chunk to some worker."""

    @abstractmethod
    def answer(self, asked: _Asked) -> PackedPart:
        """Waits for what is found in it. Raises Died."""

    def renewed(self, waiting: deque[tuple[Tasks, _Asked]]) -> deque[tuple[Tasks, _Asked]]:
        """What is still to come after a worker has died."""
        return waiting


def in_order(chunks: Sequence[Tasks], crew: Crew[_Asked], options: Options) -> Iterator[Done]:
    """What the crew finds, chunk by chunk. A chunk on which a worker died is judged on this machine, and
    comes in pieces."""
    waiting: deque[tuple[Tasks, _Asked]] = deque()
    left = iter(chunks)
    while True:
        while len(waiting) < crew.ahead and (chunk := next(left, None)) is not None:
            waiting.append((chunk, crew.ask(chunk)))
        if not waiting:
            return
        chunk, asked = waiting.popleft()
        try:
            yield chunk, crew.answer(asked)
        except Died:
            yield from in_halves(chunk, crew.order, options)
            waiting = crew.renewed(waiting)


# --- clusters ---------------------------------------------------------------------------------------


def for_elsewhere(options: Options) -> Options:
    """The same for a worker that stands in another folder."""
    by_path = (entry._replace(profile=_from_root(entry.profile)) for entry in options.selection.entries)
    return replace(
        options,
        profile=_from_root(options.profile),
        own_rules=_from_root(options.own_rules),
        rules=_from_root(options.rules),
        selection=options.selection._replace(entries=tuple(by_path)),
    )


def packed(chunk: Tasks) -> bytes:
    """The chunk for such a worker."""
    tasks = []
    for task in chunk:
        read = task.read
        if isinstance(read, partial) and isinstance(read.args[0], Path):
            read = partial(read.func, Path(task.path), *read.args[1:])
        tasks.append(replace(task, read=read))
    return dumped(tasks)


def unpacked(answer: bytes) -> PackedPart:
    """What a worker of a cluster has found. Raises ClusterError where it cannot judge."""
    found: PackedPart | str = loaded(answer)
    if isinstance(found, str):
        raise ClusterError(
            f"クラスターのコンピューターで点検できません。{found}。\n"
            "全てのコンピューターに、同じ版の jisseki-check と部品を入れてください。"
        )
    return found


def introduce(crew: Crew[_Asked], name: str) -> None:
    """Sees that a worker is there and can judge. Raises UsageError."""
    try:
        crew.answer(crew.ask([]))
    except ClusterError as error:
        raise UsageError(str(error)) from None
    except Exception as error:  # what keeps a worker from its first answer has many names
        raise UsageError(
            f"{name} のクラスターで点検を始められません（{_told(error.__cause__ or error)}）。\n"
            "全てのコンピューターに、同じ版の jisseki-check と部品が入っているかを確かめてください。"
        ) from None


def _told(error: BaseException) -> str:
    """What a worker says that went wrong, as far as that can be made out of what is told of it."""
    named = re.findall(r"\b[A-Z]\w*Error: [^\n]{1,200}", str(error))
    return named[-1] if named else type(error).__name__


def _from_root(path: str | None) -> str | None:
    """The path of a file or folder; what is none is a name."""
    return os.path.abspath(path) if path is not None and os.path.exists(path) else path
