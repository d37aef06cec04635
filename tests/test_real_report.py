"""The real report, end to end: what must be found in it, at its line, and what must not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml

from jisseki_check.engine import run
from jisseki_check.engine.convert import load_report
from jisseki_check.forms import Chooser
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Finding, Outcome, Severity, Verdict

REPORT = Path(__file__).parents[2] / "shared" / "data" / "hirakata" / "soumu-h29.txt"
pytestmark = pytest.mark.skipif(not REPORT.exists(), reason="the real report is not at hand")
OPTIONS = run.Options(as_of=dt.date(2026, 5, 31))


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run.check([REPORT], options=OPTIONS)


def test_everything_is_read(outcome: Outcome) -> None:
    (entry,) = outcome.inputs
    assert (entry.path, entry.status, entry.reports, entry.items) == ("soumu-h29.txt", "checked", 1, 33)
    assert outcome.verdict is Verdict.FAIL
    assert not outcome.faults
    assert not [finding for finding in outcome.findings if finding.rule == "DOC003"]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("FIN105", 62),  # 3,741 of 8,481
        ("MRK107", 62),  # 平成30年1月 in the plan, 平成30年4月 in the result, and the top mark
        ("DAT103", 35),  # 平成30年4月1日
        ("FIN116", 152),  # 1,928,108円 against 約240万円
        ("MRK111", 3),
        ("MRK106", 53),  # the plan extends the open data, the result has studied them
        ("MRK108", 238),  # ○ here and ◎ at 18-2, with the same words
        ("PVR106", 81),  # 18-2 and (6)
        ("PVR106", 111),  # 49 and (1)
        ("PVR106", 125),  # the new system for salaries and 17, reworded
        ("PVR110", 144),  # from 平成30年度, and the effect reached already
    ],
)
def test_it_is_found_at_its_line(outcome: Outcome, rule: str, line: int) -> None:
    assert line in [finding.location.line for finding in outcome.findings if finding.rule == rule]


def test_what_was_compared_is_said(outcome: Outcome) -> None:
    by_rule = {finding.rule: finding for finding in outcome.findings}
    assert "44.1％" in by_rule["FIN105"].message
    assert [place.line for place in by_rule["MRK107"].related] == [61]
    assert "192万8,108円" in by_rule["FIN116"].message
    assert [place.line for place in by_rule["FIN116"].related] == [150]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("STY103", 144),  # の一貫として
        ("STY103", 224),  # 市政施行, against nine times 市制施行
        ("STY104", 110),  # 観点踏まえつつ
        ("STY104", 80),  # 種類を拡充に取り組み
        ("STY102", 11),  # 人事給与 and 人事・給与
        ("STY102", 71),  # 本稼働 and 本格稼働
        ("STY102", 50),  # 行政手続 and 手続き
        ("STY102", 186),  # 必須課題 and 必須科目
        ("STY101", 192),  # 取組み
        ("STY101", 166),  # および, と共に
        ("STY106", 130),  # 繋がり
        ("STY107", 192),
        ("STY109", 180),
        ("STY110", 80),
    ],
)
def test_its_wording_is_found_at_its_line(outcome: Outcome, rule: str, line: int) -> None:
    assert line in [finding.location.line for finding in outcome.findings if finding.rule == rule]


def test_its_wording_is_not_picked_to_pieces(outcome: Outcome) -> None:
    """All are right; one more is to be read before this number is raised."""
    worded = [finding for finding in outcome.findings if finding.rule.startswith("STY")]
    assert len([finding for finding in worded if finding.severity is Severity.WARNING]) == 13


def test_nothing_is_invented(outcome: Outcome) -> None:
    assert [finding.rule for finding in outcome.findings if finding.severity is Severity.ERROR] == ["MRK107"]
    rules = [finding.rule for finding in outcome.findings]
    assert rules.count("FIN105") == 1
    assert not {"DAT101", "DAT102", "DAT112", "STR104", "STR105", "FIN103", "FIN104", "FIN115"} & set(rules)


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.item, finding.field, finding.message, finding.fingerprint


def test_converted_report_gives_the_same_findings_at_its_own_places(outcome: Outcome, tmp_path: Path) -> None:
    data = to_json(load_report(REPORT, Chooser())[0].report)
    (tmp_path / "report.json").write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    (tmp_path / "report.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    for name in ("report.json", "report.yaml"):
        converted = run.check([tmp_path / name], options=OPTIONS)
        assert sorted(map(_key, converted.findings), key=str) == sorted(map(_key, outcome.findings), key=str)
        low = next(finding for finding in converted.findings if finding.rule == "FIN105")
        assert low.location.pointer == "/items/6/amounts/1"
        text = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        assert low.location.line is not None
        assert "3741" in "".join(text[low.location.line - 1 : low.location.end_line])
