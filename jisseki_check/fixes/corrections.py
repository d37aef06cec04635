"""What can be put right without a person: each place, what stands there, and what is to stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from jisseki_check.fixes.respelling import respelled
from jisseki_check.forms.labels import Labels, compile_labels
from jisseki_check.model import Block, Document, Item, Location, Paragraph, Report, Source, Spot
from jisseki_check.notation import morphemes
from jisseki_check.notation.marks import FILLED, read_mark
from jisseki_check.notation.width import fold
from jisseki_check.profiles import Profile

_DIGITS = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
# What is no character of the text; what shows that characters were lost (U+FFFD) stays to be seen.
_NOT_SEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_FIXED_BLANK = re.compile("[\u00a0\u202f]")
_BLANK = re.compile(r"[ \t\u3000\u00a0]")
# A nought or 一 may be what was meant.
_UNSURE = FILLED | frozenset("00Оо0０一")


@dataclass(frozen=True, slots=True)
class Correction:
    """`before` stands at `at` and is to become `after`; `kind` is what of it is put right.

    `spot`: which field it is of, None for what belongs to none (a label).
    """

    kind: str
    before: str
    after: str
    at: Location
    spot: Spot | None = None


KINDS: Mapping[str, str] = {
    "mark": "記号",
    "digits": "全角の数字",
    "label": "見出しの空白",
    "unseen": "目に見えない文字",
    "spelling": "表記",
}


def find(source: Source, document: Document, profile: Profile, *, spellings: bool) -> list[Correction]:
    """The corrections of one file, in the order of its text. `spellings`: those of the form, too."""
    found = [*_marks(document, profile), *_digits(document), *_unseen(document)]
    if source.blocks is not None:
        labels = compile_labels(profile)
        found += (each for block in source.blocks for each in _of_labels(block, labels))
    if spellings:
        found += _spellings(document, profile)
    return list(_apart(found))


def _apart(found: Iterable[Correction]) -> Iterator[Correction]:
    """Each once; of two that touch the same characters the first."""
    taken: set[tuple[object, ...]] = set()
    for correction in found:
        spot = correction.spot
        own: set[tuple[object, ...]] = {(correction.at, correction.before)}
        if spot is not None:
            own = {(spot.item, spot.field, at) for at in range(spot.start or 0, spot.end or 0)}
        if taken.isdisjoint(own):
            taken |= own
            yield correction


def _marks(document: Document, profile: Profile) -> Iterator[Correction]:
    for item in document.report.items:
        reading = read_mark(item.mark or "", profile.mark_signs)
        if reading.kind == "look-alike" and reading.sign and reading.meant and reading.sign not in _UNSURE:
            spot = Spot(item.index, "mark", reading.start, reading.end)
            yield Correction("mark", reading.sign, reading.meant, document.places.locate(spot), spot)


def _digits(document: Document) -> Iterator[Correction]:
    for item in document.report.items:
        for number, amount in enumerate(item.amounts):
            after = amount.text.translate(_DIGITS)
            if after != amount.text:
                after = visible(after)
                spot = Spot(item.index, f"amounts/{number}", 0, len(amount.text))
                yield Correction("digits", amount.text, after, document.places.locate(spot), spot)


def _unseen(document: Document) -> Iterator[Correction]:
    report = document.report
    amounts = (
        (item.index, f"amounts/{number}", amount.text)
        for item in report.items
        for number, amount in enumerate(item.amounts)
    )
    for index, field, text in (*texts(report), *amounts):
        for pattern, after in ((_NOT_SEEN, ""), (_FIXED_BLANK, " ")):
            for match in pattern.finditer(text):
                spot = Spot(index, field, *match.span())
                yield Correction("unseen", match[0], after, document.places.locate(spot), spot)


def visible(text: str) -> str:
    """A text without what cannot be seen."""
    return _FIXED_BLANK.sub(" ", _NOT_SEEN.sub("", text))


def _of_labels(block: Block, labels: Labels) -> Iterator[Correction]:
    for cell in block.cells:
        for paragraph in cell:
            yield from _of_label(paragraph, labels)


def _of_label(paragraph: Paragraph, labels: Labels) -> Iterator[Correction]:
    """The label that a paragraph begins with, if blanks stand between its characters."""
    text = "".join(run.text for run in paragraph)
    folded = fold(text)
    match = labels.mark.match(folded) or labels.field.match(folded) or labels.amount.match(folded)
    if match is None:
        return
    groups = match.groupdict()
    name = next((name for name in ("label", "dated", "boxed") if groups.get(name)), None)
    if name is None or not _BLANK.search(match[name]) or match.end(name) > len(paragraph[0].text):
        return
    before = text[slice(*match.span(name))]
    start = match.start(name)
    at = paragraph[0].at
    moved = at if at.column is None else replace(at, column=at.column + start)
    yield Correction("label", before, _BLANK.sub("", before), moved)


def _spellings(document: Document, profile: Profile) -> Iterator[Correction]:
    if not morphemes.is_installed():
        return
    from jisseki_check.facts.prose import prose
    from jisseki_check.facts.spellings import find_spellings
    from jisseki_check.facts.views import ReportView

    text = prose(ReportView(0, document, profile))
    for spelling in profile.spellings:
        for hit in find_spellings(text, spelling, names=True):
            after = respelled(hit.text, spelling)
            if after is not None:
                place = document.places.locate(hit.spot)
                yield Correction("spelling", hit.text, after, place, hit.spot)


def texts(report: Report) -> Iterator[tuple[int | None, str, str]]:
    """The texts of a report: of which item (None: of the report itself), of which field."""
    for field in ("title", "legend"):
        if getattr(report, field):
            yield None, field, getattr(report, field)
    for item in report.items:
        for field in FIELDS:
            if text := _text(item, field):
                yield item.index, field, text


FIELDS = ("title", "division", "goal", "initiative", "result", "mark")


def _text(item: Item, field: str) -> str | None:
    value: str | None = getattr(item, field)
    return value
