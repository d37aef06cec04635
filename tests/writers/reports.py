"""Reports with all that a report can hold, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from jisseki_check.model import Amount, Indicator, Item, Report
from jisseki_check.notation.fiscal import label
from tests.strategies import LEGEND, reports

_NAMES = ("訓練の参加者数", "窓口の待ち時間（平均）", "1人当たりの紙の枚数", "満足と答えた方の割合")
_HEADINGS = ("備考", "担当者の意見", "課題と今後の方向", "財源", "年度途中の見直し")
_WORDS = (
    "特になし。",
    "=SUM(A1:A9)",
    "-",
    "＋１",
    "@課長",
    "'=1",
    "来年度も続けます。\n対象を広げます。",
    "2-1",
    "007",
)
_LABELS = {
    "initial_budget": "当初予算",
    "supplementary_budget": "補正予算",
    "carried_in": "前年度繰越",
    "revised_budget": "予算現額",
    "settlement": "決算",
}
_ODD = ("－", "未定", "3.918千円", "12.5百万円")
_NOTES = (None, None, "補正予算等の対応あり", "流用による", "うち国庫補助 200千円")


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    """With at least one of its three figures or words."""
    figure = st.one_of(st.integers(-(10**6), 10**12).map(float), st.sampled_from([0.1, 12.5, 99.99, 1e15]))
    unit = draw(st.sampled_from([None, "人", "％", "回/年"]))
    target, actual = (draw(st.one_of(st.none(), figure)) for _ in range(2))
    if all(each is None for each in (unit, target, actual)):
        actual = 0.0
    return Indicator(draw(st.sampled_from(_NAMES)), unit, target, actual)


@st.composite
def amounts(draw: st.DrawFn, year: int) -> Amount:
    """An amount of any stage, in any field and unit, of this year or another."""
    stage = draw(st.sampled_from(list(_LABELS)))
    of = draw(st.sampled_from([year, year, year, year - 1, None]))
    text = draw(st.sampled_from(["", "", "", *_ODD]))
    value = None if text else draw(st.one_of(st.integers(0, 99_999), st.integers(-(10**9), 10**9)))
    return Amount(
        stage=stage,
        label=(label(of) if of is not None else "") + _LABELS[stage],
        fiscal_year=of,
        value=value,
        unit=draw(st.sampled_from(["千円", "千円", "千円", "円", "百万円"])),
        note=draw(st.sampled_from(_NOTES)) if value is not None else None,
        field="",
        text=text,
    )


@st.composite
def _rich(draw: st.DrawFn, item: Item, year: int) -> Item:
    fields = [name for name in ("goal", "initiative", "result") if getattr(item, name)]
    money = draw(st.lists(amounts(year), max_size=3))
    placed = [replace(amount, field=draw(st.sampled_from(fields))) for amount in money]
    extra = draw(st.lists(st.tuples(st.sampled_from(_HEADINGS), st.sampled_from(_WORDS)), max_size=2))
    return replace(
        item,
        division=draw(st.sampled_from([None, None, "総務課", "総務課・統計課"])),
        mark=draw(st.sampled_from([item.mark, item.mark, "◎\n○", "〇", "", None, "－", "A"])),
        amounts=item.amounts + tuple(placed),
        indicators=tuple(draw(st.lists(indicators(), max_size=2))),
        extra=tuple(dict(extra).items()),
    )


@st.composite
def rich_reports(draw: st.DrawFn) -> Report:
    """A report in which anything may stand that its schema allows and a form can tell."""
    report = draw(reports())
    year = report.fiscal_year or 0
    items = tuple(draw(_rich(item, year)) if draw(st.booleans()) else item for item in report.items)
    divisions = draw(st.sampled_from([report.divisions, None]))
    legend = draw(st.sampled_from([LEGEND, None, "※ ◎：達成　○：ほぼ達成\n△：一部　×：未達成"]))
    town = draw(st.sampled_from([report.municipality, "みずき市"]))
    return replace(report, items=items, divisions=divisions, legend=legend, municipality=town)
