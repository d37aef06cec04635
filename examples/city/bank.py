"""The city's programmes: what each department plans and achieves in three years, from programmes/*.toml.

A text of the bank holds marks that become numbers and dates: `{1240}` a figure that the seed moves a little,
`[9/2]` and `[9]` a day or a month of the fiscal year, `[年度]`, `[前年度]`, `[翌年度]` fiscal years.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jisseki_check.notation.eras import era_year
from jisseki_check.notation.fiscal import label

YEARS = (2017, 2018, 2019)

Entry = Mapping[str, Any]

_FIGURE = re.compile(r"\{([0-9]+)\}")
_DAY = re.compile(r"\[([0-9]{1,2})/([0-9]{1,2})\]")
_MONTH = re.compile(r"\[([0-9]{1,2})\]")
_SPREAD = 0.06
_AMOUNT_SPREAD = 0.04
_RATES = (86.0, 98.5)
_RATE_SPREAD = 0.6


def departments() -> list[tuple[str, Entry]]:
    """Each department's short name and entry, in the order of their names."""
    folder = Path(__file__).parent / "programmes"
    return [
        (path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.toml"))
    ]


class Programme:
    """One programme of a department, as it stands in each fiscal year.

    Two departments that share a programme name it by the same `shared` key: it has the same figures in both.
    """

    def __init__(self, entry: Entry, department: str, seed: int) -> None:
        self.entry = entry
        self.key = f"{seed}/{entry.get('shared') or department + entry['title']}"

    def text(self, name: str, year: int) -> str | None:
        """The text of a field; None where the programme has none in that year."""
        held = self.entry.get(name)
        if isinstance(held, list):
            held = held[YEARS.index(year)]
        return self._filled(held, year) if held else None

    def mark(self, year: int) -> str:
        """The mark of achievement."""
        mark: str = self.entry["marks"][YEARS.index(year)]
        return mark

    def budget(self, year: int) -> int | None:
        """In 1000 yen; None for a programme without a budget of its own."""
        if "budget" not in self.entry:
            return None
        base: int = self.entry["budget"][YEARS.index(year)]
        return _rounded(base * self._factor("budget", _AMOUNT_SPREAD), base)

    def settlement(self, year: int) -> int | None:
        """In 1000 yen: less than the budget, by the rate that the bank or the seed gives."""
        budget = self.budget(year)
        if budget is None:
            return None
        chance = random.Random(f"{self.key}/settlement/{year}")  # noqa: S311 - invented figures, no secret
        rate: float
        if "rate" in self.entry:
            rate = self.entry["rate"][YEARS.index(year)] + chance.uniform(-_RATE_SPREAD, _RATE_SPREAD)
        else:
            rate = chance.uniform(*_RATES)
        return min(budget - 1, round(budget * rate / 100))

    def _filled(self, text: str, year: int) -> str:
        factor = self._factor("figures", _SPREAD)
        text = _FIGURE.sub(lambda found: f"{_rounded(int(found[1]) * factor, int(found[1])):,}", text)
        text = _DAY.sub(lambda found: date_name(year, int(found[1]), int(found[2])), text)
        text = _MONTH.sub(lambda found: date_name(year, int(found[1])), text)
        for name, other in (("[年度]", year), ("[前年度]", year - 1), ("[翌年度]", year + 1)):
            text = text.replace(name, label(other))
        return text

    def _factor(self, what: str, spread: float) -> float:
        """The same for all figures of a programme, so that what rises in the bank rises."""
        chance = random.Random(f"{self.key}/{what}")  # noqa: S311 - invented figures, no secret
        return 1 + chance.uniform(-spread, spread)


def date_name(year: int, month: int, day: int | None = None) -> str:
    """A day, or a month, of a fiscal year as officials write it: 2019, 6 → 令和元年6月."""
    date = dt.date(year if month >= 4 else year + 1, month, day or 1)
    era, number = era_year(date)[0]
    name = f"{era}{'元' if number == 1 else number}年{month}月"
    return name if day is None else f"{name}{day}日"


def _rounded(value: float, base: int) -> int:
    """To as many trailing zeros as the bank's figure has."""
    unit: int = 10 ** (len(str(base)) - len(str(base).rstrip("0")))
    return max(unit, round(value / unit) * unit)
