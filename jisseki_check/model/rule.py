"""What a rule is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is; `label` is what staff read."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "誤り", "warning": "確認", "info": "参考"}[self.value]

    @property
    def rank(self) -> int:
        """3 for an error down to 1 for advice."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a rule may ask for something: a law's article, or 算 (arithmetic), 内 (the document
    contradicts itself), 様 (the form itself)."""

    source: str
    article: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file. `needs` are columns without which a row to which the rule applies cannot be judged:
    it counts as blocked. `judged_by` is "facts" for a condition over a facts table; "reader", "schema"
    and "engine" for what is noticed before there are facts. `once_per`: the column that says of what a
    report-wide finding speaks. `longest_waiver_days`: 0 where a finding cannot be excepted at all.
    `criteria`: what `params` mean, in words for people."""

    id: str
    name: str
    title: str
    level: Severity
    message: str
    fix: str
    why: str
    basis: tuple[Basis, ...]
    judged_by: str = "facts"
    table: str | None = None
    at: str | None = None
    applies_when: str | None = None
    violated_when: str | None = None
    blocked_by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    once_per: str | None = None
    longest_waiver_days: int = 0
    expected: str | None = None
    difference: str | None = None
    correction: str | None = None
    params: Mapping[str, float | str | bool] = field(default_factory=dict)
    criteria: str | None = None
    examples: Mapping[str, tuple[Mapping[str, object], ...]] = field(default_factory=dict)

    @property
    def family(self) -> str:
        return self.id[:3]
