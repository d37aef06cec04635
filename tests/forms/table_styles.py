"""Reports laid out as the tables of Word files and sheets, in the ways in which offices draw such forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from jisseki_check.model import Amount, Block, Cell, Item, Location, Report, Run, Source
from jisseki_check.profiles import Section
from tests.edits import profile

EXTRAS = (
    ("事業期間", "平成28年度から"),
    ("根拠法令", "みずき市まちづくり条例"),
    ("備考", "別に資料があります。"),
)
FIELDS = ("goal", "initiative", "result")


@dataclass(frozen=True)
class Box:
    """A cell: its paragraphs, one a line, and how many columns and rows it takes."""

    text: str
    across: int = 1
    down: int = 1


Line = Sequence[Box | str | None]
"""The cells of a row from left to right; None: a blank one."""


def cell(text: str, at: Location) -> Cell:
    lines = enumerate(text.split("\n"), 1)
    return tuple((Run(line, replace(at, line=number)),) for number, line in lines if line)


def paragraph(text: str, number: int = 1) -> Block:
    """A line of a Word file's body; a blank one where there is no text."""
    return Block((cell(text, Location(line=number, column=1)),)) if text else Block(())


def column_name(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def table(number: int, lines: Sequence[Line], sheet: str | None = None) -> list[Block]:
    """The rows of a table as readers give them: merged content once, and which columns it covers."""
    hanging: dict[int, tuple[int, Cell]] = {}
    blocks = []
    for row, line in enumerate(lines, 1):
        covers = {column: content for column, (_, content) in hanging.items()}
        hanging = {column: (down - 1, content) for column, (down, content) in hanging.items() if down > 1}
        cells: list[Cell] = []
        for each in line:
            while len(cells) in covers:
                cells.append(())
            box = each if isinstance(each, Box) else Box(each or "")
            name = f"{column_name(len(cells))}{row}"
            at = Location(table=number, row=row, cell=name, column=1)
            at = at if sheet is None else Location(sheet=sheet, cell=name, column=1)
            content = cell(box.text, at) if box.text else ()
            first = len(cells)
            for column in range(first, first + box.across):
                cells.append(content if column == first else ())
                if column > first:
                    covers[column] = content
                if box.down > 1:
                    hanging[column] = (box.down - 1, content)
        is_blank = not any(cells) and not any(covers.values())
        blocks.append(Block(() if is_blank else tuple(cells), table=number, covers=covers))
    return blocks


def source(blocks: Sequence[Block], name: str = "報告.docx") -> Source:
    return Source(name, name.rpartition(".")[2], "0" * 64, tuple(blocks))


# --- a form of tables ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Style:
    """How a form is drawn; see the choices of `STYLES`."""

    container: str = "item"
    heading: str = "merged"
    fields: str = "beside"
    labels: str = "plain"
    amounts: str = "line"
    mark: str = "bracket"
    plan: str = "header"
    front: str = "lines"
    offset: int = 0
    label_width: int = 1
    text_width: int = 3
    extras: str = "none"
    words: tuple[str, str, str] = ("目標", "取り組み", "実績")


CHOICES: dict[str, tuple[Any, ...]] = {
    "container": ("item", "section", "sheet", "sheets"),
    "heading": ("paragraph", "merged", "cells", "bare", "item", "name", "number and name", "beside"),
    "fields": ("beside", "merged down", "above", "columns"),
    "labels": ("plain", "spaced", "upright", "boxed", "numbered"),
    "amounts": (
        "line", "cell", "unit in label", "unit in cell", "one row", "header", "in the text", "grouped",
    ),
    "mark": ("bracket", "bare", "line", "long label", "in the text"),
    "plan": ("header", "rows", "header with division"),
    "front": ("lines", "cells", "pairs"),
    "offset": (0, 1, 3),
    "label_width": (1, 4),
    "text_width": (2, 3, 12),
    "extras": ("none", "rows", "pairs", "above"),
    "words": (
        ("目標", "取り組み", "実績"), ("目　的", "取組内容", "成果"), ("目標", "主な取り組み", "取組実績"),
        ("ねらい", "実施計画", "実施結果"), ("目標", "取組み", "本年度の実績"),
    ),
}  # fmt: skip


@st.composite
def styles(draw: st.DrawFn) -> Style:
    """Any way of drawing the form in which it can still be read."""
    style = Style(**{name: draw(st.sampled_from(choices)) for name, choices in CHOICES.items()})
    return settled(style)


def settled(style: Style) -> Style:
    """The style without what cannot be drawn together."""
    if style.heading == "paragraph" and style.container != "item":
        style = replace(style, heading="merged")
    if style.fields == "columns" and style.extras == "pairs":
        style = replace(style, extras="rows")
    return style


@dataclass
class Drawing:
    """The form while it is drawn: blocks that stand, and the lines of the table that is open."""

    style: Style
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    tables: int = 0
    sheet: str | None = None

    @property
    def width(self) -> int:
        return self.style.label_width + self.style.text_width

    def add(self, *boxes: Box | str | None) -> None:
        self.lines.append([None] * self.style.offset + list(boxes))

    def whole(self, text: str) -> None:
        self.add(Box(text, across=self.width))

    def first(self, text: str) -> Box:
        return Box(text, across=self.style.label_width)

    def rest(self, text: str, taken: int = 0) -> Box:
        return Box(text, across=max(1, self.style.text_width - taken))

    def pair(self, label: str, text: str) -> None:
        self.add(self.label(label), self.rest(text))

    def label(self, words: str, down: int = 1) -> Box:
        return Box(_drawn(words, self.style.labels), across=self.style.label_width, down=down)

    def end_table(self) -> None:
        if self.lines:
            self.tables += 1
            self.blocks += table(self.tables, self.lines, self.sheet)
            self.lines = []

    def say(self, text: str) -> None:
        """A heading: a paragraph between the tables, or a row over all columns of the one that is open."""
        if self.style.container == "item":
            self.end_table()
            self.blocks.append(paragraph(text, len(self.blocks) + 1))
        else:
            self.whole(text)


def _drawn(words: str, how: str) -> str:
    if how == "spaced" and len(words) < 5:
        return "　".join(words)
    if how == "upright" and len(words) < 5:
        return "\n".join(words)
    if how == "boxed":
        return f"【{words}】"
    return f"①{words}" if how == "numbered" else words


def blocks_of(report: Report, style: Style) -> list[Block]:
    """The report as a document in that style."""
    drawing = Drawing(style, sheet="報告" if style.container in {"sheet", "sheets"} else None)
    _front(report, drawing)
    for section in profile().sections:
        if style.container == "sheets":
            drawing.end_table()
            drawing.sheet = f"{section.number}. {section.title}"
        elif style.container == "section":
            drawing.end_table()
        drawing.say(f"{section.number}. {section.title}")
        for group in section.groups or (None,):
            if group is not None:
                drawing.say(f"◆{group.title}")
            for item in report.items:
                if item.section == section.number and (group is None or item.group == group.title):
                    _item(item, section, drawing)
    drawing.end_table()
    return drawing.blocks


def _front(report: Report, drawing: Drawing) -> None:
    divisions = "、".join(report.divisions or ())
    year, rest = (report.title or "").split("年度", 1)
    if drawing.style.front == "lines":
        drawing.say(report.title or "")
        drawing.say(f"<部の構成> {divisions}")
    elif drawing.style.front == "cells":
        drawing.add(drawing.first(f"{year}年度"), drawing.rest(rest))
        drawing.pair("部の構成", divisions)
    else:
        drawing.whole("取り組み実績")
        drawing.pair("年度", f"{year}年度")
        drawing.pair("部", report.department or "")
        drawing.pair("部の構成", divisions)
    if drawing.style.container == "item":
        drawing.end_table()
    drawing.say(report.legend or "")


def _item(item: Item, section: Section, drawing: Drawing) -> None:
    if drawing.style.container == "item":
        drawing.end_table()
        drawing.blocks.append(paragraph(""))
    {"priority": _priority, "bullet": _bullet}.get(item.kind, _of_plan)(item, section, drawing)


# --- headings -----------------------------------------------------------------------------------


def _priority(item: Item, section: Section, drawing: Drawing) -> None:
    above = drawing.style.extras == "above" and drawing.style.heading in {"item", "name", "number and name"}
    if above:
        _extras(drawing)
    begun = len(drawing.lines)
    if drawing.style.heading != "beside":
        _heading(item, drawing)
    if drawing.style.extras != "none" and not above:
        _extras(drawing)
    _fields(item, [("goal", item.goal), ("initiative", item.initiative)], drawing)
    if drawing.style.heading == "beside":
        heading = Box(f"({item.number}) {item.title}", down=len(drawing.lines) - begun)
        offset, line = drawing.style.offset, drawing.lines[begun]
        drawing.lines[begun] = [*line[:offset], heading, *line[offset:]]


def _heading(item: Item, drawing: Drawing) -> None:
    how, title, number = drawing.style.heading, item.title or "", item.number or ""
    if how == "paragraph":
        drawing.say(f"({number}) {title}")
    elif how == "merged":
        drawing.whole(f"({number}) {title}")
    elif how in {"cells", "bare"}:
        drawing.add(drawing.first(f"({number})" if how == "cells" else number), drawing.rest(title))
    elif how == "item":
        drawing.pair("項目", f"({number}) {title}")
    elif how == "name":
        drawing.pair("番号", number)
        drawing.pair("事業名", title)
    else:
        drawing.add(drawing.label("番号"), number, drawing.label("事業名"), drawing.rest(title, 1))


def _extras(drawing: Drawing) -> None:
    (period, since), *others = EXTRAS
    if drawing.style.extras == "pairs" and drawing.style.text_width > 2:
        rest = drawing.rest(since, drawing.style.label_width + 1)
        drawing.add(drawing.label("担当課"), "人事課", drawing.label(period), rest)
    else:
        drawing.pair("担当課", "人事課")
        drawing.pair(period, since)
    for label, text in others:
        drawing.pair(label, text)


def _bullet(item: Item, section: Section, drawing: Drawing) -> None:
    heading = drawing.say if drawing.style.heading == "paragraph" else drawing.whole
    heading(f"◆{item.title}")
    if item.initiative is not None:
        drawing.whole(item.initiative)
    _fields(item, [], drawing)


def _of_plan(item: Item, section: Section, drawing: Drawing) -> None:
    header = profile().item_kinds[item.kind].header
    title = f"{item.number}. {item.title}" if item.number else item.title or ""
    if drawing.style.plan == "rows":
        drawing.pair(header[0], title)
        drawing.pair(header[1], item.goal or "")
    elif drawing.style.plan == "header":
        drawing.add(drawing.first(header[0]), drawing.rest(header[1]))
        drawing.add(drawing.first(title), drawing.rest(item.goal or ""))
    else:
        drawing.add(drawing.first(header[0]), drawing.rest(header[1], 1), "担当課")
        drawing.add(drawing.first(title), drawing.rest(item.goal or "", 1), "人事課")
    _fields(item, [], drawing)


# --- fields -------------------------------------------------------------------------------------


def _fields(item: Item, plan: list[tuple[str, str | None]], drawing: Drawing) -> None:
    texts = [*plan, ("result", item.result)]
    if drawing.style.amounts == "in the text" or drawing.style.mark == "in the text":
        texts = [(name, _with_lines(item, name, text or "", drawing.style)) for name, text in texts]
    is_wide = drawing.style.text_width >= len(texts) > 1
    if drawing.style.fields == "columns" and drawing.style.amounts != "line" and is_wide:
        _columns(texts, drawing)
    else:
        for name, text in texts:
            _field(name, text or "", drawing)
            if drawing.style.amounts == "line":
                for amount in item.amounts:
                    if (amount.field == "result") == (name == "result") and (name != "goal" or not plan[1:]):
                        drawing.whole(printed(amount))
    if item.amounts:
        _AMOUNTS.get(drawing.style.amounts, _no_amounts)(item.amounts, drawing)
    _MARKS[drawing.style.mark](item.mark or "", drawing)


def _with_lines(item: Item, name: str, text: str, style: Style) -> str:
    lines = [text]
    if style.amounts == "in the text":
        lines += [printed(amount) for amount in item.amounts if amount.field == name]
    if style.mark == "in the text" and name == "result":
        lines += ["取り組みに対する達成状況", f"【 {item.mark} 】"]
    return "\n".join(lines)


def _field(name: str, text: str, drawing: Drawing) -> None:
    label = drawing.style.words[FIELDS.index(name)]
    paragraphs = text.split("\n")
    if drawing.style.fields == "above":
        drawing.whole(_drawn(label, drawing.style.labels))
        drawing.whole(text)
    elif drawing.style.fields == "merged down" and len(paragraphs) > 1:
        drawing.add(drawing.label(label, len(paragraphs)), drawing.rest(paragraphs[0]))
        for each in paragraphs[1:]:
            drawing.add(drawing.rest(each))
    else:
        drawing.pair(label, text)


def _columns(texts: list[tuple[str, str | None]], drawing: Drawing) -> None:
    names = [drawing.style.words[FIELDS.index(name)] for name, _ in texts]
    spans = [drawing.style.label_width, *[1] * (len(texts) - 1)]
    spans[-1] = drawing.width - sum(spans[:-1])
    drawing.add(*(Box(name, across=across) for name, across in zip(names, spans, strict=True)))
    drawing.add(*(Box(text or "", across=across) for (_, text), across in zip(texts, spans, strict=True)))


# --- amounts and marks --------------------------------------------------------------------------


def printed(amount: Amount, unit: bool = True) -> str:
    note = f"（{amount.note}）" if amount.note else ""
    return f"{amount.label}：{value(amount, unit)}{note}"


def value(amount: Amount, unit: bool = True) -> str:
    return f"{amount.value:,}{amount.unit if unit else ''}"


def _noted(amount: Amount, unit: bool = True) -> str:
    return value(amount, unit) + (f"（{amount.note}）" if amount.note else "")


def _no_amounts(amounts: Sequence[Amount], drawing: Drawing) -> None:
    """They stand elsewhere."""


def _in_cells(amounts: Sequence[Amount], drawing: Drawing) -> None:
    for amount in amounts:
        drawing.pair(amount.label, _noted(amount))


def _unit_in_label(amounts: Sequence[Amount], drawing: Drawing) -> None:
    for amount in amounts:
        drawing.pair(f"{amount.label}（{amount.unit}）", _noted(amount, unit=False))


def _unit_in_cell(amounts: Sequence[Amount], drawing: Drawing) -> None:
    for amount in amounts:
        note = f"（{amount.note}）" if amount.note else ""
        unit = drawing.rest(f"{amount.unit}{note}", 1)
        drawing.add(drawing.label(amount.label), value(amount, unit=False), unit)


def _one_row(amounts: Sequence[Amount], drawing: Drawing) -> None:
    boxes: list[Box | str] = []
    for amount in amounts:
        boxes += [drawing.first(amount.label), _noted(amount)]
    drawing.add(*boxes)


def _under_header(amounts: Sequence[Amount], drawing: Drawing) -> None:
    drawing.add(*(Box(amount.label) for amount in amounts), "執行率")
    drawing.add(*(Box(_noted(amount)) for amount in amounts), "94.3％")


def _grouped(amounts: Sequence[Amount], drawing: Drawing) -> None:
    for number, amount in enumerate(amounts):
        boxes = [Box(amount.label), drawing.rest(_noted(amount), 1)]
        if number == 0:
            boxes.insert(0, drawing.label("予算・決算", len(amounts)))
        drawing.add(*boxes)


_AMOUNTS: dict[str, Callable[[Sequence[Amount], Drawing], None]] = {
    "cell": _in_cells,
    "unit in label": _unit_in_label,
    "unit in cell": _unit_in_cell,
    "one row": _one_row,
    "header": _under_header,
    "grouped": _grouped,
}
_MARKS: dict[str, Callable[[str, Drawing], None]] = {
    "bracket": lambda mark, drawing: drawing.pair("達成状況", f"【 {mark} 】"),
    "bare": lambda mark, drawing: drawing.pair("達成状況", mark),
    "line": lambda mark, drawing: drawing.whole(f"取り組みに対する達成状況 【 {mark} 】"),
    "long label": lambda mark, drawing: drawing.pair("取り組みに\n対する\n達成状況", mark),
    "in the text": lambda mark, drawing: None,
}
