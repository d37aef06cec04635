"""The outcome as tables of typed columns, for data frames and Parquet; names and values are those of the
JSON, what lies deeper there has a column of its own here.

`path` and `prior` name a report in all of them. Amounts are in 円, line and column count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import chain, islice
from typing import Any

import polars as pl

from jisseki_check.formatters.quantities import quantities
from jisseki_check.formatters.tally import counts
from jisseki_check.model import Finding, Input, ItemFigures, Location, Outcome, ReportFigures, Waiver
from jisseki_check.notation.numerals import Number

_AT_ONCE = 10_000  # rows
_PLACE: dict[str, Any] = {
    each.name: pl.String if each.name in {"path", "sheet", "cell", "pointer"} else pl.Int64
    for each in fields(Location)
}
_WAIVER: dict[str, Any] = {
    each.name: pl.Int64 if each.name == "line" else pl.String for each in fields(Waiver)
}
_Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """`schema`: the polars types of the columns; `rows`: their values, in this order."""

    schema: dict[str, Any]
    rows: Callable[[Outcome], Iterator[_Row]]

    def frames(self, outcome: Outcome) -> Iterator[pl.DataFrame]:
        """The table in pieces, so that a long one need not be held at once; one without rows is one piece."""
        is_empty = True
        for rows in _batched(self.rows(outcome)):
            is_empty = False
            yield self._frame(rows)
        if is_empty:
            yield self._frame([])

    def frame(self, outcome: Outcome) -> pl.DataFrame:
        """All of it."""
        return pl.concat(self.frames(outcome), rechunk=True)

    def _frame(self, rows: Sequence[_Row]) -> pl.DataFrame:
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in self.schema]
        try:
            return pl.DataFrame(dict(zip(self.schema, columns, strict=True)), schema=self.schema)
        except UnicodeEncodeError:
            written = [[_writable(value) for value in column] for column in columns]
            return pl.DataFrame(dict(zip(self.schema, written, strict=True)), schema=self.schema)


def _batched(rows: Iterator[_Row]) -> Iterator[Sequence[_Row]]:
    while held := list(islice(rows, _AT_ONCE)):
        yield held


def _writable(value: Any) -> Any:
    """A lone surrogate becomes \\ud800, which is what JSON writes for it."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {name: _writable(each) for name, each in value.items()}
    return [_writable(each) for each in value] if isinstance(value, list) else value


def _run(outcome: Outcome) -> Iterator[_Row]:
    told = outcome.version, outcome.rules_digest, outcome.profile, outcome.as_of, outcome.fail_on
    yield (*told, outcome.verdict.value, *asdict(counts(outcome)).values())


def _inputs(outcome: Outcome) -> Iterator[_Row]:
    for entries, is_prior in ((outcome.inputs, False), (outcome.prior, True)):
        for each in entries:
            yield (*(getattr(each, name) for name in _OF_INPUT), is_prior)


def _findings(outcome: Outcome) -> Iterator[_Row]:
    return map(_finding, outcome.findings)


def _finding(each: Finding) -> _Row:
    numbers, item, waiver = quantities(each), each.item, each.waiver
    return (
        each.rule,
        each.name,
        each.severity.value,
        each.status,
        each.message,
        each.fix,
        *(getattr(each.location, name) for name in _PLACE),
        each.department,
        each.fiscal_year,
        each.report_kind,
        *(getattr(item, name, None) for name in ("index", "section", "number", "title")),
        each.field,
        each.subject,
        each.count,
        list(each.places),
        each.excerpt,
        each.given,
        each.expected,
        each.difference,
        *map(_float, (numbers.given, numbers.expected, numbers.difference)),
        numbers.unit or None,
        [{name: getattr(place, name) for name in _PLACE} for place in each.related],
        each.correction,
        each.fingerprint,
        each.value_fingerprint or None,
        *(getattr(waiver, name, None) for name in _WAIVER),
        each.explanation,
    )


def _float(number: Number | None) -> float | None:
    return None if number is None else float(number)


