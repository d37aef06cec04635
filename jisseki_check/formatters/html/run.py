"""What a run was: enough to say what was looked at, by what, and to do it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from jisseki_check.formatters import register
from jisseki_check.formatters.summary import threshold
from jisseki_check.formatters.words import known_name, skipped, sources, waiver
from jisseki_check.model import Outcome, WaiverUse
from jisseki_check.notation.fiscal import written_day


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """`is_out`: it does not do what it is there for."""

    state: str
    is_out: bool
    known: str
    told: str
    days: str
    place: str
    findings: int


def facts(outcome: Outcome) -> list[tuple[str, str]]:
    """Labels and values."""
    held = [
        ("プログラムの版", f"jisseki-check {outcome.version}"),
        ("基準日", written_day(outcome.as_of)),
        ("様式設定", outcome.profile),
        ("規則のハッシュ値", outcome.rules_digest),
        ("不適合とする指摘", threshold(outcome)),
    ]
    if outcome.scope is not None:
        since, left = outcome.scope.changed_since, outcome.scope.of - outcome.scope.changed
        told = f"{since} から変わったファイルだけ（変わっていない{left:,}ファイルは点検していません）"
        held.append(("点検の範囲", told))
    if outcome.baseline is not None:
        use = outcome.baseline
        told = f"{use.path}（{use.entries:,}件、うちなくなったか値が変わったもの{len(use.unmatched):,}件）"
        held.append(("既知の指摘の一覧", told))
    return held + sources(outcome)


def waivers(outcome: Outcome) -> list[WaiverRow]:
    return [_waiver(each, outcome.as_of) for each in outcome.waivers]


def unread(outcome: Outcome) -> Sequence[str]:
    """The files of the folders that were not read."""
    return [skipped(path) for path in outcome.skipped]


def unmatched(outcome: Outcome) -> Sequence[str]:
    """Known findings that the reports no longer hold."""
    return [] if outcome.baseline is None else [known_name(each) for each in outcome.baseline.unmatched]


def _waiver(use: WaiverUse, as_of: str) -> WaiverRow:
    return WaiverRow(
        state=register.STATES.get(use.state, use.state),
        is_out=use.state in register.OUT,
        known=known_name(use.known),
        told=waiver(use.waiver, is_spelled_out=True),
        days=register.left(use.waiver, dt.date.fromisoformat(as_of)).strip(),
        place=register.place(use.waiver),
        findings=use.findings,
    )
