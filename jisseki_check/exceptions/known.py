"""Which findings are those that a baseline or a waiver names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from functools import cached_property
from types import MappingProxyType

from jisseki_check import fingerprints
from jisseki_check.model import Finding, KnownFinding

_ALIKE = 0.7  # of two titles: a word put right, not another project
_CUT = 20  # characters that are at least left of a value that is shown in part
_Key = Callable[[KnownFinding], Hashable]
_NO_HOMES: Mapping[str, Hashable] = MappingProxyType({})


def known(finding: Finding) -> KnownFinding:
    """The finding as a file of ours names it."""
    item = finding.item if finding.subject is None else None
    return KnownFinding(
        rule=finding.rule,
        path=finding.location.path,
        department=finding.department,
        fiscal_year=finding.fiscal_year,
        report_kind=finding.report_kind,
        section=item.section if item else None,
        number=(item.number or None) if item else None,
        title=(item.title or None) if item else None,
        field=finding.field if finding.subject is None else None,
        subject=finding.subject,
        count=finding.count,
        places=finding.places,
        given=finding.given,
        fingerprint=finding.fingerprint,
        value_fingerprint=finding.value_fingerprint,
    )


def match(
    present: Sequence[KnownFinding],
    entries: Sequence[KnownFinding],
    homes: Mapping[str, Hashable] = _NO_HOMES,
) -> dict[int, int]:
    """For findings, by their position, the entry that names them: the same thing with the same value.

    Each entry names as many places as it says, so that a fault that was put right never hides one that is
    new. A thing that is written in fewer places is still that thing; in more, or in others, it is not.
    `homes`: the report of each file that was judged; an entry of one that is still there names nothing in
    another file.
    """
    return _Pairing(present, entries, homes, with_value=True).pairs


def match_changed(
    present: Sequence[KnownFinding],
    entries: Sequence[KnownFinding],
    homes: Mapping[str, Hashable] = _NO_HOMES,
) -> dict[int, int]:
    """The same, whatever the value: findings of a thing for which the entry was made, as it was then."""
    return _Pairing(present, entries, homes, with_value=False).pairs


def is_same_value(held: str | None, given: str | None) -> bool:
    """Whether two printed values are the same but for blanks, width and the grouping of digits. A long one
    that is cut short with … is the beginning of the other."""
    one, other = (fingerprints.named(each).replace(",", "") for each in (held, given))
    for each, whole in ((one, other), (other, one)):
        if len(each) >= _CUT and each.endswith("…") and whole.startswith(each[:-1]):
            return True
    return one == other


def same_words(one: str, other: str) -> bool:
    """Whether two names are the same but for blanks, width and case."""
    return fingerprints.named(one).casefold() == fingerprints.named(other).casefold()


def are_alike(one: str, other: str) -> bool:
    """Whether two titles, as they are compared, may be those of one item of which a word was put right."""
    from difflib import SequenceMatcher  # 6 ms, and titles seldom change

    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def report_of(each: KnownFinding) -> Hashable:
    return fingerprints.report_key(each.path, each.department, each.fiscal_year, each.report_kind)


class _Pairing:
    """Findings and the entries that name them: first those that agree in most."""

    def __init__(
        self,
        present: Sequence[KnownFinding],
        entries: Sequence[KnownFinding],
        homes: Mapping[str, Hashable],
        *,
        with_value: bool,
    ) -> None:
        self.pairs: dict[int, int] = {}
        self._present = present
        self._entries = entries
        self._homes = homes
        self._with_value = with_value
        self._left = [entry.count for entry in entries]  # places that each still speaks of
        self._left_places = [Counter(entry.places) for entry in entries]
        for key in (_in_file, _as_printed, _by_title, _by_number):
            self._pair(key)

    def _pair(self, key: _Key) -> None:
        """Adds the pairs that agree in `key`, of those not paired yet, in order."""
        taken = set(self.pairs.values())
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            if number not in taken:
                held = key(entry)
                if held is not None:
                    waiting[held, self._value(entry)].append(number)
        if not waiting:
            return
        for position, each in enumerate(self._present):
            if position in self.pairs:
                continue
            candidates = waiting.get((key(each), self._value(each)), [])
            fitting = next((number for number in candidates if self._fits(each, number)), None)
            if fitting is not None:
                self.pairs[position] = fitting
                self._left[fitting] -= each.count
                self._left_places[fitting] -= Counter(each.places)
                if not self._with_value or self._left[fitting] <= 0:
                    candidates.remove(fitting)

    def _value(self, each: KnownFinding) -> str | None:
        return each.value_fingerprint if self._with_value else None

    def _fits(self, each: KnownFinding, number: int) -> bool:
        entry = self._entries[number]
        if self._with_value and not (self._is_within(each, number) and _is_as_told(each, entry)):
            return False
        is_elsewhere = entry.path != each.path and self._homes.get(entry.path or "") == report_of(entry)
        return not is_elsewhere and self._is_same_item(each, entry)

    def _is_within(self, each: KnownFinding, number: int) -> bool:
        """Whether the entry still speaks of so many places, and, where both say which, of these."""
        if each.count > self._left[number]:
            return False
        if not each.places or not self._entries[number].places:
            return True
        return Counter(each.places) <= self._left_places[number]

    def _is_same_item(self, each: KnownFinding, entry: KnownFinding) -> bool:
        """Whether the titles may be those of one item: a number may have gone over to another."""
        names = fingerprints.named(each.title), fingerprints.named(entry.title)
        if not all(names) or names[0] == names[1]:
            return True
        if _titled(each) in self._former or _titled(entry) in self._current:
            return False  # each of the two is known to be an item of its own
        return are_alike(*names)

    @cached_property
    def _former(self) -> Set[Hashable]:
        """The items that entries name."""
        return {_titled(entry) for entry in self._entries}

    @cached_property
    def _current(self) -> Set[Hashable]:
        """The items that findings are of."""
        return {_titled(each) for each in self._present}


def _is_as_told(each: KnownFinding, entry: KnownFinding) -> bool:
    """Whether the value that people read in the entry is the one that stands there. Of what stands all over a
    report, any of the places may come first."""
    return bool(each.subject) or entry.given is None or is_same_value(entry.given, each.given)


def _titled(each: KnownFinding) -> Hashable:
    return report_of(each), fingerprints.named(each.title)


def _in_file(each: KnownFinding) -> Hashable:
    return (each.path, _as_printed(each)) if each.fingerprint else None


def _as_printed(each: KnownFinding) -> Hashable:
    """With what the fingerprint was made of, so that an entry says to its readers what it is used for."""
    if not each.fingerprint:
        return None
    return each.fingerprint, each.rule, report_of(each), each.section, each.field, each.subject


def _by_title(each: KnownFinding) -> Hashable:
    """An item that was moved and numbered anew."""
    name = fingerprints.named(each.title)
    return (each.rule, report_of(each), name, each.field) if name else None


def _by_number(each: KnownFinding) -> Hashable:
    """One of several findings at one place, or an item with another title."""
    if each.subject:
        return each.rule, report_of(each), each.subject
    if each.number is None and each.title is not None:
        return None
    return (each.rule, report_of(each), each.section, each.number, each.field)
