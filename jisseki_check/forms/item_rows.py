"""The layout of one item a row: a list under a row of headings, in a sheet, a CSV file or a table.

What stands in the rows and columns of the lists becomes items; what stands around them is the title and the
like; the rest is named as unread.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import islice

from jisseki_check.forms.labels import Labels, compile_labels
from jisseki_check.forms.list_amounts import AmountColumns
from jisseki_check.forms.list_columns import Columns, settle
from jisseki_check.forms.list_front import ListFront, ListReport
from jisseki_check.forms.list_headings import ListHeadings
from jisseki_check.forms.list_items import ListItems
from jisseki_check.forms.list_lines import Line, Listed, Part, flat, texts_of
from jisseki_check.forms.list_notes import ListNotes, Totals
from jisseki_check.forms.list_places import Place, Placing
from jisseki_check.forms.list_rows import HeadingRow, ItemRows, NoteRow, TotalRow, read_rows
from jisseki_check.forms.list_sections import FormPart, FormParts
from jisseki_check.forms.list_tables import PAGE_NUMBER
from jisseki_check.forms.outline import says_nothing
from jisseki_check.forms.spans import Text, join
from jisseki_check.model import Document, Remark, Source, Unreadable
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Profile

_GUIDE = re.compile(
    r"(?:記入|記載|作成|入力)(?:例|要領|方法|上の注意|の?手引き?|見本)|見本|サンプル|注意事項|書き方"
)
_CHOICES = re.compile(
    r"(?:プルダウン|ドロップダウン|選択肢?|入力規則|マスタ|コード|設定)(?:リスト|一覧|用|表)*|リスト|list",
    re.I,
)
_DASHES = frozenset("-－―‐–—ー")
_FEW_ROWS = 40
_LONGEST_REST = 20_000


def is_guide(sheet: str | None) -> bool:
    """Whether a sheet of that name shows how to fill the list in."""
    return sheet is not None and _GUIDE.search(sheet) is not None


def read_lists(source: Source, profile: Profile, parts: Sequence[Part]) -> Document:
    """The report whose items stand in lists. Raises Unreadable: DOC001 where it is that of several
    departments, DOC002 where the lists hold no item."""
    hidden = {remark.at.sheet: remark for remark in source.remarks if _is_of_sheet(remark) and remark.at}
    reading = _Reading(profile, compile_labels(profile), set(hidden))
    reading.run(parts)
    draft = reading.draft
    if not draft.items:
        raise Unreadable(
            "一覧の見出しの下に、項目が1件もありません",
            rule="DOC002",
            fix="項目を記入したファイルかどうかを確かめてください。記入例のシートは読みません。",
        )
    _refuse_several(reading.departments, draft)
    _refuse_several(draft.departments, draft)
    # Of a sheet that was passed over it is not said that it was read as well.
    draft.remarks.extend(
        remark for remark in source.remarks if remark not in map(hidden.get, reading.passed_over)
    )
    return draft.document(source.path)


def _is_of_sheet(remark: Remark) -> bool:
    """Whether a remark says that a whole sheet is hidden."""
    return remark.kind == "hidden" and remark.at is not None and bool(remark.at.sheet) and not remark.at.cell


def _refuse_several(departments: Sequence[str], draft: ListReport) -> None:
    names = list(dict.fromkeys(departments))
    if len(names) > 1:
        shown = "、".join(names[:3]) + (" など" if len(names) > 3 else "")
        raise Unreadable(
            f"一つのファイルに、{len(names)}つの部の項目があります（{shown}）",
            fix="部ごとのファイルに分けてください。混ざったままでは、部ごとに点検できません。",
            at=draft.anchor.place() if draft.anchor is not None else None,
        )


@dataclass
class _Reading:
    """Goes through a document's parts in their order. `hidden`: the sheets that the file hides;
    `passed_over`: those that have nothing to do with the report's items."""

    profile: Profile
    labels: Labels
    hidden: Set[str | None] = frozenset()
    passed_over: set[str] = field(default_factory=set)
    departments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.draft = ListReport(self.profile, self.labels)
        self.parts = FormParts(self.profile, self.labels)
        self.headings = ListHeadings(self.profile)
        self._front = ListFront(self.draft, self.labels)
        self._place = Place()
        self._sheet: str | None = None
        self._begun = False
        self._names: list[Text] = []
        self._rest: dict[str, list[Text]] = {}
        self._told_section = False
        self._parts: Sequence[Part] = ()
        self._at = 0
        self._listed: set[str | None] = set()
        self._rows: Counter[str | None] = Counter()

    def run(self, parts: Sequence[Part]) -> None:
        """Read all parts."""
        self._parts = parts
        self._listed = {part.sheet for part in parts if isinstance(part, Listed)}
        self._rows = Counter(part.sheet for part in parts if isinstance(part, Line) and part.own)
        for self._at, part in enumerate(parts):
            sheet = part.sheet
            if sheet is not None and sheet != self._sheet:
                self._enter(sheet)
            if self._is_apart(sheet):
                self._pass_over(sheet or "", part)
            elif isinstance(part, Line):
                self._outside(part)
            else:
                self._list(part)
        self._finish()

    def _enter(self, sheet: str) -> None:
        """Another sheet: what the one before said of its sections does not hold here, but its name may."""
        self._sheet = sheet
        self._place = Place()
        part = self.parts.of_heading(sheet)
        if part is not None:
            self._place.enter(part)
            self._place.headed = True
            self._told_section = self._told_section or part.group is None

    def _is_apart(self, sheet: str | None) -> bool:
        """Whether a sheet has nothing to do with the report's items: a guide, or one without a list; a cover
        stands before the first list and is short."""
        if sheet is None:
            return False
        is_listed = sheet in self._listed
        if is_guide(sheet) or (not is_listed and _CHOICES.fullmatch(sheet)):
            return True
        return not is_listed and (self._begun or self._rows[sheet] > _FEW_ROWS)

    def _pass_over(self, sheet: str, part: Part) -> None:
        rows = (part,) if isinstance(part, Line) else part.rows
        self._rest.setdefault(sheet, []).extend(text for row in rows for text in row.texts)

    # --- around the lists -----------------------------------------------------------------------

    def _outside(self, line: Line) -> None:
        texts = line.texts
        if not texts:
            return
        whole = join(texts, "")
        part = self.parts.of_heading(whole.text)
        if part is not None:
            self._head(whole, part)
        elif not self._begun and not self._names_item(whole):
            self._front.take(line)
        else:
            for text in texts:
                self._between(text)

    def _head(self, text: Text, part: FormPart) -> None:
        self._place.enter(part)
        self._place.headed = True
        self._told_section = self._told_section or part.group is None
        self._note_section(text)

    def _note_section(self, text: Text) -> None:
        if self._place.section is not None and self._place.group is None:
            self.draft.headings.append((self._place.section.title, text))

    def _between(self, text: Text) -> None:
        """A text between two lists or behind the last one."""
        if self._front.take_common(text) or self._says_nothing(text):
            return
        if PAGE_NUMBER.fullmatch(fold(text.text)):
            self.draft.lenient("ページ番号", text, "ページ番号", None, None)
        elif any(squeeze(fold(text.text)) == squeeze(fold(line.text)) for line in self.draft.preamble):
            self.draft.lenient("ページごとの表題", text, "ページごとの表題", None, None)
        elif self.labels.title_of(fold(text.text)) is not None:
            self.draft.preamble.append(text)
        elif self._heads_item():
            self._names.append(text)
        else:
            self.draft.remark("unread", text, None, None, None)

    def _says_nothing(self, text: Text) -> bool:
        """Whether a text says that the section has no item, or nothing at all."""
        if text.text in _DASHES:
            return True
        if self._place.section is None or not says_nothing(fold(text.text)):
            return False
        self.draft.said_empty.add(self._place.section.title)
        return True

    def _names_item(self, text: Text) -> bool:
        """Whether a line above the first list is the name of its item."""
        folded = fold(text.text)
        is_heading = self.labels.parenthesis.match(folded) or self.labels.bullet.match(folded)
        return is_heading is not None and self._heads_item()

    def _heads_item(self) -> bool:
        """Whether the text stands right above a list that has no column for names."""
        ahead = islice(self._parts, self._at + 1, None)
        following = next((part for part in ahead if isinstance(part, Listed) or part.own), None)
        return isinstance(following, Listed) and all(
            column.field != "title" for column in following.header.columns
        )

    # --- lists ----------------------------------------------------------------------------------

    def _list(self, listed: Listed) -> None:
        self._begun = True
        self.draft.anchor = self.draft.anchor or listed.header.place
        first = len(self.draft.items)
        columns = settle(listed, self.labels, self.parts, self.draft.fiscal_year)
        for column in columns.doubled:
            self.draft.lenient("doubled column", column.place, "点検しない列", None, None)
        self._note_meanings(columns)
        money = AmountColumns(self.profile, self.labels, self.headings, columns, self.draft)
        money.prepare(listed)
        placing = Placing(self.profile, self.parts, columns, self.draft, self._place)
        items = ListItems(self.profile, self.labels, columns, self.draft, money, placing, self._names)
        totals = Totals(self.draft, columns)
        entries = read_rows(listed, columns, self.parts, self.labels)
        placing.look_over(entries, listed.rows)
        for entry in entries:
            if isinstance(entry, ItemRows):
                items.add(entry)
            elif isinstance(entry, HeadingRow):
                self._heading_row(entry, placing)
                totals.part()
            elif isinstance(entry, TotalRow):
                totals.add(entry)
            else:
                self._note_row(entry)
        money.settle()
        self._told_section = self._told_section or placing.told_section
        self._names.clear()
        self._departments(listed, columns)
        notes = ListNotes(self.draft, self.headings, columns, first)
        notes.note_missing(listed.header)
        notes.note_years()

    def _note_meanings(self, columns: Columns) -> None:
        """Headings in other words than the form's are read as the form's."""
        for name in ("goal", "initiative", "plan", "result"):
            joined = list(columns.of(name))
            if len(joined) > 1:
                read_as = f"{joined[0].heading.label}（{len(joined)}つの列をつなげたもの）"
                self.draft.lenient(f"joined {name}", joined[1].place, read_as, None, None)
        for name in ("goal", "initiative", "result", "mark"):
            own = self.profile.fields[name][0]
            words = {squeeze(fold(word)) for word in self.profile.fields[name]}
            for column in columns.of(name):
                plain = (
                    squeeze(fold(column.heading.label)).replace("取組み", "取組").replace("取り組み", "取組")
                )
                plain_words = {word.replace("取組み", "取組").replace("取り組み", "取組") for word in words}
                if column.heading.usual and not any(word in plain for word in plain_words):
                    self.draft.lenient(f"column {column.heading.label}", column.place, own, None, name)

    def _heading_row(self, entry: HeadingRow, placing: Placing) -> None:
        placing.carried.clear()
        text = join(entry.row.texts, "")
        if entry.part is not None:
            self._head(text, entry.part)
        else:
            self._place.enter_unknown(text.text)
            self.draft.lenient("strange heading", text, "小見出し", None, None)

    def _note_row(self, entry: NoteRow) -> None:
        texts = entry.row.texts
        if entry.kind == "example":
            self.draft.lenient("example", join(texts, " "), "記入例", None, None)
        elif entry.kind == "end":
            return
        elif entry.kind == "blank":
            self.draft.lenient("blank rows", join(texts, " "), "記入のない行", None, None)
        else:
            for text in texts:
                if not (self._front.take_common(text) or self._says_nothing(text)):
                    self.draft.remark("unread", text, None, None, None)

    def _departments(self, listed: Listed, columns: Columns) -> None:
        column = columns.one("department")
        if column is None:
            return
        for row in listed.rows:
            if (cell := row.own.get(column.at)) and len(row.own) > 2:
                name = squeeze(fold(flat(cell)))
                self.departments += [name] * (name not in self.departments)
                self.draft.front.setdefault("department", texts_of(cell)[0])

    def _finish(self) -> None:
        items = self.draft.items
        if items and not self._told_section and any(item.section is None for item in items):
            self.draft.remarks.append(Remark("no-column", "", item=1, field="section", count=len(items)))
        for sheet, texts in self._rest.items():
            held = [text for text in texts if text.text]
            if not held:
                continue
            if is_guide(sheet) or _CHOICES.fullmatch(sheet):
                self.passed_over.add(sheet)
                name = Text(sheet, held[0].runs)
                read_as = "点検しないシート" + ("（隠されています）" if sheet in self.hidden else "")
                self.draft.lenient(f"sheet {sheet}", name, read_as, None, None)
            else:
                words = "\n".join(text.text for text in held)[:_LONGEST_REST]
                self.draft.remarks.append(Remark("unread", words, count=len(held), at=held[0].place()))
