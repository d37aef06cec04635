"""The rows of one item of a list → the item: its place in the form, its texts, amounts and mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from jisseki_check.forms.amounts import take_amounts
from jisseki_check.forms.drafts import Draft
from jisseki_check.forms.labels import Labels
from jisseki_check.forms.list_amounts import AmountColumns
from jisseki_check.forms.list_columns import Columns, letters
from jisseki_check.forms.list_front import ListReport
from jisseki_check.forms.list_lines import Column, Line, flat, texts_of
from jisseki_check.forms.list_places import SENTENCE, Placing
from jisseki_check.forms.list_rows import ItemRows
from jisseki_check.forms.marks import Sign, split_mark
from jisseki_check.forms.spans import Text, join
from jisseki_check.model import Cell, Run
from jisseki_check.notation.marks import LOOK_ALIKES, read_mark
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import ItemKind, Profile

_LONGEST_NUMBER = 30
_TEXTS = ("goal", "initiative", "plan", "result")
_DASHES = frozenset("-－―‐–—−ー─")
_ENDS = frozenset("。.)）」』】")
_LIST_SIGN = re.compile(r"[・※◆■●○◇*(（①-⑳-]|[0-9]{1,2}[.)、]|[ア-オ][ .)、]")
_NUMBER = re.compile(
    r"(?:no\.?|№|第)?\s*[(\[【]?\s*(?P<number>[^()\[\]【】.、．\s](?:[^()\[\]【】]*[^()\[\]【】.、．\s号])?)\s*[)\]】.、．号]*",
    re.I,
)
_BEHIND_SIGN = re.compile(r"[\s(:、]")
_LEADING = re.compile(
    r"[(\[]\s*(?P<enclosed>[0-9]{1,3}(?:-[0-9]{1,3})?)\s*[)\]]\s*(?=\S)"
    r"|(?P<stopped>[0-9]{1,3}(?:-[0-9]{1,3})?)\s*[.、:]\s*(?=[^0-9\s])"
    r"|(?P<branch>[0-9]{1,3}-[0-9]{1,3})\s*(?=[^0-9\s-])"
    r"|(?P<apart>[0-9]{1,3})(?=\s)"
)


@dataclass
class ListItems:
    """Builds the items of one list."""

    profile: Profile
    labels: Labels
    columns: Columns
    draft: ListReport
    money: AmountColumns
    placing: Placing
    headings: list[Text] = field(default_factory=list)

    def add(self, entry: ItemRows) -> Draft:
        """The item that stands in these rows."""
        row = entry.rows[0]
        self.placing.find(row)
        number, title = self._name(entry)
        title, sign = self._without_sign(title)
        number, title, printed = self._number(number, title)
        kind = self.placing.kind_of(number, title, sign, row)
        texts = self._texts(entry)
        if kind.opens == "bullet" and (title is None or not title.text):
            title = _moved(texts) or title
        section, group = self.placing.section_and_group(kind)
        heading = next(iter(texts_of(next(iter(row.own.values())))), None)
        item = self.draft.add(kind, section, group, title, number, heading)
        if sign is not None and kind.opens == "bullet" and sign.text != kind.sign:
            self.draft.remark("bullet", sign, kind.sign, item, "title")
        self._fill(item, kind, texts, entry.rows)
        self._amounts(item, entry)
        self._marks(item, entry)
        item.division = self._joined("division", entry, "、")
        self._extras(item, entry, printed)
        self.placing.passed(entry)
        return item

    # --- what it is called ----------------------------------------------------------------------

    def _name(self, entry: ItemRows) -> tuple[Text | None, Text | None]:
        """The cells of number and name; an item below the heading of its own has its name there."""
        row = entry.rows[0]
        column = self.columns.one("title")
        number_column = self.columns.one("number")
        number = self._cell(row, number_column)
        if column is None:
            return number, join(self.headings, "") if self.headings else None
        if number_column is not None and row.beside.get(column.at) == number_column.at:
            number = None
        lines = texts_of(row.shown(column.at))
        for further in entry.rows[1:]:
            lines += texts_of(further.own.get(column.at, ()))
        return number, join(lines, "") if lines else _blank(row, column.at)

    @staticmethod
    def _cell(row: Line, column: Column | None) -> Text | None:
        lines = texts_of(row.shown(column.at)) if column is not None else []
        return join(lines, "") if lines else None

    def _without_sign(self, title: Text | None) -> tuple[Text | None, Text | None]:
        """A name without the sign before it, and that sign."""
        if title is None or not title.text:
            return title, None
        folded = fold(title.text)
        match = self.labels.bullet.match(folded) or self.labels.odd_bullet.match(folded)
        if match is None or not match["title"]:
            return title, None
        return title.cut(match.start("title")), title.cut(*match.span("sign"))

    def _number(self, cell: Text | None, title: Text | None) -> tuple[Text | None, Text | None, Text | None]:
        """Number and name; the third is what stands in the numbers' column if the name has another number."""
        number = _number_in(cell)
        unread = cell if number is None and cell is not None and not _is_dash(cell) else None
        leading = _LEADING.match(fold(title.text)) if title is not None else None
        if title is None or leading is None or leading.lastgroup is None:
            return number, title, unread
        group = leading.lastgroup
        own = title.cut(*leading.span(group))
        is_apart = title.text[leading.end() : leading.end() + 1] == "\u3000"
        if group == "apart" and not is_apart and (number is None or fold(number.text) != fold(own.text)):
            return number, title, unread
        other = number is not None and fold(number.text) != fold(own.text)
        return own, title.cut(leading.end()), cell if other else None

    # --- its texts ------------------------------------------------------------------------------

    def _texts(self, entry: ItemRows) -> dict[str, list[Text]]:
        texts: dict[str, list[Text]] = {}
        for name in _TEXTS:
            for column in self.columns.of(name):
                for tier, row in enumerate(entry.rows):
                    if column.tier not in {None, tier}:
                        continue
                    cell = row.own.get(column.at, ()) if tier else self._shown(row, column, name)
                    lines = texts_of(cell)
                    if lines and _is_broken(entry.rows[0], row, texts.get(name), lines[0]):
                        lines[0] = join((texts[name].pop(), lines[0]), "")
                    for text in lines:
                        target, text = self._labelled(text) if name == "plan" else (name, text)
                        texts.setdefault(target, []).append(text)
        return texts

    def _shown(self, row: Line, column: Column, name: str) -> Cell:
        """What a reader sees in the cell. A text that is merged over several columns is that of the first."""
        if column.at in row.beside and any(
            each.at == row.beside[column.at] for each in self.columns.of(*_TEXTS) if each.field != name
        ):
            return ()
        return row.shown(column.at)

    def _labelled(self, text: Text) -> tuple[str, Text]:
        """A paragraph of a plan that says of itself whether it is goal or initiative."""
        match = self.labels.field.match(fold(text.text))
        name = self.labels.field_of(match) if match else "plan"
        return (name, text.cut(match.end())) if match and name in {"goal", "initiative"} else ("plan", text)

    def _fill(self, item: Draft, kind: ItemKind, texts: dict[str, list[Text]], rows: list[Line]) -> None:
        """The texts of the fields that such an item has; a cell that must not be blank is an empty field."""
        sources = self._sources(kind)
        required = {*kind.required}
        if kind.opens == "bullet" and item.section is not None and item.section.plan == "initiative":
            required |= (
                {"initiative"} if not SENTENCE.search(item.title.text if item.title else "") else set()
            )
        for name, columns in sources.items():
            lines = [text for source in columns for text in texts.get(source, ())]
            given = [text for text in lines if not _is_dash(text)]
            if given:
                item.fields[name] = []
                for text in given:
                    self._take(item, name, text)
            own = [source for source in columns if source in {name, "plan"} and self.columns.has(source)]
            if not item.fields.get(name) and name in required and own:
                column = next(self.columns.of(*own))
                row = rows[min(column.tier or 0, len(rows) - 1)]
                item.labels[name] = lines[0] if lines else _blank(row, column.at)
            elif not item.fields.get(name):
                item.fields.pop(name, None)
        self._share(item, required, rows[0])

    def _share(self, item: Draft, required: set[str], row: Line) -> None:
        """A text that is merged over the columns of two fields is of both, if the item must have both."""
        for name in required & item.labels.keys():
            column = self.columns.one(name)
            at = row.beside.get(column.at) if column is not None else None
            other = next((each.field for each in self.columns.of(*_TEXTS) if each.at == at), None)
            if other in item.fields and not item.fields.get(name):
                item.fields[name] = item.fields[other]
                del item.labels[name]

    def _sources(self, kind: ItemKind) -> dict[str, tuple[str, ...]]:
        """From which columns each field of such an item comes: what the form has in one field may stand in
        two columns, and the other way round."""
        plain = {"goal": ("goal",), "initiative": ("initiative",), "result": ("result",)}
        if kind.opens == "table" and "initiative" not in kind.required:
            return {"goal": ("goal", "plan", "initiative"), "result": ("result",)}
        if kind.opens == "heading":
            return {"initiative": ("goal", "plan", "initiative"), "result": ("result",)}
        if kind.opens == "bullet":
            return plain | {"initiative": ("plan", "initiative")}
        if "goal" in kind.required and not self.columns.has("goal"):
            return plain | {"goal": ("goal", "plan")}
        return plain | {"initiative": ("plan", "initiative")}

    def _take(self, item: Draft, name: str, text: Text) -> None:
        """A paragraph of a field, its amounts and its mark taken out as the form prints them there."""
        mark = self.labels.mark.match(fold(text.text)) if name == "result" else None
        if mark is not None and not self.columns.has("mark"):
            signs, rest = split_mark(text.cut(mark.end()), self.labels)
            if signs:
                item.add_marks(text, [value for value, _ in signs])
                text = rest
        pieces, amounts = take_amounts(text, self.labels)
        for found in amounts:
            item.add_amount(found, name)
        item.fields[name] += pieces

    # --- amounts, mark and the rest --------------------------------------------------------------

    def _amounts(self, item: Draft, entry: ItemRows) -> None:
        for tier, row in enumerate(entry.rows):
            for text in self.money.take(row, item, tier):
                self.draft.remark("unread", text, None, item, None)

    def _marks(self, item: Draft, entry: ItemRows) -> None:
        column = self.columns.one("mark")
        if column is None:
            return
        for row in entry.rows:
            is_first = row is entry.rows[0]
            cell = row.shown(column.at) if is_first else row.own.get(column.at, ())
            text = join(texts_of(cell), "\n") if cell else None
            if text is None:
                if is_first and not any(further.own.get(column.at) for further in entry.rows[1:]):
                    blank = _blank(row, column.at)
                    item.add_marks(blank, [blank])
                continue
            signs, rest = _split_mark(text, self.labels)
            # An empty bracket has no sign to point at, so its place is the bracket's.
            item.add_marks(text, [value if value.text else Text("", whole.runs) for value, whole in signs])
            if rest.text:
                self.draft.put_aside(item, squeeze(column.place.text), rest.text)

    def _joined(self, name: str, entry: ItemRows, separator: str) -> Text | None:
        column = self.columns.one(name)
        lines = texts_of(entry.rows[0].shown(column.at)) if column is not None else []
        return join(lines, separator) if lines else None

    def _extras(self, item: Draft, entry: ItemRows, printed: Text | None) -> None:
        number = self.columns.one("number")
        if printed is not None and number is not None:
            self.draft.put_aside(item, squeeze(number.place.text), printed.text)
        first, *others = entry.rows
        for name, column in self.columns.extra:
            cell = first.own.get(column.at) or first.above(column.at)
            for row in others:
                cell = (*cell, *row.own.get(column.at, ()))
            if cell:
                self.draft.put_aside(item, name, flat(cell), cell)


