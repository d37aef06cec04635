"""`csv`: what spreadsheets and programs read."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from jisseki_check.formatters import content
from jisseki_check.formatters.columns import COLUMNS
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome
from jisseki_check.notation.neutral import restored
from tests.documents.office import convert
from tests.formatters.audited import AUDITED, VIEW
from tests.formatters.outcomes import EXCEPTED, outcomes
from tests.formatters.sample import FAILED, OVERRUN, PASSED

_NUMBERS = frozenset(each.heading for each in COLUMNS if each.sort in ("number", "plain"))
_FORMULAS = (
    "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A", " =1",
    "　=1", "'=1",
    '=HYPERLINK("http://example.invalid","x")', "=cmd|' /C calc'!A0",
)  # fmt: skip


def _rows(outcome: Outcome, view: View = VIEW) -> list[dict[str, Any]]:
    text = content("csv", outcome, view).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_file_is_as_excel_expects_it() -> None:
    data = content("csv", EXCEPTED, VIEW)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == len(EXCEPTED.findings) + 1


def test_the_headings_are_there_without_any_finding() -> None:
    [heading] = csv.reader(io.StringIO(content("csv", PASSED, VIEW).decode("utf-8-sig")))
    assert heading == [each.heading for each in COLUMNS]
    assert len(set(heading)) == len(heading)


def test_a_row_tells_the_whole_finding() -> None:
    [row] = [each for each in _rows(AUDITED) if each["コード"] == "FIN101"]
    told = {
        "扱い": "対象", "段階": "誤り", "市": "みずき市", "部": "総務部", "年度": "平成30年度",
        "年度（西暦）": "2018", "節": "1", "番号": "7", "項目名": "公衆無線LAN環境整備事業", "場所": "62:1",
        "ファイル": "mizuki-soumu-h30.txt", "欄": "決算", "書かれた値": "4,620千円",
        "書かれた値（数）": "4620",
        "期待値（数）": "", "差": "4,130千円", "差（数）": "4130", "単位": "千円",
        "項目の予算（円）": "490000", "項目の決算（円）": "4620000", "か所の数": "1",
        "項目の担当課": "情報政策課",
        "関連": "mizuki-soumu-h30.txt 58:1", "指摘名": "決算額が予算額を超えています",
        "報告の列：担当": "情報課", "報告の列：備考": "'=A1",
    }  # fmt: skip
    assert {name: row[name] for name in told} == told
    assert row["指紋"].startswith("sha256:")
    assert "地方自治法" in row["根拠"]


def test_what_does_not_count_is_there_with_its_reason() -> None:
    rows = _rows(EXCEPTED)
    assert [row["扱い"] for row in rows] == ["既知", "免除", "免除", "対象", "対象"]
    assert rows[1]["免除の期限"] == "2027-03-31"
    assert (rows[1]["免除の申請"], rows[1]["免除の承認"]) == ("総務課", "財政課長")
    assert rows[1]["免除の記載"] == "jisseki-waivers.toml 12"


def test_a_rate_is_a_plain_number_with_its_unit() -> None:
    [row] = [each for each in _rows(AUDITED) if each["コード"] == "FIN118"]
    assert (row["書かれた値（数）"], row["期待値（数）"], row["単位"]) == ("88.1", "86", "％")


def test_an_item_number_becomes_no_day() -> None:
    assert OVERRUN.item is not None
    dashed = replace(OVERRUN, item=replace(OVERRUN.item, number="18-1"))
    assert _rows(replace(FAILED, findings=(dashed,)))[0]["番号"] == "18-1."


@pytest.mark.parametrize("text", _FORMULAS)
def test_no_text_is_calculated(text: str) -> None:
    hostile = replace(OVERRUN, message=text, given=text, excerpt=text, explanation=text)
    [row] = _rows(replace(FAILED, findings=(hostile,)))
    for heading in ("内容", "書かれた値", "原文", "理由"):
        assert restored(row[heading]) == clean(text)
        assert not row[heading].lstrip(" 　").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@given(outcome=outcomes())
@settings(max_examples=100, deadline=None)
def test_every_cell_is_harmless_whatever_stands_in_it(outcome: Outcome) -> None:
    text = content("csv", outcome, View()).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    assert all(len(row) == len(heading) for row in rows)
    for name, cell in ((name, cell) for row in rows for name, cell in zip(heading, row, strict=True)):
        assert not any(character in cell for character in "\t\r\n\x00\x1b\u202e")
        if name in _NUMBERS:
            float(cell or 0)
        else:
            assert not cell.lstrip(" 　").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_libreoffice_calculates_nothing_and_reads_numbers() -> None:
    hostile = tuple(replace(OVERRUN, message=text) for text in _FORMULAS)
    made = content("csv", replace(FAILED, findings=hostile), VIEW)
    [converted] = convert({"指摘.csv": made}, "fods").values()
    text = converted.decode()
    assert "table:formula" not in text
    assert text.count('office:value-type="float" office:value="4620"') == len(hostile)
