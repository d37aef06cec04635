"""The texts of a workbook: those that cells share, and those that stand in one cell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jisseki_check.model import Location, Unreadable
from jisseki_check.readers.decoding import BLANKS
from jisseki_check.readers.xlsx.streaming import SPREADSHEET, Listener

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_BREAK = re.compile(r"\r\n|\r|\n")
_NO = frozenset({"0", "false", "off"})

Paragraphs = tuple[str, ...]


def unescaped(text: str) -> str:
    """`text` with the characters that XML cannot hold, or that Excel writes so, such as _x000D_."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def paragraphs_of(text: str) -> Paragraphs:
    """The lines of a text that are not blank, without the blanks around them."""
    if "\n" not in text and "\r" not in text:
        text = text.strip(BLANKS)
        return (text,) if text else ()
    return tuple(filter(None, (line.strip(BLANKS) for line in _BREAK.split(text))))


def is_on(value: str | None) -> bool:
    """Whether an attribute that may be left out of an element says yes (`<strike/>`, `val="1"`)."""
    return value is None or value.lower() not in _NO


class TextListener(Listener):
    """Puts the runs of a text together, without the kana that only tell how kanji are read."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._struck_pieces: list[str] = []
        self._is_struck = self._is_phonetic = False
        self.on(SPREADSHEET, "t", self._open_text, self._close_text)
        self.on(SPREADSHEET, "r", self._begin_run, self._end_run)
        self.on(SPREADSHEET, "rPh", self._begin_kana, self._end_kana)
        self.on(SPREADSHEET, "strike", self._strike)

    def taken(self) -> tuple[str, str]:
        """The text that was heard, and what of it is struck through; then the next one begins."""
        text, struck = "".join(self._pieces), "".join(self._struck_pieces)
        self._pieces.clear()
        self._struck_pieces.clear()
        return text, struck

    def _open_text(self, _: Mapping[str, str]) -> None:
        if not self._is_phonetic:
            self.collect()

    def _close_text(self) -> None:
        if not self._is_phonetic:
            piece = unescaped(self.collected())
            self._pieces.append(piece)
            if self._is_struck:
                self._struck_pieces.append(piece)

    def _begin_run(self, _: Mapping[str, str]) -> None:
        self._is_struck = False

    def _end_run(self) -> None:
        self._is_struck = False

    def _begin_kana(self, _: Mapping[str, str]) -> None:
        self._is_phonetic = True

    def _end_kana(self) -> None:
        self._is_phonetic = False

    def _strike(self, attributes: Mapping[str, str]) -> None:
        self._is_struck = is_on(attributes.get("val"))


class SharedTexts(TextListener):
    """The table of the texts that cells share. `struck`: what is struck through, by the text's number."""

    most_tags = 20_000_000

    def __init__(self, most: int, name: str) -> None:
        super().__init__()
        self.texts: list[Paragraphs] = []
        self.struck: dict[int, str] = {}
        self._most = most
        self._name = name
        self.on(SPREADSHEET, "si", closed=self._end_shared)

    def _end_shared(self) -> None:
        text, struck = self.taken()
        if struck.strip(BLANKS):
            self.struck[len(self.texts)] = struck.strip(BLANKS)
        if len(self.texts) == self._most:
            raise Unreadable(
                f"ブックに登録された文字列が多すぎます（上限は{self._most:,}個）",
                fix="部ごとのファイルに分けてください。",
                at=Location(path=self._name),
            )
        self.texts.append(paragraphs_of(text))
