"""A page → blocks: its lines and the rows of its tables, in the order of reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Remark, Unreadable
from jisseki_check.readers import inert
from jisseki_check.readers.budget import Budget
from jisseki_check.readers.docx.noticed import Noticed
from jisseki_check.readers.docx.symbols import has_symbols, shown, shown_text
from jisseki_check.readers.html import beside, controls, elements
from jisseki_check.readers.html.elements import Style, font_of, is_hidden, style_of
from jisseki_check.readers.html.lines import Flow
from jisseki_check.readers.html.listing import List
from jisseki_check.readers.html.survey import Survey, is_navigation, is_page_part, is_section
from jisseki_check.readers.html.tables import Table
from jisseki_check.readers.xml_parts import Element

_SYMBOL_FONTS = frozenset({"wingdings", "wingdings 2", "symbol"})
_COMPLEX = ("table", "dl", *elements.HEADINGS)


@dataclass(slots=True)
class _Open:
    """An element that is not over yet: what it changes for the text within, and what is to be done at its
    end."""

    is_block: bool = False
    hides: bool = False
    strikes: bool = False
    inserts: bool = False
    keeps_blanks: bool = False
    is_label: bool = False
    is_section: bool = False
    font: str | None = None
    leave: Callable[[], None] | None = None


@dataclass(slots=True)
class _Entries:
    """A list of terms and what is said of them: a row of two cells for each."""

    rows: list[Block] = field(default_factory=list)
    _terms: Flow = field(default_factory=Flow)
    _texts: Flow | None = None

    def term(self) -> Flow:
        """Where a term is to go; several may stand before one text."""
        if self._texts is not None:
            self.end()
        return self._terms

    def text(self) -> Flow:
        self._texts = self._texts or Flow()
        return self._texts

    def end(self) -> None:
        cells = (self._terms.paragraphs(), self._texts.paragraphs() if self._texts else ())
        self._terms, self._texts = Flow(), None
        if any(cells):
            self.rows.append(Block(cells))


class Walk:
    """Reads a page once. `own`: the text of the page itself; `outside`: what stands around it."""

    def __init__(self, root: Element, limits: Limits, name: str) -> None:
        self.own = Flow()
        self.outside = Flow()
        self._survey = Survey.of(root)
        self._limits = limits
        self._budget = Budget(limits, name)
        self._noticed = Noticed()
        self._beside: list[Remark] = []
        self._inert: Counter[str] = Counter()
        self._flow = self.outside
        self._is_own = False
        self._line = 1
        self._opened: list[_Open] = []
        self._tables: list[Table | None] = []  # None for one that only arranges the page
        self._lists: list[List] = []
        self._entries: _Entries | None = None
        self._hiding = self._striking = self._inserting = 0
        self._keeping = self._labels = self._sections = 0
        self._fonts: list[str | None] = [None]
        self._read(root)

    def remarks(self) -> tuple[Remark, ...]:
        return (*self._beside, *self._noticed.remarks(), *inert.inert_remarks(self._inert))

    # --- elements ---------------------------------------------------------------------------------

    def _read(self, root: Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walk:
            if event == "start":
                self._line = max(self._line, element.sourceline or 0)
                if self._is_left_out(element):
                    self._pass(element)
                    walk.skip_subtree()
                else:
                    self._start(element)
                    self._show(element.text)
                continue
            if event == "end":
                self._end()
            else:
                if self._is_own:
                    self._beside += beside.of_source(element, self._flow.place(self._line))
                self._line += (element.text or "").count("\n")
            if element is not root:
                self._show(element.tail)

    def _pass(self, element: Element) -> None:
        opened = _Open(is_block=element.tag in elements.BLOCKS)
        if opened.is_block:
            self._flow.end()
        self._opened.append(opened)
        self._line += elements.lines_within(element)

    def _is_left_out(self, element: Element) -> bool:
        """Whether nothing of an element is text; what it shows or means instead is seen to here."""
        tag = element.tag
        if tag in elements.UNSEEN or beside.is_reference(element):
            return True
        if tag in elements.FOREIGN:
            self._inert[inert.EMBEDDED] += self._is_own
            return True
        if tag == "input":
            self._show_text(controls.input_text(element), self._line)
            return True
        if tag == "select":
            self._show_text(" ".join(controls.chosen_options(element)), self._line)
            return True
        remark = beside.beside(element)
        if remark is not None:
            self._beside.append(remark)
            return True
        return self._is_furniture(element)

    def _is_furniture(self, element: Element) -> bool:
        if element is self._survey.own:
            return False
        if is_navigation(element):
            return True
        # A page's head may bear its title; its foot does not.
        return not self._sections and is_page_part(element) and not _is_head(element)

    def _start(self, element: Element) -> None:
        tag, style = element.tag, style_of(element)
        opened = _Open(
            is_block=tag in elements.BLOCKS or style.is_block,
            hides=is_hidden(element, style),
            strikes=tag in elements.STRUCK or style.strikes,
            inserts=tag == "ins",
            keeps_blanks=tag in elements.KEEPING_BLANKS or style.keeps_blanks,
            is_label=style.is_label,
            is_section=is_section(element) or self._is_part(element),
        )
        if opened.is_block:
            self._flow.end()
        self._opened.append(opened)
        self._enter(opened, element, style)
        if element is self._survey.own:
            self._turn_to(self.own, opened, is_own=True)
        elif not self._sections and is_page_part(element):
            self._turn_to(self.outside, opened, is_own=False)
        self._sections += opened.is_section
        starter = _STARTERS.get(tag)
        if starter is not None:
            starter(self, element, opened)

    def _is_part(self, element: Element) -> bool:
        """Whether this element holds the page's own text, and there is more around it."""
        return element is self._survey.own and element.getparent() is not None

    def _enter(self, opened: _Open, element: Element, style: Style) -> None:
        self._hiding += opened.hides
        self._striking += opened.strikes
        self._inserting += opened.inserts
        self._keeping += opened.keeps_blanks
        self._labels += opened.is_label
        opened.font = font_of(element, style)
        if opened.font is not None:
            self._fonts.append(opened.font)
        if self._is_own and (opened.strikes or opened.inserts):
            self._noticed.change(self._flow.place(self._line))

    def _end(self) -> None:
        opened = self._opened.pop()
        if opened.is_block:
            self._flow.end()
        if opened.leave is not None:
            opened.leave()
        self._hiding -= opened.hides
        self._striking -= opened.strikes
        self._inserting -= opened.inserts
        self._keeping -= opened.keeps_blanks
        self._labels -= opened.is_label
        self._sections -= opened.is_section
        if opened.font is not None:
            self._fonts.pop()
        if self._flow.made > self._limits.max_values:
            raise Unreadable(
                f"文字のまとまり（段落など）が多すぎます（上限は{self._limits.max_values:,}個）",
                fix="部ごとのファイルに分けてください。",
            )

    def _turn_to(self, flow: Flow, opened: _Open, *, is_own: bool | None = None) -> None:
        """Until the element is over, its text goes another way."""
        held, was_own = self._flow, self._is_own

        def leave() -> None:
            flow.end()
            self._flow, self._is_own = held, was_own

        self._flow = flow
        self._is_own = was_own if is_own is None else is_own
        opened.leave = leave

    # --- what is more than text -------------------------------------------------------------------

    def _break(self, element: Element, opened: _Open) -> None:
        self._flow.end_line()

    def _rule(self, element: Element, opened: _Open) -> None:
        self._flow.add_blank()

    def _list(self, element: Element, opened: _Open) -> None:
        self._lists.append(List.of(element))
        opened.leave = self._end_list

    def _end_list(self) -> None:
        self._lists.pop()

    def _list_entry(self, element: Element, opened: _Open) -> None:
        flow = self._flow
        if self._lists:
            flow.marker = self._lists[-1].marker(element)

        def leave() -> None:
            flow.marker = ""

        opened.leave = leave

    def _terms(self, element: Element, opened: _Open) -> None:
        if self._flow.at is not None or self._entries is not None or _is_complex(element):
            return
        self._entries = entries = _Entries()
        flow = self._flow

        def leave() -> None:
            entries.end()
            flow.add_rows(entries.rows)
            self._entries = None

        opened.leave = leave

    def _term(self, element: Element, opened: _Open) -> None:
        if self._entries is not None:
            self._turn_to(self._entries.term(), opened)

    def _term_text(self, element: Element, opened: _Open) -> None:
        if self._entries is not None:
            self._turn_to(self._entries.text(), opened)

    def _table(self, element: Element, opened: _Open) -> None:
        seen = self._survey.tables[element]
        if len(self._tables) >= self._limits.max_depth:
            raise Unreadable(
                f"表の入れ子が深すぎます（上限は{self._limits.max_depth:,}段）",
                fix="作成したソフトウェアで開き、Word 文書（.docx）か PDF として保存してください。",
                at=self._flow.place(self._line),
            )
        table = None if seen.is_layout else Table(seen.number, self._budget)
        self._tables.append(table)
        flow = self._flow

        def leave() -> None:
            self._tables.pop()
            if table is not None:
                table.end_row()
                flow.add_rows(table.blocks)

        opened.leave = leave

    def _table_around(self) -> Table | None:
        """The table of which a row or a cell is a part."""
        table = self._tables[-1] if self._tables else None
        return None if table is None or table.is_in_cell else table

    def _row_group(self, element: Element, opened: _Open) -> None:
        table = self._table_around()
        if table is not None:
            table.start_group()
            opened.leave = table.start_group

    def _row(self, element: Element, opened: _Open) -> None:
        table = self._table_around()
        if table is not None:
            table.start_row()
            opened.leave = table.end_row

    def _cell(self, element: Element, opened: _Open) -> None:
        table = self._table_around()
        if table is None:
            return
        held = self._flow
        self._flow = table.start_cell(element)

        def leave() -> None:
            table.end_cell()
            self._flow = held

        opened.leave = leave

    # --- text -------------------------------------------------------------------------------------

    def _show(self, text: str | None) -> None:
        """Text of the file, whose lines are counted."""
        if text:
            line = self._line
            self._line += text.count("\n")
            self._show_text(text, line)

    def _show_text(self, text: str, line: int) -> None:
        if self._is_own:
            self._notice(text, line)
        if self._striking:
            return
        text = self._with_symbols(text)
        if self._labels:
            text = text.replace("\u00a0", " ")
        if self._keeping:
            self._flow.add_kept(text, line)
        else:
            self._flow.add(text, line)

    def _notice(self, text: str, line: int) -> None:
        at = self._flow.place(line)
        if self._striking:
            self._noticed.delete(text, at)
            return
        if self._hiding:
            self._noticed.hide(text, at)
        else:
            self._noticed.show(text)
        if self._inserting:
            self._noticed.insert(text)
        else:
            self._noticed.keep(text)

    def _with_symbols(self, text: str) -> str:
        font = self._fonts[-1]
        if font in _SYMBOL_FONTS:
            return "".join(char if char.isspace() else shown(ord(char), font) for char in text)
        return shown_text(text, None) if has_symbols(text) else text


def _is_head(element: Element) -> bool:
    return "head" in f"{element.tag} {element.get('id', '')} {element.get('title', '')}".lower()


def _is_complex(element: Element) -> bool:
    """Whether a list of terms arranges more than terms and a few words on each."""
    return any(each is not element for each in element.iter(*_COMPLEX))


_Starter = Callable[[Walk, Element, _Open], None]
_STARTERS: dict[str, _Starter] = {
    "br": Walk._break,
    "hr": Walk._rule,
    **dict.fromkeys(("ul", "ol", "menu", "dir"), Walk._list),
    "li": Walk._list_entry,
    "dl": Walk._terms,
    "dt": Walk._term,
    "dd": Walk._term_text,
    "table": Walk._table,
    **dict.fromkeys(elements.ROW_GROUPS, Walk._row_group),
    "tr": Walk._row,
    "td": Walk._cell,
    "th": Walk._cell,
}
