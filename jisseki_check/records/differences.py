"""How a run that is done again differs from its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jisseki_check.model import Verdict

Record = Mapping[str, Any]
"""A record's data (schemas/record.schema.json), with or without its place in a book."""


class Result(StrEnum):
    """What is to be said of a record. It differs as soon as one thing surely does, whatever else could not
    be looked at."""

    HOLDS = "holds"
    DIFFERS = "differs"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Difference:
    """`what`: the role of a file (`proof.Source`), or built_in, settled, verdict, findings, coverage, rest.
    `change`: changed, missing, new, renamed, status, reworded, waiver. `recorded` and `now`: of a renamed
    file its names, of a status that, of findings how many, of a verdict that; None where there is nothing
    to say. `rules`: of the rules that come with the tool the codes of those that differ, of findings those
    whose findings do; None where the record does not tell them apart."""

    what: str
    change: str
    path: str | None = None
    recorded: str | None = None
    now: str | None = None
    rules: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why something could not be verified. `kind`: missing, outside, stdin, run, inconclusive."""

    kind: str
    message: str = ""
    what: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """A record held against what is there now. `notes`: what is otherwise and decides nothing."""

    record: Record
    differences: tuple[Difference, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    notes: tuple[Difference, ...] = ()

    @property
    def result(self) -> Result:
        if self.differences:
            return Result.DIFFERS
        return Result.UNVERIFIED if self.obstacles else Result.HOLDS

    @property
    def knows_no_report(self) -> bool:
        """Whether no report of the record is there as it was: perhaps this is not the folder of its run."""
        changed = {each.path for each in self.differences if (each.what, each.change) == ("input", "changed")}
        return _are_all_in(self.record, changed | _missing(self.obstacles))


@dataclass(slots=True)
class _Found:
    differences: list[Difference] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    notes: list[Difference] = field(default_factory=list)


def compared(recorded: Record, now: Record, obstacles: Sequence[Obstacle] = ()) -> Verified:
    """`now`: the record that the same run would get today; without what comes out where it could not be run,
    of which `obstacles` tells."""
    found = _Found(obstacles=list(obstacles))
    for part, role in (("sources", None), ("inputs", "input"), ("prior", "prior")):
        if part in now:
            _compare_files(_by_key(recorded[part], role), _by_key(now[part], role), found)
    has_same_rules = _has_same_rules(recorded, now, found)
    if _are_all_in(recorded, _missing(found.obstacles)):
        # What lies in another folder is neither changed nor new.
        renamed = (each for each in found.differences if each.change == "renamed")
        found.obstacles += [Obstacle("missing", what=each.what, path=each.path) for each in renamed]
        found.differences.clear()
    if not has_same_rules:
        rules = _differing(recorded["rules"].get("each"), now["rules"].get("each") or None)
        found.differences.append(Difference("built_in", "changed", rules=rules))
    found.notes += _versions(recorded, now)
    if "verdict" in now:
        _compare_outcomes(recorded, now, found)
    return Verified(recorded, tuple(found.differences), tuple(found.obstacles), tuple(found.notes))


# --- files ------------------------------------------------------------------------------------------

_REPORTS = frozenset({"input", "prior"})  # found in folders, and so there, even where they cannot be read
_Files = Mapping[tuple[str, str], Record]


def _by_key(files: Iterable[Record], role: str | None) -> _Files:
    return {(role or each["role"], each["path"]): each for each in files}


def _compare_files(recorded: _Files, now: _Files, found: _Found) -> None:
    gone = {key for key, each in recorded.items() if each["sha256"] is not None and not _is_there(now, key)}
    come = [key for key in now if key not in recorded and (key[0] in _REPORTS or _is_there(now, key))]
    for key, to in _renamed(gone, come, recorded, now):
        found.differences.append(Difference(key[0], "renamed", key[1], key[1], to[1]))
        gone.discard(key)
        come.remove(to)
    found.obstacles += [Obstacle("missing", what=role, path=path) for role, path in sorted(gone)]
    found.differences += [Difference(role, "new", path) for role, path in come]
    for role, path in sorted(recorded.keys() & now.keys() - gone):
        if recorded[role, path]["sha256"] != now[role, path]["sha256"]:
            found.differences.append(Difference(role, "changed", path))


def _missing(obstacles: Iterable[Obstacle]) -> set[str | None]:
    return {each.path for each in obstacles if (each.kind, each.what) == ("missing", "input")}


def _are_all_in(record: Record, paths: Set[str | None]) -> bool:
    """Whether the record is of reports, and all of them are among these."""
    reports = {each["path"] for each in record["inputs"] if each["sha256"] is not None}
    return bool(reports) and reports <= paths


def _is_there(files: _Files, key: tuple[str, str]) -> bool:
    return key in files and files[key]["sha256"] is not None


def _renamed(
    gone: Iterable[tuple[str, str]], come: Iterable[tuple[str, str]], recorded: _Files, now: _Files
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Files that are there under another name: each with that name."""
    left = list(come)
    for key in sorted(gone):
        held = recorded[key]["sha256"]
        to = next((each for each in left if each[0] == key[0] and now[each]["sha256"] == held), None)
        if to is not None:
            left.remove(to)
            yield key, to


