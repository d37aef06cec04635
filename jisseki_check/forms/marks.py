"""The signs behind a mark's label."""

from __future__ import annotations

from jisseki_check.forms.labels import Labels
from jisseki_check.forms.spans import Text
from jisseki_check.notation.width import fold

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
