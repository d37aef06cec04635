"""Texts that a spreadsheet must not take for formulas when it opens a CSV file, and back again.

One apostrophe goes in front of what a spreadsheet would calculate. A text that has apostrophes there of its
own gets one more, so that taking one away always gives the text that it was.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[ \u00a0\u3000]*[=+\-@\t\r\n＝＋－＠]")


def neutralised(text: str) -> str:
    """The text as it may stand in a cell of a CSV file."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that `neutralised` was given; any other stays as it is."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
