"""The comments of one worksheet: ours beside those of others, and below theirs where a cell has one."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from jisseki_check import own_marks
from jisseki_check.marking import sheet_text
from jisseki_check.marking.note_boxes import NoteBoxes, numbers
from jisseki_check.marking.package import OFFICE, Package, place_after
from jisseki_check.marking.styles import MAIN
from jisseki_check.marking.worksheet import BEFORE_NOTES, Worksheet, coordinates, letters

_M = f"{{{MAIN}}}"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
_THREAD = "tc="  # how the author of a comment begins that stands for a thread of answers


class CellComments:
    """The comments of the worksheet `part`, whose XML is `sheet`."""

    def __init__(self, package: Package, part: str, sheet: Worksheet) -> None:
        self._package = package
        self._part = part
        self._sheet = sheet
        self._comments = package.related(part, "comments")
        self._boxes: NoteBoxes | None = None
        self._by_name: dict[str, etree._Element] | None = None

    def ours(self) -> list[str]:
        """The texts of ours."""
        return [ours for comment in self._all() if (ours := self._parts(comment)[1])]

    def remove_ours(self) -> None:
        """Take ours out; of a comment of others only what stands below theirs."""
        for comment in self._all():
            if not self._parts(comment)[1]:
                continue
            assert self._comments is not None
            self._package.edit(self._comments)
            if self._parts(comment)[0]:
                _cut_ours_off(comment)
                continue
            self._by_name = None
            above = comment.getparent()
            assert above is not None
            above.remove(comment)
            at = coordinates(comment.get("ref", ""))
            if at is not None:
                self._drawing().remove(*at)

    def add(self, row: int, column: int, marks: Sequence[Sequence[str]]) -> bool:
        """A comment of these marks at a cell. False: a thread stands there, to which nothing can be added."""
        name = f"{letters(column)}{row}"
        comment = self._named().get(name)
        if comment is None:
            comment = self._named()[name] = self._new(name)
        elif self._author(comment).startswith(_THREAD):
            return False
        assert self._comments is not None
        self._package.edit(self._comments)
        text = comment.find(f"{_M}text")
        if text is None:
            text = etree.SubElement(comment, f"{_M}text")
        if sheet_text.held(text):
            _in_runs(text)
            _add_run(text, f"\n\n{own_marks.FENCE}\n", bold=True)
        for number, (first, *rest) in enumerate(marks):
            _add_run(text, "\n\n" * bool(number) + first, bold=True)
            _add_run(text, "".join(f"\n{line}" for line in rest))
        self._drawing().show(row, column, sheet_text.held(text), self._sheet)
        return True

    def finish(self) -> None:
        """Write the drawing, and let the sheet refer to it."""
        if self._boxes is None:
            return
        drawing = self._drawing_part()
        if drawing is None:
            drawing = self._package.unused("xl/drawings/vmlDrawing{}.vml")
            self._package.put(drawing, self._boxes.bytes())
            self._package.declare(drawing, _DRAWING_TYPE)
            new = etree.Element(f"{_M}legacyDrawing", nsmap={"r": OFFICE})
            new.set(f"{{{OFFICE}}}id", self._package.relate(self._part, "vmlDrawing", drawing))
            place_after(self._package.edit(self._part), BEFORE_NOTES, new)
        self._package.put(drawing, self._boxes.bytes())

    def _all(self) -> list[etree._Element]:
        if self._comments is None:
            return []
        return self._package.view(self._comments).findall(f"{_M}commentList/{_M}comment")

    def _named(self) -> dict[str, etree._Element]:
        if self._by_name is None:
            self._by_name = {each.get("ref", ""): each for each in self._all()}
        return self._by_name

    def _author(self, comment: etree._Element) -> str:
        assert self._comments is not None
        authors = self._package.view(self._comments).findall(f"{_M}authors/{_M}author")
        number = int(comment.get("authorId", "-1"))
        return (authors[number].text or "") if 0 <= number < len(authors) else ""

    def _parts(self, comment: etree._Element) -> tuple[str, str]:
        """The words of others, and ours."""
        text = sheet_text.held(comment.find(f"{_M}text"))
        return own_marks.divided(text, self._author(comment))

    def _new(self, name: str) -> etree._Element:
        if self._comments is None:
            self._comments = self._package.unused("xl/comments{}.xml")
            self._package.put(self._comments, _EMPTY)
            self._package.declare(self._comments, _COMMENTS_TYPE)
            self._package.relate(self._part, "comments", self._comments)
        root = self._package.edit(self._comments)
        lists = []
        for tag, before in (("authors", ()), ("commentList", ("authors",))):
            held = root.find(f"{_M}{tag}")
            if held is None:
                held = etree.Element(f"{_M}{tag}")
                place_after(root, before, held)
            lists.append(held)
        authors, comments = lists
        names = [each.text or "" for each in authors]
        if own_marks.AUTHOR not in names:
            etree.SubElement(authors, f"{_M}author").text = own_marks.AUTHOR
            names.append(own_marks.AUTHOR)
        number = str(names.index(own_marks.AUTHOR))
        return etree.SubElement(comments, f"{_M}comment", ref=name, authorId=number)

    def _drawing(self) -> NoteBoxes:
        if self._boxes is None:
            part = self._drawing_part()
            others = (
                name for name in self._package.parts() if name.lower().endswith(".vml") and name != part
            )
            taken = {
                number
                for name in others
                for number in numbers(self._package.data(name).decode("utf-8", "replace"))
            }
            self._boxes = NoteBoxes(self._package.data(part) if part else None, taken)
        return self._boxes

    def _drawing_part(self) -> str | None:
        held = self._package.view(self._part).find(f"{_M}legacyDrawing")
        return None if held is None else self._package.target(self._part, held.get(f"{{{OFFICE}}}id", ""))


def _cut_ours_off(comment: etree._Element) -> None:
    """Take the text from the fence on out of the runs that hold it."""
    text = comment.find(f"{_M}text")
    assert text is not None
    kept = len(own_marks.divided(sheet_text.held(text))[0])
    _in_runs(text)
    for run in text.findall(f"{_M}r"):
        words = sheet_text.held(run)
        if kept <= 0:
            text.remove(run)
        elif len(words) > kept:
            for old in run.findall(f"{_M}t"):
                run.remove(old)
            sheet_text.put(run, words[:kept])
        kept -= len(words)


def _in_runs(text: etree._Element) -> None:
    """A text without runs becomes one run: others can then follow it."""
    if text.find(f"{_M}r") is not None:
        return
    words = sheet_text.held(text)
    for old in text.findall(f"{_M}t"):
        text.remove(old)
    if words:
        run = etree.Element(f"{_M}r")
        sheet_text.put(run, words)
        text.insert(0, run)


def _add_run(text: etree._Element, words: str, *, bold: bool = False) -> None:
    run = etree.Element(f"{_M}r")
    form = etree.SubElement(run, f"{_M}rPr")
    if bold:
        etree.SubElement(form, f"{_M}b")
    etree.SubElement(form, f"{_M}sz", val="9")
    etree.SubElement(form, f"{_M}color", indexed="81")
    etree.SubElement(form, f"{_M}rFont", val="MS P ゴシック")
    etree.SubElement(form, f"{_M}family", val="3")
    etree.SubElement(form, f"{_M}charset", val="128")
    sheet_text.put(run, words)
    place_after(text, ("t", "r"), run)
