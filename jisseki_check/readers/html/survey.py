"""A first look at a whole page: where its own text stands, and which tables only arrange it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from jisseki_check.readers.html.elements import FOREIGN, UNSEEN, names_of
from jisseki_check.readers.xml_parts import Element

_GROUPS = 3
_OWN = re.compile(
    r"(?:main|honbun|(?:main[-_]?)?contents?(?:[-_]?(?:main|body|area|inner|wrapper))?|main[-_]?(?:area|body|inner)"
    r"|article(?:[-_]?body)?|entry[-_]?(?:body|content)|page[-_]?(?:body|contents?)|tmp_(?:honbun|contents))"
)
_NAVIGATION = re.compile(
    r"(?:bread[-_]?crumbs?(?:[-_]?(?:list|navi?|area))?|topic[-_]?path|pankuzu|(?:g|global|local|l|foot|footer|"
    r"head|header|side)[-_]?(?:navi?|navigation|menu))"
)
_PAGE_PARTS = re.compile(r"(?:page[-_]?|site[-_]?)?(?:header|footer|side(?:bar)?|navi?)")
_ASIDE_ROLES = frozenset({"navigation", "contentinfo", "complementary", "search"})
_CONTAINERS = frozenset({"div", "ul", "ol", "p", "form", "dl"})
_SECTIONS = frozenset({"main", "article", "section"})


def is_section(element: Element) -> bool:
    """Whether headers and footers within belong to the text, and not to the page."""
    return element.tag in _SECTIONS or element.get("role") == "main"


def is_navigation(element: Element) -> bool:
    """Menus and the like, wherever they stand."""
    if element.tag in ("nav", "aside") or element.get("role") in _ASIDE_ROLES:
        return True
    return element.tag in _CONTAINERS and any(map(_NAVIGATION.fullmatch, names_of(element)))


def is_page_part(element: Element) -> bool:
    """The head and the foot of a page or of each of its sheets of paper."""
    if element.tag in ("header", "footer") or element.get("role") == "banner":
        return True
    if element.tag != "div":
        return False
    return element.get("title") in ("header", "footer") or bool(
        _PAGE_PARTS.fullmatch(element.get("id", "").lower())
    )


@dataclass(slots=True)
class Table:
    """`number`: which table of the file it is, all of them counted; `is_layout`: it only arranges."""

    number: int
    is_layout: bool = False


@dataclass(slots=True)
class _Part:
    """A part of the page that may be its own text. `start`, `length`: of the text before and within."""

    element: Element
    group: int
    start: int
    tables: int
    length: int = 0


@dataclass(slots=True)
class _OpenTable:
    table: Table
    start: int
    cells: int = 0
    nested: int = 0
    has_heads: bool = False


@dataclass(slots=True)
class Survey:
    """`own`: the element that holds the page's own text; `tables`: all tables of the page."""

    own: Element
    tables: dict[Element, Table] = field(default_factory=dict)
    _length: int = 0
    _with_text: int = 0
    _set_apart: int = 0
    _sections: int = 0
    _parts: list[_Part] = field(default_factory=list)
    _open_parts: list[_Part] = field(default_factory=list)
    _open_tables: list[_OpenTable] = field(default_factory=list)

    @classmethod
    def of(cls, root: Element) -> Survey:
        survey = cls(root)
        walk = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walk:
            if event == "start":
                if element.tag in UNSEEN or element.tag in FOREIGN:
                    walk.skip_subtree()
                    continue
                survey._start(element)
                survey._count(element.text)
            else:
                if event == "end" and element.tag not in UNSEEN and element.tag not in FOREIGN:
                    survey._end(element)
                survey._count(element.tail)
        survey.own = survey._chosen(root)
        return survey

    def _count(self, text: str | None) -> None:
        if text and not self._set_apart:
            self._length += len(text.strip())

    def _start(self, element: Element) -> None:
        tag = element.tag
        if tag == "table":
            self.tables[element] = table = Table(len(self.tables) + 1)
            self._open_tables.append(_OpenTable(table, self._length))
        elif self._open_tables:
            self._open_tables[-1].cells += tag in ("td", "th")
            self._open_tables[-1].has_heads |= tag in ("th", "caption")
        if self._is_apart(element):
            self._set_apart += 1
        group = _group(element)
        if group is not None and not self._set_apart:
            part = _Part(element, group, self._length, self._with_text)
            self._open_parts.append(part)
            if all(part.group != other.group for other in self._open_parts[:-1]):
                self._parts.append(part)
        self._sections += is_section(element)

    def _end(self, element: Element) -> None:
        self._sections -= is_section(element)
        if self._open_parts and self._open_parts[-1].element is element:
            part = self._open_parts.pop()
            part.length = self._length - part.start
            part.tables = self._with_text - part.tables
        if self._is_apart(element):
            self._set_apart -= 1
        if element.tag == "table":
            self._end_table(element)

    def _end_table(self, element: Element) -> None:
        seen = self._open_tables.pop()
        length = self._length - seen.start
        seen.table.is_layout = (
            element.get("role") in ("presentation", "none")
            or seen.cells == 1
            or (not seen.has_heads and 2 * seen.nested > length)
        )
        self._with_text += bool(length) and not seen.table.is_layout
        if self._open_tables:
            self._open_tables[-1].nested += length

    def _is_apart(self, element: Element) -> bool:
        return is_navigation(element) or (not self._sections and is_page_part(element))

    def _chosen(self, root: Element) -> Element:
        """The one part that holds most of the text, and all tables; else all of the page."""
        for group in range(_GROUPS):
            parts = [part for part in self._parts if part.group == group]
            if len(parts) == 1 and 2 * parts[0].length > self._length and parts[0].tables == self._with_text:
                return parts[0].element
        return root


def _group(element: Element) -> int | None:
    """How surely an element is meant to hold the page's own text, 0 the surest."""
    if element.tag == "main" or element.get("role") == "main":
        return 0
    if element.tag == "article":
        return 1
    if element.tag in ("div", "section", "td") and any(map(_OWN.fullmatch, names_of(element))):
        return 2
    return None
