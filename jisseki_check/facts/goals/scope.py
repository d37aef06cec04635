"""Of what a number speaks: of the whole year, a month, each of several, or of another year."""

from __future__ import annotations

import re

from jisseki_check.notation.dates import find_dates
from jisseki_check.notation.fiscal import find_fiscal_years

_SHARE = re.compile(
    r"(?P<per>[当あ]たり|につき)|各[^、。のでにを]{1,6}(?=で|が|に|ごと)|ごと|累計|累積|通算|新規|新た|うち"
    r"|(?:前年|昨年)[^、。]{0,6}(?=から|より|比)|[0-9]+(?:年間|か年|ヵ年|ヶ年|カ年)"
)
_ONE = re.compile(r"[^、。をにがはの]{0,6}$")
_RHYTHM = re.compile(
    r"(?P<often>[毎各]?[月週]|毎日|1日)(?:間|に)?(?:平均|延べ|少なくとも|最低)?$|(?P<each>各)$"
)


def scope_of(before: str, year: int | None) -> frozenset[str]:
    """What the words before a number, without blanks, say of its scope; nothing where it counts the whole of
    the report's own `year`."""
    found = {_share(before, match) for match in _SHARE.finditer(before)}
    rhythm = _RHYTHM.search(before, max(0, len(before) - 12))
    if rhythm is not None:
        found.add((rhythm["often"] or "各").lstrip("毎各1") or "各")
    if "年" in before:
        found |= _other_year(before, year)
    return frozenset(found)


def _share(before: str, match: re.Match[str]) -> str:
    """1人当たり, 各課, 3年間: with what it is of which the number speaks."""
    if match["per"] is None:
        return match[0]
    one = _ONE.search(before, max(0, match.start() - 6), match.start())
    return f"{one[0] if one else ''}{match[0]}"


def _other_year(before: str, year: int | None) -> set[str]:
    """The fiscal year in which it is to be reached, where that is not the report's own."""
    years = [(mention.end, mention.year) for mention in find_fiscal_years(before)]
    years += [
        (date.end, date.year - (date.month < 4))
        for date in find_dates(before)
        if date.year is not None and date.month is not None
    ]
    named = max(years, default=(0, year))[1]
    return set() if named == year else {f"{named}年度"}
