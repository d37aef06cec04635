"""`convert` into every format: what is kept, and what is said of the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from jisseki_check.engine.schema import report_schema
from tests.cli.conftest import Ended

Command = Callable[..., Ended]


@pytest.fixture
def report() -> dict[str, Any]:
    held: dict[str, Any] = json.loads(json.dumps(report_schema()["examples"][0]))
    return held


def put(folder: Path, report: dict[str, Any]) -> None:
    (folder / "報告.json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")


def test_all_the_way_round(command: Command, tmp_path: Path, report: dict[str, Any]) -> None:
    put(tmp_path, report)
    names = ["報告.json", "報告.txt", "報告.xlsx", "報告.docx", "報告.csv", "報告.yaml", "再び.json"]
    for source, target in pairwise(names):
        ended = command("convert", source, target, *(["--overwrite"] if target == "報告.txt" else []))
        assert (ended.code, ended.out, ended.err) == (0, "", ""), target
    again = json.loads((tmp_path / "再び.json").read_text(encoding="utf-8"))
    remarks = again.pop("remarks", [])
    assert again == report
    assert {remark["kind"] for remark in remarks} <= {"read"}


@pytest.mark.parametrize("ending", ["txt", "csv", "xlsx", "docx"])
def test_what_a_format_cannot_tell_is_said(
    command: Command, tmp_path: Path, report: dict[str, Any], ending: str
) -> None:
    report["items"][0]["indicators"] = [{"name": "名前だけの指標"}]
    report["items"][0]["title"] = "表\x00題"
    put(tmp_path, report)
    ended = command("convert", "報告.json", f"b.{ending}")
    assert ended.code == 0
    assert (tmp_path / f"b.{ending}").is_file()
    assert f"「b.{ending}」を読み直すと、次のところが元の報告と違います。" in ended.err
    assert "1番目の項目「表\x00題」: 項目名" in ended.err


def test_many_losses_are_counted(command: Command, tmp_path: Path, report: dict[str, Any]) -> None:
    item = report["items"][3] | {"extra": []} if "extra" in report["items"][3] else dict(report["items"][3])
    report["items"] = [item | {"index": n, "title": f"第{n}の\x01項目"} for n in range(1, 15)]
    put(tmp_path, report)
    ended = command("convert", "報告.json", "b.csv")
    assert ended.err.count("番目の項目") == 10
    assert "ほか4件" in ended.err


def test_text_of_no_field_is_not_passed_over(
    command: Command, tmp_path: Path, report: dict[str, Any]
) -> None:
    put(tmp_path, report)
    assert command("convert", "報告.json", "b.txt").code == 0
    text = (tmp_path / "b.txt").read_text(encoding="utf-8")
    lines = text.replace("1. 重点施策・事業", "この資料は速報です。\n1. 重点施策・事業", 1)
    (tmp_path / "b.txt").write_text(lines, encoding="utf-8")
    place = 1 + lines.splitlines().index("この資料は速報です。")
    ended = command("convert", "b.txt", "c.docx")
    assert (
        f"どの欄のものか分からない文が1か所あり、「c.docx」には入れていません（{place}行目）。" in ended.err
    )
    ended = command("convert", "b.txt", "c.json")
    assert "読み取りの記録（remarks）に残しました" in ended.err
    ended = command("convert", "c.json", "d.xlsx")
    assert "「d.xlsx」には入れていません" in ended.err


def test_places_of_a_word_file_are_told_by_their_paragraphs(
    command: Command, tmp_path: Path, report: dict[str, Any]
) -> None:
    put(tmp_path, report)
    assert command("convert", "報告.json", "b.docx").code == 0
    word = Document(str(tmp_path / "b.docx"))
    word.paragraphs[2].insert_paragraph_before("この資料は速報です。")
    word.sections[0].header.paragraphs[0].text = "みずき市"
    word.save(str(tmp_path / "b.docx"))
    ended = command("convert", "b.docx", "c.txt", "--overwrite")
    assert "入れていません（3段落目）。" in ended.err
    assert "ヘッダーやフッターの文が1か所あり、「c.txt」には入れていません。" in ended.err


def test_a_text_that_was_cut_off(command: Command, tmp_path: Path, report: dict[str, Any]) -> None:
    put(tmp_path, report)
    assert command("convert", "報告.json", "b.txt").code == 0
    text = (tmp_path / "b.txt").read_text(encoding="utf-8")
    (tmp_path / "b.txt").write_text(text[: text.index("5. 広報")], encoding="utf-8")
    ended = command("convert", "b.txt", "c.docx")
    assert "元のファイルは途中で切れているようです。" in ended.err


def test_what_does_not_fit_is_not_written(command: Command, tmp_path: Path, report: dict[str, Any]) -> None:
    report["items"][0]["result"] = "文" * 40_000
    put(tmp_path, report)
    ended = command("convert", "報告.json", "b.xlsx")
    assert ended.code == 3
    assert "「b.xlsx」を作れませんでした。" in ended.err
    assert not (tmp_path / "b.xlsx").exists()


def test_limits_hold(command: Command, tmp_path: Path, report: dict[str, Any]) -> None:
    put(tmp_path, report)
    ended = command("convert", "報告.json", "b.txt", "--max-bytes", "10")
    assert ended.code == 3
    assert "--max-bytes" in ended.err


@pytest.mark.parametrize(
    ("ending", "warned"), [("txt", True), ("docx", True), ("xlsx", False), ("yaml", False)]
)
def test_a_document_that_would_seem_to_be_cut_off_is_said(
    command: Command, tmp_path: Path, report: dict[str, Any], ending: str, warned: bool
) -> None:
    report["items"] = [item for item in report["items"] if item["section"] == 1]
    put(tmp_path, report)
    ended = command("convert", "報告.json", f"b.{ending}")
    assert (ended.code, "途中で切れた文書とみなし" in ended.err) == (0, warned)
    assert (command("check", f"b.{ending}").code == 3) == warned
