"""Whether a result says why it fell short of the plan, or what comes next.

The profile's words tell it plainly (今後, 見送); officials also tell it by the shape of a sentence.
"""

from __future__ import annotations

import re

from jisseki_check.facts.views import ItemView, says
from jisseki_check.notation.fiscal import find_fiscal_years

_TURN = (
    r"(?:(?:^|[。\n])\s*(?:ただし|しかし|もっとも|一方|残る|残り|残った)|(?:ました|です|でした)が、|ものの、)"
)
# 人選に日数を要した, 手続きに手間取り
_DELAY = (
    r"(?:日数|日時|時間|期間|年数|調整|協議|手続き?|作業)[をがにと]?(?:相当)?[をが]?"
    r"(?:要[しす]|かか[りっ]|手間取)"
)
_LACK = r"(?:十分|万全)(?:で|に)?は?な[いくか]|不十分|次期|次回|途上|道半ば|改善の余地|ているところ"
# A cause, and work that goes on: 場所が狭いことから、調整を進めています. 図るため、 names an aim.
_GOING_ON = (
    r"(?:ことから|[たいだ]ため|要するため|ので)、[^。\n]{0,120}?"
    r"(?:ています|ていきます|こととしました)(?=[。\n]|$)"
)
_SHAPES = re.compile(f"{_TURN}|{_DELAY}|{_LACK}|{_GOING_ON}")
_NEXT = re.compile(r"[^。\n]{0,200}?(?<!てい)(?:ます|予定です?|こととし(?:ています|ました))(?=[。\n]|$)")


def is_explained(item: ItemView, fiscal_year: int | None) -> bool:
    """Whether the result, or another column of a list, explains a mark below the top one."""
    return (
        says(item.told, item.profile.words["shortfall"])
        or _SHAPES.search(item.told) is not None
        or _goes_on_later(item, fiscal_year)
    )


def _goes_on_later(item: ItemView, fiscal_year: int | None) -> bool:
    """Whether a sentence says what is done in a year after the report's."""
    if fiscal_year is None:
        return False
    years = find_fiscal_years(item.told) if item.item.extra else item.fiscal_years.get("result", ())
    return any(year.year > fiscal_year and _NEXT.match(item.told, year.end) for year in years)
