"""What is kept of what an item counts and aims at."""

from __future__ import annotations

from typing import Any

from jisseki_check.facts.across.digests import CountDigest, ItemDigest, digest_of
from jisseki_check.model import Indicator
from tests.facts.reports import item, report, view


def _digest(**fields: Any) -> ItemDigest:
    return digest_of(view(report(item(**fields))), is_data=True).items[0]


def _counts(result: str) -> tuple[CountDigest, ...]:
    return _digest(result=result).counts


def test_a_count_is_known_by_its_thing() -> None:
    (count,) = _counts("体操教室を年間24回開きました。")
    assert (count.thing, count.counter, count.value, count.frame) == ("体操教室", "回", 24, "")


def test_a_count_that_names_nothing_is_known_by_its_clause() -> None:
    (count,) = _counts("記念の催しに1,200人が訪れました。")
    (other,) = _counts("式を行い、記念の催しに2,100人が訪れました。")
    assert (count.thing, count.value, other.value) == ("", 1200, 2100)
    assert count.frame == other.frame != ""


def test_a_short_clause_tells_too_little() -> None:
    assert _counts("秋に3回開きました。") == ()
    assert _counts("約1,200人が記念の催しに訪れました。") == ()


def test_goals_stand_with_their_field() -> None:
    held = _digest(goal="訓練に300人の参加を目指します。", initiative="訓練を4回行います。").goals
    assert [(field, goal.text) for field, goal in held] == [("goal", "300人"), ("initiative", "4回")]


def test_an_indicator_is_a_goal_where_more_is_better() -> None:
    indicators = (Indicator("収納率", "％", 98.5), Indicator("苦情の件数", "件", 10))
    (placed,) = _digest(indicators=indicators).goals
    assert (placed[0], placed[1].text, placed[1].manner) == ("indicators/0", "98.5％", "least")
