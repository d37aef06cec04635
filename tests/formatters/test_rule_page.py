"""What a rule asks for is told in words that staff read, with the values that settings can change."""

from __future__ import annotations

import re
from typing import Any

import pytest

from jisseki_check.catalogue import entries
from jisseki_check.formatters.rule_page import criteria, sections

RULES, _ = entries()
WITH_VALUES = [each for each in RULES if each["params"]]


@pytest.mark.parametrize("rule", WITH_VALUES, ids=lambda each: each["id"])
def test_every_value_of_a_rule_is_told_in_words(rule: dict[str, Any]) -> None:
    assert set(re.findall(r"\{(\w+)", rule["criteria"])) == set(rule["params"])
    (told,) = criteria(rule)
    assert not re.search("[{}_]", told)


def test_shares_are_told_in_per_cents_and_amounts_with_commas() -> None:
    rule = {
        "params": {"low_rate": 0.345, "least_yen": 1000000, "word": "など"},
        "criteria": "{low_rate:percent}未満、{least_yen}円以上、「{word}」のあるもの",
    }
    assert criteria(rule) == ["34.5％未満、1,000,000円以上、「など」のあるもの"]


def test_rule_that_does_not_say_so_tells_the_names_of_its_values() -> None:
    assert criteria({"params": {"low_rank": 3, "is_strict": True}}) == ["low_rank = 3", "is_strict = True"]
    assert criteria({"params": {}}) == []


def test_name_that_is_no_value_stands_as_it_is() -> None:
    assert criteria({"params": {"low": 1}, "criteria": "{low}から{high}まで"}) == ["1から{high}まで"]


def test_page_tells_the_names_under_which_values_are_changed() -> None:
    page = dict(sections(next(each for each in RULES if each["id"] == "FIN106")))
    assert page["基準の値"] == ["執行率が50％以上80％未満のもの"]
    assert "変えられる値　low_rate = 0.5、moderate_rate = 0.8" in page["判定の方法"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("FIN105", "承認した日から366日先まで、期限を付けて免除できます。"),
        ("PII101", "承認した日から31日先まで、期限を付けて免除できます。"),
        ("DOC001", "免除できません。既知の指摘にもできません。"),
    ],
)
def test_page_tells_for_how_long_a_finding_can_be_waived(code: str, said: str) -> None:
    page = dict(sections(next(each for each in RULES if each["id"] == code)))
    assert page["免除"] == [said]
