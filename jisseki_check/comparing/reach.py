"""Whether a run would have found a finding, were it there: its report was read, and its rule judged it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jisseki_check.comparing.reports import files_of
from jisseki_check.exceptions.known import report_of
from jisseki_check.exceptions.scope import ItemName, item_name, may_be_one
from jisseki_check.model import Coverage, Input, KnownFinding, Outcome, ReportFigures

ON_WAIVERS = "WVR"  # rules that are put to waivers, and to no report
ACROSS = "XDC"  # rules that hold one report against another
_HELD_BACK = "この規則の判定を控えたところがあります"


class Reach:
    """What a run has judged. The reasons are for people, as ends of a sentence that begins with the run."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._inputs = {each.path: each for each in outcome.inputs}
        self._coverage = {each.rule: each for each in outcome.coverage}
        self._by_file: dict[str, dict[str, Coverage]] = {
            path: {each.rule: each for each in held} for path, held in outcome.coverage_by_file.items()
        }
        self._put_to_files = {code for held in self._by_file.values() for code in held}
        self._items = {each.path: _names(each) for each in outcome.reports if not each.prior}
        files = files_of(outcome)
        self._homes = {files.key(path): path for path in files.names}

    def why_not(self, entry: KnownFinding, paths: Sequence[str]) -> str | None:
        """Why the run could not have found it; None where it could. `paths`: the files of the run that hold
        its report."""
        if entry.rule.startswith(ON_WAIVERS):
            is_judged = entry.rule in self._coverage and bool(self._outcome.waivers)
            return None if is_judged else "免除を使わずに点検しています"
        if not paths:
            return self._why_not_read(entry)
        reasons = [self._why_not_in(entry, path) for path in paths]
        return None if None in reasons else reasons[0]

    def _why_not_read(self, entry: KnownFinding) -> str:
        held = self._inputs.get(entry.path or "")
        if held is not None and held.status != "checked":
            return _unread(held)
        if self._outcome.scope is not None:
            return "変わったファイルだけの点検で、この報告を見ていません"
        home = self._homes.get(report_of(entry))
        if home is not None:
            return f"このファイルを点検していません（同じ部・年度の報告で点検したのは「{home}」です）"
        return "この報告を点検していません"

    def _why_not_in(self, entry: KnownFinding, path: str) -> str | None:
        if self._inputs[path].status != "checked":
            return _unread(self._inputs[path])
        if entry.rule not in self._put_to_files:
            return _unjudged(self._coverage.get(entry.rule))
        held = self._by_file.get(path, {}).get(entry.rule)
        if held is None:
            return "この報告には、この規則を使っていません"
        if entry.rule.startswith(ACROSS) and self._outcome.scope is not None:
            return "変わったファイルどうしだけを比べています"
        if not held.crashed and self._is_judged(entry, path, held):
            return None
        if not held.blocked:
            return _passed_over(held)
        return f"この規則の判定を控えています（{held.reason}）" if held.reason else _HELD_BACK

    def _is_judged(self, entry: KnownFinding, path: str, held: Coverage) -> bool:
        """Whether what the rule did not judge of the report is something else."""
        if not held.left:
            return False
        name = item_name(entry.number, entry.title)
        if name is None:
            return entry.subject is None and 0 not in held.left
        names = self._items.get(path)
        if names is None:
            return False
        left = [names.get(index) for index in held.left if index]
        return not any(each is None or may_be_one(name, each) for each in left)


def _unread(held: Input) -> str:
    return f"このファイルを{'最後まで' if held.items else ''}読み取れていません"


def _unjudged(coverage: Coverage | None) -> str | None:
    """Of a rule of which only is known what it judged of all files."""
    if coverage is None:
        return "この規則を使っていません"
    return _HELD_BACK if coverage.blocked else _passed_over(coverage)


def _passed_over(coverage: Coverage) -> str | None:
    """Why rows were not judged that no finding has held back: the rule stopped, or had nothing to hold them
    against."""
    if coverage.crashed:
        return "この規則の判定が途中で止まっています"
    if coverage.blocked or coverage.reason is None:
        return None
    return f"この規則の判定をしていません（{coverage.reason}）"


def _names(report: ReportFigures) -> Mapping[int, ItemName | None]:
    return {each.index: item_name(each.number, each.title) for each in report.items}
