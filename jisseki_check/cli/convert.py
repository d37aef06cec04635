"""`convert`: a report in another format, with nothing judged and nothing lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import INCONCLUSIVE, CommandError, nearest
from jisseki_check.cli.options import form_chooser, project_settings, unreadable
from jisseki_check.cli.output import encode, refuse_bad_targets, write_files

if TYPE_CHECKING:
    from jisseki_check.model import Report

_ENDINGS = (".json", ".yaml", ".yml")


@command(
    "convert",
    "報告を JSON か YAML に書き直します。書き出し先のファイル名の終わり（.json、.yaml）で形式を決めます。\n"
    "内容の点検はしません。元のファイルは書き換えません。",
    [
        ("jisseki-check convert 報告.txt 報告.json", "テキストの報告を JSON にします。"),
        ("jisseki-check convert 報告.json 報告.yaml --overwrite", "すでにある 報告.yaml を置き換えます。"),
    ],
)
@click.argument("source", metavar="元のファイル", help="報告のファイル")
@click.argument("target", metavar="書き出し先", help="作るファイル（.json、.yaml）")
@click.option(
    "--profile", metavar="名前|ファイル", help="様式設定の名前かファイル。省略すると、文書から見分けます。"
)
@click.option("--overwrite", is_flag=True, help="書き出し先のファイルがすでにあれば置き換えます。")
def convert(source: str, target: str, profile: str | None, overwrite: bool) -> None:
    ending = os.path.splitext(target)[1].lower()
    if ending not in _ENDINGS:
        close = nearest(ending, _ENDINGS)
        raise CommandError(
            f"「{target}」の形式では書き出せません。{close}"
            "名前の終わりを .json・.yaml・.yml のどれかにしてください。"
        )
    if not os.path.isfile(source):
        raise CommandError(f"「{source}」というファイルが見つかりません。場所と名前を確かめてください。")
    refuse_bad_targets([target], [source])
    if os.path.lexists(target) and not overwrite:
        raise CommandError(f"「{target}」はすでにあります。置き換えるときは --overwrite を付けてください。")
    report = _read(source, profile)
    write_files({target: encode(_written(report, ending))})
    _tell_unread(report)


def _read(source: str, profile: str | None) -> Report:
    from jisseki_check.engine.convert import load_report  # with what reads files; --help needs none of it
    from jisseki_check.model import Unreadable

    try:
        document, _ = load_report(Path(source), form_chooser(profile, project_settings()))
    except Unreadable as error:
        raise CommandError(unreadable(source, error), INCONCLUSIVE) from None
    return document.report


def _written(report: Report, ending: str) -> str:
    from jisseki_check.forms.report_json import to_json

    data = to_json(report)
    if ending == ".json":
        import json

        return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    import yaml

    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=float("inf"))
    return text


def _tell_unread(report: Report) -> None:
    """Text that belongs to no field is kept apart from the fields: say so, and where it stood."""
    unread = [remark for remark in report.remarks if remark.kind == "unread"]
    if unread:
        lines = "、".join(f"{each.at.line}行目" for each in unread if each.at and each.at.line)
        click.echo(
            f"どの欄のものか分からない文が{len(unread):,}か所あったので、読み取りの記録（remarks）に残しました"
            + (f"（{lines}）。" if lines else "。"),
            err=True,
        )
