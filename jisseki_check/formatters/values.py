"""What a cell of a table holds, whatever kind of file the table is written to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jisseki_check.notation.percent import tenths


@dataclass(frozen=True, slots=True)
class Percent:
    """A number of per cents: 86 is 86％."""

    number: int | Decimal


Value = str | int | Decimal | Percent | dt.date | None
"""None and "": nothing is known; that is not 0."""


def share_of(part: int, whole: int) -> Percent | None:
    """How much of the whole it is, to a tenth of a per cent, and 100 only where nothing is missing; None of
    nothing."""
    return Percent(Decimal(tenths(Fraction(part, whole))) / 10) if whole > 0 else None


def day(text: str | None) -> dt.date | str | None:
    """An ISO date as a date; whatever else stands there stays as it is."""
    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError:
        return text
