"""`html` of a comparison: one page, of the same make as that of an outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from jisseki_check.comparing import KINDS, Change, Comparison
from jisseki_check.formatters.comparison import told
from jisseki_check.formatters.comparison.told import LABELS, MEANINGS, Group, Names
from jisseki_check.formatters.html import page
from jisseki_check.formatters.html.findings import Card, ItemCards, card
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import LEVELS, item_name

TITLE = "点検結果の比較"
_OPEN = 60  # changes up to which all of them are seen at once
_STATES = {0: "pass", 1: "fail", 3: "inconclusive"}
_VERDICTS = {"pass": "新しい指摘なし", "fail": "新しい指摘あり", "inconclusive": "言い切れません"}
_TILES = {"new": "error", "unverified": "warning", "remaining": "plain", "resolved": "info"}


@dataclass(frozen=True, slots=True)
class _Report:
    """One report on the page; `held`: its changes, by kind and item."""

    name: str
    path: str
    anchor: str
    numbers: Mapping[str, int]
    is_open: bool
    held: Iterator[ItemCards]


def render(comparison: Comparison, names: Names, view: View) -> str:
    """One HTML document, ending with a line feed. Raises ImportError where jinja2 is missing."""
    formats = told.formats(comparison)
    basis = comparison.basis
    is_open = sum(map(told.is_of_note, comparison.changes)) <= _OPEN
    return page.rendered(
        "comparison.html",
        title=TITLE,
        runs=told.runs(comparison, names),
        kinds=KINDS,
        labels=LABELS,
        meanings=MEANINGS,
        tiles=_TILES,
        levels=LEVELS,
        states=_VERDICTS,
        state=_STATES[comparison.exit_code],
        verdict=told.verdict(comparison),
        numbers={kind: len(comparison.of(kind)) for kind in KINDS},
        total=len(comparison.changes),
        tally=told.tally(comparison),
        differs=basis.differs,
        caution=told.caution(comparison),
        differences=told.differences(comparison),
        inputs=told.files(basis.files),
        prior=told.files(basis.prior),
        departments=told.by_department(comparison),
        rules=told.by_rule(comparison),
        titles=view.titles,
        groups=[
            _report(group, f"r{number}", is_open, formats)
            for number, group in enumerate(told.groups(comparison), start=1)
        ],
    )


def _report(group: Group, anchor: str, is_open: bool, formats: Mapping[str, str | None]) -> _Report:
    return _Report(
        name=group.name or group.path or "報告の外",
        path=group.path,
        anchor=anchor,
        numbers=group.numbers,
        is_open=is_open and any(map(told.is_of_note, group.changes)),
        held=_items(group.changes, formats, group.path),
    )


def _items(changes: Sequence[Change], formats: Mapping[str, str | None], path: str) -> Iterator[ItemCards]:
    for (_, name), held in groupby(changes, key=lambda each: (each.kind, _item(each))):
        yield ItemCards(name, [_card(each, formats, path) for each in held])


def _item(change: Change) -> str:
    item = change.finding.item
    return item_name(item) if item is not None else "報告の全体"


def _card(change: Change, formats: Mapping[str, str | None], path: str) -> Card:
    """The finding, led by what became of it; what is as it was needs no more than its place."""
    made = card(change.finding, formats, path=path)
    tags = [LABELS[change.kind], *([made.exception] if made.exception else [])]
    remarks = [("比較", text) for text in told.remarks(change)]
    if not told.is_of_note(change):
        made = replace(made, quote=[], details=[])
    return replace(made, status=change.kind, exception="・".join(tags), details=[*remarks, *made.details])
