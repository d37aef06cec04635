"""Corrections in CSV files: the characters of one field, whose quotation marks stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from jisseki_check.fixes.corrections import Correction
from jisseki_check.fixes.text_files import Edits, encoded
from jisseki_check.readers.csv import raw_fields

_UTF_16_LE = b"\xff\xfe"


def corrected(data: bytes, name: str, corrections: Sequence[Correction]) -> tuple[bytes, list[Correction]]:
    """The file with the corrections made, and those of them that were. Cells tell where.

    What is to be corrected must stand in its field just as often as it is to be corrected.
    """
    text, spans = raw_fields(data, name)
    edits = Edits(text)
    groups: dict[tuple[str, str], list[Correction]] = {}
    for correction in corrections:
        groups.setdefault((correction.at.cell or "", correction.before), []).append(correction)
    made: list[Correction] = []
    for (cell, before), group in groups.items():
        start, end = spans.get(cell, (0, 0))
        if before and text.count(before, start, end) == len(group):
            at = start
            for correction in group:
                at = text.index(before, at, end)
                edits.replace(at, at + len(before), correction.after)
                at += len(before)
            made += group
    result = edits.result()
    if data.startswith(_UTF_16_LE):
        return _UTF_16_LE + result.encode("utf-16-le"), made
    return encoded(result, data), made
