"""`指摘一覧`: every finding, whatever its status, and `項目一覧`: every item with its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jisseki_check.formatters.columns import COLUMNS, KINDS, FindingTable
from jisseki_check.formatters.groups import groups
from jisseki_check.formatters.own_columns import OwnColumns
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.values import Value, share_of
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import year_name
from jisseki_check.formatters.xlsx.book import Book
from jisseki_check.formatters.xlsx.grid import LEVEL_SIGNS, Grid, Head, add_grid
from jisseki_check.model import Finding, ItemFigures, Outcome, ReportFigures

_OWN_WIDTH = 18
_FROZEN = 3
_STATUS_SIGNS = {"免除": "apart", "既知": "apart"}
_ITEM_HEADS = (
    Head("市", 13), Head("部", 16), Head("年度", 12), Head("種類", 7), Head("節", 5, "plain"),
    Head("番号", 7), Head("項目名", 36), Head("達成状況", 8), Head("予算（円）", 16, "number"),
    Head("決算（円）", 16, "number"), Head("執行率", 9, "percent"),
    Head("予算と決算の差（円）", 16, "number"),
    Head("誤り", 6, "number"), Head("確認", 6, "number"), Head("参考", 6, "number"),
    Head("免除", 6, "number"), Head("既知", 6, "number"), Head("ファイル", 36, "line", False),
    Head("年度（西暦）", 8, "plain", False), Head("項目の順", 7, "plain", False),
    Head("用途", 8, is_printed=False), Head("担当課", 16, is_printed=False),
)  # fmt: skip


def add_findings(book: Book, outcome: Outcome, view: View, said: str) -> None:
    table = FindingTable(outcome, view)
    heads = [Head(each.heading, each.width, each.sort, each.is_printed) for each in COLUMNS]
    heads += [Head(heading, _OWN_WIDTH, is_printed=False) for heading in table.own.headings]
    add_grid(
        book,
        Grid(
            "指摘一覧",
            heads,
            table.rows(),
            len(outcome.findings),
            signs={"段階": LEVEL_SIGNS, "扱い": _STATUS_SIGNS},
            frozen=_FROZEN,
            said=said,
        ),
    )


def add_items(book: Book, outcome: Outcome, said: str) -> None:
    own = OwnColumns(outcome.reports)
    heads = [*_ITEM_HEADS, *(Head(heading, _OWN_WIDTH, is_printed=False) for heading in own.headings)]
    total = sum(len(each.items) for each in outcome.reports)
    add_grid(book, Grid("項目一覧", heads, _items(outcome, own), total, frozen=0, said=said))


def _items(outcome: Outcome, own: OwnColumns) -> Iterator[list[Value]]:
    """The items of the reports that were judged, each with its findings, and then those of the others."""
    found = {id(group.figures): group.findings for group in groups(outcome) if group.figures is not None}
    for report in sorted(outcome.reports, key=lambda each: each.prior):
        number = _by_item(found.get(id(report), []))
        for item in report.items:
            yield [*_item(report, item, number), *own.cells(item.extra)]


def _by_item(findings: list[Finding]) -> Counter[tuple[int, str]]:
    """How many findings of each level, and of each status that does not count, an item has."""
    return Counter(
        (each.item.index, each.severity.value if each.status == "new" else each.status)
        for each in findings
        if each.item is not None
    )


def _item(report: ReportFigures, item: ItemFigures, number: Counter[tuple[int, str]]) -> list[Value]:
    budget, settlement = item.budget_yen, item.settlement_yen
    is_known = budget is not None and settlement is not None
    kinds = ("error", "warning", "info", "waived", "baselined")
    return [
        clean(report.municipality or ""),
        clean(report.department or ""),
        "" if report.fiscal_year is None else year_name(report.fiscal_year),
        KINDS.get(report.kind, clean(report.kind)),
        item.section,
        clean(item.number or ""),
        clean(item.title or ""),
        clean(item.mark or ""),
        budget,
        settlement,
        share_of(settlement or 0, budget or 0) if is_known else None,
        (budget or 0) - (settlement or 0) if is_known else None,
        *((None if report.prior else number[item.index, kind]) for kind in kinds),
        clean(report.path),
        report.fiscal_year,
        item.index,
        "比較用" if report.prior else "点検",
        clean(item.division or ""),
    ]
