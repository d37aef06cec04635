"""This year's results of each department beside those of the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jisseki_check.fingerprints import name_key
from jisseki_check.formatters.groups import Group
from jisseki_check.formatters.html.figures import faulty_items, results
from jisseki_check.model import ItemFigures, ReportFigures


@dataclass(frozen=True, slots=True)
class Year:
    """`faulty`: items (`index`) whose amounts are said to be wrong; nobody says so of what was only compared
    with."""

    number: int
    items: tuple[ItemFigures, ...]
    faulty: frozenset[int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A department's results of the latest year that was checked, and of the last year before it of which
    there is a report."""

    name: str
    now: Year
    earlier: Year


@dataclass(frozen=True, slots=True)
class Years:
    """`alone`: departments of this year without any earlier report, by name."""

    pairs: tuple[Pair, ...]
    alone: tuple[str, ...]


def years(reports: Sequence[ReportFigures], groups: Sequence[Group] = ()) -> Years:
    """Of reports that were checked and of those that were read for comparison; departments in the order in
    which they come up among the former. `groups`: what was found in them."""
    faulty = {id(each.figures): faulty_items(each) for each in groups}
    held: defaultdict[tuple[str | None, str], list[ReportFigures]] = defaultdict(list)
    for report in sorted(results(reports), key=lambda each: each.prior):
        department = name_key(report.department)
        if department is not None and report.fiscal_year is not None:
            held[name_key(report.municipality), department].append(report)
    cities = {city for city, _ in held if city}
    pairs, alone = [], []
    for of_department in held.values():
        checked = [each.fiscal_year for each in of_department if not each.prior and each.fiscal_year]
        if not checked:
            continue
        first = of_department[0]
        city = first.municipality if len(cities) > 1 else None
        name = " ".join(part for part in (city, first.department) if part)
        year = max(checked)
        before = [each.fiscal_year for each in of_department if each.fiscal_year and each.fiscal_year < year]
        if not before:
            alone.append(name)
            continue
        # Another report of the same year is the same one once more.
        now = next(each for each in of_department if each.fiscal_year == year and not each.prior)
        earlier = next(each for each in of_department if each.fiscal_year == max(before))
        pairs.append(
            Pair(
                name,
                *(
                    Year(each.fiscal_year or 0, each.items, faulty.get(id(each), frozenset()))
                    for each in (now, earlier)
                ),
            )
        )
    return Years(tuple(pairs), tuple(alone))
