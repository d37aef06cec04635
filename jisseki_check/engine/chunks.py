"""The files of a run in chunks, each the work of one process at a time."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import overload

from jisseki_check.engine.inputs import Task

_PARTS = 32  # into as many a run is divided at least, where it is long enough
_FEWEST = 16  # files of a chunk on average; with fewer, what each costs by itself would tell
_MOST = 256  # with more, memory would


class Chunk(Sequence[Task]):
    """Some of the tasks of a run, from one place to another; away from it they are a list."""

    def __init__(self, tasks: Sequence[Task], start: int, end: int) -> None:
        self._tasks = tasks
        self._places = range(start, end)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Task: ...

    @overload
    def __getitem__(self, place: slice) -> Chunk: ...

    def __getitem__(self, place: int | slice) -> Task | Chunk:
        if isinstance(place, slice):
            own = self._places[place]
            return Chunk(self._tasks, own.start, own.stop)
        return self._tasks[self._places[place]]

    def __reduce__(self) -> tuple[type[list[Task]], tuple[list[Task]]]:
        return list, (list(self),)


def chunks_of(tasks: Sequence[Task], files: int) -> list[Chunk]:
    """The tasks, which are by name, in chunks. `files`: how many the whole run has.

    Where a chunk ends depends on the names alone, and on the magnitude of the run: a new file changes the
    chunk that it falls into, and no other.
    """
    mean = 1 << max(_FEWEST, min(_MOST, files // _PARTS)).bit_length() - 1
    chunks, start = [], 0
    for end, task in enumerate(tasks, 1):
        is_here = zlib.crc32(task.name.encode("utf-8", "surrogatepass")) % mean == 0
        if (is_here and end - start >= mean // 2) or end - start >= 2 * mean:
            chunks.append(Chunk(tasks, start, end))
            start = end
    return [*chunks, Chunk(tasks, start, len(tasks))] if start < len(tasks) else chunks
