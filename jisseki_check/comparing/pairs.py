"""Which finding of one outcome is which of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace

from jisseki_check import fingerprints
from jisseki_check.comparing.items import Items
from jisseki_check.comparing.reports import Files, Name
from jisseki_check.exceptions.known import known, match, match_changed
from jisseki_check.model import Finding, KnownFinding

_Match = Callable[[Sequence[KnownFinding], Sequence[KnownFinding], Mapping[str, Hashable]], dict[int, int]]


class Pairs:
    """Finds for findings of now those of then. `onwards`: for each file of then those that hold its report
    now; `items`: by file of then, the items of its report."""

    def __init__(
        self, before: Files, after: Files, onwards: Mapping[str, Sequence[str]], items: Mapping[str, Items]
    ) -> None:
        self._before = before
        self._after = after
        self._onwards = onwards
        self._items = items
        self._held = {path for now in onwards.values() for path in now[:1]}

    def of(self, old: Sequence[Finding], new: Sequence[Finding]) -> dict[int, tuple[int, bool]]:
        """For findings of now, by position, that of then, and whether its value was another: first those with
        the same value; at last those of an item that has another title now, with the same value."""
        former = [known(each) for each in self._as_named_now(old)]
        present = [known(each) for each in new]
        pairs = self._matched(match, present, former, old, new, {})
        pairs = self._matched(match_changed, present, former, old, new, pairs)
        pairs |= self._of_renamed_items(old, new, pairs)
        return {one: (other, _is_other_value(former[other], present[one])) for one, other in pairs.items()}

    def _matched(
        self,
        by: _Match,
        present: Sequence[KnownFinding],
        former: Sequence[KnownFinding],
        old: Sequence[Finding],
        new: Sequence[Finding],
        pairs: dict[int, int],
    ) -> dict[int, int]:
        """The pairs, and of the rest those that match, save those of items or files that are known to be
        two."""
        taken = set(pairs.values())
        rest = [number for number in range(len(present)) if number not in pairs]
        rest_before = [number for number in range(len(former)) if number not in taken]
        homes = {path: self._after.key(path) for path in self._after.names}
        found = by([present[each] for each in rest], [former[each] for each in rest_before], homes)
        more = {rest[one]: rest_before[other] for one, other in found.items()}
        return pairs | {
            one: other for one, other in more.items() if not self._are_apart(old[other], new[one])
        }

    def _are_apart(self, old: Finding, new: Finding) -> bool:
        path = old.location.path or ""
        now = self._onwards.get(path)
        if now is not None and new.location.path in self._held and new.location.path not in now:
            return True  # that file holds what another one held
        return (
            new.location.path in (now or ())[:1]
            and new.subject is None
            and path in self._items
            and self._items[path].is_another(old, new)
        )

    def _of_renamed_items(
        self, old: Sequence[Finding], new: Sequence[Finding], pairs: Mapping[int, int]
    ) -> dict[int, int]:
        taken, waiting = set(pairs.values()), dict[Hashable, list[int]]()
        for number, each in enumerate(old):
            key = self._key_now(each) if number not in taken else None
            if key is not None:
                waiting.setdefault(key, []).append(number)
        more = {}
        for number, each in enumerate(new):
            held = waiting.get(_key(each, each.location.path, each.item.index)) if each.item else None
            if number not in pairs and held:
                more[number] = held.pop(0)
        return more

    def _key_now(self, old: Finding) -> Hashable | None:
        path = old.location.path or ""
        if (
            old.item is None
            or old.subject is not None
            or not old.value_fingerprint
            or path not in self._items
        ):
            return None
        item = self._items[path].of(old)
        return None if item is None else _key(old, self._onwards[path][0], item.index)

    def _as_named_now(self, findings: Sequence[Finding]) -> list[Finding]:
        """The old findings, those of a report that says otherwise what it is as though it had said so before:
        else a title that was put right would make all of them new."""
        renamed: dict[str, tuple[str, Name]] = {}
        for path, [*now] in self._onwards.items():
            if now and self._before.key(path) != self._after.key(now[0]):
                renamed[path] = now[0], self._after.names.get(now[0], Name())
        seen: Counter[tuple[str, str]] = Counter()
        out = []
        for each in findings:
            if each.location.path not in renamed:
                out.append(each)
                continue
            path, name = renamed[each.location.path]
            moved = replace(
                each,
                location=replace(each.location, path=path),
                department=name.department,
                fiscal_year=name.fiscal_year,
                report_kind=name.kind,
            )
            identity = fingerprints.identity(moved)
            seen[path, identity] += 1
            out.append(replace(moved, fingerprint=fingerprints.of_identity(identity, seen[path, identity])))
        return out


def _key(finding: Finding, path: str | None, index: int) -> Hashable:
    return path, index, finding.rule, finding.field, finding.value_fingerprint


def _is_other_value(old: KnownFinding, new: KnownFinding) -> bool:
    """By what was printed, where an earlier version has kept no more."""
    if not (old.value_fingerprint and new.value_fingerprint):
        return old.given != new.given
    extent = (old.count, sorted(old.places)) != (new.count, sorted(new.places))
    return old.value_fingerprint != new.value_fingerprint or extent
