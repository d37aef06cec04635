"""Which item of a report is which of it as it is now: one may be moved, numbered anew, called otherwise, or
gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jisseki_check import fingerprints
from jisseki_check.exceptions.known import are_alike
from jisseki_check.exceptions.scope import item_name, may_be_one
from jisseki_check.model import Finding, ItemFigures, Outcome

# Where the texts of a finding that is of the whole report can stand (`fingerprints.place`).
_TEXTS = ("title", "division", "goal", "initiative", "result")


@dataclass(frozen=True, slots=True)
class Items:
    """The items of one report by index, then (none where the earlier outcome does not keep them) and now;
    `pairs`: what is now of those that were then."""

    then: Mapping[int, ItemFigures]
    now: Mapping[int, ItemFigures]
    pairs: Mapping[int, int]

    def of(self, finding: Finding) -> ItemFigures | None:
        """The item now of which a finding spoke then; None where it is gone."""
        assert finding.item is not None
        if finding.item.index in self.then:
            at = self.pairs.get(finding.item.index)
            return None if at is None else self.now[at]
        name = item_name(finding.item.number, finding.item.title)
        named = ((each, item_name(each.number, each.title)) for each in self.now.values())
        return next((each for each, other in named if name and other and may_be_one(name, other)), None)

    def is_another(self, old: Finding, new: Finding) -> bool:
        """Whether two findings are known to be of different items."""
        if old.item is None or new.item is None or old.item.index not in self.then:
            return False
        return new.item.index in self.now and self.pairs.get(old.item.index) != new.item.index

    def at_place_of(self, finding: Finding) -> ItemFigures | None:
        """The item that has the section and the number now which a finding's item had."""
        item = finding.item
        if item is None or not item.number:
            return None
        place = item.section, item.number
        return next((each for each in self.now.values() if (each.section, each.number) == place), None)

    def lacks_a_place(self, finding: Finding) -> bool:
        """Whether some item is gone in which something stood that is of the whole report."""
        gone = [each for index, each in self.then.items() if index not in self.pairs]
        places = {fingerprints.place(each, text) for each in gone for text in _TEXTS}
        return not places.isdisjoint(finding.places)


def items_by_path(old: Outcome, new: Outcome, onwards: Mapping[str, Sequence[str]]) -> dict[str, Items]:
    """For each file of the old outcome the items of its report, where the new one keeps them. `onwards`: the
    files that hold its report now."""
    before, after = _by_path(old), _by_path(new)
    out = {}
    for path, [*now] in onwards.items():
        if now and now[0] in after:
            then, held = before.get(path, {}), after[now[0]]
            out[path] = Items(then, held, _pairs(then, held))
    return out


def _by_path(outcome: Outcome) -> dict[str, dict[int, ItemFigures]]:
    return {
        report.path: {item.index: item for item in report.items}
        for report in outcome.reports
        if not report.prior
    }


def _pairs(then: Mapping[int, ItemFigures], now: Mapping[int, ItemFigures]) -> dict[int, int]:
    """First those that agree in most. Under another title only what is alike, or has the same amount, at the
    same place, or alone has the very same figures: another project may have taken a number over."""
    pairs: dict[int, int] = {}
    for key, is_one in (
        (_title_and_place, _any),
        (_title, _any),
        (_place, _is_alike),
        (_place, _has_same_amount),
    ):
        before, after = _waiting(then, pairs, key), _waiting(now, set(pairs.values()), key)
        for name, held in before.items():
            _pair(held, after.get(name, []), is_one, pairs)
    before, after = _waiting(then, pairs, _figures), _waiting(now, set(pairs.values()), _figures)
    for name, held in before.items():
        if len(held) == len(after.get(name, ())) == 1:
            _pair(held, after[name], _any, pairs)
    return pairs


def _waiting(
    items: Mapping[int, ItemFigures],
    paired: Container[int],
    key: Callable[[ItemFigures], Hashable | None],
) -> Mapping[Hashable, list[ItemFigures]]:
    """The items that are not paired yet, by what they may be known by."""
    held: dict[Hashable, list[ItemFigures]] = defaultdict(list)
    for index, each in items.items():
        name = key(each)
        if index not in paired and name is not None:
            held[name].append(each)
    return held


def _pair(
    held: Iterable[ItemFigures],
    others: list[ItemFigures],
    is_one: Callable[[ItemFigures, ItemFigures], bool],
    pairs: dict[int, int],
) -> None:
    for each in held:
        found = next((other for other in others if is_one(each, other)), None)
        if found is not None:
            pairs[each.index] = found.index
            others.remove(found)


def _title(each: ItemFigures) -> Hashable | None:
    return fingerprints.named(each.title) or None


def _place(each: ItemFigures) -> Hashable | None:
    return (each.section, each.number) if each.number else None


def _title_and_place(each: ItemFigures) -> Hashable | None:
    return (_title(each), each.section, each.number) if _title(each) else None


def _figures(each: ItemFigures) -> Hashable | None:
    return (each.budget_yen, each.settlement_yen) if each.budget_yen and each.settlement_yen else None


def _any(one: ItemFigures, other: ItemFigures) -> bool:
    return True


def _is_alike(one: ItemFigures, other: ItemFigures) -> bool:
    names = fingerprints.named(one.title), fingerprints.named(other.title)
    return not all(names) or are_alike(*names)


def _has_same_amount(one: ItemFigures, other: ItemFigures) -> bool:
    pairs = (one.budget_yen, other.budget_yen), (one.settlement_yen, other.settlement_yen)
    return any(amount and amount == again for amount, again in pairs)
