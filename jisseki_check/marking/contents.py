"""What is put into the marked copy of one file, taken from the outcome of a run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jisseki_check.formatters import summary
from jisseki_check.formatters.tally import counts, share
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.unjudged import held_back
from jisseki_check.formatters.words import report_name
from jisseki_check.marking.words import by_gravity
from jisseki_check.model import Finding, Outcome

ADVICE = "指摘ごとに、報告を直すか、直さない理由を書いてください。"


@dataclass(frozen=True, slots=True)
class Contents:
    """`findings`: the gravest first. `headline`: the verdict and how many findings there are. `unjudged`:
    what had to be judged in this file and was not. `scope`: what the verdict rests on."""

    findings: tuple[Finding, ...]
    headline: str
    report: str
    unjudged: tuple[str, ...]
    scope: tuple[tuple[str, str], ...]


def of_file(outcome: Outcome, path: str) -> Contents:
    """The contents for the file that the outcome calls `path`."""
    findings = by_gravity(each for each in outcome.findings if each.location.path == path)
    own = replace(
        outcome,
        inputs=tuple(each for each in outcome.inputs if each.path == path),
        findings=tuple(findings),
        faults=tuple(each for each in outcome.faults if each.path in (path, None)),
    )
    number = counts(own)
    alone = len(outcome.inputs) == 1
    verdict = f"判定　{outcome.verdict.label}" if alone else f"点検全体の判定　{outcome.verdict.label}"
    tally = f"誤り {number.error:,}・確認 {number.warning:,}・参考 {number.info:,}"
    named = next((report_name(each) for each in findings if report_name(each)), "")
    return Contents(
        findings=tuple(findings),
        headline=f"{verdict}　{'' if alone else 'このファイルの'}指摘　{tally}",
        report=named,
        unjudged=tuple(summary.reasons(own)),
        scope=_scope(outcome, own, alone),
    )


def _scope(outcome: Outcome, own: Outcome, alone: bool) -> tuple[tuple[str, str], ...]:
    """A rule's rows are counted over the whole run: of several files it is said so."""
    extent = "" if alone else f"（点検した{len(outcome.inputs):,}ファイルの全体）"
    told = [
        ("点検した範囲", f"{counts(own).items:,}項目・{len(outcome.coverage):,}規則"),
        (f"判定できた割合{extent}", share(outcome).label),
    ]
    blocked = [held_back(each) for each in outcome.coverage if each.blocked]
    if blocked:
        told.append((f"控えた判定{extent}", "、".join(blocked)))
    told.append(("基準", f"様式設定 {clean(outcome.profile)}　基準日 {outcome.as_of}"))
    told.append(("規則のハッシュ値", outcome.rules_digest))
    return tuple(told)
