"""The rules that hold one report against another: they are judged when all files of a run have been read."""

from __future__ import annotations

from collections.abc import Sequence

from jisseki_check.engine.gathered import Gathered
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judging import Judging
from jisseki_check.engine.part import Part
from jisseki_check.model import Rule

_ONLY_CHANGED = "変わったファイルどうしだけを比べたため"
_NOTHING = {
    "across_plans": "同じ年度の計画が渡されていないため",
    "across_years": "前の年度の報告が渡されていないため",
    "across_targets": "前の年度の報告が渡されていないため",
    "across_departments": "ほかの部の報告が渡されていないため",
}


def compare(gathered: Gathered, judged: Judging, tasks: Sequence[Task], prior: Sequence[Task]) -> Part:
    """What is found by holding against one another what the run has kept of its reports. `tasks`: the files
    of the run; `prior`: those that are read for comparison only."""
    part = gathered.part.emptied()
    if judged.options.compares:
        from jisseki_check.engine.comparison import Comparison  # 20 ms that a single report does not need

        Comparison(gathered, part, judged, (tasks, prior)).judge()
    else:
        _count(gathered, part, _rules(gathered, judged))
    return part


def say_what_was_left_out(gathered: Gathered, judged: Judging) -> None:
    """Where only what has changed was looked at, its counterparts may be among the rest."""
    if judged.options.scope is not None:
        for rule in _rules(gathered, judged):
            gathered.part.ledger.explain(rule.id, _ONLY_CHANGED)


def _rules(gathered: Gathered, judged: Judging) -> list[Rule]:
    """Those of this kind that were put to any report."""
    return [rule for rule in judged.sets.across if rule.id in gathered.part.used]


def _count(gathered: Gathered, part: Part, rules: Sequence[Rule]) -> None:
    """A single report: it is there once, and there is nothing else to hold it against."""
    for entry in gathered.inputs():
        for rule in rules:
            why = _NOTHING.get(rule.table or "")
            if why is None:
                part.count(entry.path, rule.id, evaluated=1)
            else:
                part.count(entry.path, rule.id, not_applicable=entry.items)
                part.explain(entry.path, rule.id, why)
            part.leave(entry.path, [rule.id], None)
