"""`table`: the findings by report and item, for the clerk who has to put them right."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Any

from jisseki_check.formatters import register, summary
from jisseki_check.formatters.tally import listed
from jisseki_check.formatters.text import clean, paint, shorten, wrap
from jisseki_check.formatters.unjudged import MISSING
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import (
    formats_of,
    item_name,
    level,
    message,
    place,
    related_places,
    report_name,
    waiver,
)
from jisseki_check.model import Finding, Outcome
from jisseki_check.notation.width import display_width

_RUN = 5  # findings of one rule in one report that are all shown in full
_SHOWN = 3  # of a longer run, those shown in full; the others are listed by place
_MARGIN = 4 + len("誤り") * 2 + 2 + len("FIN101") + 2 + 2  # all that stands beside place and message
_RELATED = 8  # related places of one finding that are listed
_NARROWEST = 30  # columns that a message gets on the narrowest terminal
_QUOTED = 80  # columns of the original text that are quoted


@dataclass(frozen=True, slots=True)
class _Row:
    """A finding as table cells; its last cell has `height` lines."""

    cells: tuple[str, str, str, str]
    height: int


def pieces(outcome: Outcome, view: View) -> Iterator[str]:
    parts = filter(None, _parts(outcome, replace(view, formats=formats_of(outcome))))
    yield from islice(parts, 1)
    yield from (f"\n{part}" for part in parts)


def _parts(outcome: Outcome, view: View) -> Iterator[str]:
    if view.statistics:
        yield _statistics(outcome, view)
    elif not view.summary_only:
        for _, group in groupby(listed(outcome, view), key=_report_key):
            yield _report(list(group), view)
    if view.verbose:
        as_of = dt.date.fromisoformat(outcome.as_of)
        yield register.block(outcome.waivers, as_of, width=view.width, color=view.color)
        yield _coverage(outcome, view)
    yield summary.block(outcome, view)


def _report_key(finding: Finding) -> tuple[str, str, int]:
    if finding.rule == MISSING:  # of the list that names it, whosever it is
        return finding.location.path or "", "", 0
    return (finding.location.path or "", finding.department or "", finding.fiscal_year or 0)


def _report(findings: list[Finding], view: View) -> str:
    """One report: a heading, its findings under the headings of their items, and the rest of long runs."""
    path = paint(clean(findings[0].location.path or ""), "strong", view.color)
    name = "提出されるはずの報告の一覧" if findings[0].rule == MISSING else report_name(findings[0])
    heading = "　".join(part for part in (path, name) if part)
    shown, rest = (findings, []) if view.verbose else _cut_runs(findings)
    groups = _by_item(shown)
    rows = _rows([finding for _, group in groups for finding in group], view)
    lines = [heading]
    for title, group in groups:
        lines += ["", f"  {paint(shorten(title, view.width - 4), 'strong', view.color)}"]
        for _ in group:
            lines += next(rows)
    return "\n".join(lines + _remainder(rest, view)) + "\n"


def _cut_runs(findings: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings to show in full, and those of long runs that are listed by place only."""
    total = Counter(finding.rule for finding in findings)
    seen: Counter[str] = Counter()
    shown: list[Finding] = []
    rest: list[Finding] = []
    for finding in findings:
        seen[finding.rule] += 1
        long = total[finding.rule] > _RUN and seen[finding.rule] > _SHOWN
        (rest if long else shown).append(finding)
    return shown, rest


def _by_item(findings: list[Finding]) -> list[tuple[str, list[Finding]]]:
    """Findings under their item's name, items in the order in which they come up."""
    groups: dict[int, tuple[str, list[Finding]]] = {}
    for finding in findings:
        index = finding.item.index if finding.item else 0
        of_report = "提出されていない報告" if finding.rule == MISSING else "報告の全体"
        name = item_name(finding.item) if finding.item else of_report
        groups.setdefault(index, (name, []))[1].append(finding)
    return list(groups.values())


def _rows(findings: list[Finding], view: View) -> Iterator[list[str]]:
    """The lines of each finding, all aligned as one table."""
    if not findings:
        return
    widest = max(display_width(place(each.location, view.formats)) for each in findings)
    columns = view.width - 4 - 4 - 2 - 6 - 2 - widest - 2
    rows = [_row(finding, max(columns, _NARROWEST), view) for finding in findings]
    table = _tabulated(
        [row.cells for row in rows], tablefmt="plain", disable_numparse=True, preserve_whitespace=True
    )
    lines = iter(table.split("\n"))
    for row in rows:
        yield [f"    {next(lines)}".rstrip() for _ in range(row.height)]


