"""Tables in pieces, kept packed, and in a file once they have grown, so that memory does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

import polars as pl

from jisseki_check.engine.shelf import Scratch, dumped, loaded


class _Piece(NamedTuple):
    """Where it is; `first`: the number of the report that the piece calls 0."""

    place: int
    first: int


class Pieces:
    """The tables of a run, by name; `report` in each is a report's number."""

    def __init__(self) -> None:
        self._scratch = Scratch()
        self._pieces: defaultdict[str, defaultdict[int, list[_Piece]]] = defaultdict(
            lambda: defaultdict(list)
        )

    @property
    def names(self) -> Collection[str]:
        return self._pieces.keys()

    def put(self, name: str, group: int, piece: bytes, first: int = 0) -> None:
        """A piece of a table, a frame as `packed` has it. All reports of a group come before those of the
        next one; `first`: the number of the report that the piece calls 0. Raises OSError."""
        self._pieces[name][group].append(_Piece(len(self._scratch), first))
        self._scratch.add(piece)

    def frames(self, name: str) -> Iterator[pl.DataFrame]:
        """A table, group by group, in the order of the reports. Raises OSError."""
        for _, pieces in sorted(self._pieces[name].items()):
            yield pl.concat(map(self._frame, pieces)).sort("report", maintain_order=True)

    def _frame(self, piece: _Piece) -> pl.DataFrame:
        frame: pl.DataFrame = loaded(self._scratch[piece.place])
        return frame.with_columns(pl.col("report") + piece.first)


def packed(frame: pl.DataFrame) -> bytes:
    """A frame as it goes from one process to another, and into the file."""
    return dumped(frame)
