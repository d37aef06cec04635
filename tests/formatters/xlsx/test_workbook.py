"""`xlsx`: the sheets of an audit, and what each holds."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jisseki_check.formatters.columns import COLUMNS
from jisseki_check.formatters.xlsx import grid
from jisseki_check.model import Coverage, Fault, Finding, ItemFigures, Location, Outcome, ReportFigures, Scope
from tests.formatters.audited import AUDITED, CLEAN, RULES, VIEW, below, opened, parts, records, workbook
from tests.formatters.sample import FAILED, INCONCLUSIVE, OVERRUN, PASSED, PATH

DATA = workbook(AUDITED)
SHEETS = opened(DATA)
NAMES = [
    "総括", "指摘一覧", "項目一覧", "判定範囲", "判定範囲（ファイル別）", "免除台帳", "読替え記録",
    "規則一覧", "証跡",
]  # fmt: skip
GRIDS = ("指摘一覧", "項目一覧", "判定範囲", "判定範囲（ファイル別）", "規則一覧")


def _sheets() -> list[Worksheet]:
    return list(load_workbook(io.BytesIO(DATA)).worksheets)


def _findings(outcome: Outcome) -> list[dict[str, Any]]:
    return records(opened(workbook(outcome))["指摘一覧"])


def _texts(rows: list[list[Any]]) -> str:
    return "\n".join(str(value) for row in rows for value in row if value is not None)


def test_the_sheets_stand_in_their_order() -> None:
    assert list(SHEETS) == NAMES


def test_files_are_told_apart_only_where_that_is_known() -> None:
    assert list(opened(workbook(FAILED))) == [each for each in NAMES if each != "判定範囲（ファイル別）"]


# --- 指摘一覧 -----------------------------------------------------------------------------------


def test_every_finding_has_a_row_whatever_its_status() -> None:
    held = records(SHEETS["指摘一覧"])
    assert [each["コード"] for each in held] == [each.rule for each in AUDITED.findings]
    assert [each["扱い"] for each in held] == ["既知", "対象", "対象", "対象", "免除", "対象"]
    heads = [each.heading for each in COLUMNS]
    assert list(held[0]) == [*heads, "報告の列：担当", "報告の列：備考"]


def test_numbers_are_numbers_and_what_is_none_is_empty() -> None:
    _, overrun, rate, mark, *_ = records(SHEETS["指摘一覧"])
    assert (overrun["書かれた値（数）"], overrun["期待値（数）"], overrun["差（数）"]) == (4620, None, 4130)
    assert (overrun["書かれた値"], overrun["差"], overrun["単位"]) == ("4,620千円", "4,130千円", "千円")
    assert (overrun["項目の予算（円）"], overrun["項目の決算（円）"]) == (490_000, 4_620_000)
    assert (overrun["項目の担当課"], mark["項目の担当課"]) == ("情報政策課", None)
    assert (rate["書かれた値（数）"], rate["期待値（数）"], rate["単位"]) == (0.881, 0.86, "％")
    assert (mark["書かれた値"], mark["書かれた値（数）"], mark["項目の予算（円）"]) == ("〇", None, None)
    assert (overrun["年度"], overrun["年度（西暦）"], overrun["市"]) == ("平成30年度", 2018, "みずき市")


def test_a_rate_is_shown_in_per_cents() -> None:
    sheet = load_workbook(io.BytesIO(DATA))["指摘一覧"]
    at = [each.heading for each in COLUMNS].index("書かれた値（数）")
    assert sheet.cell(4, at + 1).number_format == "0.0%_0_)"


def test_a_waived_finding_has_its_terms_and_a_date() -> None:
    waived = records(SHEETS["指摘一覧"])[4]
    assert waived["免除の期限"] == dt.datetime(2027, 3, 31)
    assert (waived["免除の申請"], waived["免除の承認"]) == ("総務課", "財政課長")
    assert waived["免除の理由"] == "国の補助金の受入れによるもので、決算書の備考に記載済み"


def test_what_staff_wrote_and_the_columns_of_their_report_stand_beside_it() -> None:
    _, overrun, rate, mark, *_ = records(SHEETS["指摘一覧"])
    assert rate["理由"] == "決算見込みの額で計算していました"
    assert (overrun["報告の列：担当"], overrun["報告の列：備考"]) == ("情報課", "=A1")
    assert (mark["報告の列：担当"], mark["報告の列：備考"]) == (None, None)


def test_columns_of_reports_that_are_too_many_lose_nothing() -> None:
    extra = {f"見出し{number}": f"値{number}" for number in range(150)}
    report = replace(AUDITED.reports[0], items=(ItemFigures(7, extra=extra),))
    rows = _findings(replace(AUDITED, reports=(report,)))
    assert rows[1]["報告の列：見出し99"] == "値99"
    assert rows[1]["報告のほかの列"].split("／")[0] == "見出し100：値100"
    assert rows[1]["報告のほかの列"].count("／") == 49


def test_two_reports_of_one_file_are_told_apart() -> None:
    def report(department: str, mark: str) -> ReportFigures:
        return ReportFigures(
            PATH, "みずき市", department, 2018, "results", items=(ItemFigures(7, mark=mark),)
        )

    reports = (report("総務部", "◎"), report("税務部", "×"))
    of_tax = replace(OVERRUN, department="税務部")
    of_nobody = replace(OVERRUN, department=None, fiscal_year=None)
    rows = _findings(replace(FAILED, findings=(OVERRUN, of_tax, of_nobody), reports=reports))
    assert [row["項目の達成状況"] for row in rows] == ["◎", "×", None]


def test_without_findings_the_headings_stand_alone() -> None:
    assert len(opened(workbook(PASSED))["指摘一覧"]) == 1


@pytest.mark.parametrize("rows", [4, 5])
def test_more_rows_than_a_sheet_has_are_counted(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "ROWS", 5)
    held = opened(workbook(replace(FAILED, findings=(OVERRUN,) * rows)))["指摘一覧"]
    assert len(held) == 5
    assert held[-1][0] == (
        "対象" if rows == 4
        else "シートに入る行数を超えるため、残り2件を省きました。全ては CSV か JSON の結果にあります。"
    )  # fmt: skip


# --- 項目一覧 -----------------------------------------------------------------------------------


def test_items_have_their_figures_and_their_findings() -> None:
    first, wifi, archive, tax, prior = records(SHEETS["項目一覧"])
    assert (first["担当課"], wifi["担当課"]) == (None, "情報政策課")
    assert (first["予算（円）"], first["決算（円）"], first["執行率"]) == (500_000, 430_000, 0.86)
    assert first["予算と決算の差（円）"] == 70_000
    assert [wifi[name] for name in ("誤り", "確認", "参考", "免除", "既知")] == [2, 0, 0, 1, 0]
    assert (wifi["執行率"], wifi["報告の列：担当"]) == (9.429, "情報課")
    assert (archive["誤り"], archive["予算（円）"], archive["執行率"]) == (1, None, None)
    assert (tax["ファイル"], tax["誤り"], tax["用途"]) == (CLEAN, 0, "点検")
    assert (prior["用途"], prior["誤り"], prior["執行率"]) == ("比較用", None, None)
    assert (prior["予算（円）"], prior["予算と決算の差（円）"]) == (0, 0)


# --- 判定範囲 -----------------------------------------------------------------------------------


def test_the_scope_tells_of_each_rule_what_it_judged() -> None:
    whole, rate, crashed = records(SHEETS["判定範囲"])
    assert whole == {
        "コード": "FIN101", "段階": "誤り", "指摘名": "決算額が予算額を超えています", "判定した": 4,
        "対象外": 0, "控えた": 0, "止まった": 0, "判定できた割合": 1, "判定しなかった理由": None,
    }  # fmt: skip
    assert (rate["控えた"], rate["判定できた割合"]) == (1, 0.667)
    assert crashed["判定しなかった理由"] == "計算の途中で問題が起きました"


def test_by_file_stands_each_rule_that_left_something_out() -> None:
    held = records(SHEETS["判定範囲（ファイル別）"])
    assert [(each["ファイル"], each["コード"], each["判定した"]) for each in held] == [
        (PATH, None, 3), (PATH, "FIN118", 2), (PATH, "PVR103", 1), (CLEAN, None, 2),
    ]  # fmt: skip
    whole, rate, crashed, _ = held
    assert (whole["指摘名"], whole["対象外"], whole["判定できた割合"]) == ("全て判定できた規則　1件", 3, 1)
    assert (rate["控えた"], rate["判定しなかった理由"]) == (1, "FIN111 の指摘のため")
    assert (crashed["止まった"], crashed["判定できた割合"]) == (2, 0.333)
    totals = sum(each.evaluated for file in AUDITED.coverage_by_file.values() for each in file)
    assert sum(each["判定した"] for each in held) == totals


def test_a_share_is_whole_only_where_nothing_is_missing() -> None:
    almost = replace(FAILED, coverage=(Coverage("FIN101", evaluated=999_999, blocked=1),))
    [row] = records(opened(workbook(almost))["判定範囲"])
    assert row["判定できた割合"] == 0.999


# --- 免除台帳, 読替え記録, 規則一覧, 証跡 ---------------------------------------------------------


def test_the_register_tells_what_became_of_each_waiver() -> None:
    used, expired = below(SHEETS["免除台帳"], "状態")
    assert (used["状態"], used["件数"], used["期限"], used["残り日数"]) == (
        "使用", 1, dt.datetime(2027, 3, 31), 304,
    )  # fmt: skip
    assert (used["承認"], used["記載の場所"], used["書かれた値"]) == (
        "財政課長", "jisseki-waivers.toml 12", "４９０千円",
    )  # fmt: skip
    assert (expired["状態"], expired["残り日数"]) == ("期限切れ", -30)
    [waived] = below(SHEETS["免除台帳"], "段階")
    assert (waived["コード"], waived["承認"], waived["指摘の場所"]) == ("DOC006", "財政課長", f"{PATH} 58:12")
    assert "MRK101　総務部　平成30年度" in _texts(SHEETS["免除台帳"])


def test_lenient_readings_and_forms_are_on_record() -> None:
    [reading] = below(SHEETS["読替え記録"], "区分")
    assert (reading["書かれた文字"], reading["欄"], reading["扱い"]) == ("４９０千円", "当初予算", "免除")
    forms = below(SHEETS["読替え記録"], "様式設定")
    assert [each["様式設定"] for each in forms] == [
        "hirakata", "hirakata", "（読み取れませんでした）", "（読み取れませんでした）",
    ]  # fmt: skip
    assert [each["選んだ理由"] for each in forms[:3]] == [
        "表題の年度による", "見出しによる", "ファイルが途中で切れています。",
    ]  # fmt: skip


def test_all_rules_are_listed_used_or_not() -> None:
    held = {each["コード"]: each for each in records(SHEETS["規則一覧"])}
    assert held.keys() >= {rule["id"] for rule in RULES}
    rule = held["FIN101"]
    assert (rule["標準の段階"], rule["分類"], rule["この点検"], rule["指摘"]) == ("誤り", "金額", "使用", 1)
    assert "地方自治法" in rule["根拠"]
    assert rule["理由"]
    assert (held["DOC006"]["免除"], held["DAT111"]["既知"]) == (1, 1)
    assert (held["SCH001"]["この点検"], held["SCH001"]["判定した"]) == ("不使用", None)


def test_rules_that_are_not_at_hand_are_listed_by_their_codes() -> None:
    outcome = replace(FAILED, findings=(replace(OVERRUN, rule="AOB101"),))
    held = {each["コード"]: each for each in records(opened(workbook(outcome))["規則一覧"])}
    assert (held["AOB101"]["指摘名"], held["AOB101"]["指摘"]) == ("settlement-exceeds-budget", 1)


def test_the_evidence_names_every_file_with_its_hash() -> None:
    rows = SHEETS["証跡"]
    text = _texts(rows)
    for told in (AUDITED.rules_digest, "jisseki-check 0.", "2026-05-31", "known.json（2件）", "読み方.md"):
        assert told in text
    prior, *_ = below(rows, "ファイル")
    assert prior["ファイル"] == "mizuki-soumu-h29.txt"
    held = {row[0]: row for row in rows}
    for each in AUDITED.inputs:
        assert held[each.path][-1] == (each.sha256 or "（計算できませんでした）")
    assert held[PATH][5:9] == [6, 1, 2, 0.667]
    assert held["kowareta.docx"][1] == "読み取れなかった"
    assert held[PATH][1:3] == ["点検した", "テキスト"]
    assert held["不適合とする指摘"][1] == "誤り"
    assert "規則の計算が途中で止まりました" in text


def test_the_evidence_has_no_names_that_only_programs_know() -> None:
    rows = opened(workbook(replace(FAILED, fail_on="warning", unrecorded=("skipped", "prior"))))
    held = {row[0]: row[1] for row in rows["証跡"]}
    assert held["不適合とする指摘"] == "確認以上"
    assert held["この結果に書かれていないもの"] == "未読のファイル"


def test_a_report_that_is_missing_is_named_by_its_department_and_kind() -> None:
    missing = replace(
        OVERRUN,
        rule="XDC105",
        department="文化部",
        report_kind="plan",
        item=None,
        location=Location("提出一覧.txt", 3, 1),
    )
    rows = below(opened(workbook(replace(FAILED, findings=(missing,))))["総括"], "市")
    held = next(each for each in rows if each["部"] == "文化部")
    assert (held["年度"], held["種類"], held["状況"]) == ("平成30年度", "計画", "判定不能（未提出）")


def test_the_evidence_says_to_what_a_run_was_narrowed() -> None:
    rows = opened(workbook(replace(FAILED, scope=Scope("main", 1, 30))))
    assert "main から変わった1ファイル（全30ファイル）" in _texts(rows["証跡"])
    assert "main から変わった1件だけ（全30件）" in _texts(rows["総括"])


# --- 総括 ---------------------------------------------------------------------------------------


def test_the_verdict_comes_first_with_the_counts() -> None:
    rows = SHEETS["総括"]
    assert rows[0][0] == "取り組み実績の点検結果"
    assert rows[1][0] == "対象　みずき市　平成30年度　基準日 2026-05-31"
    assert rows[2][0] == "判定不能"
    assert "問題なし」ではありません" in rows[2][2]
    assert [value for value in rows[5] if value is not None] == [3, 0, 1, 1, 1]


def test_what_was_not_judged_is_told_on_the_first_sheet() -> None:
    text = _texts(SHEETS["総括"])
    assert "点検できなかったもの　3件" in text
    assert "kowareta.docx　ファイルが途中で切れています。（1件も点検していません）" in text
    assert "1規則の1か所で判定を控えました（多いものは FIN118 1か所（FIN111 の指摘のため））" in text


def test_many_reasons_are_counted_and_stand_on_the_last_sheet() -> None:
    faults = tuple(Fault("rule", f"止まりました{number}") for number in range(30))
    sheets = opened(workbook(replace(INCONCLUSIVE, faults=faults)))
    assert "ほか22件は「証跡」にあります。" in _texts(sheets["総括"])
    assert "止まりました29" in _texts(sheets["証跡"])


def _states(outcome: Outcome) -> dict[str, str]:
    return {each["部"]: each["状況"] for each in below(opened(workbook(outcome))["総括"], "市")}


def test_departments_are_told_with_their_state() -> None:
    held = {each["部"]: each for each in below(SHEETS["総括"], "市")}
    assert [held["総務部"][name] for name in ("誤り", "確認", "参考", "免除", "既知", "控えた")] == [
        3,
        0,
        1,
        1,
        1,
        1,
    ]
    assert (held["税務部"]["誤り"], held["税務部"]["判定できた割合"]) == (0, 1)
    assert {name: each["状況"] for name, each in held.items()} == {
        "総務部": "判定不能", "税務部": "指摘なし", "（部名なし）kowareta.docx": "判定不能",
    }  # fmt: skip


def test_nothing_is_called_clean_while_nobody_knows_what_was_not_judged() -> None:
    crashed = replace(AUDITED, coverage_by_file={}, faults=())
    assert set(_states(crashed).values()) == {"判定不能"}
    assert set(_states(replace(AUDITED, faults=(Fault("run", "止まりました"),))).values()) == {"判定不能"}


def test_an_old_result_says_what_it_does_not_know() -> None:
    old = replace(FAILED, unrecorded=("waivers", "reports"), version="0.0.9", fail_on=None)
    sheets = opened(workbook(old))
    assert "「なかった」という意味ではありません" in _texts(sheets["総括"])
    assert "「なかった」という意味ではありません" in _texts(sheets["免除台帳"])
    assert "jisseki-check 0.0.9" in _texts(sheets["証跡"])
    assert "記録なし" in _texts(sheets["総括"])


# --- as a file ----------------------------------------------------------------------------------


def test_a_list_can_be_filtered_and_its_headings_stay_in_sight() -> None:
    for sheet in (each for each in _sheets() if each.title in GRIDS):
        assert sheet.auto_filter.ref == sheet.dimensions
        assert str(sheet.freeze_panes).endswith("2")
        assert sheet.print_title_rows == "$1:$1"


def test_every_sheet_goes_on_a4_as_wide_as_the_page_with_its_number() -> None:
    for sheet in _sheets():
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_area
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center.text == "&P / &N"
        assert sheet.oddHeader is not None
        assert sheet.oddHeader.left.text == sheet.title


def test_the_page_of_findings_holds_what_a_meeting_needs() -> None:
    printed = [each.heading for each in COLUMNS if each.is_printed]
    assert printed == [each.heading for each in COLUMNS][: len(printed)]
    assert {"扱い", "段階", "コード", "部", "年度", "項目名", "内容", "直し方", "理由"} <= set(printed)
    [sheet] = [each for each in _sheets() if each.title == "指摘一覧"]
    assert sheet.print_area == f"'指摘一覧'!$A$1:$L${len(AUDITED.findings) + 1}"


def test_a_row_is_high_enough_for_its_texts_and_follows_them() -> None:
    long: Finding = replace(OVERRUN, fix="直し方を" * 40)
    sheet = parts(workbook(replace(FAILED, findings=(long,))))["xl/worksheets/sheet2.xml"]
    [height] = re.findall(r'<row r="2" ht="([0-9.]+)">', sheet)
    assert 100 < float(height) < 409


def test_the_file_names_its_title_and_language_and_no_day() -> None:
    properties = load_workbook(io.BytesIO(DATA)).properties
    assert properties.created == properties.modified == dt.datetime(1980, 1, 1)
    assert (properties.title, properties.creator) == ("取り組み実績の点検結果", "jisseki-check")
    assert properties.language == "ja-JP"


def test_library_use_without_the_rules_works() -> None:
    from jisseki_check.formatters.view import View

    [row, *_] = records(opened(workbook(FAILED, View()))["判定範囲"])
    assert (row["コード"], row["指摘名"]) == ("DAT111", None)
    assert VIEW.rules