def _row(finding: Finding, columns: int, view: View) -> _Row:
    lines = wrap(message(finding), columns)
    for label, text in _details(finding, view):
        first, *more = wrap(text, columns - 8)
        lines.append(paint(f"{label}　{first}", "faint", view.color))
        lines.extend(paint(f"        {line}", "faint", view.color) for line in more)
    grade = paint(level(finding), finding.severity.value, view.color)
    where = place(finding.location, view.formats)
    return _Row((grade, finding.rule, where, "\n".join(lines)), len(lines))


def _details(finding: Finding, view: View) -> Iterator[tuple[str, str]]:
    """Labelled lines below a message; labels are three characters wide."""
    if finding.excerpt and clean(finding.excerpt) not in clean(finding.message):
        yield "原　文", f"「{shorten(clean(finding.excerpt), _QUOTED)}」"
    if finding.expected:
        difference = finding.difference
        told = not difference or difference in finding.expected
        yield "期待値", clean(finding.expected if told else f"{finding.expected}（差 {difference}）")
    if finding.correction and finding.correction != finding.expected:
        yield "候　補", clean(finding.correction)
    yield "直し方", clean(finding.fix)
    if finding.waiver:
        yield "免　除", f"{waiver(finding.waiver)}　{register.place(finding.waiver)}".rstrip()
    if finding.explanation:
        yield "理　由", clean(finding.explanation)
    if finding.related:
        yield "関　連", _cut_places(related_places(finding, view.formats))


def _remainder(findings: list[Finding], view: View) -> list[str]:
    if not findings:
        return []
    lines = ["", f"  {paint('同じ指摘の残り', 'strong', view.color)}"]
    for rule in dict.fromkeys(finding.rule for finding in findings):
        same = [finding for finding in findings if finding.rule == rule]
        grade = paint(level(same[0]), same[0].severity.value, view.color)
        title = view.titles.get(rule, "")
        lines.append(f"    {grade}  {rule}  ほか{len(same):,}件　{title}".rstrip())
        places = _places(place(finding.location, view.formats) for finding in same)
        lines.extend(f"                  {line}" for line in wrap(places, max(view.width - 18, _NARROWEST)))
    return lines


def _cut_places(places: Iterable[str]) -> str:
    """The first few; a term that is written otherwise may stand in dozens of places."""
    held = list(dict.fromkeys(each for each in places if each))
    rest = len(held) - _RELATED
    return "、".join(held[:_RELATED]) + (f"、ほか{rest:,}か所" if rest > 0 else "")


def _places(places: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(each for each in places if each))


def _statistics(outcome: Outcome, view: View) -> str:
    """How often each rule fired, the most frequent first; what does not count in a column of its own."""
    fired: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    first: dict[str, Finding] = {}
    for finding in outcome.findings:
        fired[finding.rule] += 1
        apart[finding.rule] += finding.status != "new"
        first.setdefault(finding.rule, finding)
    if not fired:
        return ""
    has_apart = any(apart.values())
    rows = [
        (
            f"{count - apart[rule]:,}",
            *((f"{apart[rule]:,}",) if has_apart else ()),
            paint(level(first[rule]), first[rule].severity.value, view.color),
            rule,
            view.titles.get(rule, first[rule].name),
        )
        for rule, count in sorted(fired.items(), key=lambda each: (apart[each[0]] - each[1], each[0]))
    ]
    return (
        _tabulated(
            rows,
            headers=["件数", *(["免除・既知"] if has_apart else []), "段階", "コード", "内容"],
            tablefmt="simple",
            disable_numparse=True,
            colalign=("right", *(["right"] if has_apart else []), "left", "left", "left"),
        )
        + "\n"
    )


def _coverage(outcome: Outcome, view: View) -> str:
    """What each rule judged, and what it did not."""
    rows = [
        (
            each.rule,
            f"{each.evaluated:,}",
            f"{each.not_applicable:,}",
            f"{each.blocked:,}",
            f"{each.crashed:,}",
            shorten(clean(each.explanation or view.titles.get(each.rule, "")), 40),
        )
        for each in outcome.coverage
    ]
    return (
        _tabulated(
            rows,
            headers=["コード", "判定した", "対象外", "控えた", "止まった", "内容"],
            tablefmt="simple",
            disable_numparse=True,
            colalign=("left", "right", "right", "right", "right", "left"),
        )
        + "\n"
    )


def _tabulated(rows: Sequence[Sequence[str]], **layout: Any) -> str:
    from tabulate import tabulate  # 30 ms that a verdict alone need not wait for

    return tabulate(rows, **layout)
