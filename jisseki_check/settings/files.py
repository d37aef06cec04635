"""Settings files: found, read, and each brought into one shape.

The nearest one is used, looked for from the working directory upwards: jisseki-check.toml, or
[tool.jisseki-check] in pyproject.toml; and the ones that it extends.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jisseki_check.os_errors import in_words
from jisseki_check.selection import Layer, Levels, PathEntry
from jisseki_check.settings.keys import CODES, NUMBERS, PATH_LISTS, PATHS, WORDS, SettingsError, check

OWN = "jisseki-check.toml"
SHARED = "pyproject.toml"
TABLE = "jisseki-check"


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """One file. `words`, `lists` and `numbers` by their keys, paths made absolute; `layer`: what it says of
    rules for all files; `keys`: all that it says. `allows`: the keys that a file which extends this one may
    loosen, None where it does not say."""

    path: str
    words: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    layer: Layer
    entries: tuple[PathEntry, ...]
    allows: tuple[str, ...] | None
    keys: frozenset[str]


def chain(folder: str) -> tuple[SettingsFile, ...]:
    """The settings file that holds in a folder, after those that it extends, the outermost one first; none
    where there is no file. Raises SettingsError."""
    found = _nearest(os.path.abspath(folder))
    return () if found is None else _with_extended(found)


def chain_of(path: str) -> tuple[SettingsFile, ...]:
    """One settings file, after those that it extends. Raises SettingsError."""
    if not os.path.isfile(path):
        raise SettingsError(f"設定ファイル「{path}」が見つかりません。場所と名前を確かめてください。")
    path = os.path.abspath(path)
    table = _table(path)
    if table is None:
        raise SettingsError(f"{path} に、[tool.{TABLE}] がありません。")
    return _with_extended(_file(table, path))


def _with_extended(file: SettingsFile) -> tuple[SettingsFile, ...]:
    files = [file]
    while "extends" in files[0].words:
        files.insert(0, _extended(files[0], [os.path.realpath(file.path) for file in files]))
    return tuple(files)


def _nearest(folder: str) -> SettingsFile | None:
    while True:
        for name in (OWN, SHARED):
            path = os.path.join(folder, name)
            table = _table(path) if os.path.isfile(path) else None
            if table is not None:
                return _file(table, path)
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _extended(file: SettingsFile, before: list[str]) -> SettingsFile:
    path = file.words["extends"]
    if os.path.realpath(path) in before:
        raise SettingsError(
            f"{file.path}: 「extends」をたどると、{path} に戻ります。"
            "互いに引き継ぐことはできません。どちらかの「extends」を消してください。"
        )
    if not os.path.isfile(path):
        raise SettingsError(
            f"{file.path}: 「extends」の {path} が見つかりません。"
            "この設定ファイルのあるフォルダーから見たパスを書いてください。"
        )
    table = _table(path)
    if table is None:
        raise SettingsError(f"{file.path}: 「extends」の {path} に、[tool.{TABLE}] がありません。")
    return _file(table, path)


def _table(path: str) -> dict[str, Any] | None:
    """The settings in a file; None for a pyproject.toml that says nothing of us."""
    is_shared = os.path.basename(path) == SHARED
    try:
        if is_shared and not _mentions_us(path):
            return None
        with open(path, "rb") as stream:
            data = _parsed(stream.read(), path)
    except OSError as error:
        raise SettingsError(f"設定ファイル {path} を読めません（{in_words(error)}）。") from None
    if not is_shared:
        return data
    tool = data.get("tool")
    table = tool.get(TABLE) if isinstance(tool, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise SettingsError(f"{path} の tool.{TABLE} が表になっていません。")


def _parsed(content: bytes, path: str) -> dict[str, Any]:
    import tomllib  # 4 ms, and most folders have no settings

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(
            f"設定ファイル {path} を読めません。文字コードが UTF-8 ではありません。"
            "UTF-8 で保存し直してください。"
        ) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        from jisseki_check.readers.toml_data import syntax_error  # only a mistake has to pay

        fault = syntax_error(error, text, path)
        at = f"（{fault.at.line}行目{fault.at.column}列目）" if fault.at is not None else ""
        raise SettingsError(f"設定ファイル {path}{at}を {fault.message}。{fault.fix or ''}") from None
    except RecursionError:
        raise SettingsError(f"設定ファイル {path} を読めません。入れ子が深すぎます。") from None


def _mentions_us(path: str) -> bool:
    """Whether a pyproject.toml, be it TOML or not, could hold settings of ours."""
    with open(path, "rb") as stream:
        return TABLE.encode() in stream.read()


def _file(table: dict[str, Any], path: str) -> SettingsFile:
    check(table, path)
    folder = os.path.dirname(path)
    words = {key: table[key] for key in table if key in WORDS}
    for key in PATHS & words.keys():
        words[key] = os.path.normpath(os.path.join(folder, words[key]))
    if "profile" in words:
        words["profile"] = _profile(words["profile"], folder)
    allows = table.get("allow-looser")
    return SettingsFile(
        path=path,
        words=words,
        lists={
            key: tuple(os.path.normpath(os.path.join(folder, each)) for each in table[key])
            for key in PATH_LISTS & table.keys()
        },
        numbers={key: table[key] for key in table if key in NUMBERS},
        layer=_layer(table),
        entries=tuple(
            PathEntry(
                folder=folder,
                paths=tuple(entry["paths"]),
                layer=_layer(entry),
                profile=_profile(entry["profile"], folder) if "profile" in entry else None,
            )
            for entry in table.get("per-path", ())
        ),
        allows=None if allows is None else tuple(allows),
        keys=frozenset(table),
    )


def _profile(named: str, folder: str) -> str:
    """A profile's name, or the path of its file."""
    is_file = named.endswith((".yaml", ".yml"))
    return os.path.normpath(os.path.join(folder, named)) if is_file else named


def _layer(table: Mapping[str, Any]) -> Layer:
    codes = {key.replace("-", "_"): tuple(table.get(key, ())) for key in CODES}
    levels = table.get("levels", {})
    return Layer(
        **codes,
        levels=Levels(
            general=_grades({code: level for code, level in levels.items() if isinstance(level, str)}),
            by_profile=tuple(
                (name, _grades(grades)) for name, grades in levels.items() if isinstance(grades, dict)
            ),
        ),
    )


def _grades(levels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(levels.items())
