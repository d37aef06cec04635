"""What the page says of a finding, in the order in which a reader asks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jisseki_check.formatters import register
from jisseki_check.formatters.groups import Group
from jisseki_check.formatters.html.quoting import Piece, is_marked, quoted
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.words import EXCEPTIONS, level, place, waiver
from jisseki_check.model import Finding, Location

Formats = Mapping[str, str | None]
_LINES = re.compile("([0-9]+)(?::([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Card:
    """`grade` and `status`: as in the outcome; `exception`: 免除 or 既知, "" where it counts. `quote`: pieces
    of the original text, each with whether it is marked. `details`: labels and texts."""

    rule: str
    grade: str
    level: str
    status: str
    exception: str
    message: str
    place: str
    quote: list[Piece]
    details: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ItemCards:
    name: str
    cards: list[Card]


def common_fixes(findings: Iterable[Finding]) -> Mapping[str, str]:
    """By rule, the 直し方 that most of its findings share, where any two do."""
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in findings:
        held[each.rule][each.fix] += 1
    most = {rule: fixes.most_common(1)[0] for rule, fixes in held.items()}
    return {rule: fix for rule, (fix, number) in most.items() if number > 1}


def cards(group: Group, formats: Formats, told: Mapping[str, str]) -> list[ItemCards]:
    """The findings of a report under their items. `told`: the 直し方 that stands with a rule, and need not
    stand with each of its findings."""
    return [
        ItemCards(name, [card(each, formats, path=group.path, told=told.get(each.rule)) for each in held])
        for name, held in group.by_item()
    ]


def card(finding: Finding, formats: Formats, *, path: str = "", told: str | None = None) -> Card:
    """`path`: the file that the reader knows it to be in; another one is named. `told`: a 直し方 that the
    reader finds elsewhere."""
    pieces = quoted(finding)
    plain = "".join(text for text, _ in pieces)
    # What the message quotes whole need not be quoted again, unless something in it is marked.
    is_told = clean(plain) in clean(finding.message) and (not is_marked(pieces) or len(pieces) == 1)
    return Card(
        rule=finding.rule,
        grade=finding.severity.value,
        level=level(finding),
        status=finding.status,
        exception=EXCEPTIONS.get(finding.status, ""),
        message=finding.message,
        place=_where(finding.location, formats, path),
        quote=[] if is_told else pieces,
        details=[*_details(finding, formats, pieces, told)],
    )


def _details(
    finding: Finding, formats: Formats, pieces: Sequence[Piece], told: str | None
) -> Iterator[tuple[str, str]]:
    if finding.given and not is_marked(list(pieces)):
        yield "書かれた値", finding.given
    if finding.expected:
        difference = finding.difference
        says_it = not difference or difference in finding.expected
        yield "期待値", finding.expected if says_it else f"{finding.expected}（差 {difference}）"
    elif finding.difference:
        yield "差", finding.difference
    if finding.correction and finding.correction != finding.expected:
        yield "候補", finding.correction
    if finding.fix != told:
        yield "直し方", finding.fix
    if finding.waiver:
        granted = waiver(finding.waiver, is_spelled_out=True)
        yield "免除の理由", f"{granted}　{register.place(finding.waiver)}".rstrip()
    if finding.explanation:
        yield "理由", finding.explanation
    related = dict.fromkeys(_where(each, formats, finding.location.path or "") for each in finding.related)
    places = "、".join(each for each in related if each)
    if places:
        yield "関連する場所", places


def _where(location: Location, formats: Formats, path: str) -> str:
    """The place, led by its file where that is another one."""
    file = clean(location.path or "") if location.path != path else ""
    told = place(location, formats)
    lines = _LINES.fullmatch(told)
    if lines is not None:
        told = f"{lines[1]}行目" + (f" {lines[2]}文字目" if lines[2] else "")
    return " ".join(part for part in (file, told) if part)
