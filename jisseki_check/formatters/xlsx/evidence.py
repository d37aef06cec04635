"""`証跡`: what proves the run and lets it be done again: files with their hashes, rules, version, terms."""

from __future__ import annotations

from collections.abc import Iterator

from jisseki_check.formatters.fields import format_name, status_name
from jisseki_check.formatters.notes import unrecorded
from jisseki_check.formatters.summary import threshold
from jisseki_check.formatters.tally import share
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.unjudged import unjudged
from jisseki_check.formatters.values import Value, share_of
from jisseki_check.formatters.words import skipped, sources
from jisseki_check.formatters.xlsx.board import Board, Cell
from jisseki_check.formatters.xlsx.book import Book
from jisseki_check.model import Input, Outcome

_WIDTHS = (34, 12, 9, 6, 6, 8, 8, 8, 9, 14, 28, 34)  # a hash takes two lines
_SIGNS = {status_name(status): "unjudged" for status in ("unreadable", "refused")}
_HEADS = (
    ("ファイル", "text"), ("状態", "text"), ("形式", "text"), ("報告", "number"), ("項目", "number"),
    ("判定した", "number"), ("控えた", "number"), ("止まった", "number"), ("判定できた割合", "percent"),
    ("様式設定", "text"), ("理由", "text"), ("ハッシュ値（SHA-256）", "text"),
)  # fmt: skip


def add(book: Book, outcome: Outcome, said: str) -> None:
    board = Board(book, "証跡", _WIDTHS, said)
    board.heading("点検の条件")
    board.pairs([Cell(0, 0, name, is_label=True), Cell(1, 11, text)] for name, text in _terms(outcome))
    board.blank()
    _add_list(board, "点検できなかったもの", [each.text for each in unjudged(outcome)])
    _add_list(board, "未読のファイル（報告でないとみたもの）", [skipped(each) for each in outcome.skipped])
    if outcome.prior:
        board.heading(f"比べるために読んだファイル　{len(outcome.prior):,}件")
        board.table(_HEADS, [_input(each, outcome) for each in outcome.prior], signs={"状態": _SIGNS})
        board.blank()
    board.heading(f"点検したファイル　{len(outcome.inputs):,}件")
    rows = [_input(each, outcome) for each in outcome.inputs]
    board.table(_HEADS, rows, signs={"状態": _SIGNS}, is_main=True)
    board.close()


def _terms(outcome: Outcome) -> Iterator[tuple[str, str]]:
    yield "判定", outcome.verdict.label
    yield "プログラムの版", f"jisseki-check {clean(outcome.version)}"
    yield "規則のハッシュ値", clean(outcome.rules_digest)
    yield "様式設定", clean(outcome.profile)
    yield "基準日", clean(outcome.as_of)
    yield "不適合とする指摘", threshold(outcome)
    yield "判定できた割合", share(outcome).label
    baseline, scope = outcome.baseline, outcome.scope
    yield "既知の指摘", "なし" if baseline is None else f"{clean(baseline.path)}（{baseline.entries:,}件）"
    yield (
        "点検の範囲",
        "全て"
        if scope is None
        else f"{clean(scope.changed_since)} から変わった{scope.changed:,}ファイル（全{scope.of:,}ファイル）",
    )
    yield from sources(outcome)
    if outcome.unrecorded:
        yield "この結果に書かれていないもの", "、".join(unrecorded(outcome))


def _add_list(board: Board, title: str, lines: list[str]) -> None:
    board.heading(f"{title}　{len(lines):,}件")
    for line in lines or ["ありません。"]:
        board.text(line)
    board.blank()


def _input(each: Input, outcome: Outcome) -> list[Value]:
    held = outcome.coverage_by_file.get(each.path)
    judged: list[Value] = [None] * 4
    if held is not None:
        numbers = [sum(getattr(one, name) for one in held) for name in ("evaluated", "blocked", "crashed")]
        judged = [*numbers, share_of(numbers[0], sum(numbers))]
    return [
        clean(each.path),
        status_name(each.status),
        format_name(each.format),
        each.reports,
        each.items,
        *judged,
        clean(each.profile or ""),
        clean(each.reason or each.profile_reason or ""),
        clean(each.sha256 or "（計算できませんでした）"),
    ]
