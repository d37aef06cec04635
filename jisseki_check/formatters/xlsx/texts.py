"""Texts as a cell of a workbook can hold them."""

from __future__ import annotations

LONGEST = 32_767  # UTF-16 units that a cell holds
_RICH = "<r>"  # XlsxWriter takes such a text for markup of its own


def cell_text(text: str) -> str:
    """The text, cut where a cell would not hold it, which it then says."""
    if len(text) * 2 > LONGEST and _units(text) > LONGEST:
        text = _cut(text)
    return f" {text}" if text.startswith(_RICH) else text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str) -> str:
    """All but what has no room, and how many characters that is."""
    room = LONGEST - len(_notice(len(text)))
    kept = text[:room]
    while _units(kept) > room:
        kept = kept[: len(kept) - (_units(kept) - room + 1) // 2]
    return kept + _notice(len(text) - len(kept))


def _notice(missing: int) -> str:
    return f"…（セルに入る長さを超えるため、以下{missing:,}字を省きました）"
