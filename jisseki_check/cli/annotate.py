"""`check --annotate`: copies of the office files that were checked, with the findings in them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import click

from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.cli.options import find_reports
from jisseki_check.cli.output import write_files
from jisseki_check.cli.progress import Progress
from jisseki_check.formatters.text import clean
from jisseki_check.limits import Limits
from jisseki_check.model import Input, Outcome
from jisseki_check.os_errors import in_words

_LISTED = 5


def annotate_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `check` that speak of marked copies."""
    overwrite = click.option(
        "--overwrite",
        is_flag=True,
        help="--annotate の写しがすでにあれば、書かれた理由を引き継いで作り直します。",
    )
    annotate = click.option(
        "--annotate",
        metavar="フォルダー",
        help="指摘を書き込んだ Excel・Word の写しを、このフォルダーに作ります。元のファイルは変わりません。",
    )
    return annotate(overwrite(command))


@dataclass(frozen=True, slots=True)
class _Copy:
    """One file of the run: the name that the outcome has for it, where its copy goes, how to read it."""

    name: str
    target: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Copies:
    """What `--annotate` asks for, seen to be possible before the run."""

    folder: str
    planned: tuple[_Copy, ...]
    limits: Limits

    def write(self, outcome: Outcome, *, quiet: bool) -> None:
        """Makes the copies, and says on stderr of which files there is none. Raises CommandError."""
        copies: dict[str, list[_Copy]] = {}
        for copy in self.planned:
            copies.setdefault(copy.name, []).append(copy)
        made = 0
        without: dict[str, list[str]] = {}
        with Progress(quiet=quiet, doing="写しを作っています") as progress:
            for number, entry in enumerate(outcome.inputs):
                progress(number, len(outcome.inputs))
                held = copies.get(entry.path, [])
                reason = _reason(entry, held) or self._write_one(outcome, entry, held.pop(0))
                if reason:
                    without.setdefault(reason, []).append(entry.path)
                else:
                    made += 1
        _tell(self.folder, made, without)

    def _write_one(self, outcome: Outcome, entry: Input, copy: _Copy) -> str:
        """Why the copy could not be made; "" where it was."""
        from jisseki_check.marking import CannotMark, ending_of, mark, of_file  # only where it is asked for

        try:
            data = copy.read()
            earlier = _content(copy.target) if os.path.exists(copy.target) else None
            if hashlib.sha256(data).hexdigest() != entry.sha256:
                return "点検している間にファイルが変わりました。もう一度点検してください。"
            marked = mark(data, ending_of(copy.target), of_file(outcome, entry.path), self.limits, earlier)
            os.makedirs(os.path.dirname(copy.target), exist_ok=True)
        except CannotMark as error:
            return f"{error}。"
        except OSError as error:
            raise _unwritable(copy.target, error) from None
        write_files({copy.target: marked})
        return ""


def plan(
    given: Mapping[str, Any], paths: Sequence[str], stdin: tuple[bytes, str] | None, limits: Limits
) -> Copies | None:
    """Where the copies go; None where none are asked for. Raises CommandError where one would go over a file
    that must stay."""
    folder = given["annotate"]
    if folder is None:
        if given["overwrite"]:
            raise CommandError("--overwrite は、--annotate フォルダー と一緒に使います。")
        return None
    _refuse_folder(folder, paths)
    planned = tuple(_planned(folder, paths, stdin))
    _refuse_targets(planned, paths, overwrite=given["overwrite"], limits=limits)
    return Copies(folder, planned, limits)


def _planned(folder: str, paths: Sequence[str], stdin: tuple[bytes, str] | None) -> Iterator[_Copy]:
    """Below the folder, the copies lie as the files do below the folder that all of them have in common."""
    # With the readers; a wrong command should not wait for them.
    from jisseki_check.engine.inputs import named, shown_name
    from jisseki_check.marking import ending_of

    root = _common(
        [os.path.abspath(each if os.path.isdir(each) else os.path.dirname(each)) for each in paths]
    )
    files: list[tuple[str, str, Callable[[], bytes]]] = [
        (name, _below(os.path.abspath(path), root), partial(_content, path))
        for path, name in named(find_reports(paths)).items()
    ]
    if stdin is not None:
        data, given = stdin
        files.append((shown_name(given), os.path.basename(given), lambda: data))
    taken: set[str] = set()
    for name, below, read in files:
        if ending_of(below):
            yield _Copy(name, os.path.join(folder, _free(below, taken)), read)


