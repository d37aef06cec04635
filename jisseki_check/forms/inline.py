"""Rows whose labels an extraction put into one line: 「(1) 見出し 目標 文。 取り組み 文。 実績 ・文」."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jisseki_check.forms.labels import Labels
from jisseki_check.forms.row import Row
from jisseki_check.forms.spans import Text
from jisseki_check.notation.width import fold

_ORDER = ("goal", "initiative", "result")
_LONGEST_HEADING = 80
_BLANK = re.compile(r"\s")


def split_rows(rows: Iterable[Row], labels: Labels) -> Iterator[Row]:
    """The rows, those of one line split before each further label in it."""
    for row in rows:
        if not row.is_line or _BLANK.search(row.first.text) is None:
            yield row
            continue
        pieces = list(_pieces(row.first, labels))
        yield Row(((pieces[0],),), apart=row.apart)
        for piece in pieces[1:]:
            yield Row(((piece,),))


def _pieces(text: Text, labels: Labels) -> Iterator[Text]:
    """A label within a line begins a field where it follows a sentence, in the order of the form; in text
    without a label of its own, only 実績 above its list does."""
    folded = fold(text.text)
    start, seen = 0, -1
    own = labels.field.match(folded)
    if own is not None:
        seen = _ORDER.index(labels.field_of(own))
    elif labels.parenthesis.match(folded):
        heading = labels.inline_goal.search(folded, 0, _LONGEST_HEADING)
        if heading is not None and "。" not in folded[: heading.start()]:
            yield text.cut(0, heading.start())
            start, seen = heading.start(), _ORDER.index("goal")
    for match in labels.inline.finditer(folded, start):
        place = _ORDER.index(labels.field_names["".join(match["label"].split())])
        if place > seen and (seen >= 0 or match["list"]):
            yield text.cut(start, match.start())
            start, seen = match.start(), place
    mark = labels.mark_behind_text.search(folded, start)
    if seen >= 0 and mark is not None and mark.start() > start:
        yield text.cut(start, mark.start())
        start = mark.start()
    yield text.cut(start)
