"""Amounts in cells that are merged over the rows of several items: nobody can tell the items' own amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jisseki_check.forms.drafts import Draft, DraftReport
from jisseki_check.forms.spans import Text
from jisseki_check.model import Cell, Location, Remark

_COMMON = "結合したセルにまたがる項目に共通の額（初めの項目の額）"
_NOBODYS = "{}件の項目にまたがる結合セルの額（どの項目の額か決められません）"


@dataclass(slots=True)
class _Shared:
    """A cell with an amount: the item in whose row it begins, and the others that it covers."""

    text: Text
    owner: Draft
    others: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class SharedAmounts:
    """Remembers whose amounts the cells of one list are."""

    draft: DraftReport
    _cells: dict[Location, _Shared] = field(default_factory=dict)

    def hold(self, cell: Cell, text: Text, item: Draft) -> None:
        """The cell begins in the item's own row."""
        self._cells.setdefault(_place(cell), _Shared(text, item))

    def is_another_s(self, cell: Cell, item: Draft) -> bool:
        """Whether a cell that covers the item's row is the amount of an item above; then it is of both."""
        shared = self._cells.get(_place(cell)) if cell else None
        if shared is None or shared.owner is item:
            return False
        if item not in shared.others:
            shared.others.append(item)
        return True

    def settle(self) -> None:
        """Where one of the items holds all the amounts, they are the items' common ones: its own, so that
        they are judged and added up once. Else all amounts of these items are taken out, with a remark."""
        for group, cells in _groups([shared for shared in self._cells.values() if shared.others]):
            if sum(bool(item.amounts) for item in group) > 1:
                self._take_out(group, cells[0])
                continue
            for shared in cells:
                self.draft.lenient("shared amounts", shared.text, _COMMON, shared.owner, None)

    def _take_out(self, items: list[Draft], shared: _Shared) -> None:
        amounts = [f"{amount.label}：{text.text}" for item in items for amount, text in item.amounts]
        words = f"{_NOBODYS.format(len(items))}　{'、'.join(amounts)}"
        at = shared.text.place()
        self.draft.remarks.append(Remark("unread", words, item=shared.owner.index, at=at))
        for item in items:
            item.amounts.clear()


def _place(cell: Cell) -> Location:
    return cell[0][0].at


def _groups(cells: list[_Shared]) -> Iterator[tuple[list[Draft], list[_Shared]]]:
    """The items that shared cells link with each other, in their order, and those cells."""
    held: dict[int, Draft] = {}
    group: list[_Shared] = []
    for shared in sorted(cells, key=lambda shared: shared.owner.index):
        if group and shared.owner.index not in held:
            yield [held[index] for index in sorted(held)], group
            held, group = {}, []
        group.append(shared)
        held |= {item.index: item for item in (shared.owner, *shared.others)}
    if group:
        yield [held[index] for index in sorted(held)], group
