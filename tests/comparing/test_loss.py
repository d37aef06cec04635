"""What is not found again, and cannot be called put right although its rule was put to its report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jisseki_check.comparing import Comparison, compare
from jisseki_check.engine.expected import Expected, ExpectedReport
from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.model import Outcome, Scope
from tests.comparing.desk import CLEAN, MONEY, checked, compared, edited, found
from tests.example_files import EXAMPLES

ACROSS = {
    f"{folder.name}/{path.name}": path.read_bytes()
    for folder in sorted((EXAMPLES / "across").iterdir())
    if folder.is_dir()
    for path in sorted(folder.iterdir())
}
PARKS, TWICE, WATER = "reports/parks.txt", "reports/received-twice.txt", "reports/waterfront.txt"
PLAN, BEFORE = "plans/parks-h29.txt", "last-year/parks-h28.txt"
SLIP = ("決算：5,212,000 千円", "決算：5,212 千円")


# --- what was judged stands there no more -------------------------------------------------------


def test_an_amount_that_was_left_out_is_not_put_right(tmp_path: Path) -> None:
    after = edited(MONEY, ("平成 29 年度決算：5,212,000 千円", ""))
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": after})
    assert found(comparison, "new") == {("FIN103", "5")}
    [change] = comparison.of("unverified")
    assert (change.finding.rule, change.reason) == ("FIN109", "この金額や達成状況が書かれていません")


def test_an_amount_that_had_been_left_out_is(tmp_path: Path) -> None:
    after = edited(MONEY, ("平成 29 年度決算：5,212,000 千円", ""))
    comparison = compared(tmp_path, {"a.txt": after}, {"a.txt": edited(MONEY, SLIP)})
    assert found(comparison, "resolved") == {("FIN103", "5")}


# --- the same report, or not read as it was -----------------------------------------------------


def test_a_report_that_is_the_same_has_nothing_put_right(tmp_path: Path) -> None:
    profile = tmp_path / "緩い.yaml"
    profile.write_text(
        "format: jisseki-profile/1\nname: loose\ntitle: 緩い様式\nextends: hirakata\n"
        "rules:\n  FIN105: {params: {low_rate: 0.01}}\n",
        encoding="utf-8",
    )
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    new = checked(tmp_path / "後", {"a.txt": MONEY}, profile=str(profile))
    same_form = replace(new, inputs=tuple(replace(each, profile="hirakata") for each in new.inputs))
    for later, said in ((new, "前と違う様式で読んでいます"), (same_form, "報告のファイルは前と同じ")):
        comparison = compare(old, later)
        assert found(comparison, "unverified") == {("FIN105", "8")}
        assert said in (comparison.of("unverified")[0].reason or "")
        assert not comparison.of("resolved")


def test_a_report_read_by_another_form_has_nothing_put_right(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    new = checked(tmp_path / "後", {"a.txt": edited(MONEY, SLIP)}, profile="hirakata-h28")
    comparison = compare(old, new)
    assert not comparison.of("resolved")
    assert ("FIN109", "5") in found(comparison, "unverified")


def test_a_file_of_another_format_puts_nothing_right_that_only_the_first_can_have(tmp_path: Path) -> None:
    faulty = (EXAMPLES / "faulty" / "schema.json").read_bytes()
    old = checked(tmp_path / "前", {"a.json": faulty})
    named = edited(CLEAN, ("環境部", "情報政策部"))
    old = replace(old, reports=tuple(replace(each, department="情報政策部") for each in old.reports))
    comparison = compare(old, checked(tmp_path / "後", {"a.txt": named}))
    shapes = [each for each in comparison.changes if each.finding.rule.startswith("SCH")]
    assert {each.kind for each in shapes} == {"unverified"}
    assert "前と違う形式のファイルで、この規則の当てはまるところがありません" in {
        each.reason for each in shapes
    }


def test_a_file_that_can_be_read_now_is_put_right(tmp_path: Path) -> None:
    """With the library that was missing."""
    new = checked(tmp_path / "後", {"a.txt": MONEY})
    broken = checked(tmp_path / "前", {"a.txt": b"\xff" + MONEY.encode()})
    old = replace(broken, inputs=tuple(replace(each, sha256=new.inputs[0].sha256) for each in broken.inputs))
    assert found(compare(old, new), "resolved") == {("DOC001", None)}


def test_a_file_that_is_refused_now_has_nothing_put_right(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    new = checked(
        tmp_path / "後", {"a.txt": edited(MONEY, SLIP)}, limits=replace(DEFAULT_LIMITS, max_bytes=100)
    )
    assert [each.status for each in new.inputs] != ["checked"]
    assert not compare(old, new).of("resolved")
    assert {each.reason for each in compare(old, new).of("unverified")} == {
        "このファイルを読み取れていません"
    }


# --- one report against another -----------------------------------------------------------------


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return checked(tmp_path_factory.mktemp("across") / "前", ACROSS)


def _without(path: str, city: Outcome, tmp_path: Path, **told: Any) -> Comparison:
    return compare(
        city, checked(tmp_path / "後", {name: held for name, held in ACROSS.items() if name != path}, **told)
    )


@pytest.mark.parametrize(
    ("path", "rule", "said"),
    [
        (PLAN, "XDC101", "その年度の計画が渡されていないため"),
        (BEFORE, "XDC102", "前の年度（平成28年度）の報告が渡されていないため"),
        (TWICE, "XDC104", "を見ていません（除いたのであれば、直っています）"),
        (WATER, "XDC103", "この報告を点検していません"),
    ],
)
def test_without_the_other_report_nothing_is_put_right(
    path: str, rule: str, said: str, city: Outcome, tmp_path: Path
) -> None:
    comparison = _without(path, city, tmp_path)
    assert not comparison.of("resolved")
    across = [each for each in comparison.of("unverified") if each.finding.rule.startswith("XDC")]
    assert rule in {each.finding.rule for each in across}
    assert all(said in (each.reason or "") for each in across)


def test_a_department_that_is_not_there_any_more_agrees_with_nobody(tmp_path: Path) -> None:
    """Another one is, so that the rule has judged."""
    water = ACROSS[WATER].decode()
    rest = {"b.txt": edited(water, ("水辺環境部", "道路整備部")), "c.txt": water}
    old = checked(tmp_path / "前", {"a.txt": ACROSS[PARKS], **rest})
    differing = [each for each in old.findings if each.rule == "XDC103" and each.location.path == "c.txt"]
    assert {each.path for finding in differing for each in finding.related} == {"a.txt"}
    later = compare(old, checked(tmp_path / "後", rest))
    told = {each.reason for each in later.changes if each.old in differing}
    assert told == {"比べた相手の「a.txt」を見ていません"}
    agreed = edited(ACROSS[PARKS].decode(), ("31,500 千円", "33,000 千円"), ("30,870 千円", "31,980 千円"))
    right = compare(old, checked(tmp_path / "他", {"a.txt": agreed, **rest}))
    assert {each.kind for each in right.changes if each.old in differing} == {"resolved"}


def test_changed_files_among_themselves_say_nothing_of_others(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY, "b.txt": MONEY})
    new = replace(checked(tmp_path / "後", {"a.txt": MONEY}), scope=Scope("main", 1, 2))
    [change] = [each for each in compare(old, new).changes if each.finding.rule == "XDC104"]
    assert (change.kind, change.reason) == (
        "unverified",
        "変わったファイルだけの点検で、この報告を見ていません",
    )


def test_a_report_that_is_no_longer_asked_for_is_not_there_either(tmp_path: Path) -> None:
    both = Expected(
        "一覧.csv",
        (ExpectedReport(1, "総務部", 2017, "results"), ExpectedReport(2, "環境部", 2017, "results")),
    )
    fewer = Expected("一覧.csv", both.reports[1:])
    old = checked(tmp_path / "前", {"c.txt": CLEAN}, expected=both)
    new = checked(tmp_path / "後", {"c.txt": CLEAN}, expected=fewer)
    [change] = [each for each in compare(old, new).changes if each.finding.rule == "XDC105"]
    assert (change.kind, change.reason) == ("unverified", "この報告を点検していません")


# --- two files with one report ------------------------------------------------------------------


def test_of_two_files_with_one_report_the_one_that_is_gone_is_not_the_other(tmp_path: Path) -> None:
    """Whether it was the same or another version of the report."""
    for number, second in enumerate((MONEY, edited(MONEY, SLIP))):
        folder = tmp_path / str(number)
        old = checked(folder / "前", {"a.txt": MONEY, "b.txt": second, "c.txt": CLEAN})
        held = compare(old, checked(folder / "後", {"a.txt": MONEY, "c.txt": CLEAN}))
        assert {(each.state, each.path) for each in held.basis.files} == {
            ("same", "a.txt"),
            ("removed", "b.txt"),
            ("same", "c.txt"),
        }
        gone = [each for each in held.changes if each.finding.location.path == "b.txt"]
        assert {each.kind for each in gone} == {"unverified"}
        assert {each.path for each in gone} == {"b.txt"}
        reasons = {each.finding.rule == "XDC104": each.reason for each in gone}
        assert reasons == {
            True: "二つあったファイルの一方「b.txt」を見ていません（除いたのであれば、直っています）",
            False: "このファイルを点検していません（同じ部・年度の報告で点検したのは「a.txt」です）",
        }
        rest = [each for each in held.changes if each not in gone]
        assert {each.kind for each in rest} == {"remaining"}


def test_what_only_the_file_had_that_is_gone_has_not_gone_over_to_the_other(tmp_path: Path) -> None:
    right = edited(MONEY, SLIP)
    old = checked(tmp_path / "前", {"a.txt": right, "b.txt": MONEY})
    held = compare(old, checked(tmp_path / "後", {"a.txt": MONEY}))
    assert {each.path for each in held.of("new")} == {"a.txt"}
    assert found(held, "new") == {("FIN109", "5")}
    assert ("FIN109", "5") in found(held, "unverified")


def test_of_two_files_of_other_names_each_is_followed_once(tmp_path: Path) -> None:
    both = {"a.txt": MONEY, "b.txt": edited(MONEY, SLIP)}
    moved = {"c.txt": MONEY + "\n", "d.txt": edited(MONEY, SLIP) + "\n"}
    held = compare(checked(tmp_path / "前", both), checked(tmp_path / "後", moved))
    assert sorted(str(each.new and each.new.path) for each in held.basis.files) == ["c.txt", "d.txt"]
    fewer = compare(held.old, checked(tmp_path / "他", {"c.txt": MONEY + "\n"}))
    assert sorted(each.state for each in fewer.basis.files) == ["changed", "removed"]


def test_what_shows_beside_a_report_that_has_come_is_put_down_to_it(tmp_path: Path) -> None:
    water = ACROSS[WATER].decode()
    rest = {"b.txt": edited(water, ("水辺環境部", "道路整備部")), "c.txt": water}
    came = checked(tmp_path / "後", {"a.txt": ACROSS[PARKS], **rest})
    held = compare(checked(tmp_path / "前", rest), came)
    beside = [each for each in held.of("new") if each.finding.location.path == "c.txt"]
    assert {each.finding.rule for each in beside} == {"XDC103"}
    assert {each.reason for each in beside} == {"比べた相手の「a.txt」を見ていません"}
