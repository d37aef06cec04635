"""`check --annotate`: where the marked copies go, what they never replace, what is said of them."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jisseki_check import own_marks
from jisseki_check.marking import is_marked
from jisseki_check.model import Input, Outcome, Verdict
from tests.cli.conftest import Ended, Engine
from tests.marking import documents, workbooks
from tests.marking.workbooks import LIST, comments, finding, opened, outcome

Command = Callable[..., Ended]
BOOK = workbooks.workbook()
WORD = documents.document()


def found(tmp_path: Path, *names: str) -> Outcome:
    """As the engine would find one fault in each of these files."""
    inputs = []
    findings = []
    for number, name in enumerate(names, 1):
        digest = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        inputs.append(Input(name, digest, name.rpartition(".")[2], "checked", 1, 6))
        held = finding(number, LIST, "F5")
        findings.append(replace(held, location=replace(held.location, path=name)))
    return replace(outcome(), verdict=Verdict.FAIL, inputs=tuple(inputs), findings=tuple(findings))


def write(folder: Path, name: str, data: bytes = BOOK) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def made(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def test_a_copy_is_made_and_the_original_stays(command: Command, engine: Engine, tmp_path: Path) -> None:
    original = write(tmp_path, "部.xlsx")
    engine.outcome = found(tmp_path, "部.xlsx")
    ended = command("check", "部.xlsx", "--annotate", "点検済")
    assert ended.code == 1
    assert original.read_bytes() == BOOK
    assert (LIST, "F5") in comments((tmp_path / "点検済/部.xlsx").read_bytes())
    assert ended.err == "指摘を書き込んだ写しを、「点検済」に1ファイル作りました。\n"
    assert os.listdir(tmp_path / "点検済") == ["部.xlsx"]


def test_folders_are_mirrored(command: Command, engine: Engine, tmp_path: Path) -> None:
    names = ("報告/総務/部.xlsx", "報告/税務/部.xlsx", "報告/税務/部.docx", "報告/部.xlsx")
    for name in names:
        write(tmp_path, name, WORD if name.endswith("docx") else BOOK)
    engine.outcome = found(tmp_path, *names)
    command("check", "報告", "--annotate", "out")
    assert made(tmp_path / "out") == ["税務/部.docx", "税務/部.xlsx", "総務/部.xlsx", "部.xlsx"]


def test_files_of_one_name_do_not_collide(command: Command, engine: Engine, tmp_path: Path) -> None:
    for name in ("a/部.xlsx", "b/部.xlsx", "b/部 (2).XLSX"):
        write(tmp_path, name)
    engine.outcome = found(tmp_path, "a/部.xlsx", "b/部.xlsx", "b/部 (2).XLSX")
    command("check", "a/部.xlsx", "b/部.xlsx", "b/部 (2).XLSX", "--annotate", "out")
    assert made(tmp_path / "out") == ["a/部.xlsx", "b/部 (2).XLSX", "b/部.xlsx"]


def test_a_name_that_is_taken_gets_a_number(
    command: Command, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "x/部.xlsx")
    write(tmp_path, "部.XLSX")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BOOK)))
    engine.outcome = found(tmp_path, "x/部.xlsx", "部.XLSX")
    command("check", "x/部.xlsx", "-", "--stdin-filename", "部.XLSX", "--annotate", "out")
    assert made(tmp_path / "out") == ["部 (2).XLSX", "部.xlsx"]


def test_standard_input_has_a_copy_too(
    command: Command, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "部.xlsx")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BOOK)))
    engine.outcome = found(tmp_path, "部.xlsx")
    command("check", "-", "--stdin-filename", "部.xlsx", "--annotate", "out")
    assert is_marked((tmp_path / "out/部.xlsx").read_bytes(), ".xlsx")


def test_of_other_formats_it_is_said_that_there_is_no_copy(
    command: Command, engine: Engine, tmp_path: Path
) -> None:
    write(tmp_path, "部.xlsx")
    engine.outcome = found(tmp_path, "部.xlsx", "報告.txt")
    ended = command("check", "部.xlsx", "報告.txt", "--annotate", "out")
    assert "次の1ファイルの写しは作っていません。\n  報告.txt　書き込めるのは Excel" in ended.err
    assert os.listdir(tmp_path / "out") == ["部.xlsx"]


def test_of_what_could_not_be_read_it_is_said_too(command: Command, engine: Engine, tmp_path: Path) -> None:
    write(tmp_path, "部.xlsx", b"broken")
    unread = Input("部.xlsx", None, None, "unreadable", reason="壊れています")
    engine.outcome = replace(outcome(), inputs=(unread,), verdict=Verdict.INCONCLUSIVE)
    ended = command("check", "部.xlsx", "--annotate", "out")
    assert "部.xlsx　ファイルを読み取れなかったため" in ended.err
    assert not (tmp_path / "out").exists()


def test_a_file_that_changed_meanwhile_has_no_copy(command: Command, engine: Engine, tmp_path: Path) -> None:
    write(tmp_path, "部.xlsx")
    engine.outcome = found(tmp_path, "部.xlsx")
    write(tmp_path, "部.xlsx", workbooks.changed(BOOK, lambda held: {"docProps/more.xml": b"<a/>"}))
    ended = command("check", "部.xlsx", "--annotate", "out")
    assert "点検している間にファイルが変わりました" in ended.err


def test_a_reason_why_there_is_no_copy_is_said(command: Command, engine: Engine, tmp_path: Path) -> None:
    signature = (
        b'<Relationship Id="s" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
        b'digital-signature/origin" Target="s.sigs"/></Relationships>'
    )
    signed = workbooks.changed(
        BOOK, lambda held: {"_rels/.rels": held["_rels/.rels"].replace(b"</Relationships>", signature)}
    )
    write(tmp_path, "部.xlsx", signed)
    engine.outcome = found(tmp_path, "部.xlsx")
    ended = command("check", "部.xlsx", "--annotate", "out")
    assert "部.xlsx　電子署名が付いていて、書き込むと署名が無効になります。\n" in ended.err
    assert ended.code == 1
    assert not (tmp_path / "out").exists()


# --- what is never replaced ---------------------------------------------------------------------


@pytest.mark.parametrize("folder", [".", "報告", "報告/点検済"])
def test_no_copy_goes_where_reports_are_looked_for(
    command: Command, engine: Engine, tmp_path: Path, folder: str
) -> None:
    write(tmp_path, "報告/部.xlsx")
    ended = command("check", "報告" if folder != "." else ".", "--annotate", folder)
    assert ended.code == 2
    assert "外のフォルダーを指定してください" in ended.err
    assert engine.options is None


def test_no_copy_goes_over_an_input(command: Command, engine: Engine, tmp_path: Path) -> None:
    write(tmp_path, "部.xlsx")
    ended = command("check", "部.xlsx", "--annotate", ".", "--overwrite")
    assert ended.code == 2
    assert "点検するファイルなので" in ended.err
    assert (tmp_path / "部.xlsx").read_bytes() == BOOK


@pytest.mark.parametrize("there", [BOOK, b"something else", b""])
def test_what_we_did_not_make_stays(command: Command, engine: Engine, tmp_path: Path, there: bytes) -> None:
    write(tmp_path, "部.xlsx")
    write(tmp_path, "out/部.xlsx", there)
    ended = command("check", "部.xlsx", "--annotate", "out", "--overwrite")
    assert ended.code == 2
    assert "この道具の作った写しではない" in ended.err
    assert (tmp_path / "out/部.xlsx").read_bytes() == there


def test_a_copy_of_ours_is_replaced_when_asked_and_keeps_its_reasons(
    command: Command, engine: Engine, tmp_path: Path
) -> None:
    write(tmp_path, "部.xlsx")
    engine.outcome = found(tmp_path, "部.xlsx")
    command("check", "部.xlsx", "--annotate", "out")
    copy = tmp_path / "out/部.xlsx"
    book = opened(copy.read_bytes())
    book[own_marks.SHEET]["I5"] = "補正予算による"
    book.save(copy)
    written = copy.read_bytes()
    refused = command("check", "部.xlsx", "--annotate", "out")
    assert (refused.code, copy.read_bytes()) == (2, written)
    assert "--overwrite" in refused.err
    command("check", "部.xlsx", "--annotate", "out", "--overwrite")
    assert opened(copy.read_bytes())[own_marks.SHEET]["I5"].value == "補正予算による"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--annotate", ""), "--annotate が空です"),
        (("--annotate", "報告.txt"), "フォルダーではありません"),
        (("--overwrite",), "--annotate フォルダー と一緒に"),
    ],
)
def test_wrong_use(command: Command, engine: Engine, arguments: tuple[str, ...], said: str) -> None:
    ended = command("check", "報告.txt", *arguments)
    assert ended.code == 2
    assert said in ended.err
    assert engine.options is None


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_to(command: Command, engine: Engine, tmp_path: Path) -> None:
    write(tmp_path, "部.xlsx")
    engine.outcome = found(tmp_path, "部.xlsx")
    (tmp_path / "out").mkdir(mode=0o500)
    ended = command("check", "部.xlsx", "--annotate", "out")
    assert ended.code == 3
    assert "書き込む権限" in ended.err


# --- the whole way ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["部.xlsx", "部.docx"])
def test_the_copy_is_judged_as_the_original_and_its_reasons_are_read(
    command: Command, tmp_path: Path, name: str
) -> None:
    rows = (
        ("平成30年度 防災安全部の取り組み実績",), ("1. 重点施策・事業",), ("(1) 備蓄倉庫の整備",),
        ("目標", "備蓄倉庫を整える。"), ("取り組み", "倉庫を3か所点検します。"),
        ("当初予算", "490千円"), ("実績", "倉庫を3か所点検した。"), ("決算", "4,620千円"),
        ("達成状況", "【◎】"),
    )  # fmt: skip
    write(tmp_path, name, _report(name, rows))
    arguments = ("--output-format", "json", "--as-of", "2019-05-31")
    first = json.loads(command("check", name, *arguments, "--annotate", "out").out)
    assert first["findings"]
    copy = tmp_path / "out" / name
    explain(copy, first["findings"][0])
    os.chdir(tmp_path / "out")
    second = json.loads(command("check", name, *arguments, "--annotate", "../again").out)
    assert [each["explanation"] for each in second["findings"]] == [
        "補正予算による", *[None] * (len(first["findings"]) - 1)
    ]  # fmt: skip
    for each in (*first["findings"], *second["findings"]):
        each["explanation"] = None
    assert second["findings"] == first["findings"]
    assert second["coverage"] == first["coverage"]


def explain(copy: Path, found: dict[str, str]) -> None:
    """As staff do: behind the mark."""
    number = own_marks.reference(found["fingerprint"])
    if copy.suffix == ".docx":
        word = documents.opened(copy.read_bytes())
        [comment] = [each for each in word.comments if number in each.text]
        comment.paragraphs[-1].add_run("補正予算による")
        word.save(str(copy))
        return
    book = opened(copy.read_bytes())
    [cell] = [row[8] for row in book[own_marks.SHEET] if row[9].value == number]
    cell.value = "補正予算による"
    book.save(copy)


def _report(name: str, rows: tuple[tuple[str, ...], ...]) -> bytes:
    out = io.BytesIO()
    if name.endswith(".docx"):
        from docx import Document

        word = Document()
        for cells in rows:
            word.add_paragraph(f"<{cells[0]}>" if len(cells) > 1 else cells[0])
            for text in cells[1:]:
                word.add_paragraph(text)
        word.save(out)
    else:
        from openpyxl import Workbook

        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for cells in rows:
            sheet.append(cells)
        book.save(out)
    return out.getvalue()
