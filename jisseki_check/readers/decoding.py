"""Bytes → text, in one of the two encodings that Japanese offices write, or not at all."""

from __future__ import annotations

import codecs

from jisseki_check.model import Location, Unreadable
from jisseki_check.patterns import lazy_compile

BLANKS = " \t\n\r\v\f\u3000\u00a0"

_BOM = "\ufeff"
_CJK = lazy_compile("[\u3000-\ufaff\uff00-\uffef]")
_NO_KANJI = lazy_compile("[\uff61-\uff9f\ufffd]")
_NOT_ASCII = lazy_compile(r"[^\0-\x7f]")
# Python's cp932 codec accepts these single bytes (0x80, 0xA0, 0xFD to 0xFF), which the code page
# leaves undefined.
_UNDEFINED_IN_CP932 = lazy_compile("[\x80\uf8f0-\uf8f3]")
_SAMPLE = 50_000
_SAVE_AS_UTF8 = "メモ帳などでファイルを開き、文字コードに「UTF-8」を選んで保存し直してください。"


def decode(data: bytes, name: str) -> str:
    """The text of a file, without its byte order mark. UTF-8 first, then CP932, both strictly.

    Raises Unreadable for any other encoding, a NUL, and a file without a visible character.
    """
    _refuse_other_encodings(data, name)
    text = _decode_strictly(data, name).removeprefix(_BOM)
    if not text.strip(BLANKS):
        raise Unreadable(
            "ファイルに文字がありません（空白と改行だけです）",
            fix="報告の本文が入っているファイルかどうかを確かめてください。",
            at=Location(path=name),
        )
    return text


def _refuse_other_encodings(data: bytes, name: str) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise Unreadable("文字コードが UTF-16 または UTF-32 です", fix=_SAVE_AS_UTF8, at=Location(path=name))
    if b"\x1b$" in data:
        raise Unreadable("文字コードが JIS（ISO-2022-JP）です", fix=_SAVE_AS_UTF8, at=Location(path=name))
    nul = data.find(b"\0")
    if nul >= 0:
        raise Unreadable(
            f"文書にはないはずの文字（NUL）が先頭から{nul + 1:,}バイト目にあります",
            fix="文字コードを「UTF-8」にして保存し直すか、元の文書から文字だけを写し直してください。",
            at=Location(path=name, line=_line_of(data, nul)),
        )


def _decode_strictly(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        sample = _around(data, error.start)
        if data.startswith(_BOM.encode()) or _is_mostly_utf8(sample):
            raise _undecodable(data, error.start, "UTF-8 として", name) from None
    if _is_euc_jp(sample):
        raise Unreadable("文字コードが EUC-JP のようです", fix=_SAVE_AS_UTF8, at=Location(path=name))
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, "UTF-8 としても Shift_JIS（CP932）としても", name) from None
    undefined = _UNDEFINED_IN_CP932.search(text)
    if undefined:
        offset = len(text[: undefined.start()].encode("cp932"))
        raise _undecodable(data, offset, "UTF-8 としても Shift_JIS（CP932）としても", name)
    return text


def _around(data: bytes, offset: int) -> bytes:
    """What stands around the first byte that is no UTF-8, from the start of a line where there is one."""
    line = data.rfind(b"\n", 0, max(0, offset - _SAMPLE)) + 1
    return data[max(line, offset - 2 * _SAMPLE) : offset + _SAMPLE]


def _is_mostly_utf8(data: bytes) -> bool:
    """Damaged UTF-8 often decodes as CP932 without complaint, into nonsense."""
    text = data.decode("utf-8", "replace")
    return len(_CJK.findall(text)) > text.count("\ufffd")


def _is_euc_jp(data: bytes) -> bool:
    """EUC-JP often decodes as CP932 too, mostly into half-width kana."""
    try:
        codecs.getincrementaldecoder("euc_jp")().decode(data)  # the sample may end within a character
    except UnicodeDecodeError:
        return False
    as_cp932 = data.decode("cp932", "replace")
    return 2 * len(_NO_KANJI.findall(as_cp932)) > len(_NOT_ASCII.findall(as_cp932))


def _undecodable(data: bytes, offset: int, encoding: str, name: str) -> Unreadable:
    line = _line_of(data, offset)
    return Unreadable(
        f"{encoding}読めない文字があります（{line:,}行目、先頭から{offset + 1:,}バイト目、"
        f"値は 0x{data[offset]:02X}）",
        fix="ファイルが壊れていないかを確かめ、メモ帳などで文字コードに「UTF-8」を選んで保存し直してください。",
        at=Location(path=name, line=line),
    )


def _line_of(data: bytes, offset: int) -> int:
    before = data[:offset].replace(b"\r\n", b"\n")
    return 1 + before.count(b"\n") + before.count(b"\r")
