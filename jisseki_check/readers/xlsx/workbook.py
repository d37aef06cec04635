"""The workbook itself: which sheets it has, and what holds for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jisseki_check import own_marks
from jisseki_check.readers.package import Package
from jisseki_check.readers.xlsx.streaming import SPREADSHEET, Listener, count_in, damaged, listen
from jisseki_check.readers.xlsx.texts import is_on
from jisseki_check.readers.xml_parts import Relation, relations

_RELATION_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_USUAL_PART = "xl/workbook.xml"
_SHEET_OF = re.compile(r"\s*(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!:(]+))!")
_MOST_NAMES = 100_000


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it. `kind`: worksheet, chartsheet, …; `is_ours`: we added it."""

    title: str
    kind: str
    part: str
    is_hidden: bool
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """`names`: the defined names, each with what it stands for. `recalculates`: whoever saved it left the
    formulas for Excel to calculate."""

    sheets: tuple[SheetEntry, ...]
    names: Mapping[str, str]
    since_1904: bool
    recalculates: bool
    relations: tuple[Relation, ...]

    def sheets_of(self, sources: Iterable[str]) -> set[str]:
        """The titles of the sheets that formulas point to, directly or by a defined name."""
        found = (_SHEET_OF.match(self.names.get(source.strip(), source)) for source in sources)
        return {match["bare"] or match["quoted"].replace("''", "'") for match in found if match is not None}


def read_workbook(package: Package, name: str) -> Workbook:
    """Raises Unreadable where the file has no workbook, or one that names sheets it has not."""
    main = next((each.target for each in relations(package, "", name) if each.kind == "officeDocument"), None)
    part = main or _USUAL_PART
    heard = _WorkbookListener()
    listen(package, part, heard, name)
    related = relations(package, part, name)
    by_id = {each.id: each for each in related}
    sheets: list[SheetEntry] = []
    for at, (title, state, relation_id) in enumerate(heard.sheets):
        relation = by_id.pop(relation_id, None)  # two sheets cannot be one part
        if relation is None or relation.external:
            raise damaged(part, name)
        is_hidden, is_ours = state in ("hidden", "veryHidden"), at in heard.ours
        sheets.append(SheetEntry(title, relation.kind, relation.target, is_hidden, is_ours))
    if not sheets or len({each.part.lower() for each in sheets}) < len(sheets):
        raise damaged(part, name)
    return Workbook(tuple(sheets), heard.names, heard.since_1904, heard.recalculates, related)


class _WorkbookListener(Listener):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.names: dict[str, str] = {}
        self.ours: set[int] = set()
        self.since_1904 = self.recalculates = False
        self._name = self._scope = ""
        self.on(SPREADSHEET, "workbookPr", self._hear_properties)
        self.on(SPREADSHEET, "calcPr", self._hear_calculation)
        self.on(SPREADSHEET, "sheet", self._add_sheet)
        self.on(SPREADSHEET, "definedName", self._begin_name, self._end_name)

    def _hear_properties(self, attributes: Mapping[str, str]) -> None:
        self.since_1904 = is_on(attributes.get("date1904", "0"))

    def _hear_calculation(self, attributes: Mapping[str, str]) -> None:
        self.recalculates = is_on(attributes.get("fullCalcOnLoad", "0"))

    def _add_sheet(self, attributes: Mapping[str, str]) -> None:
        relation_id = next((attributes[each] for each in _RELATION_IDS if each in attributes), "")
        self.sheets.append((attributes.get("name", ""), attributes.get("state", ""), relation_id))

    def _begin_name(self, attributes: Mapping[str, str]) -> None:
        self._name, self._scope = attributes.get("name", ""), attributes.get("localSheetId", "")
        self.collect()

    def _end_name(self) -> None:
        text = self.collected()
        if own_marks.PROOFS.get(self._name) == text.strip('"'):
            self.ours.add(count_in(self._scope))
        elif len(self.names) < _MOST_NAMES:
            self.names.setdefault(self._name, text)
