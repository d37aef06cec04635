"""How findings, places and items are named to people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath
from types import MappingProxyType

from jisseki_check.formatters.text import clean, shorten
from jisseki_check.model import Finding, ItemRef, KnownFinding, Location, Outcome, Waiver
from jisseki_check.notation.fiscal import label, written_day
from jisseki_check.notation.subjects import subject_name
from jisseki_check.readers.results import WRITTEN

LEVELS = {"error": "誤り", "warning": "確認", "info": "参考"}
_SOURCES = {
    "waivers": "免除のファイル",
    "baseline": "既知の指摘のファイル",
    "expect": "提出されるはずの報告の一覧",
}
EXCEPTIONS = {"waived": "免除", "baselined": "既知"}
_UNKNOWN: Mapping[str, str | None] = MappingProxyType({})
_LETTERS = re.compile("[A-Z]+")
_GIVEN = 40  # columns of what was written that tell a known finding from others
_CALENDAR = range(1, 9999)  # the years for which there are dates


def formats_of(outcome: Outcome) -> dict[str, str | None]:
    """The format of each file that has no lines of its own (Word: paragraphs), those that were compared with
    only among them."""
    return {each.path: each.format for each in chain(outcome.prior, outcome.inputs) if each.format == "docx"}


def sources(outcome: Outcome) -> list[tuple[str, str]]:
    """The files besides reports that decide what counts: what each is, and its path and SHA-256."""
    return [
        (_SOURCES.get(each.role, each.role), f"{clean(each.path)}（SHA-256 {clean(each.sha256 or '不明')}）")
        for each in outcome.sources
    ]


def skipped(path: str) -> str:
    """A file of the folders that was not read; of one that has the ending of a report also why."""
    is_ours = PurePosixPath(path).suffix.lower() in WRITTEN
    return clean(path) + ("（点検の結果など、jisseki-check のファイル）" if is_ours else "")


def place(location: Location, formats: Mapping[str, str | None] = _UNKNOWN) -> str:
    """`62:1`, `シート「一覧」F12`, `表3・2行目・2列目`, `4ページ 12行目`, `12段落目` or a JSON Pointer: what
    people can find in a file of its format. `formats`: those of the files, by their paths."""
    if location.sheet is not None:
        return clean(f"シート「{location.sheet}」{location.cell or ''}")
    if location.page is not None:
        return f"{location.page}ページ" + (f" {location.line}行目" if location.line is not None else "")
    if location.table is not None:
        return "・".join([f"表{location.table}", *_in_table(location)])
    if location.cell is not None:
        return clean(location.cell)
    if location.line is None:
        return clean(location.pointer or "")
    if formats.get(location.path or "") == "docx":
        return f"{location.line}段落目"
    return f"{location.line}:{location.column}" if location.column is not None else str(location.line)


def related_places(finding: Finding, formats: Mapping[str, str | None] = _UNKNOWN) -> list[str]:
    """The further places of a finding, each once; one in another file is led by that file's path."""
    named = []
    for at in finding.related:
        there = place(at, formats)
        is_elsewhere = at.path is not None and at.path != finding.location.path
        named.append(f"{clean(at.path or '')} {there}".rstrip() if is_elsewhere else there)
    return [each for each in dict.fromkeys(named) if each]


def _in_table(location: Location) -> Iterator[str]:
    """Row and column of a table; the column is told by the letters of the cell's name."""
    if location.row is not None:
        yield f"{location.row}行目"
    letters = _LETTERS.match(location.cell or "")
    if letters is not None:
        yield f"{sum((ord(letter) - 64) * 26**at for at, letter in enumerate(reversed(letters[0])))}列目"


def item_name(item: ItemRef) -> str:
    """`1節 7　公衆無線LAN環境整備事業`, as far as the report says."""
    head = " ".join(
        part for part in (f"{item.section}節" if item.section is not None else "", item.number or "") if part
    )
    title = clean(item.title) if item.title else f"{item.index}番目の項目"
    return f"{clean(head)}　{title}" if head else title


def report_name(finding: Finding | KnownFinding) -> str:
    """`総務部　平成29年度`, as far as it was read."""
    named = "" if finding.fiscal_year is None else year_name(finding.fiscal_year)
    return "　".join(part for part in (clean(finding.department or ""), named) if part)


def year_name(year: int) -> str:
    """`平成29年度`; of a year for which there are no dates, its number."""
    return label(year) if year in _CALENDAR else f"{year}年度"


def level(finding: Finding) -> str:
    return LEVELS[finding.severity.value]


def message(finding: Finding) -> str:
    """The message, led by 免除 or 既知 where the finding does not count."""
    exception = EXCEPTIONS.get(finding.status)
    return f"［{exception}］{clean(finding.message)}" if exception else clean(finding.message)


def known_name(entry: KnownFinding) -> str:
    """`FIN101　総務部　平成30年度　1節 7　防災備蓄倉庫の整備「4,620千円」`, as far as it is known; of the
    value, what was written."""
    section = f"{entry.section}節" if entry.section is not None else ""
    head = " ".join(part for part in (section, clean(entry.number or "")) if part)
    report = report_name(entry) or clean(entry.path or "")
    parts = (entry.rule, report, head, clean(entry.title or subject_name(entry.subject)))
    given = f"「{shorten(clean(entry.given), _GIVEN)}」" if entry.given else ""
    return "　".join(part for part in parts if part) + given


def waiver(given: Waiver, *, is_spelled_out: bool = False) -> str:
    """Why a finding is waived, who says so, and until when: as an ISO date, or 2027年3月31日 spelled out."""
    until = written_day(given.until) if is_spelled_out and given.until else given.until
    told = {"申請": given.requested_by, "承認": given.approved_by, "期限": until}
    rest = "、".join(f"{name} {clean(value)}" for name, value in told.items() if value)
    return clean(given.reason) + (f"（{rest}）" if rest else "")
