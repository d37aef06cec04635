"""Number formats: what a cell shows of the number or the text that it holds.

Decimal places, percent, units, signs, dates and eras are shown as the format has them, because a reader of
the printed sheet sees nothing else. Exponents and fractions are written out as decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property, lru_cache

from jisseki_check.readers.xlsx.digit_places import Places, places
from jisseki_check.readers.xlsx.format_codes import (
    GENERAL,
    POINT,
    TEXT,
    Condition,
    Section,
    Token,
    sections,
)
from jisseki_check.readers.xlsx.serial_dates import Moment, Wording, moment, shown_part
from jisseki_check.readers.xlsx.written_digits import with_units, written

_LONGEST_CODE = 300  # Excel itself takes 255 characters
_LONGEST_NUMBER = 1_000
_LARGEST_POWER = 400
_FINEST = 3  # thousandths of a second
_AS_EXCEL_KEEPS = Context(prec=15, rounding=ROUND_HALF_UP)
_ZERO = Decimal(0)
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
    "=": lambda value, limit: value == limit,
    "<>": lambda value, limit: value != limit,
}


def number_of(digits: str) -> Decimal:
    """A number as the file has it, with the 15 digits that Excel keeps. Raises ValueError."""
    try:
        number = Decimal(digits) if len(digits) <= _LONGEST_NUMBER else Decimal("NaN")
    except ArithmeticError:
        raise ValueError(digits) from None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_POWER:
        raise ValueError(digits)
    return _AS_EXCEL_KEEPS.plus(number)


def plain(number: Decimal) -> str:
    """All digits of a number, without an exponent."""
    digits = format(number, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


class _Part:
    """One of the parts of a format, with what follows from it; worked out once."""

    def __init__(self, section: Section) -> None:
        self.section = section

    @cached_property
    def layout(self) -> Places | None:
        """The places for digits; None where there are none, or where they are for exponents and fractions."""
        section = self.section
        is_exact = not section.kinds & {"general", "exponent"} and not _has_fraction(section.tokens)
        return places(section.tokens) if "digit" in section.kinds and is_exact else None

    @cached_property
    def date_tokens(self) -> tuple[Token, ...]:
        return _date_tokens(self.section)

    @cached_property
    def second_places(self) -> int:
        return max((len(text) for kind, text in self.date_tokens if kind == "fraction"), default=0)

    @cached_property
    def wording(self) -> Wording:
        section = self.section
        return Wording("noon" in section.kinds, section.is_japanese, "gannen" in section.locale)


class NumberFormat:
    """A format, taken apart."""

    def __init__(self, code: str) -> None:
        self.sections = sections(code)
        self._parts = tuple(map(_Part, self.sections))

    @cached_property
    def is_general(self) -> bool:
        return len(self.sections) == 1 and self.sections[0].tokens == _GENERAL.section.tokens

    def number(self, number: Decimal, *, since_1904: bool = False) -> str | None:
        """What is shown of a number; None where nothing is: the format hides it."""
        at = self._chosen(number)
        part = self._parts[at]
        if not part.section.tokens:
            return None
        if part.section.is_date:
            shown = _shown_date(part, number, since_1904)
            if shown is not None:
                return shown
            part = _GENERAL
        shown = _shown_number(part, number, unsigned=number < 0 and self._is_for_negatives(at))
        # What places for digits show nothing of is nothing, at their scale.
        return shown if shown.strip() or part.layout is not None else None

    def text(self, text: str) -> str | None:
        """What is shown of a text, which is the text itself unless the format has a part for texts; None
        where the format hides it."""
        section = self.sections[3] if len(self.sections) > 3 else self.sections[-1]
        if section.is_text:
            return "".join(text if token == TEXT else token[1] for token in section.tokens)
        return None if len(self.sections) > 3 else text

    @cached_property
    def leaves_texts(self) -> bool:
        """Whether every text is shown as it is."""
        last = self.sections[-1]
        return len(self.sections) < 4 and (not last.is_text or last.tokens == (TEXT,))

    @cached_property
    def _numeric(self) -> int:
        """How many of the parts are for numbers."""
        kept = self.sections[:3]
        return len(kept) - (len(kept) > 1 and kept[-1].is_text)

    @cached_property
    def _conditions(self) -> tuple[Condition, Condition]:
        first, second = self.sections[0].condition, None
        if self._numeric > 2:
            second = self.sections[1].condition
        return first or (">" if self._numeric > 2 else ">=", _ZERO), second or ("<", _ZERO)

    def _chosen(self, number: Decimal) -> int:
        for at, (sign, limit) in enumerate(self._conditions[: self._numeric - 1]):
            if _COMPARED[sign](number, limit):
                return at
        return self._numeric - 1

    def _is_for_negatives(self, at: int) -> bool:
        """Whether a part holds negative numbers only, and so shows a minus only where it has one itself."""
        if at == self._numeric - 1:
            sign, limit = self._conditions[0]
            return at == 1 and sign in (">", ">=") and limit <= 0
        sign, limit = self._conditions[at]
        return sign in ("<", "<=") and limit <= 0


@lru_cache(maxsize=4_096)
def parse_format(code: str) -> NumberFormat:
    """A format's code, taken apart; one longer than any spreadsheet takes shows the bare number."""
    return NumberFormat(code if len(code) <= _LONGEST_CODE else GENERAL)


