"""Findings are born here, complete: words, place, excerpt and fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from jisseki_check import fingerprints
from jisseki_check.engine.conditions import Condition, Template
from jisseki_check.engine.expected import ExpectedReport
from jisseki_check.engine.finding_order import in_order
from jisseki_check.engine.judge import Judgement
from jisseki_check.engine.schema import SchemaError
from jisseki_check.facts.amounts import printed
from jisseki_check.facts.contracts import Column, Place
from jisseki_check.facts.spots import read_spots
from jisseki_check.model import Document, Finding, Item, ItemRef, Location, Report, Rule, Spot, Unreadable
from jisseki_check.notation.personal import mask
from jisseki_check.own_marks import reference

_SHOWN = 40
_ITEM_FIELDS = frozenset({"number", "title", "division", "goal", "initiative", "result", "mark"})


def of_rule(judgement: Judgement, frame: pl.DataFrame, documents: Sequence[Document]) -> Iterator[Finding]:
    """The findings of one rule in one batch."""
    if not judgement.rows:
        return
    condition = judgement.condition
    templates = {
        "message": condition.message,
        "fix": condition.fix,
        "expected": condition.expected,
        "difference": condition.difference,
        "correction": condition.correction,
    }
    # All words in one select: it costs more than what it computes.
    computed = [
        expression.alias(f" {name} {place}")
        for name, template in templates.items()
        for place, expression in enumerate(template.expressions if template else ())
        if not isinstance(expression, str)
    ]
    found = frame[judgement.rows]
    for row in (found.with_columns(computed) if computed else found).iter_rows(named=True):
        words = {name: _rendered(name, template, row) for name, template in templates.items()}
        yield _finding(condition, row, documents, words)


def _rendered(name: str, template: Template | None, row: Mapping[str, Any]) -> str | None:
    if template is None:
        return None
    values = tuple(
        row[expression if isinstance(expression, str) else f" {name} {place}"]
        for place, expression in enumerate(template.expressions)
    )
    if name == "difference" and None in values:  # of texts, or of what is told on one side only
        return None
    return template.render(values, row.get("unit_yen"), row.get("counter"))


def _finding(
    condition: Condition, row: Mapping[str, Any], documents: Sequence[Document], words: Mapping[str, Any]
) -> Finding:
    document = documents[row["report"]]
    rule, report = condition.rule, document.report
    assert condition.at.place is not None
    spot = _spot(condition.at.place, row)
    item = _item_ref(report, spot.item if row["item"] is None else row["item"])
    given, excerpt = _quoted(report, spot)
    subject = _subject(rule, row, spot)
    related = [
        replace(documents[number].places.locate(other), path=documents[number].path)
        for column in condition.related
        for number, other in _related(column, row)
    ]
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.level,
        message=words["message"],
        fix=words["fix"],
        location=replace(document.places.locate(spot), path=document.path),
        department=report.department,
        fiscal_year=report.fiscal_year,
        report_kind=report.kind,
        item=item,
        field=_field_name(report, spot),
        subject=subject,
        count=row.get("count") or 1,
        places=_places(report, row, spot) if subject else (),
        excerpt=excerpt,
        given=given,
        expected=words["expected"],
        difference=words["difference"],
        related=tuple(related),
        correction=words["correction"],
        value_fingerprint=fingerprints.of_values(rule.id, _values(condition, row, report, spot, subject)),
    )


def _subject(rule: Rule, row: Mapping[str, Any], spot: Spot) -> str | None:
    """Of what a finding speaks that is of the whole report, wherever in it that stands first."""
    if rule.once_per is not None:
        return str(row[rule.once_per])
    return "" if row["item"] is None and spot.item is not None else None


def _places(report: Report, row: Mapping[str, Any], first: Spot) -> tuple[str, ...]:
    """The items and fields in which something stands that is of the whole report; () where not all are
    known."""
    spots = [first, *read_spots(row.get("places"))]
    if len(spots) != (row.get("count") or 1):
        return ()
    return tuple(sorted(fingerprints.place(report.item(spot.item), spot.field) for spot in spots))


def _values(
    condition: Condition, row: Mapping[str, Any], report: Report, spot: Spot, subject: str | None
) -> list[object]:
    """What the rule read: its columns, and the text that the finding points at, whole. Of what stands all
    over a report, its places are not: they are counted apart."""
    if subject:
        return [subject]
    text = _text_at(report, spot)
    if text is not None and spot.start is not None and spot.end is not None:
        text = text[spot.start : spot.end]
    item = report.item(spot.item if row["item"] is None else row["item"])
    return [text, *(row[name] for name in condition.reads), *_instead_of_a_name(item)]


def _instead_of_a_name(item: Item | None) -> list[object]:
    """What tells an item without number and title from others: its texts."""
    if item is None or item.number or item.title:
        return []
    return [item.goal, item.initiative, item.result]


def _spot(place: Place, row: Mapping[str, Any]) -> Spot:
    field = row[place.field[1:]] or "" if place.field.startswith("=") else place.field
    return Spot(
        item=row[place.item] if place.item and not field.startswith("remarks/") else None,
        field=field,
        start=row[place.start] if place.start else None,
        end=row[place.end] if place.end else None,
    )


def _related(column: Column, row: Mapping[str, Any]) -> list[tuple[int, Spot]]:
    """The places of a column, each with the number of the report that it is in."""
    if column.type == "spots":
        return [(row["report"], spot) for spot in read_spots(row[column.name])]
    place = column.place
    return [(row[place.report], _spot(place, row))] if place is not None and _is_given(place, row) else []


def _is_given(place: Place, row: Mapping[str, Any]) -> bool:
    item_given = place.item is None or row["item"] is None or row[place.item] is not None
    return (
        row[place.report] is not None
        and item_given
        and (not place.field.startswith("=") or bool(row[place.field[1:]]))
    )


def _item_ref(report: Report, index: int | None) -> ItemRef | None:
    item = report.item(index)
    if item is None:
        return None
    title = None if item.title is None else mask(item.title)
    return ItemRef(item.index, item.section, item.number, title)


def _field_name(report: Report, spot: Spot) -> str | None:
    """The field in the words of the report schema: an amount by its stage."""
    kind, _, number = spot.field.partition("/")
    item = report.item(spot.item)
    if kind == "amounts" and item is not None:
        return item.amounts[int(number)].stage
    if kind == "remarks":
        return report.remarks[int(number)].field
    return kind or None


def _quoted(report: Report, spot: Spot) -> tuple[str | None, str | None]:
    """What is written at the spot, and the same with a little of what stands around it.

    Personal data are masked in the whole text before it is cut: no finding repeats them.
    """
    kind, _, number = spot.field.partition("/")
    item = report.item(spot.item)
    if kind == "amounts" and item is not None:
        amount = item.amounts[int(number)]
        return mask(printed(amount)), mask(f"{amount.label}：{printed(amount)}")
    held = _text_at(report, spot)
    if not held:
        return (held, None) if item is not None else (None, None)
    text = mask(held)
    if spot.start is None or spot.end is None:
        return _cut(text), _cut(text)
    start = max(0, spot.start - (_SHOWN - min(_SHOWN, spot.end - spot.start)) // 2)
    return _cut(text[spot.start : spot.end]), _cut(text[start : start + _SHOWN])


def _text_at(report: Report, spot: Spot) -> str | None:
    """The text at a spot, or of which the spot is a part."""
    kind, _, number = spot.field.partition("/")
    item = report.item(spot.item)
    if kind == "amounts" and item is not None:
        amount = item.amounts[int(number)]
        return f"{amount.label}：{printed(amount)}"
    if kind == "extra" and item is not None:
        return dict(item.extra).get(number)
    return report.remarks[int(number)].text if kind == "remarks" else _text_of(report, item, kind)


def _text_of(report: Report, item: Item | None, field: str) -> str | None:
    """A field's text; where the item's field holds none, its title."""
    value: object
    if item is not None:
        value = getattr(item, field if field in _ITEM_FIELDS else "title")
    else:
        value = getattr(report, field, None) if field else None
    if isinstance(value, tuple):
        return "、".join(value)
    return value if isinstance(value, str) else None


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


# --- findings that come before there are facts --------------------------------------------------


def of_reading(rule: Rule, unreadable: Unreadable, path: str) -> Finding:
    """A file that could not be read, or not as a report."""
    at = unreadable.at or Location()
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.level,
        message=unreadable.message,
        fix=unreadable.fix or rule.fix,
        location=replace(at, path=path),
        value_fingerprint=fingerprints.of_values(rule.id, ()),
    )


def of_missing(rule: Rule, report: ExpectedReport, path: str, beside: str | None = None) -> Finding:
    """A report that had to be there; `path`: the file that says so. `beside`: the file that holds it and was
    read for comparison only."""
    held = f"（比べるためだけに渡された「{beside}」にはあります）" if beside else ""
    fix = f"「{beside}」を、--prior ではなく、点検するファイルとして渡してください。" if beside else rule.fix
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.level,
        message=rule.message.format(report=report.words) + held,
        fix=fix,
        location=Location(path=path, line=report.line, column=1),
        department=report.department,
        fiscal_year=report.fiscal_year,
        report_kind=report.kind,
        given=report.department,
        excerpt=report.department,
        value_fingerprint=fingerprints.of_values(rule.id, [report.words]),
    )


def of_schema(rule: Rule, error: SchemaError, document: Document, at: Location) -> Finding:
    """A fault of shape in a JSON or YAML report."""
    parts = error.pointer.split("/")
    position = int(parts[2]) if len(parts) > 2 and parts[1] == "items" and parts[2].isdigit() else None
    items = document.report.items
    item = items[position] if position is not None and position < len(items) else None
    index = item.index if item is not None else None
    below = parts[1:] if item is None else parts[3:]
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.level,
        message=rule.message.format(**error.params),
        fix=f"{rule.fix}{error.hint}",
        location=replace(at, path=document.path),
        department=document.report.department,
        fiscal_year=document.report.fiscal_year,
        report_kind=document.report.kind,
        item=_item_ref(document.report, index),
        field=parts[-1] or None,
        given=error.given,
        excerpt=error.given,
        expected=error.expected,
        value_fingerprint=fingerprints.of_values(
            rule.id, [error.given, error.expected, *below, *_instead_of_a_name(item)]
        ),
    )


def of_crash(rule: Rule, crashed: str, rows: int, document: Document, why: str) -> Finding:
    """A rule, or a facts table, that failed on this report."""
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.level,
        message=rule.message.format(rule=crashed, rows=rows, why=why),
        fix=rule.fix,
        location=Location(path=document.path, line=1, column=1),
        department=document.report.department,
        fiscal_year=document.report.fiscal_year,
        report_kind=document.report.kind,
        value_fingerprint=fingerprints.of_values(rule.id, ()),
    )


# --- order and identity -------------------------------------------------------------------------


def finish(
    findings: Iterable[Finding], formats: Mapping[str, str | None] | None = None
) -> tuple[Finding, ...]:
    """The findings in order of path, place and rule, each with its fingerprint. `formats`: those of files."""
    out = []
    seen: Counter[tuple[str | None, str]] = Counter()
    for finding in in_order(findings, formats or {}):
        identity = fingerprints.identity(finding)
        # By file, so that one report is told the same whatever else is checked with it.
        key = finding.location.path, identity
        seen[key] += 1
        out.append(replace(finding, fingerprint=fingerprints.of_identity(identity, seen[key])))
    return tuple(out)


def explained(
    findings: Iterable[Finding], explanations: Mapping[tuple[str, str], str]
) -> tuple[Finding, ...]:
    """The findings with what staff wrote beside them, by their files and the numbers of their marks."""
    if not explanations:
        return tuple(findings)
    return tuple(
        replace(each, explanation=explanations.get((each.location.path or "", reference(each.fingerprint))))
        for each in findings
    )
