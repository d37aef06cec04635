"""The numbers of a finding: what was given, what was expected, and the difference, as values to add up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from jisseki_check.model import Finding
from jisseki_check.notation.counts import find_counts
from jisseki_check.notation.money import YEN_IN_UNIT, read_amount
from jisseki_check.notation.numerals import Number, plain_number
from jisseki_check.notation.width import fold

PERCENT = "％"
_DIGITS = 15  # that a spreadsheet keeps of a number
# What may stand behind an amount: a bound, a note in brackets, and what would do as well.
_BEHIND = re.compile(r"\s*(?P<bound>以上|以下|未満|以内|超)?(?:\s*\(.*|、または.*)?", re.DOTALL)
_BARE = re.compile(r"\s*(?P<number>[0-9.,]+)\s*(?P<unit>つ?)\s*")
_POINTS = "ポイント"  # in which a difference of per cents is told
_LABELS = frozenset({"number"})  # fields whose figures name a thing and count nothing
_IN_YEN = "円に換算"
_OTHER_UNIT = "単位の違う値は、数の列に入れていません"
_ABOUT = "概数を含みます"
_BOUNDED = "「{}」の付く値を含みます"
_TOO_LONG = f"{_DIGITS}桁を超える値は、数の列に入れていません"


@dataclass(frozen=True, slots=True)
class Quantities:
    """All in `unit` ("" where none is written); None where there is no number, which is not 0. `note`: what
    was done to them, and what was left out."""

    given: Number | None = None
    expected: Number | None = None
    difference: Number | None = None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Quantity:
    value: Number
    unit: str
    is_about: bool = False
    bound: str | None = None


def quantities(finding: Finding) -> Quantities:
    """The numbers of a finding. A text that is not one number as a whole (4月から12回) gives none; of a bound
    (50％以上) the note tells."""
    if finding.field in _LABELS:
        return Quantities()
    read = [_read(text) for text in (finding.given, finding.expected, finding.difference)]
    held = [each for each in read if each is not None]
    if not held:
        return Quantities()
    unit, notes = _common_unit(held)
    values = [None if each is None else _value(each, unit) for each in read]
    if any(value is None and each is not None for value, each in zip(values, read, strict=True)):
        notes.append(_OTHER_UNIT)
    kept = [None if value is None or _is_too_long(value) else value for value in values]
    if kept != values:
        notes.append(_TOO_LONG)
    if any(each.is_about for each in held):
        notes.append(_ABOUT)
    notes += dict.fromkeys(_BOUNDED.format(each.bound) for each in held if each.bound)
    given, expected, difference = kept
    return Quantities(given, expected, difference, unit, "、".join(notes))


def _read(text: str | None) -> _Quantity | None:
    if not text:
        return None
    amount = read_amount(text)
    if amount.yen is not None and amount.value is not None and amount.unit is not None:
        rest = _BEHIND.fullmatch(fold(amount.rest))
        return rest and _Quantity(amount.value, amount.unit, amount.approximate, rest["bound"])
    counts = find_counts(text)
    if len(counts) == 1 and counts[0].text.strip() == text.strip():
        count = counts[0]
        unit = PERCENT if count.counter == "%" else count.counter
        return _Quantity(count.value, unit, count.approximate, count.bound)
    bare = _BARE.fullmatch(fold(text))
    number = None if bare is None else plain_number(bare["number"])
    return None if bare is None or number is None else _Quantity(number, bare["unit"])


def _common_unit(held: list[_Quantity]) -> tuple[str, list[str]]:
    """The unit in which all of them are told, and what is to be said of it."""
    units = {each.unit for each in held}
    if len(units) == 1:
        return held[0].unit, []
    if units <= YEN_IN_UNIT.keys():
        return "円", [_IN_YEN]
    if units == {PERCENT, _POINTS}:
        return PERCENT, []
    # A list's count is told without the word that counts what is listed.
    named = next(each.unit for each in held if each.unit)
    return named, []


def _value(quantity: _Quantity, unit: str) -> Number | None:
    if quantity.unit == unit or (quantity.unit, unit) == (_POINTS, PERCENT):
        return quantity.value
    if quantity.unit in YEN_IN_UNIT and unit in YEN_IN_UNIT:
        value = Decimal(quantity.value) * YEN_IN_UNIT[quantity.unit] / YEN_IN_UNIT[unit]
        return int(value) if value == int(value) else value
    is_bare_count = not quantity.unit and unit not in {*YEN_IN_UNIT, PERCENT}
    return quantity.value if is_bare_count else None


def _is_too_long(value: Number) -> bool:
    return len(Decimal(value).normalize().as_tuple().digits) > _DIGITS
