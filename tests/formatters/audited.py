"""A run of the invented みずき市 in which everything that an audit asks for has happened, and the workbook
that tells of it, as it is read back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook

from jisseki_check.catalogue import entries
from jisseki_check.formatters import content
from jisseki_check.formatters.view import View
from jisseki_check.model import (
    BaselineUse,
    Coverage,
    Fault,
    Finding,
    Input,
    ItemFigures,
    KnownFinding,
    Location,
    Outcome,
    ReportFigures,
    Severity,
    Verdict,
    WaiverUse,
)
from tests.formatters.outcomes import GRANTED, fingerprinted
from tests.formatters.sample import ARCHIVE, FAILED, LOOK_ALIKE, OVERRUN, PATH, TITLE, WIFI, short_result

RULES, _ = entries()
VIEW = View(titles={rule["id"]: rule["title"] for rule in RULES}, rules=RULES)
CLEAN = "mizuki-zeimu-h30.xlsx"

RATE = replace(
    OVERRUN,
    rule="FIN118",
    name="rate-differs",
    message="書かれた執行率 88.1％ が計算と合いません",
    given="執行率は 88.1％",
    expected="86％",
    difference=None,
    explanation="決算見込みの額で計算していました",
)
LENIENT = Finding(
    rule="DOC006",
    name="lenient-reading",
    severity=Severity.INFO,
    message="「４９０千円」を「490千円」と読み替えました（1か所）",
    fix="読み替えた内容で合っていれば、そのままで構いません。",
    location=Location(PATH, 58, 12),
    department="総務部",
    fiscal_year=2018,
    report_kind="results",
    item=WIFI,
    field="initial_budget",
    given="４９０千円",
    status="waived",
    waiver=GRANTED,
)
KNOWN = KnownFinding("DOC006", None, "総務部", 2018, "results", 1, "7", WIFI.title, given="４９０千円")
AUDITED = fingerprinted(
    replace(
        FAILED,
        verdict=Verdict.INCONCLUSIVE,
        inputs=(
            Input(PATH, "aa", "text", "checked", 1, 3, profile="hirakata", profile_reason="表題の年度による"),
            Input(CLEAN, "bb", "xlsx", "checked", 1, 1, profile="hirakata", profile_reason="見出しによる"),
            Input("kowareta.docx", None, None, "unreadable", reason="ファイルが途中で切れています。"),
        ),
        findings=(
            replace(TITLE, status="baselined"),
            OVERRUN,
            replace(RATE, given="88.1％"),
            LOOK_ALIKE,
            LENIENT,
            short_result(10, 110),
        ),
        coverage=(
            Coverage("FIN101", evaluated=4),
            Coverage("FIN118", evaluated=2, blocked=1, reason="FIN111 の指摘のため"),
            Coverage("PVR103", evaluated=2, crashed=2, reason="計算の途中で問題が起きました"),
        ),
        faults=(Fault("rules", "規則の計算が途中で止まりました", rule="PVR103", path=PATH),),
        skipped=("読み方.md",),
        waivers=(
            WaiverUse(KNOWN, GRANTED, "used", 1),
            WaiverUse(replace(KNOWN, rule="FIN101"), replace(GRANTED, until="2026-05-01"), "expired"),
        ),
        baseline=BaselineUse("known.json", 2, (replace(KNOWN, rule="MRK101"),)),
        prior=(Input("mizuki-soumu-h29.txt", "cc", "text", "checked", 1, 1),),
        reports=(
            ReportFigures(
                PATH,
                "みずき市",
                "総務部",
                2018,
                "results",
                items=(
                    ItemFigures(1, 1, "1", "庁舎の案内", "◎", 500_000, 430_000),
                    ItemFigures(
                        7, 1, "7", WIFI.title, "◎", 490_000, 4_620_000, {"担当": "情報課", "備考": "=A1"},
                        division="情報政策課",
                    ),
                    ItemFigures(9, 1, "9", ARCHIVE.title, "○"),
                ),
            ),
            ReportFigures(
                CLEAN, "みずき市", "税務部", 2018, "results", items=(ItemFigures(1, title="徴収"),)
            ),
            ReportFigures(
                "mizuki-soumu-h29.txt", "みずき市", "総務部", 2017, "results",
                items=(ItemFigures(1, title="案内", budget_yen=0, settlement_yen=0),), prior=True,
            ),
        ),
        coverage_by_file={
            PATH: (
                Coverage("FIN101", evaluated=3),
                Coverage("FIN118", evaluated=2, blocked=1, reason="FIN111 の指摘のため"),
                Coverage("PVR103", evaluated=1, crashed=2, reason="計算の途中で問題が起きました"),
                Coverage("MRK103", not_applicable=3),
            ),
            CLEAN: (Coverage("FIN101", evaluated=1), Coverage("PVR103", evaluated=1)),
        },
    )
)  # fmt: skip


def workbook(outcome: Outcome, view: View = VIEW) -> bytes:
    return content("xlsx", outcome, view)


def opened(data: bytes) -> dict[str, list[list[Any]]]:
    """The values of each sheet, row by row."""
    book = load_workbook(io.BytesIO(data))
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    }


def records(rows: list[list[Any]]) -> list[dict[str, Any]]:
    """The rows of a sheet by the headings in its first one."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def below(rows: list[list[Any]], heading: str) -> list[dict[str, Any]]:
    """The rows of the table whose first heading that is, up to the next blank cell."""
    top = next(number for number, row in enumerate(rows) if row[0] == heading)
    held = []
    for row in rows[top + 1 :]:
        if all(value is None for value in row):
            break
        held.append({name: value for name, value in zip(rows[top], row, strict=True) if name})
    return held


def parts(data: bytes) -> dict[str, str]:
    """The members of the file as texts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}
