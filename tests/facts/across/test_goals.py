"""Which goals of two years are the same."""

from __future__ import annotations

import pytest

from jisseki_check.facts.across.goals import same_goals
from jisseki_check.facts.goals import Goal, find_goals
from jisseki_check.notation.counts import find_counts
from jisseki_check.notation.money import find_amounts


def _goals(text: str, year: int) -> list[tuple[str, Goal]]:
    goals = find_goals(text, find_counts(text), find_amounts(text), year)
    return [("goal", goal) for goal in goals]


def _same(text: str, last: str) -> list[tuple[str, str]]:
    pairs = same_goals(_goals(text, 2017), _goals(last, 2016))
    return [(here.text, there.text) for (_, here), (_, there) in pairs]


@pytest.mark.parametrize(
    ("text", "last", "same"),
    [
        ("体操教室を年に100回開きます。", "体操教室を年間120回以上開催します。", ("100回", "120回以上")),
        (
            "サポーター養成講座の参加者を250人以上とします。",
            "サポーターの養成講座に延べ300人の参加を目指します。",
            ("250人以上", "300人"),
        ),
        (
            "広告収入4,500千円以上の確保",
            "広告収入を500万円以上確保します。",
            ("4,500千円以上", "500万円以上"),
        ),
        ("相談窓口を10ヶ所設置します。", "相談の窓口を12か所に設けます。", ("10ヶ所", "12か所")),
        ("歩道を1,200メートル整備します。", "歩道を1.5km整備します。", ("1,200メートル", "1.5km")),
        (
            "平成32年度までに450人の養成を目指します。",
            "平成32年度までに500人の養成を目指します。",
            ("450人", "500人"),
        ),
    ],
)
def test_one_goal_in_two_years(text: str, last: str, same: tuple[str, str]) -> None:
    assert _same(text, last) == [same]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("図書館の新規の利用者を50人以上とします。", "図書館の利用者を500人以上増やします。"),
        ("1回当たり120人以上の参加者を集めます。", "催しに300人以上の参加者を集めます。"),
        ("満足度を5％以上高めます。", "満足度を80％以上とします。"),
        ("個別の相談会を8回開きます。", "健康講座を12回開きます。"),
        ("講座を月1回開きます。", "講座を年12回開きます。"),
        ("平成29年度に120人の入所枠を設けます。", "平成31年度末までに500人の入所枠を設けます。"),
        ("15橋のうち5橋を補強します。", "20橋のうち8橋を補強します。"),
        ("約250人の来場を目指します。", "260人の来場を目指します。"),
        ("講座を3回以上行い、講座を8回以上開催します。", "講座を12回開きます。"),
    ],
)
def test_two_goals(text: str, last: str) -> None:
    assert _same(text, last) == []


def test_of_several_each_has_its_own() -> None:
    last = "講習を30回以上開き、延べ900人以上の参加を得ます。"
    assert _same("講習を30回以上開き、延べ800人以上の参加を得ます。", last) == [
        ("30回以上", "30回以上"),
        ("800人以上", "900人以上"),
    ]