def _coverage(outcome: Outcome) -> Iterator[_Row]:
    for each in outcome.coverage:
        yield each.rule, each.evaluated, each.not_applicable, each.blocked, each.crashed, each.reason


def _faults(outcome: Outcome) -> Iterator[_Row]:
    for each in outcome.faults:
        yield each.stage, each.message, each.rule, each.path


def _reports(outcome: Outcome) -> Iterator[_Row]:
    for each in outcome.reports:
        yield (*(getattr(each, name) for name in _OF_REPORT), len(each.items), each.prior)


def _items(outcome: Outcome) -> Iterator[_Row]:
    return chain.from_iterable(map(_items_of, outcome.reports))


def _items_of(report: ReportFigures) -> Iterable[_Row]:
    return ((report.path, report.prior, *_item(each)) for each in report.items)


def _item(item: ItemFigures) -> _Row:
    extra = [{"heading": heading, "text": text} for heading, text in item.extra.items()]
    return (*(getattr(item, name) for name in _OF_ITEM), extra)


_OF_INPUT: dict[str, Any] = {
    each.name: pl.Int64 if each.name in {"reports", "items"} else pl.String for each in fields(Input)
}
_OF_REPORT: dict[str, Any] = {
    "path": pl.String,
    "municipality": pl.String,
    "department": pl.String,
    "fiscal_year": pl.Int64,
    "kind": pl.String,
    "title": pl.String,
}
_OF_ITEM: dict[str, Any] = {
    "index": pl.Int64,
    "section": pl.Int64,
    "number": pl.String,
    "title": pl.String,
    "mark": pl.String,
    "budget_yen": pl.Int64,
    "settlement_yen": pl.Int64,
    "division": pl.String,
}
_TEXT, _NUMBER = pl.String, pl.Int64

TABLES = {
    "run": Table(
        {
            **dict.fromkeys(("version", "rules_digest", "profile", "as_of", "fail_on", "verdict"), _TEXT),
            **dict.fromkeys(
                ("files", "reports", "items", "error", "warning", "info", "waived", "baselined"), _NUMBER
            ),
        },
        _run,
    ),
    "inputs": Table({**_OF_INPUT, "prior": pl.Boolean}, _inputs),
    "findings": Table(
        {
            **dict.fromkeys(("rule", "name", "severity", "status", "message", "fix"), _TEXT),
            **_PLACE,
            "department": _TEXT,
            "fiscal_year": _NUMBER,
            "report_kind": _TEXT,
            "item_index": _NUMBER,
            "item_section": _NUMBER,
            "item_number": _TEXT,
            "item_title": _TEXT,
            "field": _TEXT,
            "subject": _TEXT,
            "count": _NUMBER,
            "places": pl.List(pl.String),
            **dict.fromkeys(("excerpt", "given", "expected", "difference"), _TEXT),
            **dict.fromkeys(("given_number", "expected_number", "difference_number"), pl.Float64),
            "unit": _TEXT,
            "related": pl.List(pl.Struct(_PLACE)),
            **dict.fromkeys(("correction", "fingerprint", "value_fingerprint"), _TEXT),
            **{f"waiver_{name}": kind for name, kind in _WAIVER.items()},
            "explanation": _TEXT,
        },
        _findings,
    ),
    "coverage": Table(
        {
            "rule": _TEXT,
            **dict.fromkeys(("evaluated", "not_applicable", "blocked", "crashed"), _NUMBER),
            "reason": _TEXT,
        },
        _coverage,
    ),
    "faults": Table(dict.fromkeys(("stage", "message", "rule", "path"), _TEXT), _faults),
    "reports": Table({**_OF_REPORT, "items": _NUMBER, "prior": pl.Boolean}, _reports),
    "items": Table(
        {
            "path": _TEXT,
            "prior": pl.Boolean,
            **_OF_ITEM,
            "extra": pl.List(pl.Struct({"heading": pl.String, "text": pl.String})),
        },
        _items,
    ),
}
"""`run` (one row: what was run, and the verdict), `inputs` (files), `findings`, `coverage` (rules), `faults`,
`reports` and their `items`."""
