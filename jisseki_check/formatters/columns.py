"""The findings as a table for a spreadsheet: one row a finding, whatever its status."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from jisseki_check.fingerprints import name_key
from jisseki_check.formatters.fields import field_name
from jisseki_check.formatters.own_columns import OwnColumns
from jisseki_check.formatters.quantities import PERCENT, Quantities, quantities
from jisseki_check.formatters.rule_page import basis_name
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.values import Percent, Value, day
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import level, place, year_name
from jisseki_check.model import Finding, ItemFigures, Location, Outcome, ReportFigures
from jisseki_check.notation.numerals import Number

STATUSES = {"new": "対象", "waived": "免除", "baselined": "既知"}
KINDS = {"results": "実績", "plan": "計画"}


@dataclass(frozen=True, slots=True)
class Row:
    """A finding, and what is known of its report and item."""

    finding: Finding
    numbers: Quantities
    report: ReportFigures | None
    item: ItemFigures | None
    title: str
    basis: str
    formats: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters of half width. `is_printed`: it is one of those that fit on a page together."""

    heading: str
    value: Callable[[Row], Value]
    width: int
    is_printed: bool = False
    sort: str = "text"


class FindingTable:
    """`headings` and `rows` have the same columns: ours, and then those of the reports themselves."""

    def __init__(self, outcome: Outcome, view: View) -> None:
        self._outcome = outcome
        self._titles = dict(view.titles) | {rule["id"]: rule["title"] for rule in view.rules}
        self._bases = {rule["id"]: "、".join(map(basis_name, rule["basis"])) for rule in view.rules}
        # Related places may be in files that were read for comparison only.
        self._formats = {each.path: each.format for each in (*outcome.prior, *outcome.inputs)}
        self._reports: dict[str | None, list[ReportFigures]] = {}
        for report in outcome.reports:
            if not report.prior:
                self._reports.setdefault(report.path, []).append(report)
        self._items: dict[int, dict[int, ItemFigures]] = {}
        self.own = OwnColumns(each for each in outcome.reports if not each.prior)

    @property
    def headings(self) -> list[str]:
        return [*(column.heading for column in COLUMNS), *self.own.headings]

    def rows(self) -> Iterator[list[Value]]:
        for finding in self._outcome.findings:
            row = self._row(finding)
            own = self.own.cells(None if row.item is None else row.item.extra)
            yield [*(column.value(row) for column in COLUMNS), *own]

    def _row(self, finding: Finding) -> Row:
        report = self._report(finding)
        return Row(
            finding,
            quantities(finding),
            report,
            self._item(report, finding),
            self._titles.get(finding.rule, finding.name),
            self._bases.get(finding.rule, ""),
            self._formats,
        )

    def _report(self, finding: Finding) -> ReportFigures | None:
        """The report that a finding names; if it names none, the one of its file, where there is only one."""
        named = (name_key(finding.department), finding.fiscal_year)
        alike = [
            each
            for each in self._reports.get(finding.location.path, ())
            if named in ((None, None), (name_key(each.department), each.fiscal_year))
            and finding.report_kind in (None, each.kind)
        ]
        return alike[0] if len(alike) == 1 else None

    def _item(self, report: ReportFigures | None, finding: Finding) -> ItemFigures | None:
        if report is None or finding.item is None:
            return None
        if id(report) not in self._items:
            self._items[id(report)] = {each.index: each for each in report.items}
        return self._items[id(report)].get(finding.item.index)


def full_place(location: Location, formats: Mapping[str, str | None]) -> str:
    """A place with the file that it is in."""
    return " ".join(part for part in (clean(location.path or ""), place(location, formats)) if part)


def _text(get: Callable[[Finding], str | None]) -> Callable[[Row], Value]:
    return lambda row: clean(get(row.finding) or "")


def _waiver(name: str) -> Callable[[Row], Value]:
    return lambda row: clean(getattr(row.finding.waiver, name, None) or "")


def _until(row: Row) -> Value:
    held = day(row.finding.waiver.until) if row.finding.waiver is not None else None
    return clean(held) if isinstance(held, str) else held


