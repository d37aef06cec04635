"""Characters that a file cannot hold; U+FFFD stands in their place."""

from __future__ import annotations

from jisseki_check.patterns import lazy_compile

_SURROGATE = lazy_compile("[\ud800-\udfff]")
_NOT_IN_XML = lazy_compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STAND_IN = "\ufffd"


def without_surrogates(text: str) -> str:
    """Text that has bytes in UTF-8."""
    return _SURROGATE.sub(_STAND_IN, text)


def for_documents(text: str) -> str:
    """Text that may stand in XML, and in a text that a reader takes for one. A carriage return would come
    back as a line feed: it is one at once."""
    return _NOT_IN_XML.sub(_STAND_IN, text.replace("\r\n", "\n").replace("\r", "\n"))
