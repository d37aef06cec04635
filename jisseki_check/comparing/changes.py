"""What became of each finding between two outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from jisseki_check.comparing.basis import Basis
from jisseki_check.model import Finding, Outcome, Verdict

KINDS = ("new", "unverified", "remaining", "resolved")
"""In the order in which people should look at them."""


@dataclass(frozen=True, slots=True)
class Change:
    """A finding of one outcome, or one of both. `kind`: new; remaining; resolved; unverified: it is not found
    again, but its rule was not put to its report again, or what it spoke of is not there any more.

    `is_value_changed`: of one that remains, whether its rule read another value, or it stands in more or
    fewer places. `is_item_gone`: of one that is unverified, whether its item is no longer in the report.
    `renamed_to`: the title of its item now, where that was another one then.
    `path`: the file in which its report stands now, or stood last. `reason`: of one that is unverified, why;
    of a new one, why the earlier run could not have found it, None where it could. `is_file_same`: whether
    both runs read the same bytes, None where that is not known.
    """

    kind: str
    old: Finding | None
    new: Finding | None
    path: str = ""
    is_value_changed: bool = False
    is_item_gone: bool = False
    renamed_to: str | None = None
    reason: str | None = None
    is_file_same: bool | None = None

    @property
    def finding(self) -> Finding:
        """As it was found last."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def is_status_changed(self) -> bool:
        """Whether it was waived or known in one run and not, or otherwise, in the other."""
        return self.old is not None and self.new is not None and self.old.status != self.new.status

    @property
    def is_level_changed(self) -> bool:
        return self.old is not None and self.new is not None and self.old.severity is not self.new.severity

    @property
    def is_altered(self) -> bool:
        """Whether something of a finding that remains is not as it was."""
        is_renamed = self.old is not None and self.new is not None and self.renamed_to is not None
        return self.is_value_changed or self.is_status_changed or self.is_level_changed or is_renamed

    @property
    def counts_anew(self) -> bool:
        """Whether it counts now, and did not before."""
        is_counted = self.new is not None and self.new.status == "new"
        return is_counted and (self.old is None or self.old.status != "new")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changes`: by department, report and kind."""

    old: Outcome
    new: Outcome
    basis: Basis
    changes: tuple[Change, ...]

    def of(self, kind: str) -> tuple[Change, ...]:
        """The changes of one of KINDS."""
        return tuple(each for each in self.changes if each.kind == kind)

    @property
    def exit_code(self) -> int:
        """1: a finding counts that did not before. 3: none does, yet the later run could not judge all that
        it had to. 0: none does."""
        if any(each.counts_anew for each in self.changes):
            return 1
        return 3 if self.new.verdict is Verdict.INCONCLUSIVE else 0
