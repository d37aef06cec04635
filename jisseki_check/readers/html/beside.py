"""What hangs on a page's text without being a part of it: comments and notes of a Word document, and
comments in its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisseki_check.model import Location, Remark
from jisseki_check.readers.html.elements import words_of
from jisseki_check.readers.xml_parts import Element

_NOTE = re.compile(r"(?:ftn|edn|sdfootnote|sdendnote)[0-9]+")
_TO_NOTE = re.compile(r"#_?(?:ftn|edn|sdfootnote|sdendnote)(?:ref)?[0-9]+(?:sym|anc)?")
_COMMENT = "msocomtxt"
_TO_COMMENT = frozenset({"msocommentreference", "msocomanchor", "msocomoff"})
_NONE: frozenset[str] = frozenset()
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
_CONDITION = re.compile(r"\[(?:if|end)")
_LONGEST = 5_000
_NO_WORDS = "（文字のないコメント）"


def is_reference(element: Element) -> bool:
    """A sign in the text that refers to a note or a comment, or leads back from it."""
    if _classes(element) & _TO_COMMENT:
        return True
    return element.tag == "a" and _TO_NOTE.fullmatch(element.get("href", "")) is not None


def beside(element: Element) -> Remark | None:
    """A note or a comment as a remark; None for all else."""
    if element.tag == "div" and _NOTE.fullmatch(element.get("id", "")):
        text = _own_words(element)
        return Remark(kind="unread", text=text) if text else None
    if _COMMENT in _classes(element):
        return Remark(kind="comment", text=_own_words(element) or _NO_WORDS)
    return None


def of_source(comment: Element, at: Location) -> Iterator[Remark]:
    """A comment in the page's source: no reader of the page sees it, and all can. What only software wrote,
    or reads, is none."""
    text = " ".join((comment.text or "").split())
    if _JAPANESE.search(text) and not _CONDITION.match(text):
        yield Remark(kind="aside", text=f"HTML のコメント：{text[:_LONGEST]}", at=at)


def _classes(element: Element) -> frozenset[str]:
    names = element.get("class")
    return frozenset(names.lower().split()) if names else _NONE


def _own_words(element: Element) -> str:
    """The words without the signs that lead back to the text."""
    for child in list(element.iterdescendants()):
        if isinstance(child.tag, str) and is_reference(child):
            for within in child.iter():
                within.text = None
                if within is not child:
                    within.tail = None
    return words_of(element)
