"""Settings of a project: jisseki-check.toml, or [tool.jisseki-check] in pyproject.toml.

The nearest one is used, looked for from the working directory upwards; `schemas/settings.schema.json`
describes it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

_OWN = "jisseki-check.toml"
_SHARED = "pyproject.toml"
_TABLE = "jisseki-check"
_WORDS = frozenset({"profile", "rules", "fail-on", "output-format"})
_LISTS = frozenset({"select", "ignore", "extend-select"})
_NUMBERS = frozenset({"max-bytes", "max-inflated", "max-cells", "max-pages"})
KEYS = _WORDS | _LISTS | _NUMBERS


class SettingsError(Exception):
    """A settings file that cannot be used; `message` names the file and the key.

    `given` and `known`: the word that is wrong, and those that it may have been meant for.
    """

    def __init__(self, message: str, given: str = "", known: frozenset[str] = frozenset()) -> None:
        super().__init__(message)
        self.message = message
        self.given = given
        self.known = known


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project has settled; None and () where it says nothing. `path` is the file, None without one."""

    path: str | None = None
    profile: str | None = None
    rules: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    fail_on: str | None = None
    output_format: str | None = None
    max_bytes: int | None = None
    max_inflated: int | None = None
    max_cells: int | None = None
    max_pages: int | None = None


def load(folder: str) -> Settings:
    """The settings that hold in `folder`. Raises SettingsError."""
    folder = os.path.abspath(folder)
    while True:
        for name in (_OWN, _SHARED):
            path = os.path.join(folder, name)
            table = _table(path, name) if os.path.isfile(path) else None
            if table is not None:
                return _settings(table, path)
        above = os.path.dirname(folder)
        if above == folder:
            return Settings()
        folder = above


def _table(path: str, name: str) -> dict[str, Any] | None:
    """The settings in a file; None for a pyproject.toml that says nothing of us."""
    try:
        if name == _SHARED and not _mentions_us(path):
            return None
        import tomllib  # 4 ms, and most folders have no settings

        with open(path, "rb") as stream:
            data = tomllib.load(stream)
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(f"設定ファイル {path} を読めません（{error}）。") from None
    if name == _OWN:
        return data
    tool = data.get("tool")
    table = tool.get(_TABLE) if isinstance(tool, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise SettingsError(f"{path} の tool.{_TABLE} が表になっていません。")


def _mentions_us(path: str) -> bool:
    """Whether a pyproject.toml, be it TOML or not, could hold settings of ours."""
    with open(path, "rb") as stream:
        return _TABLE.encode() in stream.read()


def _settings(table: dict[str, Any], path: str) -> Settings:
    for key, value in table.items():
        _check(key, value, path)
    profile = table.get("profile")
    if profile is not None and profile.endswith((".yaml", ".yml")):
        profile = os.path.join(os.path.dirname(path), profile)
    return Settings(
        path=path,
        profile=profile,
        rules=os.path.join(os.path.dirname(path), table["rules"]) if "rules" in table else None,
        select=tuple(table.get("select", ())),
        ignore=tuple(table.get("ignore", ())),
        extend_select=tuple(table.get("extend-select", ())),
        fail_on=table.get("fail-on"),
        output_format=table.get("output-format"),
        max_bytes=table.get("max-bytes"),
        max_inflated=table.get("max-inflated"),
        max_cells=table.get("max-cells"),
        max_pages=table.get("max-pages"),
    )


def _check(key: str, value: object, path: str) -> None:
    if key not in KEYS:
        raise SettingsError(f"{path}: 「{key}」という設定はありません。", key, KEYS)
    if key in _WORDS and not (isinstance(value, str) and value):
        raise SettingsError(f"{path}: 「{key}」には文字列を書いてください。")
    if key in _LISTS and not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
        raise SettingsError(f'{path}: 「{key}」には ["FIN", "MRK101"] のようにコードを並べてください。')
    if key in _NUMBERS and not (type(value) is int and value > 0):
        raise SettingsError(f"{path}: 「{key}」には 1 以上の整数を書いてください。")
