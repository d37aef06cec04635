"""The rules of a run: what each judged and found, and on what basis it asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from jisseki_check.catalogue import FAMILIES, Entry
from jisseki_check.formatters.rule_page import basis_name, criteria
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import LEVELS
from jisseki_check.model import Coverage, Outcome


@dataclass(frozen=True, slots=True)
class RuleRow:
    """`new`, `excepted`: findings that count, and those that do not. `coverage`: None of a rule that found
    something without judging rows. `fix`: the 直し方 that its findings do not repeat. What its data
    would tell is empty where they are not at hand."""

    code: str
    title: str
    grade: str
    level: str
    family: str
    new: int
    excepted: int
    coverage: Coverage | None
    fix: str = ""
    why: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


def rule_rows(outcome: Outcome, view: View, fixes: Mapping[str, str]) -> list[RuleRow]:
    """Every rule that judged anything, or of which there is a finding, by code. `fixes`: 直し方 by rule."""
    entries = {str(each["id"]): each for each in view.rules}
    coverage = {each.rule: each for each in outcome.coverage}
    new = Counter(each.rule for each in outcome.findings if each.status == "new")
    found = Counter(each.rule for each in outcome.findings)
    severities = {each.rule: each.severity.value for each in outcome.findings}
    rows = []
    for code in sorted(coverage.keys() | found.keys()):
        entry = entries.get(code)
        grade = severities.get(code, "" if entry is None else str(entry["level"]))
        rows.append(
            RuleRow(
                code=code,
                title=titles(view).get(code, ""),
                grade=grade,
                level=LEVELS.get(grade, ""),
                family=FAMILIES.get(code[:3], ""),
                new=new[code],
                excepted=found[code] - new[code],
                coverage=coverage.get(code),
                fix=fixes.get(code, ""),
                **({} if entry is None else _told(entry)),
            )
        )
    return rows


def titles(view: View) -> Mapping[str, str]:
    """Of every rule that is known, by code."""
    return view.titles or {str(each["id"]): str(each["title"]) for each in view.rules}


def _told(entry: Entry) -> dict[str, tuple[str, ...]]:
    return {
        "why": tuple(entry["why"].splitlines()),
        "basis": tuple(map(basis_name, entry["basis"])),
        "criteria": tuple(criteria(entry)),
    }
