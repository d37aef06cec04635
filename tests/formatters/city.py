"""A city's outcome as an auditor gets it: departments of two years, findings of every kind, what was not
judged, and what is waived."""

from __future__ import annotations

from dataclasses import replace

from jisseki_check.model import (
    BaselineUse,
    Coverage,
    Fault,
    Finding,
    Input,
    ItemFigures,
    ItemRef,
    KnownFinding,
    Location,
    Outcome,
    ReportFigures,
    Severity,
    Verdict,
    Waiver,
    WaiverUse,
)
from tests.formatters.outcomes import GRANTED, digest, fingerprinted
from tests.formatters.sample import FAILED, OVERRUN

DEPARTMENTS = (
    "市長公室",
    "総務部",
    "財務部",
    "市民部",
    "福祉部",
    "こども部",
    "環境部",
    "土木部",
    "水道局",
    "教育部",
)
YEAR = 2018
MARKS = "◎◎◎○○△"
_LEVELS = (("FIN105", Severity.WARNING), ("MRK103", Severity.ERROR), ("DAT111", Severity.INFO))


def path(department: str, year: int = YEAR) -> str:
    return f"{year}/{department}.txt"


def figures(department: str, year: int, *, prior: bool = False) -> ReportFigures:
    """Ten items, of which the first has spent less with every department."""
    at = DEPARTMENTS.index(department)
    items = tuple(
        ItemFigures(
            number,
            1,
            str(number),
            f"{department}の事業その{number}",
            MARKS[(at + number) % len(MARKS)],
            1_000_000 * number,
            1_000_000 * number * (100 - at * 6 if number == 1 else 97) // 100,
        )
        for number in range(1, 11)
    )
    return ReportFigures(path(department, year), "みずき市", department, year, "results", None, items, prior)


def finding(department: str, number: int) -> Finding:
    rule, severity = _LEVELS[number % len(_LEVELS)]
    return replace(
        OVERRUN,
        rule=rule,
        severity=severity,
        message=f"{department}の指摘その{number}",
        location=Location(path(department), 10 + number, 3),
        department=department,
        fiscal_year=YEAR,
        report_kind="results",
        item=ItemRef(number, 1, str(number), f"{department}の事業その{number}"),
        related=(Location(path(department, YEAR - 1), 5), Location(path(department), 9)),
    )


def _outcome() -> Outcome:
    findings = [
        finding(department, number)
        for at, department in enumerate(DEPARTMENTS)
        for number in range(1, 1 + at * 2)
    ]
    findings[0] = replace(findings[0], status="waived", waiver=GRANTED)
    findings[1] = replace(findings[1], status="baselined")
    findings[2] = replace(findings[2], explanation="見積りの単位を取り違えていました。")
    known = KnownFinding("FIN101", None, "総務部", YEAR, "results", 1, "7", "公衆無線LAN環境整備事業")
    expired = Waiver("照会中", "総務課", "財政課長", "2026-03-31", "免除.toml", 3)
    return replace(
        FAILED,
        verdict=Verdict.INCONCLUSIVE,
        inputs=(
            *(Input(path(each), digest(each)[7:], "text", "checked", 1, 10) for each in DEPARTMENTS),
            Input(
                "2018/会計室.xlsx",
                None,
                None,
                "unreadable",
                reason="ファイルにパスワードが設定されています。",
            ),
        ),
        findings=tuple(findings),
        coverage=(
            Coverage("DAT111", evaluated=10),
            Coverage("FIN105", evaluated=90, not_applicable=10, blocked=2, reason="FIN111 の指摘があるため"),
            Coverage("MRK103", evaluated=98, crashed=2, reason="計算の途中で問題が起きました"),
        ),
        faults=(Fault("rules", "規則の計算が途中で止まりました", "MRK103", path("総務部")),),
        skipped=("2018/読み方.md",),
        waivers=(WaiverUse(known, GRANTED, "used", 1), WaiverUse(known, expired, "expired")),
        baseline=BaselineUse("既知.json", 2, (known,)),
        prior=tuple(
            Input(path(each, YEAR - 1), digest(f"前{each}")[7:], "text", "checked", 1, 10)
            for each in DEPARTMENTS
        ),
        reports=(
            *(figures(each, YEAR) for each in DEPARTMENTS),
            *(figures(each, YEAR - 1, prior=True) for each in DEPARTMENTS[:-1]),
        ),
    )


CITY = fingerprinted(_outcome())
