"""The text of a paragraph → runs: its lines, its cells, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import dropwhile

from jisseki_check.model import Block, Cell, Location, Paragraph, Run
from jisseki_check.readers.decoding import BLANKS
from jisseki_check.readers.docx.inline import PAGE_BREAK

Piece = tuple[str, Location]
"""Characters that stand together, and the place of the first."""

_BLANK = Block(cells=())
_SIGNS = {sign: re.compile(f"([{re.escape(sign)}])") for sign in (PAGE_BREAK, "\n", "\t")}


def blocks(pieces: Sequence[Piece]) -> list[Block]:
    """The blocks of a paragraph outside of tables. A tab parts cells, a page break is a blank line."""
    found: list[Block] = []
    for page in _parted(pieces, PAGE_BREAK):
        if any(text.strip(BLANKS) for text, _ in page):
            found += _rows(_parted(page, "\n"))
        found.append(_BLANK)
    return found[:-1] or [_BLANK]


def paragraphs(pieces: Sequence[Piece]) -> list[Paragraph]:
    """The lines of a paragraph within a table's cell, where a tab is but a blank; blank ones left out."""
    lines = (line for page in _parted(pieces, PAGE_BREAK) for line in _parted(page, "\n"))
    return [
        made for line in lines if (made := _paragraph((text.replace("\t", " "), at) for text, at in line))
    ]


def _rows(lines: list[list[Piece]]) -> list[Block]:
    if any("\t" in text for line in lines[1:] for text, _ in line):
        return [_block([line]) for line in lines]
    return [_block(lines)]


def _block(lines: list[list[Piece]]) -> Block:
    """A row: the first line's cells, and further lines in the last of them."""
    cells: list[Cell] = [tuple(filter(None, [_paragraph(cell)])) for cell in _parted(lines[0], "\t")]
    cells[-1] += tuple(filter(None, map(_paragraph, lines[1:])))
    return Block(cells=tuple(cells)) if any(cells) else _BLANK


def _parted(pieces: Iterable[Piece], sign: str) -> list[list[Piece]]:
    """The pieces between the signs, each with its own place."""
    parts: list[list[Piece]] = [[]]
    for text, at in pieces:
        if sign not in text:
            parts[-1].append((text, at))
            continue
        passed = 0
        for piece in _SIGNS[sign].split(text):
            if piece == sign:
                parts.append([])
            else:
                parts[-1].append((piece, _moved(at, passed)))
            passed += len(piece)
    return parts


def _paragraph(pieces: Iterable[Piece]) -> Paragraph:
    """The runs of a line, without the blanks around it."""
    held = list(dropwhile(_is_blank, pieces))
    while held and _is_blank(held[-1]):
        held.pop()
    if not held:
        return ()
    text, at = held[0]
    held[0] = (text.lstrip(BLANKS), _moved(at, len(text) - len(text.lstrip(BLANKS))))
    held[-1] = (held[-1][0].rstrip(BLANKS), held[-1][1])
    return tuple(Run(text, at) for text, at in held if text)


def _is_blank(piece: Piece) -> bool:
    return not piece[0].strip(BLANKS)


def _moved(at: Location, by: int) -> Location:
    return at if not by or at.column is None else replace(at, column=at.column + by)
