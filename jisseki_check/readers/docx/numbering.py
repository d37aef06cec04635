"""Word's automatic numbering: what it writes before a paragraph, which no text of the file holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from jisseki_check.readers.docx.names import P_STYLE, chosen, mc, number, switch, value, w
from jisseki_check.readers.docx.numerals import written
from jisseki_check.readers.docx.styles import Style, Styles
from jisseki_check.readers.docx.symbols import shown
from jisseki_check.readers.xml_parts import Element

_PLACE = re.compile("%([1-9])")
_WIDE = frozenset("WFA")
_MOST_LINKS = 5


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str
    suffix: str
    restart: int | None
    in_digits: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """A numbered list (w:num): the definition whose counters it shares, its levels, where it starts anew."""

    definition: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """The counters of a document: each label is asked for once, in the order of the text."""

    styles: Styles
    root: Element | None = None
    _lists: dict[str, _List | None] = field(default_factory=dict)
    _named: dict[str, dict[str, Element]] = field(default_factory=dict)
    _defined: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, properties: Element | None) -> str:
        """What stands before the paragraph with these properties (w:pPr); "" where nothing does."""
        if self.root is None:
            return ""
        name = value(properties, P_STYLE)
        style = self.styles.paragraph(name)
        numbered = None if properties is None else properties.find(w("numPr"))
        num_id = value(numbered, w("numId")) or style.num_id
        held = self._list(num_id) if num_id not in (None, "0") else None
        if num_id is None or held is None:
            return ""
        own = number(numbered, w("ilvl"))
        place = own if own is not None else self._place(held, name, style)
        level = held.levels.get(place)
        if level is None:
            return ""
        return _with_suffix(self._text(num_id, held, place, level), level)

    def _place(self, held: _List, name: str | None, style: Style) -> int:
        """The level of a paragraph that is numbered by its style."""
        bound = next((place for place, level in held.levels.items() if name and level.style == name), None)
        return bound if bound is not None else style.level or 0

    def _text(self, num_id: str, held: _List, place: int, level: _Level) -> str:
        counters = self._counters.setdefault(held.definition, {})
        if place in held.starts and (num_id, place) not in self._started:
            counters[place] = held.starts[place]
        else:
            counters[place] = counters.get(place, level.start - 1) + 1
        self._started.add((num_id, place))
        for deeper in [each for each in counters if each > place]:
            restart = held.levels[deeper].restart if deeper in held.levels else None
            if restart is None or place < restart:
                del counters[deeper]
        if level.kind == "bullet":
            return level.text
        return _PLACE.sub(lambda match: self._number(held, int(match[1]) - 1, level, counters), level.text)

    def _number(self, held: _List, place: int, shown_by: _Level, counters: Mapping[int, int]) -> str:
        level = held.levels.get(place)
        if level is None:
            return ""
        kind = "decimal" if shown_by.in_digits and level.kind != "none" else level.kind
        return written(counters.get(place, level.start), kind)

    # --- the definitions --------------------------------------------------------------------------

    def _list(self, num_id: str | None) -> _List | None:
        if num_id is None:
            return None
        if num_id not in self._lists:
            self._lists[num_id] = self._read(num_id)
        return self._lists[num_id]

    def _read(self, num_id: str) -> _List | None:
        num = self._found("num", "numId", num_id)
        definition = self._definition(num)
        if num is None or definition is None:
            return None
        name = definition.get(w("abstractNumId"), "")
        levels = dict(self._levels(name, definition))
        starts = {}
        for override in num.iter(w("lvlOverride")):
            place = next(iter(_places(override)), 0)
            own = override.find(w("lvl"))
            if own is not None:
                levels[place] = _level(own)
            start = number(override, w("startOverride"))
            if start is not None:
                starts[place] = start
        return _List(name, levels, starts)

    def _levels(self, name: str, definition: Element) -> Mapping[int, _Level]:
        if name not in self._defined:
            levels = ((_places(element), element) for element in definition.iter(w("lvl")))
            self._defined[name] = {places[0]: _level(element) for places, element in levels if places}
        return self._defined[name]

    def _definition(self, num: Element | None) -> Element | None:
        """A list's definition; one that names a style stands with that style's own list."""
        for _ in range(_MOST_LINKS):
            definition = self._found("abstractNum", "abstractNumId", value(num, w("abstractNumId")))
            link = value(definition, w("numStyleLink"))
            if definition is None or link is None:
                return definition
            num = self._found("num", "numId", self.styles.style(link).num_id)
        return None

    def _found(self, kind: str, key: str, name: str | None) -> Element | None:
        assert self.root is not None
        if kind not in self._named:
            # Of two with one name, the first counts.
            entries = list(self.root.iter(w(kind)))
            self._named[kind] = {each.get(w(key), ""): each for each in reversed(entries)}
        return None if name is None else self._named[kind].get(name)


def _places(element: Element) -> list[int]:
    """The level that an element is about, from 0; [] where it says none."""
    text = element.get(w("ilvl"), "")
    return [int(text)] if re.fullmatch("[0-8]", text) else []


def _level(element: Element) -> _Level:
    start = number(element, w("start"))
    kind = _kind(element)
    text = value(element, w("lvlText")) or ""
    if kind == "bullet":
        text = _bullet(text, element.find(f"{w('rPr')}/{w('rFonts')}"))
    hidden = switch(element.find(w("rPr")), w("vanish"))
    return _Level(
        start=1 if start is None else start,
        kind=kind,
        text="" if hidden else text,
        suffix=value(element, w("suff")) or "tab",
        restart=number(element, w("lvlRestart")),
        in_digits=switch(element, w("isLgl")) or False,
        style=value(element, w("pStyle")),
    )


def _bullet(text: str, fonts: Element | None) -> str:
    if text == "o":  # Word's own second bullet: a letter that is to look like a circle
        return "○"
    font = None if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi"))
    return "".join(shown(ord(char), font) for char in text)


def _kind(element: Element) -> str:
    kind = value(element, w("numFmt"))
    alternatives = element.find(mc("AlternateContent"))
    if kind is None and alternatives is not None:
        # The newer way is a pattern of one's own (001, 002, …); the other is the nearest ordinary kind.
        fallback = alternatives.find(mc("Fallback"))
        kind = value(fallback if fallback is not None else chosen(alternatives), w("numFmt"))
    return kind or "decimal"


def _with_suffix(text: str, level: _Level) -> str:
    """A label and what parts it from its text: a blank, unless the label ends with a wide sign."""
    last = text[-1:]
    if not text or level.suffix == "nothing" or last.isspace():
        return text
    is_wide_sign = east_asian_width(last) in _WIDE and not last.isalpha() and not last.isdecimal()
    return text if is_wide_sign else f"{text} "
