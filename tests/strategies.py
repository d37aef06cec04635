"""Valid reports of an invented city, as hypothesis makes them: every kind of item, amounts, marks, dates."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from jisseki_check.model import Amount, Item, Report
from jisseki_check.notation.eras import era_year
from jisseki_check.notation.fiscal import fiscal_year_bounds, label
from jisseki_check.profiles import Group
from tests.edits import profile

LEGEND = "※ ◎：計画どおり達成　○：おおむね達成　△：一部を達成　×：達成できず"
_DEPARTMENTS = ("市民部", "環境部", "土木部", "福祉部", "教育総務部", "産業文化部")
_DIVISIONS = ("総務課", "窓口課", "道路課", "公園課", "文化財課", "保健課", "農政課", "統計課")
_THINGS = (
    "防災倉庫", "手話研修", "公民館だより", "移動図書館", "農業体験", "歩道の照明", "校庭の芝生", "朝市",
    "食生活講座", "水道の検針", "空き家の調査", "公文書の保存", "統計の公表", "窓口の案内", "健診の案内",
    "街路樹の手入れ", "遊具の点検", "日本語教室", "登下校の見守り", "観光案内板", "古民家の公開", "救命講習",
    "花壇づくり", "川の清掃", "郷土資料の目録", "子ども食堂", "自転車の駐輪場", "ごみ袋の配布", "市民農園",
    "星空観察会",
)  # fmt: skip
_PLACES = (
    "東公民館",
    "西公民館",
    "中央公園",
    "みずき駅前",
    "市役所の1階",
    "各地区の集会所",
    "北小学校の体育館",
)
_PEOPLE = ("地域の団体", "市内の高校生", "商店会", "農家の方々", "自治会の役員", "専門の業者")
_REASONS = (
    "一部の地区は次年度に行います。",
    "雨の日が続き、回数は予定に届きませんでした。",
    "希望者が見込みより少なく、課題が残りました。",
    "資材の納入が遅れたためです。",
)
_SAVINGS = ("入札により費用が安くなりました。", "国の補助金を充てたため、市の支出が減りました。")
# True of any year, and easily mistaken: for dates, amounts, labels, promises, unfinished work.
_ASIDES = (
    "前の年度より12.5％増えました。",
    "延べ1,234人が参加し、満足と答えた方は98％でした。",
    "第2回の審査会を経て、3団体を選びました。",
    "毎月15日に相談会を開きました。",
    "午前9時から午後5時まで受け付けました。",
    "国道1号の東側で工事を終えました。",
    "市制施行50周年を記念し、記念誌を作りました。",
    "1台当たり約2万5,000円の経費を減らしました。",
    "（仮称）みずき交流センターの基本設計をまとめました。",
    "予算の範囲内で助成を行いました。",
    "決算の状況を広報紙で公表しました。",
    "利用者は120人から150人に増えました。",
    "3月議会で条例を改正しました。",
    "4月から翌年3月まで、土曜日に開きました。",
    "計7回分の記録を公開しました。",
    "〇歳から5歳までの親子が集いました。",
    "目標として掲げた「安心して歩けるまち」を市民に伝えました。",
    "実績のある3社から提案を受けました。",
    "達成状況を審議会で報告しました。",
    "・東側の区間\n・西側の区間",
    "(1) 東側の区間\n(2) 西側の区間",
    "ア 申込みの受付\nイ 抽選\nウ 結果の通知",
    "詳しくは、「みずき市みどりの計画」第3章にまとめました。",
    "「川をきれいに」の◎印を付けた看板を立てました。",
    "利用の案内を改め、24条から成る規則にまとめました。",
    "参加費は1人500円、合計で市の歳入となりました。",
    "10年間の記録をまとめ、昭和63年の写真も載せました。",
)
_STAGE_WORDS = {"initial_budget": "当初予算", "settlement": "決算"}


@dataclass(frozen=True)
class Story:
    """What an item tells: plan, result, and whether the plan was met."""

    plan: str
    result: str
    met: bool = True


def era_date(day: dt.date) -> str:
    """平成29年11月8日."""
    era, year = era_year(day)[-1]
    return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def era_month(day: dt.date) -> str:
    """平成29年11月."""
    return era_date(day.replace(day=calendar.monthrange(day.year, day.month)[1])).rpartition("月")[0] + "月"


# --- what items tell ----------------------------------------------------------------------------


def _plain(draw: st.DrawFn, thing: str, year: int) -> Story:
    place, people = draw(st.sampled_from(_PLACES)), draw(st.sampled_from(_PEOPLE))
    days = draw(st.integers(2, 30))
    return Story(
        f"{place}で、{people}とともに{thing}に取り組みます。",
        f"{people}の力を借り、{days}日にわたって{place}で{thing}に取り組みました。",
    )


def _dated(draw: st.DrawFn, thing: str, year: int) -> Story:
    day = draw(st.dates(*fiscal_year_bounds(year)))
    weekday = draw(st.sampled_from(["", f"（{'月火水木金土日'[day.weekday()]}）"]))
    return Story(f"{thing}に取り組みます。", f"{era_date(day)}{weekday}に{thing}の発表会を開きました。")


def _on_the_day(draw: st.DrawFn, thing: str, year: int) -> Story:
    day = era_date(draw(st.dates(*fiscal_year_bounds(year))))
    return Story(f"{day}に{thing}の発表会を開催します。", f"{day}に{thing}の発表会を開催しました。")


def _by_deadline(draw: st.DrawFn, thing: str, year: int) -> Story:
    deadline = draw(st.dates(*fiscal_year_bounds(year)))
    first = fiscal_year_bounds(year)[0]
    done = draw(st.dates(first, deadline))
    return Story(
        f"{era_month(deadline)}までに、{thing}の改修工事を行います。",
        f"{era_month(done)}に、{thing}の改修工事を完了しました。",
    )


def _period(draw: st.DrawFn, thing: str, year: int) -> Story:
    low, high = sorted(draw(st.tuples(*[st.dates(*fiscal_year_bounds(year))] * 2)))
    return Story(
        f"{thing}に取り組みます。", f"{era_date(low)}から{era_date(high)}まで、{thing}の参加者を募りました。"
    )


def _counted(draw: st.DrawFn, thing: str, year: int) -> Story:
    target, actual = draw(st.integers(2, 300)), draw(st.integers(1, 300))
    return Story(
        f"{thing}の説明会を{target}回以上開きます。",
        f"{thing}の説明会を{actual}回開きました。",
        actual >= target,
    )


def _earned(draw: st.DrawFn, thing: str, year: int) -> Story:
    parts = draw(st.lists(st.integers(1, 90), min_size=1, max_size=3))
    lines = [
        f"{thing}の{name} ({part}万円)"
        for name, part in zip(("冊子の広告", "看板の広告", "封筒の広告"), parts, strict=False)
    ]
    return Story(f"{thing}に広告を載せ、年間約{sum(parts)}万円の財源を確保します。", "\n".join(lines))


def _added_up(draw: st.DrawFn, thing: str, year: int) -> Story:
    parts = draw(st.lists(st.integers(1, 900), min_size=2, max_size=3))
    lines = [f"{name} {part}千円" for name, part in zip(("用紙", "印刷", "郵送"), parts, strict=False)]
    return Story(
        f"{thing}に取り組みます。", "\n".join([f"{thing}に用いました。", *lines, f"合計 {sum(parts):,}千円"])
    )


_STORIES: tuple[Callable[[st.DrawFn, str, int], Story], ...] = (
    _plain, _dated, _on_the_day, _by_deadline, _period, _counted, _earned, _added_up,
)  # fmt: skip


# --- items --------------------------------------------------------------------------------------


def amount(stage: str, year: int, value: int | None, field: str, **changes: str | None) -> Amount:
    """An amount as the form prints it."""
    return Amount(
        stage=stage,
        label=changes.get("label") or f"{label(year)}{_STAGE_WORDS[stage]}",
        fiscal_year=year,
        value=value,
        unit=changes.get("unit", "千円"),
        note=changes.get("note"),
        field=field,
        text=changes.get("text") or "",
    )


@st.composite
def _pair(draw: st.DrawFn, year: int, plan_field: str) -> tuple[tuple[Amount, ...], str]:
    """A budget and its settlement, and the sentence that explains it where one must."""
    unit = draw(st.sampled_from(["千円", "千円", "円", "万円", "百万円"]))
    budget = draw(st.integers(10, 9_000))
    how = draw(st.sampled_from(["usual", "low", "over"]))
    note, words = None, ""
    if how == "usual":
        spent = draw(st.integers(-(-budget * 4 // 5), budget))
        words = "" if budget - spent < 10_000_000 // _YEN[unit] else _SAVINGS[0]
    elif how == "low":
        spent, words = draw(st.integers(max(1, budget // 50), budget // 2)), draw(st.sampled_from(_SAVINGS))
    else:
        spent, note = draw(st.integers(budget + 1, budget * 2)), "補正予算等の対応あり"
    pair = (
        amount("initial_budget", year, budget, plan_field, unit=unit),
        amount("settlement", year, spent, "result", unit=unit, note=note),
    )
    return pair, words


_YEN = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000}


@st.composite
def _item(
    draw: st.DrawFn, index: int, section: int, group: Group | None, thing: str, aside: str, year: int
) -> Item:
    kind = group.kind if group else profile().sections[section - 1].kind or ""
    story = draw(st.sampled_from(_STORIES))(draw, thing, year)
    mark = draw(st.sampled_from("◎◎◎○△×")) if story.met else draw(st.sampled_from("○△×"))
    if "回以上" in story.plan and story.met:
        mark = "◎"
    plan_field = {"priority": "initiative", "bullet": "initiative"}.get(kind, "goal")
    amounts, words = (
        draw(st.one_of(st.just(((), "")), _pair(year, plan_field))) if kind == "priority" else ((), "")
    )
    result = [story.result, aside, words, draw(st.sampled_from(_REASONS)) if mark != "◎" else ""]
    goal, initiative, title = _plan(kind, section, thing, story.plan)
    return Item(
        index=index,
        kind=kind,
        section=section,
        section_title=profile().sections[section - 1].title,
        group=group.title if group else None,
        title=title,
        goal=goal,
        initiative=initiative,
        result="\n".join(filter(None, result)),
        mark=mark,
        amounts=amounts,
    )


def _plan(kind: str, section: int, thing: str, plan: str) -> tuple[str | None, str | None, str]:
    """Goal, initiative and title of an item: each kind has its plan in another place."""
    if kind == "priority":
        return f"{thing}の充実を図ります。", plan, f"{thing}の充実"
    if kind == "bullet":
        return (None, plan, f"{thing}の紹介") if section == 5 else (None, None, plan)
    return plan, None, f"{thing}の見直し"


# --- reports ------------------------------------------------------------------------------------


@st.composite
def reports(draw: st.DrawFn, least: int = 1) -> Report:
    """A valid report: no 誤り and no 確認, as text, JSON or YAML. `least` items in each part of the form."""
    year = draw(st.integers(2013, 2023))
    # Each once: two items with the same passage and different marks would be a fault.
    things = iter(draw(st.permutations(_THINGS)))
    asides = iter(draw(st.permutations((*_ASIDES, *[""] * 10))))
    items: list[Item] = []
    for section in profile().sections:
        for group in section.groups or (None,):
            for _ in range(draw(st.integers(least, 3))):
                item = _item(len(items) + 1, section.number, group, next(things), next(asides), year)
                items.append(draw(item))
    department = draw(st.sampled_from(_DEPARTMENTS))
    return Report(
        municipality=profile().municipality,
        department=department,
        divisions=tuple(draw(st.lists(st.sampled_from(_DIVISIONS), min_size=1, unique=True))),
        title=f"{label(year)}{department}の取り組み実績",
        kind="results",
        fiscal_year=year,
        fiscal_year_label=label(year),
        legend=LEGEND,
        items=_numbered(draw, items),
    )


def _numbered(draw: st.DrawFn, items: list[Item]) -> tuple[Item, ...]:
    """(1) to (n), and numbers of a plan with gaps between them."""
    plan_numbers = sorted(
        draw(st.lists(st.integers(1, 60), min_size=len(items), max_size=len(items), unique=True))
    )
    numbered = []
    for place, item in enumerate(items):
        if item.kind == "priority":
            item = replace(item, number=str(item.index))
        elif item.kind == "reform":
            branch = draw(st.sampled_from(["", "-1", "-2"]))
            item = replace(item, number=f"{plan_numbers[place]}{branch}")
        numbered.append(item)
    return tuple(numbered)
