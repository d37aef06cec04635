"""What a run is to read: the files, the names by which the outcome calls them, and what cannot be read."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import overload

from jisseki_check import readers
from jisseki_check.limits import Limits
from jisseki_check.model import Source, Unreadable
from jisseki_check.readers.libraries import BadUrl

Reading = Callable[[Path, str, Limits], Source]
"""Reads a file, given its path, its name and the limits."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file of the run: the name that is shown, how to get at it (raises Unreadable), where it is.
    `is_prior`: it is read for comparison only."""

    name: str
    read: Callable[[], Source]
    path: str
    is_prior: bool = False


class Files(Sequence[Task]):
    """Tasks by name. Of a nation's reports the paths alone would be larger than all else that is held."""

    def __init__(
        self, names: Mapping[Path, str], read: Reading, limits: Limits, is_prior: bool = False
    ) -> None:
        held = sorted((name, str(path)) for path, name in names.items())
        self._names = _Texts(name for name, _ in held)
        self._paths = _Texts(path for _, path in held)
        self._read = read
        self._limits = limits
        self._is_prior = is_prior

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, place: int) -> Task: ...

    @overload
    def __getitem__(self, place: slice) -> list[Task]: ...

    def __getitem__(self, place: int | slice) -> Task | list[Task]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        name, path = self._names[place], self._paths[place]
        read = partial(self._read, Path(path), name, self._limits)
        return Task(name, read, os.path.abspath(path), self._is_prior)


class _Texts(Sequence[str]):
    """Texts in one piece of memory."""

    def __init__(self, texts: Iterable[str]) -> None:
        held = bytearray()
        self._ends = array("Q", [0])
        for text in texts:
            held += text.encode("utf-8", "surrogatepass")
            self._ends.append(len(held))
        self._held = bytes(held)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        return self._held[self._ends[at] : self._ends[at + 1]].decode("utf-8", "surrogatepass")


def tasks(
    paths: Sequence[Path],
    stdin: tuple[bytes, str] | None,
    limits: Limits,
    left_out: Set[Path] = frozenset(),
    read: Reading = readers.read,
) -> tuple[Sequence[Task], list[tuple[str, Unreadable]], list[str]]:
    """The files to read, by name; the paths at which there is nothing to read, with the reason; and what else
    lies in the folders. Files that are left out do not change the names of the others."""
    discovery = readers.discover(paths)
    others = [path for path in discovery.passed_over if path.suffix.lower() not in readers.UNREAD]
    names = {path: name for path, name in named(discovery).items() if path not in left_out}
    found: Sequence[Task] = Files(names, read, limits)
    if stdin is not None:
        data, given = stdin
        name = shown_name(given)
        task = Task(name, partial(readers.read_bytes, data, name, limits), os.path.abspath(given))
        found = sorted([*found, task], key=lambda each: each.name)
    advice = "場所と名前、フォルダーの中身を確かめてください。"
    problems = [(shown([path])[path], Unreadable(reason, fix=advice)) for path, reason in discovery.problems]
    return found, problems, sorted(name for path, name in shown(others).items() if path not in left_out)


def remote_tasks(
    urls: Sequence[str], limits: Limits
) -> tuple[list[Task], list[tuple[str, Unreadable]], list[str]]:
    """The same of files and folders that lie elsewhere than on a disk. Raises BadUrl."""
    if find_spec("fsspec") is None:
        raise BadUrl(
            "URL で渡した報告を読むための部品（fsspec）が入っていません。"
            '情報システムの担当に、pip install "jisseki-check[remote]" で部品を入れるよう頼んでください。'
        )
    from jisseki_check.readers import remote  # only who names a URL needs it

    files: dict[str, remote.RemoteFile] = {}
    problems: list[tuple[str, Unreadable]] = []
    others: list[str] = []
    for url in urls:
        found = remote.find(url)
        for file in found.files:
            if files.setdefault(file.name, file).path != file.path:
                raise BadUrl(
                    f"「{file.name}」を指す URL が二つあり、結果で見分けられません。別々に点検してください。"
                )
        problems += found.problems
        others += found.passed_over
    tasks = [Task(name, partial(file.read, limits), name) for name, file in files.items()]
    return tasks, problems, others


def prior_tasks(
    prior: Sequence[Path],
    paths: Sequence[Path],
    given: Sequence[Task],
    limits: Limits,
    read: Reading = readers.read,
) -> tuple[Sequence[Task], list[tuple[str, Unreadable]]]:
    """The files to compare with that are not checked themselves, and the paths at which there is nothing to
    read. `paths`: the files and folders that are checked; beside theirs the names are to be told apart."""
    if not prior:
        return [], []
    checked = {os.path.realpath(task.path) for task in given}
    discovery = readers.discover(prior)
    names = shown([*named(discovery), *readers.discover(paths).files])
    own = {path: names[path] for path in named(discovery) if os.path.realpath(path) not in checked}
    problems = [(shown([path])[path], Unreadable(reason)) for path, reason in discovery.problems]
    return Files(own, read, limits, is_prior=True), problems


def named(discovery: readers.Discovery) -> dict[Path, str]:
    """The files of a run, and the names that the outcome has for them."""
    # In a folder, what may hold a report but cannot be read must not pass unnoticed.
    documents = [path for path in discovery.passed_over if path.suffix.lower() in readers.UNREAD]
    return shown([*discovery.files, *documents])


def shown_name(path: str) -> str:
    """How one path is written in the outcome, whatever the others are."""
    return shown([Path(path)])[Path(path)]


def shown(paths: Sequence[Path]) -> dict[Path, str]:
    """How each path is written in the outcome: never absolute, so that it says nothing of a machine."""
    here = Path.cwd()
    outside = {path for path in paths if path.is_absolute() and not path.is_relative_to(here)}
    root = _common([path.parent for path in outside])
    names = {}
    for path in paths:
        if not path.is_absolute():
            names[path] = path.as_posix()
        elif path in outside:
            names[path] = path.relative_to(root).as_posix() if root else path.name
        else:
            names[path] = path.relative_to(here).as_posix()
    return names


def _common(folders: Sequence[Path]) -> str:
    try:
        return os.path.commonpath(folders) if folders else ""
    except ValueError:  # two drives of one machine have nothing in common
        return ""
