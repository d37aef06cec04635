"""Patterns of paths."""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.selection.globs import matches, misses_all, relative_to

PATTERNS = (
    "a.csv", "*.csv", "a", "a/", "/a", "/a/", "a/**", "a/*", "a/*.csv", "**/b", "**/b/*.csv", "a/**/c.csv",
    "**", "*", "a/b", "/a/b/", "**/a/**/b", "?.csv", "[ab].csv", "[!ab].csv", "b/**", "計画/**", "計*",
    "*/b/", "a/**/**/c.csv", "x*y*z.csv", "**/*.csv",
)  # fmt: skip
PATHS = (
    "a.csv", "b.csv", "c.csv", "a.txt", "a/a.csv", "a/c.csv", "a/b/c.csv", "a/b/a/b/c.csv", "b/a/c.csv",
    "b/c.csv", "計画/総務.csv", "計画/下/総務.csv", "x/計画/総務.csv", "xxyyz.csv", "xz.csv", "b", "c/b",
)  # fmt: skip


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_they_mean_what_they_mean_to_git(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    for pattern in PATTERNS:
        (tmp_path / ".gitignore").write_text(f"{pattern}\n", encoding="utf-8")
        done = subprocess.run(
            ["git", "check-ignore", "--no-index", "--stdin", "-z"],
            input="\0".join(PATHS).encode(),
            capture_output=True,
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode in {0, 1}, done.stderr
        by_git = set(done.stdout.decode().split("\0")) - {""}
        assert {path for path in PATHS if matches([pattern], path)} == by_git, pattern


def by_definition(pattern: list[str], names: list[str]) -> bool:
    if not pattern:
        return not names
    if pattern[0] == "**":
        return by_definition(pattern[1:], names) or (bool(names) and by_definition(pattern, names[1:]))
    return bool(names) and fnmatchcase(names[0], pattern[0]) and by_definition(pattern[1:], names[1:])


@given(
    st.lists(st.sampled_from(["**", "a", "b", "*", "a*"]), min_size=2, max_size=6).filter(
        lambda names: names[-1] != "**"
    ),
    st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=7),
)
def test_any_number_of_folders(pattern: list[str], names: list[str]) -> None:
    """A folder that matches takes in all that is in it."""
    expected = any(by_definition(pattern, names[:end]) for end in range(1, len(names) + 1))
    assert matches(["/".join(pattern)], "/".join(names)) is expected


@pytest.mark.parametrize(
    ("patterns", "path", "expected"),
    [
        (["計画/**", "!計画/済/"], "計画/総務.txt", True),
        (["計画/**", "!計画/済/"], "計画/済/総務.txt", False),
        (["計画/**", "!計画/済/", "計画/済/a.txt"], "計画/済/a.txt", True),
        (["!計画/**"], "計画/総務.txt", False),
        (["!計画/**"], "実績/総務.txt", True),
    ],
)
def test_the_last_pattern_that_matches_holds(patterns: list[str], path: str, expected: bool) -> None:
    assert matches(patterns, path) is expected


def test_composed_and_decomposed_names_are_the_same() -> None:
    name = "計画/ガイドプラン.txt"
    decomposed = unicodedata.normalize("NFD", name)
    assert decomposed != name
    for pattern in ("計画/ガイド*", "**/*プラン.txt", "計画/ガイドプラン.txt"):
        assert matches([pattern], decomposed)
        assert matches([unicodedata.normalize("NFD", pattern)], name)


def test_separators_of_windows() -> None:
    assert matches(["計画/**"], "計画\\下\\総務.txt")
    assert matches(["計画\\**"], "計画/下/総務.txt")
    assert matches(["計画\\"], "x\\計画\\総務.txt")
    assert not matches(["計画\\*.txt"], "x\\計画\\総務.txt")


def test_many_stars_take_no_time() -> None:
    assert not matches(["**/" * 30 + "*a" * 40 + "b"], "/".join(["a" * 200] * 30))


@pytest.mark.parametrize("pattern", ["", "/", "./", "!", "../a", "a/../b", "!..", "..\\a"])
def test_patterns_that_match_nothing(pattern: str) -> None:
    assert misses_all(pattern)
    assert not misses_all("a/..b")


def test_paths_are_seen_from_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "設定" / "計画"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    folder = str(tmp_path / "設定")
    assert relative_to(folder, "a.txt") == os.path.join("計画", "a.txt")
    assert relative_to(folder, "../a.txt") == "a.txt"
    assert relative_to(folder, str(below / "a.txt")) == os.path.join("計画", "a.txt")


def test_a_file_outside_is_known_by_its_name_and_folders(tmp_path: Path) -> None:
    (tmp_path / "設定").mkdir()
    seen = relative_to(str(tmp_path / "設定"), str(tmp_path / "共有" / "計画" / "a.csv"))
    assert matches(["*.csv"], seen)
    assert matches(["**/計画/*.csv"], seen)
    assert not matches(["計画/*.csv"], seen)


def test_a_folder_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "設定" / "計画").mkdir(parents=True)
    (tmp_path / "近道").symlink_to(tmp_path / "設定")
    folder = str(tmp_path / "設定")
    assert relative_to(folder, str(tmp_path / "近道" / "計画" / "a.csv")) == os.path.join("計画", "a.csv")
    # A link that lies below is what its own name says.
    (tmp_path / "外").mkdir()
    (tmp_path / "設定" / "写し").symlink_to(tmp_path / "外")
    assert relative_to(folder, str(tmp_path / "設定" / "写し" / "a.csv")) == os.path.join("写し", "a.csv")
