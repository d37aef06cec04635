"""What a choice of rules may be named by, and the run that follows from it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.check import engine_options
from jisseki_check.cli.comparing import expect_path, prior_below, prior_paths
from jisseki_check.cli.errors import CommandError, nearest
from jisseki_check.cli.exceptions import baseline_path, own_files, waivers_path
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.types import suggestions
from jisseki_check.resources import rules_of
from jisseki_check.settings import Settings, SettingsError, load_file

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from jisseki_check.engine.run import Options
    from jisseki_check.model import Rule

STANDARD = "standard"
_WORDS = (STANDARD, "標準")
_YAML = (".yaml", ".yml")
_KINDS = {
    "standard": "初めから入っている規則と様式設定",
    "settings": "設定ファイル",
    "profile": "様式設定",
    "rules": "自分の規則のフォルダー",
    "version": "規則一式のフォルダー",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One choice. `name`: as it was given; `kind`: one of standard, settings, profile, rules, version.
    `profile`, `own`, `root`: a form, a city's own rules, the whole rules of another version; None: as
    usual."""

    name: str
    kind: str
    settings: Settings
    profile: str | None = None
    own: str | None = None
    root: str | None = None

    @property
    def meaning(self) -> str:
        """What it is, for people."""
        return _KINDS[self.kind]


def suggest_sides(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """The installed rules, and the forms that come with the program."""
    from jisseki_check.profiles import titles  # most command lines name no profile

    held = {STANDARD: _KINDS["standard"], **titles()}
    return suggestions(held, incomplete, held)


def side_of(named: str, profile: str | None, own: str | None) -> Side:
    """What a word, a file or a folder stands for; `profile` and `own` hold where it says nothing of them.
    Raises CommandError."""
    if named in _WORDS:
        return Side(named, "standard", Settings(), profile, own)
    if named.endswith(".toml"):
        return _of_settings(named, profile, own)
    if os.path.isdir(named):
        return _of_folder(named, profile, own)
    from jisseki_check.profiles import ProfileError, load, names  # json and pathlib; --help needs neither

    known = names()
    if not named.endswith(_YAML) and named not in known:
        raise CommandError(
            f"「{named}」が何か分かりません。{nearest(named, [*known, STANDARD])}設定ファイル（.toml）、"
            f"様式設定の名前かファイル（.yaml）、規則のフォルダー、{STANDARD}（標準）のどれかを指定してください。"
        )
    try:
        load(named)
    except ProfileError as error:
        raise CommandError(str(error)) from None
    return Side(named, "profile", Settings(), named, own)


def _of_settings(path: str, profile: str | None, own: str | None) -> Side:
    try:
        settings = load_file(path)
    except SettingsError as error:
        raise CommandError(error.message + nearest(error.given, error.known)) from None
    return Side(path, "settings", settings, None if settings.profile else profile, settings.rules or own)


def _of_folder(path: str, profile: str | None, own: str | None) -> Side:
    from jisseki_check.engine.other_version import (
        is_whole,
        mistakes,
    )  # polars: only folders have to be looked at

    if not is_whole(path):
        inside = os.path.join(path, "rules")
        if is_whole(inside):
            raise CommandError(
                f"「{path}」は規則のフォルダーではありません。「{inside}」を指定してください。"
            )
        return Side(path, "rules", Settings(), profile, path)
    root = os.path.abspath(path)
    with rules_of(root):
        found = mistakes(path)
    if found:
        listed = "\n".join(map(str, found))
        raise CommandError(
            f"規則一式のフォルダー「{path}」は、この版の点検プログラムでは使えません。"
            f"規則と同じ版の jisseki-check で点検し、結果を compare で比べてください。\n{listed}"
        )
    return Side(path, "version", Settings(), profile, own, root)


@dataclass(frozen=True, slots=True)
class Told:
    """What the engine is told for one side, and the rules as they hold there for the usual form, by code."""

    options: Options
    rules: Mapping[str, Rule]


def no_reports(side: Side, given: Mapping[str, Any], files: Sequence[str]) -> frozenset[Path]:
    """The files of a side that are no reports to be checked, for either. `given`: as for `told`."""
    all_given, settings = _given(side, given), side.settings
    named = (
        waivers_path(all_given, settings),
        baseline_path(all_given, settings),
        expect_path(all_given, settings),
    )
    return own_files(named, files) | prior_below(files, prior_paths(all_given, settings))


def told(side: Side, given: Mapping[str, Any], files: Sequence[str], left_out: Set[Path]) -> Told:
    """`given`: what the command line says of both sides: as_of, prior and expect. Raises CommandError."""
    from jisseki_check.engine.judging import judging
    from jisseki_check.engine.options import UsageError

    all_given = _given(side, given)
    with rules_of(side.root):
        try:
            entries, _ = load_entries(side.own, all_given["profile"] or side.settings.profile)
            options = replace(
                engine_options(all_given, side.settings, entries, files, None),
                left_out=frozenset(left_out),
                coverage_by_file=True,
                rules=side.root,
            )
            return Told(options, judging(options)[0].usual.rules)
        except (CommandError, UsageError) as error:
            raise CommandError(f"「{side.name}」で点検できません。\n{error}") from None


def _given(side: Side, given: Mapping[str, Any]) -> dict[str, Any]:
    """As `check` would be told."""
    return {
        "profile": side.profile,
        "own": side.own,
        "select": (),
        "ignore": (),
        "extend_select": (),
        "fail_on": None,
        "engine": "local",
        "waivers": None,
        "baseline": None,
        **dict.fromkeys(("max_bytes", "max_inflated", "max_cells", "max_pages")),
        **given,
    }
