"""The rows of a list: which begin an item, which go on with one, and which are headings, totals or notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from jisseki_check.forms.labels import Labels
from jisseki_check.forms.list_columns import NUMBER, Columns
from jisseki_check.forms.list_lines import Header, Line, Listed, flat
from jisseki_check.forms.list_sections import FormPart, FormParts
from jisseki_check.forms.outline import says_nothing
from jisseki_check.model import STAGES
from jisseki_check.notation.marks import read_mark
from jisseki_check.notation.money import read_amount
from jisseki_check.notation.width import fold, squeeze

_TEXTS = ("goal", "initiative", "plan", "result")
_FEW = 3  # cells in which a heading may stand: its number, its words
_LONGEST_HEADING = 60
_LOOKED_AT = 12  # cells of a row, to tell whether it holds the headings again
_DASHES = frozenset("-－―‐–—ー")
_END = "以上"
_TOTAL = re.compile(
    r"(?:小計|合計|総合計|総計|計|合計額|(?<=.)(?<![設統会家時推累])計)(?:額)?(?:\([^()]*\))?"
)
_NOTE = re.compile(r"[※＊*]|\(?注[0-9)意:：]|なお、")
_HEADING = re.compile(r"[◆■●◇▼【〔<《]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|第[0-9一二三四五六七八九]|[0-9]{1,2}\s*[.、]\s*\D")
_EXAMPLE = re.compile(r"\(?(?:記入|記載|作成)?例\)?[0-9①-⑨]?|(?:記入|記載)例.{0,10}|見本")


@dataclass
class ItemRows:
    """The rows of one item; `beside`: it is one of several items under one merged name."""

    rows: list[Line]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A row that heads those below it; `part`: what of the form it heads, None where the form has no such."""

    row: Line
    text: str
    part: FormPart | None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of sums; `word` is what it calls itself."""

    row: Line
    word: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A row that is neither an item nor a heading: a note, a legend, an example of how to fill the list in,
    a row that was never filled in, the word at the end."""

    row: Line
    kind: str = "note"


Entry = ItemRows | HeadingRow | TotalRow | NoteRow


def read_rows(listed: Listed, columns: Columns, parts: FormParts, labels: Labels) -> list[Entry]:
    """The rows of a list in their order."""
    reading = _Reading(listed.header, columns, parts, labels)
    for row in listed.rows:
        if row.own:
            reading.take(row)
        else:
            reading.apart = True
    return reading.finished()


