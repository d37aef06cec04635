"""Digits as the formats of East Asia write them: [DBNum1] 三十, [DBNum2] 参拾, [DBNum3] ３０."""

from __future__ import annotations

import re

_DIGITS = {"1": "〇一二三四五六七八九", "2": "〇壱弐参四伍六七八九", "3": "０１２３４５６７８９"}
_TABLES = {kind: str.maketrans("0123456789", digits) for kind, digits in _DIGITS.items()}
_SMALL = {"1": ("", "十", "百", "千"), "2": ("", "拾", "百", "阡"), "3": ("", "十", "百", "千")}
_LARGE = {"1": ("", "万", "億", "兆"), "2": ("", "萬", "億", "兆"), "3": ("", "万", "億", "兆")}
_NUMBER = re.compile(r"[0-9]+")
_GROUP = 4


def written(text: str, kind: str) -> str:
    """`text` with its digits one by one in the kind's own ("": as they are)."""
    return text.translate(_TABLES[kind]) if kind else text


def with_units(text: str, kind: str) -> str:
    """`text` with its whole numbers in the kind's words: 三十, not 三〇; full-width digits have none."""
    if kind not in ("1", "2"):
        return written(text, kind)
    before, point, after = text.partition(".")
    return _NUMBER.sub(lambda match: _in_words(match[0], kind), before) + point + written(after, kind)


def _in_words(digits: str, kind: str) -> str:
    digits = digits.lstrip("0")
    if len(digits) > _GROUP * len(_LARGE[kind]):
        return written(digits, kind)
    words = ""
    for power in range(0, len(digits), _GROUP):
        group = digits[: len(digits) - power][-_GROUP:]
        said = "".join(
            _word(digit, len(group) - 1 - place, kind) for place, digit in enumerate(group) if digit != "0"
        )
        words = said + (_LARGE[kind][power // _GROUP] if said else "") + words
    return words or _DIGITS[kind][0]


def _word(digit: str, power: int, kind: str) -> str:
    is_said = digit != "1" or power == 0 or kind == "2"
    return (written(digit, kind) if is_said else "") + _SMALL[kind][power]
