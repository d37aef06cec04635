"""`check --changed-since`: which of the reports given are surely the same as in a commit of git."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.options import STDIN, find_reports
from jisseki_check.cli.sources import from_here, settings_places, sources
from jisseki_check.formatters.text import clean
from jisseki_check.model import Scope
from jisseki_check.settings import Settings
from jisseki_check.settings.files import SHARED, TABLE

if TYPE_CHECKING:
    from jisseki_check.cli.git import Changes, Repository

_LISTED = 3

Left = tuple[Scope | None, frozenset[Path]]


def changed_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option of `check` that leaves out what has not changed."""
    return click.option(
        "--changed-since",
        metavar="ブランチ|コミット",
        help="指定したブランチやコミットから分かれた後に変わった報告だけを点検します（git）。"
        "git が管理していないファイルも点検します。"
        "設定、様式設定、自分の規則、免除、既知の指摘のどれかが変わっていれば、全て点検します。",
    )(command)


def unchanged(
    given: Mapping[str, Any],
    paths: Sequence[str],
    files: Sequence[str],
    settings: Settings,
    no_reports: Set[Path],
) -> Left:
    """What the run is narrowed to, and the files below `files` that it leaves out; None and none where it
    checks all. `paths`: those of the command line; `no_reports`: the project's own files among the reports.
    Raises CommandError."""
    revision: str | None = given["changed_since"]
    if revision is None:
        return None, frozenset()
    if not revision:
        raise CommandError("--changed-since が空です。比べる相手のブランチかコミットを書いてください。")
    if STDIN in paths:
        raise CommandError("--changed-since は、標準入力（-）と一緒には使えません。")
    from jisseki_check.cli.git import GitError  # subprocess: other runs need none

    try:
        trees = list(_trees(revision, files))
        reasons = [path for tree in trees for path in _reasons(tree, sources(given, settings), settings)]
    except GitError as error:
        raise CommandError(str(error)) from None
    changes = [changes for _, _, changes in trees]
    if given["verbose"]:
        _tell_gone(revision, changes, files)
    if reasons:
        _tell_reasons(revision, reasons)
        return None, frozenset()
    return _narrowed(revision, changes, files, no_reports)


def compared(revision: str, files: Sequence[str]) -> Iterator[dict[str, str]]:
    """The commits (`base`, `head`) of each repository of the files and folders given, between which and the
    files at hand a run looks for changes. Raises GitError."""
    for tree in _repositories(files):
        yield {"base": tree.base(revision), "head": tree.head()}


_Tree = tuple["Repository", str, "Changes"]


def _trees(revision: str, files: Sequence[str]) -> Iterator[_Tree]:
    """The working trees in which the files and folders given lie, each with the commit to compare with."""
    for tree in _repositories(files):
        base = tree.base(revision)
        yield tree, base, tree.changes(base)


def _repositories(files: Sequence[str]) -> Iterator[Repository]:
    from jisseki_check.cli.git import repository

    seen = set()
    for path in filter(os.path.exists, files):
        tree = repository(os.path.realpath(path if os.path.isdir(path) else os.path.dirname(path)))
        if tree.root not in seen:
            seen.add(tree.root)
            yield tree


def _narrowed(revision: str, changes: Sequence[Changes], files: Sequence[str], no_reports: Set[Path]) -> Left:
    from jisseki_check.engine.inputs import named  # with the readers; other runs need them later

    found = find_reports(files)
    left = frozenset(
        path
        for path in (*found.files, *found.passed_over)
        if any(each.is_same(os.fspath(path)) for each in changes)
    )
    reports = named(found).keys() - no_reports
    return Scope(revision, len(reports - left), len(reports)), left


def _reasons(tree: _Tree, named: Sequence[str], settings: Settings) -> Iterator[str]:
    """What has changed of all that the verdict on every report rests on."""
    _, _, changes = tree
    yield from (path for path in named if changes.has_changed_below(path))
    # A settings file that is gone is named by nothing, and its reports are judged otherwise now.
    for path in settings_places(settings.path):
        if path not in named and changes.has_changed_below(path) and _could_settle(tree, path):
            yield path


def _could_settle(tree: _Tree, path: str) -> bool:
    """Whether a settings file is, or was, one of ours: a pyproject.toml need not be."""
    if os.path.basename(path) != SHARED:
        return True
    repository, base, changes = tree
    try:
        now = Path(path).read_bytes()
    except OSError:
        now = b""
    name = changes.name(path)
    before = repository.content(base, name) if name is not None else None
    return TABLE.encode() in now + (before or b"")


def _tell_reasons(revision: str, reasons: Sequence[str]) -> None:
    listed = "、".join(f"「{clean(from_here(path))}」" for path in reasons[:_LISTED])
    rest = f"など{len(reasons):,}件" if len(reasons) > _LISTED else ""
    click.echo(
        f"{listed}{rest}が {clean(revision)} から変わっているため、変わっていない報告も全て点検します。",
        err=True,
    )


def _tell_gone(revision: str, changes: Sequence[Changes], files: Sequence[str]) -> None:
    gone = [name for each in changes for name in each.gone_below(files)]
    if gone:
        listed = "、".join(map(clean, gone))
        click.echo(f"{clean(revision)} にあり、今はないファイル（点検していません）: {listed}", err=True)
