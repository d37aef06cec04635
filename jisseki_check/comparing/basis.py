"""On what two outcomes rest, as far as they differ: what is found can change while no report does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jisseki_check.model import Input, Outcome


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that was told to both runs, and not the same. `what`: rules, version, profile, as_of, fail_on
    or scope; None: not told, or not recorded."""

    what: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of one run, or of both. `state`: added, removed, changed, moved (the same content in another
    place), same, unknown (the content of one of them is not known). A changed one may be moved, too."""

    state: str
    old: Input | None
    new: Input | None

    @property
    def path(self) -> str:
        """Where it was last."""
        held = self.new or self.old
        assert held is not None
        return held.path

    @property
    def is_read_otherwise(self) -> bool:
        """Whether both runs read it, by different forms."""
        forms = [each.profile for each in (self.old, self.new) if each is not None and each.profile]
        return len(set(forms)) > 1

    @property
    def is_of_other_format(self) -> bool:
        """Whether both runs read it, from files of different formats."""
        formats = [each.format for each in (self.old, self.new) if each is not None and each.format]
        return len(set(formats)) > 1


@dataclass(frozen=True, slots=True)
class Basis:
    """`prior`: files that were read for comparison only."""

    differences: tuple[Difference, ...]
    files: tuple[FileChange, ...]
    prior: tuple[FileChange, ...]

    def files_in(self, state: str) -> tuple[FileChange, ...]:
        """The files of one state."""
        return tuple(each for each in self.files if each.state == state)

    @property
    def differs(self) -> bool:
        """Whether findings may differ for another reason than their reports."""
        return bool(self.differences) or any(each.is_read_otherwise for each in self.files)


def basis_of(old: Outcome, new: Outcome, pairs: Mapping[str, Sequence[str]]) -> Basis:
    """`pairs`: for each file of the old outcome those of the new one that hold its report."""
    prior = {each.path: (each.path,) for each in old.prior}
    return Basis(
        differences=tuple(_differences(old, new)),
        files=tuple(_files(old.inputs, new.inputs, pairs)),
        prior=tuple(_files(old.prior, new.prior, prior)),
    )


def _differences(old: Outcome, new: Outcome) -> Iterator[Difference]:
    for what, before, after in (
        ("rules", old.rules_digest, new.rules_digest),
        ("version", old.version, new.version),
        ("profile", old.profile, new.profile),
        ("as_of", old.as_of, new.as_of),
        ("fail_on", old.fail_on, new.fail_on),
        ("scope", _scope(old), _scope(new)),
    ):
        if before != after:
            yield Difference(what, before, after)


def _scope(outcome: Outcome) -> str | None:
    return None if outcome.scope is None else outcome.scope.changed_since


def _files(
    old: Sequence[Input], new: Sequence[Input], pairs: Mapping[str, Sequence[str]]
) -> Iterator[FileChange]:
    after = {each.path: each for each in new}
    left = dict(after)
    for each in old:
        found = next((path for path in pairs.get(each.path, ()) if path in after), None)
        if found is None:
            yield FileChange("removed", each, None)
            continue
        left.pop(found, None)
        yield FileChange(_state(each, after[found]), each, after[found])
    for each in left.values():
        yield FileChange("added", None, each)


def _state(old: Input, new: Input) -> str:
    if old.sha256 is None or new.sha256 is None:
        return "unknown"
    if old.sha256 != new.sha256:
        return "changed"
    return "same" if old.path == new.path else "moved"
