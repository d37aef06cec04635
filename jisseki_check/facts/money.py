"""Money: the labelled `amounts`, an item's pair of budget and settlement, and `totals` in the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jisseki_check.facts.amounts import amount_kind, amount_yen, printed, step_of, unit_of
from jisseki_check.facts.list_totals import list_total_rows
from jisseki_check.facts.listing import NoColumn
from jisseki_check.facts.people import staff_rows
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.model import BUDGET_STAGES, Amount
from jisseki_check.notation.fiscal import label
from jisseki_check.notation.money import YEN_IN_UNIT, Money

Row = dict[str, Any]

_PLAN_FIELDS = ("goal", "initiative", "title")
_CHANGES = ("supplementary_budget", "carried_in", "reserve", "carried_out")


def amount_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `amounts`."""
    told: set[int] = set()
    units = _Units(view)
    for item in view.report.items:
        settled_in_plan = any(_in_plan(amount) for amount in item.amounts)
        has_form_budget = any(
            a.stage in view.profile.form_stages and a.stage != "settlement" for a in item.amounts
        )
        column = None if has_form_budget else _no_form_budget(view, item.index)
        for position, amount in enumerate(item.amounts):
            is_said = column is not None and amount.stage != "settlement" and column.remark not in told
            if column is not None and is_said:
                told.add(column.remark)
            yield {
                "report": view.number,
                "item": item.index,
                "stage": amount.stage,
                "label": amount.label,
                "text": printed(amount),
                "kind": amount_kind(amount),
                "yen": amount_yen(amount),
                "unit": unit_of(amount),
                **units.known(item.index, amount),
                "form_unit": view.profile.unit,
                "form_budget": form_label(view, *BUDGET_STAGES),
                "label_year": None
                if (item.index, amount.stage) in view.dated_columns
                else amount.fiscal_year,
                "report_year": view.fiscal_year,
                "misplaced": _misplaced(amount, settled_in_plan),
                "in_form": amount.stage in view.profile.form_stages,
                "item_has_form_budget": has_form_budget if column is None or is_said else None,
                "no_column": column.said if column is not None and is_said else None,
                "field": f"amounts/{position}",
            }


class _Units:
    """Whether the units of amounts are known. What a list's column lacks is said of its first amount; of the
    others it is not judged."""

    def __init__(self, view: ReportView) -> None:
        self._unitless = view.unitless_columns
        self._told: set[int] = set()

    def known(self, index: int, amount: Amount) -> Row:
        if unit_of(amount) is not None:
            return {"unit_known": True}
        remark = self._unitless.get((index, amount.stage))
        if remark is None:
            return {"unit_known": False}
        if remark in self._told:
            return {"unit_known": None}
        self._told.add(remark)
        return {"unit_known": False, "no_unit": "（この列の見出しにも、表の上にもありません）"}


def _no_form_budget(view: ReportView, index: int) -> NoColumn | None:
    """The form's budget, where the item's list has no column for it."""
    stages = (stage for stage in view.profile.form_stages if stage != "settlement")
    return next((view.missing_columns[index, s] for s in stages if (index, s) in view.missing_columns), None)


def form_label(view: ReportView, *stages: str) -> str:
    """What the form calls the first of its amounts of these stages, with the year where labels have it."""
    profile = view.profile
    stage = next((stage for stage in profile.form_stages if stage in stages), stages[0])
    year = label(view.fiscal_year) if view.label_years and view.fiscal_year is not None else ""
    return year + profile.stages.get(stage, ("予算" if stage in BUDGET_STAGES else "決算",))[0]


def _in_plan(amount: Amount) -> bool:
    return amount.stage == "settlement" and amount.field in _PLAN_FIELDS


def _misplaced(amount: Amount, settled_in_plan: bool) -> str | None:
    """The field in which an amount stands wrongly; labels that changed places are one fault, not two."""
    if _in_plan(amount):
        return "計画"
    if amount.stage in BUDGET_STAGES and amount.field == "result" and not settled_in_plan:
        return "実績"
    return None


