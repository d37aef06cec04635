"""The styles of a workbook: the cell formats that marks need, beside those that are there."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from jisseki_check.marking.package import parsed, place_after
from jisseki_check.marking.refusal import CannotMark
from jisseki_check.model import Severity

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_M = f"{{{MAIN}}}"

# Pale, and of no palette: a cell of this very colour was painted by us.
COLOURS = {Severity.ERROR: "FFFAD4D3", Severity.WARNING: "FFFFF1BE", Severity.INFO: "FFD8E7FA"}
_OURS = frozenset(COLOURS.values())

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")

EMPTY = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="游ゴシック"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).encode()


class Styles:
    """Adds to a styles part; what is there keeps its number. Nothing is added twice."""

    def __init__(self, edit: Callable[[], etree._Element], root: etree._Element) -> None:
        self._edit = edit
        self._root = root
        self._known: dict[str, dict[bytes, int]] = {}

    def painted(self, style: int, severity: Severity) -> int:
        """A cell format like this one, on the colour of a finding."""
        return self._filled(style, _solid(COLOURS[severity]))

    def is_ours(self, style: int) -> bool:
        """Whether cells of this format have one of our colours."""
        colour = self._fill(style).find(f"{_M}patternFill/{_M}fgColor")
        return colour is not None and colour.get("rgb", "").upper() in _OURS

    def fill_text(self, style: int) -> str:
        """The fill of a cell format as text; "" where there is none to speak of."""
        fill = self._fill(style)
        pattern = fill.find(f"{_M}patternFill")
        if pattern is not None and pattern.get("patternType", "none") == "none":
            return ""
        return etree.tostring(fill, method="c14n").decode()

    def refilled(self, style: int, text: str) -> int:
        """A cell format like this one, with the fill that `fill_text` gave."""
        return self._filled(style, _fill_of(text))

    def added(
        self,
        font: etree._Element | None = None,
        colour: str | None = None,
        *,
        border: bool = False,
        number: str = "0",
        quoted: bool = False,
        **alignment: str,
    ) -> int:
        """A cell format of our own sheet. `number`: the format of numbers; `quoted`: a text stays one when
        it is edited; `alignment`: its attributes."""
        xf = _new("xf")
        xf.set("numFmtId", number)
        xf.set("fontId", str(0 if font is None else self._number("fonts", font)))
        xf.set("fillId", str(0 if colour is None else self._number("fills", _solid(colour))))
        xf.set("borderId", str(self._number("borders", _thin_border()) if border else 0))
        xf.set("xfId", "0")
        if quoted:
            xf.set("quotePrefix", "1")
        for part in ("NumberFormat", "Font", "Fill", "Border", "Alignment"):
            xf.set(f"apply{part}", "1")
        etree.SubElement(xf, f"{_M}alignment", alignment)
        return self._number("cellXfs", xf)

    def font(
        self,
        *,
        bold: bool = False,
        underlined: bool = False,
        colour: str | None = None,
        size: str | None = None,
    ) -> etree._Element:
        """The workbook's usual font, changed."""
        font = deepcopy(self._list("fonts")[0])
        replaced = ["b", "i", "strike", "u", *(["sz"] if size else []), *(["color"] if colour else [])]
        for tag in replaced:
            for old in font.findall(f"{_M}{tag}"):
                font.remove(old)
        if bold:
            font.insert(0, etree.Element(f"{_M}b"))
        if underlined:
            place_after(font, ("b", "shadow"), etree.Element(f"{_M}u"))
        if size:
            place_after(font, ("b", "shadow", "u", "vertAlign"), etree.Element(f"{_M}sz", val=size))
        if colour:
            place_after(
                font, ("b", "shadow", "u", "vertAlign", "sz"), etree.Element(f"{_M}color", rgb=colour)
            )
        return font

    def _filled(self, style: int, fill: etree._Element) -> int:
        xf = deepcopy(self._xf(style))
        number = str(self._number("fills", fill))
        if xf.get("fillId", "0") == number:
            return style
        xf.set("fillId", number)
        xf.set("applyFill", "1")
        return self._number("cellXfs", xf)

    def _fill(self, style: int) -> etree._Element:
        return self._at("fills", int(self._xf(style).get("fillId", "0")))

    def _xf(self, style: int) -> etree._Element:
        return self._at("cellXfs", style)

    def _at(self, name: str, number: int) -> etree._Element:
        held = self._list(name)
        if not 0 <= number < len(held):
            raise CannotMark("ブックの書式の番号が合っていません")
        return held[number]

    def _number(self, name: str, new: etree._Element) -> int:
        """The position of an element in its list, where it is added if no equal one is there."""
        held = self._list(name)
        if name not in self._known:
            known: dict[bytes, int] = {}
            for position, each in enumerate(held):
                known.setdefault(_key(each), position)
            self._known[name] = known
        known = self._known[name]
        key = _key(new)
        if key not in known:
            self._edit()
            held.append(new)
            held.set("count", str(len(held)))
            known[key] = len(held) - 1
        return known[key]

    def _list(self, name: str) -> etree._Element:
        """A list of the part; where it is missing or empty, with what a workbook has at the least."""
        held = self._root.find(f"{_M}{name}")
        if held is None:
            held = etree.Element(f"{_M}{name}")
            place_after(self._root, _ORDER[: _ORDER.index(name)], held)
        if not len(held):
            usual = parsed(EMPTY).find(f"{_M}{name}")
            held.extend([] if usual is None else list(usual))
        return held


def _key(element: etree._Element) -> bytes:
    """Equal elements have equal keys, whatever the order of their attributes; prefixes count."""
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False).strip()


def _new(tag: str) -> etree._Element:
    return parsed(f'<{tag} xmlns="{MAIN}"/>'.encode())


def _solid(colour: str) -> etree._Element:
    fill = _new("fill")
    pattern = etree.SubElement(fill, f"{_M}patternFill", patternType="solid")
    etree.SubElement(pattern, f"{_M}fgColor", rgb=colour)
    etree.SubElement(pattern, f"{_M}bgColor", indexed="64")
    return fill


def _fill_of(text: str) -> etree._Element:
    """The fill that a text describes; staff may have changed the text, then it is none."""
    if text:
        try:
            fill = parsed(text.encode())
        except CannotMark:
            fill = None
        if fill is not None and fill.tag == f"{_M}fill" and len(fill) == 1:
            return fill
    fill = _new("fill")
    etree.SubElement(fill, f"{_M}patternFill", patternType="none")
    return fill


def _thin_border() -> etree._Element:
    border = _new("border")
    for side in ("left", "right", "top", "bottom"):
        edge = etree.SubElement(border, f"{_M}{side}", style="thin")
        etree.SubElement(edge, f"{_M}color", rgb="FFBFBFBF")
    etree.SubElement(border, f"{_M}diagonal")
    return border
