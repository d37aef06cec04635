"""Numbers and dates of things with names: found where the thing is surely the same, else left alone."""

from __future__ import annotations

import pytest

from tests.facts.reports import item, rows

FAIR = "「みずき防災フェア」を開催します。"
COUNCIL = "「みずき市防災対策連絡協議会」を開催します。"
TALKS = "市内5地域で意見交換会を開催します。"
SHOTS = "予防接種の記録を改めます。"


def _differing(here: tuple[str, str], there: tuple[str, str]) -> list[tuple[str, str]]:
    items = [
        item(index=place, initiative=plan, result=result)
        for place, (plan, result) in enumerate((here, there), start=1)
    ]
    return [(row["text"], row["other_text"]) for row in rows("repeats", *items) if not row["same"]]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (
            (FAIR, "みずき防災フェアは、平成29年10月15日に中央公園で開き、市民が訪れました。"),
            (SHOTS, "平成29年10月22日の「みずき防災フェア」で、案内を配りました。"),
        ),
        (
            (SHOTS, "平成29年10月22日に開催した「みずき防災フェア」で、案内を配りました。"),
            (FAIR, "平成29年10月15日に行ったみずき防災フェアには、市民が訪れました。"),
        ),
        (
            (COUNCIL, "消防などの代表者からなる協議会を2回開催しました。"),
            (SHOTS, "また、「みずき市防災対策連絡協議会」を4回開催し、連携しました。"),
        ),
        (
            (SHOTS, "職員が加わり、「みずき市防災対策連絡協議会」は年4回開きました。"),
            (COUNCIL, "「みずき市防災対策連絡協議会」を3回にわたり開催しました。"),
        ),
        (
            (TALKS, "意見交換の場には、5地域の計5回で延べ164名に足を運んでいただきました。"),
            (SHOTS, "市内5地域の意見交換会に延べ146名が参加したことを紹介しています。"),
        ),
        (
            (FAIR, "「みずき防災フェア」には1,200名が来場されました。"),
            (SHOTS, "みずき防災フェアに1,020人の参加がありました。"),
        ),
    ],
)
def test_other_value_of_a_named_thing(here: tuple[str, str], there: tuple[str, str]) -> None:
    assert len(_differing(here, there)) == 1


@pytest.mark.parametrize(
    ("here", "there"),
    [
        # A fair of two days, a rehearsal, the day on which something else of it was done.
        (
            (FAIR, "みずき防災フェアは、平成29年10月15日に中央公園で開き、市民が訪れました。"),
            (SHOTS, "平成29年10月15日及び22日の「みずき防災フェア」で、案内を配りました。"),
        ),
        (
            (FAIR, "みずき防災フェアは、平成29年10月15日に中央公園で開き、市民が訪れました。"),
            (SHOTS, "みずき防災フェアは、平成29年9月1日に市のホームページで知らせました。"),
        ),
        (
            (FAIR, "みずき防災フェアは、平成29年10月15日に中央公園で開き、市民が訪れました。"),
            (SHOTS, "平成29年9月15日の「みずき防災フェア」の説明会で、案内を配りました。"),
        ),
        # Held many times.
        (
            ("「備えの教室」を開催します。", "備えの教室は、平成29年10月15日に東公民館で開きました。"),
            (SHOTS, "平成29年10月22日の「備えの教室」で、案内を配りました。"),
        ),
        # Another year, a part, a plan, another council.
        (
            (COUNCIL, "「みずき市防災対策連絡協議会」を2回開催しました。"),
            (SHOTS, "前年度は「みずき市防災対策連絡協議会」を4回開催しました。"),
        ),
        (
            (COUNCIL, "「みずき市防災対策連絡協議会」を4回開催しました。"),
            (SHOTS, "10月までに「みずき市防災対策連絡協議会」を2回開催しました。"),
        ),
        (
            (COUNCIL, "「みずき市防災対策連絡協議会」を4回開催しました。"),
            (SHOTS, "地区の代表者からなる協議会を2回開催しました。"),
        ),
        (
            (COUNCIL + "学校の協議会も開きます。", "学校の協議会を2回開催しました。"),
            (SHOTS, "「みずき市防災対策連絡協議会」を4回開催しました。"),
        ),
        # Some of those who came, other places.
        (
            (FAIR, "「みずき防災フェア」には1,200名が来場されました。"),
            (SHOTS, "「みずき防災フェア」には延べ1,500名が来場されました。"),
        ),
        (
            (FAIR, "「みずき防災フェア」には1,200名が来場されました。"),
            (SHOTS, "「みずき防災フェア」に、うち子ども300名が参加しました。"),
        ),
        (
            (TALKS, "意見交換会に延べ164名が参加しました。"),
            ("4地区で意見交換会を開催します。", "意見交換会に延べ146名が参加しました。"),
        ),
    ],
)
def test_what_may_differ_is_left_alone(here: tuple[str, str], there: tuple[str, str]) -> None:
    assert _differing(here, there) == []
    assert _differing(there, here) == []


def test_a_range_is_wrong_once() -> None:
    told = "{}から{}まで、防災備蓄倉庫の見学の参加者を募りました。"
    here = told.format("平成29年5月4日", "平成29年10月18日")
    there = told.format("平成29年6月4日", "平成29年11月18日")
    assert len(_differing((SHOTS, here), (FAIR, there))) == 1


@pytest.mark.parametrize(("one", "other"), [("食生活講座", "子ども食堂"), ("朝市", "夜市")])
def test_two_events_told_in_one_wording(one: str, other: str) -> None:
    told = (
        "平成29年{}月28日まで、{}の参加者を募りました。\n"
        "希望者が見込みより少なく、運営の方法に課題が残りました。"
    )
    assert _differing((SHOTS, told.format(10, one)), (FAIR, told.format(11, other))) == []
    assert len(_differing((SHOTS, told.format(10, one)), (FAIR, told.format(11, one)))) == 1
