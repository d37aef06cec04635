"""`免除台帳`: who waived what until when, what became of it, and the findings that are waived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jisseki_check.formatters import register
from jisseki_check.formatters.columns import KINDS, full_place
from jisseki_check.formatters.fields import field_name
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.values import Value, day
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import formats_of, item_name, known_name, level, year_name
from jisseki_check.formatters.xlsx.board import Board
from jisseki_check.formatters.xlsx.book import Book
from jisseki_check.model import Finding, KnownFinding, Location, Outcome, Waiver, WaiverUse

_WIDTHS = (9, 9, 24, 15, 12, 26, 10, 14, 30, 10, 10, 12, 9, 6, 18)
_TERMS = (
    ("理由", "text"), ("申請", "text"), ("承認", "text"), ("期限", "date"), ("残り日数", "number"),
    ("件数", "number"), ("記載の場所", "text"),
)  # fmt: skip
_HEADS = (
    ("状態", "text"), ("コード", "text"), ("指摘名", "text"), ("部", "text"), ("年度", "text"),
    ("項目", "text"), ("欄", "text"), ("書かれた値", "text"), *_TERMS,
)  # fmt: skip
_WAIVED = (
    ("段階", "text"), ("コード", "text"), ("内容", "text"), ("部", "text"), ("年度", "text"),
    ("項目", "text"), ("欄", "text"), ("書かれた値", "text"), *_TERMS[:-2], ("", "text"),
    ("指摘の場所", "text"),
)  # fmt: skip
_STATES = {"使用": "good", "期限切れ": "error", "値の変更": "error", "未使用": "warning"}


def add(book: Book, outcome: Outcome, view: View, said: str) -> None:
    board = Board(book, "免除台帳", _WIDTHS, said)
    board.heading(f"免除の一覧　{len(outcome.waivers):,}件　{register.tally(outcome.waivers)}".rstrip())
    if "waivers" in outcome.unrecorded:
        board.text("この結果には、免除の一覧が書かれていません。「なかった」という意味ではありません。")
    rows = [_use(use, outcome, view) for use in outcome.waivers]
    board.table(_HEADS, rows, signs={"状態": _STATES}, is_main=True)
    board.blank()
    waived = [each for each in outcome.findings if each.status == "waived"]
    board.heading(f"免除した指摘　{len(waived):,}件")
    if waived:
        board.table(_WAIVED, [_finding(each, outcome) for each in waived])
    board.blank()
    _add_gone(board, outcome)
    board.close()


def _add_gone(board: Board, outcome: Outcome) -> None:
    gone = outcome.baseline.unmatched if outcome.baseline is not None else ()
    if gone:
        board.heading(f"既知の指摘のうち、なくなったか、値が変わったもの　{len(gone):,}件")
        for each in gone:
            board.text(known_name(each))


def _use(use: WaiverUse, outcome: Outcome, view: View) -> list[Value]:
    known = use.known
    return [
        register.STATES.get(use.state, clean(use.state)),
        clean(known.rule),
        clean(view.titles.get(known.rule, "")),
        _of(clean(known.department or ""), KINDS.get(known.report_kind or "", "")),
        "" if known.fiscal_year is None else year_name(known.fiscal_year),
        _item(known),
        field_name(known.field),
        clean(known.given or ""),
        *_terms(use.waiver, outcome),
        use.findings,
        _written_at(use.waiver),
    ]


def _of(department: str, kind: str) -> str:
    return f"{department}（{kind}）" if department and kind else department


def _item(known: KnownFinding) -> str:
    section = "" if known.section is None else f"{known.section}節"
    return " ".join(part for part in (section, clean(known.number or ""), clean(known.title or "")) if part)


def _terms(waiver: Waiver, outcome: Outcome) -> list[Value]:
    until, as_of = day(waiver.until), day(outcome.as_of)
    return [
        clean(waiver.reason),
        clean(waiver.requested_by or ""),
        clean(waiver.approved_by or ""),
        clean(until) if isinstance(until, str) else until,
        (until - as_of).days if isinstance(until, dt.date) and isinstance(as_of, dt.date) else None,
    ]


def _written_at(waiver: Waiver) -> str:
    return full_place(Location(waiver.path, waiver.line), {}) if waiver.path else ""


def _finding(each: Finding, outcome: Outcome) -> Sequence[Value]:
    terms = _terms(each.waiver, outcome) if each.waiver is not None else [None] * 5
    return [
        level(each),
        clean(each.rule),
        clean(each.message),
        clean(each.department or ""),
        "" if each.fiscal_year is None else year_name(each.fiscal_year),
        "" if each.item is None else item_name(each.item),
        field_name(each.field),
        clean(each.given or ""),
        *terms,
        None,
        full_place(each.location, formats_of(outcome)),
    ]
