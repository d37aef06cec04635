"""The signs behind a mark's label."""

from __future__ import annotations

import re

from jisseki_check.forms.labels import Labels
from jisseki_check.forms.spans import Text
from jisseki_check.notation.marks import read_mark
from jisseki_check.notation.width import fold, squeeze

_LONGEST_MARK = 10
_BEHIND_SIGN = re.compile(r"[\s(:、,\-・]")

Sign = tuple[Text, Text]
"""What stands in a bracket, and the whole bracket."""


def take_signs(text: Text, labels: Labels) -> tuple[list[Sign], Text]:
    """The brackets that a text begins with, and the rest of it."""
    folded = fold(text.text)
    signs: list[Sign] = []
    end = 0
    while (match := labels.bracketed.match(folded, end)) is not None:
        signs.append((text.cut(*match.span("inside")), text.cut(match.start(), match.end("closed"))))
        end = match.end()
    return signs, text.cut(end)


def split_mark(text: Text, labels: Labels) -> tuple[list[Sign], Text]:
    """The marks in a cell of their own, and what is said besides: 「◎（計画どおり）」; no mark where there is
    none, not even a wrong one."""
    signs, rest = take_signs(text, labels)
    if signs or not text.text:
        return signs, rest
    reading = read_mark(text.text, labels.signs)
    if reading.kind in {"mark", "look-alike", "several"} or len(squeeze(text.text)) <= _LONGEST_MARK:
        return [(text, text)], text.cut(len(text.text))
    first = text.cut(0, 1)
    if read_mark(first.text, labels.signs).kind == "mark" and _BEHIND_SIGN.match(fold(text.text), 1):
        return [(first, first)], text.cut(1)
    return [], text
