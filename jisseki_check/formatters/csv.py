"""`csv`: one row a finding, for spreadsheets and for programs that read tables.

UTF-8 with its mark, without which Excel takes another encoding. A text that a spreadsheet would calculate
has an apostrophe before it (`notation.neutral`); numbers stand as they are, per cents without their sign.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jisseki_check.formatters.columns import FindingTable
from jisseki_check.formatters.values import Percent, Value
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome
from jisseki_check.notation.neutral import neutralised

_MARK = "\ufeff"
_LIKE_A_DATE = re.compile(r"[0-9]+(?:-[0-9]+)+")


def pieces(outcome: Outcome, view: View) -> Iterator[str]:
    table = FindingTable(outcome, view)
    yield _MARK
    yield _line(table.headings)
    yield from map(_line, table.rows())


def _line(row: Sequence[Value]) -> str:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(_cell, row))
    return stream.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Percent):
        value = value.number
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (int, dt.date)):
        return str(value)
    if _LIKE_A_DATE.fullmatch(value):
        return f"{value}."  # as forms print an item's number; of 18-1 a spreadsheet makes a day in January
    return neutralised(value)
