"""What is open while a report is read: the section, the item, the field; and what goes into it."""

from __future__ import annotations

from dataclasses import dataclass, field

from jisseki_check.forms.amounts import take_amounts
from jisseki_check.forms.drafts import Draft, DraftReport
from jisseki_check.forms.labels import Labels
from jisseki_check.forms.marks import Sign
from jisseki_check.forms.spans import Text
from jisseki_check.profiles import Group, ItemKind, Profile, Section


@dataclass
class Opened:
    """The state of the reading. `lines` is where the text of the open field goes; None: no field is open."""

    profile: Profile
    labels: Labels
    draft: DraftReport = field(init=False)
    section: Section | None = None
    group: Group | None = None
    item: Draft | None = None
    open_field: str | None = None
    lines: list[Text] | None = None
    pending: ItemKind | None = None
    started: bool = False

    def __post_init__(self) -> None:
        self.draft = DraftReport(self.profile, self.labels)

    def open_item(
        self, kind: ItemKind, title: Text | None, number: Text | None, heading: Text | None = None
    ) -> Draft:
        """A new item; what was open is closed."""
        self.finish_pending()
        self.close()
        in_group = self.group is not None and self.group.kind == kind.name
        item = self.draft.add(kind, self.section, self.group if in_group else None, title, number, heading)
        self.item, self.started = item, True
        if kind.opens in {"bullet", "heading"}:
            self.resume_field("initiative")
        return item

    def resume_field(self, name: str) -> None:
        """What comes now is text of that field."""
        assert self.item is not None
        self.open_field, self.lines = name, self.item.fields.setdefault(name, [])

    def close(self) -> None:
        """No item is open any more."""
        self.item, self.open_field, self.lines = None, None, None

    def is_closed(self) -> bool:
        """No item is open, or the open one has its mark."""
        return self.item is None or bool(self.item.marks)

    def is_complete(self) -> bool:
        """Whether the open item may be over: it has its mark or, in a form without marks, its last field."""
        if self.profile.marked or self.item is None:
            return self.is_closed()
        last = self.profile.item_kinds[self.item.kind].required[-1]
        return last == "title" or self.item.has(last)

    def kind_here(self) -> ItemKind:
        """The kind of item that stands in this place of the form."""
        kinds = self.profile.item_kinds
        if self.group is not None:
            return kinds[self.group.kind]
        if self.section is not None and self.section.kind is not None:
            kind = kinds[self.section.kind]
            if kind.opens != "heading":
                return kind
        return next(iter(kinds.values()))

    def finish_pending(self) -> None:
        """A table's header without its item is an item without a title."""
        if self.pending is not None:
            kind, self.pending = self.pending, None
            self.open_item(kind, None, None)

    # --- what goes into the item ---------------------------------------------------------------

    def enter_field(self, name: str, label: Text, *, in_cells: bool = False) -> None:
        """Open a field of the item; a field that stands already means that a heading was lost. In the cells
        of a table the mark may stand before the fields."""
        item = self.item
        if item is None or self.profile.item_kinds[item.kind].opens == "heading":
            item = self.open_item(self.kind_here(), None, None)
        repeated = item.has(name)
        last = self.profile.item_kinds[item.kind].required[-1]
        over = bool(item.marks) and (repeated or not in_cells)
        if over or (repeated and name != last and item.has(last)):
            if repeated:
                self.draft.remark("repeated", label, None, item, name)
            item = self.open_item(self.profile.item_kinds[item.kind], None, None)
        elif repeated:
            self.open_field, self.lines = name, item.repeat(name, label)
            return
        item.labels[name] = label
        self.resume_field(name)

    def set_marks(self, text: Text, signs: list[Sign], *, in_cell: bool = False) -> None:
        """The item's mark; other brackets than the form's are noted. In a cell of its own it needs none."""
        assert self.item is not None
        # An empty bracket has no sign to point at, so its place is the bracket's.
        self.item.add_marks(text, [value if value.text else Text("", whole.runs) for value, whole in signs])
        self.open_field = self.lines = None
        opening, closing = tuple(self.profile.brackets[0])
        for value, whole in signs:
            if not in_cell and (whole.text[:1], whole.text[-1:]) != (opening, closing):
                self.draft.lenient("bracket", whole, f"{opening} {value.text} {closing}", self.item, "mark")

    def take_text(self, text: Text) -> None:
        """Text of the open field, its amounts taken out."""
        if self.item is None:
            self.draft.remark("unread", text, None, None, None)
            return
        pieces, amounts = take_amounts(text, self.labels)
        for amount in amounts:
            self.item.add_amount(amount, self.open_field)
        for piece in pieces:
            if self.lines is not None:
                self.lines.append(piece)
            else:
                self.draft.remark("unread", piece, None, self.item, self._lost_field(self.item))

    def _lost_field(self, item: Draft) -> str | None:
        """The field that would stand right below the heading, if its label is missing there."""
        if item.labels or item.marks:
            return None
        required = self.profile.item_kinds[item.kind].required
        return next((name for name in required if name != "title"), None)
