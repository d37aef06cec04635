"""`convert`: a report in another format, with nothing judged, and nothing lost without saying so."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import INCONCLUSIVE, CommandError, nearest
from jisseki_check.cli.options import (
    form_chooser,
    form_option,
    limit_options,
    limits,
    project_settings,
    unreadable,
)
from jisseki_check.cli.output import refuse_bad_targets, write_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jisseki_check.model import Location, Remark, Report

_ENDINGS = (".json", ".yaml", ".yml", ".csv", ".xlsx", ".docx", ".txt")
_DATA = (".json", ".yaml", ".yml")
_WORD = (".docx", ".docm")
# Remarks of these kinds hold text of the file that belongs to no field.
_TEXTS = {
    "unread": "どの欄のものか分からない文",
    "repeated": "一つの項目に二度ある欄の、二度目の文",
    "comment": "コメント",
    "tracked": "変更履歴の文",
    "page": "ヘッダーやフッターの文",
    "aside": "HTML のコメント",
    "waiver": "免除の注記",
}
_SHOWN = 10
_LONGEST = 30  # characters of a value that are shown


@command(
    "convert",
    "報告を別の形式のファイルに書き直します。書き出し先のファイル名の終わりで形式を決めます。"
    ".xlsx と .csv は1行に1項目の一覧、.docx は様式の表、.txt はテキスト、.json と .yaml はデータです。\n"
    "内容の点検はしません。元のファイルは書き換えません。書き出す形式では表せないところがあれば、知らせます。",
    [
        ("jisseki-check convert 報告.docx 報告.xlsx", "Word の報告を Excel の一覧にします。"),
        ("jisseki-check convert 一覧.csv 報告.docx", "CSV の一覧を Word の様式にします。"),
        ("jisseki-check convert 報告.txt 報告.json", "テキストの報告を JSON にします。"),
        ("jisseki-check convert 報告.json 報告.yaml --overwrite", "すでにある 報告.yaml を置き換えます。"),
    ],
)
@click.argument("source", metavar="元のファイル", help="報告のファイル")
@click.argument("target", metavar="書き出し先", help=f"作るファイル（{'、'.join(_ENDINGS)}）")
@form_option
@click.option("--overwrite", is_flag=True, help="書き出し先のファイルがすでにあれば置き換えます。")
@limit_options
def convert(source: str, target: str, **given: Any) -> None:
    ending = os.path.splitext(target)[1].lower()
    if ending not in _ENDINGS:
        close = nearest(ending, _ENDINGS)
        raise CommandError(
            f"「{target}」の形式では書き出せません。{close}"
            f"名前の終わりを {'・'.join(_ENDINGS)} のどれかにしてください。"
        )
    if not os.path.isfile(source):
        raise CommandError(f"「{source}」というファイルが見つかりません。場所と名前を確かめてください。")
    refuse_bad_targets([target], [source])
    if os.path.lexists(target) and not given["overwrite"]:
        raise CommandError(f"「{target}」はすでにあります。置き換えるときは --overwrite を付けてください。")
    for sentence in _converted(source, target, ending, given):
        click.echo(sentence, err=True)


def _converted(source: str, target: str, ending: str, given: dict[str, Any]) -> Iterator[str]:
    """Writes the file; what is to be said of it."""
    # With what reads files; --help needs none of it.
    from jisseki_check.engine.convert import left_out, load_report, lost
    from jisseki_check.model import Unreadable
    from jisseki_check.writers import CannotWrite, write

    settings = project_settings()
    chooser = form_chooser(given["profile"], settings)
    try:
        document, profile = load_report(Path(source), chooser, limits(given, settings))
    except Unreadable as error:
        raise CommandError(unreadable(source, error), INCONCLUSIVE) from None
    _refuse_left_out(left_out(document), source, target)
    try:
        data = write(document.report, profile, ending)
    except CannotWrite as error:
        raise CommandError(f"「{target}」を作れませんでした。{error.message}", INCONCLUSIVE) from None
    missing = lost(document.report, data, ending, profile)
    write_files({target: data})
    formats: dict[str, str | None] = {"": "docx"} if source.lower().endswith(_WORD) else {}
    yield from _of_remarks(document.report, target, formats, is_data=ending in _DATA)
    yield from _of_losses(missing, target)


def _refuse_left_out(values: Sequence[tuple[Location, object]], source: str, target: str) -> None:
    """A copy without some of the values would look whole."""
    if not values:
        return
    from jisseki_check.formatters.text import clean  # only where something is to be said
    from jisseki_check.formatters.words import place

    named = [f"　{place(at)}　{clean(at.pointer or '')}：{_value(value)}" for at, value in values[:_SHOWN]]
    rest = [f"　ほか{len(values) - _SHOWN:,}か所"] if len(values) > _SHOWN else []
    raise CommandError(
        "\n".join(
            [
                f"「{source}」に、値の種類や名前が決まりと違うため読み取れないところがあります。"
                f"書き直すと失われるので、「{target}」は作っていません。",
                *named,
                *rest,
                f"「{source}」を check で点検すると、直し方が分かります。"
                "直してから、もう一度実行してください。",
            ]
        ),
        INCONCLUSIVE,
    )


def _value(value: object) -> str:
    from jisseki_check.formatters.text import clean

    if isinstance(value, dict | list):
        return f"（{len(value):,}個の値）"
    text = clean(str(value))
    return f"「{text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}」"


def _of_remarks(
    report: Report, target: str, formats: dict[str, str | None], *, is_data: bool
) -> Iterator[str]:
    """Text that belongs to no field: where it stood, and whether it was kept."""
    for kind, words in _TEXTS.items():
        held = [remark for remark in report.remarks if remark.kind == kind]
        if held:
            kept = "読み取りの記録（remarks）に残しました" if is_data else f"「{target}」には入れていません"
            yield f"{words}が{len(held):,}か所あり、{kept}{_places(held, formats)}。"
    if not is_data and any(remark.kind == "truncated" for remark in report.remarks):
        yield "元のファイルは途中で切れているようです。最後まで書き出せているか確かめてください。"


def _places(remarks: Sequence[Remark], formats: dict[str, str | None]) -> str:
    from jisseki_check.formatters.words import place  # only where something is to be said

    at = [remark.at for remark in remarks if remark.at is not None]
    # Of a text the line is enough.
    named = (replace(each, column=None) if each.page is None else each for each in at)
    places = [
        f"{words}行目" if words.isdecimal() else words for each in named if (words := place(each, formats))
    ]
    return f"（{'、'.join(places[:_SHOWN])}{'など' if len(places) > _SHOWN else ''}）" if places else ""


def _of_losses(missing: Sequence[str], target: str) -> Iterator[str]:
    if missing:
        rest = len(missing) - _SHOWN
        yield (
            f"「{target}」を読み直すと、次のところが元の報告と違います。"
            "全てを残すには、JSON か YAML に書き出してください。"
        )
        yield from (f"　{each}" for each in missing[:_SHOWN])
        if rest > 0:
            yield f"　ほか{rest:,}件"
