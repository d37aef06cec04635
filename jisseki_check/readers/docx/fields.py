"""Fields of a Word file: instructions, of which the text shows only the result."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jisseki_check.readers import inert
from jisseki_check.readers.docx.names import VAL, number, switch, w
from jisseki_check.readers.docx.numerals import written
from jisseki_check.readers.xml_parts import Element

_NAME = re.compile(r"\s*([A-Za-z]+)")
# Fields that fetch something from elsewhere; what they last fetched stands in the text.
_FETCHING = {
    "DDE": inert.DATA_EXCHANGE,
    "DDEAUTO": inert.DATA_EXCHANGE,
    "LINK": inert.DATA_EXCHANGE,
    "DATABASE": inert.DATA_EXCHANGE,
    "INCLUDETEXT": inert.LINKS,
    "INCLUDEPICTURE": inert.LINKS,
    "INCLUDE": inert.LINKS,
    "IMPORT": inert.LINKS,
    "RD": inert.LINKS,
}
_MACRO_BUTTON = re.compile(r"\s*MACROBUTTON\s+\S+\s+(?P<text>.*)", re.IGNORECASE | re.DOTALL)
# A formula: switches and, in brackets, what they are about. Word writes circled signs and readings so.
_FORMULA = re.compile(r"\s*EQ\s(?P<text>.*)", re.IGNORECASE | re.DOTALL)
_LAYOUT = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)')
_PART = re.compile(
    r"\s*(?P<switches>(?:\\[a-z]++\s*+-?[0-9]*+\s*+)++)\((?P<inside>.*)\)\s*+", re.IGNORECASE | re.DOTALL
)
_LONGEST = 500
_DEEPEST = 4
_CIRCLES = frozenset("○〇◯")


@dataclass(slots=True)
class Field:
    """A field that is being read: first its instruction, then, behind a separator, its result."""

    form: Element | None = None
    code: list[str] = field(default_factory=list)
    has_result: bool = False
    begun_at: int = 0

    @property
    def instruction(self) -> str:
        return "".join(self.code)


def fetches(instruction: str) -> str | None:
    """What a field would fetch from elsewhere, by the name that the remarks give it; None for all others."""
    match = _NAME.match(instruction)
    return _FETCHING.get(match[1].upper()) if match else None


def shown_without_result(held: Field) -> str:
    """What a field shows although no result is stored with it."""
    if held.form is not None:
        return _form_value(held.form)
    instruction = held.instruction
    match = _MACRO_BUTTON.match(instruction)
    if match:
        return match["text"].strip()
    match = _FORMULA.match(instruction)
    return _formula(_LAYOUT.sub("", match["text"][:_LONGEST])) if match else ""


def _form_value(form: Element) -> str:
    box, choice = form.find(w("checkBox")), form.find(w("ddList"))
    if box is not None:
        checked = switch(box, w("checked"))
        return "☑" if (switch(box, w("default")) if checked is None else checked) else "☐"
    if choice is None:
        return ""
    entries = [entry.get(VAL, "") for entry in choice.iter(w("listEntry"))]
    place = number(choice, w("result"))
    place = number(choice, w("default")) if place is None else place
    return entries[place or 0] if 0 <= (place or 0) < len(entries) else ""


def _formula(text: str, depth: int = 0) -> str:
    """The characters of a formula; of those put over each other, the last, which is not the reading."""
    match = _PART.fullmatch(text) if depth < _DEEPEST else None
    if match is None:
        return text.strip()
    parts = [part for each in _parts(match["inside"]) if (part := _formula(each, depth + 1))]
    switches = match["switches"].lower()
    if "\\o" in switches:
        return _over_each_other(parts)
    return ("/" if "\\f" in switches else "").join(parts)


def _over_each_other(parts: list[str]) -> str:
    if len(parts) > 1 and parts[0] in _CIRCLES and re.fullmatch("[0-9０-９]{1,2}", parts[-1]):
        return written(int(parts[-1]), "decimalEnclosedCircle")
    return parts[-1] if parts else ""


def _parts(text: str) -> list[str]:
    """What stands between the commas that no further bracket holds."""
    parts, depth = [""], 0
    for char in text:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "," and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts
