"""Review sheets, end to end: the profile is chosen by itself, what must be found is, and nothing else.

The national sample beside the project is held against a sum of its own, sheet by sheet.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from jisseki_check.engine import run
from jisseki_check.model import Outcome, Verdict
from tests.example_files import EXAMPLES
from tests.forms.test_json_tree import CITY, TREE, changed
from tests.sheets import SHEETS

OPTIONS = run.Options(as_of=dt.date(2026, 5, 31))
SHEET = json.loads((EXAMPLES / "review" / "light-buoys.json").read_text(encoding="utf-8"))
PARTS = ("当初予算", "補正予算", "前年度から繰越し", "翌年度へ繰越し", "予備費等")
needs_the_sample = pytest.mark.skipif(not SHEETS.exists(), reason="the national sample is not at hand")


def check(data: object, profile: str | None = None) -> Outcome:
    options = run.Options(
        as_of=OPTIONS.as_of,
        profile=profile,
        stdin=(json.dumps(data, ensure_ascii=False, indent=1).encode(), "sheet.json"),
    )
    return run.check([], options=options)


def told(outcome: Outcome) -> list[tuple[str, str | None]]:
    return [(each.rule, each.location.pointer) for each in outcome.findings]


# --- sheets -------------------------------------------------------------------------------------


def test_a_sheet_without_faults_passes() -> None:
    outcome = check(SHEET)
    assert (outcome.verdict, outcome.findings, outcome.profile) == (Verdict.PASS, (), "gyosei-review")
    judged = {entry.rule: entry.evaluated for entry in outcome.coverage}
    assert (judged["FIN117"], judged["FIN101"]) == (4, 3)
    # Nothing is said to be judged that is not: our own schema does not speak of such data.
    assert {count for code, count in judged.items() if code.startswith(("SCH", "STY", "MRK"))} == {0}


@pytest.mark.parametrize(
    ("pointer", "value", "rule", "at"),
    [
        ("/予算/0/予算計", 96.7, "FIN117", "/予算/0/予算計"),
        ("/予算/0/翌年度へ繰越し", 9.7, "FIN117", "/予算/0/予算計"),
        ("/予算/3/予算計", 130.0, "FIN117", "/予算/3/予算計"),
        ("/予算/0/執行額", 91.2, "FIN101", "/予算/0/執行額"),
        ("/予算/0/執行額", None, "FIN103", "/予算/0/予算計"),
        ("/予算/0/執行額", 30.0, "FIN105", "/予算/0/執行額"),
        ("/予算/0/執行額", 0.0, "FIN105", "/予算/0/執行額"),
        ("/予算/0/執行額", 60.0, "FIN106", "/予算/0/執行額"),
        ("/予算/0/執行額", "別紙", "FIN111", "/予算/0/執行額"),
        ("/予算/1/前年度から繰越し", -9.7, "FIN122", "/予算/1/前年度から繰越し"),
        ("/事業目的", None, "STR102", "/事業目的"),
        ("/事業概要", "。", "STR103", "/事業概要"),
        ("/事業概要", "要確認", "PLH101", "/事業概要"),
        ("/アウトカム/0/成果目標", "<b>減らす</b>", "PUB101", "/アウトカム/0/成果目標"),
        ("/備考", "なし", "DOC003", "/備考"),
    ],
)
def test_one_fault_of_a_sheet_is_found_at_its_place(pointer: str, value: object, rule: str, at: str) -> None:
    found = told(check(changed(pointer, value, base=SHEET)))
    assert (rule, at) in found
    assert {code for code, _ in found} <= {rule, "FIN117"}


@pytest.mark.parametrize("total", [84.5, 87.0, 89.4])
def test_a_sum_may_differ_by_the_rounding_of_its_parts(total: float) -> None:
    assert told(check(changed("/予算/0/予算計", total, base=SHEET))) == []


def test_what_a_sum_differs_by_is_told_in_the_unit_of_the_sheet() -> None:
    (finding,) = check(changed("/予算/0/予算計", 96.7, base=SHEET)).findings
    assert (finding.given, finding.expected, finding.difference) == ("96.7百万円", "87百万円", "9.7百万円")
    assert (
        finding.message == "令和元年度予算計 96.7百万円 が、内訳の計 87百万円 より 9.7百万円 多くなっています"
    )
    assert finding.location.line is not None
    assert (finding.department, finding.fiscal_year) == ("みずき庁 2022-みずき-21-0007", 2022)


@pytest.mark.parametrize(
    "data",
    [
        changed("/予算", remove=True, base=SHEET),
        changed("/予算/2/当初予算額", 54.0, base=SHEET),
        changed("/予算/0", [2019, 84.2], base=SHEET),
        changed("/公開年度", None, base=SHEET),
    ],
)
def test_what_is_nearly_a_sheet_is_not_judged(data: object) -> None:
    outcome = check(data)
    assert (outcome.verdict, [rule for rule, _ in told(outcome)]) == (Verdict.INCONCLUSIVE, ["DOC002"])


def test_sheets_of_one_ministry_have_findings_of_their_own() -> None:
    faulty = changed("/予算/0/予算計", 96.7, base=SHEET)
    other = changed("/事業番号", "2022-みずき-21-0008", base=faulty)
    prints = [finding.fingerprint for data in (faulty, other) for finding in check(data).findings]
    assert len(set(prints)) == 2


# --- another tree -------------------------------------------------------------------------------


@pytest.fixture
def minato(tmp_path: Path) -> str:
    path = tmp_path / "minato.yaml"
    path.write_text(CITY, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("pointer", "value", "rule"),
    [
        ("/programmes/0/grade", "B", None),
        ("/programmes/0/grade", "A", "MRK109"),
        ("/programmes/0/grade", "C", "MRK102"),
        ("/programmes/0/money/rate", 75.4, "FIN118"),
        ("/programmes/0/done", None, "STR102"),
    ],
)
def test_rates_marks_and_targets_of_another_tree_are_judged(
    pointer: str, value: object, rule: str | None, minato: str
) -> None:
    data = changed("/programmes/0/grade", "B")
    assert [code for code, _ in told(check(changed(pointer, value, base=data), minato))] == [
        code for code in (rule,) if code
    ]


def test_only_rules_of_the_form_are_used(minato: str) -> None:
    outcome = check(TREE, minato)
    used = {entry.rule for entry in outcome.coverage if entry.evaluated}
    assert {code[:3] for code in used} <= {"DOC", "FIN", "MRK", "STR"}
    assert "STR103" not in used


# --- the national sample ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> Outcome:
    return run.check([SHEETS], options=OPTIONS)


@needs_the_sample
def test_the_whole_sample_is_judged(sample: Outcome) -> None:
    assert Counter(entry.status for entry in sample.inputs) == {
        "checked": len(list(SHEETS.glob("*/*/*.json")))
    }
    assert {entry.profile for entry in sample.inputs} == {"gyosei-review"}
    assert not sample.faults
    assert not [entry for entry in sample.coverage if entry.blocked or entry.crashed]


@needs_the_sample
def test_the_sums_that_do_not_hold_are_named_and_no_other(sample: Outcome) -> None:
    found = {
        (finding.location.path, finding.location.pointer): _million(finding.difference)
        for finding in sample.findings
        if finding.rule == "FIN117"
    }
    assert found == dict(_broken_sums())
    assert {str(path)[:4] for path, _ in found} == {"2015", "2016"}


def _broken_sums() -> list[tuple[tuple[str, str], Fraction]]:
    broken = []
    for path in SHEETS.glob("*/*/*.json"):
        for number, row in enumerate(_sheet(path)["予算"]):
            given = [Fraction(row[name]) for name in PARTS if name in row]
            if "予算計" not in row or len(given) < 2:
                continue
            difference = Fraction(row["予算計"]) - sum(given)
            if abs(difference) > Fraction(len(given), 2):
                place = path.relative_to(SHEETS).as_posix(), f"/予算/{number}/予算計"
                broken.append((place, difference))
    return broken


@needs_the_sample
def test_what_else_is_found_is_what_the_figures_say(sample: Outcome) -> None:
    found = Counter(
        (finding.rule, finding.location.path, finding.location.pointer) for finding in sample.findings
    )
    expected: Counter[tuple[str, str, str]] = Counter()
    for path in SHEETS.glob("*/*/*.json"):
        for number, row in enumerate(_sheet(path)["予算"]):
            if "執行額" in row:
                rule = _of_execution(Fraction(row["予算計"]), Fraction(row["執行額"]))
                if rule is not None:
                    expected[rule, path.relative_to(SHEETS).as_posix(), f"/予算/{number}/執行額"] += 1
    assert found - Counter({key: 1 for key in found if key[0] == "FIN117"}) == expected


def _of_execution(budget: Fraction, settlement: Fraction) -> str | None:
    """Half a 百万円 on both sides is rounding."""
    if settlement - budget > 1:
        return "FIN101"
    if budget <= 0:
        return None
    rate = settlement / budget
    return "FIN105" if rate < Fraction(1, 2) else "FIN106" if rate < Fraction(4, 5) else None


def _sheet(path: Path) -> dict[str, Any]:
    """The sheet with its numbers as they are written."""
    sheet: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=str, parse_int=str)
    return sheet


def _million(difference: str | None) -> Fraction:
    assert difference is not None
    assert difference.endswith("百万円")
    return Fraction(difference.removesuffix("百万円").replace(",", "").replace("△", "-"))
