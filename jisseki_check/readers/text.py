"""Plain text → blocks: a line is a paragraph, a line with tabs a table row."""

from __future__ import annotations

import re
from hashlib import sha256
from html import unescape

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Cell, Location, Paragraph, Remark, Run, Source, Unreadable
from jisseki_check.notation.markup import MARKUP, kind_of
from jisseki_check.readers.decoding import BLANKS, decode
from jisseki_check.readers.directives import in_text, may_hold

_NAMED_KINDS = 3
_Piece = tuple[str, int]
_BLANK = Block(cells=())


def read_text(data: bytes, name: str, limits: Limits) -> Source:
    """One block a line: lines count from 1, columns count the characters of the line from 1.

    Raises Unreadable if the bytes are no text, or more text than the limits allow.
    """
    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    lines = text.count("\n") + 1
    if lines > limits.max_lines:
        raise Unreadable(
            f"行が多すぎます（{lines:,}行。上限は{limits.max_lines:,}行）",
            fix="部ごとのファイルに分けてください。",
            at=Location(path=name, line=limits.max_lines + 1),
        )
    scan = _Scan(name, limits)
    split = text.split("\n")
    kept, directives = in_text(split) if may_hold(text) else ({}, ())
    blocks = tuple(
        block
        for number, line in enumerate(split, 1)
        if number not in kept or kept[number].strip(BLANKS)  # a line with nothing else is no blank line
        for block in scan.blocks(kept.get(number, line), number)
    )
    return Source(
        path=name,
        format="text",
        sha256=sha256(data).hexdigest(),
        blocks=blocks,
        remarks=scan.remarks(),
        directives=directives,
    )


class _Scan:
    """Takes lines apart, counting what it makes and remembering the markup that it takes out."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._made = 0
        self._markup_count = 0
        self._markup_kinds: dict[str, None] = {}
        self._markup_at: Location | None = None

    def blocks(self, line: str, number: int) -> list[Block]:
        """A line's blocks: a form feed within it stands for a page break, and so for a blank line."""
        if "\f" not in line:
            return [self._block(line, number, 1)]
        self._count(line.count("\f"), number)
        blocks: list[Block] = []
        column = 1
        for part in line.split("\f"):
            blocks += [self._block(part, number, column), _BLANK] if part.strip(BLANKS) else [_BLANK]
            column += len(part) + 1
        return blocks[:-1]

    def remarks(self) -> tuple[Remark, ...]:
        if not self._markup_count:
            return ()
        kinds = "、".join(self._markup_kinds)
        return (Remark(kind="markup", text=kinds, count=self._markup_count, at=self._markup_at),)

    def _block(self, line: str, number: int, column: int) -> Block:
        if not line.strip(BLANKS):
            return _BLANK
        self._count(line.count("\t"), number)
        cells: list[Cell] = []
        for text in line.split("\t"):
            cells.append(self._cell(text, number, column))
            column += len(text) + 1
        return Block(cells=tuple(cells)) if any(cells) else _BLANK

    def _cell(self, text: str, line: int, column: int) -> Cell:
        paragraphs: list[Paragraph] = []
        pieces: list[_Piece] = []
        after = 0
        for match in MARKUP.finditer(text):
            character = _character(match[0]) if match["entity"] else ""
            if character is None:
                continue
            self._note_markup(match, line, column + match.start())
            pieces.append((text[after : match.start()], column + after))
            after = match.end()
            if character:
                pieces.append((character, column + match.start()))
            elif match["breaking"]:
                paragraphs.append(self._paragraph(pieces, line))
                pieces.clear()
        pieces.append((text[after:], column + after))
        paragraphs.append(self._paragraph(pieces, line))
        return tuple(filter(None, paragraphs))

    def _paragraph(self, pieces: list[_Piece], line: int) -> Paragraph:
        return tuple(Run(text, Location(line=line, column=column)) for text, column in _trimmed(pieces))

    def _note_markup(self, match: re.Match[str], line: int, column: int) -> None:
        self._count(1, line)
        self._markup_count += 1
        self._markup_at = self._markup_at or Location(line=line, column=column)
        if len(self._markup_kinds) < _NAMED_KINDS:
            self._markup_kinds[kind_of(match)] = None

    def _count(self, made: int, line: int) -> None:
        self._made += made
        if self._made > self._limits.max_values:
            raise Unreadable(
                f"文字のまとまり（表のセルなど）が多すぎます（上限は{self._limits.max_values:,}個）",
                fix="部ごとのファイルに分けてください。",
                at=Location(path=self._name, line=line),
            )


def _character(entity: str) -> str | None:
    """What an entity stands for; None for a control character or none at all, which stay as written."""
    character = unescape(entity)
    if len(character) != 1 or character == "\ufffd" or (character < "\u00a0" and not character.isprintable()):
        return None
    return character


def _trimmed(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces that hold a character, without the blanks around their paragraph."""
    first, last = 0, len(pieces) - 1
    while first <= last and not pieces[first][0].strip(BLANKS):
        first += 1
    while last > first and not pieces[last][0].strip(BLANKS):
        last -= 1
    kept = [piece for piece in pieces[first : last + 1] if piece[0]]
    if kept:
        text, column = kept[0]
        kept[0] = (text.lstrip(BLANKS), column + len(text) - len(text.lstrip(BLANKS)))
        text, column = kept[-1]
        kept[-1] = (text.rstrip(BLANKS), column)
    return kept
