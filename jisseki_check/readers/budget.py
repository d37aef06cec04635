"""What may be taken out of one file of cells, counted while it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jisseki_check.limits import Limits
from jisseki_check.model import Location, Unreadable

_SPLIT = "使っていない行や列を消すか、部ごとのファイルに分けてください。"
_BLANKS_A_CELL = 10
_COVERED_A_CELL = 2
_BYTES_A_CHARACTER = 3  # of Japanese in UTF-8


class Budget:
    """Raises Unreadable when more is taken than the limits allow."""

    def __init__(self, limits: Limits, name: str) -> None:
        self._limits = limits
        self._name = name
        self._cells = self._values = self._bytes = self._places = self._covered = 0

    def take_cell(self, paragraphs: Sequence[str], at: Location) -> None:
        """One cell that holds something. Cells may share a text, which is then counted with each of them."""
        self._cells += 1
        self._values += len(paragraphs)
        for text in paragraphs:
            self._bytes += len(text) if text.isascii() else _BYTES_A_CHARACTER * len(text)
        if self._cells > self._limits.max_cells:
            raise self._refusal(f"セルが多すぎます（上限は{self._limits.max_cells:,}個）", at)
        if self._values > self._limits.max_values:
            raise self._refusal(f"セルの中の行が多すぎます（上限は{self._limits.max_values:,}行）", at)
        if self._bytes > self._limits.max_bytes:
            most = self._limits.max_bytes
            raise self._refusal(f"文字が多すぎます（テキストにすると、上限の{most:,}バイトを超えます）", at)

    def take_row(self, width: int, at: Location) -> None:
        """One row, from its first column to the last."""
        self._places += width
        most = _BLANKS_A_CELL * self._limits.max_cells
        if self._places > most:
            raise self._refusal(f"表が広すぎます（空のセルも数えて、上限は{most:,}個）", at)

    def take_covered(self, count: int, at: Location) -> None:
        """Cells that merged ones cover."""
        self._covered += count
        most = _COVERED_A_CELL * self._limits.max_cells
        if self._covered > most:
            raise self._refusal(f"結合されたセルが多すぎます（上限は{most:,}個）", at)

    def _refusal(self, message: str, at: Location) -> Unreadable:
        return Unreadable(message, fix=_SPLIT, at=replace(at, path=self._name))