def _written_at(row: Row) -> Value:
    held = row.finding.waiver
    return "" if held is None else full_place(Location(held.path, held.line), row.formats)


def _number(name: str) -> Callable[[Row], Value]:
    def value(row: Row) -> Value:
        held: Number | None = getattr(row.numbers, name)
        return Percent(held) if held is not None and row.numbers.unit == PERCENT else held

    return value


def _related(row: Row) -> Value:
    return "、".join(dict.fromkeys(full_place(each, row.formats) for each in row.finding.related))


def _year(row: Row) -> Value:
    held = row.finding.fiscal_year
    return "" if held is None else year_name(held)


def _item_of(name: str) -> Callable[[Row], Value]:
    def value(row: Row) -> Value:
        held: str | int | None = getattr(row.finding.item, name, None)
        return clean(held) if isinstance(held, str) else held

    return value


def _figure(name: str) -> Callable[[Row], Value]:
    def value(row: Row) -> Value:
        held: str | int | None = getattr(row.item, name, None)
        return clean(held) if isinstance(held, str) else held

    return value


COLUMNS = (
    Column("扱い", lambda row: STATUSES.get(row.finding.status, row.finding.status), 7, True),
    Column("段階", lambda row: level(row.finding), 6, True),
    Column("コード", _text(lambda finding: finding.rule), 9, True),
    Column("部", _text(lambda finding: finding.department), 13, True),
    Column("年度", _year, 12, True),
    Column("番号", _item_of("number"), 6, True),
    Column("項目名", _item_of("title"), 24, True),
    Column("内容", _text(lambda finding: finding.message), 42, True),
    Column("直し方", _text(lambda finding: finding.fix), 34, True),
    Column("ファイル", lambda row: clean(row.finding.location.path or ""), 20, True),
    Column("場所", lambda row: place(row.finding.location, row.formats), 12, True),
    Column("理由", _text(lambda finding: finding.explanation), 18, True),
    Column("市", lambda row: clean((row.report and row.report.municipality) or ""), 12),
    Column("年度（西暦）", lambda row: row.finding.fiscal_year, 8, sort="plain"),
    Column("種類", lambda row: KINDS.get(row.finding.report_kind or "", row.finding.report_kind), 7),
    Column("節", _item_of("section"), 5, sort="plain"),
    Column("欄", lambda row: field_name(row.finding.field), 13),
    Column("指摘名", lambda row: clean(row.title), 30),
    Column("原文", _text(lambda finding: finding.excerpt), 30),
    Column("書かれた値", _text(lambda finding: finding.given), 18),
    Column("期待値", _text(lambda finding: finding.expected), 18),
    Column("差", _text(lambda finding: finding.difference), 14),
    Column("書かれた値（数）", _number("given"), 13, sort="number"),
    Column("期待値（数）", _number("expected"), 13, sort="number"),
    Column("差（数）", _number("difference"), 13, sort="number"),
    Column("単位", lambda row: clean(row.numbers.unit), 7),
    Column("数の注記", lambda row: row.numbers.note, 16),
    Column("項目の担当課", _figure("division"), 14),
    Column("項目の達成状況", _figure("mark"), 8),
    Column("項目の予算（円）", _figure("budget_yen"), 15, sort="number"),
    Column("項目の決算（円）", _figure("settlement_yen"), 15, sort="number"),
    Column("候補", _text(lambda finding: finding.correction), 18),
    Column("か所の数", lambda row: row.finding.count, 6, sort="number"),
    Column("根拠", lambda row: clean(row.basis), 26),
    Column("免除の理由", _waiver("reason"), 28),
    Column("免除の申請", _waiver("requested_by"), 12),
    Column("免除の承認", _waiver("approved_by"), 12),
    Column("免除の期限", _until, 12, sort="date"),
    Column("免除の記載", _written_at, 22),
    Column("関連", _related, 30),
    Column("指紋", _text(lambda finding: finding.fingerprint), 20, sort="code"),
    Column("値の指紋", _text(lambda finding: finding.value_fingerprint), 20, sort="code"),
)
