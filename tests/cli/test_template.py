"""`template`: an empty form, with what the command says in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.cli.conftest import Ended

Command = Callable[..., Ended]


def test_every_format(command: Command, tmp_path: Path) -> None:
    for ending in ("xlsx", "docx", "json"):
        ended = command("template", f"様式.{ending}", "--department", "環境部", "--year", "平成29年度")
        assert (ended.code, ended.out, ended.err) == (0, "", "")
    title = "平成29年度環境部の取り組み実績"
    assert load_workbook(tmp_path / "様式.xlsx").worksheets[0]["A1"].value == title
    assert Document(str(tmp_path / "様式.docx")).paragraphs[0].text == title
    held = json.loads((tmp_path / "様式.json").read_text(encoding="utf-8"))
    assert (held["title"], held["department"], held["fiscal_year"]) == (title, "環境部", 2017)


def test_no_city_is_made_up(command: Command, tmp_path: Path) -> None:
    assert command("template", "a.json").code == 0
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["municipality"] is None
    assert command("template", "b.json", "--profile", "hirakata").code == 0
    assert json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["municipality"] == "枚方市"


@pytest.mark.parametrize("year", ["2017", "平成29年度", "H29", "H29年度", "２０１７"])
def test_years(command: Command, tmp_path: Path, year: str) -> None:
    assert command("template", "a.json", "--year", year).code == 0
    held = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (held["fiscal_year"], held["fiscal_year_label"]) == (2017, "平成29年度")


def test_rows(command: Command, tmp_path: Path) -> None:
    assert command("template", "a.xlsx", "--rows", "7").code == 0
    assert load_workbook(tmp_path / "a.xlsx").worksheets[0].max_row == 5 + 7
    assert command("template", "a.docx", "--rows", "2").code == 0
    assert len(Document(str(tmp_path / "a.docx")).tables) == 2 * 6


def test_settings_name_the_profile(command: Command, tmp_path: Path) -> None:
    (tmp_path / "jisseki-check.toml").write_text('profile = "hirakata-h30-plan"\n', encoding="utf-8")
    assert command("template", "a.json").code == 0
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["kind"] == "plan"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["template"], "「書き出し先」を指定してください。"),
        (["template", "a.xslx"], "「.xlsx」のことでしょうか。"),
        (["template", "a.csv"], ".xlsx・.docx・.json のどれかにしてください。"),
        (["template", "a.xlsx", "--year", "29"], "「29」を年度として読めません。"),
        (["template", "a.xlsx", "--year", "平成50年度"], "「平成50年度」を年度として読めません。"),
        (["template", "a.xlsx", "--rows", "0"], "1以上の整数"),
        (["template", "a.xlsx", "--rows", "1001"], "--rows は 1,000 までです。"),
        (["template", "a.xlsx", "--profile", "ない"], "様式設定「ない」が見つかりません。"),
        (["template", "ない/a.xlsx"], "フォルダー「ない」がありません。"),
    ],
)
def test_wrong_command(command: Command, tmp_path: Path, arguments: list[str], said: str) -> None:
    ended = command(*arguments)
    assert ended.code == 2
    assert said in ended.err
    assert not (tmp_path / "a.xlsx").exists()


def test_a_file_that_is_there_is_kept_unless_asked(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("大切な内容", encoding="utf-8")
    ended = command("template", "a.docx")
    assert ended.code == 2
    assert "--overwrite" in ended.err
    assert (tmp_path / "a.docx").read_text(encoding="utf-8") == "大切な内容"
    assert command("template", "a.docx", "--overwrite").code == 0
