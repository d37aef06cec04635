"""Blocks → rows of text, mended: what an extraction from a PDF broke over two lines stands together
again, and what belongs to the page and not to the report is set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jisseki_check.forms.amounts import ends_with_amount, ends_with_label, is_amount
from jisseki_check.forms.labels import Labels, same
from jisseki_check.forms.row import Row
from jisseki_check.forms.spans import Text, join
from jisseki_check.forms.table_rows import TableRows, told_by_kind
from jisseki_check.model import Block
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Profile

_LONGEST_LABEL = 20
_TITLE_ROWS = 3
_PAGE_NUMBER = re.compile(
    r"[-‐‑–—―－ー]\s*+[0-9]{1,3}\s*+[-‐‑–—―－ー]"
    r"|(?:[Pp]\s*+\.?\s*+)?[0-9]{1,3}(?:\s*+/\s*+[0-9]{1,3})?\s*+(?:ページ|頁)?"
)
_NOTE = re.compile(r"\([^()]{1,60}\)")
_LIST_SIGN = re.compile(r"[-‐–・*]|[0-9]+(?:-[0-9]+)?\s*+\.")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a document, and the rows of its pages (`kind`: page number, running title)."""

    rows: tuple[Row, ...]
    furniture: tuple[tuple[str, Text], ...]


def read_rows(blocks: Sequence[Block], labels: Labels, profile: Profile) -> Rows:
    """The rows of a source's blocks, blank ones left out."""
    told = told_by_kind(list(_rows(blocks, labels, profile)), labels)
    rows, furniture = _without_furniture(told, labels)
    return Rows(tuple(_mended(rows, labels)), tuple(furniture))


def _rows(blocks: Sequence[Block], labels: Labels, profile: Profile) -> Iterator[Row]:
    tables = TableRows(blocks, labels, profile)
    apart = False
    for block in blocks:
        if block.table is not None:
            yield from tables.next_of(block.table)
            apart = True
            continue
        cells = [
            tuple(text for text in (Text.of(paragraph).cut(0) for paragraph in cell) if text.text)
            for cell in block.cells
        ]
        held = tuple(filter(None, cells))
        if held:
            yield Row(held, indented=not cells[0], apart=apart)
        apart = not held


# --- what belongs to the page -------------------------------------------------------------------


def _without_furniture(rows: list[Row], labels: Labels) -> tuple[list[Row], list[tuple[str, Text]]]:
    kept: list[Row] = []
    furniture: list[tuple[str, Text]] = []
    heads = range(1, _TITLE_ROWS + 1)
    titles = {squeeze(fold("".join(row.text for row in rows[:size]))) for size in heads}
    for at, row in enumerate(rows):
        if _is_page_number(rows, at, labels):
            furniture.append(("ページ番号", row.first))
        elif at >= _TITLE_ROWS and _is_running_title(row, labels, titles):
            furniture.append(("ページごとの表題", join(row.lines, "")))
        else:
            kept.append(row)
    return kept, furniture


def _is_page_number(rows: list[Row], at: int, labels: Labels) -> bool:
    """A number alone on its line, unless a mark or an amount is waited for."""
    row = rows[at]
    if not row.is_line or not _PAGE_NUMBER.fullmatch(fold(row.first.text)):
        return False
    before = fold(rows[at - 1].last.text) if at and rows[at - 1].told is None else ""
    after = fold(rows[at + 1].first.text) if at + 1 < len(rows) and rows[at + 1].told is None else ""
    if _is_mark_label(before, labels):
        return labels.bracketed.match(after) is not None
    return not ends_with_label(before, labels)


def _is_running_title(row: Row, labels: Labels, titles: set[str]) -> bool:
    """The document's title again, at the head of another page."""
    if not row.is_line and (row.told is None or row.told.role != "data"):
        return False
    folded = fold(row.text)
    return labels.title_of(folded) is not None and squeeze(folded) in titles


# --- what was broken over two lines -------------------------------------------------------------


