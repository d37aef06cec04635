"""One fault for each rule, planted into a valid report: code → what is planted, and what must be found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Amount, Item, Report
from jisseki_check.notation.fiscal import label
from jisseki_check.writers.text import to_text
from tests.edits import Key, profile
from tests.strategies import amount, era_date, era_month

PLAIN = {
    "goal": "災害への備えの充実を図ります。",
    "initiative": "北小学校に備蓄倉庫を設置します。",
    "result": "北小学校に備蓄倉庫を設置しました。",
    "mark": "◎",
    "amounts": (),
}


@dataclass(frozen=True)
class Planted:
    """The files that hold the fault, and the findings that each of them must give beside the report's own."""

    files: tuple[tuple[str, bytes], ...]
    expected: frozenset[Key]


Planter = Callable[[Report, int], Planted]
"""A valid report, and the index of one of its 重点施策 whose fields are PLAIN."""

PLANTERS: dict[str, Planter] = {}


def with_item(report: Report, index: int, **changes: object) -> Report:
    """The report with one item changed."""
    items = [replace(item, **changes) if item.index == index else item for item in report.items]  # type: ignore[arg-type]
    return replace(report, items=tuple(items))


def text_of(report: Report) -> str:
    return to_text(report, profile())


def as_files(report: Report) -> tuple[tuple[str, bytes], ...]:
    """The report as text and as JSON."""
    data = json.dumps(to_json(report), ensure_ascii=False, indent=1)
    return ("txt", text_of(report).encode()), ("json", data.encode())


def one(rule: str, item: int | None, field: str | None) -> frozenset[Key]:
    return frozenset({(rule, item, field)})


def of_kind(report: Report, kind: str, section: int | None = None) -> list[Item]:
    return [item for item in report.items if item.kind == kind and section in (None, item.section)]


# --- faults of one item -------------------------------------------------------------------------

Changes = dict[str, object]


def _item(rule: str, field: str, change: Callable[[int], Changes] | Changes) -> None:
    """Plant by changing the plain item; `change` is told the report's fiscal year."""

    def plant(report: Report, index: int) -> Planted:
        changes = change(report.fiscal_year or 0) if callable(change) else change
        return Planted(as_files(with_item(report, index, **changes)), one(rule, index, field))

    PLANTERS[rule] = plant


def _amounts(
    rule: str, field: str, make: Callable[[int], tuple[Amount, ...]], result: str | None = None
) -> None:
    told = {} if result is None else {"result": result}
    _item(rule, field, lambda year: {"amounts": make(year), **told})


def budget(year: int, value: int | None = 490, **changes: str | None) -> Amount:
    return amount("initial_budget", year, value, "initiative", **changes)


def settlement(year: int, value: int | None = 462, **changes: str | None) -> Amount:
    return amount("settlement", year, value, "result", **changes)


def _year(year: int) -> str:
    """The era and its year on the 1 December of a fiscal year: 平成29年."""
    return era_date(date(year, 12, 1)).removesuffix("12月1日")


_item("STR102", "goal", {"goal": None})
_item("STR103", "result", {"result": ""})
_item("MRK101", "mark", {"mark": ""})
_item("MRK102", "mark", {"mark": "☆"})
_item("MRK103", "mark", {"mark": "〇"})
_item("MRK104", "mark", {"mark": "◎○"})
_item("MRK106", "result", {"result": "備蓄倉庫の設置について検討を行いました。"})
_item("MRK110", "mark", {"mark": "○"})
_item(
    "MRK109",
    "result",
    {
        "goal": "防災訓練を4回以上実施します。",
        "initiative": "備えを確かめます。",
        "result": "防災訓練を3回実施しました。",
    },
)

