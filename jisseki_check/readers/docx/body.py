"""The body of a Word file → blocks: its paragraphs, and the rows of its tables, in the order of reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Location, Unreadable
from jisseki_check.readers.decoding import BLANKS
from jisseki_check.readers.docx import lines
from jisseki_check.readers.docx.inline import Content, Inline
from jisseki_check.readers.docx.lines import Piece
from jisseki_check.readers.docx.names import P_PROPERTIES, PARAGRAPH, TABLE, chosen, mc, w
from jisseki_check.readers.docx.noticed import Noticed
from jisseki_check.readers.docx.numbering import Numbering
from jisseki_check.readers.docx.styles import Styles
from jisseki_check.readers.docx.tables import Passage, Rows, Table
from jisseki_check.readers.xml_parts import Element

Locate = Callable[[], Location]
"""Gives the place of the next paragraph."""

_BLOCKS = frozenset({PARAGRAPH, TABLE})
# What holds settings of a place, and no text of it.
_SETTINGS = frozenset(
    w(name) for name in ("sectPr", "tcPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "sdtPr", "sdtEndPr")
)


@dataclass(slots=True)
class Body:
    """Reads a document's body once. `anchors`: each paragraph's place with the paragraph that bears it (of
    a text box, the paragraph that it hangs on). `leaves_struck`: see `Inline`."""

    styles: Styles = field(default_factory=Styles)
    numbering: Numbering = field(default_factory=lambda: Numbering(Styles()))
    noticed: Noticed = field(default_factory=Noticed)
    limits: Limits = field(default_factory=Limits)
    anchors: list[tuple[Location, Element]] = field(default_factory=list)
    notes: list[tuple[str, str, Location]] = field(default_factory=list)
    leaves_struck: bool = True
    _inline: Inline = field(init=False)
    _tables: int = 0
    _cells: int = 0
    _runs: int = 0

    def __post_init__(self) -> None:
        self._inline = self._story()

    def _story(self) -> Inline:
        return Inline(self.styles, self.noticed, leaves_struck=self.leaves_struck)

    def read(self, body: Element) -> list[Block]:
        """Raises Unreadable over the limits, or where a part of the text is not in the file."""
        count = 0

        def locate() -> Location:
            nonlocal count
            count += 1
            return Location(line=count, column=1)

        return self.read_aside(body, locate)

    def read_aside(self, container: Element, locate: Locate) -> list[Block]:
        """The blocks of what stands outside of tables."""
        found: list[Block] = []
        for passage in self._passages(container, locate, None):
            found += passage.blocks if isinstance(passage, Rows) else lines.blocks(passage)
        self._inline.finish()
        return found

    # --- what follows one another ---------------------------------------------------------------

    def _passages(self, container: Element, locate: Locate, anchor: Element | None) -> Iterator[Passage]:
        """The paragraphs (their pieces) and tables of a container. `anchor`: the paragraph that the container
        hangs on; None where its paragraphs bear their places themselves."""
        held: list[Piece] = []
        for element in block_elements(container):
            if element.tag == TABLE:
                if held:
                    yield held
                    held = []
                yield self._table(element, anchor)
                continue
            content = self._paragraph(element, locate(), anchor)
            held += self._pieces(element, content)
            if content.goes_on and not content.boxes:
                continue
            yield held
            held = []
            for box in content.boxes:
                yield from self._box(box, content.at, anchor if anchor is not None else element)
        if held:
            yield held

    def _paragraph(self, element: Element, at: Location, anchor: Element | None) -> Content:
        self.anchors.append((at, element if anchor is None else anchor))
        content = self._inline.read(element, at)
        self.notes += content.notes
        self._runs += 1 + len(content.text) + sum(text.count("\t") for text in content.text)
        if self._runs > self.limits.max_values:
            raise Unreadable(
                f"文字のまとまり（段落など）が多すぎます（上限は{self.limits.max_values:,}個）",
                fix="部ごとのファイルに分けてください。",
            )
        return content

    def _pieces(self, element: Element, content: Content) -> list[Piece]:
        label = "" if content.goes_on else self.numbering.label(element.find(P_PROPERTIES))
        text = "".join(content.text)
        if content.is_struck and not text.strip(BLANKS):
            label = ""  # the number is struck through with its words
        return [(piece, content.at) for piece in (label, text) if piece]

    def _box(self, box: Element, at: Location, anchor: Element) -> Iterator[Passage]:
        """What stands in a text box has the place of the paragraph that it hangs on."""
        outer, self._inline = self._inline, self._story()
        yield from self._passages(box, lambda: at, anchor)
        self._inline.finish()
        self._inline = outer

    # --- tables ---------------------------------------------------------------------------------

    def _table(self, table: Element, anchor: Element | None) -> Rows:
        self._tables += 1
        read_cell = partial(self._cell, anchor)
        return Table(self._tables, read_cell, self._spend, self.noticed).read(table)

    def _cell(self, anchor: Element | None, cell: Element, at: Callable[[int], Location]) -> list[Passage]:
        count = 0

        def locate() -> Location:
            nonlocal count
            count += 1
            return at(count)

        return list(self._passages(cell, locate, anchor))

    def _spend(self, cells: int) -> None:
        self._cells += cells
        if self._cells > self.limits.max_cells:
            raise Unreadable(
                f"表のセルが多すぎます（上限は{self.limits.max_cells:,}個）",
                fix="使っていない行や列を削るか、部ごとのファイルに分けてください。",
            )


def block_elements(container: Element) -> Iterator[Element]:
    """The paragraphs and tables of a container, whatever they are wrapped in.

    Raises Unreadable for a document within the document, which only Word can take in.
    """
    for child in container:
        if child.tag in _BLOCKS:
            yield child
        elif child.tag == w("altChunk"):
            raise Unreadable(
                "別の文書が差し込まれたままになっていて、その部分を読めません",
                fix="Word で開いて保存し直してください。差し込まれた文書が本文に取り込まれます。",
            )
        elif child.tag == mc("AlternateContent"):
            one = chosen(child)
            if one is not None:
                yield from block_elements(one)
        elif child.tag not in _SETTINGS:
            yield from block_elements(child)


def anchors(body: Element) -> Sequence[tuple[Location, Element]]:
    """Each paragraph's place, as the reader gives it, with the paragraph (w:p) to which a comment on that
    place can be bound. In the order of reading; raises Unreadable as the reader does."""
    reading = Body()
    reading.read(body)
    return reading.anchors