def _split_mark(text: Text, labels: Labels) -> tuple[list[Sign], Text]:
    """The marks in a cell, and what is said besides: 「◎（計画どおり）」, 「◎ 達成」."""
    folded = fold(text.text)
    known = (sign for sign in labels.signs if folded.startswith(fold(sign)))
    sign = max(known, key=len, default=text.text[:1] if text.text[:1] in LOOK_ALIKES else "")
    if sign and len(sign) < len(folded) and _BEHIND_SIGN.match(folded, len(sign)):
        rest = text.cut(len(sign))
        if read_mark(rest.text, labels.signs).kind not in {"mark", "look-alike", "several"}:
            return [(text.cut(0, len(sign)), text.cut(0, len(sign)))], rest
    return split_mark(text, labels)


def _moved(texts: dict[str, list[Text]]) -> Text | None:
    """The sentence of a plan that is an item's name as well, taken out of its column."""
    for name in ("initiative", "plan", "goal"):
        lines = [text for text in texts.get(name, ()) if not _is_dash(text)]
        if lines:
            texts[name] = []
            return join(lines, "")
    return None


def _number_in(cell: Text | None) -> Text | None:
    """The number in a cell, without brackets and stops."""
    if cell is None or _is_dash(cell):
        return None
    match = _NUMBER.fullmatch(fold(cell.text))
    if match is None or len(match["number"]) > _LONGEST_NUMBER:
        return None
    return cell.cut(*match.span("number"))


def _is_broken(first: Line, row: Line, above: list[Text] | None, text: Text) -> bool:
    """Whether the end of a page breaks a sentence that goes on in the next page's table."""
    if not above or row.block.table == first.block.table:
        return False
    return above[-1].text[-1:] not in _ENDS and _LIST_SIGN.match(fold(text.text)) is None


def _is_dash(text: Text) -> bool:
    return all(char in _DASHES for char in squeeze(text.text))


def _blank(row: Line, at: int) -> Text:
    """A cell in which nothing stands, with its place."""
    run = next(run for cell in row.own.values() for paragraph in cell for run in paragraph)
    place = run.at
    if place.cell is not None:
        place = replace(place, cell=f"{letters(at)}{place.cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}")
    return Text("", ((0, Run("", place)),))
