"""What git knows of a working tree: which of its files are surely the same as in a commit.

No pager, hook or network is used, and no setting of the user's changes what is read. Nothing is written but
what git notes of the times of files (its index). Names are compared as they stand on the disk.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_LINK_TO_REPOSITORY = "160000"  # the mode of a submodule's entry
# git sets these for the hooks and aliases that it runs; they may speak of another repository or index.
_KEPT = ("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH")
_KEPT_SETTINGS = "GIT_CONFIG_"
_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "diff.autoRefreshIndex=true")
_NEUTRAL = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
_DEEPEN = (
    "履歴の一部だけを取り出しています。自動の点検では、履歴を全て取り出してください"
    "（GitHub Actions は actions/checkout に fetch-depth: 0、GitLab CI は変数に GIT_DEPTH: 0。"
    "手元では git fetch --unshallow）。"
)


class GitError(Exception):
    """git cannot tell; the message is for people, and says what to do."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How a working tree differs from a commit. Paths are relative to its root, with slashes.

    `tracked`: what git watches reliably; `modules`: the folders of its submodules; `differing`: what is not
    as in the commit; `gone`: what the commit has and the working tree has not.
    """

    root: str
    tracked: frozenset[str]
    modules: frozenset[str]
    differing: frozenset[str]
    gone: frozenset[str]
    _folders: dict[str, str] = field(default_factory=dict)

    def is_same(self, path: str) -> bool:
        """Whether the file is surely as in the commit; where it is a link, what it leads to as well.

        What git does not watch (untracked or ignored files, other repositories) never is.
        """
        if os.path.islink(path) and not self._is_same(os.path.realpath(path)):
            return False
        return self._is_same(path)

    def has_changed_below(self, path: str) -> bool:
        """Whether a file, or any file of a folder, differs from the commit, is new, or is gone."""
        name = self.name(path)
        if name is None:
            return False  # of another place: this repository does not say anything of it
        if any(_is_within(each, name) for each in self.differing | self.gone):
            return True
        return any(not self.is_same(each) for each in _files(path))

    def gone_below(self, paths: Iterable[str]) -> list[str]:
        """The files that are gone from these places, by their names."""
        places = [name for name in map(self.name, paths) if name is not None]
        return sorted(name for name in self.gone if any(_is_within(name, place) for place in places))

    def name(self, path: str) -> str | None:
        """A path as git calls it; None outside of the working tree."""
        folder, base = os.path.split(os.path.abspath(path))
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        name = os.path.join(self._folders[folder], base)
        if name == self.root:
            return "."
        within = os.path.join(self.root, "")
        return name[len(within) :].replace(os.sep, "/") if name.startswith(within) else None

    def _is_same(self, path: str) -> bool:
        name = self.name(path)
        if name is None:
            return False
        if name not in self.tracked:
            module = next((each for each in self.modules if name.startswith(f"{each}/")), None)
            if module is not None:
                return module not in self.differing
            name = self._composed(path, name)
        return name in self.tracked and name not in self.differing

    def _composed(self, path: str, name: str) -> str:
        """The composed spelling of a name (が for か + ゛) where the disk takes both for one file."""
        composed = unicodedata.normalize("NFC", name)
        try:
            same = os.path.samefile(os.path.join(self.root, composed), path)
        except OSError:
            same = False
        return composed if same else name


@dataclass(frozen=True, slots=True)
class Repository:
    """A working tree. `root` is its real path."""

    root: str
    is_shallow: bool

    def base(self, revision: str) -> str:
        """The commit at which the branch of `revision` and the one that is checked out parted."""
        if revision.startswith("-"):
            raise GitError(f"「{revision}」は使えません。ブランチやコミットの名前を書いてください。")
        done = _git(self.root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        commit = done.stdout.decode("ascii", "replace").strip()
        # ^main and the like are found, too, but name no commit.
        if done.returncode or not _COMMIT.fullmatch(commit):
            raise GitError(self._unknown(revision))
        done = _git(self.root, "merge-base", commit, "HEAD")
        base = done.stdout.decode("ascii", "replace").strip()
        if done.returncode or not _COMMIT.fullmatch(base):
            raise GitError(
                f"「{revision}」と今の作業内容に共通の履歴が見つからず、何が変わったか分かりません。"
                + (_DEEPEN if self.is_shallow else "ブランチの名前を確かめてください。")
            )
        return base

    def head(self) -> str:
        """The commit that is checked out. A repository without one has no base either: ask for that first."""
        return _git(self.root, "rev-parse", "--verify", "HEAD").stdout.decode("ascii", "replace").strip()

    def changes(self, base: str) -> Changes:
        """How the files on the disk, whether staged or not, differ from the commit `base`."""
        differing, gone = self._differences(base)
        tracked, modules = self._tracked()
        return Changes(self.root, tracked, modules, differing, gone)

    def content(self, base: str, name: str) -> bytes | None:
        """A file as it is in the commit; None where it is not there, or cannot be had."""
        done = _git(self.root, "cat-file", "blob", f"{base}:{name}")
        return None if done.returncode else done.stdout

    def _unknown(self, revision: str) -> str:
        told = f"「{revision}」というブランチやコミットが、git の履歴に見つかりません。"
        if ".." in revision:
            return told + "範囲ではなく、main のように、比べる相手を一つだけ書いてください。"
        if self.is_shallow:
            return told + _DEEPEN
        return told + "git branch --all で名前を確かめるか、git fetch で取り込んでください。"

    def _differences(self, base: str) -> tuple[frozenset[str], frozenset[str]]:
        # Only renames without other changes: others would need the content of former versions, which a
        # partial clone would have to download.
        tokens = iter(
            _asked(
                self.root, "diff", "--name-status", "-z", "--find-renames=100%", "--no-ext-diff",
                "--no-color", "--ignore-submodules=none", base, "--",
            )
        )  # fmt: skip
        differing: set[str] = set()
        gone: set[str] = set()
        for status in tokens:
            name = next(tokens)
            if status.startswith("R"):
                name = next(tokens)
            (gone if status == "D" else differing).add(name)
        return frozenset(differing), frozenset(gone - differing)

    def _tracked(self) -> tuple[frozenset[str], frozenset[str]]:
        tracked: set[str] = set()
        modules: set[str] = set()
        for entry in _asked(self.root, "ls-files", "-z", "-v", "--stage"):
            told, _, name = entry.partition("\t")
            tag, mode, *_ = told.split(" ")
            if mode == _LINK_TO_REPOSITORY:
                modules.add(name)
            elif tag == "H":  # others are conflicts, or files that git was told not to look at
                tracked.add(name)
        return frozenset(tracked), frozenset(modules)


def repository(folder: str) -> Repository:
    """The working tree in which a folder lies. Raises GitError."""
    done = _git(folder, "rev-parse", "--show-toplevel", "--is-shallow-repository")
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        if "safe.directory" in said:
            raise GitError(
                f"「{folder}」の git のフォルダーの持ち主が違うため、git が読みません。"
                "持ち主を合わせるか、git config --global --add safe.directory で登録してください。"
            )
        raise GitError(
            f"「{folder}」は git で管理されたフォルダーではないため、何が変わったか分かりません。"
            "git のフォルダーの中で使うか、--changed-since を付けずに点検してください。"
        )
    root, shallow = os.fsdecode(done.stdout).removesuffix("\n").rsplit("\n", 1)
    return Repository(os.path.realpath(root), shallow == "true")


def _is_within(name: str, place: str) -> bool:
    return place == "." or name == place or name.startswith(f"{place}/")


def _files(path: str) -> Iterator[str]:
    """The file, or the visible files of the folder; nothing where there is none."""
    if os.path.isdir(path):
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (os.path.join(folder, name) for name in names if not name.startswith("."))
    elif os.path.lexists(path):
        yield path


def _asked(root: str, *arguments: str) -> list[str]:
    """What git lists, ended by NUL. Raises GitError."""
    done = _git(root, *arguments)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(
            "git が変わったファイルを調べられませんでした。"
            "git status が正しく動くかを確かめてください。" + (f"\n{said[-1]}" if said else "")
        )
    return os.fsdecode(done.stdout).split("\0")[:-1]


def _git(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    # Windows looks into the working directory first, and whoever sends reports might send a git.exe.
    if program is None or not os.path.isabs(program):
        raise GitError("git が見つかりません。git を入れるか、--changed-since を付けずに点検してください。")
    told = [program, "--no-pager", *_SETTINGS, "-C", folder, *arguments]
    return subprocess.run(told, env=_environment(), stdin=subprocess.DEVNULL, capture_output=True)  # noqa: S603 - no shell, and the only foreign argument was refused where it could be an option


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT or name.startswith(_KEPT_SETTINGS)
    }
    return kept | _NEUTRAL
