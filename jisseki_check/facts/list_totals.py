"""The rows of sums in a list against the amounts that stand above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jisseki_check.facts.amounts import amount_kind, amount_yen, step_of, unit_of
from jisseki_check.facts.views import ReportView
from jisseki_check.model import Amount, Remark
from jisseki_check.notation.money import YEN_IN_UNIT, last_digit_yen, read_amount
from jisseki_check.notation.numerals import exact_product

Row = dict[str, Any]

_FEWEST = 2


def list_total_rows(view: ReportView) -> Iterator[Row]:
    """Rows of `totals`: each sum that a list states of one of its columns."""
    for number, remark in enumerate(view.report.remarks):
        if remark.kind == "total" and remark.item is not None:
            row = _row(view, number, remark)
            if row is not None:
                yield row


def _row(view: ReportView, number: int, remark: Remark) -> Row | None:
    first = remark.item or 1
    parts = _amounts(view, remark.field, first, first + remark.count)
    money = read_amount(remark.text)
    units = {unit_of(part) for part in parts}
    if money.value is None or len(parts) < _FEWEST or len(units) != 1:
        return None
    unit = money.unit or units.pop()
    if unit not in YEN_IN_UNIT or any(amount_kind(part) != "number" for part in parts):
        return None
    stated = exact_product(money.value, YEN_IN_UNIT[unit])
    if stated is None:
        return None
    summed = _nearest(stated, _sums(view, remark, parts))
    half = max([last_digit_yen(money.value, unit) or 1, *(step_of(part) or 1 for part in parts)]) / 2
    return {
        "report": view.number,
        "kind": "total",
        "stated_yen": stated,
        "stated": f"{remark.read_as or ''} {money.text.strip()}{'' if money.unit else unit}".strip(),
        "parts_yen": summed,
        "parts": len(parts),
        "half_unit_yen": half if half > 1 else 0.0,
        "unit_yen": YEN_IN_UNIT[unit],
        "field": f"remarks/{number}",
    }


def _amounts(view: ReportView, stage: str | None, first: int, end: int) -> list[Amount]:
    return [
        amount
        for item in view.report.items
        if first <= item.index < end
        for amount in item.amounts
        if amount.stage == stage
    ]


def _sums(view: ReportView, remark: Remark, parts: Sequence[Amount]) -> Iterator[int]:
    """What may have been added up: the amounts above; those among them that a spreadsheet counts, for a cell
    with a note in it is a text; or those of the lists before as well."""
    yield _sum(parts)
    yield _sum([part for part in parts if not part.note])
    yield _sum(_amounts(view, remark.field, 1, (remark.item or 1) + remark.count))


def _sum(parts: Sequence[Amount]) -> int:
    return sum(amount_yen(part) or 0 for part in parts)


def _nearest(stated: int, sums: Iterator[int]) -> int:
    return min(sums, key=lambda each: abs(each - stated))
