"""`読替え記録`: what was read otherwise than it was written, and by which form each file was read."""

from __future__ import annotations

from jisseki_check.formatters.columns import STATUSES
from jisseki_check.formatters.fields import field_name, format_name
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.values import Value
from jisseki_check.formatters.words import formats_of, item_name, place, year_name
from jisseki_check.formatters.xlsx.board import Board
from jisseki_check.formatters.xlsx.book import Book
from jisseki_check.model import Finding, Input, Outcome

# Lenient readings, and texts that belong to no field and so were not judged.
_CODES = {"DOC006": "読み替えて点検", "DOC003": "読まずに残した文"}
_WIDTHS = (16, 26, 12, 16, 12, 32, 12, 26, 50, 9)
_HEADS = (
    ("区分", "text"), ("ファイル", "text"), ("場所", "text"), ("部", "text"), ("年度", "text"),
    ("項目", "text"), ("欄", "text"), ("書かれた文字", "text"), ("読み方", "text"), ("扱い", "text"),
)  # fmt: skip
_PROFILES = (
    ("様式設定", "text"), ("ファイル", "text"), ("形式", "text"), ("用途", "text"), ("報告", "number"),
    ("選んだ理由", "text"),
)  # fmt: skip


def add(book: Book, outcome: Outcome, said: str) -> None:
    board = Board(book, "読替え記録", _WIDTHS, said)
    read = [each for each in outcome.findings if each.rule in _CODES]
    board.heading(f"様式どおりでない読み方をしたところ　{len(read):,}件")
    formats = formats_of(outcome)
    board.table(_HEADS, [_reading(each, formats) for each in read], is_main=True)
    board.blank()
    inputs = [(each, "点検") for each in outcome.inputs] + [(each, "比較用") for each in outcome.prior]
    board.heading(f"ファイルごとの様式設定　{len(inputs):,}ファイル")
    board.table(_PROFILES, [_profile(each, use) for each, use in inputs])
    board.close()


def _reading(each: Finding, formats: dict[str, str | None]) -> list[Value]:
    return [
        _CODES[each.rule],
        clean(each.location.path or ""),
        place(each.location, formats),
        clean(each.department or ""),
        "" if each.fiscal_year is None else year_name(each.fiscal_year),
        "報告の全体" if each.item is None else item_name(each.item),
        field_name(each.field),
        clean(each.given or ""),
        clean(each.message),
        STATUSES.get(each.status, clean(each.status)),
    ]


def _profile(each: Input, use: str) -> list[Value]:
    return [
        clean(each.profile or "（読み取れませんでした）"),
        clean(each.path),
        format_name(each.format),
        use,
        each.reports,
        clean(each.profile_reason or each.reason or ""),
    ]
