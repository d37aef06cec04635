"""Numbers of a plan that are to be reached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.goals import Goal, find_goals
from jisseki_check.notation.counts import find_counts
from jisseki_check.notation.money import find_amounts


def _goals(text: str, year: int | None = 2017) -> list[Goal]:
    return find_goals(text, find_counts(text), find_amounts(text), year)


@pytest.mark.parametrize(
    ("text", "manner", "value", "unit"),
    [
        ("訓練の参加者数300人を目指します。", "least", 300, "人"),
        ("訓練に300名の参加を目指します。", "least", 300, "人"),
        ("講座の受講者を500人とします。", "least", 500, "人"),
        ("収納率98.5％以上を維持します。", "least", 98.5, "%"),
        ("耐震化率を95％まで高めます。", "least", 95, "%"),
        ("2割以上の回答を得ます。", "least", 20, "%"),
        ("5人の確保に努めます。", "least", 5, "人"),
        ("25人の就職につなげます。", "least", 25, "人"),
        ("来館者数が12万人を上回ることを目標とします。", "least", 120_000, "人"),
        ("参加者を増やします（目標値 1,200人）。", "least", 1200, "人"),
        ("協力店：60店以上", "least", 60, "店"),
        ("登録団体数：60団体", "least", 60, "団体"),
        ("講座を年12回開催します。", "least", 12, "回"),
        ("歩道を1.5km整備します。", "least", 1500, "メートル"),
        ("寄附額1億円を目指します。", "least", 100_000_000, "円"),
        ("不用品の売却により200万円の収入を確保します。", "least", 2_000_000, "円"),
        ("週2日以上開設します。", "least", 2, "日"),
        ("回答までの日数を10日以内とします。", "most", 10, "日"),
        ("問合せに3日以内に回答します。", "most", 3, "日"),
        ("到着時間8分以内を維持します。", "most", 8, "分"),
        ("市民の声に10日以内に答えます。", "most", 10, "日"),
        ("許可の証書を1か月以内に届けます。", "most", 30, "日"),
        ("重大事故を0件とします。", "most", 0, "件"),
        ("待機児童の人数を3人にします。", "most", 3, "人"),
        ("苦情0件を目指します。", "most", 0, "件"),
        ("待機児童を30人以下に抑えます。", "most", 30, "人"),
        ("事故の件数を50件未満にします。", "most", 50, "件"),
        ("滞納額を5億5千万円以下に圧縮します。", "most", 550_000_000, "円"),
        ("負担比率を60％を下回る水準とします。", "most", 60, "%"),
        ("申請書を12種類に統合します。", "most", 12, "種類"),
        ("紙の使用量を前年度の90％以下にします。", "most", 90, "%"),
        ("苦情の件数を10％減らします。", "cut", 10, "%"),
        ("排出量を500トン削減します。", "cut", 500_000_000, "グラム"),
        ("利用者数を前年度比5％増とします。", "raise", 5, "%"),
        ("利用率を3ポイント向上させます。", "raise", 3, "ポイント"),
    ],
)
def test_goal(text: str, manner: str, value: float, unit: str) -> None:
    (goal,) = _goals(text)
    assert (goal.manner, goal.value, goal.unit) == (manner, value, unit)
    assert "".join(text[goal.start : goal.end].split()) == goal.text


@pytest.mark.parametrize(
    "text",
    [
        "従業員50人以上の事業所に働きかけます。",
        "40人以下の学級を進めます。",
        "6人以上の団体に会議室を貸し出します。",
        "5km以上離れた地区の児童に通学費を補助します。",
        "1件当たり10万円以内で改修費を補助します。",
        "補助額を1件10万円以内とします。",
        "図書を1人10冊以内で貸し出します。",
        "会議室の利用を1回4時間以内とします。",
        "審議会の委員を15人以内とします。",
        "転入の届は14日以内に届け出てください。",
        "事故を防ぐ看板を5か所とします。",
        "いじめの相談員を4人とします。",
        "1口5,000円の寄附を募ります。",
        "受講料を500円とします。",
        "事業費3,000万円で公園を整備します。",
        "人口5万人の市として、相談を進めます。",
        "前年度の実績250件を踏まえて進めます。",
        "昨年度は250件の相談がありました。",
        "漏水率を5％とします。",
        "職員数を2,500人とします。",
        "待機児童48人の解消を目指します。",
        "14校のうち、南部の学校から進めます。",
        "3人1組で家庭を訪問します。",
        "50メートルのプールを改修します。",
        "残る8校に空調を設けます。",
        "150人が暮らす集落で見守りを行います。",
        "500人が避難できる備えを進めます。",
        "1,000人を超える来場者の安全を確保します。",
        "1時間以上の勤務ごとに休憩を設けます。",
        "",
    ],
)
def test_no_goal(text: str) -> None:
    assert _goals(text) == []


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("講座を年12回開催します。", set()),
        ("講座を年間12回開催します。", set()),
        ("講座を月1回開催します。", {"月"}),
        ("見回りを毎週3回行います。", {"週"}),
        ("バスを1日10便運行します。", {"日"}),
        ("研修を各課で2回以上行います。", {"各課"}),
        ("1回当たり120人以上の参加を得ます。", {"1回当たり"}),
        ("支援員を3年間で60人以上育てます。", {"3年間"}),
        ("平成29年度は60人以上を育てます。", set()),
        ("平成32年度までに60人以上を育てます。", {"2020年度"}),
        ("平成30年3月までに60人以上を育てます。", set()),
        ("平成30年9月までに60人以上を育てます。", {"2018年度"}),
    ],
)
def test_scope(text: str, scope: set[str]) -> None:
    (goal,) = _goals(text)
    assert goal.scope == scope


def test_what_only_is_planned_is_told_apart() -> None:
    goals = _goals("講座を12回開き、300人以上の参加を目指します。")
    assert [(goal.value, goal.is_done) for goal in goals] == [(12, True), (300, False)]


def test_list_of_lines_is_read_line_by_line() -> None:
    goals = _goals("・乳幼児健診の受診率 98％以上\n・相談の件数\n・電子申請の利用件数 1,000件以上")
    assert [(goal.text, goal.frame) for goal in goals] == [
        ("98％以上", "・乳幼児健診の受診率#"),
        ("1,000件以上", "電子申請の利用件数#"),
    ]


@given(st.text(alphabet="0123９,.、。 \n約第人回件％円万日時間以上内下をのにと目標指す削減年") | st.text())
def test_any_text_is_read(text: str) -> None:
    for goal in _goals(text):
        assert goal.start is not None
        assert goal.end is not None
        assert "".join(text[goal.start : goal.end].split()) == goal.text


def test_long_texts_take_linear_time() -> None:
    for piece in ("3回", "3回を", "平成29年度3回", "目標", "、", "3日以内に", "1円", "年"):
        _goals(piece * 20_000 + "3回開催します")
