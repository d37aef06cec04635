"""What is to be said of a waiver that does not do what it is there for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jisseki_check.exceptions.known import is_same_value
from jisseki_check.model import KnownFinding, Waiver
from jisseki_check.notation.subjects import subject_name

EXPIRED, UNUSED, LAPSED = "WVR101", "WVR102", "WVR103"
RULES = (EXPIRED, UNUSED, LAPSED)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be said by a rule on waivers. `about`: which finding the waiver names, `waiver`: where it
    stands; `words` fill the rule's message."""

    rule: str
    about: KnownFinding
    waiver: Waiver
    words: Mapping[str, str]


def expired(about: KnownFinding, waiver: Waiver, *, is_there: bool) -> Note:
    """Past its last day. `is_there`: whether there is still something to waive."""
    now = "指摘を再び数えます" if is_there else "当てはまる指摘はもうありません"
    words = {"waiver": named(about), "until": waiver.until or "", "now": now}
    return Note(EXPIRED, about, waiver, words)


def unused(about: KnownFinding, waiver: Waiver, why: str = "当てはまる指摘がありません") -> Note:
    """Of no use, and why."""
    return Note(UNUSED, about, waiver, {"what": f"{named(about)}が使われていません", "why": why})


def unclear(about: KnownFinding, waiver: Waiver, why: str, *, is_written_wrong: bool = True) -> Note:
    """A comment that grants nothing. `is_written_wrong`: else it stands where no comment can."""
    cause = "の書き方が違うため、" if is_written_wrong else "が"
    return Note(UNUSED, about, waiver, {"what": f"免除の注記{cause}効いていません", "why": why})


def lapsed(about: KnownFinding, waiver: Waiver, now: KnownFinding) -> Note:
    """For another value, or for other places, than those that are there `now`."""
    return Note(LAPSED, about, waiver, {"waiver": named(about), "change": _change(about, now)})


def _change(then: KnownFinding, now: KnownFinding) -> str:
    if then.subject and then.value_fingerprint == now.value_fingerprint:
        return f"免除したときは{then.count:,}か所、いまは{now.count:,}か所です。書かれた場所が変わっています"
    if then.given is not None and is_same_value(then.given, now.given):
        return f"{_quoted(now.given)}はそのままですが、この規則が読むほかの値が変わっています"
    return f"免除したときの値は{_quoted(then.given)}、いまの値は{_quoted(now.given)}です"


def named(about: KnownFinding) -> str:
    """The waiver, in words that its reader knows: `FIN105（7　公衆無線LAN環境整備事業）の免除`."""
    item = "　".join(part for part in (about.number, about.title) if part)
    what = subject_name(about.subject) or item
    return f"{about.rule}（{what}）の免除" if about.rule and what else f"{about.rule} の免除"


def _quoted(value: str | None) -> str:
    return f"「{value}」" if value else "空欄"
