"""Text for people: widths of a terminal, line breaks of Japanese, nothing that could steer a terminal.

Imported on the way to `--help`, so it imports next to nothing.
"""

from __future__ import annotations

import re

from jisseki_check.notation.width import display_width

# C0 and C1 controls, soft hyphen, zero-width and bidirectional controls, line and paragraph
# separators, lone surrogates, tags: what a terminal or a reader would obey instead of seeing; and the two
# that no XML file may hold. Then what a pipeline that reads the log would obey: `::name …::` as GitHub
# writes its commands, `##[name]` anywhere in a line as it did before, `##vso[` and `##teamcity[`.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0001-\U000e007f]|:(?=:)|#(?=#(?:vso|teamcity)?\\[)"
)
_BLANKS = re.compile(r"[\t\r\n\u2028\u2029]+")

# A number with its unit, a Latin word and a code stay on one line; everything else may break anywhere.
_TOKENS = re.compile(
    r"[0-9０-９][0-9０-９,，.．]*(?:百万円|千円|万円|億円|円|年度|％|%)?|[!-~]+|\s+|.", re.DOTALL
)
_NOT_FIRST = frozenset(
    "、。，．・：；？！）」』】〉》〕］｝…‥ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％,.:;?!)]}"
)
_NOT_LAST = frozenset("（「『【〈《〔［｛([{")

_CARRIED = 3  # tokens that a line gives to the next at most, lest 」」」」 take it whole

_STYLES = {"error": "31;1", "warning": "33", "info": "36", "strong": "1", "faint": "2", "good": "32;1"}


def clean(text: str) -> str:
    """One line of `text` that is safe to print: line feeds become blanks, controls become ⟦U+202E⟧."""
    return _UNSAFE.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", _BLANKS.sub(" ", text))


def pad(text: str, columns: int) -> str:
    return text + " " * (columns - display_width(text))


def shorten(text: str, columns: int) -> str:
    """`text`, cut at `columns` with an ellipsis."""
    if display_width(text) <= columns:
        return text
    kept, used = [], 1
    for character in text:
        used += display_width(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept) + "…"


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most `columns` columns, broken as Japanese is: no 。 or ） begins a line, no （ ends one.

    Two columns of each line are kept for a 。 or ） that hangs over its end.
    """
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for token in _pieces(text, columns - 2):
        size = display_width(token)
        hangs = token in _NOT_FIRST and used + size <= columns
        if line and used + size > columns - 2 and not hangs:
            carried = _carried(line, token)
            lines.append("".join(line).rstrip())
            line = carried
            used = sum(map(display_width, carried))
        if line or not token.isspace():
            line.append(token)
            used += size
    if line:
        lines.append("".join(line).rstrip())
    return lines or [""]


def _carried(line: list[str], token: str) -> list[str]:
    """Takes from the end of `line` what must stand on the next one, before `token`."""
    carried: list[str] = []
    while len(line) > 1 and len(carried) < _CARRIED:
        following = carried[0] if carried else token
        if following not in _NOT_FIRST and line[-1] not in _NOT_LAST:
            break
        carried.insert(0, line.pop())
    return carried


def _pieces(text: str, columns: int) -> list[str]:
    """Tokens, those that are wider than a line cut to characters."""
    pieces: list[str] = []
    for token in _TOKENS.findall(text):
        if display_width(token) > columns:
            pieces.extend(token)
        else:
            pieces.append(token)
    return pieces


def paint(text: str, style: str, color: bool) -> str:
    """`text` in a named style where colours are wanted; the names are those of `_STYLES`."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if color else text