def pair(item: ItemView, carried_out_sign: int) -> Row:
    """An item's budget against its settlement, for the `items` table."""
    by_stage: dict[str, list[tuple[int, Amount]]] = {}
    for position, amount in enumerate(item.item.amounts):
        by_stage.setdefault(amount.stage, []).append((position, amount))
    budgets = by_stage.get("revised_budget") or by_stage.get("initial_budget") or []
    settlements = by_stage.get("settlement", [])
    yen = {stage: _sum(amounts) for stage, amounts in by_stage.items()}
    changes = [] if "revised_budget" in by_stage or not budgets else _changes(by_stage)
    budget_yen = settlement_yen = None
    if _counted_alike(budgets, settlements):
        budget_yen, settlement_yen = _sum(budgets), _sum(settlements)
        if budget_yen is not None and changes:
            budget_yen = _changed(budget_yen, changes, carried_out_sign)
    units = {unit for _, amount in (*budgets, *settlements) if (unit := unit_of(amount))}
    steps = [step for amount in item.item.amounts if (step := step_of(amount))]
    return {
        "budget": _text([*budgets, *changes]),
        "budget_yen": budget_yen,
        "budget_label": budgets[0][1].label if budgets else None,
        "budget_unit": _unit(budgets),
        "budget_field": _field(budgets),
        "settlement": _text(settlements),
        "settlement_yen": settlement_yen,
        "settlement_unit": _unit(settlements),
        "settlement_field": _field(settlements),
        "in_parts": any(_is_in_parts(amount) for _, amount in (*budgets, *settlements)),
        "settlement_note": "".join(amount.note or "" for _, amount in settlements) or None,
        "budget_stated": _stated(budgets),
        "settlement_stated": _stated(settlements),
        "initial_yen": yen.get("initial_budget"),
        "supplementary_yen": yen.get("supplementary_budget"),
        "carried_in_yen": yen.get("carried_in"),
        "reserve_yen": yen.get("reserve"),
        "carried_out_yen": _taken_away(yen.get("carried_out"), carried_out_sign),
        "revised_yen": yen.get("revised_budget"),
        "revised_sum_yen": _revised_sum(yen, carried_out_sign),
        "revised_field": _field(by_stage.get("revised_budget", [])),
        "revised_parts": sum(value is not None for stage, value in yen.items() if stage in BUDGET_STAGES[:5]),
        "unit_yen": YEN_IN_UNIT.get(units.pop()) if len(units) == 1 else None,
        "step_yen": max(steps, default=None),
        "rate": settlement_yen / budget_yen if budget_yen and settlement_yen is not None else None,
    }


def _revised_sum(yen: Mapping[str, int | None], carried_out_sign: int) -> int | None:
    """What the parts of a revised budget add up to; None without an initial budget."""
    initial = yen.get("initial_budget")
    parts = [
        _taken_away(value, carried_out_sign) if stage == "carried_out" else value
        for stage, value in ((stage, yen.get(stage)) for stage in _CHANGES)
    ]
    return None if initial is None else initial + sum(value for value in parts if value is not None)


def _changes(by_stage: Mapping[str, list[tuple[int, Amount]]]) -> list[tuple[int, Amount]]:
    """The amounts by which an initial budget became the one that could be spent; 「－」 is none."""
    stated = [each for stage in _CHANGES for each in by_stage.get(stage, ())]
    return [each for each in stated if amount_kind(each[1]) not in {"none", "empty"}]


def _changed(initial: int, changes: list[tuple[int, Amount]], carried_out_sign: int) -> int | None:
    """The budget that could be spent, where the form does not print it; None where a change is not known."""
    values = [
        _taken_away(amount_yen(amount), carried_out_sign)
        if amount.stage == "carried_out"
        else amount_yen(amount)
        for _, amount in changes
    ]
    known = [value for value in values if value is not None]
    return initial + sum(known) if len(known) == len(values) else None


def _taken_away(carried_out: int | None, sign: int) -> int | None:
    """What the carry-over adds to the revised budget; a negative amount always takes away."""
    return carried_out if carried_out is None or carried_out < 0 else sign * carried_out


def _counted_alike(budgets: list[tuple[int, Amount]], settlements: list[tuple[int, Amount]]) -> bool:
    """Several amounts of one stage are parts of one sum only where both sides have as many."""
    return max(len(budgets), len(settlements)) < 2 or len(budgets) == len(settlements)


