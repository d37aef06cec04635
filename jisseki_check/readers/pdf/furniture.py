"""Headers, footers and page numbers: what belongs to the pages and not to the report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.readers.pdf.layout import Flow, PageLayout
from jisseki_check.readers.pdf.lines import Line
from jisseki_check.readers.pdf.shapes import ABOVE

_ZONE = 0.13
_LINES = 3
_SAME_HEIGHT = 4.0
_SHARE = 0.5
_APART = 0.8
_LONGEST_NUMBER = 12
_TITLE_LINES = 5
_APART_WORDS = re.compile(r"[\s・:：、,。()（）【】「」『』<>＜＞〈〉|｜/／\-―—–_]+")
_DASH = r"[-‐‑–—―－ー~〜～]"
_DIGITS = r"[0-9０-９]{1,4}"
_PLAIN_NUMBER = re.compile(
    rf"{_DASH}\s*{_DIGITS}\s*{_DASH}"
    rf"|(?:[Pp][.．]?\s*|[Pp]age\s*)?{_DIGITS}\s*[/／]\s*{_DIGITS}\s*(?:ページ|頁)?"
    rf"|(?:[Pp][.．]\s*|[Pp]age\s*){_DIGITS}"
    rf"|第?\s*{_DIGITS}\s*(?:ページ|頁)"
)
_LAST_NUMBER = re.compile(rf"{_DIGITS}(?=[^0-9０-９]*$)")
_FIRST_NUMBER = re.compile(_DIGITS)

NUMBER, TITLE = "ページ番号", "ページごとの表題"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that was left out."""

    kind: str
    text: str
    page: int
    line: int
    is_head: bool


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the head or the foot of its page. `room`: what is free between it and the next thing that
    is further inside, in its own size."""

    page: int
    flow: Flow
    line: Line
    room: float

    @property
    def text(self) -> str:
        return "　".join(piece.text for piece in self.line)

    @property
    def base(self) -> float:
        return self.line[0].base

    @property
    def is_plain_number(self) -> bool:
        return _PLAIN_NUMBER.fullmatch(self.text.strip()) is not None


def take_furniture(pages: Sequence[PageLayout]) -> list[Furniture]:
    """Take the lines out that stand at the head or foot of the pages because of the pages.

    A line that is the same at the head of every page stays where it comes first, unless that page says the
    same once more: it may be the title.
    """
    taken = [*_taken(pages, [_heads(page) for page in pages], at_foot=False)]
    taken += _taken(pages, [_feet(page) for page in pages], at_foot=True)
    for page in pages:
        page.parts = [part for part in page.parts if not isinstance(part, Flow) or part.lines]
    return sorted(taken, key=lambda furniture: (furniture.page, furniture.line))


def _taken(
    pages: Sequence[PageLayout], sides: Sequence[Sequence[_Edge]], *, at_foot: bool
) -> Iterator[Furniture]:
    numbers, titles = _numbers(sides), _titles(sides, len(pages))
    first = min((page for page, _ in titles), default=0)
    known = _texts_besides(pages, first, titles)
    for side in sides:
        for edge in _outer(side, numbers, titles):
            is_number = _key(edge) in numbers or (edge.is_plain_number and (at_foot or len(pages) > 1))
            if is_number or at_foot or edge.page > first or _is_said(edge.text, known):
                edge.flow.lines.remove(edge.line)
                yield Furniture(
                    NUMBER if is_number else TITLE, edge.text, edge.page, edge.line[0].line, not at_foot
                )


_Key = tuple[int, int]


def _outer(side: Sequence[_Edge], numbers: set[_Key], titles: set[_Key]) -> list[_Edge]:
    """The lines of a page's side that may be left out, as long as they stand apart from its text."""
    outer: list[_Edge] = []
    for edge in side:
        if _key(edge) not in numbers | titles and not edge.is_plain_number:
            break
        outer.append(edge)
    if outer and outer[-1].room < _APART:
        return [edge for edge in outer if _key(edge) in numbers]
    return outer


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _texts_besides(pages: Sequence[PageLayout], number: int, titles: set[_Key]) -> list[str]:
    """The lines of a page that are no running titles, from the top."""
    flows = [part for page in pages if page.number == number for part in page.parts if isinstance(part, Flow)]
    lines = [line for flow in flows for line in flow.lines if (number, id(line)) not in titles]
    return [_squeezed("".join(piece.text for piece in line)) for line in lines]


