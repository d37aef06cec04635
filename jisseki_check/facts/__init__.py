"""Facts: a batch of reports → typed tables, one row a thing to judge. Facts hold no opinions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

import polars as pl

from jisseki_check.facts import (
    characters,
    date_pairs,
    dates,
    effects,
    items,
    leftovers,
    lists,
    money,
    passages,
    promises,
    repeated,
    reports,
    results,
    series,
    structure,
    targets,
    wordings,
)
from jisseki_check.facts.contracts import OF_ONE_REPORT, TABLES, Table
from jisseki_check.facts.suspects import suspects
from jisseki_check.facts.views import ReportView
from jisseki_check.model import Document
from jisseki_check.notation import morphemes
from jisseki_check.profiles import Profile

_TYPES = {
    "int": pl.Int64,
    "float": pl.Float64,
    "str": pl.String,
    "bool": pl.Boolean,
    "date": pl.Date,
    "spots": pl.String,
}

BUILDERS: dict[str, Callable[[ReportView], Iterator[dict[str, Any]]]] = {
    "reports": reports.report_rows,
    "sections": structure.section_rows,
    "fields": structure.field_rows,
    "readings": structure.reading_rows,
    "items": items.item_rows,
    "amounts": money.amount_rows,
    "totals": money.total_rows,
    "targets": targets.target_rows,
    "dates": dates.date_rows,
    "date_pairs": date_pairs.date_pair_rows,
    "passages": passages.passage_rows,
    "repeats": repeated.repeat_rows,
    "results": results.result_rows,
    "lists": lists.list_rows,
    "effects": effects.effect_rows,
    "series": series.series_rows,
    "leftovers": leftovers.leftover_rows,
    "promises": promises.promise_rows,
    "wordings": wordings.wording_rows,
    "characters": characters.character_rows,
}


def schema(table: Table) -> dict[str, Any]:
    """The polars types of a table's columns."""
    return {column.name: _TYPES[column.type] for column in table.columns}


def frame(table: Table, rows: Iterable[dict[str, Any]], wanted: Set[str] | None = None) -> pl.DataFrame:
    """The table's frame, or its `wanted` columns; one that a row does not give is null there."""
    held = list(rows)
    types = {name: type_ for name, type_ in schema(table).items() if wanted is None or name in wanted}
    return pl.DataFrame({name: [row.get(name) for row in held] for name in types}, schema=types)


def tables(
    documents: Sequence[Document],
    profile: Profile,
    names: Iterable[str] = OF_ONE_REPORT,
    look: Callable[[ReportView], object] | None = None,
    columns: Mapping[str, Set[str]] | None = None,
) -> dict[str, pl.DataFrame]:
    """The facts of a batch, by table; `report` in each is the place in `documents`. `look` is shown each
    report with what has been found in its texts. `columns`: those wanted of each table, None for all.

    A table that takes morphological analysis is left out where that is not installed.
    """
    wanted = list(names)
    if any(TABLES[name].by_words for name in wanted) and not morphemes.is_installed():
        wanted = [name for name in wanted if not TABLES[name].by_words]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in wanted}
    found: Sequence[frozenset[str] | None] = [None] * len(documents)
    if "wordings" in rows:
        found = suspects([document.report for document in documents], profile)
    for number, document in enumerate(documents):
        # One view at a time: what it has found in the texts is large, and of no use to the next.
        view = ReportView(number, document, profile, found[number])
        for name in wanted:
            rows[name].extend(BUILDERS[name](view))
        if look is not None:
            look(view)
    return {
        name: frame(TABLES[name], held, columns[name] if columns else None) for name, held in rows.items()
    }
