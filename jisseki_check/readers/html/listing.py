"""The signs and numbers of a page's lists."""

from __future__ import annotations

from dataclasses import dataclass

from jisseki_check.readers.docx.numerals import written
from jisseki_check.readers.html.elements import style_of, whole
from jisseki_check.readers.xml_parts import Element

_BULLET = "・"
_KINDS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-decimal": "ideographDigital",
    "cjk-ideographic": "japaneseCounting",
    "japanese-informal": "japaneseCounting",
    "japanese-formal": "japaneseLegal",
    "katakana": "aiueoFullWidth",
    "katakana-iroha": "irohaFullWidth",
}
_CJK = frozenset(
    {"cjk-decimal", "cjk-ideographic", "japanese-informal", "japanese-formal", "katakana", "katakana-iroha"}
)
_BULLETS = frozenset({"disc", "circle", "square"})


@dataclass(slots=True)
class List:
    """One list; `kind` is None where nothing stands before its entries, "" for bullets."""

    kind: str | None
    number: int = 1
    step: int = 1

    @classmethod
    def of(cls, element: Element) -> List:
        is_numbered = element.tag == "ol"
        kind = _kind(element, "decimal" if is_numbered else "")
        if not is_numbered:
            return cls(kind)
        start = whole(element, "start")
        if element.get("reversed") is None:
            return cls(kind, 1 if start is None else start)
        count = sum(1 for child in element if child.tag == "li")
        return cls(kind, count if start is None else start, -1)

    def marker(self, entry: Element) -> str:
        """What stands before the next entry."""
        own = whole(entry, "value")
        number = self.number if own is None else own
        self.number = number + self.step
        kind = _kind(entry, self.kind)
        if kind is None or entry.tag != "li":
            return ""
        if not kind:
            return _BULLET
        return written(number, _KINDS[kind]) + ("、" if kind in _CJK else ". ")


def _kind(element: Element, usual: str | None) -> str | None:
    named = style_of(element).marker or element.get("type") or ""
    if named == "none":
        return None
    if named in _KINDS:
        return named
    return "" if named.lower() in _BULLETS else usual
