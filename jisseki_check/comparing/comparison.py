"""Compares two outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from jisseki_check import fingerprints
from jisseki_check.comparing.basis import basis_of
from jisseki_check.comparing.changes import KINDS, Change, Comparison
from jisseki_check.comparing.reach import Reach
from jisseki_check.comparing.reports import Files, Name, counterparts, files_of
from jisseki_check.exceptions.known import known, match, match_changed, report_of
from jisseki_check.model import Finding, KnownFinding, Outcome


def compare(old: Outcome, new: Outcome) -> Comparison:
    """What became of the findings of `old` in `new`, and what is found there besides."""
    before, after = files_of(old), files_of(new)
    onwards, back = counterparts(before, after), counterparts(after, before)
    basis = basis_of(old, new, onwards)
    same = {each.new.path: each.state in ("same", "moved") for each in basis.files if each.new and each.old}
    changes = [*_followed(old, new, before, after, onwards, back)]
    told = [_placed(each, onwards, same) for each in changes]
    return Comparison(old, new, basis, tuple(sorted(told, key=_order)))


def _followed(
    old: Outcome,
    new: Outcome,
    before: Files,
    after: Files,
    onwards: Mapping[str, Sequence[str]],
    back: Mapping[str, Sequence[str]],
) -> Iterator[Change]:
    """Each finding once, of both outcomes where it is in both."""
    former = [known(each) for each in _as_named_now(old.findings, before, after, onwards)]
    present = [known(each) for each in new.findings]
    pairs = _pairs(present, former, {path: after.key(path) for path in after.names})
    reach, reach_before = Reach(new), Reach(old)
    for number, finding in enumerate(new.findings):
        entry = present[number]
        if number in pairs:
            held = pairs[number]
            is_other = _is_other_value(former[held], entry)
            yield Change("remaining", old.findings[held], finding, is_value_changed=is_other)
        else:
            why = reach_before.why_not(entry, _paths(entry, back, before))
            yield Change("new", None, finding, reason=why)
    found = set(pairs.values())
    for number, finding in enumerate(old.findings):
        if number not in found:
            entry = known(finding)
            yield _no_longer(finding, entry, _paths(entry, onwards, after), reach)


def _no_longer(finding: Finding, entry: KnownFinding, paths: Sequence[str], reach: Reach) -> Change:
    why = reach.why_not(entry, paths)
    if why is not None:
        return Change("unverified", finding, None, reason=why)
    return Change("resolved", finding, None, is_item_gone=reach.has_item(entry, paths) is False)


def _paths(entry: KnownFinding, pairs: Mapping[str, Sequence[str]], others: Files) -> Sequence[str]:
    """The others that hold the report of which an entry speaks; it may stand in no file, or in one that is no
    report."""
    if entry.path is not None and entry.path in pairs:
        return pairs[entry.path]
    if entry.department is None and entry.fiscal_year is None:
        return ()
    return [path for path in others.names if others.key(path) == report_of(entry)]


# --- which finding is which ---------------------------------------------------------------------


def _as_named_now(
    findings: Sequence[Finding], before: Files, after: Files, onwards: Mapping[str, Sequence[str]]
) -> list[Finding]:
    """The old findings, those of a report that says otherwise what it is as though it had said so before:
    else a title that was put right would make all of them new."""
    renamed: dict[str, tuple[str, Name]] = {}
    for path, [*now] in onwards.items():
        if now and before.key(path) != after.key(now[0]):
            renamed[path] = now[0], after.names.get(now[0], Name())
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


def _pairs(
    present: Sequence[KnownFinding], former: Sequence[KnownFinding], homes: Mapping[str, Hashable]
) -> dict[int, int]:
    """For present findings, by position, the former ones: first those with the same value."""
    pairs = match(present, former, homes)
    taken = set(pairs.values())
    rest = [number for number in range(len(present)) if number not in pairs]
    rest_before = [number for number in range(len(former)) if number not in taken]
    more = match_changed([present[each] for each in rest], [former[each] for each in rest_before], homes)
    return pairs | {rest[one]: rest_before[other] for one, other in more.items()}


def _is_other_value(old: KnownFinding, new: KnownFinding) -> bool:
    """By what was printed, where an earlier version has kept no more."""
    if not (old.value_fingerprint and new.value_fingerprint):
        return old.given != new.given
    extent = (old.count, sorted(old.places)) != (new.count, sorted(new.places))
    return old.value_fingerprint != new.value_fingerprint or extent


# --- order --------------------------------------------------------------------------------------


def _placed(change: Change, onwards: Mapping[str, Sequence[str]], same: Mapping[str, bool]) -> Change:
    path = change.finding.location.path or ""
    if change.new is not None:
        return replace(change, path=path, is_file_same=same.get(path))
    now = next(iter(onwards.get(path, ())), None)
    return replace(change, path=now or path, is_file_same=None if now is None else same.get(now))


def _order(change: Change) -> tuple[object, ...]:
    finding = change.finding
    return (
        finding.department or "",
        finding.fiscal_year or 0,
        finding.report_kind or "",
        change.path,
        KINDS.index(change.kind),
    )
