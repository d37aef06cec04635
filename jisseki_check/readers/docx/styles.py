"""What a Word file's styles say that bears on its text: what is hidden or struck through, and what is
numbered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jisseki_check.readers.docx.names import (
    R_PROPERTIES,
    STRIKES,
    VANISH,
    any_switch,
    number,
    switch,
    value,
    w,
)
from jisseki_check.readers.xml_parts import Element


@dataclass(frozen=True, slots=True)
class Style:
    """A style, with what it takes over from those it is based on. `num_id` "0": expressly not numbered."""

    hides: bool | None = None
    strikes: bool | None = None
    num_id: str | None = None
    level: int | None = None


_PLAIN = Style()


class Styles:
    """The styles of a document by their names; a name that is not known says nothing."""

    def __init__(self, root: Element | None = None) -> None:
        self._elements: dict[str, Element] = {}
        self._read: dict[str, Style] = {}
        self._usual: str | None = None
        for element in () if root is None else root.iter(w("style")):
            name = element.get(w("styleId"), "")
            self._elements[name] = element
            if element.get(w("default")) in ("1", "true") and element.get(w("type")) == "paragraph":
                self._usual = name

    def paragraph(self, name: str | None) -> Style:
        """A paragraph's style; the usual one where it names none."""
        return self.style(name or self._usual)

    def style(self, name: str | None) -> Style:
        if name is None:
            return _PLAIN
        if name not in self._read:
            self._read[name] = _PLAIN  # of styles that are based on each other, neither says anything
            self._read[name] = self._resolved(self._elements.get(name))
        return self._read[name]

    def _resolved(self, element: Element | None) -> Style:
        if element is None:
            return _PLAIN
        style = self.style(value(element, w("basedOn")))
        look = element.find(R_PROPERTIES)
        hides, strikes = switch(look, VANISH), any_switch(look, STRIKES)
        if hides is not None:
            style = replace(style, hides=hides)
        if strikes is not None:
            style = replace(style, strikes=strikes)
        numbered = element.find(f"{w('pPr')}/{w('numPr')}")
        if numbered is not None:
            num_id, level = value(numbered, w("numId")), number(numbered, w("ilvl"))
            style = replace(
                style, num_id=num_id or style.num_id, level=style.level if level is None else level
            )
        return style
