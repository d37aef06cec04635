"""Office files are ZIP archives: their members, taken out safely.

An archive says of itself how many members it has and how large they are, and may lie. What counts here is
what is there: the bytes that really come out, and where each member really lies.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from jisseki_check.limits import Limits
from jisseki_check.model import Location, Unreadable
from jisseki_check.readers.data_faults import shortened

_ENTRY = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s2xHH16xHH")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x2041  # bits 0, 6 and 13: a password, strong encryption, a hidden directory
_FED = 65_536
_CHUNK = 1_048_576
_UNSAFE_NAME = re.compile(r"/|[a-z]:|(?:.*/)?\.\.(?:/|$)", re.IGNORECASE | re.DOTALL)
_FAULTS = (
    zipfile.BadZipFile,
    struct.error,
    ValueError,
    NotImplementedError,
    OverflowError,
    EOFError,
    OSError,
)
_SAVE_AGAIN = "Word や Excel で開き、「名前を付けて保存」で保存し直してください。"
_FETCH_AGAIN = f"{_SAVE_AGAIN}開けないときは、元のファイルから取り直してください。"
_ASK = f"{_SAVE_AGAIN}心当たりのないファイルであれば、開かずに送り主に確かめてください。"


class Package:
    """The members of an archive by name; names that differ only in case are one, as Office has it."""

    def __init__(self, data: bytes, name: str, limits: Limits, members: dict[str, zipfile.ZipInfo]) -> None:
        self._data = data
        self._name = name
        self._limits = limits
        self._members = members
        self._inflated = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(info.filename for info in self._members.values())

    def __contains__(self, member: str) -> bool:
        return member.lower() in self._members

    def read(self, member: str) -> bytes:
        """A member's bytes. All that is ever taken out of the archive counts against `max_inflated`.

        Raises Unreadable where it is damaged, locked or not there.
        """
        info = self._members.get(member.lower())
        if info is None:
            raise Unreadable(
                f"ファイルの中に、あるはずの部分（{shortened(member)}）がありません",
                fix=_FETCH_AGAIN,
                at=Location(path=self._name),
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            message = f"ファイルの中の圧縮の方式（{info.compress_type}）は読めません"
            raise _refusal(message, _SAVE_AGAIN, self._name)
        try:
            content = b"".join(self._counted(info))
        except zlib.error:
            raise self._damaged(info) from None
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise self._damaged(info)
        return content

    def _counted(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        for piece in _inflated(_stored(self._data, info), info.compress_type == zipfile.ZIP_DEFLATED):
            self._inflated += len(piece)
            if self._inflated > self._limits.max_inflated:
                raise _refusal(
                    f"中身を展開すると大きくなりすぎます（上限は{self._limits.max_inflated:,}バイト）",
                    "使っていない行や列、大きな図などを削るか、部ごとのファイルに分けてください。"
                    "心当たりのないファイルであれば、開かずに送り主に確かめてください。",
                    self._name,
                )
            yield piece

    def _damaged(self, info: zipfile.ZipInfo) -> Unreadable:
        return _refusal(
            f"ファイルの中身（{shortened(info.filename)}）が壊れています", _FETCH_AGAIN, self._name
        )


def open_package(data: bytes, name: str, limits: Limits) -> Package:
    """Raises Unreadable for what is no sound archive, or holds what no Office file has."""
    # Each member has one such sign, so there are at most as many members: known before any is listed.
    if data.count(_ENTRY) > limits.max_members:
        raise _refusal(
            f"ファイルの中の部分が多すぎます（上限は{limits.max_members:,}個）",
            "報告のファイルかどうかを確かめてください。図や写真が多いときは、文章だけのファイルに分けてください。",
            name,
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries, end = archive.infolist(), archive.start_dir
        _refuse_locked(entries, name)
        members = _by_name(entries, name)
        _refuse_overlaps(data, entries, end, name)
    except _FAULTS:
        raise _refusal(
            "ファイルが途中で切れているか、壊れているため、開けません", _FETCH_AGAIN, name
        ) from None
    return Package(data, name, limits, members)


def _by_name(entries: list[zipfile.ZipInfo], name: str) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for info in entries:
        info.filename = info.filename.replace("\\", "/")
        if _UNSAFE_NAME.match(info.filename):
            shown = shortened(info.filename)
            raise _refusal(f"ファイルの中に、外の場所を指す名前の部分（{shown}）があります", _ASK, name)
        if info.filename.lower() in members:
            shown = shortened(info.filename)
            raise _refusal(f"ファイルの中に、同じ名前の部分（{shown}）が二つあります", _ASK, name)
        members[info.filename.lower()] = info
    return {key: info for key, info in members.items() if not info.filename.endswith("/")}


def _refuse_locked(entries: list[zipfile.ZipInfo], name: str) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in entries):
        raise _refusal(
            "ファイルの中身がパスワードで暗号化されています",
            "パスワードを外して保存し直すか、展開してから中のファイルを指定してください。",
            name,
        )


def _refuse_overlaps(data: bytes, entries: list[zipfile.ZipInfo], end: int, name: str) -> None:
    """Members that share bytes make a small archive inflate to any size."""
    free = 0
    for info in sorted(entries, key=lambda info: info.header_offset):
        if info.header_offset < free:
            raise _refusal("ファイルの中の部分が、互いに重なり合っています", _ASK, name)
        free = _start(data, info) + info.compress_size
    if free > end:
        raise zipfile.BadZipFile


def _start(data: bytes, info: zipfile.ZipInfo) -> int:
    """Where a member's bytes begin: behind its own header. Raises struct.error, BadZipFile."""
    signature, flags, _, name_length, extra_length = _LOCAL.unpack_from(data, info.header_offset)
    if signature != _LOCAL_SIGNATURE or flags & _ENCRYPTED:
        raise zipfile.BadZipFile
    return info.header_offset + _LOCAL.size + int(name_length) + int(extra_length)


def _stored(data: bytes, info: zipfile.ZipInfo) -> memoryview:
    start = _start(data, info)
    return memoryview(data)[start : start + info.compress_size]


def _inflated(stored: memoryview, is_deflated: bool) -> Iterator[bytes]:
    """What comes out, piece by piece. Raises zlib.error where the stream does not end."""
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(stored), _FED):
        fed = bytes(stored[at : at + _FED])
        if not is_deflated:
            yield fed
            continue
        while True:  # what was fed may be used up while more is still to come out of it
            piece = engine.decompress(fed, _CHUNK)
            yield piece
            fed = engine.unconsumed_tail
            if not fed and len(piece) < _CHUNK:
                break
    if is_deflated and not engine.eof:
        raise zlib.error


def _refusal(message: str, fix: str, name: str) -> Unreadable:
    return Unreadable(message, fix=fix, at=Location(path=name))
