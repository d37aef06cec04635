"""`fix`: safe corrections, into copies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.cli.options import (
    existing_paths,
    find_reports,
    form_chooser,
    form_option,
    limit_options,
    limits,
    project_settings,
    unreadable,
)
from jisseki_check.cli.output import make_folder, refuse_bad_targets, write_files, write_stdout
from jisseki_check.os_errors import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jisseki_check.fixes import Correction, Fixed
    from jisseki_check.forms import Chooser
    from jisseki_check.limits import Limits

_WORD = (".docx", ".docm")
_TEXTS = (".txt", ".json", ".yaml", ".yml", ".csv", ".tsv")


@command(
    "fix",
    "見た目の似た記号、金額の全角の数字、見出しの空白、目に見えない文字を直した写しを作ります。\n"
    "元のファイルは書き換えません。金額と文の内容は変えません。直したところは、場所とともに全て表示します。",
    [
        ("jisseki-check fix 報告.txt --diff", "直すところを見るだけで、何も書き出しません。"),
        ("jisseki-check fix 報告.xlsx -o 直した報告.xlsx", "直した写しを作ります。"),
        ("jisseki-check fix 報告/ -o 直した報告/ --spellings", "表記も様式の決まりにそろえます。"),
    ],
)
@click.argument("paths", nargs=-1, required=True, metavar="パス...", help="ファイルかフォルダー")
@click.option(
    "-o",
    "target",
    metavar="書き出し先",
    help="写しのファイル。元のファイルが複数のときは、写しを入れるフォルダー",
)
@click.option("--diff", is_flag=True, help="直す前と後の違いを表示するだけで、写しを作りません。")
@click.option("--spellings", is_flag=True, help="様式設定の表記の決まり（取組→取り組みなど）にもそろえます。")
@form_option
@click.option("--overwrite", is_flag=True, help="書き出し先のファイルがすでにあれば置き換えます。")
@limit_options
def fix(paths: tuple[str, ...], target: str | None, **given: Any) -> int:
    settings = project_settings()
    if (target is None) != given["diff"]:
        raise CommandError(
            "写しを作るときは -o で書き出し先を、見るだけのときは --diff を指定してください（どちらか一つ）。"
        )
    files = _files(paths)
    targets = _targets(files, target) if target is not None else {}
    _refuse_existing(targets.values(), overwrite=given["overwrite"])
    chooser = form_chooser(given["profile"], settings)
    copies: dict[str, bytes] = {}
    failed = False
    for file, name in files.items():
        try:
            data = _read(file, name)
            fixed = _fixed(data, file, name, chooser, given["spellings"], limits(given, settings))
        except CommandError as error:
            failed = True
            click.echo(error.message, err=True)
            continue
        write_stdout("\n".join(_told(name, data, fixed, diff=given["diff"])) + "\n")
        if targets:
            copies[targets[name]] = fixed.data
    if copies:
        for folder in {os.path.dirname(path) for path in copies} - {""}:
            make_folder(folder)
        write_files(copies)
        write_stdout(f"写しを{len(copies):,}件、{target} に書き出しました。\n")
    return INCONCLUSIVE if failed else 0


def _read(file: Path, name: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"「{name}」を読めませんでした（{in_words(error)}）。") from None


def _fixed(data: bytes, file: Path, name: str, chooser: Chooser, spellings: bool, allowed: Limits) -> Fixed:
    from jisseki_check.fixes import CannotFix, fix  # with what reads files; --help needs none of it
    from jisseki_check.model import Unreadable

    try:
        return fix(data, name, chooser, path=str(file), spellings=spellings, limits=allowed)
    except Unreadable as error:
        raise CommandError(unreadable(name, error)) from None
    except CannotFix as error:
        raise CommandError(f"「{name}」は直していません。{error}") from None


def _refuse_existing(targets: Iterable[str], *, overwrite: bool) -> None:
    for path in targets:
        if os.path.lexists(path) and not overwrite:
            raise CommandError(f"「{path}」はすでにあります。置き換えるときは --overwrite を付けてください。")


def _files(paths: Sequence[str]) -> dict[Path, str]:
    """The files to correct, and how each is called."""
    from jisseki_check.engine.inputs import shown  # with the readers; --help needs none of them

    found = find_reports(existing_paths(paths))
    for path, why in found.problems:
        raise CommandError(f"「{path}」: {why}")
    if not found.files:
        raise CommandError("直す報告がありません。")
    return shown(found.files)


def _targets(files: Mapping[Path, str], target: str) -> dict[str, str]:
    """Where each copy goes, by the name of its file."""
    names = list(files.values())
    is_file = os.path.splitext(target)[1] != "" and not os.path.isdir(target)
    if len(names) == 1 and is_file:
        ending, own = (os.path.splitext(each)[1].lower() for each in (target, names[0]))
        if ending != own:
            raise CommandError(
                f"写しの名前の終わりは、元のファイルと同じ「{own}」にしてください。"
                "形式を変えるときは convert を使います。"
            )
        refuse_bad_targets([target], [str(file) for file in files])
        return {names[0]: target}
    if is_file and len(names) > 1:
        raise CommandError(f"ファイルが{len(names):,}件あるので、-o にはフォルダーを指定してください。")
    inside = {name: os.path.join(target, *_parts(name)) for name in names}
    for name, path in inside.items():
        if any(os.path.realpath(path) == os.path.realpath(file) for file in files):
            raise CommandError(
                f"「{name}」の写しが元のファイルと重なります。別のフォルダーを指定してください。"
            )
    return inside


def _parts(name: str) -> list[str]:
    """The name below the target's folder: nothing of it leads out of there."""
    return [part for part in Path(name).parts if part not in {"..", "/", "."} and ":" not in part]


def _told(name: str, data: bytes, fixed: Fixed, *, diff: bool) -> list[str]:
    """What was corrected in one file, in words or as a difference of lines."""
    from jisseki_check.fixes import KINDS
    from jisseki_check.formatters.text import clean
    from jisseki_check.formatters.words import place

    if not fixed.made and not fixed.left:
        return [f"{clean(name)}: 直すところはありません。"]
    formats = {"": "docx"} if name.lower().endswith(_WORD) else {}
    lines = [f"{clean(name)}: {len(fixed.made):,}か所を{'直せます' if diff else '直しました'}。"]
    for title, held in (("", fixed.made), ("（ここは直していません。見て直してください）", fixed.left)):
        lines += [f"  {place(each.at, formats)}  {KINDS[each.kind]}  {_change(each)}{title}" for each in held]
    if diff and name.lower().endswith(_TEXTS):
        lines += _differences(name, data, fixed.data)
    return lines


def _change(correction: Correction) -> str:
    from jisseki_check.formatters.text import clean

    before, after = clean(correction.before), clean(correction.after)
    return f"「{before}」→「{after}」" if after else f"「{before}」を消す"


def _differences(name: str, data: bytes, copy: bytes) -> list[str]:
    from difflib import unified_diff

    from jisseki_check.formatters.text import clean
    from jisseki_check.readers.decoding import decode

    before, after = (decode(each, name).splitlines() for each in (data, copy))
    return [
        line[:1] + clean(line[1:])
        for line in unified_diff(before, after, f"{name}（元）", f"{name}（写し）", lineterm="")
    ]
