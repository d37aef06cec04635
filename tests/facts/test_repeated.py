"""One number or date in two places: only where the words around name one thing."""

from __future__ import annotations

import pytest

from tests.facts.reports import item, rows


def _met(here: str, there: str) -> list[tuple[str, str, bool]]:
    held = rows("repeats", item(result=here), item(index=2, result=there))
    return [(row["text"], row["other_text"], row["same"]) for row in held]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "みずき市防災対策審議会を設置し、備えの調査を8回行いました。",
            "みずき市防災対策審議会を設置し、備えの調査を6回行いました。",
        ),
        (
            "防災用品備蓄検討委員会は4回開催しました。",
            "防災用品備蓄検討委員会を3回開き、備えるものを決めました。",
        ),
        (
            "平成29年11月5日に中央公園で総合防災訓練を実施しました。",
            "平成29年11月12日に中央公園で総合防災訓練を実施しました。",
        ),
    ],
)
def test_other_value_of_the_same_thing(first: str, second: str) -> None:
    ((_, _, same),) = _met(first, second)
    assert same is False
    assert all(equal for _, _, equal in _met(first, first))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("研修を3回実施しました。", "研修を2回実施しました。"),
        (
            "東公民館で、健康づくりの講座を3回開催しました。",
            "西公民館で、健康づくりの講座を2回開催しました。",
        ),
        (
            "平成28年度は、市の防災に関する出前講座を12回行いました。",
            "平成29年度は、市の防災に関する出前講座を15回行いました。",
        ),
        (
            "東小学校の体育館の改修工事を行い、平成29年8月に完成しました。",
            "西小学校の体育館の改修工事を行い、平成29年9月に完成しました。",
        ),
        ("平成29年8月1日から運用を開始しました。", "平成29年9月1日から運用を開始しました。"),
        (
            "基本方針（平成29年4月1日決定）に基づき、見直しを行いました。",
            "基本方針（平成29年6月1日決定）に基づき、見直しを行いました。",
        ),
        (
            "防災用品備蓄検討委員会を約4回開催しました。",
            "防災用品備蓄検討委員会を5回開催しました。",
        ),
    ],
)
def test_other_things_are_left_alone(first: str, second: str) -> None:
    assert [met for met in _met(first, second) if not met[2]] == []