def _has_same_rules(recorded: Record, now: Record, found: _Found) -> bool:
    """Whether the rules, but for those of the city that are named one by one, are the same."""
    if recorded["rules"]["built_in"] != now["rules"]["built_in"]:
        return False
    digest = now["rules"].get("digest", recorded["rules"]["digest"])
    told = {each.what for each in found.differences} | {each.what for each in found.obstacles}
    return recorded["rules"]["digest"] == digest or "rules" in told


def _differing(one: Mapping[str, str] | None, other: Mapping[str, str] | None) -> tuple[str, ...] | None:
    """The codes that are in one only, or have another digest there; None where an earlier version kept
    none."""
    if one is None or other is None:
        return None
    return tuple(code for code in sorted(one.keys() | other.keys()) if one.get(code) != other.get(code))


# --- what comes out ---------------------------------------------------------------------------------


def _versions(recorded: Record, now: Record) -> Iterator[Difference]:
    before = {each["name"]: each["version"] for each in recorded["runtime"]}
    after = {each["name"]: each["version"] for each in now["runtime"]}
    before["jisseki-check"], after["jisseki-check"] = recorded["tool"]["version"], now["tool"]["version"]
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Difference("version", "changed", name, before.get(name), after.get(name))


def _compare_outcomes(recorded: Record, now: Record, found: _Found) -> None:
    """What comes out is compared only where it can say something: where a file is missing, or where the run
    itself cannot judge any more what it judged, another outcome follows from that."""
    found.notes += _names(recorded, now)
    if any(each.kind == "missing" for each in found.obstacles):
        return
    unable = Verdict.INCONCLUSIVE.value
    if now["verdict"] == unable != recorded["verdict"] and not found.differences:
        found.obstacles.append(Obstacle("inconclusive"))
        return
    found.differences += _statuses(recorded, now)
    if recorded["verdict"] != now["verdict"]:
        found.differences.append(Difference("verdict", "changed", None, recorded["verdict"], now["verdict"]))
    if recorded["settled"] != now["settled"]:
        found.differences.append(Difference("settled", "changed"))
    same_version = recorded["tool"]["version"] == now["tool"]["version"]
    _compare_findings(recorded, now, found, same_version=same_version)
    if recorded["digests"]["coverage"] != now["digests"]["coverage"]:
        found.differences.append(Difference("coverage", "changed"))
    if recorded["digests"]["rest"] != now["digests"]["rest"]:
        (found.differences if same_version else found.notes).append(Difference("rest", "changed"))


def _statuses(recorded: Record, now: Record) -> Iterator[Difference]:
    """Files whose contents are the same, and that could be read then or now only."""
    for part, role in (("inputs", "input"), ("prior", "prior")):
        before = {each["path"]: each for each in recorded[part]}
        for each in now[part]:
            one = before.get(each["path"])
            if one and one["sha256"] == each["sha256"] and one["status"] != each["status"]:
                yield Difference(role, "status", each["path"], one["status"], each["status"])


def _compare_findings(recorded: Record, now: Record, found: _Found, *, same_version: bool) -> None:
    """Another version of the tool may word or place a finding otherwise: that alone does not make it another
    one."""
    before = {each["path"]: each for each in recorded["findings"]}
    after = {each["path"]: each for each in now["findings"]}
    for path in sorted(before.keys() | after.keys()):
        one, other = before.get(path), after.get(path)
        if one is not None and other is not None and one["digest"] == other["digest"]:
            continue
        if one is not None and other is not None and _are_waived_otherwise(one, other):
            found.differences.append(Difference("findings", "waiver", path))
            continue
        if one is not None and other is not None and one["substance"] == other["substance"]:
            (found.differences if same_version else found.notes).append(
                Difference("findings", "reworded", path)
            )
            continue
        counts = [str(each["count"] if each is not None else 0) for each in (one, other)]
        rules = _differing(*(each.get("rules") if each is not None else {} for each in (one, other)))
        found.differences.append(Difference("findings", "changed", path, counts[0], counts[1], rules))
    is_same = _by_path(before) == _by_path(after)
    if is_same and recorded["digests"]["findings"] != now["digests"]["findings"]:
        found.differences.append(Difference("findings", "reworded"))


def _are_waived_otherwise(one: Record, other: Record) -> bool:
    """Whether the findings of a file are the same but for what their waivers say. An earlier version kept
    nothing to tell it by."""
    return "unwaived" in one and one["unwaived"] == other.get("unwaived")


def _by_path(findings: Mapping[str, Record]) -> Mapping[str, str]:
    return {path: each["digest"] for path, each in findings.items()}


def _names(recorded: Record, now: Record) -> Iterator[Difference]:
    """Files in the folders that are no reports: they decide nothing."""
    before, after = set(recorded["skipped"]), set(now["skipped"])
    yield from (Difference("skipped", "new", path) for path in sorted(after - before))
    yield from (Difference("skipped", "missing", path) for path in sorted(before - after))
