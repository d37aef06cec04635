"""The files of a run in chunks, each the work of one process at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from jisseki_check.engine.inputs import Task

Chunk = Sequence[Task]

_PARTS = 32  # into as many a run is divided at least, where it is long enough
_FEWEST = 16  # files of a chunk on average; with fewer, what each costs by itself would tell
_MOST = 256  # with more, memory would


def chunks_of(tasks: Sequence[Task]) -> list[Chunk]:
    """In the order of their names, the files to be judged before those to compare with.

    Where a chunk ends depends on the names alone, and on the magnitude of the run: a new file changes the
    chunk that it falls into, and no other.
    """
    ordered = sorted(tasks, key=lambda task: (task.is_prior, task.name))
    mean = 1 << max(_FEWEST, min(_MOST, len(tasks) // _PARTS)).bit_length() - 1
    return list(_cut(ordered, mean))


def _cut(tasks: Sequence[Task], mean: int) -> Iterator[Chunk]:
    start = 0
    for end, task in enumerate(tasks, 1):
        is_here = zlib.crc32(task.name.encode("utf-8", "surrogatepass")) % mean == 0
        if (is_here and end - start >= mean // 2) or end - start >= 2 * mean:
            yield tasks[start:end]
            start = end
    if start < len(tasks):
        yield tasks[start:]
