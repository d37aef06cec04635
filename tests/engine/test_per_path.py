"""Settings for some files of a run: their rules, their levels, their form."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jisseki_check.engine import run
from jisseki_check.forms import Chooser
from jisseki_check.model import Coverage, Outcome, Severity, Verdict
from jisseki_check.profiles import ProfileError
from jisseki_check.selection import Layer, Levels, PathEntry, Selection
from tests.example_files import CLEAN, EXAMPLES

MONEY = EXAMPLES / "faulty" / "money.txt"
OPTIONS = run.Options(as_of=dt.date(2026, 5, 31))
WITHOUT_MONEY = Layer(ignore=("FIN",))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("計画/a.txt", "実績/a.txt"):
        (tmp_path / name).parent.mkdir()
        shutil.copy(MONEY, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(folder: Path, layer: Layer, *layers: Layer, profile: str | None = None) -> Selection:
    return Selection(layers, (PathEntry(str(folder), ("計画/**",), layer, profile),))


def check(folder: Path, selection: Selection, **options: object) -> Outcome:
    told = replace(OPTIONS, selection=selection, **options)  # type: ignore[arg-type]
    return run.check([Path()], options=told)


def coverage(outcome: Outcome, code: str) -> Coverage | None:
    return next((each for each in outcome.coverage if each.rule == code), None)


def test_rules_of_one_path_are_those_of_that_path_alone(folder: Path) -> None:
    outcome = check(folder, said(folder, WITHOUT_MONEY))
    alone = run.check([MONEY], options=OPTIONS)
    found = {(finding.location.path, finding.rule) for finding in outcome.findings}
    assert {rule for path, rule in found if path == "実績/a.txt"} == {each.rule for each in alone.findings}
    assert not {rule for path, rule in found if path == "計画/a.txt" and rule.startswith("FIN")}


def test_a_rule_that_is_ignored_for_a_path_is_not_counted_there(folder: Path) -> None:
    outcome = check(folder, said(folder, WITHOUT_MONEY))
    alone = run.check([MONEY], options=OPTIONS)
    both = run.check([Path()], options=OPTIONS)
    assert coverage(outcome, "FIN105") == coverage(alone, "FIN105")
    assert coverage(outcome, "STR101") == coverage(both, "STR101")


def test_a_rule_that_only_one_path_uses_is_counted_there(folder: Path) -> None:
    selection = said(folder, Layer(extend_select=("FIN105",)), WITHOUT_MONEY)
    outcome = check(folder, selection)
    assert {each.location.path for each in outcome.findings if each.rule == "FIN105"} <= {"計画/a.txt"}
    counted = coverage(outcome, "FIN105")
    assert counted is not None
    assert counted.evaluated + counted.not_applicable == coverage_rows("FIN105")
    assert coverage(outcome, "FIN101") is None


def coverage_rows(code: str) -> int:
    """The rows of one file for a rule that nothing blocks."""
    outcome = run.check([MONEY], options=replace(OPTIONS, select=(code,)))
    counted = coverage(outcome, code)
    assert counted is not None
    return counted.evaluated + counted.not_applicable


def test_levels_are_what_findings_carry_and_what_the_verdict_goes_by(folder: Path) -> None:
    info = Layer(levels=Levels((("", "info"),)))
    outcome = check(folder, said(folder, info))
    levels = {each.location.path: set[Severity]() for each in outcome.findings}
    for each in outcome.findings:
        levels[each.location.path].add(each.severity)
    assert levels["計画/a.txt"] == {Severity.INFO}
    assert Severity.ERROR in levels["実績/a.txt"]
    assert outcome.verdict is Verdict.FAIL
    outcome = run.check([Path("計画")], options=replace(OPTIONS, selection=said(folder, info)))
    assert outcome.verdict is Verdict.PASS


def test_levels_change_nothing_of_what_is_judged(folder: Path) -> None:
    usual = run.check([MONEY], options=OPTIONS)
    for level in ("info", "error"):
        layer = Layer(levels=Levels((("", level),)))
        outcome = run.check([MONEY], options=replace(OPTIONS, selection=Selection((layer,))))
        assert outcome.coverage == usual.coverage
        assert [each.fingerprint for each in outcome.findings] == [
            each.fingerprint for each in usual.findings
        ]


def test_a_file_for_which_no_rule_is_left_is_not_fine(folder: Path) -> None:
    shutil.copy(CLEAN, folder / "計画" / "a.txt")
    shutil.copy(CLEAN, folder / "実績" / "a.txt")
    every = Layer(ignore=tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    outcome = check(folder, said(folder, every))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert [(each.path, each.status) for each in outcome.inputs] == [
        ("実績/a.txt", "checked"),
        ("計画/a.txt", "refused"),
    ]
    assert outcome.inputs[1].reason is not None
    assert "使う規則が一つもありません" in outcome.inputs[1].reason
    with pytest.raises(run.UsageError, match="使う規則が一つも残りません"):
        check(folder, Selection((every,)))


def test_only_one_path_has_rules(folder: Path) -> None:
    every = Layer(ignore=tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    outcome = check(folder, said(folder, Layer(extend_select=("FIN",)), every))
    assert [(each.path, each.status) for each in outcome.inputs] == [
        ("実績/a.txt", "refused"),
        ("計画/a.txt", "checked"),
    ]


def test_an_unreadable_file_stays_unreadable(folder: Path) -> None:
    (folder / "計画" / "a.txt").write_bytes(b"")
    every = Layer(ignore=("DOC", "FIN"), levels=Levels((("DOC", "info"),)))
    outcome = check(folder, said(folder, every), fail_on="never")
    assert outcome.verdict is Verdict.INCONCLUSIVE
    found = [each for each in outcome.findings if each.location.path == "計画/a.txt"]
    assert [(each.rule[:3], each.severity) for each in found] == [("DOC", Severity.ERROR)]


def test_a_form_for_a_path(folder: Path) -> None:
    outcome = check(folder, said(folder, Layer(), profile="hirakata-r2"))
    assert {each.path: each.profile for each in outcome.inputs} == {
        "実績/a.txt": "hirakata",
        "計画/a.txt": "hirakata-r2",
    }
    assert outcome.inputs[1].profile_reason == "設定の per-path による"
    with pytest.raises(run.UsageError, match="「mizuki」が見つかりません"):
        check(folder, said(folder, Layer(), profile="mizuki"))
    with pytest.raises(ProfileError):
        Chooser(None, said(folder, Layer(), profile="mizuki"))


def test_a_form_that_is_named_and_the_same_one_that_is_recognised(folder: Path) -> None:
    """They have one name, and are not judged together: only one of them is the city's own."""
    outcome = check(folder, said(folder, Layer(), profile="hirakata"))
    alone = run.check([MONEY], options=OPTIONS)
    assert {each.profile for each in outcome.inputs} == {"hirakata"}
    of_one = [each.rule for each in outcome.findings if each.location.path == "実績/a.txt"]
    assert of_one == [each.rule for each in alone.findings]


def test_standard_input_has_the_path_of_its_name(folder: Path) -> None:
    told = replace(OPTIONS, selection=said(folder, WITHOUT_MONEY), stdin=(MONEY.read_bytes(), "計画/b.txt"))
    outcome = run.check([], options=told)
    assert not [each for each in outcome.findings if each.rule.startswith("FIN")]


def test_both_engines_agree(folder: Path) -> None:
    selection = said(folder, WITHOUT_MONEY, Layer(levels=Levels((("STR", "error"),))))
    assert check(folder, selection).findings == check(folder, selection, engine="pandera").findings
