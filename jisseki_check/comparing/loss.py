"""Why a finding that is not found again is not put right, although its rule was put to its report: what it
spoke of is gone, or something else is otherwise than it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from jisseki_check.comparing.basis import Basis, FileChange
from jisseki_check.comparing.items import Items
from jisseki_check.comparing.reach import ACROSS, ON_WAIVERS
from jisseki_check.model import Finding, ItemFigures, Outcome

_TWICE = "XDC104"  # the rule that finds a second file with the same report
_READING = "DOC"  # rules of how a file could be read: another form or library may be what puts that right
_GONE = "この項目が報告にありません"
_AS_BEFORE = "報告のファイルも、規則や基準日などの条件も前と同じ"
_BUDGETS = frozenset({"initial_budget", "revised_budget"})


class Loss:
    """What of the earlier outcome is not in the later one any more. `onwards`: for each of its files, those
    that are only compared with among them, the later ones that hold its report. The reasons are for people,
    as ends of a sentence that begins with the later run."""

    def __init__(
        self,
        new: Outcome,
        basis: Basis,
        items: Mapping[str, Items],
        onwards: Mapping[str, Sequence[str]],
    ) -> None:
        self._coverage = new.coverage_by_file
        self._statuses = {each.path: each.status for each in (*new.prior, *new.inputs)}
        self._items = items
        self._onwards = onwards
        self._claims = Counter(each for now in onwards.values() for each in now)
        self._files = {each.old.path: each for each in (*basis.prior, *basis.files) if each.old is not None}
        self._is_told_otherwise = basis.differs

    def is_item_gone(self, finding: Finding) -> bool:
        """Whether the item of which it speaks is known to be no longer in its report."""
        held = self._items.get(finding.location.path or "")
        if held is None or finding.item is None or finding.rule.startswith(ON_WAIVERS):
            return False
        return held.lacks_a_place(finding) if finding.places else held.of(finding) is None

    def why_not_twice(self, finding: Finding) -> str | None:
        """Of two files with one report, that one of them was not looked at: it may have been taken out."""
        if finding.rule != _TWICE:
            return None
        paths = dict.fromkeys([finding.location.path, *(each.path for each in finding.related)])
        gone = next((path for path in paths if path and not self._is_itself(path)), None)
        if gone is None:
            return None
        return f"二つあったファイルの一方「{gone}」を見ていません（除いたのであれば、直っています）"

    def why(self, finding: Finding) -> str | None:
        """Why it cannot be said to be put right; None where it is."""
        if finding.rule.startswith(ON_WAIVERS):
            return None
        if finding.rule.startswith(ACROSS):
            return self._why_not_across(finding) or self._why_not_in_item(finding)
        return self._why_not_in_item(finding) or self._why_not_in_file(finding)

    def _why_not_across(self, finding: Finding) -> str | None:
        related = dict.fromkeys(each.path for each in finding.related if each.path is not None)
        for path in related:
            now = self._onwards.get(path, ())
            if not now:
                return f"比べた相手の「{path}」を見ていません"
            if self._statuses[now[0]] != "checked":
                return f"比べた相手の「{now[0]}」を読み取れていません"
        if related and all(map(self._is_same, [finding.location.path, *related])):
            return self._why_not_same("ほかのファイルか、結果に残らない設定の違い")
        return None

    def _is_same(self, path: str | None) -> bool:
        change = self._files.get(path or "")
        return change is not None and change.state in ("same", "moved")

    def _why_not_same(self, otherwise: str) -> str:
        """Why what was found is not, where it and all it was held against are as they were; `otherwise`:
        where what was told to both runs is the same, too."""
        if self._is_told_otherwise:
            return "報告のファイルは前と同じなのに見つかりません（規則・設定・基準日などの違いによります）"
        return f"{_AS_BEFORE}なのに見つかりません（{otherwise}によります）"

    def _is_itself(self, path: str | None) -> bool:
        """Whether a file is still there, rather than another one that holds its report."""
        now = self._onwards.get(path or "", ())
        return path in now or (len(now) == 1 and self._claims[now[0]] == 1)

    def _why_not_in_item(self, finding: Finding) -> str | None:
        if finding.item is None:
            return None
        held = self._items.get(finding.location.path or "")
        if held is None:
            return "この項目が報告にあるか分かりません（結果に項目の一覧が残っていません）"
        if finding.places:
            return "この言葉の書かれていた項目が報告にありません" if held.lacks_a_place(finding) else None
        now = held.of(finding)
        if now is None:
            taken = held.at_place_of(finding)
            return f"{_GONE}（同じ番号の項目は「{taken.title}」です）" if taken and taken.title else _GONE
        return _why_not_at(finding, held.then.get(finding.item.index), now)

    def _why_not_in_file(self, finding: Finding) -> str | None:
        change = self._files.get(finding.location.path or "")
        if change is None or finding.rule.startswith(_READING):
            return None
        if change.is_of_other_format and not self._is_evaluated(finding.rule, change):
            return "前と違う形式のファイルで、この規則の当てはまるところがありません"
        if change.is_read_otherwise:
            return "この報告を、前と違う様式で読んでいます"
        return (
            self._why_not_same("結果に残らない設定の違い") if self._is_same(finding.location.path) else None
        )

    def _is_evaluated(self, rule: str, change: FileChange) -> bool:
        held = self._coverage.get(change.path, ())
        return any(each.rule == rule and each.evaluated for each in held)


def _why_not_at(finding: Finding, then: ItemFigures | None, now: ItemFigures) -> str | None:
    """Whether what was judged stands there still: an amount or a mark that is left out is not put right."""
    if then is None:
        return None
    pairs = {
        "mark": (then.mark, now.mark),
        "settlement": (then.settlement_yen, now.settlement_yen),
        **dict.fromkeys(_BUDGETS, (then.budget_yen, now.budget_yen)),
    }
    before, after = pairs.get(finding.field or "", (None, None))
    return None if before is None or after is not None else "この金額や達成状況が書かれていません"
