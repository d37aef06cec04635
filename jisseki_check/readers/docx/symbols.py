"""Signs of the fonts that hold pictures in the place of letters, as the characters that they show."""

from __future__ import annotations

import re

_PRIVATE = range(0xF020, 0xF100)
_PRIVATE_SIGN = re.compile(r"[\uf020-\uf0ff]")
_WINGDINGS = {
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x70: "□",
    0x71: "❑",
    0x72: "❒",
    0x73: "◆",
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x78: "☒",
    0x80: "⓪",
    **{0x81 + place: chr(ord("①") + place) for place in range(10)},
    0x8B: "⓿",
    **{0x8C + place: chr(ord("❶") + place) for place in range(10)},
    0x9E: "・",
    0x9F: "•",
    0xA0: "▪",
    0xA1: "○",
    0xA2: "○",
    0xA3: "○",
    0xA4: "◉",
    0xA5: "◎",
    0xA7: "▪",
    0xA8: "□",
    0xAA: "✦",
    0xAB: "★",
    0xB2: "✧",
    0xD8: "➢",
    0xDC: "➲",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE7: "←",
    0xE8: "→",
    0xE9: "↑",
    0xEA: "↓",
    0xEF: "⇦",
    0xF0: "⇨",
    0xF1: "⇧",
    0xF2: "⇩",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0xA3: "□",
}
_SYMBOL = {
    0x2D: "−",
    0x44: "Δ",
    0x53: "Σ",
    0x57: "Ω",
    0x61: "α",
    0x62: "β",
    0x6D: "μ",
    0xA2: "′",
    0xA3: "≤",
    0xA5: "∞",
    0xA8: "♦",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xBC: "…",
    0xD6: "√",
    0xD7: "·",
    0xDE: "⇒",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def shown(code: int, font: str | None) -> str:
    """What a character of a font shows. One that is not known stays as it is."""
    signs = _FONTS.get((font or "").lower())
    if signs is None:
        # Office puts such signs into a private range, even where the font was lost on the way.
        return _WINGDINGS.get(code - 0xF000, chr(code)) if code in _PRIVATE else chr(code)
    return signs.get(code - 0xF000 if code in _PRIVATE else code, chr(code))


def shown_text(text: str, font: str | None) -> str:
    """A text with the characters of the private range as what they show."""
    return _PRIVATE_SIGN.sub(lambda match: shown(ord(match[0]), font), text)


def has_symbols(text: str) -> bool:
    """Whether a text holds characters of the private range."""
    return _PRIVATE_SIGN.search(text) is not None
