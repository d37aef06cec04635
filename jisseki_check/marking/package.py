"""An office file as what it is: parts in a ZIP archive, and how they refer to each other.

A part that is not edited is written as it was, byte for byte.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from jisseki_check.limits import Limits
from jisseki_check.marking.refusal import CannotMark
from jisseki_check.model import Unreadable
from jisseki_check.readers.package import open_package
from jisseki_check.readers.xml_parts import parse_xml

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_SIGNATURES = "/digital-signature/origin"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP archive can name
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


@dataclass(frozen=True, slots=True)
class Relation:
    """How one part refers to another. `target`: the name of the part; None for what lies outside."""

    id: str
    type: str
    target: str | None


class Package:
    """Opens an office file for editing. Raises CannotMark where an edit would spoil it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            held = open_package(data, "", limits)
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = [info for info in archive.infolist() if not info.is_dir()]
            names = (entry.filename.replace("\\", "/") for entry in entries)
            self._members = {
                name: (entry, held.read(name)) for name, entry in zip(names, entries, strict=True)
            }
        except Unreadable as error:
            raise CannotMark(error.message) from None
        self._trees: dict[str, etree._Element] = {}
        self._edited: dict[str, None] = {}
        self._names = {name.lower(): name for name in self._members}
        self.main = self._main()

    def _main(self) -> str:
        if any(_STRICT in self.data(name) for name in self._members if name.endswith(".rels")):
            raise CannotMark("「Strict Open XML」の形式で保存されています。通常の形式で保存し直してください")
        relations = self.relations("")
        if any(each.type.endswith(_SIGNATURES) for each in relations):
            raise CannotMark("電子署名が付いていて、書き込むと署名が無効になります")
        mains = [each.target for each in relations if each.type.endswith("/officeDocument") and each.target]
        if len(mains) != 1 or mains[0] not in self:
            raise CannotMark("ファイルの主な部分が見つかりません")
        return mains[0]

    # --- parts ----------------------------------------------------------------------------------

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._names

    def parts(self) -> list[str]:
        return list(self._members)

    def data(self, part: str) -> bytes:
        """A part's bytes, as they were or as they were put."""
        try:
            return self._members[self._names[part.lower()]][1]
        except KeyError:
            raise CannotMark(f"ファイルの中に「{part}」がありません") from None

    def view(self, part: str) -> etree._Element:
        """A part's XML, to be read only."""
        name = self._names.get(part.lower(), part)
        if name not in self._trees:
            self._trees[name] = parsed(self.data(name), name)
        return self._trees[name]

    def edit(self, part: str) -> etree._Element:
        """A part's XML, to be changed: it will be written anew."""
        root = self.view(part)
        self._edited[self._names[part.lower()]] = None
        return root

    def put(self, part: str, content: bytes | etree._Element) -> None:
        """A part that is new, or replaces the one of that name."""
        name = self._names.setdefault(part.lower(), part)
        if name in self._members:
            info = self._members[name][0]
        else:
            info = zipfile.ZipInfo(name, _OLDEST)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
        self._trees.pop(name, None)
        self._edited.pop(name, None)
        self._members[name] = info, content if isinstance(content, bytes) else _written(content)

    def remove(self, part: str) -> None:
        """Take a part out, with its own relations and its content type."""
        for name in (part, _relations_part(part)):
            if name in self:
                real = self._names.pop(name.lower())
                del self._members[real]
                self._trees.pop(real, None)
                self._edited.pop(real, None)
        for override in self._overrides(part):
            types = self.edit(_TYPES_PART)
            types.remove(override)

    def unused(self, pattern: str, first: str = "1") -> str:
        """The first name of no part; `pattern` has a place for `first`, then 2, 3 …"""
        numbers = (first, *map(str, range(2, len(self._members) + 3)))
        return next(name for number in numbers if (name := pattern.format(number)) not in self)

    # --- content types --------------------------------------------------------------------------

    def content_type(self, part: str) -> str:
        """What a part is said to be."""
        for override in self._overrides(part):
            return override.get("ContentType", "")
        ending = part.rpartition(".")[2].lower()
        for each in self.view(_TYPES_PART).iterfind(f"{{{_TYPES}}}Default"):
            if each.get("Extension", "").lower() == ending:
                return each.get("ContentType", "")
        return ""

    def declare(self, part: str, content_type: str) -> None:
        """Say what a new part is."""
        if self.content_type(part) != content_type:
            etree.SubElement(
                self.edit(_TYPES_PART),
                f"{{{_TYPES}}}Override",
                {"PartName": f"/{part}", "ContentType": content_type},
            )

    def _overrides(self, part: str) -> list[etree._Element]:
        return [
            each
            for each in self.view(_TYPES_PART).iterfind(f"{{{_TYPES}}}Override")
            if each.get("PartName", "").lower() == f"/{part}".lower()
        ]

    # --- relations ------------------------------------------------------------------------------

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to; "" is the file as a whole."""
        name = _relations_part(part)
        if name not in self:
            return []
        folder = posixpath.dirname(part)
        return [
            Relation(each.get("Id", ""), each.get("Type", ""), _target(each, folder))
            for each in self.view(name).iterfind(f"{{{_RELATIONS}}}Relationship")
        ]

    def related(self, part: str, kind: str) -> str | None:
        """The part of this kind (the end of the relation's type) that a part refers to."""
        for each in self.relations(part):
            if each.type.endswith(f"/{kind}") and each.target and each.target in self:
                return self._names[each.target.lower()]
        return None

    def target(self, part: str, number: str) -> str | None:
        """The part that a part refers to by this relation."""
        for each in self.relations(part):
            if each.id == number and each.target and each.target in self:
                return self._names[each.target.lower()]
        return None

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; gives the relation's id."""
        name = _relations_part(part)
        if name not in self:
            self.put(name, f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
        taken = {each.id for each in self.relations(part)}
        number = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        etree.SubElement(
            self.edit(name),
            f"{{{_RELATIONS}}}Relationship",
            {"Id": number, "Type": f"{OFFICE}/{kind}", "Target": path},
        )
        return number

    def unrelate(self, part: str, target: str) -> None:
        """Let a part refer to another no more."""
        name = _relations_part(part)
        folder = posixpath.dirname(part)
        root = self.edit(name)
        for each in root.findall(f"{{{_RELATIONS}}}Relationship"):
            if (_target(each, folder) or "").lower() == target.lower():
                root.remove(each)

    def referring(self, target: str) -> Iterator[str]:
        """The parts that refer to a part."""
        for part in ("", *self.parts()):
            if any((each.target or "").lower() == target.lower() for each in self.relations(part)):
                yield part

    # --- the file -------------------------------------------------------------------------------

    def bytes(self) -> bytes:
        """The file. The same parts give the same bytes."""
        for name in self._edited:
            self._members[name] = self._members[name][0], _written(self._trees[name])
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for info, data in self._members.values():
                archive.writestr(_entry(info), data)
        return out.getvalue()


def parsed(data: bytes, part: str = "") -> etree._Element:
    """XML that names no entities and fetches nothing. Raises CannotMark."""
    try:
        return parse_xml(data, "", part)
    except Unreadable as error:
        raise CannotMark(error.message) from None


def place_after(parent: etree._Element, before: Iterable[str], new: etree._Element) -> None:
    """Puts a child behind the last of those that the schema has before it."""
    names = frozenset(before)
    position = 0
    for number, child in enumerate(parent, 1):
        if isinstance(child.tag, str) and etree.QName(child).localname in names:
            position = number
    parent.insert(position, new)


def _written(root: etree._Element) -> bytes:
    return _HEAD + etree.tostring(root, encoding="UTF-8")


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """As it was, but for what belongs to the old archive only: sizes, offsets, extra fields."""
    entry = zipfile.ZipInfo(info.filename, max(info.date_time, _OLDEST))
    entry.compress_type = (
        zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    )
    entry.external_attr = info.external_attr
    entry.create_system = info.create_system
    return entry


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(relation: etree._Element, folder: str) -> str | None:
    if relation.get("TargetMode") == "External":
        return None
    target = relation.get("Target", "")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
