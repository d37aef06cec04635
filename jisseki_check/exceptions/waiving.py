"""Lets waivers hold for findings, and says what became of each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from jisseki_check.exceptions import Granted, notes
from jisseki_check.exceptions.beside import Beside
from jisseki_check.exceptions.inline import Said, Unclear, parse
from jisseki_check.exceptions.known import is_same_value, known, match, match_changed
from jisseki_check.exceptions.notes import Note
from jisseki_check.exceptions.scope import Reach, Scope
from jisseki_check.exceptions.terms import refusals
from jisseki_check.model import Finding, KnownFinding, Severity, Waiver, WaiverUse

_IN_A_STRING = (
    "文字列の中にあるため、注記になりません。「mark:」などの名前がある行の上か、値の後に書いてください"
)
_OF_NOTHING = "この後に、免除する箇所がありません"
_OF_SEVERAL = "この場所には指摘がいくつもあります。コードの後に、免除する値を「」で囲んで書いてください"
_OF_WHOLE = "報告の{:,}か所についての指摘です。表題の上に書くか、免除のファイルに書いてください"
_TWICE = "同じ指摘を、ほかのところでも免除しています"
_WITHOUT_VALUE = "値がありません。値が変わったときに免除が失効するよう、コードの後に「{}」と書いてください"
_ERROR_NEEDS = "誤りの指摘を免除するには、理由のほかに「申請：」「承認：」「期限：」も書いてください"


@dataclass(slots=True)
class Waiving:
    """The findings of a run; those that are waived have their status changed where they stand."""

    findings: list[Finding]
    scope: Scope
    reach: Reach
    uses: list[WaiverUse] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    # --- waivers of a file ----------------------------------------------------------------------

    def grant(self, granted: Sequence[Granted]) -> None:
        """Each waiver names one thing with one value."""
        present = [known(each) for each in self.findings]
        entries = [each.known for each in granted]
        positions: defaultdict[int, list[int]] = defaultdict(list)
        for position, number in match(present, entries, self.scope.homes).items():
            positions[number].append(position)
        taken = {position for held in positions.values() for position in held}
        free = [position for position in range(len(present)) if position not in taken]
        without = [number for number in range(len(entries)) if number not in positions]
        changed = match_changed(
            [present[at] for at in free], [entries[number] for number in without], self.scope.homes
        )
        moved = {without[number]: free[at] for at, number in changed.items()}
        for number, each in enumerate(granted):
            self._grant(each, positions[number], moved.get(number))

    def _grant(self, granted: Granted, held: Sequence[int], changed: int | None) -> None:
        about, waiver = granted.known, granted.waiver
        is_there = bool(held) or changed is not None
        if not is_there and not self.reach.covers(about):
            self._register(about, waiver, "unchecked")
        elif not self._is_in_force(about, waiver, granted.begins, is_there=is_there):
            return
        elif not is_there:
            self._register(about, waiver, "unused", notes.unused(about, waiver))
        else:
            others = [at for at in held if not self._is_as_told(at, about)]
            changed = others[0] if others else changed
            if changed is not None:
                now = known(self.findings[changed])
                self._register(about, waiver, "lapsed", notes.lapsed(about, waiver, now))
            else:
                self._use(about, waiver, held)

    def _is_as_told(self, position: int, about: KnownFinding) -> bool:
        """Whether what people read in the waiver is what stands there. Of what stands all over a report, any
        of the places may come first."""
        return bool(about.subject) or is_same_value(about.given, self.findings[position].given)

    # --- comments beside the data ---------------------------------------------------------------

    def grant_beside(self, besides: Sequence[Beside]) -> None:
        """Each comment, or each value that it gives, speaks of one thing at its place."""
        by_rule: defaultdict[tuple[str | None, str], list[int]] = defaultdict(list)
        for position, finding in enumerate(self.findings):
            by_rule[finding.location.path, finding.rule].append(position)
        for beside in besides:
            about, at = beside.about, beside.directive.at
            where = Waiver(reason="", path=about.path, line=at.line)
            if beside.directive.is_content:
                self.notes.append(notes.unclear(about, where, _IN_A_STRING, is_written_wrong=False))
                continue
            try:
                said = parse(beside.directive.text)
            except Unclear as error:
                self.notes.append(notes.unclear(about, where, str(error)))
                continue
            waiver = replace(said.waiver, path=about.path, line=at.line)
            candidates = [
                position
                for position in by_rule[about.path, said.rule]
                if beside.may_mean(self.findings[position])
            ]
            for value in said.values or (None,):
                self._grant_beside(
                    replace(about, rule=said.rule, given=value), said, waiver, candidates, beside
                )

    def _grant_beside(
        self, about: KnownFinding, said: Said, waiver: Waiver, candidates: Sequence[int], beside: Beside
    ) -> None:
        term = self.scope.terms.get(said.rule)
        refused = list(refusals(waiver, said.approved_on, term, said.rule, self.scope.as_of))
        if refused:
            why = "。".join(each.message for each in refused)
            self._register(about, waiver, "unused", notes.unused(about, waiver, why))
            return
        if not candidates and not self.reach.covers(about):
            self._register(about, waiver, "unchecked")
            return
        held = [at for at in candidates if about.given is None or self._is(at, about.given)]
        if not self._is_in_force(about, waiver, said.approved_on, is_there=bool(candidates)):
            return
        others = [at for at in candidates if not any(self._is(at, value) for value in said.values)]
        if not held and others:
            now = known(self.findings[others[0]])
            self._register(about, waiver, "lapsed", notes.lapsed(about, waiver, now))
            return
        hindrance = self._hindrance(held, about, waiver, beside)
        if hindrance is not None:
            self._register(about, waiver, "unused", notes.unused(about, waiver, hindrance))
        else:
            self._use(known(self.findings[held[0]]), waiver, held)

    def _is(self, position: int, value: str) -> bool:
        return is_same_value(value, self.findings[position].given)

    def _hindrance(
        self, held: Sequence[int], about: KnownFinding, waiver: Waiver, beside: Beside
    ) -> str | None:
        """Why a comment grants nothing at its place, in words for people."""
        found = [self.findings[at] for at in held]
        if not found:
            is_of_nothing = beside.directive.line is None and beside.directive.pointer is None
            return _OF_NOTHING if is_of_nothing else "当てはまる指摘がありません"
        if len({(each.field, each.subject, each.value_fingerprint) for each in found}) > 1:
            return _OF_SEVERAL
        if all(each.status != "new" for each in found):
            return _TWICE
        places = max(each.count if each.subject else 1 for each in found)
        if places > 1 and not beside.of_report:
            return _OF_WHOLE.format(places)
        if about.given is None and found[0].given:
            return _WITHOUT_VALUE.format(" ".join(found[0].given.split()))
        is_error = any(each.severity is Severity.ERROR for each in found)
        is_approved = waiver.requested_by and waiver.approved_by and waiver.until
        return _ERROR_NEEDS if is_error and not is_approved else None

    # --- both -----------------------------------------------------------------------------------

    def _is_in_force(
        self, about: KnownFinding, waiver: Waiver, begins: dt.date | None, *, is_there: bool
    ) -> bool:
        """Whether it holds on the day of the run; registers it if not."""
        if waiver.until is not None and dt.date.fromisoformat(waiver.until) < self.scope.as_of:
            self._register(about, waiver, "expired", notes.expired(about, waiver, is_there=is_there))
            return False
        if begins is not None and self.scope.as_of < begins:
            self._register(about, waiver, "pending")
            return False
        return True

    def _use(self, about: KnownFinding, waiver: Waiver, held: Sequence[int]) -> None:
        for at in held:
            self.findings[at] = replace(self.findings[at], status="waived", waiver=waiver)
        self.uses.append(WaiverUse(about, waiver, "used", len(held)))

    def _register(self, about: KnownFinding, waiver: Waiver, state: str, note: Note | None = None) -> None:
        self.uses.append(WaiverUse(about, waiver, state))
        if note is not None:
            self.notes.append(note)
