"""The register of waivers, for people: what became of each, until when it holds, and who says so."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from jisseki_check.formatters import contract
from jisseki_check.formatters.text import clean, pad, paint, wrap
from jisseki_check.formatters.words import known_name, waiver
from jisseki_check.model import Waiver, WaiverUse

STATES = {
    "used": "使用",
    "unused": "未使用",
    "expired": "期限切れ",
    "lapsed": "値の変更",
    "pending": "開始前",
    "unchecked": "対象外",
}
OUT = ("expired", "lapsed", "unused")
"""States in which a waiver does not do what it is there for."""

_STYLES = {"used": "good", "expired": "error", "lapsed": "error", "unused": "warning"}
_WIDTH = 8  # columns of a state's name


def block(
    uses: Sequence[WaiverUse], as_of: dt.date, *, width: int, color: bool, is_checked: bool = True
) -> str:
    """One paragraph a waiver, in the order of the register; "" where there is none. `is_checked`: whether its
    state was looked at, and is to be shown."""
    if not uses:
        return ""
    lines = [paint(f"免除の一覧（{len(uses):,}件）", "strong", color)]
    for use in uses:
        lines += _paragraph(use, as_of, width, color) if is_checked else _stateless(use, as_of, width)
    return "\n".join(lines) + "\n"


def _stateless(use: WaiverUse, as_of: dt.date, width: int) -> Iterator[str]:
    first, *rest = wrap(known_name(use.known), width - 4)
    yield f"  {first}"
    begins = f"　{STATES['pending']}" if use.state == "pending" else ""
    told = [waiver(use.waiver) + left(use.waiver, as_of) + begins, place(use.waiver)]
    for line in (*rest, *(line for text in told for line in wrap(text, width - 4))):
        yield f"    {line}".rstrip()


def _paragraph(use: WaiverUse, as_of: dt.date, width: int, color: bool) -> Iterator[str]:
    state = pad(STATES.get(use.state, ""), _WIDTH)
    first, *rest = wrap(known_name(use.known), width - _WIDTH - 4)
    yield f"  {paint(state, _STYLES.get(use.state, 'faint'), color)}  {first}"
    told = [waiver(use.waiver) + left(use.waiver, as_of), place(use.waiver)]
    for line in (*rest, *(line for text in told for line in wrap(text, width - _WIDTH - 4))):
        yield f"  {' ' * _WIDTH}  {line}".rstrip()


def left(given: Waiver, as_of: dt.date) -> str:
    """How many days are left, its last one included."""
    days = days_left(given, as_of)
    if days is None:
        return ""
    return f"　あと{days:,}日" if days >= 0 else f"　{-days:,}日超過"


def days_left(given: Waiver, as_of: dt.date) -> int | None:
    """0 on its last day, negative after it; None where it has no end."""
    return (dt.date.fromisoformat(given.until) - as_of).days if given.until else None


def place(given: Waiver) -> str:
    """Where it is written."""
    line = f":{given.line}" if given.line is not None else ""
    return f"{clean(given.path)}{line}" if given.path else ""


def tally(uses: Sequence[WaiverUse]) -> str:
    """How many there are of each state."""
    number = Counter(use.state for use in uses)
    return "・".join(f"{name} {number[state]:,}" for state, name in STATES.items() if number[state])


def data(use: WaiverUse, as_of: dt.date, *, is_checked: bool) -> dict[str, Any]:
    """A waiver as JSON. `is_checked`: whether its state was looked at."""
    told = contract.waiver_use(use)
    return told | {"state": told["state"] if is_checked else None, "days_left": days_left(use.waiver, as_of)}
