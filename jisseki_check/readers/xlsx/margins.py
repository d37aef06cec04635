"""The headers and footers that a sheet is printed with, whose codes stand for what only the printer knows."""

from __future__ import annotations

import re

from jisseki_check.readers.decoding import BLANKS
from jisseki_check.readers.margins import FOOTER, HEADER
from jisseki_check.readers.xlsx.texts import unescaped

MARGINS = {
    f"{pages}{name}": named
    for pages in ("odd", "even", "first")
    for name, named in (("Header", HEADER), ("Footer", FOOTER))
}
"""The elements that hold them (ECMA-376, part 1, 18.3.1.46), and what they are to people."""

_CODE = re.compile(
    r'&(?P<code>&|"[^"]*"|K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{1,3})|[0-9]{1,3}|[PN](?:[+-][0-9]+)?|[A-Za-z])'
)
_PARTS = frozenset("LCR")


def shown(text: str) -> str:
    """The words of a header or footer, a line for each of its parts; pages, dates and names of files are
    left out with the looks."""
    plain = _CODE.sub(lambda match: _meant(match["code"]), unescaped(text))
    lines = (line.strip(BLANKS) for line in plain.splitlines())
    return "\n".join(line for line in lines if line)


def _meant(code: str) -> str:
    return "&" if code == "&" else "\n" if code.upper() in _PARTS else ""