_amounts("FIN101", "settlement", lambda y: (budget(y), settlement(y, 4_620)))
_amounts("FIN102", "settlement", lambda y: (budget(y), settlement(y, 512, note="補正予算等の対応あり")))
_amounts("FIN103", "initial_budget", lambda y: (budget(y),))
_amounts("FIN104", "settlement", lambda y: (settlement(y),))
_amounts("FIN105", "settlement", lambda y: (budget(y, 8_500), settlement(y, 3_740)))
_amounts("FIN106", "settlement", lambda y: (budget(y, 2_800), settlement(y, 2_220)))
_amounts("FIN107", "settlement", lambda y: (budget(y), settlement(y, 0)))
_amounts("FIN108", "settlement", lambda y: (budget(y), settlement(y, unit="円")))
_amounts("FIN109", "settlement", lambda y: (budget(y), settlement(y, 462_000)))
_amounts("FIN110", "settlement", lambda y: (budget(y), settlement(y, unit=None)))
_amounts("FIN111", "settlement", lambda y: (budget(y), settlement(y, None, text="4,62千円")))
_amounts("FIN112", "initial_budget", lambda y: (replace(budget(y - 1)), settlement(y)))
_amounts(
    "FIN113",
    "settlement",
    lambda y: (replace(settlement(y), field="initiative"), replace(budget(y), field="result")),
)
_amounts(
    "FIN114",
    "revised_budget",
    lambda y: (
        replace(budget(y, label=f"{label(y)}補正後予算"), stage="revised_budget"),
        settlement(y),
    ),
)
_amounts(
    "FIN117",
    "revised_budget",
    lambda y: (
        budget(y),
        replace(budget(y, 110, label=f"{label(y)}補正予算"), stage="supplementary_budget"),
        replace(budget(y, 700, label=f"{label(y)}予算現額"), stage="revised_budget"),
        settlement(y, 690),
    ),
)
_amounts(
    "FIN118",
    "result",
    lambda y: (budget(y), settlement(y)),
    "北小学校に備蓄倉庫を設置しました。執行率は84.3％でした。",
)
_amounts("FIN119", "settlement", lambda y: (budget(y, 8_200), settlement(y, 8_200)))
_amounts("FIN121", "settlement", lambda y: (budget(y, 182_000), settlement(y, 169_400)))
_amounts("FIN122", "settlement", lambda y: (budget(y), settlement(y, -462, text="△462千円")))

_item("FIN115", "result", {"result": "備蓄品を購入しました。\n毛布 12万円\n飲料水 30万円\n合計 52万円"})
_item("PLH101", "result", {"result": "○○小学校に備蓄倉庫を設置しました。"})
_item("PLH102", "result", {"result": "備蓄倉庫を設置しました。（要修正）"})
_item("PII101", "result", {"result": "備蓄倉庫を設置しました。連絡は090-0000-1234へお願いしました。"})
_item("PUB102", "result", {"result": "備蓄倉庫を\u200b2棟設置しました。"})
_item("FIN120", "result", {"result": "倉庫の壁に広告を載せ、半年間で54万円の広告料を得ました。"})
_item(
    "FIN116",
    "result",
    {
        "initiative": "倉庫の壁に広告を載せ、年間約150万円の財源を確保します。",
        "result": "倉庫の壁に広告を載せ、108万円の広告料を得ました。",
    },
)

_item("DAT101", "result", lambda y: {"result": f"{_year(y)}4月31日に使用を開始しました。"})
_item("DAT102", "result", {"result": "平成39年11月8日に使用を開始しました。"})
_item("DAT103", "result", lambda y: {"result": f"{era_date(date(y + 1, 4, 1))}に使用を開始しました。"})
_item("DAT104", "result", {"result": "北小学校に備蓄倉庫を設置します。"})
_item(
    "DAT105",
    "result",
    lambda y: {"result": f"{era_month(date(y, 3, 1))}に開いた説明会を受けて設置しました。"},
)
_item("DAT107", "result", lambda y: {"result": f"{_year(y)}（{y - 1}年）12月1日に使用を開始しました。"})
_item(
    "DAT108",
    "result",
    lambda y: {"result": f"{era_date(date(y, 9, 3))}（{_wrong_weekday(y)}）に訓練を行いました。"},
)
_item(
    "DAT109",
    "result",
    lambda y: {"result": f"{era_date(date(y, 11, 30))}から{era_date(date(y, 9, 1))}まで訓練を行いました。"},
)
_item("DAT110", "result", {"result": "11月に訓練を行いました。"})


def _wrong_weekday(year: int) -> str:
    return "月火水木金土日"[(date(year, 9, 3).weekday() + 1) % 7]


def _dates(rule: str, plan: str, result: str, **changes: object) -> None:
    """Plan and result with two months of the report's year, the first of them in the plan."""
    _item(
        rule,
        "result",
        lambda y: {
            "initiative": plan.format(era_month(date(y, 10, 1))),
            "result": result.format(era_month(date(y, 12, 1))),
            **changes,
        },
    )


_dates("MRK107", "倉庫を建て、{}から使用を開始します。", "倉庫を建て、{}に使用を開始しました。")
_dates(
    "DAT106",
    "倉庫を建て、{}から使用を開始します。",
    "倉庫を建て、{}に使用を開始しました。資材が遅れたためです。",
    mark="○",
)
_dates("DAT112", "{}までに、倉庫の設置工事を行います。", "{}に、倉庫の設置工事を完了しました。")


