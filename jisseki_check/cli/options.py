"""What a run is told: the command line first, then the project's settings, then what is usual."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.errors import CommandError, nearest
from jisseki_check.cli.rule_settings import require_sound
from jisseki_check.cli.rulebook import require_known
from jisseki_check.cli.suggestions import suggest_codes, suggest_profiles
from jisseki_check.cli.types import Count, OneOf, listed
from jisseki_check.formatters import FORMATS
from jisseki_check.selection import NOTHING, Layer
from jisseki_check.settings import Settings, SettingsError, saying
from jisseki_check.settings import load as load_settings

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry
    from jisseki_check.engine.run import Options
    from jisseki_check.forms import Chooser
    from jisseki_check.limits import Limits
    from jisseki_check.model import Unreadable
    from jisseki_check.readers import Discovery

LEVELS = ("error", "warning", "info", "never")
STDIN = "-"


color_option = click.option(
    "--color",
    type=OneOf(("auto", "always", "never")),
    default="auto",
    help="色を付けるかどうか。省略すると auto（画面のときだけ）",
)
rules_option = click.option(
    "--rules",
    "own",
    metavar="フォルダー",
    help="自分の規則のフォルダー。初めから入っている規則に加えて使います。",
)
form_option = click.option(
    "--profile",
    metavar="名前|ファイル",
    shell_complete=suggest_profiles,
    help="様式設定の名前かファイル。省略すると、文書から見分けます。",
)
profile_option = click.option(
    "--profile",
    metavar="名前|ファイル",
    shell_complete=suggest_profiles,
    help="自分の規則の例を書いた様式設定。省略すると hirakata",
)


_LIMITS = (
    ("max_bytes", "バイト数", "これより大きいファイルは読まず、判定不能とします。省略すると {:,}"),
    (
        "max_inflated",
        "バイト数",
        "展開するとこれより大きくなる Word・Excel は読まず、判定不能とします。省略すると {:,}",
    ),
    ("max_cells", "個数", "表のセルがこれより多いファイルは読まず、判定不能とします。省略すると {:,}"),
    ("max_pages", "ページ数", "これよりページの多い PDF は読まず、判定不能とします。省略すると {:,}"),
)


_CODES: dict[str, Any] = {
    "multiple": True,
    "callback": listed,
    "metavar": "コード",
    "shell_complete": suggest_codes,
}


def selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which rules are used."""
    for option in (
        click.option("--extend-select", **_CODES, help="選んだ規則に加えて、このコードの規則も使います。"),
        click.option("--ignore", **_CODES, help="このコードの規則を使いません。"),
        click.option(
            "--select", **_CODES, help="このコード（FIN のような先頭だけでも可）の規則だけを使います。"
        ),
    ):
        command = option(command)
    return command


