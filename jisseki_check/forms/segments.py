"""A table row as labels and what stands behind each: 担当課｜人事課｜達成状況｜◎."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from jisseki_check.forms.cell_labels import FIELDS, Label, Vocabulary, is_prose, looks_like_label
from jisseki_check.forms.grid import GridCell, GridRow

_SHORTEST, _LONGEST = 18, 30  # of labels that nobody knows


@dataclass(slots=True)
class Segment:
    """A label and the cells behind it. Without a label: a cell that stands before all labels.
    `heads`: it stands right before another label and is one for several."""

    label: Label | None
    values: list[GridCell] = field(default_factory=list)
    heads: bool = False

    @property
    def role(self) -> str:
        return "lead" if self.label is None else self.label.role


@dataclass(frozen=True, slots=True)
class Splitter:
    """Splits the rows of one table; `columns`: where its labels begin."""

    vocabulary: Vocabulary
    columns: frozenset[int]

    def split(self, row: GridRow) -> list[Segment]:
        """The row's segments; one without labels only where nothing in the row is a label."""
        segments: list[Segment] = []
        for at, cell in enumerate(row.cells):
            last = segments[-1] if segments else None
            label = self._label(row, at, last)
            if label is not None:
                if last is not None and last.label is not None and not last.values:
                    last.heads = not row.has_gap_before(at)
                segments.append(Segment(label))
            elif last is not None and last.label is not None:
                last.values.append(cell)
            else:
                segments.append(Segment(None, [cell]))
        return self._nested(segments)

    def _label(self, row: GridRow, at: int, last: Segment | None) -> Label | None:
        cell = row.cells[at]
        known = self.vocabulary.label_of(cell)
        if last is None or last.label is None:
            return known or self._unknown(row, at)
        if not last.values:
            return self._behind_label(known, last.label, row.has_gap_before(at))
        if known is not None and known.is_strong:
            return known
        if last.role in FIELDS and not is_prose(last.values):
            return None
        return known or self._unknown(row, at)

    @staticmethod
    def _behind_label(known: Label | None, before: Label, has_gap: bool) -> Label | None:
        """A label right behind another one: 実績｜取組実績｜… is one label."""
        if known is None or known.is_strong or has_gap:
            return known
        return replace(known, role=before.role) if known.usual == before.role else None

    def _unknown(self, row: GridRow, at: int) -> Label | None:
        """A label that nobody knows: where labels stand, with something behind it that is none."""
        cell = row.cells[at]
        if at + 1 == len(row.cells):
            return None
        longest = _LONGEST if cell.column in self.columns and is_prose(row.cells[at + 1 :]) else _SHORTEST
        if not looks_like_label(cell, longest):
            return None
        if self.vocabulary.label_of(row.cells[at + 1]) is not None:
            return None
        here = cell.column in self.columns or (at > 0 and (len(row.cells) - at) % 2 == 0)
        return Label("other", cell, is_own=False) if here else None

    @staticmethod
    def _nested(segments: list[Segment]) -> list[Segment]:
        """実績｜年度｜目標｜実績 is a result with the heading of a table in it."""
        first = next((at for at, segment in enumerate(segments) if segment.label is not None), None)
        if first is None or segments[first].role not in FIELDS or not segments[first].values:
            return segments
        behind = [segment for segment in segments[first + 1 :] if segment.role in FIELDS]
        roles = [segment.role for segment in (segments[first], *behind)]
        if len(set(roles)) == len(roles) and all(segment.values for segment in behind):
            return segments
        held = segments[first]
        for segment in segments[first + 1 :]:
            held.values += [*([segment.label.cell] if segment.label else []), *segment.values]
        return segments[: first + 1]
