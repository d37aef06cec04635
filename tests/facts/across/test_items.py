"""Which items of two reports are the same."""

from __future__ import annotations

from typing import Any

from jisseki_check.facts.across.digests import ItemDigest
from jisseki_check.facts.across.items import pairs
from jisseki_check.facts.across.texts import plain


def _item(index: int, title: str, **fields: Any) -> ItemDigest:
    usual: dict[str, Any] = {
        "kind": "priority", "section": 1, "number": str(index), "plan_number": None, "plan": (),
        "result": None, "opening": "", "length": 0, "figures": 0, "whole": index,
    }  # fmt: skip
    return ItemDigest(index=index, title=plain(title), **(usual | fields))


def _reform(index: int, number: str, title: str, goal: str = "") -> ItemDigest:
    return _item(
        index, title, kind="reform", number=number, plan_number=number, plan=(("goal", goal),) if goal else ()
    )


def _found(
    items: list[ItemDigest], others: list[ItemDigest], *, same_plan: bool = False
) -> list[tuple[int, int, str]]:
    found = pairs(items, others, same_plan=same_plan)
    return [(pair.item.index, pair.other.index, pair.known_by) for _, pair in sorted(found.items())]


def test_number_and_title_are_the_best_evidence() -> None:
    held = [_item(1, "公園の整備"), _item(2, "街路樹の点検")]
    assert _found(held, held) == [
        (1, 1, "番号 1 と項目名が同じ"),
        (2, 2, "番号 2 と項目名が同じ"),
    ]


def test_a_number_alone_is_none() -> None:
    assert _found([_item(1, "公園の整備")], [_item(1, "街路樹の点検")]) == []


def test_a_number_counts_with_a_title_that_resembles() -> None:
    found = _found([_item(1, "つばめ公園の再整備")], [_item(1, "つばめ公園の整備")])
    assert found == [(1, 1, "番号 1 が同じで、項目名のよく似た")]


def test_an_item_that_moved_is_known_by_its_title() -> None:
    items = [_item(1, "街路樹の点検"), _item(2, "公園の整備", kind="improvement")]
    others = [_item(1, "公園の整備"), _item(2, "街路樹の点検")]
    assert _found(items, others) == [(1, 2, "項目名が同じ"), (2, 1, "項目名が同じ")]


def test_a_new_item_moves_the_numbers_of_those_behind_it() -> None:
    items = [_item(1, "受付の案内"), _item(2, "空調の整備（西部地区）"), _item(3, "空調の整備（東部地区）")]
    others = [_item(1, "空調の整備（西部地区）"), _item(2, "空調の整備（東部地区）")]
    assert _found(items, others) == [(2, 1, "項目名が同じ"), (3, 2, "項目名が同じ")]


def test_a_title_that_two_items_have_is_none() -> None:
    items = [_item(1, "公園の整備", number=None)]
    others = [_item(1, "公園の整備", number="4"), _item(2, "公園の整備", number="5")]
    assert _found(items, others) == []


def test_a_sentence_that_was_reworded_is_known_by_what_it_resembles() -> None:
    items = [_item(1, "消耗品の共同購入を二つの課で進めます。", kind="bullet", number=None)]
    others = [
        _item(1, "木の手入れをまとめて発注します。", kind="bullet", number=None),
        _item(2, "消耗品の共同購入を三つの課で進めます。", kind="bullet", number=None),
    ]
    assert _found(items, others) == [(1, 2, "項目名のよく似た")]
    twins = [*others, _item(3, "消耗品の共同購入を四つの課で進めます。", kind="bullet", number=None)]
    assert _found(items, twins) == []


def test_a_plan_wide_number_says_more_than_a_title() -> None:
    items = [_reform(1, "17", "公印の省略"), _reform(2, "18", "市有財産の活用")]
    others = [_reform(1, "17", "申請の手引の見直し"), _reform(2, "18", "市有財産の活用")]
    assert _found(items, others, same_plan=True) == [
        (1, 1, "課題番号 17 が同じ"),
        (2, 2, "課題番号 18 と項目名が同じ"),
    ]


def test_from_year_to_year_the_plan_may_be_another() -> None:
    items = [_reform(1, "17", "公印の省略"), _reform(2, "18", "市有財産の活用")]
    renumbered = [_reform(1, "17", "市有財産の活用"), _reform(2, "18", "窓口の案内")]
    assert _found(items, renumbered) == [(2, 1, "項目名が同じ")]
    goal = "押印を求める申請を減らします。"
    reworded = [_reform(1, "17", "申請の手引", goal)]
    assert _found([_reform(1, "17", "公印の省略", goal)], reworded) == [(1, 1, "課題番号 17 が同じ")]


def test_many_items_cost_what_they_are_and_not_their_square() -> None:
    def held(sign: str) -> list[ItemDigest]:
        return [_item(n, f"第{n}区の道路の{sign}修繕に取り組みます", number=None) for n in range(4_000)]

    # Each with each would be 16 million pairs of titles.
    assert all(one == other for one, other, _ in _found(held("小"), held("大"), same_plan=True))
