"""The rate of achievement that an item states or that its figures give, and the mark that it earns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from jisseki_check.facts.views import ItemView
from jisseki_check.notation.percent import percent as percent_words
from jisseki_check.notation.width import fold
from jisseki_check.patterns import lazy_compile
from jisseki_check.profiles import Profile

Row = dict[str, Any]

_STATED = lazy_compile(r"達成率[^0-9。\n]{0,8}?(?P<percent>[0-9]{1,4}(?:\.[0-9]{1,3})?)\s?(?:%|パーセント)")
# A rate of another year, or one that was aimed at, is not the item's own.
_OTHER = lazy_compile(r"前年|昨年|前回|見込")
_BEHIND = lazy_compile(r"\s?(?:以上)?(?:を|と|の)?(?:目標|目指|見込|上回|下回)")
_SENTENCE = lazy_compile(r"[。\n]")


def rated(item: ItemView, rows: Sequence[Row]) -> list[Row]:
    """The rows with the item's rate on the one that decides its mark; a stated rate is a row of its own.

    Several figures that earn different marks decide nothing.
    """
    stated = _stated(item)
    if stated is not None:
        return [*rows, stated]
    percents = [percent for row in rows if (percent := _percent(row)) is not None]
    ranks = {item.profile.rank_of(percent) for percent in percents}
    if not rows or len(percents) < len(rows) or len(ranks) > 1:
        return list(rows)
    first, *others = rows
    return [first | _rate(percents[0], item.profile), *others]


def _percent(row: Row) -> Fraction | None:
    """What was reached of a target, in per cent; None where less is better."""
    # From the decimal digits: the nearest binary fraction of 0.9 lies below it.
    target, actual = Fraction(str(row["target"])), Fraction(str(row["actual"]))
    return actual * 100 / target if target > 0 and actual >= 0 and not row["at_most"] else None


def _stated(item: ItemView) -> Row | None:
    """The one rate of achievement that the result states."""
    text = fold(item.result)
    if "達成率" not in text:
        return None
    found = [match for match in _STATED.finditer(text) if _is_own(text, match)]
    if len(found) != 1:
        return None
    (match,) = found
    percent = Fraction(match["percent"])
    return {
        "thing": "達成率",
        "actual": float(percent),
        "actual_text": item.result[match.start("percent") : match.end()],
        "field": "result",
        "start": match.start("percent"),
        "end": match.end(),
        **_rate(percent, item.profile),
    }


def _is_own(text: str, match: re.Match[str]) -> bool:
    before = _SENTENCE.split(text[max(0, match.start() - 20) : match.start()])[-1]
    return not (_OTHER.search(before) or _BEHIND.match(text, match.end()))


def _rate(percent: Fraction, profile: Profile) -> Row:
    rank = profile.rank_of(percent)
    return {
        "rate": float(percent / 100),
        "rate_text": percent_words(percent / 100, *_limits(profile)),
        "earned_best": rank,
        "earned_worst": rank,
        "rate_mark": profile.signs[rank - 1].sign if rank else None,
        "rate_range": _range(rank, profile) if rank else None,
    }


def _limits(profile: Profile) -> list[Fraction]:
    """The shares from which on another mark is earned."""
    return [sign.least_percent / 100 for sign in profile.signs if sign.least_percent is not None]


def _range(rank: int, profile: Profile) -> str:
    """90％以上, 70％以上90％未満, 50％未満."""
    least = profile.signs[rank - 1].least_percent
    below = profile.signs[rank - 2].least_percent if rank > 1 else None
    parts = [f"{float(least):g}％以上"] if least else []
    if below is not None:
        parts.append(f"{float(below):g}％未満")
    return "".join(parts) or "0％以上"
