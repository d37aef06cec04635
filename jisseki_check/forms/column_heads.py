"""Headings above columns: 目標｜取り組み｜実績, 平成29年度 above 当初予算｜決算; or of a table of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jisseki_check.forms.cell_labels import FIELDS, Label, Vocabulary, is_grouping, looks_like_label
from jisseki_check.forms.grid import GridCell, GridRow, joined
from jisseki_check.notation.fiscal import find_fiscal_years

_MOST = 60  # columns that have a heading
_FIGURE = re.compile(r"[約△▲-]?[0-9].{0,11}|[-－―‐–—−ー]|…|皆増|皆減|なし")


@dataclass(frozen=True, slots=True)
class Heads:
    """The labels above columns, the last row in which they stand, and the rows below it. `leads`: what
    stands left of them, an item's heading; `are_figures`: it is a table of figures within a text."""

    leads: tuple[GridCell, ...]
    labels: tuple[Label, ...]
    last: int
    below: range
    are_figures: bool


def is_below(cell: GridCell, head: GridCell) -> bool:
    """Whether a cell begins in the columns of a heading."""
    return head.column <= cell.column < head.end


def is_year(cell: GridCell) -> bool:
    """Whether a cell holds nothing but a fiscal year."""
    years = find_fiscal_years(cell.key)
    return bool(years) and years[0].start == 0 and years[0].end == len(cell.key)


@dataclass(frozen=True, slots=True)
class ColumnHeads:
    """Finds headings above columns in the rows of one table."""

    rows: Sequence[GridRow]
    vocabulary: Vocabulary

    def at(self, at: int) -> Heads | None:
        """The headings that begin with that row."""
        own = self.rows[at].cells
        for leads, cells, last in (
            ((), own, at),
            (own[:1], own[1:], at),
            ((), self._of_two_rows(at), at + 1),
        ):
            if leads and any(self.vocabulary.label_of(cell) is None for cell in cells):
                continue
            if not self._are_heads(cells):
                continue
            below = self._aligned(last, cells)
            if below:
                labels = tuple(
                    self.vocabulary.label_of(cell) or Label("other", cell, is_own=False) for cell in cells
                )
                return Heads(leads, labels, last, below, self._are_figures(labels, below))
        return None

    def _are_heads(self, cells: Sequence[GridCell]) -> bool:
        unknown = [cell for cell in cells if self.vocabulary.label_of(cell) is None]
        known = len(cells) - len(unknown)
        return known > 1 and len(cells) <= _MOST and all(map(looks_like_label, unknown))

    def _of_two_rows(self, at: int) -> tuple[GridCell, ...]:
        """Those cells of two rows that head a column, with the year or the word that stands above several."""
        if at + 1 >= len(self.rows) or len(self.rows[at].cells) > _MOST:
            return ()
        upper, lower = self.rows[at].cells, self.rows[at + 1].cells
        over = [cell for cell in upper if any(is_below(each, cell) for each in lower)]
        if not over or not all(map(self._stands_over, over)):
            return ()
        heads = [cell for cell in upper if cell not in over]
        for cell in lower:
            above = next((each for each in over if is_below(cell, each)), None)
            if above is None:
                return ()
            whole = replace(joined([above, cell]), column=cell.column, end=cell.end)
            heads.append(cell if self.vocabulary.label_of(whole) is None else whole)
        return tuple(sorted(heads, key=lambda cell: cell.column))

    def _stands_over(self, cell: GridCell) -> bool:
        """Whether a heading is one for several columns: a year, 予算, 計画."""
        label = self.vocabulary.label_of(cell)
        is_money = label is not None and label.role in {"amount", "amounts"}
        return cell.end - cell.column > 1 and (is_year(cell) or is_money or is_grouping(cell.key))

    def _aligned(self, at: int, heads: Sequence[GridCell]) -> range:
        """The rows below a heading whose cells stand in its columns."""
        end = at + 1
        while end < len(self.rows) and self._is_aligned(self.rows[end], heads):
            end += 1
        return range(at + 1, end)

    def _is_aligned(self, row: GridRow, heads: Sequence[GridCell]) -> bool:
        if row.is_blank:
            return False
        labels = [self.vocabulary.label_of(cell) for cell in row.cells[: len(heads) + 1]]
        if labels[0] is not None or any(label is not None and label.is_strong for label in labels):
            return False
        cells = row.cells
        if (
            len(cells) > 1
            and cells[0].end <= heads[0].column
            and (looks_like_label(cells[0]) or is_year(cells[0]))
        ):
            cells = cells[1:]
        return all(any(is_below(cell, head) and cell.end <= head.end for head in heads) for cell in cells)

    def _are_figures(self, labels: Sequence[Label], below: range) -> bool:
        """Whether a table with 目標 and 実績 above its columns is one of figures, within a text."""
        fields = [label.cell for label in labels if label.role in FIELDS]
        cells = [cell for at in below for cell in self.rows[at].cells]
        values = [cell for cell in cells if any(is_below(cell, head) for head in fields)]
        if fields:
            return bool(values) and all(_FIGURE.fullmatch(cell.key) for cell in values)
        return len(below) > 1 and not any(label.role in {"title", "number", "mark"} for label in labels)
