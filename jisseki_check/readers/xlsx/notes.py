"""What stands beside the cells: comments, and the texts of shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from jisseki_check.model import Location
from jisseki_check.readers.cell_names import cell_name
from jisseki_check.readers.xlsx.streaming import SPREADSHEET, Listener, count_in
from jisseki_check.readers.xlsx.texts import Paragraphs, TextListener, paragraphs_of

_THREADED = ("http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",)
_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
_ANCHORS = (
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
)
_COMPATIBILITY = ("http://schemas.openxmlformats.org/markup-compatibility/2006",)
_OF_A_THREAD = "tc="  # the author of the comment that older Excel shows in a thread's place


@dataclass(frozen=True, slots=True)
class Comment:
    author: str
    text: str
    cell: str


class Comments(TextListener):
    """The classic comments of a sheet, without those that only stand for a thread."""

    def __init__(self) -> None:
        super().__init__()
        self.comments: list[Comment] = []
        self._authors: list[str] = []
        self._author = self._cell = ""
        self.on(SPREADSHEET, "author", self.collect, self._add_author)
        self.on(SPREADSHEET, "comment", self._begin, self._end)

    def _add_author(self) -> None:
        self._authors.append(self.collected())

    def _begin(self, attributes: Mapping[str, str]) -> None:
        number = count_in(attributes.get("authorId"))
        self._author = self._authors[number] if 0 <= number < len(self._authors) else ""
        self._cell = attributes.get("ref", "")

    def _end(self) -> None:
        text, _ = self.taken()
        if not self._author.startswith(_OF_A_THREAD):
            self.comments.append(Comment(self._author, text, self._cell))


class Persons(Listener):
    """Who wrote in threads, by the number that the threads give them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, str] = {}
        self.on(_THREADED, "person", self._add)

    def _add(self, attributes: Mapping[str, str]) -> None:
        self.names[attributes.get("id", "")] = attributes.get("displayName", "")


class Threads(Listener):
    """The threaded comments of a sheet: each with its answers, by its own number."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self.threads: dict[str, list[Comment]] = {}
        self._names = names
        self._author = self._cell = self._thread = ""
        self.on(_THREADED, "threadedComment", self._begin)
        self.on(_THREADED, "text", self.collect, self._add)

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self._author = self._names.get(attributes.get("personId", ""), "")
        self._cell = attributes.get("ref", "")
        self._thread = attributes.get("parentId") or attributes.get("id", "")

    def _add(self) -> None:
        comment = Comment(self._author, self.collected(), self._cell)
        self.threads.setdefault(self._thread, []).append(comment)


class Shapes(Listener):
    """The paragraphs of the text boxes and shapes of a drawing, in the order in which they stand."""

    def __init__(self, sheet: str) -> None:
        super().__init__()
        self._sheet = Location(sheet=sheet)
        self._texts: list[tuple[int, int, Paragraphs]] = []
        self._pieces: list[str] = []
        self._at = {"row": -1, "col": -1}
        self._is_anchor = False
        self._fallbacks = 0  # the same again, for programs that do not know newer shapes
        self.on(_ANCHORS, "absoluteAnchor", self._leave_cells)
        self.on(_ANCHORS, "from", self._begin_anchor, self._end_anchor)
        for name in self._at:
            self.on(_ANCHORS, name, self.collect, partial(self._place, name))
        self.on(_COMPATIBILITY, "Fallback", self._begin_fallback, self._end_fallback)
        self.on(_DRAWING, "t", self.collect, self._add_text)
        self.on(_DRAWING, "br", closed=self._add_break)
        self.on(_DRAWING, "p", closed=self._end_paragraph)

    @property
    def paragraphs(self) -> list[tuple[Location, str]]:
        """Each with its place: the cell in which its shape begins, where it begins in one."""
        ordered = sorted(self._texts, key=lambda text: text[:2])
        return [
            (self._sheet if row < 0 else replace(self._sheet, cell=cell_name(row + 1, column)), text)
            for row, column, texts in ordered
            for text in texts
        ]

    def _leave_cells(self, _: Mapping[str, str]) -> None:
        self._at.update(row=-1, col=-1)

    def _begin_anchor(self, _: Mapping[str, str]) -> None:
        self._is_anchor = True

    def _end_anchor(self) -> None:
        self._is_anchor = False

    def _place(self, name: str) -> None:
        number = count_in(self.collected().strip())
        if self._is_anchor:
            self._at[name] = number

    def _begin_fallback(self, _: Mapping[str, str]) -> None:
        self._fallbacks += 1

    def _end_fallback(self) -> None:
        self._fallbacks -= 1

    def _add_text(self) -> None:
        self._pieces.append(self.collected())

    def _add_break(self) -> None:
        self._pieces.append("\n")

    def _end_paragraph(self) -> None:
        text = paragraphs_of("".join(self._pieces))
        self._pieces.clear()
        if text and not self._fallbacks:
            self._texts.append((self._at["row"], self._at["col"], text))
