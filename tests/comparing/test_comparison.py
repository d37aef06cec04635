"""What became of each finding: nothing is called put right that was not looked at again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from jisseki_check.comparing import KINDS, compare
from jisseki_check.engine.expected import Expected, ExpectedReport
from jisseki_check.exceptions import Exceptions, Granted
from jisseki_check.exceptions.known import known
from jisseki_check.model import Coverage, Outcome, Scope, Verdict, Waiver
from tests.comparing.desk import CLEAN, MONEY, PLAN, checked, compared, edited, found
from tests.formatters.outcomes import outcomes

NO_UNIT = ("平成 29 年度決算：462\t", "平成 29 年度決算：462 千円\t")
SLIP = ("平成 29 年度決算：5,212,000 千円", "平成 29 年度決算：5,212 千円")


def test_the_same_again_is_all_that_remains(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {"a.txt": MONEY, "b.txt": PLAN}, {"a.txt": MONEY, "b.txt": PLAN})
    assert {each.kind for each in comparison.changes} == {"remaining"}
    assert not any(each.is_altered for each in comparison.changes)
    assert all(each.is_file_same for each in comparison.changes)
    assert not comparison.basis.differs
    assert [each.state for each in comparison.basis.files] == ["same", "same"]
    assert comparison.exit_code == 0


def test_what_was_put_right_and_what_came(tmp_path: Path) -> None:
    files = {"a.txt": MONEY}, {"a.txt": edited(MONEY, NO_UNIT)}
    there = compared(tmp_path / "1", *files)
    assert found(there, "resolved") == {("FIN110", "3")}
    assert not there.of("new")
    assert not there.of("unverified")
    assert there.exit_code == 0
    back = compared(tmp_path / "2", *reversed(files))
    assert found(back, "new") == {("FIN110", "3")}
    assert [each.reason for each in back.of("new")] == [None]
    assert back.exit_code == 1


def test_another_value_is_told_apart(tmp_path: Path) -> None:
    after = edited(MONEY, ("5,212,000 千円", "5,999,000 千円"))
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": after})
    assert {each.kind for each in comparison.changes} == {"remaining"}
    [changed] = [each for each in comparison.changes if each.is_value_changed]
    assert changed.finding.rule == "FIN109"
    assert changed.is_file_same is False
    assert comparison.exit_code == 0


def test_a_word_in_more_places_is_another_value(tmp_path: Path) -> None:
    before = edited(CLEAN, ("説明会を市内の", "説明会および市内の"))
    after = edited(before, ("集まった 312", "および集まった 312"))
    comparison = compared(tmp_path, {"a.txt": before}, {"a.txt": after})
    [change] = [each for each in comparison.of("remaining") if each.finding.rule == "STY101"]
    assert change.is_value_changed
    assert change.old is not None
    assert (change.old.count, change.finding.count) == (1, 2)


# --- what cannot be said ------------------------------------------------------------------------


def test_a_report_that_is_not_there_has_nothing_put_right(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {"a.txt": MONEY, "b.txt": PLAN}, {"b.txt": PLAN})
    assert not comparison.of("resolved")
    assert {each.reason for each in comparison.of("unverified")} == {"この報告を点検していません"}
    assert len(comparison.of("unverified")) == 10


def test_what_a_run_of_changed_files_left_out_is_not_put_right(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY, "b.txt": PLAN})
    new = replace(checked(tmp_path / "後", {"b.txt": PLAN}), scope=Scope("main", 1, 2))
    reasons = {each.reason for each in compare(old, new).of("unverified")}
    assert reasons == {"変わったファイルだけの点検で、この報告を見ていません"}


def test_a_rule_that_is_not_used_has_nothing_put_right(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    new = checked(tmp_path / "後", {"a.txt": MONEY}, ignore=("FIN110", "FIN111"))
    there = compare(old, new)
    assert found(there, "unverified") == {("FIN110", "3"), ("FIN111", "2")}
    assert {each.reason for each in there.of("unverified")} == {"この規則を使っていません"}
    back = compare(new, old)
    assert found(back, "new") == {("FIN110", "3"), ("FIN111", "2")}
    assert {each.reason for each in back.of("new")} == {"この規則を使っていません"}
    assert all(each.is_file_same for each in back.of("new"))


def test_a_rule_that_is_not_used_for_this_report_has_nothing_put_right(tmp_path: Path) -> None:
    """Another form does not use every rule."""
    old = checked(tmp_path / "前", {"a.txt": MONEY, "b.txt": PLAN})
    own = {path: tuple(held) for path, held in old.coverage_by_file.items()}
    own["a.txt"] = tuple(each for each in own["a.txt"] if each.rule != "FIN110")
    new = replace(
        old, coverage_by_file=own, findings=tuple(each for each in old.findings if each.rule != "FIN110")
    )
    [change] = compare(old, new).of("unverified")
    assert change.reason == "この報告には、この規則を使っていません"


def test_what_cannot_be_read_any_more_is_not_put_right(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": b"\xff" + MONEY.encode()})
    assert not comparison.of("resolved")
    assert {each.reason for each in comparison.of("unverified")} == {"このファイルを読み取れていません"}
    assert {each.finding.rule for each in comparison.of("new")} == {"DOC001"}
    assert comparison.exit_code == 1


def test_what_is_cut_off_is_not_put_right(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": MONEY[: MONEY.index("(8) ") + 60]})
    assert not comparison.of("resolved")
    reasons = {each.reason for each in comparison.of("unverified")}
    assert reasons == {"このファイルを最後まで読み取れていません"}


def test_what_another_finding_keeps_from_being_judged_is_not_put_right(tmp_path: Path) -> None:
    after = edited(MONEY, ("決算：12,860 千円", "決算：12.860 千円"), SLIP)
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": after})
    coverage = {each.rule: each for each in comparison.new.coverage_by_file["a.txt"]}
    assert coverage["FIN101"].blocked
    assert found(comparison, "unverified") == {("FIN101", "1")}
    assert "判定を控えています" in (comparison.of("unverified")[0].reason or "")
    # Its rule is kept from judging other items of the same report.
    assert coverage["FIN109"].blocked
    assert found(comparison, "resolved") == {("FIN109", "5")}


def test_without_the_items_that_were_left_no_item_of_the_report_is_put_right(tmp_path: Path) -> None:
    after = edited(MONEY, ("決算：12,860 千円", "決算：12.860 千円"), SLIP)
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": after})
    held = {
        path: tuple(replace(each, left=()) for each in own)
        for path, own in comparison.new.coverage_by_file.items()
    }
    again = compare(comparison.old, replace(comparison.new, coverage_by_file=held))
    assert found(again, "unverified") == {("FIN101", "1"), ("FIN109", "5")}


def test_a_rule_that_stopped_has_nothing_put_right(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    stopped = tuple(
        replace(each, evaluated=0, crashed=9) if each.rule == "FIN110" else each
        for each in old.coverage_by_file["a.txt"]
    )
    findings = tuple(each for each in old.findings if each.rule != "FIN110")
    new = replace(old, coverage_by_file={"a.txt": stopped}, findings=findings, verdict=Verdict.INCONCLUSIVE)
    [change] = compare(old, new).of("unverified")
    assert change.reason == "この規則の判定が途中で止まっています"
    assert compare(old, new).exit_code == 3


def test_a_run_without_waivers_puts_no_waiver_right(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    granted = _granted(old, "FIN110", "5千円")
    with_waiver = checked(tmp_path / "中", {"a.txt": MONEY}, exceptions=granted)
    assert {each.rule for each in with_waiver.findings} >= {"WVR103"}
    [change] = compare(with_waiver, old).of("unverified")
    assert change.finding.rule == "WVR103"
    assert change.reason == "免除を使わずに点検しています"


# --- which report, which item -------------------------------------------------------------------


def test_a_report_that_moved_is_the_same(tmp_path: Path) -> None:
    before = {"a.txt": MONEY, "b.txt": PLAN}
    after = {"総務/h29.txt": edited(MONEY, NO_UNIT), "b.txt": PLAN}
    comparison = compared(tmp_path, before, after)
    assert not comparison.of("new")
    assert not comparison.of("unverified")
    [resolved] = comparison.of("resolved")
    assert (resolved.finding.location.path, resolved.path) == ("a.txt", "総務/h29.txt")
    states = {(each.state, each.path) for each in comparison.basis.files}
    assert states == {("changed", "総務/h29.txt"), ("same", "b.txt")}


def test_files_that_hold_the_same_report_are_told_apart(tmp_path: Path) -> None:
    other = edited(MONEY, NO_UNIT)
    before = {"a.txt": MONEY, "b.txt": other}
    after = {"下/a.txt": MONEY, "下/b.txt": other, "c.txt": PLAN}
    comparison = compared(tmp_path, before | {"c.txt": PLAN}, after)
    assert not comparison.of("new")
    assert not comparison.of("resolved")
    assert {(each.old and each.old.path, each.path) for each in comparison.basis.files} == {
        ("a.txt", "下/a.txt"),
        ("b.txt", "下/b.txt"),
        ("c.txt", "c.txt"),
    }
    gone = compare(comparison.old, checked(tmp_path / "他", {"b.txt": other}))
    assert ("FIN110", "3") in found(gone, "resolved") | found(gone, "unverified")
    assert not gone.of("new")


def test_an_unnamed_report_that_moved_is_known_by_its_content(tmp_path: Path) -> None:
    nameless = edited(MONEY, ("平成 29 年度\t総務部の取り組み実績\n", "\n"))
    comparison = compared(tmp_path, {"a.txt": nameless}, {"b.txt": nameless})
    assert comparison.of("remaining")
    assert {each.kind for each in comparison.changes} == {"remaining"}


def test_a_title_that_was_put_right_makes_nothing_new(tmp_path: Path) -> None:
    nameless = edited(MONEY, ("総務部の取り組み実績", "取り組み実績"))
    comparison = compared(tmp_path, {"a.txt": nameless}, {"a.txt": MONEY})
    assert {each.finding.rule for each in comparison.of("resolved")} == {"STR101"}
    assert len(comparison.of("remaining")) == 10
    assert not comparison.of("new")
    assert not any(each.is_altered for each in comparison.changes)


def test_the_report_of_another_year_in_its_place_is_another(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": MONEY.replace("29 年度", "30 年度")})
    assert {each.kind for each in comparison.changes} == {"new", "unverified"}
    assert {each.state for each in comparison.basis.files} == {"removed", "added"}


def test_an_item_that_moved_and_has_another_number_is_the_same(tmp_path: Path) -> None:
    start, end = MONEY.index("(3) 職員の研修"), MONEY.index("(4) 若い世代")
    item = MONEY[start:end]
    moved = MONEY[:start] + MONEY[end:]
    moved = moved.replace("(1) 庁舎", item.replace("(3)", "(1)") + "(2) 庁舎").replace("(2) 防災", "(3) 防災")
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": moved})
    assert {each.kind for each in comparison.changes} == {"remaining"}


# --- status -------------------------------------------------------------------------------------


def _granted(outcome: Outcome, rule: str, value: str | None = None) -> Exceptions:
    finding = next(each for each in outcome.findings if each.rule == rule)
    entry = known(finding)
    if value is not None:
        entry = replace(entry, given=value, value_fingerprint="sha256:0")
    return Exceptions(waivers=(Granted(entry, Waiver("理由", "係", "課長", "2027-03-31", "免除.toml", 1)),))


def test_what_is_waived_now_remains_and_counts_no_more(tmp_path: Path) -> None:
    plain = checked(tmp_path / "前", {"a.txt": MONEY})
    waived = checked(tmp_path / "後", {"a.txt": MONEY}, exceptions=_granted(plain, "FIN110"))
    [change] = [each for each in compare(plain, waived).changes if each.is_status_changed]
    assert (change.kind, change.finding.status) == ("remaining", "waived")
    assert compare(plain, waived).exit_code == 0
    assert compare(waived, plain).exit_code == 1
    [again] = [each for each in compare(waived, plain).changes if each.counts_anew]
    assert again.kind == "remaining"


def test_what_is_new_and_waived_does_not_count(tmp_path: Path) -> None:
    plain = checked(tmp_path / "前", {"a.txt": MONEY})
    clean = checked(tmp_path / "元", {"a.txt": edited(MONEY, NO_UNIT)})
    waived = checked(tmp_path / "後", {"a.txt": MONEY}, exceptions=_granted(plain, "FIN110"))
    comparison = compare(clean, waived)
    assert found(comparison, "new") == {("FIN110", "3")}
    assert comparison.exit_code == 0


def test_another_level_is_said(tmp_path: Path) -> None:
    from jisseki_check.selection import Layer, Levels, Selection

    graded = Selection((Layer(levels=Levels((("FIN110", "info"),))),))
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    new = checked(tmp_path / "後", {"a.txt": MONEY}, selection=graded)
    [change] = [each for each in compare(old, new).changes if each.is_altered]
    assert (change.finding.rule, change.is_level_changed, change.is_value_changed) == ("FIN110", True, False)


# --- the basis ----------------------------------------------------------------------------------


def test_what_else_differs_is_said(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY, "b.txt": PLAN})
    new = checked(tmp_path / "後", {"a.txt": MONEY + "\n", "c.txt": CLEAN}, fail_on="warning")
    new = replace(new, rules_digest="sha256:0", version="9.9.9", as_of="2026-06-01", profile="別")
    basis = compare(old, new).basis
    assert [each.what for each in basis.differences] == ["rules", "version", "profile", "as_of", "fail_on"]
    assert basis.differs
    assert [(each.state, each.path) for each in basis.files] == [
        ("changed", "a.txt"),
        ("removed", "b.txt"),
        ("added", "c.txt"),
    ]


def test_a_file_read_by_another_form_is_said(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    new = checked(tmp_path / "後", {"a.txt": MONEY}, profile="hirakata-h28")
    basis = compare(old, new).basis
    assert [each.is_read_otherwise for each in basis.files] == [True]
    assert basis.differs


# --- results of earlier versions ----------------------------------------------------------------


def _as_before(outcome: Outcome) -> Outcome:
    """As the first version would have stored it."""
    findings = tuple(
        replace(each, value_fingerprint="", report_kind=None, subject=None, count=1, places=())
        for each in outcome.findings
    )
    lacking = ("reports", "coverage_by_file", "fail_on")
    return replace(
        outcome, findings=findings, reports=(), coverage_by_file={}, fail_on=None, unrecorded=lacking
    )


@pytest.mark.parametrize(("is_old", "is_new"), [(True, False), (False, True), (True, True)])
def test_earlier_results_can_be_compared(tmp_path: Path, is_old: bool, is_new: bool) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY, "b.txt": CLEAN})
    new = checked(tmp_path / "後", {"a.txt": edited(MONEY, NO_UNIT), "b.txt": CLEAN})
    comparison = compare(_as_before(old) if is_old else old, _as_before(new) if is_new else new)
    assert not comparison.of("new")
    # Without its list of items it does not say whether the item is still there.
    [change] = comparison.of("unverified" if is_new else "resolved")
    assert change.finding.rule == "FIN110"
    assert (change.reason is not None) == is_new
    assert not any(each.is_value_changed for each in comparison.of("remaining"))


def test_without_each_file_s_coverage_a_rule_held_back_anywhere_puts_nothing_right(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    after = edited(MONEY, ("決算：12,860 千円", "決算：12.860 千円"), SLIP)
    new = checked(tmp_path / "後", {"a.txt": after})
    reasons = {each.finding.rule: each.reason for each in compare(old, _as_before(new)).of("unverified")}
    assert set(reasons) == {"FIN101", "FIN109"}
    assert set(reasons.values()) == {"この規則の判定を控えたところがあります"}


# --- anything at all ----------------------------------------------------------------------------


@given(old=outcomes(), new=outcomes())
@settings(max_examples=100, deadline=None)
def test_every_finding_is_in_one_change(old: Outcome, new: Outcome) -> None:
    comparison = compare(old, new)
    assert Counter(id(each.old) for each in comparison.changes if each.old) == Counter(map(id, old.findings))
    assert Counter(id(each.new) for each in comparison.changes if each.new) == Counter(map(id, new.findings))
    for each in comparison.changes:
        both = {"new": (False, True), "remaining": (True, True)}.get(each.kind, (True, False))
        assert (each.old is not None, each.new is not None) == both
        assert each.kind in KINDS


# --- what stands in several reports -------------------------------------------------------------


def test_a_rule_that_passed_its_rows_over_says_why(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    over = tuple(
        Coverage("FIN110", not_applicable=9, reason="前の年度の報告が渡されていないため")
        if each.rule == "FIN110"
        else each
        for each in old.coverage_by_file["a.txt"]
    )
    findings = tuple(each for each in old.findings if each.rule != "FIN110")
    new = replace(old, coverage_by_file={"a.txt": over}, findings=findings)
    [change] = compare(old, new).of("unverified")
    assert change.reason == "この規則の判定をしていません（前の年度の報告が渡されていないため）"


def test_a_report_that_was_missing_and_has_come_is_put_right(tmp_path: Path) -> None:
    expected = Expected("一覧.csv", (ExpectedReport(1, "総務部", 2017, "results"),))
    old = checked(tmp_path / "前", {"c.txt": CLEAN}, expected=expected)
    assert "XDC105" in {each.rule for each in old.findings}
    assert old.verdict is Verdict.INCONCLUSIVE
    came = checked(tmp_path / "後", {"c.txt": CLEAN, "a.txt": MONEY}, expected=expected)
    assert {each.finding.rule for each in compare(old, came).of("resolved")} == {"XDC105"}
    unasked = checked(tmp_path / "他", {"c.txt": CLEAN, "a.txt": MONEY})
    assert {each.finding.rule for each in compare(old, unasked).of("unverified")} == {"XDC105"}
    assert {each.finding.rule for each in compare(came, old).of("new")} == {"XDC105"}
