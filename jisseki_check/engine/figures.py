"""Keeps of each report what is drawn and compared later: marks and amounts of its items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from jisseki_check.model import Document, Item, ItemFigures, ReportFigures
from jisseki_check.notation.personal import mask

_AMOUNTS = ("budget_yen", "settlement_yen")
COLUMNS = frozenset({"report", "item", *_AMOUNTS})
"""Of the facts table `items`."""


def figures(items: pl.DataFrame, documents: Sequence[Document]) -> Iterator[ReportFigures]:
    """The figures of a batch. `items`: the facts table of that name, whose amounts are those rules judge."""
    amounts = {
        (report, item): tuple(yen)
        for report, item, *yen in items.select("report", "item", *_AMOUNTS).iter_rows()
    }
    for number, document in enumerate(documents):
        report = document.report
        held = [_item(each, *amounts.get((number, each.index), (None, None))) for each in report.items]
        yield ReportFigures(
            path=document.path,
            municipality=report.municipality,
            department=report.department,
            fiscal_year=report.fiscal_year,
            kind=report.kind,
            title=None if report.title is None else mask(report.title),
            items=tuple(held),
        )


def _item(item: Item, budget_yen: int | None, settlement_yen: int | None) -> ItemFigures:
    return ItemFigures(
        index=item.index,
        section=item.section,
        number=item.number,
        title=None if item.title is None else mask(item.title),
        mark=item.mark,
        budget_yen=budget_yen,
        settlement_yen=settlement_yen,
        extra=_extra(item),
        division=None if item.division is None else mask(item.division),
    )


def _extra(item: Item) -> dict[str, str]:
    """By heading; columns of one heading stand one under the other."""
    held: dict[str, str] = {}
    for heading, text in item.extra:
        held[heading] = f"{held[heading]}\n{mask(text)}" if heading in held else mask(text)
    return held
