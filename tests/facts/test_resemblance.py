"""What two results have in common, whatever dates, numbers and words differ between."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.resemblance import chains, densest, sharings, skeleton
from jisseki_check.notation.counts import find_counts
from jisseki_check.notation.dates import find_dates
from tests.facts.reports import item, rows

TOLD = "市内の12の地区で説明会を開き、自治会の役員や民生委員とともに、避難の手順と連絡の方法を確かめました。"


def _passages(*results: str, marks: str = "") -> list[dict[str, Any]]:
    marks = marks or "◎" * len(results)
    held = [item(index=at + 1, result=text, mark=marks[at]) for at, text in enumerate(results)]
    return rows("passages", *held)


@pytest.mark.parametrize(
    "other",
    [
        f"前の文です。{TOLD}",
        TOLD.replace("、", ""),
        TOLD.replace("12の", "8の"),
        TOLD.replace("開き", "実施し"),
        TOLD.replace("説明会", "「説明会」"),
        "全く別の書き出しの文が長く続いた後に、" + TOLD[12:],
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモ",
    ],
)
def test_passage_is_found_whatever_was_changed_in_it(other: str) -> None:
    text = TOLD if "アイウ" not in other else f"{other}。"
    (row,) = _passages(text, other)
    assert row["shared"] >= 30


def test_length_is_unbroken_and_shared_is_the_sum() -> None:
    (row,) = _passages(TOLD, TOLD.replace("民生委員", "消防団"))
    assert row["length"] < row["shared"] < len(TOLD)
    assert row["text"].startswith("市内の12の地区")


def test_each_repeat_is_found_and_each_mark_is_met() -> None:
    held = _passages(*[TOLD] * 50, marks="◎" * 48 + "○◎")
    assert {row["item"] for row in held} == set(range(2, 51))
    assert {(row["item"], row["other_item"]) for row in held if row["mark"] != row["other_mark"]} == {
        (49, 1),
        (50, 49),
    }


def test_words_of_every_report_are_no_passage() -> None:
    assert _passages("窓口を開き、利便性の向上を図りました。", "案内を作り、利便性の向上を図りました。") == []


@given(st.lists(st.text(alphabet="災害への備え。、12回ABC", max_size=80), min_size=2, max_size=4))
def test_blocks_are_equal_and_in_order(texts: list[str]) -> None:
    held = [skeleton(text, find_dates(text), find_counts(text)) for text in texts]
    for sharing in sharings(held, [None] * len(held)):
        here, there = held[sharing.at], held[sharing.other]
        for chain in sharing.chains:
            at = other_at = 0
            for block in chain:
                assert at <= block.at
                assert other_at <= block.other_at
                assert block.length > 0
                assert here.text[block.at : block.end] == there.text[block.other_at : block.other_end]
                at, other_at = block.end, block.other_end
            assert set(densest(chain)) <= set(chain)
            start, end = here.span(chain[0].at, chain[-1].end)
            assert 0 <= start < end <= len(texts[sharing.at])


def test_chain_crosses_a_changed_word() -> None:
    here, there = (skeleton(text, [], []) for text in (TOLD, TOLD.replace("自治会", "町内会")))
    ((first, second, *_),) = chains(here, there, [(0, 0)])
    assert first.end < second.at