@dataclass
class _Reading:
    header: Header
    columns: Columns
    parts: FormParts
    labels: Labels
    entries: list[Entry] = field(default_factory=list)
    apart: bool = False

    def __post_init__(self) -> None:
        self._texts = {column.at for column in self.columns.of(*_TEXTS)}
        self._names = {column.at for column in self.columns.of("title", "number")}
        self._marks = {column.at for column in self.columns.of("mark")}
        self._money = {column.at for column in self.columns.of(*STAGES, "amounts")}
        self._aside = {column.at for _, column in self.columns.extra}
        held = (column.at for column in self.columns.of(*_TEXTS, "title", "number"))
        self._first = min(held, default=0)
        self._heads = {
            column.at: squeeze(column.place.text) for column in self.header.columns if column.place.text
        }

    @property
    def _item(self) -> ItemRows | None:
        last = self.entries[-1] if self.entries else None
        return last if isinstance(last, ItemRows) else None

    def take(self, row: Line) -> None:
        """What one row is."""
        if self._is_header(row):
            return
        entry = self._heading(row) or self._total(row) or self._note(row)
        if entry is None and self._is_of_another_table(row):
            entry = NoteRow(row)
        else:
            self.apart = False
        if entry is not None:
            self.entries.append(entry)
        elif self._item is not None and self._goes_on(row, self._item):
            self._item.rows.append(row)
        else:
            self.entries.append(ItemRows([row], beside=self._is_beside(row)))

    def finished(self) -> list[Entry]:
        """The entries; rows below the last item that were never filled in are none."""
        for at in range(len(self.entries) - 1, -1, -1):
            entry = self.entries[at]
            if isinstance(entry, ItemRows):
                is_stray = at > 0 and isinstance(self.entries[at - 1], NoteRow) and self._is_stray(entry)
                if not (is_stray or self._is_blank(entry)):
                    break
                kind = "note" if is_stray else "blank"
                self.entries[at : at + 1] = [NoteRow(row, kind) for row in entry.rows]
            elif isinstance(entry, HeadingRow) and entry.part is None:
                # No item stands below it: it heads nothing.
                self.entries[at] = NoteRow(entry.row)
        return self.entries

    # --- what a row is --------------------------------------------------------------------------

    def _is_header(self, row: Line) -> bool:
        """The headings again, at the head of another page."""
        if len(row.own) < 2:
            return False
        texts = {at: squeeze(flat(cell)) for at, cell in islice(row.own.items(), _LOOKED_AT)}
        return sum(self._heads.get(at) == text for at, text in texts.items()) * 2 > len(texts)

    def _heading(self, row: Line) -> HeadingRow | None:
        """A row that holds a heading and nothing else."""
        if len(row.own) > _FEW or (len(row.own) > 1 and row.own.keys() & (self._marks | self._money)):
            return None
        text = "".join(flat(cell).replace("\n", "") for cell in row.own.values())
        part = self.parts.of_heading(text)
        if part is not None:
            return HeadingRow(row, text, part)
        if len(row.own) > 1 or self._is_continued(row) or not self._is_wide(row):
            return None
        return HeadingRow(row, text, self.parts.of_value(text)) if self._may_head(fold(text)) else None

    def _may_head(self, folded: str) -> bool:
        if len(folded) > _LONGEST_HEADING or folded.endswith("。") or _NOTE.match(folded):
            return False
        is_other = self._is_total(folded) or self.labels.is_legend(folded)
        return not is_other and self.labels.unit.fullmatch(folded) is None

    def _is_wide(self, row: Line) -> bool:
        """Whether a row's one cell stands across the row or, with the sign of a heading, at its head."""
        ((at, cell),) = row.own.items()
        if row.beside:
            return len(row.beside) + 1 >= len(self._heads) // 2
        is_name = at in self._names and not _HEADING.match(fold(flat(cell)))
        return at <= self._first and at not in self._texts and not is_name

    def _is_continued(self, row: Line) -> bool:
        """Whether a cell merged over several rows brings the item's name into the row."""
        return any(row.above(at) for at in self._names)

    def _total(self, row: Line) -> TotalRow | None:
        word = next((flat(cell) for at, cell in row.own.items() if at not in self._money | self._aside), "")
        if not self._is_total(word):
            return None
        filled = row.own.keys() & (self._texts | self._marks)
        words = [flat(row.own[at]) for at in filled]
        return TotalRow(row, squeeze(word)) if all(word == each for each in words) else None

    @staticmethod
    def _is_total(text: str) -> bool:
        word = squeeze(fold(text))
        return len(word) <= _LONGEST_HEADING // 2 and any(
            match.end() == len(word) for match in _TOTAL.finditer(word)
        )

    def _note(self, row: Line) -> NoteRow | None:
        first = fold(flat(next(iter(row.own.values())))).strip()
        others = [flat(cell) for cell in row.own.values() if flat(cell).strip() not in _DASHES]
        if len(others) == 1 and says_nothing(fold(others[0])):
            return NoteRow(row)
        if squeeze(first) == _END:
            return NoteRow(row, "end")
        if _EXAMPLE.fullmatch(squeeze(first)):
            return NoteRow(row, "example")
        if len(row.own) > 1 or self._is_continued(row):
            return None
        if _NOTE.match(first) or self.labels.is_legend(first) or self.labels.unit.fullmatch(first):
            return NoteRow(row)
        at = next(iter(row.own))
        is_field = not row.beside and at in self._texts | self._marks | self._money | self._names
        return None if is_field else NoteRow(row)

    def _is_of_another_table(self, row: Line) -> bool:
        """Whether a row behind blank ones has nothing that an item of this list would have."""
        if not self.apart or not any(isinstance(entry, ItemRows) for entry in self.entries):
            return False
        words = [flat(cell) for at, cell in row.own.items() if at in self._names]
        numbers = sum(NUMBER.fullmatch(squeeze(fold(word))) is not None for word in words)
        return numbers < len(row.own) and not row.own.keys() & (self._texts | self._marks)

    # --- items ----------------------------------------------------------------------------------

    def _goes_on(self, row: Line, item: ItemRows) -> bool:
        """Whether a row is a further one of the item above it."""
        names = row.own.keys() & self._names
        if self._is_continued(row):
            return not (self._is_whole(row) and self._is_whole(item.rows[0]))
        if names:
            return False
        if row.own.keys() & self._marks:
            return not any(held.own.keys() & self._marks for held in item.rows)
        return not (self._texts and self._texts <= row.own.keys())

    def _is_whole(self, row: Line) -> bool:
        """Whether a row has a mark and a result of its own, and so is an item."""
        signs = [flat(row.own[at]) for at in self._marks & row.own.keys()]
        results = {column.at for column in self.columns.of("result")}
        is_marked = any(read_mark(sign, self.labels.signs).kind != "none" for sign in signs)
        return is_marked and bool(results & row.own.keys())

    def _is_beside(self, row: Line) -> bool:
        return self._item is not None and self._is_continued(row)

    def _is_stray(self, item: ItemRows) -> bool:
        """Whether there is nothing but one cell without a name, as of who made the list, below its notes."""
        cells = [at for row in item.rows for at in row.own]
        return len(cells) == 1 and not self._names & set(cells)

    def _is_blank(self, item: ItemRows) -> bool:
        """Whether nothing was filled in but what a form has ready: the number, the division, zeros."""
        titles = {column.at for column in self.columns.of("title")}
        told = self._texts | self._marks | titles | self._aside
        return all(
            not row.own.keys() & told and not any(self._is_amount(row, at) for at in self._money)
            for row in item.rows
        )

    @staticmethod
    def _is_amount(row: Line, at: int) -> bool:
        cell = row.own.get(at)
        money = read_amount(flat(cell)) if cell else None
        return money is not None and money.kind not in {"none", "empty"} and money.value != 0


def first_rows(entries: Sequence[Entry]) -> list[Line]:
    """The first row of each item."""
    return [entry.rows[0] for entry in entries if isinstance(entry, ItemRows)]
