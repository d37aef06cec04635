"""Per cents as they are shown everywhere: one share is never told by two figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pages of rules need not wait for either
    from decimal import Decimal
    from fractions import Fraction


def tenths(share: float | Decimal | Fraction, *limits: float | Fraction) -> int:
    """Tenths of a per cent (1 = all of it = 1000), rounded half up as people compute it; what lies below a
    whole per cent, or below one of `limits`, is not rounded up to it: 49.96 is 499."""
    part, whole = _ratio(share)
    rounded = (2_000 * part + whole) // (2 * whole)
    if part * 1000 >= rounded * whole:
        return rounded
    is_reached = rounded % 10 == 0 or any(
        part * base < limit * whole and limit * 1000 <= rounded * base for limit, base in map(_ratio, limits)
    )
    return rounded - is_reached


def percent(share: float | Decimal | Fraction, *limits: float | Fraction) -> str:
    """`48.6％`, `50％`, `1,234.5％`, `△3.2％`: as `tenths` rounds."""
    return f"{in_tenths(tenths(share, *limits))}％"


def in_tenths(number: int) -> str:
    """`48.6` of 486, `50` of 500, `△3.2` of -32."""
    whole, rest = divmod(abs(number), 10)
    return f"{'△' if number < 0 else ''}{whole:,}" + (f".{rest}" if rest else "")


def _ratio(share: float | Decimal | Fraction) -> tuple[int, int]:
    """From its decimal digits: the nearest binary fraction of 0.3735 may lie below it."""
    if not isinstance(share, float):
        return share.as_integer_ratio()
    digits, _, exponent = repr(share).partition("e")
    whole, _, rest = digits.partition(".")
    places = len(rest) - int(exponent or 0)
    number = int(whole + rest)
    return (number, 10**places) if places >= 0 else (number * 10**-places, 1)
