"""Columns of the reports themselves that are no field of their form, echoed beside what is ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from jisseki_check.formatters.text import clean
from jisseki_check.model import ReportFigures

_PREFIX = "報告の列："
_REST = "報告のほかの列"
_MOST = 100  # a table with thousands of columns is no table any more


class OwnColumns:
    """The headings of all reports, those that most items have first; what has no column of its own stands in
    a last one together, so that nothing is lost."""

    def __init__(self, reports: Iterable[ReportFigures]) -> None:
        number = Counter(clean(name) for report in reports for item in report.items for name in item.extra)
        known = [name for name, _ in number.most_common(_MOST)]
        self._places = {name: place for place, name in enumerate(known)}
        self._has_rest = len(number) > len(known)

    @property
    def headings(self) -> tuple[str, ...]:
        rest = (_REST,) if self._has_rest else ()
        return (*(f"{_PREFIX}{name}" for name in self._places), *rest)

    def cells(self, extra: Mapping[str, str] | None) -> list[str]:
        """What an item has in each of the columns; "" where it has nothing."""
        held = [""] * len(self.headings)
        for name, text in (extra or {}).items():
            place = self._places.get(clean(name))
            told = clean(text) if place is not None else f"{clean(name)}：{clean(text)}"
            at = len(self._places) if place is None else place
            held[at] = f"{held[at]}／{told}" if held[at] else told
        return held
