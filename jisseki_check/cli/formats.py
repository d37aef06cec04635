"""The formats that a command is asked for: refused before the work where they cannot be made."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from jisseki_check.cli.command import page_width
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.output import (
    refuse_bad_targets,
    wants_color,
    write_bytes,
    write_files,
    write_stdout,
)
from jisseki_check.formatters import (
    BINARY,
    FOLDERS,
    FOR_PEOPLE,
    binary_pieces,
    files_of,
    missing_libraries,
    pieces,
    write_into,
)
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome

WIDEST = 120  # columns; longer lines are hard to follow on any terminal
NEEDS_FOLDER = {
    name: f"いくつかのファイルに分かれるので、「-o {name}=結果」と、フォルダーを指定してください。"
    for name in FOLDERS
}


def refuse_formats(names: Iterable[str], screen: str) -> None:
    """Raises CommandError where the libraries of a format are missing, or a file is to go to a terminal.
    `names`: all formats; `screen`: the one for standard output."""
    for name in sorted(names):
        libraries = missing_libraries(name)
        if libraries:
            raise CommandError(
                f"{name} の形式で書き出すための部品（{'・'.join(libraries)}）が入っていません。"
                '情報システムの担当に、pip install "jisseki-check[report]" で部品を入れるよう頼んでください。'
            )
    if screen in BINARY and sys.stdout is not None and sys.stdout.isatty():
        raise CommandError(
            f"{screen} の形式は画面に表示できません。"
            f"「-o {screen}=結果.{screen}」のように、書き出すファイルを指定してください。"
        )


def refuse_targets(outputs: Iterable[tuple[str, str]], inputs: Sequence[str]) -> None:
    """Raises CommandError where one of them (formats and paths) cannot be written to, is named twice, or is a
    file that is read."""
    files = [path for name, path in outputs if name not in FOLDERS]
    refuse_bad_targets(files, inputs)
    folders = [(name, path) for name, path in outputs if name in FOLDERS]
    if folders:
        from jisseki_check.cli.folders import refuse_bad_folders  # few ask for one

        own = {each for name, _ in folders for each in files_of(name)}
        refuse_bad_folders([path for _, path in folders], own, (*files, *inputs))


def show(
    outcome: Outcome, view: View, *, outputs: Iterable[tuple[str, str]], screen: str, color: str, quiet: bool
) -> None:
    """Writes the outcome into files (`outputs`: formats and paths) and onto standard output. Raises
    CommandError."""
    write_files({path: binary_pieces(name, outcome, view) for name, path in outputs if name not in FOLDERS})
    for name, path in outputs:
        if name in FOLDERS:
            from jisseki_check.cli.folders import write_folder  # few ask for one

            write_folder(path, partial(write_into, name, outcome))
    if screen in BINARY:
        write_bytes(binary_pieces(screen, outcome, view))
        return
    view = replace(view, width=page_width(WIDEST), color=wants_color(color), summary_only=quiet)
    write_stdout(pieces(screen, outcome, view), for_people=screen in FOR_PEOPLE)
