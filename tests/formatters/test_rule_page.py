"""What a rule asks for is told in words that staff read, with the values that settings can change."""

from __future__ import annotations

import re
from typing import Any

import pytest

from jisseki_check.catalogue import entries
from jisseki_check.formatters.rule_examples import line
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


@pytest.mark.parametrize("rule", RULES, ids=lambda each: each["id"])
def test_words_that_depend_on_a_report_are_those_of_an_example(rule: dict[str, Any]) -> None:
    page = dict(sections(rule))
    examples = {f"（悪い例「{each['name']}」のとき）" for each in rule["examples"]["bad"]}
    for name, words in (("指摘の文", rule["message"]), ("直し方", rule["fix"])):
        assert not re.search(r"[{}]|……|^…", "".join(page[name]))
        if "{" in words.replace("{form_result}", "") and examples:
            assert page[name][-1] in examples
        else:
            assert not examples.intersection(page[name])


def test_a_rule_that_was_not_tried_tells_what_is_known_of_its_words() -> None:
    rule: Any = {**RULES[0], "id": "ZZZ101", "message": "「{found}」は{limit}より多いです"}
    page = dict(sections(rule))
    assert page["指摘の文"] == ["「…」は…より多いです"]


@pytest.mark.parametrize(
    ("example", "told"),
    [
        (
            {"name": "a", "goal": "備えます。", "other": {"report_kind": "plan", "goal": "全て備えます。"}},
            "a　目標「備えます。」　公表した計画：目標「全て備えます。」",
        ),
        ({"name": "b", "other": {"checked": True}}, "b　一緒に点検するもう一つの報告：同じ内容"),
        (
            {
                "name": "c",
                "other": [{"year": 2016, "mark": None}, {"department": "市民部", "kind": "bullet"}],
            },
            "c　平成28年度の報告：達成状況なし　市民部の報告：種類「◆の項目」",
        ),
        (
            {
                "name": "d",
                "items": [{"number": "2", "title": "訓練", "result": "開きました。"}, {"title": "本"}],
            },
            "d　項目2「訓練」（実績「開きました。」）、項目「本」",
        ),
        (
            {"name": "e", "set": {"/items/0/mark": None, "/fiscal_year": "2017"}, "remove": ["/department"]},
            'e　項目1の達成状況を null とする　「/fiscal_year」を "2017" とする　「/department」を消す',
        ),
        ({"name": "f", "expect": ["総務部", "環境部"]}, "f　提出一覧「総務部」「環境部」"),
        (
            {"name": "g", "edit": [["3. 組織\n", ""], ["(", "["]], "cut_after": "平均の"},
            "g　「3. 組織」を消す　「(」を「[」とする　「平均の」で途切れる",
        ),
    ],
)
def test_an_example_is_told_as_a_person_would_write_it(example: dict[str, Any], told: str) -> None:
    assert line(example) == told


@pytest.mark.parametrize("rule", RULES, ids=lambda each: each["id"])
def test_no_example_is_told_in_the_names_of_the_data(rule: dict[str, Any]) -> None:
    of_json = rule.get("judged_by") == "schema"
    for example in (*rule["examples"]["good"], *rule["examples"]["bad"]):
        told = line(example)
        assert " = " not in told
        assert of_json or not re.search(r"'|「/items|report_kind|no-column", told)
