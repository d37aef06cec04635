"""`fix`: what it shows, what it writes, and what it never touches."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jisseki_check.cli.app import main
from tests.example_files import EXAMPLES

MARKS = EXAMPLES / "faulty" / "marks.txt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two reports, one of which has something to be corrected."""
    shutil.copy(MARKS, tmp_path / "a.txt")
    shutil.copy(EXAMPLES / "clean" / "environment.txt", tmp_path / "b.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Read = Callable[[], tuple[str, str]]


@pytest.fixture
def read(capsysbinary: pytest.CaptureFixture[bytes]) -> Read:
    def reading() -> tuple[str, str]:
        out, err = capsysbinary.readouterr()
        return out.decode(), err.decode()

    return reading


def test_diff_shows_and_writes_nothing(folder: Path, read: Read) -> None:
    before = sorted(folder.rglob("*"))
    assert main(["fix", "a.txt", "b.txt", "--diff"]) == 0
    out, _ = read()
    assert "28:3  記号  「〇」→「○」" in out
    assert "-【 〇 】" in out
    assert "+【 ○ 】" in out
    assert "b.txt: 直すところはありません。" in out
    assert sorted(folder.rglob("*")) == before


def test_a_copy_is_written_and_the_file_stays(folder: Path, read: Read) -> None:
    data = (folder / "a.txt").read_bytes()
    assert main(["fix", "a.txt", "-o", "copy.txt"]) == 0
    assert (folder / "a.txt").read_bytes() == data
    assert (folder / "copy.txt").read_text(encoding="utf-8") == data.decode().replace("〇", "○")
    assert "写しを1件、copy.txt に書き出しました。" in read()[0]


def test_a_folder_is_copied_with_its_names(folder: Path) -> None:
    assert main(["fix", ".", "-o", "fixed"]) == 0
    assert sorted(path.name for path in (folder / "fixed").iterdir()) == ["a.txt", "b.txt"]
    assert (folder / "fixed" / "b.txt").read_bytes() == (folder / "b.txt").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["a.txt"], "どちらか一つ"),
        (["a.txt", "--diff", "-o", "x.txt"], "どちらか一つ"),
        (["a.txt", "-o", "a.txt"], "読み込むファイル"),
        (["a.txt", "-o", "b.txt"], "すでにあります"),
        (["a.txt", "-o", "x.docx"], "convert"),
        (["a.txt", "b.txt", "-o", "x.txt"], "フォルダーを指定"),
        (["a.txt", "-o", "."], "元のファイルと重なります"),
        (["none.txt", "--diff"], "見つかりません"),
    ],
)
def test_wrong_use_is_explained(folder: Path, read: Read, arguments: list[str], told: str) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert main(["fix", *arguments]) == 2
    assert told in read()[1]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_what_cannot_be_read_is_named_and_the_others_are_corrected(folder: Path, read: Read) -> None:
    (folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    assert main(["fix", "broken.txt", "a.txt", "-o", "fixed"]) == 3
    out, err = read()
    assert "「broken.txt」を読めませんでした" in err
    assert (folder / "fixed" / "a.txt").exists()
    assert not (folder / "fixed" / "broken.txt").exists()
    assert "写しを1件" in out


def test_an_existing_copy_is_replaced_only_where_asked(folder: Path) -> None:
    (folder / "copy.txt").write_text("別の文書", encoding="utf-8")
    assert main(["fix", "a.txt", "-o", "copy.txt", "--overwrite"]) == 0
    assert "○" in (folder / "copy.txt").read_text(encoding="utf-8")