def _sum(amounts: list[tuple[int, Amount]]) -> int | None:
    values = [amount_yen(amount) for _, amount in amounts]
    return sum(value for value in values if value is not None) if values and None not in values else None


def _text(amounts: list[tuple[int, Amount]]) -> str | None:
    written = [
        ("－" if amount.stage == "carried_out" else "＋", "".join(printed(amount).split()))
        for _, amount in amounts
    ]
    return "".join(sign + text for sign, text in written).removeprefix("＋") or None


def _unit(amounts: list[tuple[int, Amount]]) -> str | None:
    units = [unit_of(amount) for _, amount in amounts]
    return units[0] if len(set(units)) == 1 else None


def _is_in_parts(amount: Amount) -> bool:
    """Whether an amount says its own scale (2億3,000万円), and is not counted in the unit behind it."""
    return unit_of(amount) == "円" and not {"万", "億"}.isdisjoint(amount.text)


def _field(amounts: list[tuple[int, Amount]]) -> str:
    return f"amounts/{amounts[0][0]}" if amounts else ""


def _stated(amounts: list[tuple[int, Amount]]) -> bool:
    return any(amount_kind(amount) in {"number", "malformed", "word"} for _, amount in amounts)


# --- amounts in running text --------------------------------------------------------------------

_TOTAL = re.compile(r"(?:合計|総額|総計|(?<![一-龥])計)(?:額)?(?:は|が|で|：|:|\s)*[(（「]?約?$")
_PER_UNIT = re.compile(r"(?:当たり|あたり|につき|ごとに|毎に)(?:の[^、。]{0,8})?(?:、)?[(（「]?約?$")
_PART_YEAR = re.compile(
    r"(?:半年(?:間|分)?|上半期|下半期|(?:[0-9０-９]+|[一二三四五六七八九十]+)\s*(?:か|カ|ヶ|ケ|箇|ヵ|ヵ)月(?:間|分))(?:で|に|の)?[、\s]*[(（「]?約?\s*$"
)
_WHOLE_YEAR = re.compile(r"(?:12|１２|十二)\s*(?:か|カ|ヶ|ケ|箇|ヵ)月")
_TARGET_HINT = re.compile(r"年間|年額|目標|確保|削減|縮減|節減|歳入|収入|財源|増収|効果|見込")
# What stands behind these is a part of a part, or of another year.
_NOT_LISTED = re.compile(r"。|うち|内訳|前年|昨年|年度|比べ|増|減")
# Behind a plan's amount: no more than that is to be spent.
_AT_MOST = re.compile(r"\s*(?:程度)?(?:に|以下|以内|未満|まで)")
_GAINED = re.compile(r"確保|削減|縮減|節減|節約|軽減|増収|徴収|収入|歳入|財源|効果額|生み出|得る|得ます")
_BEFORE_THAT = re.compile(r"(?:前年|昨年|前々年)[^、。（）()]{0,12}$")
_CONVERTED = re.compile(r"換算[^、。（）()]{0,12}$")
_SENTENCE_EDGE = re.compile(r"[。\n]")


def _before(text: str, start: int, width: int = 24) -> str:
    return _SENTENCE_EDGE.split(text[max(0, start - width) : start])[-1]


def part_year(item: ItemView) -> tuple[int, int] | None:
    """The span of an amount of the result that stands for a part of the year only."""
    for money in item.amounts.get("result", []):
        match = _PART_YEAR.search(_before(item.result, money.start))
        if match and not _WHOLE_YEAR.search(match.group()):
            return money.start - len(match.group()), money.end
    return None


