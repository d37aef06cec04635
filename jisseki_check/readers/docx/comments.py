"""The comments of a Word file: those of others are left over, in ours staff give their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jisseki_check import own_marks
from jisseki_check.model import Location, Remark
from jisseki_check.readers.docx.body import Body
from jisseki_check.readers.docx.names import w, w14, w15
from jisseki_check.readers.xml_parts import Element

_NO_WORDS = "（文字のないコメント）"


@dataclass(slots=True)
class _Thread:
    """A comment with the answers to it. `numbers`: of them all."""

    number: str
    author: str
    texts: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(filter(None, self.texts))

    @property
    def is_ours(self) -> bool:
        return self.author == own_marks.AUTHOR


@dataclass(frozen=True, slots=True)
class Comments:
    """The threads of a document, in the order of the file."""

    threads: tuple[_Thread, ...] = ()

    @classmethod
    def read(cls, root: Element, extended: Element | None) -> Comments:
        """`root`: the comments; `extended`: which of them answers which, where the file says so."""
        parents = _parents(root, extended)
        threads: dict[str, _Thread] = {}
        for comment in root.iter(w("comment")):
            number = comment.get(w("id"), "")
            author = comment.get(w("author"), "").strip()
            thread = threads.get(parents.get(number, ""))
            if thread is None:
                thread = threads[number] = _Thread(number, author)
            thread.texts.append(text_of(comment))
            thread.numbers.append(number)
        return cls(tuple(threads.values()))

    def remarks(self, places: Mapping[str, Location]) -> tuple[Remark, ...]:
        """The comments of others, in the order of the text; those that hang on nothing come last."""
        order = {number: place for place, number in enumerate(places)}
        others = sorted(
            (thread for thread in self.threads if not thread.is_ours),
            key=lambda thread: order.get(thread.number, len(order)),
        )
        return tuple(
            Remark("comment", thread.text or _NO_WORDS, count=len(thread.texts), at=places.get(thread.number))
            for thread in others
        )

    def explanations(self) -> tuple[tuple[str, str], ...]:
        return own_marks.explanations(thread.text for thread in self.threads if thread.is_ours)


def text_of(element: Element) -> str:
    """The text of what stands apart from the body, a line for each of its paragraphs."""
    return "\n".join(
        "".join(run.text for run in paragraph)
        for block in Body(leaves_struck=False).read_aside(element, Location)
        for cell in block.cells
        for paragraph in cell
    )


def _parents(root: Element, extended: Element | None) -> dict[str, str]:
    """Which comment each answer belongs to, by their numbers. An answer to an answer belongs to the first."""
    if extended is None:
        return {}
    numbers = {
        mark: comment.get(w("id"), "")
        for comment in root.iter(w("comment"))
        for paragraph in comment.iter(w("p"))
        if (mark := paragraph.get(w14("paraId")))
    }
    parents: dict[str, str] = {}
    for entry in extended.iter(w15("commentEx")):
        own = numbers.get(entry.get(w15("paraId"), ""))
        parent = numbers.get(entry.get(w15("paraIdParent"), ""))
        if own is not None and parent is not None and own != parent:
            parents[own] = parents.get(parent, parent)
    return parents
