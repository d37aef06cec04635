"""Yearly figures against what is said of them, and effects of measures that begin later."""

from __future__ import annotations

import pytest

from tests.facts.reports import item, rows

YEARS = "平成27年度：{}回\n平成28年度：{}回\n平成29年度：{}回"


def _claims(result: str, plan: str = "備えを進めます。") -> list[tuple[bool, bool | None]]:
    held = rows("series", item(goal=None, initiative=plan, result=result))
    return [(row["rises"], row["claimed_rise"]) for row in held]


@pytest.mark.parametrize(
    ("words", "numbers", "plan", "found"),
    [
        ("防災講座を増やしました。\n", (18, 15, 12), "", [(False, True)]),
        ("防災講座を増やしました。\n", (12, 15, 18), "", [(True, True)]),
        ("防災講座を増やしました。\n", (12, 18, 15), "", []),
        ("防災講座を増やしました。\n", (12, 12, 12), "", []),
        ("<防災講座>\n", (18, 15, 12), "防災講座の拡充を図ります。", [(False, True)]),
        ("<防災講座>\n", (18, 15, 12), "相談窓口の拡充を図ります。", [(False, None)]),
        ("<防災講座の受講率>\n", (18, 15, 12), "防災講座の回数を増やします。", [(False, None)]),
        ("防災講座は、周知の改善により着実に増加しています。\n", (18, 15, 12), "", [(False, True)]),
        ("がん検診の受診率は上昇しています。\n<がん検診の受診率>\n", (18, 15, 12), "", [(False, True)]),
        ("防災講座の回数は年々低下しています。\n", (12, 15, 18), "", [(True, False)]),
        ("防災講座の減少を防ぎました。\n", (12, 15, 18), "", [(True, None)]),
        ("防災講座は減少しましたが、防災講座の拡充に努めました。\n", (18, 15, 12), "", [(False, None)]),
    ],
)
def test_claim_about_a_series(
    words: str, numbers: tuple[int, ...], plan: str, found: list[tuple[bool, bool | None]]
) -> None:
    assert _claims(words + YEARS.format(*numbers), plan or "備えを進めます。") == found


def test_two_things_in_one_line_are_two_series() -> None:
    held = _claims("<公開データ>\nH28：27種類 57ファイル\nH29：29種類 59ファイル")
    assert [rises for rises, _ in held] == [True, True]


def test_amounts_are_a_series() -> None:
    years = "H27：1億8,640万円\nH28：1億7,920万円\nH29：9,310万円"
    assert _claims(f"見守りの寄附金は毎年度増加しています。\n{years}") == [(False, True)]
    assert _claims(f"見守りの寄附金は毎年度減少しています。\n{years}") == [(False, False)]


@pytest.mark.parametrize(
    ("result", "later"),
    [
        ("中学校における給食の提供により、栄養の状態が改善し、保護者の負担が軽減されました。", [True]),
        ("給食センターの整備により、配送の時間が短縮されました。", []),
        ("中学校における給食の提供により、今後、保護者の負担が軽減される見込みです。", []),
        (
            "平成29年10月から給食を開始しました。中学校の給食により、保護者の負担が軽減されました。",
            [],
        ),
    ],
)
def test_effect_of_what_the_plan_begins_later(result: str, later: list[bool]) -> None:
    plan = "平成30年4月から中学校全校で給食を開始するため、給食センターを整備します。"
    held = rows("effects", item(initiative=plan, result=result))
    assert [row["later"] for row in held if row["begins_field"] == "initiative"] == later


@pytest.mark.parametrize(
    ("words", "found"), [("除却の補助により", 1), ("除却の補助の要綱を定め、耐震の補助により", 0)]
)
def test_effect_in_the_sentence_of_the_beginning(words: str, found: int) -> None:
    result = f"平成30年度に開始する{words}、危険な住宅の解消が進みました。"
    assert len(rows("effects", item(result=result))) == found


@pytest.mark.parametrize(
    ("result", "later"),
    [
        (
            "平成30年度から実施する電子名簿の配備に向け、端末を買いました。電子名簿で受付の効率化を実現しました。",
            [True],
        ),
        ("平成30年4月より電子名簿が稼働します。電子名簿により、受付の時間を短縮しました。", [True]),
        (
            "平成29年6月から運用を開始する電子名簿を備えました。電子名簿で、受付の時間を短縮しました。",
            [False],
        ),
        (
            "平成30年度から実施する電子名簿の配備に向け、端末を買いました。今後、電子名簿で受付の効率化を図ります。",
            [],
        ),
        ("平成30年度から実施する電子名簿の配備に向け、入札により電子名簿の費用を削減しました。", []),
        ("平成30年度から実施する電子名簿を試行し、電子名簿で受付の効率化を実現しました。", []),
        (
            "平成30年度から実施する電子名簿の配備に向け、端末を買いました。道路の照明の費用を削減しました。",
            [],
        ),
    ],
)
def test_effect_of_a_measure_that_begins_later(result: str, later: list[bool]) -> None:
    assert [row["later"] for row in rows("effects", item(result=result))] == later