def total_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `totals`: stated totals with their parts, and target amounts with what was reached."""
    for item in view.items:
        for name, text in item.texts:
            if len(item.amounts[name]) >= 3 and not _unreadable(item, name):
                yield from _totals(view, item, name, text)
        target = _target(item)
        if target is not None and not _unreadable(item, "result"):
            yield from _reached(view, item, *target)
    yield from staff_rows(view)
    yield from list_total_rows(view)


def _unreadable(item: ItemView, name: str) -> bool:
    """A sum that leaves out an amount which cannot be read would be a false one."""
    return any(money.malformed for money in item.amounts.get(name, ()))


def _plain(money: Money) -> bool:
    return money.yen is not None and not money.malformed


def _totals(view: ReportView, item: ItemView, name: str, text: str) -> Iterator[Row]:
    """A total and the parts listed before it in the same list; a list that is not plain is left alone."""
    parts: list[Money] = []
    for money in item.amounts[name]:
        if not _TOTAL.search(_before(text, money.start)):
            parts.append(money)
            continue
        listed = _listed(text, parts, money)
        parts = []
        if (
            len(listed) < 2
            or not all(map(_plain, (*listed, money)))
            or any(p.approximate for p in (*listed, money))
        ):
            continue
        half = max(part.step_yen or 1 for part in (*listed, money)) / 2
        yield {
            "report": view.number,
            "item": item.item.index,
            "kind": "total",
            "stated_yen": money.yen,
            "stated": money.text,
            "parts_yen": sum(part.yen or 0 for part in listed),
            "parts": len(listed),
            "half_unit_yen": half if half > 1 else 0.0,
            "unit_yen": YEN_IN_UNIT.get(money.unit or ""),
            "field": name,
            "start": money.start,
            "end": money.end,
            "plan_field": name,
            "plan_start": listed[0].start,
            "plan_end": listed[-1].end,
        }


def _listed(text: str, parts: list[Money], total: Money) -> list[Money]:
    """The parts that stand together with the total: nothing but short names between them."""
    kept: list[Money] = []
    end = total.start
    for part in reversed(parts):
        between = text[part.end : end]
        if len(between) > 40 or _NOT_LISTED.search(between) or _PER_UNIT.search(_before(text, part.start)):
            break
        kept.append(part)
        end = part.start
    return kept[::-1]


def _target(item: ItemView) -> tuple[str, Money] | None:
    """The plan's one target amount; None where there is none, or several."""
    found = [(name, money) for name, _ in item.plan for money in item.amounts[name] if _plain(money)]
    if len(found) != 1:
        return None
    name, money = found[0]
    text = dict(item.plan)[name]
    if _PER_UNIT.search(_before(text, money.start)) or not _TARGET_HINT.search(_around(text, money)):
        return None
    return name, money


def _around(text: str, money: Money) -> str:
    """The words of the plan that an amount belongs to."""
    start = max(text.rfind("。", 0, max(money.start - 4, 0)), text.rfind("\n", 0, money.start)) + 1
    return text[max(0, start - 60) : money.end + 30]


def _is_to_gain(text: str, money: Money) -> bool:
    """Whether a plan's amount is one to raise or to save, not one to keep within."""
    return _AT_MOST.match(text, money.end) is None and _GAINED.search(_around(text, money)) is not None


def _reached(view: ReportView, item: ItemView, name: str, target: Money) -> Iterator[Row]:
    text = item.result
    amounts = [
        money
        for money in item.amounts.get("result", [])
        if _plain(money) and not _BEFORE_THAT.search(_before(text, money.start))
    ]
    # 半年で1,680万円（年間に換算すると3,360万円）: one amount, told twice.
    amounts = [m for m in amounts if _CONVERTED.search(_before(text, m.start))][:1] or amounts
    if not amounts or any(
        _PER_UNIT.search(_before(text, m.start)) or _PART_YEAR.search(_before(text, m.start)) for m in amounts
    ):
        return
    total = next((money for money in amounts if _TOTAL.search(_before(text, money.start))), None)
    counted = [total] if total is not None else amounts
    yield {
        "report": view.number,
        "item": item.item.index,
        "kind": "target",
        "stated_yen": sum(money.yen or 0 for money in counted),
        "stated": "、".join(money.text for money in counted),
        "parts_yen": target.yen,
        "parts": len(counted),
        "plan": target.text,
        "to_gain": _is_to_gain(dict(item.plan)[name], target),
        "half_unit_yen": 0.0,
        "unit_yen": YEN_IN_UNIT.get(counted[0].unit or ""),
        "field": "result",
        "start": counted[0].start,
        "end": counted[-1].end,
        "plan_field": name,
        "plan_start": target.start,
        "plan_end": target.end,
    }
