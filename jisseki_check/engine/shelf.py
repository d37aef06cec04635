"""Long lists of a run, kept in a file once they have grown, so that memory does not grow with them."""

from __future__ import annotations

import io
import pickle
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, is_dataclass
from typing import IO, Any, Generic, TypeVar

_T = TypeVar("_T")

# Bytes of a list, some fifteen times as many when it is unpacked; with more it goes to a file.
_IN_MEMORY = 2_000_000


@dataclass(frozen=True, slots=True)
class Block:
    """Entries of a list, as they go from one process to another and to a file."""

    count: int
    content: bytes


class _Pickler(pickle.Pickler):
    """Our records by their values alone; by their own means they take five times as long to come back."""

    def reducer_override(self, held: Any) -> Any:
        kind = type(held)
        names = kind.__dict__.get("__slots__") if is_dataclass(kind) else None
        return NotImplemented if names is None else (kind, tuple(getattr(held, name) for name in names))


def dumped(held: object) -> bytes:
    """Something of ours as bytes, which `loaded` reads. What comes of them must be our own: pickle does what
    it is told."""
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(held)
    # Texts of reports repeat each other; what is not packed fills the disk of a long run.
    return zlib.compress(stream.getbuffer(), 1)


def loaded(content: bytes) -> Any:
    """What was dumped."""
    return pickle.loads(zlib.decompress(content))  # noqa: S301 - our own


def pack(entries: Sequence[object]) -> Block:
    """The entries as a block."""
    return Block(len(entries), dumped(entries))


class Scratch:
    """Bytes that are added to, and read again at any place; in a file of their own when they are many."""

    def __init__(self) -> None:
        self._stream: IO[bytes] = io.BytesIO()
        self._ends = array("Q", [0])

    @property
    def is_filed(self) -> bool:
        return not isinstance(self._stream, io.BytesIO)

    def add(self, content: bytes) -> None:
        self._stream.seek(0, io.SEEK_END)
        self._stream.write(content)
        self._ends.append(self._ends[-1] + len(content))
        if self._ends[-1] > _IN_MEMORY and not self.is_filed:
            self._move()

    def __len__(self) -> int:
        """How often something was added."""
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        """What was added at that time."""
        start, end = self._ends[number], self._ends[number + 1]
        self._stream.seek(start)
        return self._stream.read(end - start)

    def __del__(self) -> None:
        # Whoever holds the outcome may go through it at any time; the file goes with the last of them.
        self._stream.close()

    def _move(self) -> None:
        import tempfile  # 10 ms that few reports need not wait for

        held, self._stream = self._stream, tempfile.TemporaryFile()  # noqa: SIM115 - closed with this
        held.seek(0)
        while piece := held.read(_IN_MEMORY):
            self._stream.write(piece)


class Shelf(Generic[_T]):
    """A list that only grows, block by block, and is gone through from its start."""

    def __init__(self) -> None:
        self._blocks = Scratch()
        self._count = 0

    @property
    def is_filed(self) -> bool:
        """Whether it is too long to be held at once."""
        return self._blocks.is_filed

    def put(self, block: Block) -> None:
        if block.count:
            self._blocks.add(block.content)
            self._count += block.count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[_T]:
        for number in range(len(self._blocks)):
            yield from loaded(self._blocks[number])
