"""The quoted text of a finding with the fault in it marked."""

from __future__ import annotations

import re

from jisseki_check.model import Finding

Piece = tuple[str, bool]
"""Some characters of the text, and whether they are the fault."""


def quoted(finding: Finding) -> list[Piece]:
    """The excerpt, in which what was given is marked wherever it stands; else what was given, marked. []
    where nothing was written."""
    excerpt, given = finding.excerpt or "", finding.given or ""
    if not excerpt:
        return [(given, True)] if given else []
    sought = given.removesuffix("…")
    if not sought:
        return [(excerpt, False)]
    pieces: list[Piece] = []
    at = 0
    for found in re.finditer(_pattern(sought), excerpt):
        pieces += [(excerpt[at : found.start()], False), (found[0], True)]
        at = found.end()
    pieces.append((excerpt[at:], False))
    return [piece for piece in pieces if piece[0]]


def is_marked(pieces: list[Piece]) -> bool:
    return any(marked for _, marked in pieces)


def _pattern(sought: str) -> str:
    """A number is not found within a longer one."""
    before = r"(?<![0-9０-９,，.．])" if sought[0].isdecimal() else ""
    after = r"(?![0-9０-９])" if sought[-1].isdecimal() else ""
    return f"{before}{re.escape(sought)}{after}"
