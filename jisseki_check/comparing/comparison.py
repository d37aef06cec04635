"""Compares two outcomes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from jisseki_check import fingerprints
from jisseki_check.comparing.basis import basis_of
from jisseki_check.comparing.changes import KINDS, Change, Comparison
from jisseki_check.comparing.items import items_by_path
from jisseki_check.comparing.loss import Loss
from jisseki_check.comparing.pairs import Pairs
from jisseki_check.comparing.reach import ACROSS, Reach
from jisseki_check.comparing.reports import Files, all_files_of, counterparts, files_of
from jisseki_check.exceptions.known import known, report_of
from jisseki_check.model import Finding, ItemFigures, KnownFinding, Outcome


def compare(old: Outcome, new: Outcome) -> Comparison:
    """What became of the findings of `old` in `new`, and what is found there besides."""
    followed = _Followed(old, new)
    changes = (followed.placed(each) for each in followed.changes())
    return Comparison(old, new, followed.basis, tuple(sorted(changes, key=_order)))


class _Followed:
    """What is known of both outcomes' files and items."""

    def __init__(self, old: Outcome, new: Outcome) -> None:
        self._old = old
        self._new = new
        self._before, self._after = files_of(old), files_of(new)
        self._onwards = counterparts(self._before, self._after)
        self._back = counterparts(self._after, self._before)
        self._came_from = counterparts(all_files_of(new), all_files_of(old))
        self._items = items_by_path(old, new, self._onwards)
        self.basis = basis_of(old, new, self._onwards)
        self._same = {
            each.new.path: each.state in ("same", "moved")
            for each in self.basis.files
            if each.new is not None and each.old is not None
        }

    def changes(self) -> Iterator[Change]:
        """Each finding once, of both outcomes where it is in both."""
        pairs = Pairs(self._before, self._after, self._onwards, self._items)
        found = pairs.of(self._old.findings, self._new.findings)
        reach = Reach(self._old)
        for number, finding in enumerate(self._new.findings):
            if number in found:
                at, is_other = found[number]
                old = self._old.findings[at]
                to = _other_title(old, finding.item.title if finding.item else None)
                yield Change("remaining", old, finding, is_value_changed=is_other, renamed_to=to)
            else:
                entry = known(finding)
                why = reach.why_not(entry, _paths(entry, self._back, self._before))
                yield Change("new", None, finding, reason=why or self._why_not_across(finding))
        again = {at for at, _ in found.values()}
        lost = [each for at, each in enumerate(self._old.findings) if at not in again]
        came = [each for at, each in enumerate(self._new.findings) if at not in found]
        yield from self._no_longer(lost, came)

    def _why_not_across(self, finding: Finding) -> str | None:
        """Of what shows in one report beside another, that the other one has come since."""
        if not finding.rule.startswith(ACROSS):
            return None
        related = (each.path for each in finding.related)
        path = next((path for path in related if path in self._came_from and not self._came_from[path]), None)
        return None if path is None else f"比べた相手の「{path}」を見ていません"

    def _no_longer(self, lost: Iterable[Finding], came: Iterable[Finding]) -> Iterator[Change]:
        reach = Reach(self._new)
        every = counterparts(all_files_of(self._old), all_files_of(self._new))
        loss = Loss(self._new, self.basis, self._items, every)
        unmatched = {_at(each, each.location.path, each.item.index) for each in came if each.item}
        for finding in lost:
            entry = known(finding)
            why = loss.why_not_twice(finding) if self._new.scope is None else None
            why = why or reach.why_not(entry, _paths(entry, self._onwards, self._after))
            is_gone = why is None and loss.is_item_gone(finding)
            why = why or loss.why(finding) or self._why_not_told_apart(finding, unmatched)
            kind = "resolved" if why is None else "unverified"
            now = self._item_now(finding)
            to = None if now is None else _other_title(finding, now.title)
            yield Change(kind, finding, None, reason=why, is_item_gone=is_gone, renamed_to=to)

    def _why_not_told_apart(self, finding: Finding, came: Set[Hashable]) -> str | None:
        """Where an item has another title now, and its rule finds another value there: that is new, and says
        nothing of the finding before."""
        now, path = self._item_now(finding), finding.location.path
        if path is None or now is None or _other_title(finding, now.title) is None:
            return None
        is_found = _at(finding, self._onwards[path][0], now.index) in came
        return "項目名も値も変わっていて、同じ指摘が残っているのか分かりません" if is_found else None

    def _item_now(self, finding: Finding) -> ItemFigures | None:
        held = self._items.get(finding.location.path or "")
        is_of_item = finding.item is not None and finding.subject is None
        return held.of(finding) if held is not None and is_of_item else None

    def placed(self, change: Change) -> Change:
        """The change with the file in which its report stands now, or stood last."""
        path = change.finding.location.path or ""
        if change.new is not None:
            return replace(change, path=path, is_file_same=self._same.get(path))
        now = next(iter(self._onwards.get(path, ())), None)
        is_same = None if now is None else self._same.get(now)
        return replace(change, path=now or path, is_file_same=is_same)


def _paths(entry: KnownFinding, pairs: Mapping[str, Sequence[str]], others: Files) -> Sequence[str]:
    """The others that hold the report of which an entry speaks; it may stand in no file, or in one that is no
    report."""
    if entry.path is not None and entry.path in pairs:
        return pairs[entry.path]
    if entry.department is None and entry.fiscal_year is None:
        return ()
    return [path for path in others.names if others.key(path) == report_of(entry)]


def _at(finding: Finding, path: str | None, index: int) -> Hashable:
    return path, index, finding.rule, finding.field


def _other_title(old: Finding, now: str | None) -> str | None:
    """The title that a finding's item has now, where that is another one; of what stands all over a report,
    any item may come first."""
    if old.item is None or old.subject is not None:
        return None
    return now if fingerprints.named(now) != fingerprints.named(old.item.title) else None


def _order(change: Change) -> tuple[object, ...]:
    finding = change.finding
    return (
        fingerprints.name_key(finding.department) or "",
        finding.fiscal_year or 0,
        finding.report_kind or "",
        change.path,
        KINDS.index(change.kind),
    )
