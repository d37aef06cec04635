"""The text of a page → paragraphs and blocks, its white space as a browser shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from jisseki_check.model import Block, Cell, Location, Paragraph, Run
from jisseki_check.readers.decoding import BLANKS

LAST_LINE = 65_535
"""From this line on, the parser counts no further."""

BLANK = Block(cells=())
_SPACE = " \t\n\f\r"
_TOKEN = re.compile(rf"[{_SPACE}]+|[^{_SPACE}]+")
_WIDE = frozenset("WFHA")
# The signs and numbers that writers put before a list's entries themselves.
_OWN_SIGN = re.compile(
    r"[・･○〇●◎■□◆◇▲△▼▽★☆※•‣–*＊\-－①-⑳⑴-⒇❶-❿]|[(（][0-9０-９]{1,3}[)）]|[0-9０-９]{1,3}[.．、)）]"
    r"|[アイウエオ-ン][.．、)）\u3000 ]"
)


@dataclass(slots=True)
class _Line:
    """A line that is not over yet. `gap`: the white space behind its last character."""

    runs: list[tuple[list[str], Location]] = field(default_factory=list)
    gap: str = ""
    last: str = ""

    def add(self, text: str, at: Location) -> None:
        if self.runs and self.runs[-1][1] == at:
            self.runs[-1][0].append(text)
        else:
            self.runs.append(([text], at))
        self.last = text[-1]

    def close_gap(self, following: str, *, keeps_tabs: bool) -> None:
        """Exporters break lines of Japanese wherever they are full: such a break is no blank. They write a
        document's tabs as they are: such a tab parts cells."""
        if self.last and self.gap and not ("\n" in self.gap and _is_wide(self.last) and _is_wide(following)):
            # What parts two words belongs to the first, so that a line's text begins at its place.
            self.add(self.gap if keeps_tabs and not self.gap.strip("\t") else " ", self.runs[-1][1])
        self.gap = ""


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in _WIDE


@dataclass(slots=True)
class Flow:
    """Text that runs through a page, a cell or an entry: its lines as blocks, and the rows of the tables
    among them. `at`: the place of all of it; None where each line has its own. `marker`: the sign of a
    list that stands before the next line."""

    at: Location | None = None
    blocks: list[Block] = field(default_factory=list)
    marker: str = ""
    made: int = 0
    _line: _Line = field(default_factory=_Line)

    def add(self, text: str, line: int) -> None:
        """Text whose white space is but a blank; `line`: that on which it begins."""
        current = self._line
        for token in _TOKEN.findall(text):
            if token[0] in _SPACE:
                current.gap += token
                line += token.count("\n")
            else:
                at = self.place(line)
                current.close_gap(token[0], keeps_tabs=self.at is None)
                current.add(token, at)

    def add_kept(self, text: str, line: int) -> None:
        """Text whose white space is kept: of a table's cell, tabs are but blanks."""
        for number, part in enumerate(text.split("\n")):
            if number:
                self.end_line()
            part = part.replace("\t", " ") if self.at else part
            if part:
                at = self.place(line + number)
                self._line.close_gap(part[0], keeps_tabs=self.at is None)
                self._line.add(part, at)

    def end_line(self) -> None:
        """What `br` does: a line that is empty stays as a blank one."""
        if not self._line.last:
            self.add_blank()
        self.end()

    def end(self) -> None:
        """Ends the line, if one has begun."""
        line = self._line
        if not line.last:
            line.gap = ""
            return
        self._line = _Line()
        cells = _cells(line.runs)
        if not any(cells):
            self.add_blank()
            return
        self.made += len(line.runs) + len(cells)
        self.blocks.append(Block(self._marked(cells)))

    def add_rows(self, rows: list[Block]) -> None:
        self.end()
        self.marker = ""
        self.made += len(rows)
        self.blocks += rows

    def paragraphs(self) -> Cell:
        """All lines outside of tables."""
        return tuple(
            line for each in self.blocks if each.table is None for cell in each.cells for line in cell
        )

    def place(self, line: int) -> Location:
        if self.at is not None:
            return self.at
        return Location(line=line if line < LAST_LINE else None)

    def add_blank(self) -> None:
        if self.blocks and self.blocks[-1] is not BLANK:
            self.blocks.append(BLANK)

    def _marked(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        marker, self.marker = self.marker, ""
        if not marker or not cells[0]:
            return cells
        line = cells[0][0]
        if _OWN_SIGN.match(line[0].text):
            return cells
        return (((Run(marker, line[0].at), *line),), *cells[1:])


def _cells(runs: list[tuple[list[str], Location]]) -> tuple[Cell, ...]:
    """The cells of a line, which tabs part."""
    parts: list[list[tuple[str, Location]]] = [[]]
    for pieces, at in runs:
        text = "".join(pieces)
        if "\t" not in text:
            parts[-1].append((text, at))
            continue
        first, *more = text.split("\t")
        parts[-1].append((first, at))
        parts += [[(text, at)] for text in more]
    return tuple(tuple(filter(None, [_paragraph(part)])) for part in parts)


def _paragraph(pieces: list[tuple[str, Location]]) -> Paragraph:
    """The runs of a line, without the blanks around it."""
    first, last = 0, len(pieces)
    while first < last and not pieces[first][0].strip(BLANKS):
        first += 1
    while first < last and not pieces[last - 1][0].strip(BLANKS):
        last -= 1
    kept = pieces[first:last]
    if kept:
        kept[0] = (kept[0][0].lstrip(BLANKS), kept[0][1])
        kept[-1] = (kept[-1][0].rstrip(BLANKS), kept[-1][1])
    return tuple(Run(text, at) for text, at in kept if text)
