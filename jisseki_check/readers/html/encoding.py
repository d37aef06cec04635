"""A web page's bytes → its text."""

from __future__ import annotations

import re
from contextlib import suppress

from jisseki_check.model import Location, Unreadable
from jisseki_check.readers.decoding import decode

_HEAD = 4_096
_SAID = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_:-]+)", re.IGNORECASE)
_EUC = frozenset({"euc-jp", "x-euc-jp", "eucjp", "x-euc", "csisojapaneseeuc"})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")


def page_text(data: bytes, name: str) -> str:
    """What the bytes themselves tell counts more than what the page says of them: pages are often saved
    again in another encoding. Only EUC-JP needs to be said."""
    if data.startswith(_UTF_16) and not data.startswith(_UTF_32):
        data = _from_utf_16(data, name)
    said = _SAID.search(data[:_HEAD])
    if said and said[1].decode("ascii").lower() in _EUC and b"\0" not in data:
        with suppress(UnicodeDecodeError):  # what is said may be wrong
            data = data.decode("euc_jp").encode()
    return decode(data, name)


def _from_utf_16(data: bytes, name: str) -> bytes:
    try:
        return data.decode("utf-16").encode()
    except UnicodeError:
        raise Unreadable(
            "UTF-16 として読めない文字があります",
            fix="作成したソフトウェアで開き、文字コードに「UTF-8」を選んで保存し直してください。",
            at=Location(path=name),
        ) from None