def _is_said(running: str, lines: Sequence[str]) -> bool:
    """Whether the page's own lines say what a running title says: as it is, or in the title near the top, of
    which it repeats the words, or names at least the department without its year."""
    if _squeezed(running) in lines:
        return True
    words = [word for word in _APART_WORDS.split(running) if word]
    title = next((line for line in lines[:_TITLE_LINES] if find_fiscal_years(line)), "")
    if not title or title.endswith("。"):
        return False
    said = [word in title for word in words]
    return all(said) or (any(said) and not find_fiscal_years(running))


def _key(edge: _Edge) -> _Key:
    return edge.page, id(edge.line)


def _heads(page: PageLayout) -> list[_Edge]:
    """The first lines of a page, from the outside to the inside."""
    spans = _spans(page)
    edges: list[_Edge] = []
    for span, inner in zip_longest(spans, spans[1:]):
        if span.line is None or len(edges) == _LINES or span.bottom > _ZONE * page.height:
            break
        edges.append(_edge(page, span, (inner.top if inner else page.height) - span.bottom))
    return edges


def _feet(page: PageLayout) -> list[_Edge]:
    """The last lines of a page, from the outside to the inside."""
    spans = sorted(_spans(page), key=lambda span: -span.bottom)
    edges: list[_Edge] = []
    for span, inner in zip_longest(spans, spans[1:]):
        if span.line is None or len(edges) == _LINES or span.bottom < (1 - _ZONE) * page.height:
            break
        edges.append(_edge(page, span, span.top - (inner.bottom if inner else 0.0)))
    return edges


def _edge(page: PageLayout, span: _Span, room: float) -> _Edge:
    assert span.flow is not None
    assert span.line is not None
    return _Edge(page.number, span.flow, span.line, room / span.line[0].size)


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a line or a table (without line) begins and ends."""

    top: float
    bottom: float
    flow: Flow | None = None
    line: Line | None = None


def _spans(page: PageLayout) -> list[_Span]:
    """The lines and tables of a page, from the top."""
    spans: list[_Span] = []
    for part in page.parts:
        if isinstance(part, Flow):
            for line in part.lines:
                spans.append(_Span(line[0].base - ABOVE * line[0].size, line[0].base, part, line))
        else:
            spans.append(_Span(part.grid.ys[0], part.grid.ys[-1]))
    return sorted(spans, key=lambda span: (span.top, span.bottom))


def _numbers(sides: Sequence[Sequence[_Edge]]) -> set[_Key]:
    """Lines with a number that grows with the pages, as page numbers do and figures do not."""
    found: set[_Key] = set()
    for number in (_LAST_NUMBER, _FIRST_NUMBER):
        for group in _grouped(sides, number):
            values = {edge.page: number.search(_squeezed(edge.text)) for edge in group}
            offsets = {int(match[0]) - page for page, match in values.items() if match}
            is_bare = all(len(edge.text) <= _LONGEST_NUMBER for edge in group)
            if len(values) >= (2 if is_bare else 3) and len(offsets) == 1:
                found |= {_key(edge) for edge in group}
    return found


def _titles(sides: Sequence[Sequence[_Edge]], pages: int) -> set[_Key]:
    """Lines that are the same on many pages, where no other page has text of its own at their height."""
    found: set[_Key] = set()
    for group in _grouped(sides, None):
        numbered = {edge.page for edge in group}
        others = any(
            abs(side[0].base - group[0].base) <= _SAME_HEIGHT and side[0].page not in numbered
            for side in sides
            if side
        )
        if len(numbered) >= max(2, _SHARE * pages - 1) and not others:
            found |= {_key(edge) for edge in group}
    return found


def _grouped(sides: Sequence[Sequence[_Edge]], number: re.Pattern[str] | None) -> list[list[_Edge]]:
    """Lines at one height whose text is the same, that number left open."""
    groups: dict[str, list[list[_Edge]]] = defaultdict(list)
    for edge in (edge for side in sides for edge in side):
        text = _squeezed(edge.text)
        alike = groups[text if number is None else number.sub("#", text, count=1)]
        near = next((group for group in alike if abs(group[0].base - edge.base) <= _SAME_HEIGHT), None)
        if near is None:
            alike.append([edge])
        else:
            near.append(edge)
    return [group for alike in groups.values() for group in alike]
