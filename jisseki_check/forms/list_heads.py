"""The headings of a list: a row of them, or two or three."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from jisseki_check.forms.list_headings import TEXTS, ListHeadings
from jisseki_check.forms.list_lines import Column, Header, Line, flat, texts_of
from jisseki_check.forms.spans import join
from jisseki_check.model import STAGES, Cell
from jisseki_check.notation.width import fold, squeeze

_LONGEST_HEADING = 40
_LONGEST_WORD = 8  # of a heading that nobody knows
_HIGHEST = 3  # rows of headings
FEWEST = 3  # headings that are known
_UNIT = re.compile(r"\(?(?:単位:?)?(?:(?:千|百万|万|億)?円|%|人|件|回|名)\)?")
_LOOKED_AT = 40  # rows below the headings
_FIRST_OF_A_TABLE, _FIRST_OF_A_ROW = 60, 12  # cells among which a known heading is looked for
_SUBJECTS = frozenset({"title", "goal", "initiative", "plan"})
MATTERS = frozenset({"number", "division", "section", "group", "title", "mark", *TEXTS, *STAGES})
_HEADINGS = MATTERS | {"amounts"}
_HELD = frozenset({"number", "title", "mark", *TEXTS})
_LABELS = frozenset({"goal", "initiative", "plan", "result", "mark"})


def headers(rows: Sequence[Line], headings: ListHeadings) -> Iterator[Header]:
    """The headings of each list in a table; those that come again on every page are one."""
    at = 0
    held: list[tuple[int, str | None, str]] = []
    while at < len(rows):
        header = _header_at(rows, at, headings) if _may_begin(rows[at], bool(held), headings) else None
        if header is None:
            at += 1
            continue
        if header.names != held:
            held = header.names
            yield header
        at = header.last + 1


def _header_at(rows: Sequence[Line], at: int, headings: ListHeadings) -> Header | None:
    """The headings that begin in this row; of one row or several, those of which most are known."""
    best: Header | None = None
    for height in range(1, _HIGHEST + 1):
        window = rows[at : at + height]
        if len(window) < height or not _may_head(window[-1]):
            break
        if height > 1 and not _may_stand_above(window[-2], window[-1], headings):
            break
        columns = _columns(window, headings, _reaches(rows, at, height))
        if columns is None or not _is_certain(columns):
            continue
        goes_down = _reaches(rows, at, height) or _is_units(window[-1])
        if best is None or _known(columns) > _known(best.columns) or goes_down:
            best = Header(at, at + height - 1, columns, _is_sure(columns))
    if best is not None and best.last + 1 < len(rows) and _counts(rows[best.last + 1]):
        best = replace(best, last=best.last + 1)
    return best if best is not None and _has_body(rows, best, headings) else None


def _is_units(row: Line) -> bool:
    """Whether a row says what the columns above it count, and nothing else."""
    return bool(row.own) and all(_UNIT.fullmatch(fold(squeeze(flat(cell)))) for cell in row.own.values())


def _counts(row: Line) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 or (A), (B), (C)."""
    texts = [fold(squeeze(flat(cell))).strip("()[]") for cell in row.own.values()]
    if len(texts) < FEWEST:
        return False
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    letters = all(len(text) == 1 for text in texts) and not (texts[0].isascii() and texts[0].isdigit())
    return texts == numbers or (letters and all(ord(b) - ord(a) == 1 for a, b in pairwise(texts)))


def _may_begin(row: Line, is_body: bool, headings: ListHeadings) -> bool:
    """Whether a heading that is known stands in the row; in the body of a list, few cells are looked at."""
    looked_at = islice(row.own.values(), _FIRST_OF_A_ROW if is_body else _FIRST_OF_A_TABLE)
    return any(_is_known(cell, headings) for cell in looked_at)


def _may_stand_above(row: Line, below: Line, headings: ListHeadings) -> bool:
    """Whether a row may head the headings below it; a single text at the left is the title of the list."""
    known = [at for at, cell in row.own.items() if _is_known(cell, headings)]
    if _tells_values(row, known):
        return False
    return len(known) > 1 or (bool(known) and (len(row.own) > 1 or known[0] > min(below.own)))


def _tells_values(row: Line, known: Sequence[int]) -> bool:
    """Whether labels stand beside what they tell, as in a form: 番号｜1｜事業名｜見守りの充実."""
    texts = {at: squeeze(flat(cell)) for at, cell in row.own.items()}
    if any(text.strip("()").isdecimal() for text in texts.values()):
        return True
    return any(
        one in known and other not in known and len(texts[other]) > _LONGEST_WORD
        for one, other in pairwise(texts)
    )


def _is_known(cell: Cell, headings: ListHeadings) -> bool:
    if sum(len(run.text) for paragraph in cell for run in paragraph) > _LONGEST_HEADING:
        return False
    return headings.of((flat(cell).replace("\n", ""),)).field in _HEADINGS


def _may_head(row: Line) -> bool:
    """Whether a row may hold headings: short texts, and no sentence."""
    texts = [squeeze(flat(cell)) for cell in row.own.values()]
    return bool(texts) and all(len(text) <= _LONGEST_HEADING and "。" not in text for text in texts)


def _reaches(rows: Sequence[Line], at: int, height: int) -> bool:
    """Whether headings of the first row are merged down into the last of the rows."""
    if height == 1:
        return False
    first, last = rows[at], rows[at + height - 1]
    return any(cell in first.own.values() for cell in map(last.above, first.own) if cell)


