"""Per cents as they are shown everywhere: one share is never told by two figures."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor


def tenths(share: float | Decimal | Fraction, *limits: float | Fraction) -> int:
    """Tenths of a per cent (1 = all of it = 1000), rounded half up as people compute it; what lies below a
    whole per cent, or below one of `limits`, is not rounded up to it: 49.96 is 499."""
    exact = _exact(share)
    rounded = floor(exact * 1000 + Fraction(1, 2))
    shown = Fraction(rounded, 1000)
    is_reached = rounded % 10 == 0 or any(_exact(limit) <= shown for limit in limits if exact < _exact(limit))
    return rounded - 1 if exact < shown and is_reached else rounded


def percent(share: float | Decimal | Fraction, *limits: float | Fraction) -> str:
    """`48.6％`, `50％`, `1,234.5％`, `△3.2％`: as `tenths` rounds."""
    return f"{in_tenths(tenths(share, *limits))}％"


def in_tenths(number: int) -> str:
    """`48.6` of 486, `50` of 500, `△3.2` of -32."""
    whole, rest = divmod(abs(number), 10)
    return f"{'△' if number < 0 else ''}{whole:,}" + (f".{rest}" if rest else "")


def _exact(share: float | Decimal | Fraction) -> Fraction:
    """From its decimal digits: the nearest binary fraction of 0.3735 may lie below it."""
    return Fraction(str(share)) if isinstance(share, float) else Fraction(share)
