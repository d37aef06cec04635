"""Outcomes made by hand, of the invented みずき市."""

from __future__ import annotations

from dataclasses import replace

from jisseki_check.model import (
    Coverage,
    Fault,
    Finding,
    Input,
    ItemRef,
    Location,
    Outcome,
    Severity,
    Verdict,
)

PATH = "mizuki-soumu-h30.txt"
WIFI = ItemRef(7, 1, "7", "公衆無線LAN環境整備事業")
ARCHIVE = ItemRef(9, 1, "9", "公文書目録システムの更新")

OVERRUN = Finding(
    rule="FIN101",
    name="settlement-exceeds-budget",
    severity=Severity.ERROR,
    message="決算額 4,620千円 が予算額 490千円 を 4,130千円 上回っています",
    fix="補正予算・流用・予備費・繰越による場合は、決算額の後に「（補正予算等の対応あり）」のように書いてください。",
    location=Location(PATH, 62, 1, 62, 20, pointer="/items/6/amounts/1"),
    department="総務部",
    fiscal_year=2018,
    item=WIFI,
    field="settlement",
    excerpt="平成30年度決算額：4,620千円",
    given="4,620千円",
    difference="4,130千円",
    related=(Location(PATH, 58, 1),),
    fingerprint="sha256:01",
    value_fingerprint="sha256:a01",
)
LOOK_ALIKE = Finding(
    rule="MRK103",
    name="mark-look-alike",
    severity=Severity.ERROR,
    message="達成状況「〇」（U+3007）は、記号「○」（U+25CB）に似た別の文字です",
    fix="「○」に書き換えてください。",
    location=Location(PATH, 81, 6, 81, 7, pointer="/items/8/mark"),
    department="総務部",
    fiscal_year=2018,
    item=ARCHIVE,
    field="mark",
    given="〇",
    expected="○",
    correction="○",
    fingerprint="sha256:02",
    value_fingerprint="sha256:a02",
)
TITLE = Finding(
    rule="DAT111",
    name="year-notation-mixed",
    severity=Severity.INFO,
    message="年度の書き方が混ざっています（平成30年度 12か所、H30 2か所）",
    fix="一つの書き方にそろえてください。",
    location=Location(PATH, 1, 1, 1, 16, pointer="/title"),
    department="総務部",
    fiscal_year=2018,
    field="title",
    fingerprint="sha256:03",
    value_fingerprint="sha256:a03",
)


def short_result(number: int, line: int) -> Finding:
    return Finding(
        rule="PVR105",
        name="result-too-short",
        severity=Severity.INFO,
        message=f"実績が {20 + number}字しかありません（目安 40字以上）",
        fix="いつ、何を、どれだけ行ったかを書き足してください。",
        location=Location(PATH, line, 3, line, 3 + 20 + number, pointer=f"/items/{number}/result"),
        department="総務部",
        fiscal_year=2018,
        item=ItemRef(number + 1, 3, None, f"窓口の案内表示を見直します（その{number}）"),
        field="result",
        fingerprint=f"sha256:1{number}",
        value_fingerprint=f"sha256:a1{number}",
    )


FAILED = Outcome(
    profile="hirakata",
    as_of="2026-05-31",
    rules_digest="sha256:9f3c6f6a51c6b94f1d1ee0e1d4b27f0f3e1f54dd3ab2a2d3b5c8dc31b2e6a7c0",
    fail_on="error",
    verdict=Verdict.FAIL,
    inputs=(Input(PATH, "sha256:aa", "text", "checked", 1, 33),),
    findings=(TITLE, OVERRUN, LOOK_ALIKE, *(short_result(n, 100 + n) for n in range(10, 17))),
    coverage=(
        Coverage("DAT111", evaluated=1),
        Coverage("FIN101", evaluated=4, not_applicable=29),
        Coverage("FIN118", evaluated=2, not_applicable=27, blocked=4, reason="FIN111 の指摘のため"),
        Coverage("MRK103", evaluated=33),
        Coverage("PVR105", evaluated=33),
    ),
)
PASSED = replace(
    FAILED,
    verdict=Verdict.PASS,
    findings=(),
    coverage=(Coverage("FIN101", evaluated=4, not_applicable=29), Coverage("MRK103", evaluated=33)),
)
INCONCLUSIVE = replace(
    FAILED,
    verdict=Verdict.INCONCLUSIVE,
    inputs=(
        *FAILED.inputs,
        Input("zeimu.xlsx", None, None, "unreadable", reason="ファイルにパスワードが設定されています。"),
    ),
    coverage=(
        Coverage("FIN101", evaluated=4, not_applicable=29),
        Coverage("PVR103", evaluated=30, crashed=3, reason="計算の途中で問題が起きました"),
    ),
    faults=(Fault("rules", "規則の計算が途中で止まりました", rule="PVR103", path=PATH),),
)
TITLES = {
    "DAT111": "年度の書き方が混ざっています",
    "FIN101": "決算額が予算額を超えています",
    "MRK103": "達成状況の記号に似た別の文字です",
    "PVR105": "実績の記述が短すぎます",
}
