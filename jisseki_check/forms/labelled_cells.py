"""A label that stands in the same cell as what it labels."""

from __future__ import annotations

import re
from dataclasses import replace

from jisseki_check.forms.cell_labels import FIELDS, Label, Vocabulary
from jisseki_check.forms.grid import GridCell, key_of
from jisseki_check.forms.labels import Labels
from jisseki_check.forms.spans import Text
from jisseki_check.notation.width import fold

_LONGEST_NAMES = 60
_DIVISION = re.compile(
    r"[(\[【]?\s*+(?P<label>[^:：()\[\]【】]{1,8}?)\s*+[:：]\s*+(?P<names>[^()\[\]【】]+?)\s*+[)\]】]?"
)


def labelled_within(cell: GridCell, vocabulary: Vocabulary, labels: Labels) -> tuple[Label, GridCell] | None:
    """A label with its text in the same cell: the label on the first line, or 「担当課：人事課」."""
    first, *rest = cell.lines
    head = _with(cell, (first,))
    label = vocabulary.label_of(head)
    others = [labels.field.match(fold(line.text)) for line in rest]
    if label is not None and label.role in FIELDS and rest and not any(others):
        return label, _with(cell, tuple(rest))
    short = not rest and len(first.text) <= _LONGEST_NAMES
    match = _DIVISION.fullmatch(fold(first.text)) if short else None
    if match is None:
        return None
    label = vocabulary.label_of(_with(cell, (first.cut(*match.span("label")),)))
    if label is None or label.role != "division":
        return None
    return label, _with(cell, (first.cut(*match.span("names")),))


def _with(cell: GridCell, lines: tuple[Text, ...]) -> GridCell:
    return replace(cell, lines=lines, key=key_of(lines))
