"""Two columns that a PDF's extraction ran together: plan and result cannot be told apart again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jisseki_check.forms.labels import Labels, spaced
from jisseki_check.forms.row import Row
from jisseki_check.forms.spans import Text, join
from jisseki_check.model import Unreadable
from jisseki_check.notation.width import fold
from jisseki_check.profiles import Profile

_FEW = 2
_LONGEST_TITLE = 40
_FIX = "元の Word や Excel の文書から文字をコピーし直すか、左右の段を分けて写し直してください。"
# Text that breaks off: neither a sentence's end nor that of a bracket stands before the blank.
_BROKEN_OFF = r"[^\s。．.)」』】>〉:]\s++"
_UNFINISHED = re.compile(r"[をにのはがとてでへもや、，]$")
_LIST_WITHIN = re.compile(r"[ぁ-んァ-ヶー一-龠0-9、]\s++・\s*+[^\s・]")


def refuse_spliced(rows: Sequence[Row], labels: Labels, profile: Profile) -> None:
    """Raise Unreadable (DOC004) where the lines of two columns stand in one another.

    They show as text that breaks off before 実績 and its list, while hardly a line begins with that label.
    A form that has two columns is known for it: there, less will do.
    """
    results = "|".join(spaced(label) for label in profile.fields["result"])
    pattern = re.compile(rf"{_BROKEN_OFF}(?:{results})\s*+・")
    lines = (join(row.lines, " ") for row in rows if "・" in row.text)
    spliced = [line for line in lines if pattern.search(fold(line.text))]
    if len(spliced) >= _FEW and len(spliced) > 2 * _begun(rows, labels):
        raise _refusal(spliced)
    if profile.columns == 2:
        spliced += list(_spliced_columns(rows, labels, results))
        if len(spliced) >= _FEW or (spliced and _begun(rows, labels) <= 1):
            raise _refusal(sorted(spliced, key=lambda text: text.place().line or 0))


def _begun(rows: Sequence[Row], labels: Labels) -> int:
    return sum(_begins_result(row, labels) for row in rows)


def _refusal(spliced: Sequence[Text]) -> Unreadable:
    return Unreadable(
        f"2段組みの文が混ざっているため、計画と実績を分けられません（{len(spliced)}か所）",
        rule="DOC004",
        fix=_FIX,
        at=spliced[0].place(),
    )


def _spliced_columns(rows: Sequence[Row], labels: Labels, results: str) -> Iterator[Text]:
    """Lines that show two columns in a form that has two."""
    lines = [join(row.lines, " ") for row in rows]
    within = re.compile(rf"{_BROKEN_OFF}(?:{results})(?:$|\s++(?![をはがにのもで、・]))")
    label = re.compile(rf"(?:{results})\s*+")
    for at, (row, line) in enumerate(zip(rows, lines, strict=True)):
        folded = fold(line.text)
        if within.search(folded) or _LIST_WITHIN.search(label.sub("。", folded)):
            yield line
        elif at and _begins_result(row, labels) and _breaks_off(lines[at - 1], labels):
            yield lines[at - 1]


def _breaks_off(line: Text, labels: Labels) -> bool:
    """Whether a line of the plan ends within its sentence."""
    folded = fold(line.text)
    is_heading = labels.bullet.match(folded) is not None and len(folded) <= _LONGEST_TITLE
    return not is_heading and _UNFINISHED.search(folded) is not None


def _begins_result(row: Row, labels: Labels) -> bool:
    if row.told is not None:
        return row.told.role == "result"
    match = labels.field.match(fold(row.first.text))
    return match is not None and labels.field_of(match) == "result"
