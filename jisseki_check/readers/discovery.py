"""Which files a run is about: those given, and the reports in the folders given."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jisseki_check.os_errors import in_words
from jisseki_check.readers.results import is_result

# Settings, known findings and waivers lie beside the reports.
_OURS = re.compile(r"jisseki-check.*\.(?:json|ya?ml)")


@dataclass(frozen=True, slots=True)
class Discovery:
    """`files` to read, each once; `problems`: what cannot be looked into, and why; `passed_over`: files
    of a folder whose ending no reader knows, or that are results of ours. In the order of the arguments, a
    folder's sorted by name."""

    files: tuple[Path, ...]
    problems: tuple[tuple[Path, str], ...]
    passed_over: tuple[Path, ...]


def discover_files(paths: Sequence[Path], endings: Collection[str]) -> Discovery:
    """Files are taken whatever their name, folders searched to their depth for `endings` (".txt").

    Hidden entries and Office lock files (~$…) are skipped; data that is named as our own files are, and what
    is a result of ours by its content, is passed over; a link within a folder is followed only to a file
    below that folder. Never raises OSError: what fails is a problem.
    """
    search = _Search(endings)
    for path in paths:
        search.add(path)
    return Discovery(tuple(search.files.values()), tuple(search.problems), tuple(search.passed_over))


def is_hidden(name: str) -> bool:
    """Whether a file or folder of that name is none for people: hidden, or a lock file of Office."""
    return name.startswith((".", "~$"))


def is_ours(name: str) -> bool:
    """Whether data is named as our own files are."""
    return _OURS.fullmatch(name) is not None


class _Search:
    def __init__(self, endings: Collection[str]) -> None:
        self.files: dict[str, Path] = {}
        self.problems: list[tuple[Path, str]] = []
        self.passed_over: list[Path] = []
        self._endings = endings

    def add(self, path: Path) -> None:
        if not os.path.lexists(path):
            self.problems.append(
                (path, "ファイルまたはフォルダーが見つかりません（場所・名前・権限を確かめてください）")
            )
        elif os.path.isdir(path):
            self._add_folder(path)
        else:
            self.files.setdefault(os.path.realpath(path), path)

    def _add_folder(self, root: Path) -> None:
        problems = len(self.problems)
        found = False
        for real, path in self._reports(root):
            found = True
            self.files.setdefault(real, path)
        if not found and len(self.problems) == problems:
            known = "・".join(self._endings)
            self.problems.append((root, f"このフォルダーには、読める報告（{known}）がありません"))

    def _reports(self, root: Path) -> Iterator[tuple[str, Path]]:
        """The reports below a folder, each with its real path."""
        real_root = Path(os.path.realpath(root))
        pending = [(root, True, False)]
        while pending:
            path, is_folder, is_link = pending.pop()
            if is_folder:
                pending.extend(reversed(self._entries(path)))
                continue
            real = real_root / path.relative_to(root)
            if is_link:
                real = Path(os.path.realpath(path))
                if not real.is_relative_to(real_root) or not os.path.exists(real):
                    self.problems.append(
                        (path, "リンクの先が、指定したフォルダーの外にあるか、なくなっているため、読みません")
                    )
                    continue
                if os.path.isdir(real):
                    continue
            if path.suffix.lower() in self._endings and not (is_ours(path.name) or is_result(path)):
                yield str(real), path
            else:
                self.passed_over.append(path)

    def _entries(self, folder: Path) -> list[tuple[Path, bool, bool]]:
        """The visible entries by name: path, whether it is a folder, whether it is a link."""
        try:
            with os.scandir(folder) as entries:
                found = sorted(
                    (entry.name, entry.is_dir(follow_symlinks=False), entry.is_symlink())
                    for entry in entries
                    if not is_hidden(entry.name)
                )
        except OSError as error:
            self.problems.append((folder, f"フォルダーを開けません（{in_words(error)}）"))
            return []
        return [(folder / name, is_folder, is_link) for name, is_folder, is_link in found]
