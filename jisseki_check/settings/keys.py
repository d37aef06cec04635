"""What may stand in a settings file. `schemas/settings.schema.json` says the same to editors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jisseki_check.selection import LEVELS

PATHS = frozenset({"extends", "rules", "waivers", "baseline", "expect"})
PATH_LISTS = frozenset({"prior"})
WORDS = PATHS | {"profile", "fail-on", "output-format"}
CODES = frozenset({"select", "ignore", "extend-select"})
NUMBERS = frozenset({"max-bytes", "max-inflated", "max-cells", "max-pages"})
# Of all that a settings file can say, only these can keep a finding from counting, or a file from being read.
LOOSENING = NUMBERS | {
    "profile", "rules", "select", "ignore", "levels", "fail-on", "waivers", "baseline", "expect"
}  # fmt: skip
PER_PATH = CODES | {"paths", "profile", "levels"}
KEYS = WORDS | CODES | NUMBERS | PATH_LISTS | {"levels", "per-path", "allow-looser"}
FAIL_ON = (*LEVELS, "never")
"""From the strictest on."""

_LARGEST = 2**63 - 1


class SettingsError(Exception):
    """A settings file that cannot be used; `message` names the file and the key.

    `given` and `known`: the word that is wrong, and those that it may have been meant for.
    """

    def __init__(self, message: str, given: str = "", known: frozenset[str] = frozenset()) -> None:
        super().__init__(message)
        self.message = message
        self.given = given
        self.known = known


def check(table: Mapping[str, Any], path: str) -> None:
    """Raises SettingsError for the first thing of a settings file's table that must not be so."""
    for key, value in table.items():
        _require(key, KEYS, f"{path}: ", "設定")
        where = f"{path}: 「{key}」"
        if key == "per-path":
            _check_entries(value, path)
        elif key == "allow-looser":
            _check_list(value, where, '["ignore", "levels"] のように設定の名前')
            for name in value:
                _require(name, LOOSENING, f"{path}: 「allow-looser」に書ける設定に", "もの")
        else:
            _check_value(key, value, where)


def _check_entries(entries: object, path: str) -> None:
    if not (isinstance(entries, list) and all(isinstance(each, dict) for each in entries)):
        raise SettingsError(f"{path}: 「per-path」は、[[per-path]] のように二重の角括弧で書いてください。")
    for number, entry in enumerate(entries, start=1):
        where = f"{path}: per-path（{number}番目）"
        for key, value in entry.items():
            _require(key, PER_PATH, f"{where}: ", "設定")
            if key == "paths":
                _check_patterns(value, f"{where}の「paths」")
            else:
                _check_value(key, value, f"{where}の「{key}」")
        if "paths" not in entry:
            example = 'paths = ["計画/**"]'
            raise SettingsError(f"{where}に「paths」がありません。{example} のように書いてください。")
        if len(entry) == 1:
            raise SettingsError(f"{where}に、パスのほかに何も書かれていません。ignore などを書いてください。")


def _check_patterns(value: object, where: str) -> None:
    from jisseki_check.selection.globs import misses_all  # most settings name no paths

    _check_list(value, where, '["計画/**", "*.csv"] のようにパス')
    assert isinstance(value, list)
    if any(".." in re.split(r"[/\\]", pattern.removeprefix("!")) for pattern in value):
        raise SettingsError(
            f"{where}のパスに「..」は使えません。設定ファイルのあるフォルダーから見て書いてください。"
        )
    wrong = [pattern for pattern in value if misses_all(pattern)]
    if wrong or not value:
        raise SettingsError(
            f"{where}の「{wrong[0] if wrong else ''}」に当てはまるファイルはありません。"
            "設定ファイルのあるフォルダーから見たパスを書いてください。"
        )


def _check_value(key: str, value: object, where: str) -> None:
    if key in WORDS and not (isinstance(value, str) and value):
        raise SettingsError(f"{where}には文字列を書いてください。")
    if key == "fail-on" and value not in FAIL_ON:
        raise SettingsError(
            f"{where}に「{value}」は使えません。使えるのは {'・'.join(FAIL_ON)} です。",
            str(value),
            frozenset(FAIL_ON),
        )
    if key in CODES:
        _check_list(value, where, '["FIN", "MRK101"] のようにコード')
    if key in PATH_LISTS:
        _check_list(value, where, '["過去の報告"] のようにファイルかフォルダー')
    if key in NUMBERS and not (type(value) is int and 0 < value <= _LARGEST):
        raise SettingsError(f"{where}には 1 以上の整数を書いてください。")
    if key == "levels":
        _check_levels(value, where)


def _check_list(value: object, where: str, what: str) -> None:
    if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
        raise SettingsError(f"{where}には {what}を並べてください。")
    if "" in value:
        raise SettingsError(f"{where}に、空の文字列があります。")


def _check_levels(value: object, where: str) -> None:
    if not isinstance(value, dict):
        raise SettingsError(f'{where}は表です。[levels] の下に FIN105 = "error" のように書いてください。')
    tables = {"": {code: level for code, level in value.items() if not isinstance(level, dict)}}
    tables |= {name: levels for name, levels in value.items() if isinstance(levels, dict)}
    for name, levels in tables.items():
        for code, level in levels.items():
            if not code:
                raise SettingsError(f"{where}に、空のコードがあります。")
            if level not in LEVELS:
                named = f"{name}.{code}" if name else code
                raise SettingsError(
                    f"{where}の「{named}」には、error・warning・info のどれかを書いてください。",
                    level if isinstance(level, str) else "",
                    frozenset(LEVELS),
                )


def _require(name: str, known: frozenset[str], where: str, what: str) -> None:
    if name not in known:
        raise SettingsError(f"{where}「{name}」という{what}はありません。", name, known)
