"""A report ↔ the plain data of schemas/report.schema.json (what JSON and YAML files hold).

Reading never raises: what the schema objects to is left out, field by field, so that the rest is still
judged. Writing gives only what the schema allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from jisseki_check.model import (
    REPORT_FORMAT,
    STAGES,
    Amount,
    Indicator,
    Item,
    Location,
    Pointers,
    Remark,
    Report,
    Spot,
)
from jisseki_check.notation.money import YEN_IN_UNIT
from jisseki_check.notation.numerals import exact_product

REPORT_KINDS = ("results", "plan")
ITEM_KINDS = ("priority", "reform", "improvement", "bullet", "statement", "year", "outlook", "indicator")
UNITS = ("円", "千円", "万円", "百万円")
AMOUNT_FIELDS = ("goal", "initiative", "result")

# The bounds of the schema; a test keeps both equal.
FISCAL_YEARS = (1868, 2200)
SECTIONS = (0, 1000)
INDEXES = (1, 10_000)
COUNTS = (1, 1_000_000_000)
VALUES = (-(2**63), 2**63 - 1)
FIGURES = (-(10**15), 10**15)

Bounds = tuple[int, int]
Entry = dict[Any, Any]


# --- writing ------------------------------------------------------------------------------------


def to_json(report: Report) -> dict[str, Any]:
    """The report as JSON values, properties in the order of the contract.

    Places are not part of it. A year or value beyond the schema's bounds becomes null; the label,
    and the amount as printed, still show it.
    """
    data: dict[str, Any] = {
        "format": REPORT_FORMAT,
        "municipality": report.municipality,
        "department": report.department,
        "divisions": None if report.divisions is None else list(report.divisions),
        "title": report.title,
        "kind": report.kind,
        "fiscal_year": _integer(report.fiscal_year, FISCAL_YEARS),
        "fiscal_year_label": report.fiscal_year_label,
        "legend": report.legend,
        "items": [_item_data(item) for item in report.items],
    }
    if report.remarks:
        data["remarks"] = [_remark_data(remark) for remark in report.remarks]
    return data


def _item_data(item: Item) -> dict[str, Any]:
    data: dict[str, Any] = {
        "index": item.index,
        "section": item.section,
        "section_title": item.section_title,
        "group": item.group,
        "kind": item.kind,
        "number": item.number,
        "title": item.title,
        "division": item.division,
        "goal": item.goal,
        "initiative": item.initiative,
        "result": item.result,
        "mark": item.mark,
        "amounts": [_amount_data(amount, item.kind) for amount in _whole(item.amounts)],
        "indicators": [_indicator_data(indicator) for indicator in item.indicators],
    }
    if item.extra:
        data["extra"] = _extra_data(item.extra)
    return data


def _extra_data(extra: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The columns by their headings; one that stands twice gets a number."""
    data: dict[str, str] = {}
    for heading, text in extra:
        name, count = heading, 1
        while name in data:
            count += 1
            name = f"{heading}（{count}）"
        data[name] = text
    return data


def _amount_data(amount: Amount, item_kind: str) -> dict[str, Any]:
    value, unit = _contract_unit(amount)
    value = _integer(value, VALUES)
    data: dict[str, Any] = {
        "stage": amount.stage,
        "label": amount.label,
        "fiscal_year": _integer(amount.fiscal_year, FISCAL_YEARS),
        "value": value,
        "unit": unit,
        "note": amount.note,
    }
    if value is None and amount.text:
        data["text"] = amount.text
    if amount.field and amount.field != usual_field(amount.stage, item_kind):
        data["field"] = amount.field
    return data


