"""The same report gives the same bytes: archives without the time of their writing."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP archive can name
_NONE: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({})


def repacked(archive: bytes, edits: Mapping[str, Callable[[bytes], bytes]] = _NONE) -> bytes:
    """The members of an archive in the same order, all of one date. `edits`: what becomes of a member's
    content, by its name."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            member = zipfile.ZipInfo(info.filename, _OLDEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # else it tells the system that it was written on
            if info.filename in edits:
                new.writestr(member, edits[info.filename](old.read(info)))
                continue
            member.file_size = info.file_size
            with old.open(info) as source, new.open(member, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)
    return stream.getvalue()
