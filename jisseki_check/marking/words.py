"""What a mark says of a finding, line by line, in the shape that `own_marks` reads back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from jisseki_check import own_marks
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.words import level, message, related_places
from jisseki_check.model import Finding, Severity

Formats = Mapping[str, str | None]
NO_FORMATS: Formats = MappingProxyType({})

_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_RELATED = 8  # related places of one finding that are listed
_LONGEST = 4_000  # characters of one line; a cell and its comment hold 32,767


def by_gravity(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first, and those of one level in the order of the report."""
    return sorted(findings, key=lambda each: _GRAVITY[each.severity])


def head(finding: Finding) -> str:
    return cut(f"【{level(finding)}】{finding.rule}　{message(finding)}")


def lines(finding: Finding, formats: Formats = NO_FORMATS) -> list[str]:
    """A mark's lines; the first is its head, the last its reason. `formats`: see `formatters.words.place`."""
    return [
        head(finding),
        *(f"{label}：{text}" for label, text in advice(finding, formats)),
        f"{own_marks.REFERENCE}：{own_marks.reference(finding.fingerprint)}",
        f"{own_marks.REASON}：{spoken(finding.explanation or '')}",
    ]


def advice(finding: Finding, formats: Formats = NO_FORMATS) -> list[tuple[str, str]]:
    """What helps to put a finding right, with its label."""
    told = [("期待値", finding.expected), ("差", finding.difference)]
    if finding.correction != finding.expected:
        told.append(("候補", finding.correction))
    given = [(label, cut(clean(text))) for label, text in told if text]
    if finding.fix:
        given.append((own_marks.FIX, cut(clean(finding.fix))))
    related = related_places(finding, formats)
    if related:
        rest = len(related) - _RELATED
        more = f"、ほか{rest:,}か所" if rest > 0 else ""
        given.append(("関連", "、".join(related[:_RELATED]) + more))
    return given


def spoken(text: str) -> str:
    """What staff wrote, its lines kept."""
    return "\n".join(cut(clean(line)) for line in text.split("\n"))


def gone(note: own_marks.Note) -> list[str]:
    """A mark that a former copy held, with a reason, and whose finding did not come up this time."""
    return [
        cut(f"【前回】{note.code}　{clean(note.message)}"),
        f"{own_marks.REFERENCE}：{note.reference}",
        f"{own_marks.REASON}：{spoken(note.reason)}",
    ]


def left_over(former: Sequence[own_marks.Note], findings: Iterable[Finding]) -> list[own_marks.Note]:
    """The reasons of a former copy that belong to no finding any more, one of each."""
    present = {own_marks.reference(each.fingerprint) for each in findings}
    held: dict[tuple[str, str], own_marks.Note] = {}
    for note in former:
        if note.reason and note.reference not in present:
            known = held.get((note.reference, note.reason))
            held[note.reference, note.reason] = known if known is not None and known.code else note
    return list(held.values())


def cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
