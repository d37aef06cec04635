"""The same report gives the same bytes: archives without the time of their writing."""

from __future__ import annotations

import io
import zipfile

_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP archive can name


def repacked(archive: bytes) -> bytes:
    """The members of an archive in the same order, all of one date."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            member = zipfile.ZipInfo(info.filename, _OLDEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # else it tells the system that it was written on
            new.writestr(member, old.read(info))
    return stream.getvalue()
