"""Which findings are those that a baseline or a waiver names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from jisseki_check import fingerprints
from jisseki_check.model import Finding, KnownFinding

_ALIKE = 0.5  # of two titles: a word put right, not another project
_Key = Callable[[KnownFinding], Hashable]


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
        number=item.number if item else None,
        title=item.title if item else None,
        field=finding.field if finding.subject is None else None,
        subject=finding.subject,
        count=finding.count,
        given=finding.given,
        fingerprint=finding.fingerprint,
        value_fingerprint=finding.value_fingerprint,
    )


def match(present: Sequence[KnownFinding], entries: Sequence[KnownFinding]) -> dict[int, int]:
    """For findings, by their position, the entry that names them: the same thing with the same value.

    Each entry names one finding, so that a fault that was put right never hides one that is new. A thing
    that is written in fewer places than the entry says is still that thing; in more, it is not.
    """
    pairs: dict[int, int] = {}
    for key in (_in_file, _as_printed, _by_title, _by_number):
        _pair(present, entries, key, pairs, with_value=True)
    return pairs


def match_changed(present: Sequence[KnownFinding], entries: Sequence[KnownFinding]) -> dict[int, int]:
    """The same, whatever the value: findings of a thing for which the entry was made, as it was then."""
    pairs: dict[int, int] = {}
    for key in (_in_file, _as_printed, _by_title, _by_number):
        _pair(present, entries, key, pairs, with_value=False)
    return pairs


def report_of(each: KnownFinding) -> Hashable:
    return fingerprints.report_key(each.path, each.department, each.fiscal_year, each.report_kind)


def _pair(
    present: Sequence[KnownFinding],
    entries: Sequence[KnownFinding],
    key: _Key,
    pairs: dict[int, int],
    *,
    with_value: bool,
) -> None:
    """Adds the pairs that agree in `key`, of those not paired yet, in order."""
    taken = set(pairs.values())
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        held = key(entry)
        if number not in taken and held is not None:
            waiting[held, entry.value_fingerprint if with_value else None].append(number)
    for position, each in enumerate(present):
        held = key(each)
        if position in pairs or held is None:
            continue
        candidates = waiting.get((held, each.value_fingerprint if with_value else None), [])
        fitting = [
            number
            for number in candidates
            if _is_same_item(each, entries[number])
            and (not with_value or each.count <= entries[number].count)
        ]
        if fitting:
            pairs[position] = fitting[0]
            candidates.remove(fitting[0])


def _is_same_item(one: KnownFinding, other: KnownFinding) -> bool:
    """Whether the titles may be those of one item: a number may have gone over to another."""
    names = fingerprints.named(one.title), fingerprints.named(other.title)
    if not all(names) or names[0] == names[1]:
        return True
    from difflib import SequenceMatcher  # 6 ms, and titles seldom change

    return SequenceMatcher(None, *names, autojunk=False).ratio() >= _ALIKE


def _in_file(each: KnownFinding) -> Hashable:
    return (each.path, each.fingerprint) if each.fingerprint else None


def _as_printed(each: KnownFinding) -> Hashable:
    return each.fingerprint or None


def _by_title(each: KnownFinding) -> Hashable:
    """An item that was moved and numbered anew."""
    name = fingerprints.named(each.title)
    return (each.rule, report_of(each), name, each.field) if name else None


def _by_number(each: KnownFinding) -> Hashable:
    """One of several findings at one place, or an item with another title."""
    if each.subject is not None:
        return each.rule, report_of(each), each.subject
    if each.number is None and each.title is not None:
        return None
    return (each.rule, report_of(each), each.section, each.number, each.field)
