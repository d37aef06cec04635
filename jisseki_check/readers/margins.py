"""Headers and footers: what stands on the pages of a document and in no field of its report.

A title, a department or a page number there says nothing that is to be judged, and is kept only so that it
can be looked through for what must not be published. What speaks of figures or in sentences is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jisseki_check.model import Location, Remark
from jisseki_check.notation.width import fold

HEADER, FOOTER = "ヘッダー", "フッター"

# A page's number, whatever stands around it: 「- 3 -」, 「3/12ページ」, "Page 3 of 12".
_NUMBERING = re.compile(r"ページ|頁|全|第|中|枚目|枚|page|of|p(?![a-z])|[\W\d_]", re.IGNORECASE)
_SPEAKS = re.compile(r"[。※]|(?:です|ます|ました|ません)(?=\s|\Z)|[0-9][0-9,.]* *(?:円|[千万億]円|百万円)")


def is_numbering(text: str) -> bool:
    """Whether a line holds nothing but the page's number, or no words at all."""
    return not _NUMBERING.sub("", fold(text))


def margin_remarks(texts: Iterable[tuple[str, str, Location | None]]) -> Iterator[Remark]:
    """A remark for each different text, which comes with HEADER or FOOTER and its place: "unread" where it
    tells something of the report, else "page". What only numbers the pages is none."""
    seen: set[tuple[str, str]] = set()
    for where, text, at in texts:
        words = "\n".join(line for line in text.split("\n") if not is_numbering(line))
        key = where, "".join(words.split())
        if words and key not in seen:
            seen.add(key)
            kind = "unread" if _SPEAKS.search(fold(words)) else "page"
            yield Remark(kind, f"{where}：{words}", at=at)
