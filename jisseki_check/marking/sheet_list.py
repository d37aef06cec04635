"""The list of sheets of a workbook: which part is which, which is ours, and adding ours at its end."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from jisseki_check import own_marks
from jisseki_check.marking.package import OFFICE, Package, place_after
from jisseki_check.marking.result_sheet import HEADING_ROW, LAST_SHOWN
from jisseki_check.marking.styles import MAIN

_M = f"{{{MAIN}}}"
_ID = f"{{{OFFICE}}}id"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BEFORE_NAMES = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences",
)  # fmt: skip


class SheetList:
    """The worksheets of a package, by their names."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def named(self) -> list[tuple[str, str]]:
        """Name and part of every worksheet that is not ours."""
        return [
            (name, part) for number, name, part in self._worksheets() if number not in self._our_numbers()
        ]

    def parts(self) -> list[str]:
        return [part for _, part in self.named()]

    def part(self, name: str) -> str | None:
        return dict(self.named()).get(name)

    def ours(self) -> list[str]:
        """The parts of our sheets; a copied workbook's sheet may have brought one more."""
        return [part for number, _, part in self._worksheets() if number in self._our_numbers()]

    def add(self, sheet: etree._Element, last_row: int) -> None:
        """Our sheet, behind all others; `last_row` is the last one of its list."""
        package = self._package
        part = package.unused("xl/worksheets/sheet{}.xml")
        package.put(part, sheet)
        package.declare(part, _SHEET_TYPE)
        root = package.edit(package.main)
        sheets = root.find(f"{_M}sheets")
        assert sheets is not None
        name = self._free_name(each.get("name", "") for each in sheets)
        number = max((int(each.get("sheetId", "0")) for each in sheets), default=0) + 1
        new = etree.SubElement(sheets, f"{_M}sheet", name=name, sheetId=str(number))
        new.set(_ID, package.relate(package.main, "worksheet", part))
        position = str(len(sheets) - 1)
        at = f"'{name}'!"
        listed = f"{at}$A${HEADING_ROW}:${LAST_SHOWN}${last_row}"
        self._name("_xlnm._FilterDatabase", listed, position, hidden=True)
        self._name("_xlnm.Print_Titles", f"{at}${HEADING_ROW}:${HEADING_ROW}", position)
        self._name(own_marks.PROOF_NAME, f'"{own_marks.PROOF}"', position, hidden=True)

    def remove(self, part: str) -> None:
        """Take a sheet out, with all that belongs to no other."""
        package = self._package
        number = next(number for number, _, held in self._worksheets() if held == part)
        root = package.edit(package.main)
        sheets = root.find(f"{_M}sheets")
        assert sheets is not None
        if package.view(part).find(f".//{_M}f") is not None:
            self._drop(package.related(package.main, "calcChain"), package.main)
        sheets.remove(sheets[number])
        _renumber_names(root, number)
        for view in root.iterfind(f"{_M}bookViews/{_M}workbookView"):
            for attribute in ("activeTab", "firstSheet"):
                shown = int(view.get(attribute, "0"))
                if shown >= number and shown:
                    view.set(attribute, str(shown - 1))
        owned = [each.target for each in package.relations(part) if each.target]
        self._drop(part, package.main)
        for target in owned:
            if target in package and not any(package.referring(target)):
                package.remove(target)

    def _drop(self, part: str | None, owner: str) -> None:
        if part is not None:
            self._package.unrelate(owner, part)
            self._package.remove(part)

    def _worksheets(self) -> Iterator[tuple[int, str, str]]:
        """Position in the list, name and part; chart sheets have a position, too."""
        package = self._package
        kinds = {each.id: each for each in package.relations(package.main)}
        for number, each in enumerate(package.view(package.main).iterfind(f"{_M}sheets/{_M}sheet")):
            relation = kinds.get(each.get(_ID, ""))
            if relation and relation.type.endswith("/worksheet") and relation.target:
                yield number, each.get("name", ""), relation.target

    def _our_numbers(self) -> set[int]:
        names = self._package.view(self._package.main).iterfind(f"{_M}definedNames/{_M}definedName")
        return {
            int(each.get("localSheetId", "-1"))
            for each in names
            if each.get("name") == own_marks.PROOF_NAME and (each.text or "").strip('"') == own_marks.PROOF
        }

    def _name(self, name: str, text: str, position: str, *, hidden: bool = False) -> None:
        root = self._package.edit(self._package.main)
        names = root.find(f"{_M}definedNames")
        if names is None:
            names = etree.Element(f"{_M}definedNames")
            place_after(root, _BEFORE_NAMES, names)
        new = etree.SubElement(names, f"{_M}definedName", name=name, localSheetId=position)
        if hidden:
            new.set("hidden", "1")
        new.text = text

    @staticmethod
    def _free_name(taken: Iterator[str]) -> str:
        lower = {name.lower() for name in taken}
        number, name = 1, own_marks.SHEET
        while name.lower() in lower:
            number += 1
            name = f"{own_marks.SHEET} ({number})"
        return name


def _renumber_names(root: etree._Element, removed: int) -> None:
    """Names of a sheet go with it; those of the sheets behind it follow them forward."""
    names = root.find(f"{_M}definedNames")
    if names is None:
        return
    for each in list(names):
        number = int(each.get("localSheetId", "-1"))
        if number == removed:
            names.remove(each)
        elif number > removed:
            each.set("localSheetId", str(number - 1))
    if not len(names):
        root.remove(names)
