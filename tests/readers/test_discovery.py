from __future__ import annotations

import os
from pathlib import Path

import pytest

from jisseki_check.readers import discover


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of reports, with what should not be taken, and one report outside of it."""
    root = tmp_path / "reports"
    for name in (
        "b.txt",
        "a.JSON",
        "c/d.yml",
        "c/a/e.yaml",
        "c.txt",
        "notes.md",
        ".hidden.txt",
        ".git/x.txt",
        "~$b.txt",
        "c/form.doc",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")
    (tmp_path / "outside.txt").write_text("x", encoding="utf-8")
    return root


def names(paths: tuple[Path, ...], root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in paths]


def test_a_folder_is_searched_in_the_order_of_names(root: Path) -> None:
    found = discover([root])
    assert names(found.files, root) == ["a.JSON", "b.txt", "c/a/e.yaml", "c/d.yml", "c.txt"]
    assert names(found.passed_over, root) == ["c/form.doc", "notes.md"]
    assert found.problems == ()


def test_files_that_are_given_are_taken_whatever_their_name(root: Path) -> None:
    given = [root / "notes.md", root / ".hidden.txt", root / "~$b.txt"]
    assert discover(given).files == tuple(given)


def test_each_file_is_taken_once_where_it_was_named_first(root: Path) -> None:
    found = discover([root / "c.txt", root, root / "c" / ".." / "b.txt", root])
    assert names(found.files, root) == ["c.txt", "a.JSON", "b.txt", "c/a/e.yaml", "c/d.yml"]
    assert found.problems == ()


def test_relative_paths_stay_relative(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert [str(path) for path in discover([Path()]).files][:2] == ["a.JSON", "b.txt"]


def test_what_is_not_there_or_holds_nothing_is_a_problem(root: Path) -> None:
    (root / "empty" / "deep").mkdir(parents=True)
    (root / "empty" / "notes.md").write_text("x", encoding="utf-8")
    given = [root / "missing.txt", root / "nul\0", root / "empty", root / "b.txt"]
    found = discover(given)
    assert [path for path, _ in found.problems] == given[:3]
    assert "見つかりません" in found.problems[0][1]
    assert ".txt・.json・.yaml・.yml・.docx・" in found.problems[2][1]
    assert found.files == (root / "b.txt",)


def test_a_folder_that_cannot_be_opened_is_a_problem(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def deny(folder: Path) -> object:
        if Path(folder).name == "c":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", deny)
    found = discover([root])
    assert [(path.name, "開けません" in reason) for path, reason in found.problems] == [("c", True)]
    assert names(found.files, root) == ["a.JSON", "b.txt", "c.txt"]
    assert [path for path, _ in discover([root / "c"]).problems] == [root / "c"]


def test_links_out_of_the_folder_are_reported_and_not_followed(root: Path) -> None:
    (root / "away.txt").symlink_to(root.parent / "outside.txt")
    (root / "up").symlink_to(root.parent)
    (root / "broken.txt").symlink_to(root / "missing")
    (root / "circle.txt").symlink_to(root / "circle.txt")
    found = discover([root])
    assert [path.name for path, _ in found.problems] == ["away.txt", "broken.txt", "circle.txt", "up"]
    assert len(found.files) == 5
    assert discover([root / "away.txt"]).files == (root / "away.txt",)


def test_links_within_the_folder_bring_nothing_twice(root: Path) -> None:
    (root / "again").symlink_to(root / "c")
    (root / "0.txt").symlink_to(root / "b.txt")
    (root / "z.txt").symlink_to(root / "notes.md")
    found = discover([root])
    assert names(found.files, root) == ["0.txt", "a.JSON", "c/a/e.yaml", "c/d.yml", "c.txt", "z.txt"]
    assert found.problems == ()


def test_a_folder_given_by_a_link_is_searched(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)
    assert len(discover([link]).files) == 5
    assert len(discover([link, root]).files) == 5
