"""The rules that hold one report against another: they are judged when all files of a run have been read."""

from __future__ import annotations

from collections.abc import Sequence

from jisseki_check.engine.inputs import Task
from jisseki_check.engine.judging import Judging
from jisseki_check.model import Rule

_ONLY_CHANGED = "変わったファイルどうしだけを比べたため"
_NOTHING = {
    "across_plans": "同じ年度の計画が渡されていないため",
    "across_years": "前の年度の報告が渡されていないため",
    "across_targets": "前の年度の報告が渡されていないため",
    "across_departments": "ほかの部の報告が渡されていないため",
}


def compare(judged: Judging, tasks: Sequence[Task]) -> None:
    """Judge what the run has kept of its reports; what is found is added to its part. `tasks`: all files of
    the run, those that are read for comparison only among them."""
    if judged.options.compares:
        from jisseki_check.engine.comparison import Comparison  # 20 ms that a single report does not need

        Comparison(judged, tasks).judge()
    else:
        _count(judged)
    if judged.options.scope is not None:
        for rule in _rules(judged):
            judged.part.ledger.explain(rule.id, _ONLY_CHANGED)


def _rules(judged: Judging) -> list[Rule]:
    """Those of this kind that were put to any report."""
    used = set().union(*judged.part.rules.values())
    return [rule for rule in judged.sets.across if rule.id in used]


def _count(judged: Judging) -> None:
    """A single report: it is there once, and there is nothing else to hold it against."""
    part = judged.part
    items = {entry.path: entry.items for entry in part.inputs}
    for path, codes in part.rules.items():
        for rule in judged.sets.across:
            if rule.id not in codes:
                continue
            why = _NOTHING.get(rule.table or "")
            if why is None:
                part.count(path, rule.id, evaluated=1)
            else:
                part.count(path, rule.id, not_applicable=items[path])
                part.explain(path, rule.id, why)
            part.leave(path, [rule.id], None)
