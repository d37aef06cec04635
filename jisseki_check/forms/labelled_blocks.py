"""The layout of labelled blocks: sections, headed items, and fields that begin with a label.

Reads the rows of a document line by line and holds what is open: the section, the item, the field.
Every line ends in a field, a heading, an amount, a mark or a remark.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jisseki_check.forms.cells import Cells
from jisseki_check.forms.drafts import Draft
from jisseki_check.forms.inline import split_rows
from jisseki_check.forms.labels import compile_labels
from jisseki_check.forms.outline import Outline
from jisseki_check.forms.row import Row
from jisseki_check.forms.rows import mended_within, read_rows
from jisseki_check.forms.spans import join
from jisseki_check.forms.spare import drop_spare
from jisseki_check.forms.splicing import refuse_spliced
from jisseki_check.model import Document, Source, Unreadable
from jisseki_check.notation.width import fold
from jisseki_check.profiles import ItemKind, Profile


def read(source: Source, profile: Profile) -> Document:
    """The report that stands in the blocks of a source.

    Raises Unreadable: DOC002 when nothing of the form is there, DOC004 when plan and result are
    spliced.
    """
    labels = compile_labels(profile)
    read = read_rows(source.blocks or (), labels, profile)
    refuse_spliced(read.rows, labels, profile)
    rows = tuple(split_rows(read.rows, labels))
    reading = _Reading(profile, labels, outline=Outline(rows, profile, labels))
    reading.run()
    draft = reading.draft
    drop_spare(draft)
    if not draft.items:
        raise Unreadable(
            "様式の項目が見つかりません",
            rule="DOC002",
            fix="取り組み実績の本文が入っているか、様式設定（--profile）が合っているかを確かめてください。",
        )
    for kind, text in read.furniture:
        draft.lenient(kind, text, kind, None, None)
    draft.remarks.extend(source.remarks)
    return draft.document(source.path)


@dataclass(kw_only=True)
class _Reading(Cells):
    """Reads row by row."""

    def run(self) -> None:
        for at, row in enumerate(self.outline.rows):
            self.at = at
            self._read_row(row)
        self.finish_pending()
        self.finish_cells()

    # --- rows -----------------------------------------------------------------------------------

    def _read_row(self, row: Row) -> None:
        if row.told is not None:
            plain = replace(row, told=None)
            if not (row.told.role == "data" and self._is_table_item(plain)) and self.read_told(row):
                return
            row = mended_within(plain, self.labels)
        if not self.started and self._preamble(row):
            return
        if self._table_header(row):
            return
        table = self._headless_table(row)
        if self.pending is not None and self.outline.role(row) in {"text", "number"}:
            self._table_item(row, self.pending)
        elif table is not None:
            self.draft.lenient(
                "header", row.first, "　".join(table.header), self._table_item(row, table), "title"
            )
        else:
            for text in row.lines:
                self.read_line(text, row)

    def _is_table_item(self, row: Row) -> bool:
        """Whether the row holds title and goal of an item."""
        return self.started and (self.pending is not None or self._headless_table(row) is not None)

    def _preamble(self, row: Row) -> bool:
        """Title and whatever else stands before the first heading or item."""
        line = join(row.lines, "")
        folded = fold(line.text)
        if self.take_composition(line, folded) or self.take_unit(folded) or self.take_part(line, folded):
            return True
        if self.outline.role(row) != "text":
            self.started = True
            return False
        if not self.take_legend(line, folded):
            self.draft.preamble.append(line)
        return True

    def _table_header(self, row: Row) -> bool:
        found = self.outline.header_of(row)
        if found is None:
            return False
        self.finish_pending()
        self.close()
        self.pending, exact = found
        self.started = True
        if not exact:
            self.draft.lenient("label", row.last, self.pending.header[-1], None, None)
        return True

    def _headless_table(self, row: Row) -> ItemKind | None:
        """The kind of a table item whose header row was lost."""
        if len(row.cells) < 2 or row.indented or not self.is_closed() or self.group is None:
            return None
        kind = self.profile.item_kinds[self.group.kind]
        return kind if kind.opens == "table" and self.outline.role(row) == "text" else None

    def _table_item(self, row: Row, kind: ItemKind) -> Draft:
        self.pending = None
        heading, *rest = ((), *row.cells) if row.indented else row.cells
        title = join(heading, "") if heading else None
        item = self.open_titled(kind, title)
        self.resume_field("goal")
        for text in (text for cell in rest for text in cell):
            self.read_line(text, row)
        return item
