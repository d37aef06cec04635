"""How findings, places and items are named to people."""

from __future__ import annotations

from jisseki_check.formatters.text import clean
from jisseki_check.model import Finding, ItemRef, Location
from jisseki_check.notation.fiscal import label

LEVELS = {"error": "誤り", "warning": "確認", "info": "参考"}
EXCEPTIONS = {"waived": "免除", "baselined": "既知"}
_CALENDAR = range(1, 9999)  # the years for which there are dates


def place(location: Location) -> str:
    """`62:1`, `事業一覧!F12`, `表3 2行目`, `4ページ` or a JSON Pointer: the nearest that the format has."""
    if location.cell is not None:
        return clean(f"{location.sheet}!{location.cell}" if location.sheet else location.cell)
    if location.line is not None:
        return f"{location.line}:{location.column}" if location.column is not None else str(location.line)
    if location.table is not None:
        return f"表{location.table}" + (f" {location.row}行目" if location.row is not None else "")
    if location.page is not None:
        return f"{location.page}ページ"
    return clean(location.pointer or "")


def item_name(item: ItemRef) -> str:
    """`1節 7　公衆無線LAN環境整備事業`, as far as the report says."""
    head = " ".join(
        part for part in (f"{item.section}節" if item.section is not None else "", item.number or "") if part
    )
    title = clean(item.title) if item.title else f"{item.index}番目の項目"
    return f"{clean(head)}　{title}" if head else title


def report_name(finding: Finding) -> str:
    """`総務部　平成29年度`, as far as it was read."""
    year = finding.fiscal_year
    named = "" if year is None else label(year) if year in _CALENDAR else f"{year}年度"
    return "　".join(part for part in (clean(finding.department or ""), named) if part)


def level(finding: Finding) -> str:
    return LEVELS[finding.severity.value]


def message(finding: Finding) -> str:
    """The message, led by 免除 or 既知 where the finding does not count."""
    exception = EXCEPTIONS.get(finding.status)
    return f"［{exception}］{clean(finding.message)}" if exception else clean(finding.message)
