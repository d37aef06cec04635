"""The marks of ours in a marked copy: what writers put there, and readers take out again.

A mark says what was found, how to put it right, and leaves a line for the reason why it may stay:

    【誤り】FIN101　決算額 4,620千円 が予算額 490千円 を 4,130千円 上回っています
    直し方：決算額の後に「（補正予算等の対応あり）」のように書いてください。
    照合番号：0123456789abcdef
    理由：

The reason comes last, because that is where the cursor stands in a comment that is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

AUTHOR = "jisseki-check"
INITIALS = "点検"

# Our sheet: its name may be taken, or be changed by staff; the hidden name that belongs to it may not.
SHEET = "点検結果"
PROOF_NAME = "jisseki_check_marked"
PROOF = "jisseki-check/marked/1"

# The instructions within a form of ours are known in the same way.
GUIDE_NAME = "jisseki_check_guide"
GUIDE_PROOF = "jisseki-check/guide/1"
PROOFS = {PROOF_NAME: PROOF, GUIDE_NAME: GUIDE_PROOF}

# A spreadsheet's cell has one comment: what is ours stands below this line in a comment of others.
FENCE = "――― 点検プログラム（jisseki-check）の指摘 ―――"

FIX = "直し方"
REASON = "理由"
REFERENCE = "照合番号"

# Headings of our sheet that are read back; the last two columns are hidden.
PLACE_HEADING = "場所"
CODE_HEADING = "コード"
MESSAGE_HEADING = "指摘"
CARRIED_HEADING = "前回の理由"
FILL_HEADING = "元の塗り"

_DIGITS = 16
_HEAD = re.compile(r"【(?:誤り|確認|参考|前回)】\s*(?P<code>[A-Z]{3}[0-9]{3})?\s*(?P<message>.*)")
_REFERENCE = re.compile(rf"{REFERENCE}[：:]\s*(?P<digits>[0-9a-f]{{{_DIGITS}}})\s*")
_REASON = re.compile(rf"{REASON}[：:](?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Note:
    """What one mark holds. `reason`: as it stands there now; `carried`: as we wrote it there. `place` and
    `fill` of its cell: in a workbook."""

    reference: str
    reason: str = ""
    carried: str = ""
    code: str = ""
    message: str = ""
    place: str = ""
    fill: str = ""


def reference(fingerprint: str) -> str:
    """The number that a finding's mark bears: the first digits of its fingerprint."""
    return fingerprint.removeprefix("sha256:")[:_DIGITS]


def divided(text: str, author: str = "") -> tuple[str, str]:
    """A spreadsheet's comment: the words of others, and ours that stand below them. A comment that begins
    with a mark is ours as a whole, for LibreOffice takes the authors away."""
    first, _, rest = text.lstrip().partition("\n")
    if author == AUTHOR or (_HEAD.match(first) and any(map(_REFERENCE.fullmatch, rest.splitlines()))):
        return "", text
    theirs, fence, ours = text.partition(FENCE)
    return theirs.rstrip(), ours.lstrip("\n") if fence else ""


def explanations(comments: Iterable[str], rows: Iterable[Sequence[str]] = ()) -> tuple[tuple[str, str], ...]:
    """The reasons that staff wrote, each with its mark's number (`Source.explanations`).

    `comments`: the whole text of each comment of ours, paragraphs parted by line feeds; what staff answered
    to it follows its text on lines of its own. `rows`: the cells of our sheet as text, from its first row.
    """
    held: dict[str, list[str]] = {}
    carried: dict[str, str] = {}
    for note in (*in_rows(rows), *(note for text in comments for note in in_comment(text))):
        carried[note.reference] = note.carried or carried.get(note.reference, "")
        reasons = held.setdefault(note.reference, [])
        if note.reason and note.reason not in reasons:
            reasons.append(note.reason)
    # The same reason stands in the sheet and in the comment: where one was changed, the other is old.
    settled = (
        (number, [each for each in reasons if each != carried[number]] or reasons)
        for number, reasons in held.items()
    )
    return tuple((number, "\n".join(reasons)) for number, reasons in settled if reasons)


def in_comment(text: str) -> Iterator[Note]:
    """The marks that a comment of ours holds."""
    head: tuple[str, str] = ("", "")
    number = ""
    reason: list[str] | None = None
    for line in (*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), None):
        heading = _HEAD.match(line) if line is not None else None
        if (line is None or heading) and number:
            yield Note(number, "\n".join(reason or ()).strip(), code=head[0], message=head[1])
            number, reason = "", None
        if line is None:
            continue
        if heading:
            head = heading["code"] or "", heading["message"]
        elif reason is not None:
            reason.append(line)
        elif found := _REFERENCE.fullmatch(line):
            number = found["digits"]
        elif number and (found := _REASON.match(line)):
            reason = [found["text"]]


def in_rows(rows: Iterable[Sequence[str]]) -> Iterator[Note]:
    """The marks that our sheet lists, whatever staff did to the order of its rows and columns."""
    columns: dict[str, int] = {}
    for row in rows:
        if not columns:
            named = {text.strip(): place for place, text in enumerate(row)}
            columns = named if REFERENCE in named and REASON in named else {}
            continue
        found = _value(row, columns, REFERENCE)
        if re.fullmatch(rf"[0-9a-f]{{{_DIGITS}}}", found):
            yield Note(
                found,
                _value(row, columns, REASON),
                _value(row, columns, CARRIED_HEADING),
                _value(row, columns, CODE_HEADING),
                _value(row, columns, MESSAGE_HEADING),
                _value(row, columns, PLACE_HEADING),
                _value(row, columns, FILL_HEADING),
            )


def _value(row: Sequence[str], columns: dict[str, int], heading: str) -> str:
    place = columns.get(heading, len(row))
    return row[place].strip() if place < len(row) else ""
