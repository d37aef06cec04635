"""The rows of tables → rows that tell what they are: by the labels in their cells, by those of merged cells
that reach down to them, and by headings above their columns."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from jisseki_check.forms.cell_labels import Label, Vocabulary
from jisseki_check.forms.grid import GridCell, GridRow, grid_rows, joined, key_of, stacks, with_stack
from jisseki_check.forms.labels import Labels, alike, same, spaced
from jisseki_check.forms.one_table import OneTable
from jisseki_check.forms.outline import Outline
from jisseki_check.forms.row import Row, Told
from jisseki_check.forms.spans import Text
from jisseki_check.model import Block
from jisseki_check.notation.width import fold
from jisseki_check.profiles import ItemKind, Profile

_LONGEST = 120
_PIECES = 6  # cells over which the letters of one label may be spread


class TableRows:
    """The rows of all tables of a document, to be taken one block after another."""

    def __init__(self, blocks: Sequence[Block], labels: Labels, profile: Profile) -> None:
        held: dict[int, list[Block]] = {}
        for block in blocks:
            if block.table is not None:
                held.setdefault(block.table, []).append(block)
        self._rows: dict[int, deque[list[Row]]] = {}
        if not held:
            return
        vocabulary = Vocabulary(profile)
        outline = Outline((), profile, labels)
        grids = {table: _whole_labels(grid_rows(rows), vocabulary) for table, rows in held.items()}
        words = {table: vocabulary.words_of(rows) for table, rows in grids.items()}
        all_words = frozenset().union(*words.values())
        for table, rows in grids.items():
            held_words = words[table] or vocabulary.words_beside_texts(rows, all_words)
            told = OneTable(rows, vocabulary.with_words(held_words), outline).read()
            _name_section(held[table], told, outline)
            self._rows[table] = deque(told)

    def next_of(self, table: int) -> list[Row]:
        """The rows that the next block of that table makes."""
        return self._rows[table].popleft()


def _name_section(blocks: Sequence[Block], told: list[list[Row]], outline: Outline) -> None:
    """A sheet that is named like a section of the form holds that section."""
    run = next((run for block in blocks for cell in block.cells for line in cell for run in line), None)
    if run is None or run.at.sheet is None or not told:
        return
    name = fold(run.at.sheet).strip()
    if outline.section_of(name) is None and outline.group_of(name) is None:
        return
    at = replace(run.at, line=None, column=None)
    text = Text(name, ((0, replace(run, text=name, at=at)),))
    told[0].insert(0, Row(((text,),), apart=True, told=Told("section")))


def _whole_labels(rows: list[GridRow], vocabulary: Vocabulary) -> list[GridRow]:
    """Labels whose letters stand in cells of their own, side by side or one below the other, made whole."""
    for run in list(stacks(rows)):
        start = 0
        while start < len(run):
            end = _end_of_label(rows, run, start, vocabulary)
            if end is not None:
                with_stack(rows, run[start:end])
            start = end or start + 1
    return [_with_whole_label(row, vocabulary) for row in rows]


def _end_of_label(
    rows: Sequence[GridRow], run: Sequence[tuple[int, int]], start: int, vocabulary: Vocabulary
) -> int | None:
    """Where the longest label ends whose letters begin there."""
    for end in range(min(len(run), start + _PIECES), start + 1, -1):
        label = vocabulary.label_of(joined([rows[at].cells[position] for at, position in run[start:end]]))
        if label is not None and label.is_strong:
            return end
    return None


def _with_whole_label(row: GridRow, vocabulary: Vocabulary) -> GridRow:
    """目｜標｜文: the cells that a row begins with, as one label."""
    short = 0
    while short < min(len(row.cells), _PIECES) and len(row.cells[short].key) <= 2:
        short += 1
    for size in range(short, 1, -1):
        whole = joined(row.cells[:size])
        label = vocabulary.label_of(whole)
        if label is not None and label.is_strong and vocabulary.label_of(row.cells[0]) is None:
            return replace(row, cells=(whole, *row.cells[size:]))
    return row


def told_by_kind(rows: Sequence[Row], labels: Labels) -> list[Row]:
    """The rows, those told that name an item of a table beside the label of its kind: 改革課題｜18-1. …,
    「テーマ：…」 above 取り組み内容・目標｜…"""
    told = list(rows)
    initials = {word[0] for kind in labels.tables for word in kind.header}
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        if row.told is None and row.first.text[0] in initials:
            follows = told[at + 1].told if at + 1 < len(rows) else None
            told[at] = _beside_kind(row, labels, is_followed=follows is not None and follows.role == "goal")
    return told


def _beside_kind(row: Row, labels: Labels, is_followed: bool) -> Row:
    first = row.first.text
    if len(first) > _LONGEST:
        return row
    for kind in labels.tables:
        name, *plan = kind.header
        if len(row.cells) > 1 and any(same(first, label) for label in plan):
            return _named(row, row.cells[0], row.cells[1:], "goal", None)
        if len(row.cells) == 2 and same(first, name) and not alike(row.last.text, "".join(plan)):
            return _named(row, row.cells[0], row.cells[1:], "title", kind)
        match = re.match(rf"{spaced(name)}(?:\s*+:\s*+|\s++)(?=\S)", fold(first))
        if match is not None and is_followed and row.is_line:
            label, title = row.first.cut(0, match.end()), row.first.cut(match.end())
            return _named(row, (label,), ((title,),), "title", kind)
    return row


def _named(
    row: Row, label: tuple[Text, ...], cells: tuple[tuple[Text, ...], ...], role: str, kind: ItemKind | None
) -> Row:
    cell = GridCell(0, 1, label, key_of(label))
    return replace(row, cells=cells, told=Told(role, Label(role, cell, True, kind=kind)))
