"""`config show`: each value, and where it comes from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.options import project_settings
from jisseki_check.cli.output import write_stdout
from jisseki_check.cli.rule_settings import require_sound
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.types import OneOf
from jisseki_check.formatters.text import clean, pad
from jisseki_check.notation.width import display_width

if TYPE_CHECKING:
    from jisseki_check.cli.config.origins import Entry, Origin, ProfileRule, Row, Value
    from jisseki_check.settings import Settings

_LEVELS = {"error": "誤り", "warning": "確認", "info": "参考"}
_FAIL_ON = {"error": "誤り", "warning": "確認以上", "info": "参考以上", "never": "指摘では不適合としない"}
_UNSAID = {"profile": "文書から見分ける", "select": "全ての規則", "levels": "規則と様式設定のとおり"}
_NO_FILE = "ありません（このフォルダーにも、上のフォルダーにも）"
_HEADS = ("設定", "値", "どこで決まったか")


@command(
    "show",
    "それぞれの設定の値と、それがどこで決まったかを表示します。check での指定は、設定より優先します。\n"
    "ファイルを指定すると、per-path のうちそのファイルに当てはまるものも合わせて表示します。",
    [
        ("jisseki-check config show", "このフォルダーで使われる設定を表示します。"),
        ("jisseki-check config show 計画/総務部.txt", "そのファイルに使われる設定を表示します。"),
        ("jisseki-check config show --output-format json", "プログラムで使うために JSON で書き出します。"),
    ],
)
@click.argument("path", required=False, metavar="[ファイル]", help="報告のファイル")
@click.option(
    "--output-format", type=OneOf(("table", "json")), default="table", help="表示の形式。省略すると table"
)
def show(path: str | None, output_format: str) -> None:
    if path is not None and os.path.isdir(path):
        raise CommandError(f"「{path}」はフォルダーです。報告のファイルを指定してください。")
    settings = project_settings()
    rules, _ = load_entries(settings.rules, settings.profile)
    require_sound(settings, rules, None)
    if output_format == "json":
        write_stdout(_as_json(settings, path), for_people=False)
    else:
        write_stdout(_as_table(settings, path))


# --- for people ------------------------------------------------------------------------------------


def _as_table(settings: Settings, path: str | None) -> str:
    from jisseki_check.cli.config.origins import entries, rows  # tomllib: --help needs none of it

    lines = [_files(settings)]
    if path is not None:
        lines.append(f"ファイル　　　{clean(path)}")
    lines += ["", *_columns([_HEADS, *_cells(rows(settings, path))])]
    profiles = [
        (each.rule, _profile_value(each), f"様式設定 {each.profile}") for each in _profiles(settings, path)
    ]
    if profiles:
        lines += ["", "様式設定が決めている規則（設定に書いたものが優先します）"]
        lines += [f"  {line}" for line in _columns(profiles)]
    held = entries(settings, path)
    if held:
        lines += ["", "per-path（後に書かれたものが優先します）"]
        for entry in held:
            lines += _entry(entry)
    return "\n".join(lines) + "\n"


def _files(settings: Settings) -> str:
    from jisseki_check.cli.config.origins import from_here

    own, *extended = [clean(from_here(file.path)) for file in reversed(settings.files)] or [_NO_FILE]
    return f"設定ファイル　{own}" + (f"（引き継ぎ元　{'、'.join(extended)}）" if extended else "")


def _cells(held: Sequence[Row]) -> list[tuple[str, str, str]]:
    cells = []
    before = None
    for row in held:
        name = row.key if row.key != before else ""
        before = row.key
        value = _value(row.key, row.value)
        cells.append((name, f"{row.name} {value}" if row.name else value, _origin(row.origin)))
    return cells


def _value(key: str, value: Value | None) -> str:
    if value is None:
        return _UNSAID.get(key, "なし")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, tuple):
        return clean("、".join(value)) or "なし"
    words = {"levels": _LEVELS, "fail-on": _FAIL_ON}.get(key, {})
    return clean(value) + (f"（{words[value]}）" if value in words else "")


def _origin(origin: Origin) -> str:
    if origin.file is None:
        return "省略時の値"
    line = f" {origin.line}行目" if origin.line else ""
    told = ["引き継ぎ"] if origin.is_extended else []
    told += [f"per-path {origin.entry}番目"] if origin.entry else []
    return clean(origin.file) + line + (f"（{'、'.join(told)}）" if told else "")


def _entry(entry: Entry) -> list[str]:
    holds = {None: "", True: "当てはまります　", False: "当てはまりません　"}[entry.holds]
    head = f"  {clean('、'.join(entry.paths))}　{holds}{_origin(entry.origin)}"
    if entry.holds is not None:
        return [head]
    rows = [replace(row, origin=replace(row.origin, entry=None)) for row in entry.rows]
    return [head, *(f"    {line}" for line in _columns(_cells(rows)))]


def _profiles(settings: Settings, path: str | None) -> list[ProfileRule]:
    from jisseki_check.cli.config.origins import of_profiles, rows

    return of_profiles(next(row.value for row in rows(settings, path) if row.key == "profile"))


def _profile_value(rule: ProfileRule) -> str:
    said = [] if rule.enabled else ["使わない"]
    said += [f"{rule.level}（{_LEVELS[rule.level]}）"] if rule.level else []
    said += [f"{name} = {value}" for name, value in rule.params.items()]
    return clean("、".join(said))


def _columns(cells: Sequence[tuple[str, str, str]]) -> list[str]:
    widths = [max(display_width(row[column]) for row in cells) for column in range(2)]
    return [f"{pad(row[0], widths[0])}  {pad(row[1], widths[1])}  {row[2]}" for row in cells]


# --- for programs ----------------------------------------------------------------------------------


def _as_json(settings: Settings, path: str | None) -> str:
    import json

    from jisseki_check.cli.config.origins import entries, from_here, rows

    data: dict[str, Any] = {
        "files": [from_here(file.path) for file in reversed(settings.files)],
        "path": path,
        "settings": [asdict(row) for row in rows(settings, path)],
        "per_path": [asdict(entry) for entry in entries(settings, path)],
        "profiles": [asdict(each) for each in _profiles(settings, path)],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