def _common(folders: Sequence[str]) -> str:
    try:
        return os.path.commonpath(folders) if folders else ""
    except ValueError:  # two drives of one machine have nothing in common
        return ""


def _below(path: str, root: str) -> str:
    return os.path.relpath(path, root) if root else os.path.splitdrive(path)[1].lstrip("\\/")


def _free(path: str, taken: set[str]) -> str:
    """A name that no other copy has; names that differ in case only are one to Windows."""
    stem, ending = os.path.splitext(path)
    number, name = 1, path
    while name.lower() in taken:
        number += 1
        name = f"{stem} ({number}){ending}"
    taken.add(name.lower())
    return name


def _refuse_folder(folder: str, paths: Sequence[str]) -> None:
    if not folder:
        raise CommandError("--annotate が空です。写しを作るフォルダーを書いてください。")
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise CommandError(
            f"「{folder}」はフォルダーではありません。写しを作るフォルダーを指定してください。"
        )
    for each in filter(os.path.isdir, paths):
        if _is_within(folder, each):
            raise CommandError(
                f"写しを作るフォルダー「{folder}」が、点検するフォルダー「{each}」の中にあります。"
                "次の点検で写しまで読むことになるので、外のフォルダーを指定してください。"
            )


def _is_within(folder: str, other: str) -> bool:
    inner, outer = os.path.realpath(folder), os.path.realpath(other)
    return _common([inner, outer]) == outer


def _refuse_targets(
    planned: Sequence[_Copy], paths: Sequence[str], *, overwrite: bool, limits: Limits
) -> None:
    from jisseki_check.marking import ending_of, is_marked

    inputs = {os.path.realpath(path) for path in find_reports(paths).files}
    there = [copy.target for copy in planned if os.path.lexists(copy.target)]
    for target in there:
        if os.path.realpath(target) in inputs:
            raise CommandError(
                f"「{target}」は点検するファイルなので、写しの場所にはできません。別のフォルダーを指定してください。"
            )
        if not os.path.isfile(target) or not is_marked(_content(target), ending_of(target), limits):
            raise CommandError(
                f"「{target}」はすでにあり、この道具の作った写しではないので、置き換えません。"
                "別のフォルダーを指定してください。"
            )
    if there and not overwrite:
        listed = "、".join(f"「{each}」" for each in there[:_LISTED])
        rest = f"など{len(there):,}ファイル" if len(there) > _LISTED else ""
        raise CommandError(
            f"前の写し{listed}{rest}があります。その中で報告を直した場合は、直した写しのほうを点検してください。"
            "作り直すときは --overwrite を付けてください（書かれた理由は引き継ぎます）。"
        )


def _reason(entry: Input, copies: Sequence[_Copy]) -> str:
    """Why a file of the run gets no copy, as far as its kind says; "" where it can have one."""
    if not copies:
        return "書き込めるのは Excel（.xlsx、.xlsm）と Word（.docx、.docm）だけです。"
    return "" if entry.sha256 else "ファイルを読み取れなかったため、書き込めません。"


def _tell(folder: str, made: int, without: Mapping[str, Sequence[str]]) -> None:
    """`without`: the files that have no copy, by the reason."""
    lines = [f"指摘を書き込んだ写しを、「{clean(folder)}」に{made:,}ファイル作りました。"] if made else []
    if without:
        lines.append(f"次の{sum(map(len, without.values())):,}ファイルの写しは作っていません。")
    for reason, paths in without.items():
        rest = len(paths) - _LISTED
        listed = "、".join(map(clean, paths[:_LISTED])) + (f"、ほか{rest:,}ファイル" if rest > 0 else "")
        lines.append(f"  {listed}　{clean(reason)}")
    click.echo("\n".join(lines), err=True)


def _content(path: str | os.PathLike[str]) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise CommandError(
            f"「{os.fspath(path)}」を読めませんでした（{in_words(error)}）。", INCONCLUSIVE
        ) from None


def _unwritable(target: str, error: OSError) -> CommandError:
    return CommandError(
        f"写し「{target}」を作れませんでした（{in_words(error)}）。書き込む権限と空き容量を確かめてください。",
        INCONCLUSIVE,
    )