_GENERAL = _Part(Section((("general", GENERAL),)))


# --- numbers ------------------------------------------------------------------------------------


def _shown_number(part: _Part, number: Decimal, *, unsigned: bool) -> str:
    section = part.section
    if part.layout is None:
        shown = "".join(_plain_part(token, number, section) for token in section.tokens)
        has_sign = number < 0 and not section.kinds.isdisjoint({"general", "digit"})
    else:
        shown, is_something = part.layout.shown(abs(number))
        shown = written(shown, section.written)
        has_sign = number < 0 and is_something
    return ("-" if has_sign and not unsigned else "") + shown


def _has_fraction(tokens: tuple[Token, ...]) -> bool:
    """Whether a slash parts digits; elsewhere it is a sign like any other."""
    digits = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    return bool(digits) and ("sign", "/") in tokens[digits[0] : digits[-1]]


def _plain_part(token: Token, number: Decimal, section: Section) -> str:
    """A part without places for digits shows the whole number, or only what it says itself."""
    kind, text = token
    if kind == "general" or ("general" not in section.kinds and _is_first_digit(token, section)):
        return with_units(plain(abs(number)), section.written)
    return text if kind == "quoted" else ""


def _is_first_digit(token: Token, section: Section) -> bool:
    return next((each for each in section.tokens if each[0] == "digit"), None) is token


# --- dates --------------------------------------------------------------------------------------


@lru_cache(maxsize=16_384)  # the same few dates stand in cell after cell
def _shown_date(part: _Part, number: Decimal, since_1904: bool) -> str | None:
    """None for a number that is no date."""
    at = moment(number, part.second_places, since_1904)
    if at is None:
        return None
    wording, digits = part.wording, part.section.written
    return "".join([_date_part(kind, text, at, wording, digits) for kind, text in part.date_tokens])


def _date_part(kind: str, text: str, at: Moment, wording: Wording, digits: str) -> str:
    if kind == "quoted":
        return text
    shown = shown_part(kind, text, at, wording)
    # Years of our era are written digit by digit (二〇一八), other numbers with their units (三十).
    return written(shown, digits) if text[0] == "y" or kind == "fraction" else with_units(shown, digits)


def _date_tokens(section: Section) -> tuple[Token, ...]:
    """The parts of a date, with minutes told from months and the digits of a part of a second together."""
    tokens = list(_joined_fractions(section.tokens))
    units = [at for at, (kind, _) in enumerate(tokens) if kind in ("date", "elapsed")]
    for place, at in enumerate(units):
        kind, text = tokens[at]
        before = tokens[units[place - 1]][1][0] if place else ""
        after = tokens[units[place + 1]][1][0] if place + 1 < len(units) else ""
        if kind == "date" and text in ("m", "mm") and (before == "h" or after == "s"):
            tokens[at] = "minute", text
    return tuple(tokens)


def _joined_fractions(tokens: tuple[Token, ...]) -> Iterator[Token]:
    fraction: str | None = None
    for token in (*tokens, TEXT):
        kind, text = token
        if fraction is not None and kind == "digit":
            fraction += "0"
            continue
        if fraction is not None:
            yield ("fraction", fraction[:_FINEST]) if fraction else ("quoted", ".")
            fraction = None
        if token == POINT:
            fraction = ""
        elif kind in ("date", "elapsed"):
            yield kind, text.lower()
        elif kind == "noon":
            yield token
        elif token != TEXT:
            yield "quoted", text
