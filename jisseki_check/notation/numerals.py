"""Numerals: Arabic with grouping commas, kanji, and both mixed (1億7,586万4千, 三十一, 二〇一八)."""

from __future__ import annotations

import re
from decimal import Decimal

KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
KANJI_DIGITS |= {"零": 0, "壱": 1, "弐": 2, "参": 3}
SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
LARGE_UNITS = {"万": 10**4, "萬": 10**4, "億": 10**8, "兆": 10**12}

# No public account has more digits; int() itself refuses very long texts with an exception.
MAX_DIGITS = 18

_PLAIN = re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?:\.[0-9]+)?")
_TOKEN = re.compile(
    rf"(?P<arabic>[0-9][0-9,.]*+)|(?P<kanji>[{''.join(KANJI_DIGITS)}]++)"
    rf"|(?P<small>[{''.join(SMALL_UNITS)}])|(?P<large>[{''.join(LARGE_UNITS)}])"
)

Number = int | Decimal


def plain_number(text: str) -> Number | None:
    """The value of half-width digits, with commas in threes or none, and a decimal fraction or none.

    None for any other text (37,08; 1,2345; 007), and for more than 18 digits.
    """
    if len(text) > 2 * MAX_DIGITS or _PLAIN.fullmatch(text) is None:
        return None
    digits = text.replace(",", "")
    if len(digits) > MAX_DIGITS:
        return None
    return Decimal(digits) if "." in digits else int(digits)


def positional(digits: str) -> int:
    """二〇一八 → 2018. KeyError for another character."""
    value = 0
    for digit in digits[:MAX_DIGITS]:
        value = value * 10 + KANJI_DIGITS[digit]
    return value


def compound_number(text: str) -> int | None:
    """The value of a numeral with 十百千万億兆, folded to half width and without blanks.

    None where it is no well-formed number: units that do not descend (1万1億), a part as large as the
    unit before it (43万12,108), a decimal fraction that leaves a remainder or a part after it.
    """
    if len(text) > 4 * MAX_DIGITS:
        return None
    tokens = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(text)]
    if not tokens or sum(len(token) for _, token in tokens) != len(text):
        return None
    if tokens[0][0] == "arabic" and "." in tokens[0][1]:
        return _scaled_fraction(tokens)
    total, ceiling = 0, None
    section: list[tuple[str, str]] = []
    for kind, token in [*tokens, ("end", "")]:
        if kind not in ("large", "end"):
            section.append((kind, token))
            continue
        scale = LARGE_UNITS.get(token, 1)
        value = _section_value(section, below_ten_thousand=kind == "large")
        if kind == "end" and not section:
            break
        if value is None or (kind == "large" and value == 0):
            return None
        if ceiling is not None and value * scale >= ceiling:
            return None
        total, ceiling, section = total + value * scale, scale, []
    return total if total < 10**MAX_DIGITS else None


def _section_value(section: list[tuple[str, str]], *, below_ten_thousand: bool) -> int | None:
    """What stands between two of 万億兆: 5千3百, 7,586, 二千四百九十三, or 2,345千."""
    value, pending, ceiling = 0, None, None
    for index, (kind, token) in enumerate(section):
        if kind != "small":
            number = plain_number(token) if kind == "arabic" else positional(token)
            if pending is not None or not isinstance(number, int):
                return None
            pending = number
            continue
        unit, count = SMALL_UNITS[token], 1 if pending is None else pending
        if count > 9 and (below_ten_thousand or section[index - 1][0] == "kanji"):
            return None
        if ceiling is not None and count * unit >= ceiling:
            return None
        value, pending, ceiling = value + count * unit, None, unit
    if pending is not None and ceiling is not None and pending >= ceiling:
        return None
    return value + (pending or 0) if section else None


def _scaled_fraction(tokens: list[tuple[str, str]]) -> int | None:
    """1.5億, 2.4百万: a fraction with units behind it and nothing else, if whole at the end."""
    number = plain_number(tokens[0][1])
    scale = 1
    for kind, token in tokens[1:]:
        if kind not in ("small", "large"):
            return None
        scale *= SMALL_UNITS.get(token) or LARGE_UNITS[token]
    if number is None or not 10**4 <= scale < 10**MAX_DIGITS:
        return None
    return exact_product(number, scale)


def exact_product(number: Number, scale: int) -> int | None:
    """`number` × `scale` if it is whole and has at most 18 digits, else None."""
    if isinstance(number, int):
        product = number * scale
    else:
        numerator, denominator = number.as_integer_ratio()
        product, remainder = divmod(numerator * scale, denominator)
        if remainder:
            return None
    return product if product < 10**MAX_DIGITS else None


def small_int(text: str) -> int | None:
    """The value of a year, month or day: 元, 29, 三十一, 二〇一八. None for anything else."""
    if text == "元":
        return 1
    if text.isascii():
        return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else None
    if all(char in KANJI_DIGITS for char in text):
        return positional(text)
    return compound_number(text)
