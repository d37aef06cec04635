"""The styles of a workbook: how a cell shows its value, and whether it strikes it through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from jisseki_check.readers.xlsx.format_codes import BUILT_IN, GENERAL
from jisseki_check.readers.xlsx.number_formats import NumberFormat, parse_format
from jisseki_check.readers.xlsx.streaming import SPREADSHEET, Listener, count_in
from jisseki_check.readers.xlsx.texts import is_on

_MOST = 100_000  # Excel takes 65,490 styles


@dataclass(frozen=True, slots=True)
class Style:
    format: NumberFormat
    is_struck: bool = False


PLAIN = Style(parse_format(GENERAL))


class Styles(Listener):
    """Hears styles.xml, and then knows the style of each number that cells have as theirs."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self._struck_fonts: set[int] = set()
        self._fonts = 0
        self._within = ""
        self._styles: list[tuple[str, int]] = []
        self._made: dict[str | None, Style] = {None: PLAIN}
        for name in ("fonts", "cellStyleXfs", "cellXfs", "dxfs"):
            self.on(SPREADSHEET, name, partial(self._enter, name))
        self.on(SPREADSHEET, "numFmt", self._add_format)
        self.on(SPREADSHEET, "font", self._add_font)
        self.on(SPREADSHEET, "strike", self._strike_font)
        self.on(SPREADSHEET, "xf", self._add_style)

    def of(self, number: str | None) -> Style:
        """The style of a cell by its number there; the usual one where no such style is given."""
        style = self._made.get(number)
        if style is None:
            style = self._made[number] = self._make(number)
        return style

    def _enter(self, name: str, _: Mapping[str, str]) -> None:
        self._within = name

    def _add_format(self, attributes: Mapping[str, str]) -> None:
        if self._within != "dxfs" and len(self._codes) < _MOST:
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", GENERAL)

    def _add_font(self, _: Mapping[str, str]) -> None:
        self._fonts += self._within == "fonts"

    def _strike_font(self, attributes: Mapping[str, str]) -> None:
        if self._within == "fonts" and is_on(attributes.get("val")):
            self._struck_fonts.add(self._fonts - 1)

    def _add_style(self, attributes: Mapping[str, str]) -> None:
        if self._within == "cellXfs" and len(self._styles) < _MOST:
            self._styles.append((attributes.get("numFmtId", "0"), count_in(attributes.get("fontId", "0"))))

    def _make(self, number: str | None) -> Style:
        at = count_in(number)
        if not 0 <= at < len(self._styles):
            return PLAIN
        format_id, font = self._styles[at]
        built_in = BUILT_IN.get(count_in(format_id), GENERAL)
        return Style(parse_format(self._codes.get(format_id, built_in)), font in self._struck_fonts)
