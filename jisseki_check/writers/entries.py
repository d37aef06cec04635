"""The fields of an item in the order in which the form prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jisseki_check.forms.besides import DIVISION, INDICATOR
from jisseki_check.model import Item, Report
from jisseki_check.profiles import Profile
from jisseki_check.writers.printed import (
    amount_line,
    indicator_line,
    kind_of,
    label_of,
    mark_lines,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one place: a label (None: the form has none here), the text (None: the item has no such
    field), and the amounts below it. `beside`: the form has no place for it."""

    label: str | None
    text: str | None
    amounts: tuple[str, ...] = ()
    beside: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The paragraphs, the amounts among them."""
        return (*(self.text.split("\n") if self.text is not None else ()), *self.amounts)


def entries(item: Item, report: Report, profile: Profile) -> Iterator[Entry]:
    """An item's fields without its heading; the plan of a table's item stands beside that."""
    kind = kind_of(item, profile)
    division = () if item.division is None else (Entry(DIVISION, item.division, beside=True),)
    labelled = kind.opens == "parenthesis"
    yield from division if labelled else ()
    for field in ("goal", "initiative"):
        beside = kind.opens == "table" and field == "goal"
        label = label_of(field, report, profile) if labelled else None
        yield from _entry(label, None if beside else getattr(item, field), item, (field,))
    yield from _entry(label_of("result", report, profile), item.result, item, ("result", ""))
    yield from () if labelled else division
    for indicator in item.indicators:
        yield Entry(INDICATOR, indicator_line(indicator), beside=True)
    for heading, text in item.extra:
        yield Entry(heading, text, beside=True)
    if item.mark is not None:
        yield Entry(profile.fields["mark"][0], "\n".join(mark_lines(item.mark, profile)))


def _entry(label: str | None, text: str | None, item: Item, fields: tuple[str, ...]) -> Iterator[Entry]:
    amounts = tuple(amount_line(amount) for amount in item.amounts if amount.field in fields)
    if text is not None or amounts:
        yield Entry(label if text is not None else None, text, amounts)