def _mended(rows: Sequence[Row], labels: Labels) -> Iterator[Row]:
    """Each row with its own pieces joined, and with those of the row before that it completes."""
    held: Row | None = None
    for row in rows:
        mended = mended_within(row, labels) if row.told is None or row.told.is_text else row
        if held is None:
            held = mended
        elif (joined := _across(held, mended, labels)) is not None:
            held = joined
        else:
            yield held
            held = mended
    if held is not None:
        yield held


def mended_within(row: Row, labels: Labels) -> Row:
    """The row with its own pieces joined."""
    cells: list[list[Text]] = []
    for cell in row.cells:
        lines: list[Text] = []
        for line in cell:
            target = lines or (cells[-1] if cells else lines)
            separator = _separator(target[-1], line, labels) if target else None
            if target and separator is None and not lines and _is_sign(fold(target[-1].text), labels):
                separator = " "
            if separator is None:
                lines.append(line)
            else:
                target[-1] = join((target[-1], line), separator)
        if lines:
            cells.append(lines)
    return replace(row, cells=tuple(map(tuple, cells)))


def _across(row: Row, following: Row, labels: Labels) -> Row | None:
    """Both rows as one, where the second completes what the first begins; None where it does not."""
    if row.told is not None or following.told is not None:
        return None
    separator = _separator(row.last, following.first, labels)
    if separator is None:
        return _header(row, following, labels)
    line = join((row.last, following.first), separator)
    *cells, last = row.cells
    merged = (*cells, (*last[:-1], line, *following.cells[0][1:]), *following.cells[1:])
    return Row(merged, row.indented, row.apart)


def _header(row: Row, following: Row, labels: Labels) -> Row | None:
    """A table's header whose cells stand one below the other."""
    if not (row.is_line and following.is_line):
        return None
    first = row.first.text
    for kind in labels.tables:
        if fold(first[0]) != fold(kind.header[0][0]):
            continue
        if len(kind.header) == 2 and same(first, kind.header[0]) and same(following.text, kind.header[1]):
            return Row((*row.cells, *following.cells), apart=row.apart)
    return None


def _separator(first: Text, second: Text, labels: Labels) -> str | None:
    """What to join two lines with that are one; None where they are two."""
    before, after = fold(first.text), fold(second.text)
    if len(before) <= _LONGEST_LABEL and _completes_label(before, after, labels):
        return ""
    if _is_mark_label(before, labels) and _is_mark(after, labels):
        return " "
    if _opens_bracket(before, labels) and after[0] not in labels.opening:
        return " "
    if is_amount(second.text) and ends_with_label(before, labels):
        return " "
    if _NOTE.fullmatch(after) and ends_with_amount(first.text, labels):
        return " "
    return None


def _is_sign(folded: str, labels: Labels) -> bool:
    """A number or a bullet that stands in a cell of its own."""
    if len(folded) > _LONGEST_LABEL:
        return False
    match = labels.parenthesis.match(folded) or labels.bullet.match(folded)
    return not match["title"] if match else _LIST_SIGN.fullmatch(folded) is not None


def _completes_label(before: str, after: str, labels: Labels) -> bool:
    joined = before + after[: 4 * _LONGEST_LABEL]
    mark, field = labels.mark.match(joined), labels.field.match(joined)
    ends = [mark.end("label")] if mark else []
    ends += [field.end("label"), field.end("dated")] if field else []
    return max(ends, default=-1) > len(before)


def _is_mark_label(folded: str, labels: Labels) -> bool:
    if len(folded) > 2 * _LONGEST_LABEL:
        return False
    match = labels.mark.match(folded)
    return match is not None and match.end() == len(folded)


def _opens_bracket(folded: str, labels: Labels) -> bool:
    """Whether a mark's bracket was opened, what stands in it still to come: 「達成状況 【」."""
    return folded[-1] == labels.opening and _is_mark_label(folded[:-1], labels)


def _is_mark(folded: str, labels: Labels) -> bool:
    """A sign in its bracket, or bare; a number in brackets heads an item."""
    match = labels.bracketed.match(folded)
    if match is None:
        return len(squeeze(folded)) == 1 or labels.is_sign(folded)
    inside = match["inside"].strip()
    return folded[0] == labels.opening or (match.end() == len(folded) and not inside.isdecimal())
