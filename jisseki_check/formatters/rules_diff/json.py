"""`json` of what another choice of rules would change (`schemas/rules-diff.schema.json`)."""

from __future__ import annotations

from typing import Any

from jisseki_check import __version__
from jisseki_check.comparing.rules import ReportChange, RuleChange, RulesDiff, Side
from jisseki_check.formatters import contract
from jisseki_check.formatters.rules_diff import Named
from jisseki_check.formatters.view import View
from jisseki_check.model import Rule, Verdict

FORMAT = "jisseki-rules-diff/1"


def render(diff: RulesDiff, sides: tuple[Named, Named], view: View) -> str:
    return contract.document(document(diff, sides)) + "\n"


def document(diff: RulesDiff, sides: tuple[Named, Named]) -> dict[str, Any]:
    """The difference as plain data."""
    return {
        "format": FORMAT,
        "tool": {"name": "jisseki-check", "version": __version__},
        "a": _side(diff.old, sides[0]),
        "b": _side(diff.new, sides[1]),
        "exit_code": diff.exit_code,
        "counts": {
            "reports": len(diff.reports),
            "newly_fail": sum(each.newly_fails for each in diff.reports),
            "newly_pass": len(diff.becoming(Verdict.PASS)),
            "newly_inconclusive": len(diff.becoming(Verdict.INCONCLUSIVE)),
        },
        "reports": [_report(each) for each in diff.reports],
        "rules": [_rule(each) for each in diff.rules],
    }


def _side(side: Side, named: Named) -> dict[str, Any]:
    told = {"name": named.name, "kind": named.kind}
    return told | {key: value for key, value in contract.head(side.outcome).items() if key != "format"}


def _report(each: ReportChange) -> dict[str, Any]:
    return {
        "path": each.path,
        "department": each.department,
        "fiscal_year": each.fiscal_year,
        "kind": each.report_kind,
        "a": each.old.value,
        "b": each.new.value,
        "found": dict(each.found),
        "gone": dict(each.gone),
        "regraded": dict(each.regraded),
        "failing": dict(each.failing),
    }


def _rule(each: RuleChange) -> dict[str, Any]:
    return {
        "rule": each.code,
        "name": each.rule.name,
        "title": each.rule.title,
        "a": _level(each.old),
        "b": _level(each.new),
        "differs": list(each.differs),
        "found": each.found,
        "gone": each.gone,
        "regraded": each.regraded,
    }


def _level(rule: Rule | None) -> str | None:
    return None if rule is None else rule.level.value