# --- faults of several items, or of the report --------------------------------------------------


def planter(rule: str) -> Callable[[Planter], Planter]:
    def register(function: Planter) -> Planter:
        PLANTERS[rule] = function
        return function

    return register


@planter("STR104")
def _gap(report: Report, index: int) -> Planted:
    last = of_kind(report, "priority")[-1]
    faulty = with_item(report, last.index, number=str(int(last.number or 0) + 1))
    return Planted(as_files(faulty), one("STR104", last.index, "number"))


@planter("STR105")
def _plan_number_twice(report: Report, index: int) -> Planted:
    first, second = of_kind(report, "reform")[:2]
    return Planted(
        as_files(with_item(report, second.index, number=first.number)), one("STR105", second.index, "number")
    )


@planter("STR110")
def _title_twice(report: Report, index: int) -> Planted:
    first, second = of_kind(report, "improvement")[:2]
    return Planted(
        as_files(with_item(report, second.index, title=first.title)), one("STR110", second.index, "title")
    )


@planter("STR101")
def _title_without_year(report: Report, index: int) -> Planted:
    faulty = replace(
        report, title=f"{report.department}の取り組み実績", fiscal_year=None, fiscal_year_label=None
    )
    return Planted(as_files(faulty), one("STR101", None, "title"))


@planter("STR108")
def _no_composition(report: Report, index: int) -> Planted:
    return Planted(as_files(replace(report, divisions=None)), one("STR108", None, "divisions"))


@planter("DAT113")
def _title_of_another_year(report: Report, index: int) -> Planted:
    year = report.fiscal_year or 0
    held = with_item(report, index, amounts=(budget(year), settlement(year)))
    title = f"{label(year + 1)}{report.department}の取り組み実績"
    faulty = replace(held, title=title, fiscal_year=year + 1, fiscal_year_label=label(year + 1))
    return Planted(as_files(faulty), one("DAT113", None, "title"))


def _only_good_marks(report: Report) -> Report:
    items = [replace(item, mark="○") if item.mark in ("△", "×") else item for item in report.items]
    return replace(report, items=tuple(items))


@planter("DAT111")
def _years_in_letters(report: Report, index: int) -> Planted:
    year = report.fiscal_year or 0
    letter = f"R{year - 2018}" if year > 2018 else f"H{year - 1988}"
    faulty = with_item(report, index, result=f"備蓄倉庫を設置しました。\n{letter}：2か所")
    return Planted(as_files(faulty), one("DAT111", None, None))


@planter("MRK105")
def _unexplained(report: Report, index: int) -> Planted:
    result = "北小学校に備蓄倉庫を設置しました。南小学校には次年度に設置することとしました。"
    faulty = with_item(_only_good_marks(report), index, mark="△", result=result)
    faulty = replace(faulty, legend="※ ◎：計画どおり達成　○：おおむね達成")
    return Planted(as_files(faulty), one("MRK105", index, "mark"))


@planter("MRK111")
def _no_legend(report: Report, index: int) -> Planted:
    return Planted(as_files(replace(_only_good_marks(report), legend=None)), one("MRK111", None, "legend"))


@planter("MRK108")
def _same_result(report: Report, index: int) -> Planted:
    result = "12の地区で説明会を開き、自治会の役員や民生委員とともに、避難の手順と連絡の方法を確かめました。"
    other = next(item for item in reversed(report.items) if item.kind == "improvement")
    faulty = with_item(report, index, result=result)
    faulty = with_item(
        faulty, other.index, result=f"{result}\n今後も続けます。", mark="○", goal="備えを見直します。"
    )
    return Planted(as_files(faulty), one("MRK108", other.index, "result"))


@planter("MRK112")
def _all_at_the_top(report: Report, index: int) -> Planted:
    items = [
        replace(
            item,
            mark="◎",
            amounts=(),
            result=f"{item.index}つ目の取り組みを終えました。",
            goal=item.goal and "備えます。",
        )
        for item in report.items
    ]
    told = [replace(item, initiative=item.initiative and "備えます。") for item in items]
    told = [
        replace(item, title="備えます。" * item.index) if item.section in (3, 4) else item for item in told
    ]
    return Planted(as_files(replace(report, items=tuple(told))), one("MRK112", None, None))
