"""What a plan names and a result takes up: the clauses of the plan, and what is missing of them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.clauses import clauses, conjuncts
from jisseki_check.notation.morphemes import LONGEST, analyse
from tests.facts.reports import item, rows


def _things(text: str) -> list[str]:
    return [text[slice(*part.span)] for clause in clauses(analyse(text)) for part in conjuncts(clause)]


@pytest.mark.parametrize(
    ("plan", "things"),
    [
        ("備蓄倉庫を設置し、防災マップを配布します。", ["備蓄倉庫を設置し", "防災マップを配布します"]),
        ("講座の開催や、冊子の配布に取り組みます。", ["講座の開催", "冊子の配布に取り組みます"]),
        ("条例に基づき、審議会を設置します。", ["審議会を設置します"]),
        ("高齢者が参加できるよう教室を増やします。", ["教室を増やします"]),
        ("冊子の配布により、理解を深めます。", ["冊子の配布により", "理解を深めます"]),
        ("「緑の基本計画」に掲げる、木の数を増やします。", ["「緑の基本計画」に掲げる、木の数を増やします"]),
        ("昨年度に台帳を整えました。", []),
        ("台帳が古くなっていることから、台帳を作り直します。", ["台帳を作り直します"]),
        ("（年に2回、行います。）", ["（年に2回、行います。）"]),
        ("台帳の整理…を進めます。", ["台帳の整理…を進めます"]),
    ],
)
def test_a_plan_falls_into_the_things_that_it_names(plan: str, things: list[str]) -> None:
    assert _things(plan) == things


@given(st.text(alphabet="備蓄倉庫を設置し、「」（）やのにため。\nます12", max_size=60))
def test_things_of_any_text_stand_in_it_in_order(text: str) -> None:
    words = analyse(text)
    places = [part.span for clause in clauses(words) for part in conjuncts(clause)]
    assert all(start < end for start, end in places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


def _row(**fields: Any) -> dict[str, Any]:
    (row,) = rows("promises", item(title="備蓄の充実", **fields))
    return row


PLAN = "南小学校に備蓄倉庫を設置します。また、外国語の避難案内看板を駅前に設置します。"


def test_a_thing_without_a_counterpart_is_unreported() -> None:
    row = _row(initiative=PLAN, result="南小学校に備蓄倉庫を設置しました。")
    assert (row["named"], row["unreported"]) == (2, 1)
    assert row["phrases"] == "「外国語の避難案内看板を駅前に設置します」"
    assert PLAN[row["plan_start"] : row["plan_end"]] in row["phrases"]
    assert row["echo"] == 1.0


@pytest.mark.parametrize(
    "result",
    [
        "南小学校に備蓄倉庫を設置しました。駅前には外国語の避難案内看板を設けました。",
        "南小学校に備蓄倉庫を設置しました。外国語の案内については、見送りました。",
        "南小学校に備蓄倉庫を新設し、外国人向けの看板も避難所の近くに取り付けました。",
    ],
)
def test_a_thing_told_in_other_words_is_reported(result: str) -> None:
    assert _row(initiative=PLAN, result=result)["unreported"] == 0


def test_a_name_in_quotes_is_looked_for_as_a_name() -> None:
    plan = "「ぼうさい・キャンプ」を開催します。"
    assert _row(initiative=plan, result="「ぼうさいキャンプ」には80人が集まりました。")["unreported"] == 0


def test_an_aim_is_no_promise_beside_what_is_to_be_done() -> None:
    row = _row(
        goal="雨水の流出を抑えます。", initiative="職員の意識の向上を図ります。", result="台帳を整えました。"
    )
    assert row["named"] == 0


def test_a_result_in_words_of_its_own_hardly_echoes_the_plan() -> None:
    row = _row(
        initiative="事務の手引きを作成し、共有フォルダで管理します。",
        result="全84件の文書をそろえ、部内の全員が同じ場所で読めるようにしました。",
    )
    assert row["echo"] == 0.0


def test_what_stands_in_most_items_sets_nothing_apart() -> None:
    items = [
        item(
            index=at,
            number=str(at),
            title=f"項目{at}",
            initiative="消防団の車両を更新します。",
            result="冊子を配りました。",
        )
        for at in range(1, 11)
    ]
    assert {row["unreported"] for row in rows("promises", *items)} == {0}
    assert rows("promises", items[0])[0]["unreported"] == 1


@pytest.mark.parametrize(
    ("result", "additions"),
    [
        ("ロビーの広告 (20万円)\n封筒の広告 (15万円)", None),
        ("ロビーの広告 (20万円)\n封筒の広告 (5万円)\n体育館の命名権 (15万円)", "「体育館の命名権(15万円)」"),
        ("ロビーの広告 (20万円)\n体育館の命名権 (15万円)\n駐車場の貸付け (5万円)", None),
        ("ロビーの広告を載せました。\n体育館の命名権を売りました。", None),
        ("H28：体育館 2件\nH29：命名権 3件", None),
    ],
)
def test_an_entry_that_the_plan_does_not_name_is_an_addition(result: str, additions: str | None) -> None:
    row = _row(initiative="ロビーの広告と封筒の広告を募ります。", result=result)
    assert row["additions"] == additions


def test_a_text_too_long_to_analyse_is_not_judged() -> None:
    assert _row(initiative="あ" * (LONGEST + 1))["analysed"] is None