def jobs_option(besides: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """How many processes; `besides`: what else is to be said of it."""
    told = "同時に動かす処理の数。省略すると、ファイルの数に応じて決めます。結果は変わりません。"
    return click.option("--jobs", type=Count(), metavar="個数", help=told + besides)


def limit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how much of a file is read before it is refused."""
    from jisseki_check.limits import DEFAULT_LIMITS  # with these options only

    for name, metavar, words in reversed(_LIMITS):
        option = f"--{name.replace('_', '-')}"
        usual = getattr(DEFAULT_LIMITS, name)
        command = click.option(option, type=Count(), metavar=metavar, help=words.format(usual))(command)
    return command


def limits(given: Mapping[str, Any], settings: Settings) -> Limits:
    """The limits of the command line, else of the settings, else the usual ones."""
    from jisseki_check.limits import DEFAULT_LIMITS

    told = {name: given[name] or getattr(settings, name) for name, _, _ in _LIMITS}
    return replace(DEFAULT_LIMITS, **{name: value for name, value in told.items() if value is not None})


def own_rules(named: str | None, settings: Settings) -> str | None:
    """The folder of the command line, else of the settings, that holds a city's own rules."""
    if named == "":
        raise CommandError("--rules が空です。規則のフォルダーを書いてください。")
    return named or settings.rules


def project_settings(folder: str | None = None) -> Settings:
    """The settings that hold in a folder, usually the working directory. Raises CommandError."""
    try:
        settings = load_settings(folder or os.getcwd())
    except SettingsError as error:
        raise CommandError(error.message + nearest(error.given, error.known)) from None
    said = saying(settings.files, "output-format")
    if said is not None and settings.output_format not in FORMATS:
        given, known = str(settings.output_format), "・".join(FORMATS)
        raise CommandError(
            f"{said.path}: 「output-format」に「{given}」は使えません。"
            f"{nearest(given, FORMATS)}使えるのは {known} です。"
        )
    return settings


def run_options(
    given: Mapping[str, Any], settings: Settings, rules: Sequence[Entry], stdin: tuple[bytes, str] | None
) -> Options:
    """The engine's options. Raises CommandError for a code that no rule begins with."""
    from jisseki_check.engine.run import Options  # polars: a wrong command should not wait for it

    for key in ("select", "ignore", "extend_select"):
        require_known(rules, given[key], f"--{key.replace('_', '-')}")
    require_sound(settings, rules, given["profile"])
    command = Layer(given["select"], given["ignore"], given["extend_select"])
    return Options(
        profile=given["profile"] or settings.profile,
        select=command.select,
        ignore=command.ignore,
        extend_select=command.extend_select,
        selection=settings.selection.overruled(command, profile=bool(given["profile"])),
        fail_on=given["fail_on"] or settings.fail_on or "error",
        as_of=given["as_of"] or date.today(),
        engine=given["engine"],
        jobs=given.get("jobs"),
        limits=limits(given, settings),
        stdin=stdin,
        own_rules=own_rules(given["own"], settings),
    )


def form_chooser(named: str | None, settings: Settings) -> Chooser:
    """Chooses the form of each document: the profile of the command line, else of the settings, else the one
    that the document shows. Raises CommandError."""
    from jisseki_check.forms import Chooser  # with what reads files; --help needs none of it
    from jisseki_check.profiles import ProfileError

    try:
        by_path = settings.selection.overruled(NOTHING, profile=bool(named))
        return Chooser(named or settings.profile, by_path)
    except ProfileError as error:
        raise CommandError(str(error)) from None


def unreadable(path: str, error: Unreadable) -> str:
    """Why a file could not be read, and what to do about it."""
    return f"「{path}」を読めませんでした。{error.message}" + (f"\n{error.fix}" if error.fix else "")


def existing_paths(paths: Sequence[str]) -> list[str]:
    """The paths without standard input. Raises CommandError where there is nothing to check.

    One that is missing among others stays: it becomes a finding, and the others are checked.
    """
    named = [path for path in paths if path != STDIN]
    is_stdin_read = STDIN in paths
    if "" in named:
        raise CommandError("ファイルの名前が空です。点検するファイルかフォルダーを指定してください。")
    if not is_stdin_read and not any(os.path.lexists(path) for path in named):
        listed = "、".join(f"「{path}」" for path in named)
        raise CommandError(f"{listed}が見つかりません。場所と名前を確かめてください。")
    return named


def find_reports(paths: Sequence[str]) -> Discovery:
    """The files given, and the reports in the folders given."""
    from pathlib import Path

    from jisseki_check.readers import discover  # with the readers; --help needs none of them

    return discover([Path(path) for path in paths])


def read_stdin(paths: Iterable[str], name: str | None, max_bytes: int) -> tuple[bytes, str] | None:
    """Standard input and the name to report it by, where - is among the paths. Raises CommandError."""
    if STDIN not in paths:
        if name is not None:
            raise CommandError("--stdin-filename は、パスに - を指定したときに使います。")
        return None
    if not name:
        raise CommandError(
            "標準入力を点検するときは、--stdin-filename 報告.txt のように名前を付けてください。"
        )
    if sys.stdin is None:
        raise CommandError("標準入力が閉じられていて、報告を読めません。ファイルの名前を指定してください。")
    # One byte more than is allowed shows that there was too much.
    return sys.stdin.buffer.read(max_bytes + 1), name
