"""One table: what each of its rows is, seen beside the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jisseki_check.forms.ahead import with_ahead
from jisseki_check.forms.amounts import is_amount
from jisseki_check.forms.cell_labels import (
    FIELDS,
    Label,
    Vocabulary,
    are_labels,
    is_caption,
    is_prose,
    looks_like_label,
    unit_in,
)
from jisseki_check.forms.column_heads import ColumnHeads, is_below, is_year
from jisseki_check.forms.grid import GridCell, GridRow, joined, key_of
from jisseki_check.forms.item_starts import ITEM_NUMBER, ItemStarts
from jisseki_check.forms.labelled_cells import labelled_within
from jisseki_check.forms.marks import split_mark
from jisseki_check.forms.outline import Outline
from jisseki_check.forms.row import Row, Told
from jisseki_check.forms.segments import Segment, Splitter
from jisseki_check.forms.spans import join
from jisseki_check.notation.width import fold

_LONGEST_TITLE = 120
_LONGEST_MARK = 20
_LONGEST_SIGN = 3
_PLAN_TO_MARK = ("goal", "initiative", "result", "amount", "amounts", "mark")
_ORDER = ("section", "number", "title", "part", "department", "year", "division", "other", *_PLAN_TO_MARK)


class OneTable:
    """Reads the rows of one table, or of one sheet."""

    def __init__(self, rows: Sequence[GridRow], vocabulary: Vocabulary, outline: Outline) -> None:
        self._rows = rows
        self._vocabulary = vocabulary
        self._outline = outline
        self._columns = self._label_columns()
        self._splitter = Splitter(vocabulary, self._columns)
        self._weak = not self._columns
        self._first = next((at for at, row in enumerate(rows) if row.cells), 0)
        self._starts = ItemStarts(rows, vocabulary, outline, self._first)
        self._begin = min((row.cells[0].column for row in rows if row.cells), default=0)
        self._text_column = min(self._columns, default=-1) + 1
        self._heads = ColumnHeads(rows, vocabulary)
        self._header: Sequence[Label] = ()
        self._header_cells: Sequence[GridCell] = ()
        self._below_heads: GridRow | None = None
        self._under: range = range(0)
        self._data: range = range(0)
        self._expecting: Label | None = None
        self._last: str | None = None
        self._caption: list[str] = []
        self._skipped = -1
        self._leads: Sequence[GridCell] = ()

    def read(self) -> list[list[Row]]:
        """What each row makes; nothing of a blank one and of headings above columns."""
        return with_ahead([list(self._row(at, row)) for at, row in enumerate(self._rows)])

    def _label_columns(self) -> frozenset[int]:
        """The columns in which labels of the form begin, headings above columns aside."""
        columns: set[int] = set()
        heads: set[int] = set()
        others: set[int] = set()
        for row in self._rows:
            labels = [self._vocabulary.label_of(cell) for cell in row.cells]
            strong = [label.cell.column for label in labels if label is not None and label.is_strong]
            if not are_labels(labels):
                columns.update(strong)
                others.update(
                    label.cell.column for label in labels[:1] if label is not None and len(labels) > 1
                )
            elif strong:
                heads.add(row.cells[0].column)
        return frozenset((columns or heads) | others) if columns or heads else frozenset()

    # --- rows -----------------------------------------------------------------------------------

    def _row(self, at: int, row: GridRow) -> Iterator[Row]:
        expecting, self._expecting = self._expecting, None
        if row.is_blank:
            self._expecting = expecting
        if row.is_blank or (at <= self._skipped and at not in self._data):
            return
        above = self._field_above(row)
        if at in self._under:
            yield from self._below_header(at, row)
        elif at in self._data:
            yield self._told(row, Told("data", name=above.role if above else None), row.cells)
        elif len(row.cells) == 1:
            yield from self._single(at, row, above, expecting)
        elif self._is_caption(at, row):
            return
        elif self._begins_columns(at):
            if self._leads and at not in self._data:
                yield self._told(row, Told("lead"), self._leads)
            if at in self._data:
                yield self._told(row, Told("data", name=above.role if above else None), row.cells)
        else:
            yield from self._several(at, row, above)

    def _told(self, row: GridRow, told: Told, cells: Sequence[GridCell]) -> Row:
        lines = tuple(cell.lines for cell in cells)
        told = replace(told, weak=self._weak)
        return Row(lines, indented=row.cells[0].column > self._begin, apart=row.apart, told=told)

    def _labelled(self, row: GridRow, label: Label, values: Sequence[GridCell]) -> Row:
        self._last = label.role
        if label.role == "amount" and label.unit is None:
            label = replace(label, unit=self._unit(row))
        if label.role in FIELDS and len(values) > 1:
            values = _beside(values)
        return self._told(row, Told(label.role, label), values)

    def _unit(self, row: GridRow) -> str | None:
        """The unit that the label of several amounts tells: 金額（千円）｜当初予算｜決算."""
        heads = self._header_cells if row is self._below_heads else ()
        found = (unit_in(cell) for cell in (*row.cells, *row.above, *heads))
        return next((unit for unit in found if unit is not None), None)

    def _plain(self, row: GridRow) -> Row:
        """A row to be read like lines of text."""
        return Row(tuple(cell.lines for cell in row.cells), apart=True)

    def _field_above(self, row: GridRow) -> Label | None:
        """The field whose label, in a merged cell, reaches down to this row."""
        labels = [self._vocabulary.label_of(cell) for cell in row.above if not self._is_right(cell, row)]
        fields = [label for label in labels if label is not None and label.role in FIELDS]
        return fields[-1] if fields else None

    @staticmethod
    def _is_right(cell: GridCell, row: GridRow) -> bool:
        return bool(row.cells) and cell.column > row.cells[0].column

    # --- one cell -------------------------------------------------------------------------------

    def _single(self, at: int, row: GridRow, above: Label | None, expecting: Label | None) -> Iterator[Row]:
        cell = row.cells[0]
        label = self._vocabulary.label_of(cell)
        if self._starts.is_heading(at, cell):
            whole = self._starts.whole_title(row)
            if self._starts.is_sure(at, cell):
                yield self._told(row, Told("title", Label("title", cell)), whole.cells)
            else:
                yield self._plain(whole)
        elif label is not None and self._is_label_alone(at, label):
            yield from self._alone(at, row, label)
        elif label is not None and cell.column in self._columns and not row.is_whole and not expecting:
            yield self._labelled(row, label, ())
        elif expecting is not None:
            yield self._expected(row, expecting)
        elif above is not None:
            yield self._told(row, Told("more", name=above.role), row.cells)
        elif (found := labelled_within(cell, self._vocabulary, self._outline.labels)) is not None:
            yield self._labelled(row, found[0], (found[1],))
        elif self._columns and cell.column >= self._text_column and cell.column not in self._columns:
            yield self._told(row, Told("more"), row.cells)
        elif self._starts.is_title(at, cell, self._last):
            yield self._told(row, Told("title", Label("title", cell)), row.cells)
        else:
            yield self._plain(row)

    def _alone(self, at: int, row: GridRow, label: Label) -> Iterator[Row]:
        """A label whose text stands below it, or nowhere."""
        following = self._starts.next_row(at)
        below = following.cells[0] if following is not None and len(following.cells) == 1 else None
        if below is not None and self._vocabulary.label_of(below) is None and self._fits(label, below):
            self._expecting = label
        if label.role in FIELDS or self._expecting is None:
            yield self._labelled(row, label, ())

    def _fits(self, label: Label, below: GridCell) -> bool:
        """Whether what stands below a label may belong to it."""
        text = "".join(line.text for line in below.lines)
        if label.role == "mark":
            return (
                not split_mark(below.lines[0], self._outline.labels)[1].text
                and len(below.key) <= _LONGEST_MARK
            )
        return label.role != "amount" or is_amount(text)

    def _is_label_alone(self, at: int, label: Label) -> bool:
        """Whether a label stands above what belongs to it, or has nothing beside it."""
        if label.role in FIELDS | {"mark", "amount"}:
            return True
        following = self._starts.next_row(at)
        return (
            label.role in {"title", "division", "other"}
            and label.kind is None
            and not self._weak
            and following is not None
            and len(following.cells) == 1
            and self._vocabulary.label_of(following.cells[0]) is None
        )

    def _expected(self, row: GridRow, label: Label) -> Row:
        """What stands below a label."""
        if label.role in FIELDS:
            return self._told(row, Told("more", name=label.role), row.cells)
        return self._labelled(row, label, row.cells)

    # --- several cells --------------------------------------------------------------------------

    def _several(self, at: int, row: GridRow, above: Label | None) -> Iterator[Row]:
        segments = self._splitter.split(row)
        named = [segment for segment in segments if segment.label is not None]
        strong = [segment for segment in named if segment.label and segment.label.is_strong]
        if above is not None and not self._are_pairs(strong):
            yield self._told(row, Told("data", name=above.role), row.cells)
        elif not named or (self._weak and not self._are_plain_pairs(segments)):
            yield from self._unlabelled(at, row)
        else:
            for segment in sorted(segments, key=lambda each: each.role not in {"lead", "number", "title"}):
                yield from self._segment(row, segment)

    @staticmethod
    def _are_pairs(segments: Sequence[Segment]) -> bool:
        return bool(segments) and all(segment.values or segment.heads for segment in segments)

    @staticmethod
    def _are_plain_pairs(segments: Sequence[Segment]) -> bool:
        return all(segment.label is not None and segment.values for segment in segments)

    def _segment(self, row: GridRow, segment: Segment) -> Iterator[Row]:
        if segment.label is None:
            yield self._told(row, Told("lead"), segment.values)
        elif not segment.heads:
            yield self._labelled(row, segment.label, segment.values)

    def _is_caption(self, at: int, row: GridRow) -> bool:
        """項目｜内容 above labels and their texts."""
        if not is_caption(row.cells[-1]):
            return False
        keys = [cell.key for cell in row.cells]
        following = self._starts.next_row(at)
        if following is not None and len(following.cells) == len(row.cells) and self._is_legend(following):
            return all(map(looks_like_label, row.cells))
        others = [self._vocabulary.label_of(cell) for cell in row.cells[:-1]]
        known = all(label is not None and not label.is_strong for label in others)
        if self._weak or not known:
            return False
        # The heading of a table comes again on each page.
        if at == self._first or keys == self._caption:
            self._caption = keys
            return True
        label = self._vocabulary.label_of(following.cells[0]) if following is not None else None
        return label is not None and label.is_strong

    def _unlabelled(self, at: int, row: GridRow) -> Iterator[Row]:
        first, *rest = row.cells
        if self._is_legend(row):
            for sign, meaning in zip(row.cells[::2], row.cells[1::2], strict=True):
                line = join((join(sign.lines, ""), join(meaning.lines, "")), "：")
                yield Row(((line,),), apart=row.apart, told=Told("legend"))
            return
        if self._is_headed_mark(at, row):
            yield self._plain(GridRow((first,)))
            yield self._told(row, Told("mark", Label("mark", rest[0])), rest)
            return
        number = ITEM_NUMBER.fullmatch(first.key)
        title = "".join(line.text for line in rest[0].lines) if len(rest) == 1 else ""
        if number is None or not title or "。" in title or len(title) > _LONGEST_TITLE:
            yield self._told(row, Told("data"), row.cells)
        elif self._outline.section_of(f"{number['bare'] or ''}. {fold(title)}") is not None:
            separator = " " if first.key[-1] in ".、．)" else ". "
            yield Row(((join((join(first.lines, ""), *rest[0].lines), separator),),), apart=True)
        elif self._starts.leads_item(at):
            yield self._told(row, Told("number", Label("number", first)), (first,))
            yield self._told(row, Told("title", Label("title", rest[0])), rest)
        else:
            yield self._told(row, Told("data"), row.cells)

    def _is_headed_mark(self, at: int, row: GridRow) -> bool:
        """An item's heading with its mark beside it."""
        if len(row.cells) != 2 or not self._starts.is_heading(at, row.cells[0]):
            return False
        return self._outline.labels.is_sign(row.cells[1].key)

    def _is_legend(self, row: GridRow) -> bool:
        signs = self._outline.labels.signs
        pairs = len(row.cells) % 2 == 0 and all(cell.key in signs for cell in row.cells[::2])
        return pairs and not any(cell.key in signs for cell in row.cells[1::2])

    # --- headings above columns -----------------------------------------------------------------

    def _begins_columns(self, at: int) -> bool:
        """Whether a row heads columns; then the rows below it are known, too."""
        heads = self._heads.at(at)
        if heads is None:
            return False
        self._skipped, self._leads = heads.last, heads.leads
        if heads.are_figures:
            self._data = range(at, heads.below.stop)
        else:
            self._header, self._under = heads.labels, heads.below
            self._header_cells = self._rows[at].cells
        return True

    def _below_header(self, at: int, row: GridRow) -> Iterator[Row]:
        self._below_heads = row
        label, leads = self._header[0], row.cells[0]
        has_money = any(each.role == "amount" for each in self._header)
        if leads.end <= label.cell.column and not (is_year(leads) and has_money):
            yield self._told(row, Told("lead"), (leads,))
        pairs = [
            (label, [cell for cell in row.cells if is_below(cell, label.cell)])
            for label in _dated(self._header, leads)
        ]
        goes_on = at > self._under.start and not any(
            held and label.role in {"title", "number"} for label, held in pairs
        )
        marked = any(held and label.role == "mark" for label, held in pairs)
        for label, held in sorted(pairs, key=lambda pair: _place(pair[0])):
            if held and goes_on and not marked and label.role in FIELDS:
                yield self._told(row, Told("more", name=label.role), held)
            elif held or not goes_on:
                yield self._labelled(row, label, held)


def _dated(labels: Sequence[Label], leads: GridCell) -> list[Label]:
    """The labels above columns; those of amounts with the year that stands to the left."""
    if leads.end > labels[0].cell.column or not is_year(leads):
        return list(labels)
    dated = []
    for label in labels:
        column, end = label.cell.column, label.cell.end
        cell = replace(joined([leads, label.cell]), column=column, end=end)
        dated.append(replace(label, cell=cell) if label.role == "amount" else label)
    return dated


def _place(label: Label) -> int:
    return _ORDER.index(label.role) if label.role in _ORDER else len(_ORDER)


def _beside(cells: Sequence[GridCell]) -> list[GridCell]:
    """Figures in cells side by side as one line; a sign that leads a text in the text's first line."""
    if not is_prose(cells):
        line = join((join(cell.lines, " ") for cell in cells), "　")
        return [GridCell(cells[0].column, cells[-1].end, (line,), key_of((line,)))]
    first, second, *rest = cells
    if len(first.key) > _LONGEST_SIGN:
        return list(cells)
    lines = (join((*first.lines, second.lines[0]), "　"), *second.lines[1:])
    return [GridCell(first.column, second.end, lines, key_of(lines)), *rest]
