"""Whether the parts of a PDF that are compressed are whole, and of a size that memory holds.

The library that reads a PDF makes the best of a damaged one: it reads what is left, and says nothing.
"""

from __future__ import annotations

import re
import zlib

from jisseki_check.limits import Limits
from jisseki_check.model import Unreadable

_STREAM = re.compile(rb">>[\0\t\n\f\r ]*stream(?:\r\n|\n|\r)")
_FLATE = re.compile(rb"/Filter[\0\t\n\f\r ]*\[?[\0\t\n\f\r ]*/(?:FlateDecode|Fl)(?![A-Za-z])")
_NOT_FIRST = re.compile(rb"/Filter[\0\t\n\f\r ]*\[[\0\t\n\f\r ]*/(?!FlateDecode|Fl[\0\t\n\f\r /\]])")
_IMAGE = re.compile(rb"/Subtype[\0\t\n\f\r ]*/Image(?![A-Za-z])")
_END = b"%%EOF"
_TAIL = 2_048
_LONGEST_HEAD = 4_096
_PIECE = 1 << 16
_CHUNK = 1 << 20

_MAKE_ANEW = "ファイルを取り直すか、元の Word・Excel の文書から PDF を作り直してください。"


def refuse_damaged(data: bytes, limits: Limits) -> None:
    """Raises Unreadable for a file that breaks off, for broken streams, and for too much in them."""
    if _END not in data.rstrip(b"\0\t\n\r ")[-_TAIL:]:
        raise Unreadable("PDF が途中で切れています（終わりの印がありません）", fix=_MAKE_ANEW)
    if b"/Encrypt" in data:
        return  # its streams are ciphers here; the library deciphers them
    left = limits.max_inflated
    for match in _STREAM.finditer(data):
        head = data[
            max(data.rfind(b"obj", max(0, match.start() - _LONGEST_HEAD), match.start()), 0) : match.start()
        ]
        if _FLATE.search(head) and not _IMAGE.search(head):
            left -= _inflated(data, match.end(), left)
            if left < 0:
                raise Unreadable(
                    f"PDF の中身を広げると大きすぎます（上限は{limits.max_inflated:,}バイト）",
                    fix="部ごとのファイルに分けてください。",
                )


def _inflated(data: bytes, start: int, most: int) -> int:
    """The size of a stream once inflated, as far as that is no more than `most`; little of it is held."""
    inflater = zlib.decompressobj()
    size, at, rest = 0, start, b""
    while not inflater.eof:
        piece = rest or data[at : at + _PIECE]
        if not rest:
            at += len(piece)
        if not piece:
            raise _broken()
        try:
            size += len(inflater.decompress(piece, _CHUNK))
        except zlib.error:
            raise _broken() from None
        rest = inflater.unconsumed_tail
        if size > most:
            break
    return size


def _broken() -> Unreadable:
    return Unreadable("PDF の中身の一部が壊れていて、文を全て読めたとはいえません", fix=_MAKE_ANEW)
