"""The known findings of a project: how they are written down, adopted, and given up again."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, fields
from typing import Any

from jisseki_check.exceptions.known import known, match
from jisseki_check.model import Finding, KnownFinding, Outcome

FORMAT = "jisseki-baseline/1"
FILE_NAME = "jisseki-check-baseline.json"

_NAMES = tuple(field.name for field in fields(KnownFinding))
_UNSAID = {field.name: field.default for field in fields(KnownFinding)}
_DIGITS = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Lowered:
    """A known finding as it was, and in how many places it stands now: in fewer."""

    known: KnownFinding
    now: int


@dataclass(frozen=True, slots=True)
class Update:
    """The known findings as they are now, and what became of those before. `moved`: how many stand in
    another place or file; `kept`: those of which the run could say nothing."""

    entries: tuple[KnownFinding, ...]
    removed: tuple[KnownFinding, ...]
    lowered: tuple[Lowered, ...]
    added: tuple[KnownFinding, ...]
    kept: tuple[KnownFinding, ...]
    moved: int


def adoptable(outcome: Outcome, never: Set[str]) -> tuple[KnownFinding, ...]:
    """The new findings that may be adopted, of all levels. `never`: codes of rules that allow no exception.

    None of a file that was not judged to its end: what else is wrong there is not known.
    """
    judged = {each.path for each in outcome.inputs if each.status == "checked"}
    return in_order(known(each) for each in _new(outcome) if each.rule not in never and _path(each) in judged)


def updated(outcome: Outcome, entries: Sequence[KnownFinding], added: Sequence[KnownFinding] = ()) -> Update:
    """What the entries come to after a run that was told of them: less, unless some are added.

    Those that are found again are written as they are now, so that they are found the next time, too.
    """
    held = [known(each) for each in outcome.findings if each.status == "baselined"]
    removed = outcome.baseline.unmatched if outcome.baseline is not None else ()
    unmatched = set(removed)
    rest = [entry for entry in entries if entry not in unmatched]
    found: defaultdict[int, list[KnownFinding]] = defaultdict(list)
    for position, number in match(held, rest).items():
        found[number].append(held[position])
    kept = [entry for number, entry in enumerate(rest) if number not in found]
    places = {number: sum(each.count for each in now) for number, now in found.items()}
    return Update(
        entries=in_order([*(each for now in found.values() for each in now), *kept, *added]),
        removed=in_order(removed),
        lowered=tuple(
            Lowered(rest[number], count) for number, count in places.items() if count < rest[number].count
        ),
        added=in_order(added),
        kept=in_order(kept),
        moved=sum(_place(rest[number]) != _place(now[0]) for number, now in found.items()),
    )


def not_adoptable(outcome: Outcome, never: Set[str]) -> tuple[Finding, ...]:
    """The new findings that no baseline takes in."""
    judged = {each.path for each in outcome.inputs if each.status == "checked"}
    return tuple(each for each in _new(outcome) if each.rule in never or _path(each) not in judged)


# --- the file -----------------------------------------------------------------------------------


def to_text(entries: Iterable[KnownFinding]) -> str:
    """One entry a line, by report and item, so that a change shows as the lines that it is about. What cannot
    be seen is escaped: such a file is read by people before they agree to it."""
    lines = [json.dumps(_written(entry), ensure_ascii=False) for entry in in_order(entries)]
    listed = ",\n".join(f"  {_visible(line)}" for line in lines)
    head = f'{{\n "format": "{FORMAT}",\n "findings": ['
    return f"{head}\n{listed}\n ]\n}}\n" if listed else f"{head}]\n}}\n"


def from_data(data: Mapping[str, Any]) -> tuple[KnownFinding, ...]:
    """The entries of a file that keeps to schemas/baseline.schema.json."""
    return tuple(
        KnownFinding(**{**entry, "places": tuple(entry.get("places", ()))}) for entry in data["findings"]
    )


def repeated(entries: Sequence[KnownFinding]) -> list[int]:
    """The positions of entries that name what an earlier one names already: each would take in one more."""
    seen: set[tuple[str | None, str, str]] = set()
    again = []
    for position, entry in enumerate(entries):
        key = entry.path, entry.fingerprint, entry.value_fingerprint
        if key in seen:
            again.append(position)
        seen.add(key)
    return again


def in_order(entries: Iterable[KnownFinding]) -> tuple[KnownFinding, ...]:
    """By report, item and rule."""
    return tuple(sorted(entries, key=_order))


def _new(outcome: Outcome) -> Iterable[Finding]:
    return (each for each in outcome.findings if each.status == "new")


def _path(finding: Finding) -> str:
    return finding.location.path or ""


def _place(each: KnownFinding) -> tuple[object, ...]:
    return each.path, each.section, each.number, each.title


def _written(entry: KnownFinding) -> dict[str, object]:
    """Without what is not known of it, and without the usual."""
    held = ((name, getattr(entry, name)) for name in _NAMES)
    return {name: value for name, value in held if value != _UNSAID[name]}


def _visible(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(
        each if each.isprintable() or unicodedata.category(each) == "Zs" else json.dumps(each)[1:-1]
        for each in line
    )


def _order(entry: KnownFinding) -> tuple[object, ...]:
    number = tuple(int(digits) for digits in _DIGITS.findall(entry.number or "")[:4])
    return (
        entry.department or "",
        entry.fiscal_year or 0,
        entry.report_kind or "",
        entry.path or "",
        entry.section or 0,
        number,
        entry.title or "",
        entry.rule,
        entry.field or "",
        entry.subject or "",
        entry.fingerprint,
        entry.value_fingerprint,
        repr(entry),  # so that entries that differ in anything have one order
    )
