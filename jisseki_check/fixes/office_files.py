"""Corrections in Word and Excel files: the characters of a paragraph or a cell; all else of the file stays.

A place names the paragraph or the cell, not the characters. What is to be corrected in it must stand there
just as often as it is to be corrected; else it is left to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import groupby

from lxml import etree

from jisseki_check.fixes.corrections import Correction
from jisseki_check.limits import Limits
from jisseki_check.marking.package import Package
from jisseki_check.marking.sheet_list import SheetList
from jisseki_check.marking.sheet_text import escaped, unescaped
from jisseki_check.marking.styles import MAIN
from jisseki_check.marking.worksheet import Worksheet, coordinates
from jisseki_check.model import Location
from jisseki_check.readers.docx.body import anchors
from jisseki_check.readers.docx.names import w

_M = f"{{{MAIN}}}"
_KEEP = "{http://www.w3.org/XML/1998/namespace}space"
_Texts = list[etree._Element]


_Corrected = tuple[bytes, list[Correction]]


def corrected_document(data: bytes, corrections: Sequence[Correction], limits: Limits) -> _Corrected:
    """A Word file with the corrections made, and those of them that were. Raises CannotMark."""
    package = Package(data, limits)
    body = package.edit(package.main).find(w("body"))
    assert body is not None
    paragraphs: dict[tuple[object, ...], etree._Element] = {
        _paragraph(at): element for at, element in anchors(body)
    }
    made: list[Correction] = []
    for place, group in _by_place(corrections, _paragraph):
        element = paragraphs.get(place)
        if element is not None:
            made += _replace(list(element.iter(w("t"))), group)
    return package.bytes(), made


def _paragraph(at: Location) -> tuple[object, ...]:
    return at.table or 0, at.row or 0, at.cell or "", at.line or 0


def corrected_workbook(data: bytes, corrections: Sequence[Correction], limits: Limits) -> _Corrected:
    """An Excel file with the corrections made, and those of them that were. Raises CannotMark."""
    package = Package(data, limits)
    sheets = SheetList(package)
    shared = package.related(package.main, "sharedStrings")
    strings = package.view(shared).findall(f"{_M}si") if shared else []
    made: list[Correction] = []
    for place, group in _by_place(corrections, lambda at: (at.sheet or "", at.cell or "")):
        name, reference = (str(part) for part in place)
        part, at = sheets.part(name), coordinates(reference)
        cell = Worksheet(package.edit(part)).element(*at) if part and at else None
        held = _string(cell, strings) if cell is not None else None
        if cell is None or held is None:
            continue
        texts = [*held.iterfind(f"{_M}t"), *held.iterfind(f"{_M}r/{_M}t")]
        done = _replace(texts, group, unescaped, escaped)
        if done:
            made += done
            _put_inline(cell, held)
    return package.bytes(), made


def _string(cell: etree._Element, shared: Sequence[etree._Element]) -> etree._Element | None:
    """The text of a cell as a string of its own: other cells may show the shared one, too."""
    kind, value = cell.get("t", "n"), cell.findtext(f"{_M}v") or ""
    if cell.find(f"{_M}f") is not None:
        return None
    if kind == "inlineStr":
        return cell.find(f"{_M}is")
    if kind != "s" or not value.isdecimal() or int(value) >= len(shared):
        return None
    held = deepcopy(shared[int(value)])
    held.tag = f"{_M}is"
    for reading in [*held.iterfind(f"{_M}rPh"), *held.iterfind(f"{_M}phoneticPr")]:
        held.remove(reading)
    return held


def _put_inline(cell: etree._Element, held: etree._Element) -> None:
    if held.getparent() is cell:
        return
    for child in list(cell):
        if child.tag == f"{_M}v":
            cell.remove(child)
    cell.set("t", "inlineStr")
    cell.insert(0, held)


def _by_place(
    corrections: Sequence[Correction], key: Callable[[Location], tuple[object, ...]]
) -> Iterator[tuple[tuple[object, ...], list[Correction]]]:
    places: dict[tuple[object, ...], list[Correction]] = {}
    for correction in corrections:
        places.setdefault(key(correction.at), []).append(correction)
    yield from places.items()


def _replace(
    texts: _Texts,
    group: Sequence[Correction],
    read: Callable[[str], str] = str,
    write: Callable[[str], str] = str,
) -> list[Correction]:
    """The corrections that could be made in texts that follow one another."""
    made: list[Correction] = []
    for before, held in groupby(sorted(group, key=_words), key=_words):
        corrections = list(held)
        whole = "".join(read(text.text or "") for text in texts)
        if before and whole.count(before) == len(corrections):
            starts = _occurrences(whole, before)
            for start, correction in reversed(list(zip(starts, corrections, strict=True))):
                _put(texts, start, start + len(before), correction.after, read, write)
            made += corrections
    return made


def _words(correction: Correction) -> str:
    return correction.before


def _occurrences(whole: str, words: str) -> list[int]:
    starts, at = [], whole.find(words)
    while at >= 0:
        starts.append(at)
        at = whole.find(words, at + len(words))
    return starts


def _put(
    texts: _Texts, start: int, end: int, after: str, read: Callable[[str], str], write: Callable[[str], str]
) -> None:
    """Puts `after` in the place of the characters from `start` to `end`, in the first text that has some."""
    at = 0
    for text in texts:
        held = read(text.text or "")
        low, high = max(start - at, 0), min(end - at, len(held))
        if low < high:
            text.text = write(held[:low] + after + held[high:])
            text.set(_KEEP, "preserve")
            after = ""
        at += len(held)


CORRECTORS: Mapping[str, Callable[[bytes, Sequence[Correction], Limits], _Corrected]] = {
    "docx": corrected_document,
    "xlsx": corrected_workbook,
}
