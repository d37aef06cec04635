"""HTML tags and character entities in a text that should have none.

Elements as in the HTML Living Standard, with the obsolete ones that office software still writes.
"""

from __future__ import annotations

import re

_BREAKING = (
    "address|article|aside|blockquote|body|br|caption|center|dd|div|dl|dt|figure|footer|form|h[1-6]|header|hr"
    "|html|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = (
    "a|abbr|audio|b|big|button|code|col|colgroup|del|em|embed|font|head|i|iframe|img|input|ins|label|link|mark"
    "|meta|nobr|object|q|rp|rt|ruby|s|script|small|span|strike|strong|style|sub|sup|svg|title|tt|u|video|wbr"
)
MARKUP = re.compile(
    rf"</?(?=[a-z])(?P<tag>(?P<breaking>{_BREAKING})|{_INLINE})"
    r"(?:\s+(?:[a-z][a-z:-]*\s*=[^<>]*|nowrap|noshade))?\s*/?>"
    r"|&(?P<entity>amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#x[0-9a-f]{1,6});",
    re.IGNORECASE | re.ASCII,
)
"""A tag (group `tag`; `breaking` where it ends a line) or an entity (group `entity`). A first attribute
needs a value, so that 「a<b かつ c>d」 is a comparison and not a tag; 「<部の構成>」 is text."""


def kind_of(match: re.Match[str]) -> str:
    """How a match of MARKUP is named to people: <p> for 「</P>」, and an entity as it stands."""
    return f"<{match['tag'].lower()}>" if match["tag"] else match[0]
