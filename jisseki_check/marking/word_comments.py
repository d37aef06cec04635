"""The comments of a Word document: ours beside those of others."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from lxml import etree

from jisseki_check import own_marks
from jisseki_check.marking.package import Package
from jisseki_check.readers.docx.comments import Comments
from jisseki_check.readers.docx.names import w, w14, w15

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_WORD = w("").strip("{}")
_EMPTY = f'<w:comments xmlns:w="{_WORD}"/>'.encode()
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_IDS = "{http://schemas.microsoft.com/office/word/2016/wordml/cid}"
_DATES = "{http://schemas.microsoft.com/office/word/2018/wordml/cex}"


class WordComments:
    """The comments part of a document, and where the main part refers to it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = package.related(package.main, "comments")
        self._next = 0

    def ours(self) -> list[str]:
        """The texts of ours, each with what was answered to it."""
        return [thread.text for thread in self._read().threads if thread.is_ours]

    def remove_ours(self) -> None:
        """Take ours out, with what was answered to them and all that refers to them."""
        numbers = {number for thread in self._read().threads if thread.is_ours for number in thread.numbers}
        if not numbers or self._part is None:
            return
        root = self._package.edit(self._part)
        marks: set[str] = set()
        for comment in root.findall(w("comment")):
            if comment.get(w("id")) in numbers:
                marks |= {paragraph.get(w14("paraId"), "") for paragraph in comment.iter(w("p"))}
                root.remove(comment)
        _remove_references(self._package.edit(self._package.main), numbers)
        marks.discard("")
        self._forget("commentsExtended", w15("paraId"), marks)
        lasting = self._forget("commentsIds", f"{_IDS}paraId", marks)
        self._forget("commentsExtensible", f"{_DATES}durableId", lasting)

    def add(self, paragraph: etree._Element, lines: Sequence[str]) -> None:
        """A comment of these lines on a paragraph of the main part."""
        number = self._number()
        comment = etree.SubElement(self._root(), w("comment"))
        comment.set(w("id"), number)
        comment.set(w("author"), own_marks.AUTHOR)
        comment.set(w("initials"), own_marks.INITIALS)
        texts = [line for text in lines for line in text.split("\n")]
        for place, text in enumerate(texts):
            self._add_paragraph(comment, text, is_first=not place)
        _refer(paragraph, number)

    def _add_paragraph(self, comment: etree._Element, text: str, *, is_first: bool) -> None:
        paragraph = etree.SubElement(comment, w("p"))
        if is_first:
            etree.SubElement(etree.SubElement(paragraph, w("r")), w("annotationRef"))
        run = etree.SubElement(paragraph, w("r"))
        if is_first:
            etree.SubElement(etree.SubElement(run, w("rPr")), w("b"))
        words = etree.SubElement(run, w("t"))
        words.text = text
        words.set(_SPACE, "preserve")

    def _root(self) -> etree._Element:
        package = self._package
        if self._part is None:
            folder = posixpath.dirname(package.main)
            self._part = package.unused(posixpath.join(folder, "comments{}.xml"), "")
            package.put(self._part, _EMPTY)
            package.declare(self._part, _TYPE)
            package.relate(package.main, "comments", self._part)
        return package.edit(self._part)

    def _number(self) -> str:
        """The number of the next comment: no other has it, and none that is referred to in vain."""
        if not self._next:
            main = self._package.view(self._package.main)
            tags = (w("commentReference"), w("commentRangeStart"), w("commentRangeEnd"))
            held = [*main.iter(*tags), *self._all()]
            numbers = [each.get(w("id"), "") for each in held]
            self._next = 1 + max((int(each) for each in numbers if each.isdecimal()), default=-1)
        self._next += 1
        return str(self._next - 1)

    def _all(self) -> list[etree._Element]:
        return [] if self._part is None else self._package.view(self._part).findall(w("comment"))

    def _read(self) -> Comments:
        if self._part is None:
            return Comments()
        extended = self._package.related(self._package.main, "commentsExtended")
        answers = None if extended is None else self._package.view(extended)
        return Comments.read(self._package.view(self._part), answers)

    def _forget(self, kind: str, name: str, marks: set[str]) -> set[str]:
        """Take the entries of these comments out of a part that says more of comments; gives the lasting
        numbers that they had."""
        part = self._package.related(self._package.main, kind)
        lasting: set[str] = set()
        if part is None:
            return lasting
        root = self._package.edit(part)
        for entry in list(root):
            if entry.get(name) in marks:
                lasting.add(entry.get(f"{_IDS}durableId", ""))
                root.remove(entry)
        return lasting


def _refer(paragraph: etree._Element, number: str) -> None:
    """Let a comment stand on a whole paragraph."""
    start = etree.Element(w("commentRangeStart"))
    start.set(w("id"), number)
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    etree.SubElement(paragraph, w("commentRangeEnd")).set(w("id"), number)
    run = etree.SubElement(paragraph, w("r"))
    etree.SubElement(run, w("commentReference")).set(w("id"), number)


def _remove_references(root: etree._Element, numbers: set[str]) -> None:
    for each in list(root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
        if each.get(w("id")) not in numbers:
            continue
        above = each.getparent()
        assert above is not None
        above.remove(each)
        if above.tag == w("r") and all(child.tag == w("rPr") for child in above):
            over = above.getparent()
            assert over is not None
            over.remove(above)