def _whole(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """An item's amounts without decimals: where one has any, all of them in 千円 or 円."""
    if all(amount.fraction is None for amount in amounts):
        return amounts
    yen = [_yen(amount) for amount in amounts]
    unit, size = ("円", 1) if any(value % 1000 for value in yen if value is not None) else ("千円", 1000)
    return tuple(
        amount if value is None else replace(amount, value=value // size, unit=unit, fraction=None)
        for amount, value in zip(amounts, yen, strict=True)
    )


def _yen(amount: Amount) -> int | None:
    value = amount.value if amount.fraction is None else amount.fraction
    return None if value is None or amount.unit is None else exact_product(value, YEN_IN_UNIT[amount.unit])


def _contract_unit(amount: Amount) -> tuple[int | None, str | None]:
    """億円, which a text may print, is none of the contract's units: the same amount in 百万円."""
    if amount.unit != "億円":
        return amount.value, amount.unit
    return (None, None) if amount.value is None else (amount.value * 100, "百万円")


def _indicator_data(indicator: Indicator) -> dict[str, Any]:
    return {
        "name": indicator.name,
        "unit": indicator.unit,
        "target": _figure_data(indicator.target),
        "actual": _figure_data(indicator.actual),
    }


def _figure_data(figure: float | None) -> float | None:
    """A whole number without its decimal point, as people write it."""
    return int(figure) if figure is not None and figure.is_integer() else figure


def _remark_data(remark: Remark) -> dict[str, Any]:
    return {
        "kind": remark.kind,
        "text": remark.text,
        "read_as": remark.read_as,
        "item": remark.item,
        "field": remark.field,
        "count": remark.count,
    }


# --- reading ------------------------------------------------------------------------------------


def usual_field(stage: str, item_kind: str) -> str:
    """The field in which the form prints an amount: budgets with the plan, settlements with the result."""
    if stage == "settlement":
        return "result"
    return "goal" if item_kind in ("reform", "improvement") else "initiative"


def from_json(data: object) -> Report:
    """The report that the data hold; it never raises.

    A value of the wrong type or outside its bounds is None, a kind that is none is "". An entry that
    is no object is skipped, and so is an amount whose stage is none; but an item keeps its place, be
    it empty: an item's index is its position in the array, from 1, whatever the data say.
    """
    entry = data if isinstance(data, dict) else {}
    items = entry.get("items")
    items = items if isinstance(items, list) else []
    return Report(
        municipality=_text(entry.get("municipality")),
        department=_text(entry.get("department")),
        divisions=_texts(entry.get("divisions")),
        title=_text(entry.get("title")),
        kind=_choice(entry.get("kind"), REPORT_KINDS) or "",
        fiscal_year=_integer(entry.get("fiscal_year"), FISCAL_YEARS),
        fiscal_year_label=_text(entry.get("fiscal_year_label")),
        legend=_text(entry.get("legend")),
        items=tuple(_item(index, item) for index, item in enumerate(items, start=1)),
        remarks=(*(_remark(each) for _, each in read_entries(entry.get("remarks"))), *_renumberings(items)),
    )


def _item(index: int, data: object) -> Item:
    entry = data if isinstance(data, dict) else {}
    kind = _choice(entry.get("kind"), ITEM_KINDS) or ""
    return Item(
        index=index,
        kind=kind,
        section=_integer(entry.get("section"), SECTIONS),
        section_title=_text(entry.get("section_title")),
        group=_text(entry.get("group")),
        number=_text(entry.get("number")),
        title=_text(entry.get("title")),
        division=_text(entry.get("division")),
        goal=_text(entry.get("goal")),
        initiative=_text(entry.get("initiative")),
        result=_text(entry.get("result")),
        mark=_text(entry.get("mark")),
        amounts=tuple(_amount(amount, kind) for _, amount in read_amounts(entry.get("amounts"))),
        indicators=tuple(_indicator(each) for _, each in read_entries(entry.get("indicators"))),
        extra=_extra(entry.get("extra")),
    )


def _extra(value: object) -> tuple[tuple[str, str], ...]:
    held = value if isinstance(value, dict) else {}
    return tuple(
        (name, text) for name, text in held.items() if isinstance(name, str) and isinstance(text, str)
    )


def _amount(entry: Entry, item_kind: str) -> Amount:
    stage = entry["stage"]
    value = _integer(entry.get("value"), VALUES)
    return Amount(
        stage=stage,
        label=_text(entry.get("label")) or "",
        fiscal_year=_integer(entry.get("fiscal_year"), FISCAL_YEARS),
        value=value,
        unit=_choice(entry.get("unit"), UNITS),
        note=_text(entry.get("note")),
        field=_choice(entry.get("field"), AMOUNT_FIELDS) or usual_field(stage, item_kind),
        text=_text(entry.get("text")) or "" if value is None else "",
    )


def _indicator(entry: Entry) -> Indicator:
    return Indicator(
        name=_text(entry.get("name")) or "",
        unit=_text(entry.get("unit")),
        target=_figure(entry.get("target")),
        actual=_figure(entry.get("actual")),
    )


def _remark(entry: Entry) -> Remark:
    return Remark(
        kind=_text(entry.get("kind")) or "",
        text=_text(entry.get("text")) or "",
        read_as=_text(entry.get("read_as")),
        item=_integer(entry.get("item"), INDEXES),
        field=_text(entry.get("field")),
        count=_integer(entry.get("count"), COUNTS) or 1,
    )


def _renumberings(items: list[object]) -> Iterator[Remark]:
    """One remark where indexes are not those of the items' order: the first, and how many."""
    others = [
        (written, index)
        for index, item in enumerate(items, start=1)
        if isinstance(item, dict)
        and (written := _integer(item.get("index"), INDEXES)) is not None
        and written != index
    ]
    if others:
        written, index = others[0]
        yield Remark(
            "lenient", str(written), read_as=str(index), item=index, field="index", count=len(others)
        )


def read_amounts(value: object) -> Iterator[tuple[int, Entry]]:
    for position, amount in read_entries(value):
        if _choice(amount.get("stage"), STAGES):
            yield position, amount


def read_entries(value: object) -> Iterator[tuple[int, Entry]]:
    """The objects of an array, with their positions."""
    if isinstance(value, list):
        for position, entry in enumerate(value):
            if isinstance(entry, dict):
                yield position, entry


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: object) -> tuple[str, ...] | None:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else None


def _choice(value: object, choices: tuple[str, ...]) -> str | None:
    return value if isinstance(value, str) and value in choices else None


def _integer(value: object, bounds: Bounds) -> int | None:
    """JSON Schema counts 3.0 as an integer, and true as none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and bounds[0] <= value <= bounds[1]:
        return value
    return None


def _figure(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if FIGURES[0] <= value <= FIGURES[1] else None


# --- places -------------------------------------------------------------------------------------


_REPORT_FIELDS = frozenset(field.name for field in fields(Report))
_ITEM_FIELDS = frozenset(field.name for field in fields(Item))


class JsonPlaces:
    """`model.Places` of a report that `from_json` read from `data`: a JSON Pointer, and the line and
    column of the whole value where the reader knows them. Offsets into a text are not followed: in
    JSON and YAML a text may be escaped or folded."""

    def __init__(self, data: object, pointers: Pointers | None = None) -> None:
        self.data = data
        self._pointers = pointers

    def locate(self, spot: Spot) -> Location:
        return self.at(self._pointer(spot))

    def at(self, pointer: str) -> Location:
        """The place of a JSON Pointer, or of what would hold it where nothing stands there."""
        return self._pointers.locate(pointer) if self._pointers else Location(pointer=pointer)

    def _pointer(self, spot: Spot) -> str:
        """What the data do not hold (a section's heading) stands at what would hold it."""
        if spot.item is None:
            return self._field_pointer("", self.data, spot.field, _REPORT_FIELDS)
        items = self.data.get("items") if isinstance(self.data, dict) else None
        if not isinstance(items, list) or not 1 <= spot.item <= len(items):
            return "/items"
        position = spot.item - 1
        return self._field_pointer(f"/items/{position}", items[position], spot.field, _ITEM_FIELDS)

    @staticmethod
    def _field_pointer(holder: str, data: object, field: str, known: frozenset[str]) -> str:
        name, _, number = field.partition("/")
        if name not in known:
            return holder
        if not number:
            return f"{holder}/{name}"
        if name == "extra":
            return f"{holder}/{name}/{number.replace('~', '~0').replace('/', '~1')}"
        entries = data.get(name) if isinstance(data, dict) else None
        # Entries that were skipped on reading are not counted.
        held = read_amounts(entries) if name == "amounts" else read_entries(entries)
        read = [position for position, _ in held]
        if number.isdecimal() and int(number) < len(read):
            return f"{holder}/{name}/{read[int(number)]}"
        return f"{holder}/{name}"
