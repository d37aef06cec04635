"""Items of a plan that the results do not have: told only where nothing in the results may be them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jisseki_check.facts.across.digests import digest_of
from jisseki_check.facts.across.items import pairs
from jisseki_check.facts.across.vanished import unpaired
from jisseki_check.model import Item, Outcome, Remark
from tests.cities import check, items, plan, reason, report, save, told
from tests.facts.reports import view

GONE = ("XDC101", "実績.json", None)


def numbered(held: list[Item]) -> tuple[Item, ...]:
    return tuple(replace(each, index=at, number=str(at)) for at, each in enumerate(held, start=1))


def without(*lost: int, **changes: dict[str, Any]) -> tuple[Item, ...]:
    """The results without these of the four items, numbered anew; `changes`: of the item of that number."""
    held = [each for each in items(2017) if each.index not in lost]
    return numbered([replace(each, **changes.get(f"item{each.index}", {})) for each in held])


def compared(tmp_path: Path, held: tuple[Item, ...], **fields: Any) -> Outcome:
    save(tmp_path / "計画/計画.json", plan(2017))
    save(tmp_path / "実績.json", report(2017, items=held, **fields))
    return check(tmp_path / "実績.json", prior=(tmp_path / "計画",))


@pytest.mark.parametrize("lost", [1, 3, 4])
def test_an_item_that_is_gone_is_told_once(lost: int, tmp_path: Path) -> None:
    outcome = compared(tmp_path, without(lost))
    assert told(outcome) == [GONE]
    (finding,) = outcome.findings
    title = items(2017)[lost - 1].title
    assert f"計画は「{lost}　{title}」です" in finding.message
    assert finding.location.pointer == "/title"
    assert [place.pointer for place in finding.related] == [f"/items/{lost - 1}/title"]


def test_numbers_may_be_kept(tmp_path: Path) -> None:
    held = tuple(each for each in items(2017) if each.index != 2)
    assert told(compared(tmp_path, held)) == [GONE]


@pytest.mark.parametrize(
    "held",
    [
        without(2, item3={"title": "絵本の読み聞かせの会と学童保育の延長の試行"}),
        without(2, item1={"result": "広場を3か所に開きました。学童保育の延長の試行は教育部に移管しました。"}),
        without(2, item1={"goal": "親子が集う広場を増やします。働く親を支えます。夏休みに延長を試します。"}),
        numbered([*without(2), replace(items(2017)[1], title="夏のあずかりの広がり")]),
        without(2, 3, 4),
    ],
    ids=["merged", "told", "taken up", "another in its place", "an extract"],
)
def test_what_may_be_elsewhere_is_not_said_to_be_missing(held: tuple[Item, ...], tmp_path: Path) -> None:
    outcome = compared(tmp_path, held)
    assert GONE not in told(outcome)
    assert "統合や名称の変更とも考えられるため" in reason(outcome, "XDC101")


def test_half_a_year_need_not_tell_of_all(tmp_path: Path) -> None:
    assert told(compared(tmp_path, without(2), title="平成29年度上半期こども部の取り組み実績")) == []


def test_what_a_revised_plan_has_dropped_is_not_missing(tmp_path: Path) -> None:
    revised = plan(2017, title="平成29年度こども部の運営方針（改訂版）")
    save(tmp_path / "計画/改訂.json", replace(revised, items=revised.items[:3]))
    assert GONE not in told(compared(tmp_path, without(4)))


def themes(*titles: str) -> tuple[Item, ...]:
    """Items of another kind in the section after the others."""
    return tuple(
        replace(
            items(2017)[0],
            index=at,
            kind="improvement",
            section=2,
            section_title="行政改革・業務改善",
            number=None,
            title=title,
            goal=f"{title}に努めます。",
            initiative=None,
            result=f"{title}に取り組みました。",
            amounts=(),
        )
        for at, title in enumerate(titles, start=5)
    )


def with_themes(tmp_path: Path, planned: tuple[Item, ...], held: tuple[Item, ...], **fields: Any) -> Outcome:
    published = plan(2017)
    bare = tuple(replace(each, result=None, mark=None) for each in planned)
    save(tmp_path / "計画/計画.json", replace(published, items=(*published.items, *bare)))
    save(tmp_path / "実績.json", report(2017, items=(*items(2017), *held), **fields))
    return check(tmp_path / "実績.json", prior=(tmp_path / "計画",))


def test_a_part_of_the_plan_that_the_results_leave_out_is_no_item(tmp_path: Path) -> None:
    outcome = with_themes(tmp_path, themes("会議の短縮"), ())
    assert told(outcome) == []
    assert "計画の中に、この報告にはない部分があるため" in reason(outcome, "XDC101")


@pytest.mark.parametrize(
    "remarks", [(), (Remark("section", "3. 行政改革・業務改善", read_as="行政改革・業務改善"),)]
)
def test_the_only_item_of_a_part_is_missed_where_the_part_is_there(
    remarks: tuple[Remark, ...], tmp_path: Path
) -> None:
    other = replace(themes("旅費の精算の電子化")[0], index=6, kind="reform")
    held = () if remarks else (replace(other, index=5),)
    outcome = with_themes(
        tmp_path, (*themes("会議の短縮"), *(() if remarks else (other,))), held, remarks=remarks
    )
    assert told(outcome) == [GONE]
    assert "会議の短縮" in outcome.findings[0].message


def test_all_of_one_sort_may_stand_elsewhere(tmp_path: Path) -> None:
    lost = themes("会議の短縮", "旅費の精算の電子化", "書庫の整理")
    kept = replace(themes("窓口の案内の改善")[0], index=8, kind="reform")
    outcome = with_themes(tmp_path, (*lost, kept), (replace(kept, index=5),))
    assert told(outcome) == []
    assert "統合や名称の変更とも考えられるため" in reason(outcome, "XDC101")


def test_a_field_that_stands_twice_may_be_the_lost_items(tmp_path: Path) -> None:
    published = digest_of(view(plan(2017)), is_data=True)
    for remarks, is_gone in (
        ((), True),
        ((Remark("repeated", "働く親を支えます。", item=1, field="goal"),), False),
    ):
        held = digest_of(view(report(2017, items=without(2), remarks=remarks)), is_data=True)
        (lost,) = unpaired(held, published, pairs(held.items, published.items, same_plan=True))
        assert lost.is_gone is is_gone
