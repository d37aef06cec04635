"""Which file of one outcome holds the report that a file of the other one held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from os.path import basename

from jisseki_check import fingerprints
from jisseki_check.model import Input, Outcome, ReportFigures


@dataclass(frozen=True, slots=True)
class Name:
    """What a report says of itself, as far as it does."""

    department: str | None = None
    fiscal_year: int | None = None
    kind: str | None = None

    def may_be(self, other: Name) -> bool:
        """Whether nothing that both say is different."""
        pairs = (
            (fingerprints.name_key(self.department), fingerprints.name_key(other.department)),
            (self.fiscal_year, other.fiscal_year),
            (self.kind, other.kind),
        )
        return all(one is None or another is None or one == another for one, another in pairs)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of an outcome, by their paths: what was read, and what their reports say of themselves."""

    inputs: Mapping[str, Input]
    names: Mapping[str, Name]

    def key(self, path: str) -> Hashable:
        """By what the report of a file is known again."""
        name = self.names.get(path, Name())
        return fingerprints.report_key(path, name.department, name.fiscal_year, name.kind)


def files_of(outcome: Outcome) -> Files:
    """Where the outcome does not keep the reports, their findings tell of them."""
    names: dict[str, Name] = {}
    for finding in outcome.findings:
        name = Name(finding.department, finding.fiscal_year, finding.report_kind)
        if finding.location.path is not None and name != Name():
            names.setdefault(finding.location.path, name)
    inputs = {each.path: each for each in outcome.inputs}
    names |= _names(each for each in outcome.reports if not each.prior)
    return Files(inputs, {path: name for path, name in names.items() if path in inputs})


def all_files_of(outcome: Outcome) -> Files:
    """Those too that were read for comparison only."""
    checked = files_of(outcome)
    inputs = {each.path: each for each in outcome.prior} | dict(checked.inputs)
    return Files(inputs, _names(outcome.reports) | dict(checked.names))


def _names(reports: Iterable[ReportFigures]) -> dict[str, Name]:
    return {each.path: Name(each.department, each.fiscal_year, each.kind) for each in reports}


def counterparts(files: Files, others: Files) -> dict[str, tuple[str, ...]]:
    """For each file those of the others that hold its report; none where that is not among them.

    By what the report says of itself; else by its content; else by its path, as long as both may be one
    report: that of another year which has taken its place is not. A file that is there still is the
    counterpart of no other, so that of two with one report the one that is gone has none.
    """
    held = _holders(files, others)
    taken: set[str] = set()
    out: dict[str, tuple[str, ...]] = {}
    for is_itself in (_is_at, _has_content_of, _is_called_as, _is_any):
        for path, found in held.items():
            alike = [] if path in out else [each for each in found if is_itself(path, each, files, others)]
            left = tuple(each for each in alike if each not in taken)
            if left:
                out[path] = left
                taken.add(left[0])
    return {path: out.get(path, ()) for path in files.inputs}


def _holders(files: Files, others: Files) -> dict[str, list[str]]:
    """For each file those of the others that may hold its report."""
    by_key, by_content = _by(others, others.key), _by(others, lambda path: others.inputs[path].sha256)
    taken = {files.key(path) for path in files.inputs}
    out = {}
    for path, held in files.inputs.items():
        found = by_key.get(files.key(path), []) if path in files.names else []
        if not found and held.sha256 is not None:
            found = by_content.get(held.sha256, [])
        if not found and path in others.inputs and _may_follow(files, others, path, taken):
            found = [path]
        out[path] = found
    return out


def _is_at(path: str, other: str, files: Files, others: Files) -> bool:
    return path == other


def _has_content_of(path: str, other: str, files: Files, others: Files) -> bool:
    content = files.inputs[path].sha256
    return content is not None and others.inputs[other].sha256 == content


def _is_called_as(path: str, other: str, files: Files, others: Files) -> bool:
    return basename(path) == basename(other)


def _is_any(path: str, other: str, files: Files, others: Files) -> bool:
    return True


def _may_follow(files: Files, others: Files, path: str, taken: set[Hashable]) -> bool:
    """Whether what stands at a path may be the report that stood there: it is none that stood elsewhere."""
    is_same = files.names.get(path, Name()).may_be(others.names.get(path, Name()))
    return is_same and (path not in others.names or others.key(path) not in taken)


def _by(files: Files, key: Callable[[str], Hashable]) -> dict[Hashable, list[str]]:
    held: dict[Hashable, list[str]] = defaultdict(list)
    for path in files.inputs:
        held[key(path)].append(path)
    return held
