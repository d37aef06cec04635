"""What had to be judged and was not."""

from __future__ import annotations

from dataclasses import dataclass

from jisseki_check.formatters.text import clean
from jisseki_check.model import Coverage, Input, Outcome, Verdict

# Findings that say that something of a file, or a whole report, was not judged.
MISSING = "XDC105"
UNJUDGEABLE = frozenset({"DOC001", "DOC002", "DOC004", "DOC005", MISSING})
# What reports of other years, and plans, are given for.
_BY_OTHERS = frozenset({"XDC101", "XDC102", "XDC106"})


@dataclass(frozen=True, slots=True)
class Unjudged:
    """`kind`: file (not read, or not to its end), fault (of the program), rule (that stopped), nothing (that
    a rule could have been put to). `text`: one sentence for people, with the path."""

    kind: str
    text: str
    path: str | None = None
    rule: str | None = None


def unjudged(outcome: Outcome) -> list[Unjudged]:
    """Files, faults of ours, rules that stopped."""
    return [*_files(outcome), *_parts(outcome), *_faults(outcome), *_rules(outcome)]


def why_inconclusive(outcome: Outcome) -> list[Unjudged]:
    """The reasons for an inconclusive verdict, one at least; none for another verdict."""
    if outcome.verdict is not Verdict.INCONCLUSIVE:
        return []
    return unjudged(outcome) or [
        Unjudged("nothing", "規則を当てはめられる報告がなく、何も判定していません。")
    ]


def uncompared(outcome: Outcome) -> list[Coverage]:
    """The rules that found nothing to compare with among what was given for comparison."""
    return [
        each
        for each in outcome.coverage
        if outcome.prior and each.rule in _BY_OTHERS and each.reason and not each.evaluated + each.blocked
    ]


def because(coverage: Coverage) -> str:
    return f"（{clean(coverage.reason)}）" if coverage.reason else ""


def held_back(coverage: Coverage) -> str:
    """`FIN105 3か所（FIN111 の指摘があるため）`: how many rows of a rule others kept from being judged."""
    return f"{coverage.rule} {coverage.blocked:,}か所{because_held_back(coverage)}"


def because_held_back(coverage: Coverage) -> str:
    """`（FIN111 の指摘があるため）`."""
    why = coverage.held_back_by
    return f"（{clean(why)}）" if why else ""


def _files(outcome: Outcome) -> list[Unjudged]:
    return [
        Unjudged(
            "file",
            f"{clean(each.path)}　{clean(each.reason or '読み取れませんでした。')}（{_extent(each)}）",
            each.path,
        )
        for each in outcome.inputs
        if each.status != "checked"
    ]


def _extent(source: Input) -> str:
    return f"読み取れた{source.items:,}項目だけを点検しました" if source.items else "1件も点検していません"


def _parts(outcome: Outcome) -> list[Unjudged]:
    """Files that were opened, yet hold nothing, or a part, that could be judged."""
    unread = {each.path for each in outcome.inputs if each.status != "checked"}
    return [
        Unjudged("file", _joined(each.location.path, each.rule, each.message), each.location.path, each.rule)
        for each in outcome.findings
        if each.rule in UNJUDGEABLE and each.location.path not in unread
    ]


def _faults(outcome: Outcome) -> list[Unjudged]:
    return [
        Unjudged("fault", _joined(each.path, each.rule, each.message), each.path, each.rule)
        for each in outcome.faults
    ]


def _rules(outcome: Outcome) -> list[Unjudged]:
    return [
        Unjudged(
            "rule",
            f"{each.rule}　{each.crashed:,}か所を判定できませんでした{because(each)}",
            rule=each.rule,
        )
        for each in outcome.coverage
        if each.crashed
    ]


def _joined(*parts: str | None) -> str:
    return "　".join(clean(part) for part in parts if part)
