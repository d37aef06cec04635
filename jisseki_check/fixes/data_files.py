"""Corrections in JSON and YAML: the characters of one string, which stays written as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from jisseki_check.fixes.corrections import Correction
from jisseki_check.fixes.text_files import Edits, encoded, line_starts
from jisseki_check.model import Location, Pointers
from jisseki_check.readers.decoding import decode


def corrected(
    data: bytes, name: str, corrections: Sequence[Correction], pointers: Pointers
) -> tuple[bytes, list[Correction]]:
    """The file with the corrections made, and those of them that were. JSON Pointers tell where."""
    edits = Edits(decode(data, name))
    starts = line_starts(edits.text)
    made: list[Correction] = []
    for pointer, held in groupby(
        sorted(corrections, key=lambda each: each.at.pointer or ""), key=lambda each: each.at.pointer
    ):
        start, end = _span(pointers.locate(pointer or ""), starts)
        group = sorted(held, key=lambda each: each.spot.start or 0 if each.spot else 0)
        literal = edits.text[start:end]
        after = _in_json(literal, group) if literal.startswith('"') and name.endswith(".json") else None
        if after is not None:
            edits.replace(start, end, after)
            made += group
        else:
            made += _in_scalar(edits, start, literal, group)
    return encoded(edits.result(), data), made


def _span(at: Location, starts: Sequence[int]) -> tuple[int, int]:
    start = starts[(at.line or 1) - 1] + (at.column or 1) - 1
    return start, starts[(at.end_line or 1) - 1] + (at.end_column or 1) - 1


def _in_json(literal: str, group: Sequence[Correction]) -> str | None:
    """A JSON string with the corrections made; None where one of them does not stand there."""
    try:
        value = json.loads(literal)
    except ValueError:
        return None
    edits = Edits(value)
    for correction in group:
        spot = correction.spot
        if spot is None or spot.start is None or spot.end is None:
            return None
        if value[spot.start : spot.end] != correction.before:
            return None
        edits.replace(spot.start, spot.end, correction.after)
    return json.dumps(edits.result(), ensure_ascii=False)


def _in_scalar(edits: Edits, start: int, literal: str, group: Sequence[Correction]) -> Iterator[Correction]:
    """What stands in a YAML scalar, where it stands there as often as it is to be corrected."""
    for before, held in groupby(sorted(group, key=_words), key=_words):
        corrections = list(held)
        if before and literal.count(before) == len(corrections):
            at = -1
            for correction in corrections:
                at = literal.index(before, at + 1)
                edits.replace(start + at, start + at + len(before), correction.after)
                yield correction


def _words(correction: Correction) -> str:
    return correction.before
