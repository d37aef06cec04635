"""Word documents (.docx, .docm): a comment at each paragraph that a finding points at."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from jisseki_check import own_marks
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.words import place
from jisseki_check.limits import Limits
from jisseki_check.marking import words
from jisseki_check.marking.contents import ADVICE, Contents
from jisseki_check.marking.former import Former
from jisseki_check.marking.package import Package
from jisseki_check.marking.refusal import CannotMark
from jisseki_check.marking.word_comments import WordComments
from jisseki_check.model import Finding, Location, Unreadable
from jisseki_check.readers.docx.body import anchors
from jisseki_check.readers.docx.names import w

_Key = tuple[int | None, int | None, str | None, int | None]


class WordDocument:
    """A document that is being marked."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._package = Package(data, limits)
        self._comments = WordComments(self._package)

    def former(self) -> Former:
        """What a former run of ours has put into the document, and staff behind it."""
        texts = tuple(self._comments.ours())
        return Former(bool(texts), texts)

    def clear(self, former: Former) -> None:
        """Take our comments out, and what staff answered to them."""
        if former:
            self._comments.remove_ours()

    def mark(self, contents: Contents, left_over: Sequence[own_marks.Note]) -> None:
        """Put the findings in, which come with the gravest first."""
        body = self._package.edit(self._package.main).find(w("body"))
        if body is None:
            raise CannotMark("文書の本文が見つかりません")
        try:
            found = anchors(body)
        except Unreadable as error:
            raise CannotMark(error.message) from None
        if not found:
            raise CannotMark("文書に段落がなく、コメントを付ける場所がありません")
        first = found[0][1]
        paragraphs: dict[_Key, etree._Element] = {}
        for at, paragraph in found:
            paragraphs.setdefault(_key(at), paragraph)
        self._comments.add(first, _front(contents))
        if left_over:
            self._comments.add(first, _left_over(left_over))
        for finding in contents.findings:
            held = paragraphs.get(_key(finding.location))
            self._comments.add(first if held is None else held, _lines(finding, is_placed=held is not None))

    def bytes(self) -> bytes:
        return self._package.bytes()


def _key(at: Location) -> _Key:
    """A paragraph's place; columns are characters within it."""
    return at.table, at.row, at.cell, at.line


def _lines(finding: Finding, *, is_placed: bool) -> list[str]:
    """A mark that stands at the beginning of the document says where its place is."""
    formats = {finding.location.path or "": "docx"}
    head, *rest = words.lines(finding, formats)
    where = "" if is_placed else place(finding.location, formats)
    return [head, *([f"場所：{where}"] if where else []), *rest]


def _front(contents: Contents) -> list[str]:
    lines = [f"{own_marks.SHEET}　{contents.report}".rstrip(), contents.headline, ADVICE]
    if contents.unjudged:
        lines += ["点検できなかったもの", *(f"・{words.cut(each)}" for each in contents.unjudged)]
    return lines + [f"{label}　{words.cut(clean(text))}" for label, text in contents.scope]


def _left_over(notes: Sequence[own_marks.Note]) -> list[str]:
    return ["今回は出なかった指摘に書かれていた理由", *(line for note in notes for line in words.gone(note))]
