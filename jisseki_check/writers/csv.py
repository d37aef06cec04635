"""A report → CSV: the list, as spreadsheets open it. The reader of CSV files reads it back exactly."""

from __future__ import annotations

import csv
import io
import re

from jisseki_check.model import Report
from jisseki_check.notation.neutral import neutralised
from jisseki_check.profiles import Profile
from jisseki_check.writers.characters import for_documents
from jisseki_check.writers.listing import Column, Value, listing
from jisseki_check.writers.printed import figure

_LIKE_A_DATE = re.compile(r"[0-9]+(?:-[0-9]+)+")


def write(report: Report, profile: Profile) -> bytes:
    """UTF-8 with its mark, without which Excel takes another encoding; every cell in quotes."""
    held = listing(report, profile)
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_text(line)] for line in held.front)
    writer.writerow([_text(column.heading) for column in held.columns])
    for row in held.rows:
        writer.writerow([_cell(value, column) for value, column in zip(row, held.columns, strict=True)])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: Value, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return figure(value)
    if isinstance(value, int):
        return str(value)
    if column.sort == "number" and _LIKE_A_DATE.fullmatch(value):
        return f"{value}."  # as the form prints it; a spreadsheet would make 18-1 the 18th of January
    return _text(value)


def _text(text: str) -> str:
    return neutralised(for_documents(text))
