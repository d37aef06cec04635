"""Which item is which: a title that was changed, an item that is gone, another one in its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jisseki_check.comparing import compare
from tests.comparing.desk import CLEAN, MONEY, checked, compared, edited, found

BEGIN, END = MONEY.index("(5) 文書管理"), MONEY.index("(6) 市史")
ITEM = MONEY[BEGIN:END]
OTHER = ("文書管理システムの更新", "電子決裁の導入")
SLIP = ("決算：5,212,000 千円", "決算：5,212 千円")


def _with(item: str) -> str:
    return MONEY[:BEGIN] + item + MONEY[END:]


def test_another_title_is_the_same_item_at_its_place_with_its_amount(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": edited(MONEY, OTHER)})
    assert {each.kind for each in comparison.changes} == {"remaining"}
    [renamed] = [each for each in comparison.changes if each.renamed_to]
    assert (renamed.finding.rule, renamed.renamed_to) == ("FIN109", "電子決裁の導入")
    assert renamed.is_altered
    assert not renamed.is_value_changed
    assert comparison.exit_code == 0


def test_a_title_with_a_word_put_right_is_said_too(tmp_path: Path) -> None:
    after = edited(MONEY, ("文書管理システムの更新", "文書管理システムの更改"))
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": after})
    [renamed] = [each for each in comparison.changes if each.renamed_to]
    assert (renamed.kind, renamed.renamed_to) == ("remaining", "文書管理システムの更改")


def test_blanks_and_width_make_no_other_title(tmp_path: Path) -> None:
    after = edited(MONEY, ("(5) 文書管理システムの更新", "(5) 文書管理　システムの 更新"))
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": after})
    assert not any(each.is_altered or each.renamed_to for each in comparison.changes)


def test_under_another_title_and_put_right(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": edited(MONEY, OTHER, SLIP)})
    assert not comparison.of("new")
    [resolved] = comparison.of("resolved")
    assert (resolved.finding.rule, resolved.renamed_to) == ("FIN109", "電子決裁の導入")


def test_another_title_and_another_value_are_not_known_to_be_one(tmp_path: Path) -> None:
    """Whoever waits for new findings must hear of it."""
    after = edited(MONEY, OTHER, ("5,212,000 千円", "5,999,000 千円"))
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": after})
    assert found(comparison, "new") == found(comparison, "unverified") == {("FIN109", "5")}
    assert not comparison.of("resolved")
    assert "項目名も値も" in (comparison.of("unverified")[0].reason or "")
    assert comparison.exit_code == 1


def test_another_project_in_its_place_is_new(tmp_path: Path) -> None:
    other = edited(ITEM, OTHER, ("当初予算：5,400", "当初予算：6,100"), ("5,212,000", "6,043,000"))
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": _with(other)})
    assert found(comparison, "new") == {("FIN109", "5")}
    [gone] = comparison.of("unverified")
    assert gone.is_item_gone
    assert gone.reason == "この項目が報告にありません（同じ番号の項目は「電子決裁の導入」です）"
    assert comparison.exit_code == 1


def test_an_item_that_is_gone_is_not_put_right(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": _with("")})
    assert not comparison.of("resolved")
    [gone] = comparison.of("unverified")
    assert (gone.finding.rule, gone.is_item_gone) == ("FIN109", True)
    assert gone.reason == "この項目が報告にありません"
    put_right = compared(tmp_path / "2", {"a.txt": MONEY}, {"a.txt": edited(MONEY, SLIP)})
    assert [each.is_item_gone for each in put_right.of("resolved")] == [False]


def test_a_like_item_that_takes_the_number_over_is_another(tmp_path: Path) -> None:
    """Its title is nearly that of the one that is gone, and it has been there all the time."""
    like = edited(ITEM, ("(5) 文書", "(11) 図書"), ("5,400", "7,300"), ("5,212,000 千円", "7,214 千円"))
    before = MONEY[:BEGIN] + ITEM + like + MONEY[END:]
    worse = edited(like, ("(11)", "(5)"), ("7,214 千円", "7,214,000 千円"))
    comparison = compared(tmp_path, {"a.txt": before}, {"a.txt": _with(worse)})
    assert ("FIN109", "5") in found(comparison, "new")
    [gone] = [each for each in comparison.of("unverified") if each.finding.rule == "FIN109"]
    assert gone.is_item_gone


def test_an_item_that_moved_under_another_title_is_known_by_its_figures(tmp_path: Path) -> None:
    moved = edited(ITEM, OTHER, ("(5) ", "(11) "))
    comparison = compared(
        tmp_path, {"a.txt": MONEY}, {"a.txt": edited(_with(""), ("\n2. ", f"\n{moved}\n2. "))}
    )
    [renamed] = [each for each in comparison.changes if each.renamed_to]
    assert (renamed.kind, renamed.finding.rule) == ("remaining", "FIN109")


def test_items_of_one_title_are_told_apart_by_their_places(tmp_path: Path) -> None:
    twin = edited(ITEM, ("(5) ", "(11) "), SLIP)
    before = edited(MONEY, ("\n2. ", f"\n{twin}\n2. "))
    after = edited(_with(""), ("\n2. ", f"\n{twin}\n2. "))
    comparison = compared(tmp_path, {"a.txt": before}, {"a.txt": after})
    [gone] = [each for each in comparison.changes if each.finding.rule == "FIN109"]
    assert (gone.kind, gone.is_item_gone) == ("unverified", True)


def test_a_word_that_went_with_its_item_is_not_put_right(tmp_path: Path) -> None:
    before = edited(CLEAN, ("説明会を市内の", "説明会および市内の"))
    [finding] = [
        each for each in checked(tmp_path / "元", {"a.txt": before}).findings if each.rule == "STY101"
    ]
    assert finding.places
    assert finding.item is not None
    title = finding.item.title or ""
    begin = before.index(f"({finding.item.number}) {title}")
    end = before.index("\n(", begin)
    comparison = compared(tmp_path, {"a.txt": before}, {"a.txt": before[:begin] + before[end + 1 :]})
    [gone] = [each for each in comparison.changes if each.finding.rule == "STY101"]
    assert (gone.kind, gone.is_item_gone) == ("unverified", True)
    assert gone.reason == "この言葉の書かれていた項目が報告にありません"
    right = compared(tmp_path / "2", {"a.txt": before}, {"a.txt": CLEAN})
    assert "STY101" in {each.finding.rule for each in right.of("resolved")}


def test_without_its_former_items_a_report_is_compared_by_titles(tmp_path: Path) -> None:
    old = replace(checked(tmp_path / "前", {"a.txt": MONEY}), reports=(), unrecorded=("reports",))
    gone = compare(old, checked(tmp_path / "後", {"a.txt": _with("")}))
    assert [each.is_item_gone for each in gone.of("unverified")] == [True]
    right = compare(old, checked(tmp_path / "他", {"a.txt": edited(MONEY, SLIP)}))
    assert found(right, "resolved") == {("FIN109", "5")}