def _columns(window: Sequence[Line], headings: ListHeadings, is_merged: bool) -> tuple[Column, ...] | None:
    """The columns of a header; None where a label stands above another as it does in a form, beside texts."""
    columns: list[Column] = []
    for at in range(max(row.width for row in window)):
        cells = _path(window, at)
        if not cells:
            continue
        path = tuple("".join(flat(cell).split("\n")) for cell in cells)
        if _is_stacked(path, headings) and not _spans(window, at):
            if not (is_merged or all(_is_known(cell, headings) for cell in window[-1].own.values())):
                return None
            columns += _tiers(at, cells, headings)
        else:
            named = [cell for cell in cells if not _UNIT.fullmatch(fold(squeeze(flat(cell))))] or cells
            columns.append(Column(at, headings.of(path), join(texts_of(named[-1]), "")))
    return tuple(columns) if columns else None


def _tiers(at: int, cells: Sequence[Cell], headings: ListHeadings) -> Iterator[Column]:
    """A column whose headings stand one below the other, as do the rows of each item."""
    for tier, cell in enumerate(cells):
        place = join(texts_of(cell), "")
        yield Column(at, headings.of((place.text,)), place, tier)


def _path(window: Sequence[Line], at: int) -> list[Cell]:
    """The cells that head a column, from the top; a merged one is named once."""
    path: list[Cell] = []
    for number, row in enumerate(window):
        cell = row.shown(at) or (() if number == len(window) - 1 else _carried(window, number, at))
        if cell and cell not in path:
            path.append(cell)
    return path


def _carried(window: Sequence[Line], number: int, at: int) -> Cell:
    """A heading over several columns that stands in the first of them only, as CSV gives merged cells."""
    row, below = window[number], window[number + 1]
    while at > 0 and at in below.own and at not in row.own and at not in row.block.covers:
        at -= 1
    return row.own.get(at, ()) if at in below.own else ()


def _is_stacked(path: tuple[str, ...], headings: ListHeadings) -> bool:
    """Whether two labels stand one below the other: 取り組み above 実績, 当初予算 above 決算."""
    fields = {headings.of((text,)).field for text in path}
    return len(fields & _LABELS) > 1 or ("settlement" in fields and len(fields & {*STAGES}) > 1)


def _spans(window: Sequence[Line], at: int) -> bool:
    """Whether the topmost heading of a column stands above more than that column."""
    first = window[0]
    start = first.beside.get(at, at)
    if start in first.beside.values():
        return True
    return at not in first.own or (at + 1 not in first.own and at + 1 in window[-1].own)


def _known(columns: Sequence[Column]) -> int:
    return len({column.field for column in columns} & MATTERS)


def _is_certain(columns: Sequence[Column]) -> bool:
    """Whether these are the headings of a list of items: at least three that are known, one of them of a
    plan or a name, and one of what came of it."""
    known = {column.field for column in columns} & MATTERS
    told = known & {"result", "mark", "settlement"} or len(known & {"goal", "initiative", "plan"}) > 1
    return len(known) >= FEWEST and bool(known & _SUBJECTS) and bool(told)


def _is_sure(columns: Sequence[Column]) -> bool:
    return "result" in {column.field for column in columns}


def _has_body(rows: Sequence[Line], header: Header, headings: ListHeadings) -> bool:
    """Whether a row below fills the columns, and none of these holds labels as a form's column does."""
    known = {column.at for column in header.columns if column.field in MATTERS}
    subjects = {column.at for column in header.columns if column.field in _SUBJECTS | {"result"}}
    below = rows[header.last + 1 : header.last + 1 + _LOOKED_AT]
    body = [row for row in below if row.own and not _holds_headings(row, headings)]
    if not any(len(known & row.own.keys()) >= 2 and subjects & row.own.keys() for row in body):
        return False
    if not {"title", "number"} & {column.field for column in header.columns} and not _goes_on(
        header, below, headings
    ):
        return False
    first = header.columns[:_FIRST_OF_A_ROW]
    fields = {column.at: column.field for column in header.columns}
    return not (
        any(_holds_labels(column.at, body, headings) for column in first)
        or any(_labels_value(row, fields, headings) for row in body[:_FIRST_OF_A_ROW])
    )


def _goes_on(header: Header, below: Sequence[Line], headings: ListHeadings) -> bool:
    """Whether the next two rows fill all columns of texts. One row of texts below headings that name no
    item is a form's."""
    body = [row for row in below if row.own][:2]
    texts = {
        column.at for column in header.columns if column.field in TEXTS and column.at not in body[0].beside
    }
    return len(body) > 1 and all(
        texts <= row.own.keys() and not _holds_headings(row, headings) for row in body
    )


def _holds_headings(row: Line, headings: ListHeadings) -> bool:
    """Whether a row holds headings only, and no item."""
    cells = list(islice(row.own.values(), _FIRST_OF_A_ROW))
    return len(cells) > 1 and sum(_is_known(cell, headings) for cell in cells) * 2 > len(cells)


def _labels_value(row: Line, fields: Mapping[int, str | None], headings: ListHeadings) -> bool:
    """Whether a label of the form stands among an item's texts, as it does below headings within a form."""
    for at, cell in islice(row.own.items(), _FIRST_OF_A_ROW if len(row.own) > 1 else 0):
        own = fields.get(at)
        if own in _HELD and _is_known(cell, headings):
            field = headings.of((flat(cell).replace("\n", ""),)).field
            if field in _LABELS or (field in MATTERS and own in TEXTS):
                return True
    return False


def _holds_labels(at: int, body: Sequence[Line], headings: ListHeadings) -> bool:
    texts = [flat(cell) for row in body if (cell := row.own.get(at))]
    labels = [
        text
        for text in texts
        if len(text) <= _LONGEST_HEADING and headings.of((text.replace("\n", ""),)).field in _LABELS
    ]
    return len(labels) >= 2 and 2 * len(labels) >= len(texts)
