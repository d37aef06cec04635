"""Characters that a PDF's text layer names otherwise than the page shows them."""

from __future__ import annotations

import re
import unicodedata

# Radicals that stand for a whole character; those of U+2F00 to U+2FD5 have theirs in Unicode's tables.
_RADICALS = {
    0x2E92: "巳", 0x2E9D: "月", 0x2E9F: "母", 0x2EA0: "民", 0x2EA9: "王", 0x2EAB: "目", 0x2EAC: "示",
    0x2EAE: "竹", 0x2EB6: "羊", 0x2EB7: "羊", 0x2EBC: "肉", 0x2EC1: "虎", 0x2EC4: "西", 0x2EC6: "角",
    0x2EC7: "角", 0x2ECA: "足", 0x2ED1: "長", 0x2ED7: "雨", 0x2ED8: "青", 0x2EDD: "食", 0x2EE3: "骨",
    0x2EE4: "鬼", 0x2EE8: "麦", 0x2EE9: "黄", 0x2EEB: "斉", 0x2EED: "歯", 0x2EEF: "竜", 0x2EF2: "亀",
}  # fmt: skip
_RADICALS |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_SYMBOL_FONT = re.compile(r"(?:[A-Z]{6}\+)?(?P<family>wingdings|symbol)(?P<number>[ -]?[23])?", re.IGNORECASE)
_SIGNS_OF_FONTS = range(0xF020, 0xF100)


def whole_character(text: str) -> str:
    """The character that a radical stands for: both share a glyph, and the text layer names the radical."""
    return _RADICALS.get(ord(text), text) if len(text) == 1 else text


def is_private(text: str) -> bool:
    """Whether a character means something in its font only."""
    return any(0xE000 <= ord(char) <= 0xF8FF or ord(char) >= 0xF0000 for char in text)


def symbol_of(text: str, font: str) -> str | None:
    """What a private character shows that a symbol font put there; None where that is not known."""
    # Most files have no such sign, and need nothing of the other format's tables.
    from jisseki_check.readers.docx.symbols import shown

    if ord(text) not in _SIGNS_OF_FONTS:
        return None
    known = _SYMBOL_FONT.match(font)
    name = known["family"] + (f" {known['number'][-1]}" if known["number"] else "") if known else None
    sign = shown(ord(text), name)
    return None if is_private(sign) else sign
