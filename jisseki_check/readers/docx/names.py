"""The names of what a Word file's XML holds, and how its values are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jisseki_check.readers.xml_parts import Element

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
_WORD_2012 = "http://schemas.microsoft.com/office/word/2012/wordml"
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"

_INTEGER = re.compile(r"-?[0-9]{1,9}")
_OFF = frozenset({"0", "false", "off"})


def w(name: str) -> str:
    """A name of the main vocabulary, of elements and attributes."""
    return f"{{{_WORD}}}{name}"


def w14(name: str) -> str:
    return f"{{{_WORD_2010}}}{name}"


def w15(name: str) -> str:
    return f"{{{_WORD_2012}}}{name}"


def m(name: str) -> str:
    """A name of formulas."""
    return f"{{{_MATHS}}}{name}"


def mc(name: str) -> str:
    """A name of what is written twice, for newer and older software."""
    return f"{{{_ALTERNATIVES}}}{name}"


VAL = w("val")
PARAGRAPH, TABLE = w("p"), w("tbl")
P_PROPERTIES, P_STYLE = w("pPr"), w("pStyle")
R_PROPERTIES, R_STYLE, VANISH = w("rPr"), w("rStyle"), w("vanish")
STRIKES = (w("strike"), w("dstrike"))
RELATION_ID = f"{{{_RELATIONS}}}id"


def value(parent: Element | None, name: str) -> str | None:
    """The value of a property; None where it is not given."""
    found = None if parent is None else parent.find(name)
    return None if found is None else found.get(VAL)


def number(parent: Element | None, name: str) -> int | None:
    """The value of a property that is a whole number; None where it is none."""
    text = value(parent, name)
    return int(text) if text is not None and _INTEGER.fullmatch(text) else None


def switch(parent: Element | None, name: str) -> bool | None:
    """Whether a property is on; None where it is not given."""
    found = None if parent is None else parent.find(name)
    return None if found is None else found.get(VAL) not in _OFF


def any_switch(parent: Element | None, names: Sequence[str]) -> bool | None:
    """Whether one of several properties is on; None where none of them is given."""
    given = [held for name in names if (held := switch(parent, name)) is not None]
    return any(given) if given else None


def chosen(alternatives: Element) -> Element | None:
    """Which of several ways to write the same is read: the newest, unless only the old one has text."""
    choice, fallback = alternatives.find(mc("Choice")), alternatives.find(mc("Fallback"))
    if choice is None or (fallback is not None and not _has_text(choice) and _has_text(fallback)):
        return fallback
    return choice


def _has_text(element: Element) -> bool:
    return next(element.iter(w("t")), None) is not None
