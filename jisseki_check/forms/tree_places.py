"""Where in a JSON tree stands what a report was read from."""

from __future__ import annotations

from dataclasses import dataclass

from jisseki_check.model import Location, Pointers, Remark, Spot
from jisseki_check.trees import ItemTree, Text, Tree


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item was read: the pointer of its object, and those of its amounts and its indicators."""

    base: str
    entry: ItemTree
    amounts: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(slots=True)
class TreePlaces:
    """`model.Places` of a report that was read from a JSON tree: a JSON Pointer, and the line and column of
    the whole value. `unread`: the pointers of what belongs to no field, as the report's first remarks tell
    them; `remarks`: the reader's, which come after."""

    tree: Tree
    pointers: Pointers | None
    origins: list[Origin]
    unread: list[str]
    remarks: tuple[Remark, ...]

    def locate(self, spot: Spot) -> Location:
        kind, _, number = spot.field.partition("/")
        if kind == "remarks":
            return self._of_remark(int(number))
        if spot.item is None:
            return self.at(self._of_report(spot.field))
        return self.at(self._of_item(self.origins[spot.item - 1], kind, number))

    def at(self, pointer: str) -> Location:
        """The place of a JSON Pointer, or of what would hold it where nothing stands there."""
        return self.pointers.locate(pointer) if self.pointers else Location(pointer=pointer)

    def _of_remark(self, number: int) -> Location:
        if number < len(self.unread):
            return self.at(self.unread[number])
        return self.remarks[number - len(self.unread)].at or Location()

    def _of_report(self, field: str) -> str:
        tree = self.tree
        if field == "fiscal_year" and tree.fiscal_year is not None:
            return tree.fiscal_year.written
        divisions = tree.divisions[0] if tree.divisions else ()
        texts = {"department": tree.department, "title": tree.title, "divisions": divisions}
        return _first(texts.get(field, ()))

    @staticmethod
    def _of_item(origin: Origin, kind: str, number: str) -> str:
        held = {"amounts": origin.amounts, "indicators": origin.indicators}.get(kind)
        if held is not None:
            return held[int(number)] if number else origin.base
        if kind == "extra":
            return origin.base + next((at.written for name, at in origin.entry.extra if name == number), "")
        return origin.base + _first(origin.entry.texts.get(kind, ()))


def _first(text: Text) -> str:
    """Where the first piece of a text stands."""
    return next((part.at.written for part in text if part.at is not None), "")
