"""Files that this tool wrote about reports, known again by their content: they are no reports themselves."""

from __future__ import annotations

import os
from pathlib import Path

from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Location, Unreadable
from jisseki_check.result_marks import HEAD, RESULT, is_marked, kind_of, no_report

WRITTEN = frozenset({".txt", ".json", ".yaml", ".yml", ".csv", ".tsv", ".html", ".htm", ".xlsx"})
"""The endings of reports that such a file may have."""
_ARCHIVE = b"PK\x03\x04"
_PROPERTIES = "docProps/custom.xml"
_DIRECTORY = 65_536  # bytes at an archive's end, where its members are listed


def is_result(path: Path) -> bool:
    """Whether the file is one of ours. Of most files only the beginning and the end are looked at. What
    cannot be looked at is not."""
    if path.suffix.lower() not in WRITTEN:
        return False
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb", buffering=0) as stream:
            size = os.fstat(stream.fileno()).st_size
            head = stream.read(HEAD) or b""
            if not head.startswith(_ARCHIVE):
                return kind_of(head, _end(stream.fileno(), size, HEAD) if size > HEAD else head) is not None
            if size > DEFAULT_LIMITS.max_bytes or not _lists_properties(
                _end(stream.fileno(), size, _DIRECTORY)
            ):
                return False
            return _kind(path.read_bytes(), DEFAULT_LIMITS) is not None
    except OSError:
        return False


def refuse_result(data: bytes, name: str, limits: Limits) -> None:
    """Raises Unreadable for a file of ours; `data`: all of it."""
    kind = _kind(data, limits)
    if kind is not None:
        raise no_report(kind, Location(path=name))


def _kind(data: bytes, limits: Limits) -> str | None:
    if not data.startswith(_ARCHIVE):
        return kind_of(data[:HEAD], data[-HEAD:])
    if not _lists_properties(data[-_DIRECTORY:]):
        return None
    from jisseki_check.readers.package import open_package  # only archives need it

    try:
        package = open_package(data, "", limits)
        return RESULT if _PROPERTIES in package and is_marked(package.read(_PROPERTIES)) else None
    except Unreadable:  # what is wrong with it is said where it is read
        return None


def _lists_properties(directory: bytes) -> bool:
    return _PROPERTIES.encode() in directory


def _end(descriptor: int, size: int, length: int) -> bytes:
    os.lseek(descriptor, max(0, size - length), os.SEEK_SET)
    return os.read(descriptor, length)
