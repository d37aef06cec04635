"""What has been measured of each rule: `python -m tests.proof` writes rules/proof.json.

Counted here: a rule's examples; the mutants of its condition that they notice; and, of the faults that
somebody planted into the reports of tests/reports/akane without knowing the rules' conditions, those that
are found; the rules were improved with these reports in view, so that other reports may show
less. Kept beside: what a rule says of a bad example, where its words depend on a report. Taken over from
rules/precision.csv: findings on real texts, each read and judged by a person.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jisseki_check import catalogue, profiles
from jisseki_check.engine import examples, run
from jisseki_check.engine.trial import Case
from jisseki_check.model import Finding, Rule
from jisseki_check.resources import folder
from tests.edits import AS_OF
from tests.rules.mutants import mutants, survivors

PRECISION = folder("rules") / "precision.csv"
PROOF = folder("rules") / "proof.json"
REPORTS = Path(__file__).parent / "reports" / "akane"
PLANTED = REPORTS.parent / "akane-planted.json"
_OTHERWISE = {"items", "set", "remove", *examples.EDITS}  # what makes an example longer to tell
_COUNTS = ("hits", "right", "wrong")


def judged() -> list[dict[str, Any]]:
    """The rows of precision.csv, counts as numbers."""
    with PRECISION.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [{**row, **{name: int(row[name]) for name in _COUNTS}} for row in rows]


def hits(findings: Sequence[Finding]) -> Counter[str]:
    """How often each rule fired."""
    return Counter(finding.rule for finding in findings)


@cache
def planted() -> Mapping[str, tuple[int, int]]:
    """Of each rule, the faults planted in REPORTS and those of them that are found at their line."""
    outcome = run.check([REPORTS], options=run.Options(as_of=AS_OF))
    found: defaultdict[tuple[str, str], set[int | None]] = defaultdict(set)
    for finding in outcome.findings:
        places = (finding.location, *finding.related)
        found[finding.rule, Path(finding.location.path or "").name].update(place.line for place in places)
    faults = json.loads(PLANTED.read_text(encoding="utf-8"))
    count = Counter(fault["code"] for fault in faults)
    seen = Counter(fault["code"] for fault in faults if fault["line"] in found[fault["code"], fault["file"]])
    return {code: (count[code], seen[code]) for code in count}


def shown(rule: Rule) -> Mapping[str, str] | None:
    """What the finding of a bad example says, of the first that changes no more than fields; None where its
    words are always the same."""
    held = sorted(rule.examples["bad"], key=lambda each: not _OTHERWISE.isdisjoint(each))
    if not held or not any("{" in words for words in (rule.message, rule.fix)):
        return None
    example = held[0]
    outcome = Case(rule, "bad", example).outcome(profiles.load(profiles.DEFAULT))
    finding = next(each for each in outcome.findings if each.rule == rule.id)
    return {"example": str(example["name"]), "message": finding.message, "fix": finding.fix}


def proof() -> str:
    """What rules/proof.json must hold."""
    read = judged()
    rules: dict[str, Mapping[str, Any]] = {}
    for rule in catalogue.load().rules:
        measured: dict[str, Any] = {"examples": sum(map(len, rule.examples.values()))}
        if rule.judged_by == "facts":
            count = len(list(mutants(rule)))
            measured |= {"mutants": count, "killed": count - len(survivors(rule))}
        if said := shown(rule):
            measured["shown"] = said
        if rule.id in planted():
            measured |= dict(zip(("planted", "found"), planted()[rule.id], strict=True))
        measured["read"] = [
            {name: row[name] for name in ("corpus", "hits", "right")}
            for row in read
            if row["code"] == rule.id
        ]
        rules[rule.id] = measured
    return json.dumps(rules, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    PROOF.write_text(proof(), encoding="utf-8")
