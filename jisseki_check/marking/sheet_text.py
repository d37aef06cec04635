"""Texts in a workbook: always strings, whatever they begin with."""

from __future__ import annotations

import re

from lxml import etree

from jisseki_check.marking.styles import MAIN

_M = f"{{{MAIN}}}"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """A text that itself looks like the escape of a character would be read as that character."""
    return _ESCAPE.sub(r"_x005F_x\1_", text)


def unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def put(parent: etree._Element, text: str) -> None:
    """A text element, its blanks kept."""
    element = etree.SubElement(parent, f"{_M}t")
    element.text = escaped(text)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def held(parent: etree._Element | None) -> str:
    """The text of a string, of its parts if it has some; not how it is read aloud."""
    if parent is None:
        return ""
    runs = parent.iterfind(f"{_M}r/{_M}t") if parent.find(f"{_M}r") is not None else parent.iterfind(f"{_M}t")
    return unescaped("".join(each.text or "" for each in runs)).replace("\r\n", "\n")
