"""`verify`: whether the runs of a book of records still hold."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.command import command, page_width
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.output import wants_color, write_stdout
from jisseki_check.cli.record import opened
from jisseki_check.cli.types import Count, OneOf

if TYPE_CHECKING:
    from jisseki_check.records.book import Book, Entry
    from jisseki_check.records.differences import Result, Verified

_WIDEST = 120  # columns
_DIGEST = re.compile("(?:sha256:)?([0-9a-f]{64})")
_EXIT_CODES = {"holds": 0, "differs": 1, "unverified": 3}


@command(
    "verify",
    "check -o record=ファイル で残した点検の記録が、今も成り立つかを確かめます。\n"
    "まず、記録が書き換えられたり、取り除かれたり、並べ替えられたりしていないかを見ます。"
    "次に、報告・設定・様式設定・規則・免除・既知の指摘の中身が記録のときと同じかを見て、"
    "記録と同じ指定で点検し直し、判定・指摘・判定範囲を比べます。\n"
    "最後の方の記録が取り除かれたことと、全体が作り直されたことは、記録のファイルだけでは分かりません。"
    "表示される最後の記録のハッシュ値（中身から計算した照合用の値）を別の場所に控え、"
    "次は --head で示してください。\n"
    "プログラムや部品の版が違っても、同じ結果になれば記録のとおりとし、版の違いを参考に示します。\n"
    "終了コード　0 記録のとおり、1 記録と違う（確かめられないところがほかにあるときも）、"
    "2 コマンドの誤り、または記録として読めない、3 確かめられない（ファイルがない、点検し直せないなど）",
    [
        ("jisseki-check verify 記録.jsonl", "最後の記録を確かめます。"),
        ("jisseki-check verify 記録.jsonl --all", "全ての記録を確かめます。"),
        ("jisseki-check verify 記録.jsonl --root 令和7年度", "点検したときのフォルダーを指定します。"),
        ("jisseki-check verify 記録.jsonl --head sha256:…", "控えておいたハッシュ値の記録があるかも見ます。"),
    ],
)
@click.argument("file", metavar="ファイル", help="点検の記録（.jsonl）")
@click.option("--number", type=Count(), metavar="番号", help="確かめる記録の番号。省略すると最後の記録")
@click.option("--all", "is_all", is_flag=True, help="全ての記録を確かめます。")
@click.option(
    "--head",
    metavar="ハッシュ値",
    help="控えておいたハッシュ値。その記録がなければ、取り除かれたか、作り直されたものとして知らせます。",
)
@click.option(
    "--root",
    metavar="フォルダー",
    default=".",
    help="点検したときに作業していたフォルダー（移したときは、移した先）。記録のパスは、ここからのパスです。"
    "省略すると今のフォルダー",
)
@click.option(
    "--within",
    metavar="フォルダー",
    help="記録にあるパスを読んでよい範囲。外のパス（../ など）は読みません。省略すると --root と同じ",
)
@click.option(
    "--output-format", type=OneOf(("table", "json")), default="table", help="表示の形式。省略すると table"
)
def verify(file: str, number: int | None, is_all: bool, head: str | None, **given: Any) -> int:
    _refuse(file, number, given["root"], given["within"], is_all=is_all)
    noted = _digest(head)
    book = opened(file)
    from jisseki_check.cli.verification import Place, verified  # with the engine
    from jisseki_check.records.book import with_noted

    book = with_noted(book, noted)
    place = Place(given["root"], given["within"] or given["root"])
    records = [verified(each.body, place) for each in _chosen(book, number, is_all=is_all)]
    return _show(file, book, noted, records, as_json=given["output_format"] == "json")


def _refuse(file: str, number: int | None, root: str, within: str | None, *, is_all: bool) -> None:
    if not os.path.exists(file):
        raise CommandError(f"記録のファイル「{file}」が見つかりません。場所と名前を確かめてください。")
    if is_all and number is not None:
        raise CommandError("--all と --number は一緒に使えません。どちらかにしてください。")
    for folder in filter(None, (root, within)):
        if not os.path.isdir(folder):
            raise CommandError(f"フォルダー「{folder}」が見つかりません。場所と名前を確かめてください。")


def _digest(head: str | None) -> str | None:
    if head is None:
        return None
    found = _DIGEST.fullmatch(head.strip().lower())
    if found is None:
        raise CommandError(
            f"--head の「{head}」はハッシュ値ではありません。"
            "verify が表示した値を、「sha256:」の後の64桁まで、そのまま書いてください。"
        )
    return f"sha256:{found[1]}"


def _chosen(book: Book, number: int | None, *, is_all: bool) -> Sequence[Entry]:
    if book.breaks:
        return ()
    if is_all:
        return book.entries
    if number is None:
        return book.entries[-1:]
    if number > len(book.entries):
        raise CommandError(f"{number:,}件目の記録はありません。記録は{len(book.entries):,}件です。")
    return book.entries[number - 1 : number]


def _show(file: str, book: Book, noted: str | None, records: Sequence[Verified], *, as_json: bool) -> int:
    from jisseki_check.records.page import broken, page, result_of

    result: Result = result_of(book, records)
    at = book.number_of(noted)
    if as_json:
        from jisseki_check.records.verification import document

        write_stdout(document(os.path.basename(file), book, at, records, result), for_people=False)
    elif book.breaks:
        write_stdout(broken(book))
    else:
        width, color = page_width(_WIDEST), wants_color("auto")
        write_stdout(page(book, at, records, width=width, color=color))
    return _EXIT_CODES[result.value]
