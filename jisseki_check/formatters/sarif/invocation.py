"""How the run went: whether all that had to be judged was, and if not, why."""

from __future__ import annotations

from typing import Any

from jisseki_check.formatters.sarif.places import Places
from jisseki_check.formatters.sarif.rules import RuleBook
from jisseki_check.formatters.sarif.strings import message
from jisseki_check.formatters.unjudged import Unjudged, why_inconclusive
from jisseki_check.model import Location, Outcome, Verdict

_KINDS = {
    "file": ("file-not-judged", "ファイルの全部または一部を点検していません"),
    "fault": ("program-fault", "点検プログラムの側で問題が起きました"),
    "rule": ("rule-not-judged", "規則の判定が途中で止まりました"),
    "nothing": ("nothing-judged", "判定の対象がありませんでした"),
    "limit": ("host-limit", "結果を受け取る側の上限を超えています"),
}
_ORDER = list(_KINDS)
NOTIFICATIONS = [{"id": name, "shortDescription": {"text": text}} for name, text in _KINDS.values()]

# What GitHub's code scanning takes of one run, and what it shows of it.
_TAKEN = 25_000
_SHOWN = 5_000


def invocation_of(outcome: Outcome, book: RuleBook) -> dict[str, Any]:
    places = Places(outcome)
    notes = [_notification(each, places, book) for each in why_inconclusive(outcome)]
    return {
        "executionSuccessful": outcome.verdict is not Verdict.INCONCLUSIVE,
        "exitCode": outcome.verdict.exit_code,
        "exitCodeDescription": outcome.verdict.label,
        "toolExecutionNotifications": notes + _limits(len(outcome.findings)),
    }


def _notification(reason: Unjudged, places: Places, book: RuleBook) -> dict[str, Any]:
    out: dict[str, Any] = {
        "descriptor": _descriptor(reason.kind),
        "level": "error",
        "message": {"text": message(reason.text)},
    }
    if reason.path is not None:
        out["locations"] = [places.location(Location(reason.path))]
    if reason.rule is not None and reason.rule in book:  # a fault may name several
        out["associatedRule"] = {"id": reason.rule, "index": book.number(reason.rule)}
    return out


def _limits(findings: int) -> list[dict[str, Any]]:
    if findings <= _SHOWN:
        return []
    what = (
        f"{_TAKEN:,}件を超える結果を受け取りません"
        if findings > _TAKEN
        else f"重いものから{_SHOWN:,}件だけを表示します"
    )
    text = (
        f"指摘が{findings:,}件あります。このファイルには全てを書きましたが、GitHub のコードスキャンは{what}。"
        "フォルダーを分けて点検し、category を変えて送ってください。"
    )
    return [{"descriptor": _descriptor("limit"), "level": "note", "message": {"text": message(text)}}]


def _descriptor(kind: str) -> dict[str, Any]:
    return {"id": _KINDS[kind][0], "index": _ORDER.index(kind)}
