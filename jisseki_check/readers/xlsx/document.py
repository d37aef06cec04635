"""Excel workbooks (.xlsx, .xlsm) → blocks.

What is read is what the sheets show: numbers and dates by their formats, formulas by the results that were
saved with them, merged cells once. Hidden sheets, rows and columns are read as well, and said to be hidden.
The texts of shapes follow the cells of their sheet; headers and footers are kept as remarks. Pictures and
charts are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from jisseki_check import own_marks
from jisseki_check.limits import Limits
from jisseki_check.model import Block, Location, Remark, Run, Source, Unreadable
from jisseki_check.readers.budget import Budget
from jisseki_check.readers.cell_names import cell_name
from jisseki_check.readers.margins import margin_remarks
from jisseki_check.readers.package import Package, open_package
from jisseki_check.readers.xlsx import remarks
from jisseki_check.readers.xlsx.grid import drop_covered, row_blocks
from jisseki_check.readers.xlsx.notes import Comment, Comments, Persons, Shapes, Threads
from jisseki_check.readers.xlsx.sheet import BadCell, Book, SheetCells, SheetListener
from jisseki_check.readers.xlsx.streaming import Listener, damaged, listen
from jisseki_check.readers.xlsx.styles import Styles
from jisseki_check.readers.xlsx.texts import SharedTexts
from jisseki_check.readers.xlsx.workbook import SheetEntry, Workbook, read_workbook
from jisseki_check.readers.xml_parts import Relation, relations

_WORKSHEET = "worksheet"
_BLANK = Block(())
_PICTURES = "/media/"


def read_xlsx(data: bytes, name: str, limits: Limits) -> Source:
    """Raises Unreadable if the file is damaged, over a limit, holds no text, or formulas without results."""
    package = open_package(data, name, limits)
    reading = _Reading(package, name, read_workbook(package, name), Budget(limits, name))
    reading.read(reading.book(limits))
    return Source(
        path=name,
        format="xlsx",
        sha256=sha256(data).hexdigest(),
        blocks=tuple(reading.blocks),
        remarks=(*reading.remarks, *remarks.inert_parts(package, reading.related)),
        explanations=own_marks.explanations(reading.own_comments, reading.own_rows),
    )


@dataclass(slots=True)
class _Reading:
    """One workbook while it is read. `related`: what its parts refer to; `own_…`: what we put into it."""

    package: Package
    name: str
    workbook: Workbook
    budget: Budget
    blocks: list[Block] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    related: list[Relation] = field(default_factory=list)
    own_comments: list[str] = field(default_factory=list)
    own_rows: list[list[str]] = field(default_factory=list)
    persons: Persons = field(default_factory=Persons)

    def book(self, limits: Limits) -> Book:
        """What the sheets have in common."""
        texts, styles = SharedTexts(limits.max_cells, self.name), Styles()
        self._hear("sharedStrings", self.workbook.relations, texts)
        self._hear("styles", self.workbook.relations, styles)
        self._hear("person", self.workbook.relations, self.persons)
        return Book(texts, styles, self.workbook.since_1904)

    def read(self, book: Book) -> None:
        self.related += self.workbook.relations
        sheets: list[tuple[SheetEntry, SheetCells]] = []
        for entry in self.workbook.sheets:
            if entry.kind != _WORKSHEET:
                continue
            cells = self._cells(entry, book)
            if entry.is_ours:
                self.own_rows += _texts(cells)
            else:
                sheets.append((entry, cells))
        self._refuse_without_results([cells for _, cells in sheets])
        choices = self.workbook.sheets_of(source for _, cells in sheets for source in cells.choices)
        for table, (entry, cells) in enumerate(sheets, 1):
            self._take(entry, cells, table, choices)
        self.remarks += margin_remarks(
            (named, text, Location(sheet=cells.title))
            for _, cells in sheets
            if cells.rows
            for named, text in cells.margins
        )
        self._refuse_without_text()

    def _hear(self, kind: str, related: Iterable[Relation], listener: Listener) -> None:
        """Reads the part of that kind, where there is one."""
        target = next((each.target for each in related if each.kind == kind), None)
        if target is not None:
            listen(self.package, target, listener, self.name)

    def _cells(self, entry: SheetEntry, book: Book) -> SheetCells:
        listener = SheetListener(entry.title, book, self.budget)
        try:
            listen(self.package, entry.part, listener, self.name)
        except BadCell:
            raise damaged(entry.part, self.name) from None
        drop_covered(listener.cells)
        return listener.cells

    def _take(self, entry: SheetEntry, cells: SheetCells, table: int, choices: set[str]) -> None:
        related = relations(self.package, entry.part, self.name)
        self.related += related
        blocks = [*row_blocks(cells, table, self.budget), *self._shapes(related, cells.title)]
        if blocks and self.blocks:
            self.blocks.append(_BLANK)
        self.blocks += blocks
        self.remarks += self._comments(related, cells.title)
        if entry.is_hidden and blocks:
            self.remarks.append(remarks.hidden_sheet(cells.title, holds_choices=cells.title in choices))
        else:
            self.remarks += remarks.hidden_cells(cells)
        self.remarks += remarks.struck_cells(cells)

    # --- what stands beside the cells -----------------------------------------------------------

    def _comments(self, related: Iterable[Relation], title: str) -> Iterator[Remark]:
        classic, threads = Comments(), Threads(self.persons.names)
        self._hear("comments", related, classic)
        self._hear("threadedComment", related, threads)
        for comment in classic.comments:
            if comment.author == own_marks.AUTHOR:
                self.own_comments.append(comment.text)
                continue
            theirs, ours = own_marks.divided(comment.text)
            if ours:
                self.own_comments.append(ours)
            if theirs.strip() or not ours:
                yield remarks.comment([Comment(comment.author, theirs, comment.cell)], title)
        for thread in threads.threads.values():
            yield remarks.comment(thread, title)

    def _shapes(self, related: Iterable[Relation], title: str) -> Iterator[Block]:
        """The paragraphs of the sheet's shapes, behind a blank line."""
        for drawing in (each for each in related if each.kind == "drawing"):
            within = relations(self.package, drawing.target, self.name)
            self.related += within
            shapes, diagrams = Shapes(title), Shapes(title)
            listen(self.package, drawing.target, shapes, self.name)
            for diagram in (each for each in within if each.kind == "diagramData"):
                listen(self.package, diagram.target, diagrams, self.name)
            texts = shapes.paragraphs + diagrams.paragraphs
            if texts:
                yield _BLANK
            for at, text in texts:
                self.budget.take_cell((text,), at)
                yield Block((((Run(text, at),),),))

    # --- what is not read in part ---------------------------------------------------------------

    def _refuse_without_results(self, sheets: list[SheetCells]) -> None:
        # Some programs write 0 for every formula, and leave it to Excel to calculate them.
        trusts_zeros = not self.workbook.recalculates or any(cells.has_results for cells in sheets)
        places = [
            (cells.title, cell_name(row, column))
            for cells in sheets
            for row, column in sorted([*cells.unresolved(), *(() if trusts_zeros else cells.zeros)])
        ]
        if not places:
            return
        sheet, cell = places[0]
        more = f" ほか{len(places) - 1:,}か所" if len(places) > 1 else ""
        raise Unreadable(
            f"数式の計算結果が保存されていないセルがあります（シート「{sheet}」{cell}{more}）",
            fix="Excel で開き、計算結果が表示されていることを確かめてから、上書き保存してください。",
            at=Location(path=self.name, sheet=sheet, cell=cell),
        )

    def _refuse_without_text(self) -> None:
        if any(block.cells for block in self.blocks):
            return
        if any(_PICTURES in each.lower() for each in self.package.names):
            raise Unreadable(
                "ブックの中身が画像だけで、文字がありません",
                fix="セルに文字が入力されたブックを指定してください。画像の中の文字は読めません。",
                at=Location(path=self.name),
            )
        raise Unreadable(
            "ブックに文字がありません（どのシートも空です）",
            fix="報告の本文が入っているファイルかどうかを確かめてください。",
            at=Location(path=self.name),
        )


def _texts(cells: SheetCells) -> Iterator[list[str]]:
    """The rows of a sheet as plain text, from its first column."""
    for _, held in sorted(cells.rows.items()):
        row = [""] * (max(held) + 1)
        for column, cell in held.items():
            row[column] = "\n".join("".join(run.text for run in paragraph) for paragraph in cell)
        yield row
