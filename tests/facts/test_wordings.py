"""How texts are worded, as the table `wordings` tells it: each list's entries, and what is not meant."""

from __future__ import annotations

from typing import Any

import pytest

from jisseki_check import wordlists
from jisseki_check.facts.spots import read_spots
from jisseki_check.facts.wordings import wording_rows
from jisseki_check.model import Item, Spot
from jisseki_check.notation.morphemes import LONGEST
from tests.facts.reports import item, report, view

Rows = list[dict[str, Any]]


def rows(*items: Item, kind: str | None = None) -> Rows:
    found = list(wording_rows(view(report(*items))))
    return [row for row in found if row["kind"] == kind or (kind is None and row["kind"] != "none")]


def told(text: str, kind: str | None = None) -> Rows:
    return rows(item(result=text), kind=kind)


def pairs(found: Rows) -> list[tuple[str, str | None]]:
    return [(row["text"], row["usual"]) for row in found]


# --- lists --------------------------------------------------------------------------------------


def test_a_report_without_findings_was_looked_at() -> None:
    (row,) = wording_rows(view(report(item())))
    assert (row["kind"], row["analysed"]) == ("none", True)


def test_a_field_that_is_too_long_is_not_passed_over() -> None:
    found = list(wording_rows(view(report(item(goal="市" * (LONGEST + 1))))))
    assert [(row.get("item"), row["field"], row.get("analysed")) for row in found] == [
        (None, "title", True),
        (1, "goal", None),
    ]


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("備蓄品を点検する取組みを続けました。", "取り組み"),
        ("点検および訓練を行いました。", "及び"),
        ("点検すると共に、訓練を行いました。", "とともに"),
        ("倉庫を3ヶ所に設けました。", "か所"),
        ("訓練を5回に渡って行いました。", "わたって"),
        ("訓練に参加して頂きました。", "いただく"),
    ],
)
def test_house_spelling(text: str, usual: str) -> None:
    assert [row["usual"] for row in told(text, "house")] == [usual]


@pytest.mark.parametrize(
    "text",
    [
        "備蓄品の点検に取り組んだ地区です。",
        "備蓄品の点検に取組んだ地区です。",
        "地域の方が共に働く訓練です。",
        "および腰にならずに続けました。",
        "防災取組計画を改めました。",
        "「わがまちの取組」を配りました。",
        "『取組および成果』を配りました。",
        "行為の基準を為政者に示しました。",
    ],
)
def test_house_spelling_leaves_verbs_names_and_quotations(text: str) -> None:
    assert told(text, "house") == []


def test_one_finding_for_a_term_with_all_its_places() -> None:
    held = [
        item(goal="見守りの取組を広げます。"),
        item(index=2, number="2", title="見守りの取組み", result="取組を広げました。"),
    ]
    (row,) = rows(*held, kind="house")
    assert (row["item"], row["field"], row["start"], row["end"]) == (1, "goal", 4, 6)
    assert row["count"] == 3
    assert row["text"] == "取組」「取組み"
    assert read_spots(row["places"]) == [Spot(2, "title", 4, 7), Spot(2, "result", 0, 2)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("約100人程度が参加しました。", "約100人程度"),
        ("スマホで見られます。", "スマホ"),
        ("被害を被りました。", "被害を被り"),
        ("第3回目の訓練です。", "第3回目"),
        ("待ち時間がだいぶ短くなりました。", "だいぶ"),
        ("毛布とか食料を備えました。", "とか"),
        ("点検を続けてます。", "てます"),
        ("棚を空けました。なので、毛布を足しました。", "。なので、"),
    ],
)
def test_informal_words(text: str, written: str) -> None:
    assert [row["text"] for row in told(text, "informal")] == [written]


@pytest.mark.parametrize(
    "text",
    [
        "市民にとっても有益で、精いっぱい続けました。",
        "花を育てます。門を建てました。何とか終えました。",
        "休日なので、職員を増やしました。割合を5割とする案です。",
    ],
)
def test_words_that_only_sound_informal(text: str) -> None:
    assert told(text, "informal") == []


@pytest.mark.parametrize(
    "text",
    [
        "充実を計画的に進め、連携を計画しました。",
        "審議会に図面を示し、会議に図書館の職員を招きました。",
        "委員会に計10人が、審議会に計3人が出ました。",
        "会議に望月さんを招きました。",
    ],
)
def test_the_rest_of_a_word_is_its_inflection(text: str) -> None:
    assert told(text, "confused") == []


def test_overlapping_spellings_are_one_place() -> None:
    (row,) = told("指導の対照となる方に知らせました。", "confused")
    assert (row["text"], row["count"]) == ("指導の対照", 1)


@pytest.mark.parametrize(
    "text", ["約100人が参加し、5回程度の訓練を行いました。", "約束の時間を守り、ある程度進みました。"]
)
def test_a_gap_does_not_reach_over_a_comma(text: str) -> None:
    assert told(text, "informal") == []


def test_what_one_list_says_the_others_do_not_repeat() -> None:
    (row,) = told("部長が委員長を努めました。")
    assert (row["kind"], row["usual"]) == ("confused", "務め")


# --- kanji --------------------------------------------------------------------------------------


def test_kanji_outside_the_table_with_its_kana() -> None:
    (row,) = told("調査を改善に繋げ、次の計画に繋がりました。", "kanji")
    assert (row["text"], row["usual"], row["count"]) == ("繋げ」「繋がり", "つなげ", 2)


@pytest.mark.parametrize(
    "text",
    ["叱る、填補する、剥がす、頬を塡剝頰𠮟。", "茨城県と葛飾区を訪ねました。", "冊子「絆」を配りました。"],
)
def test_common_kanji_names_and_quotations_are_right(text: str) -> None:
    assert told(text, "kanji") == []


def test_the_table_is_the_official_one() -> None:
    joyo = wordlists.load().joyo
    assert len(joyo) == 2136 + len("叱填剥頬")
    assert set("𠮟塡剝頰亜腕") <= joyo
    assert not set("繋絆嘘") & joyo
