"""A report's amounts as numbers: what is printed, in yen, and in which unit."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from jisseki_check.model import Amount
from jisseki_check.notation.money import YEN_IN_UNIT, Money, last_digit_yen, read_amount
from jisseki_check.notation.numerals import Number, exact_product

# Of these a decimal fraction is written (12.5百万円); in 円 and 千円 it is a comma that slipped.
_WITH_FRACTION = frozenset({"万円", "百万円", "億円"})
_BARE = re.compile(r"(?P<sign>[△▲+\-－−]?)(?P<digits>[0-9,]+)(?P<rest>(?:\.[0-9]+)?)")
_LIKE_A_GROUP = -3  # the exponent of 3.918, which may be 3,918 as well


@lru_cache(maxsize=4096)
def _read(text: str) -> Money:
    return read_amount(text)


def _fraction(amount: Amount) -> tuple[Decimal, str] | None:
    """The decimal number and its unit, where an amount is printed so: a report's values are whole."""
    if amount.fraction is not None and amount.unit is not None:
        return amount.fraction, amount.unit
    if amount.value is not None or not amount.text:
        return None
    money = _read(amount.text)
    unit = amount.unit or money.unit
    if not isinstance(money.value, Decimal) or unit not in _WITH_FRACTION:
        return None
    if unit != "億円" and money.value.as_tuple().exponent == _LIKE_A_GROUP:
        return None
    return money.value, unit


def amount_kind(amount: Amount) -> str:
    """number, malformed, none (－), undecided (未定), word, empty."""
    if amount.value is not None or _fraction(amount) is not None:
        return "number"
    kind = _read(amount.text).kind if amount.text else "empty"
    return "malformed" if kind == "number" else kind


def value_of(amount: Amount) -> tuple[Number | None, str | None]:
    """The amount's number, and its unit."""
    return _fraction(amount) or (amount.value, amount.unit)


def amount_yen(amount: Amount) -> int | None:
    """The amount in yen; None where the digits or the unit are not known."""
    value, unit = value_of(amount)
    return None if value is None or unit not in YEN_IN_UNIT else exact_product(value, YEN_IN_UNIT[unit])


def unit_of(amount: Amount) -> str | None:
    """The unit as printed with the amount, or as declared for it."""
    return value_of(amount)[1]


def step_of(amount: Amount) -> int | None:
    """What one of the amount's last digit is worth in yen."""
    return last_digit_yen(*value_of(amount))


def printed(amount: Amount) -> str:
    """The amount as printed, or as the form would print it: a bare number of a list with the unit that its
    column has, and in groups of three digits."""
    if not amount.text:
        value = amount.value if amount.fraction is None else amount.fraction
        return "" if value is None else f"{value:,}{amount.unit or ''}"
    bare = _BARE.fullmatch(amount.text.strip())
    if bare is None or amount_kind(amount) != "number":
        return amount.text
    digits = bare["digits"]
    grouped = f"{int(digits):,}" if digits.isdecimal() and not digits.startswith("0") else digits
    return f"{bare['sign']}{grouped}{bare['rest']}{unit_of(amount) or ''}"
