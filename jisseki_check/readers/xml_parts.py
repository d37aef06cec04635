"""The XML members of an office file → element trees, without the dangers that XML brings with it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from lxml import etree

from jisseki_check.model import Location, Unreadable
from jisseki_check.readers.data_faults import shortened
from jisseki_check.readers.package import Package

Element = etree._Element  # the stubs know no public name

# An element takes about 250 bytes, a value a little less: what stands here stays below a gigabyte.
_MOST_SIGNS = 6_000_000
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_SAVE_AGAIN = "Word や Excel で開き、「名前を付けて保存」で保存し直してください。"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to. `kind`: the last word of its type (comments, image, …); `target`: the name of
    a part, or, of what is `external`, the address as it stands."""

    id: str
    kind: str
    target: str
    external: bool


def parse_xml(data: bytes, name: str, part: str) -> Element:
    """The root of a member. Namespaces of the strict dialect of Office become the usual ones.

    Raises Unreadable for broken XML, for a document type (which no office file has, and which could define
    text without end or ask for other files), for more elements than memory holds, or nested too deep.
    """
    content = _as_utf8(data, name, part)
    if b"<!DOCTYPE" in content:
        raise _refusal(
            f"ファイルの中身（{shortened(part)}）に、Office の文書にはない宣言（DOCTYPE）があります",
            f"{_SAVE_AGAIN}心当たりのないファイルであれば、開かずに送り主に確かめてください。",
            name,
        )
    if content.count(b"<") + content.count(b"=") > _MOST_SIGNS:
        raise _refusal(
            f"ファイルの中身（{shortened(part)}）が大きすぎて、読み終えられません",
            "使っていない行や列を削るか、部ごとのファイルに分けてください。",
            name,
        )
    # The bytes that were looked at above are those that are parsed, whatever encoding they say they have.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            message = f"ファイルの中身（{shortened(part)}）の入れ子が深すぎるか、一つの文字列が長すぎます"
            raise _refusal(message, "報告のファイルかどうかを確かめてください。", name) from None
        raise _broken(name, part) from None


def relations(package: Package, part: str, name: str) -> tuple[Relation, ...]:
    """What a part refers to ("": the file itself), in the order of the file; () where nothing says so."""
    folder, own = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{own}.rels")
    if listed not in package:
        return ()
    root = parse_xml(package.read(listed), name, listed)
    return tuple(_relation(entry, folder) for entry in root.iter(_RELATIONSHIP))


def _relation(entry: Element, folder: str) -> Relation:
    target = entry.get("Target", "")
    external = entry.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    kind = entry.get("Type", "").rpartition("/")[2]
    return Relation(entry.get("Id", ""), kind, target, external)


def _as_utf8(data: bytes, name: str, part: str) -> bytes:
    """UTF-16, the other encoding that Office allows, becomes UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith((b"<\0", b"\0<")):
        encoding = "utf-16-le" if data[0] else "utf-16-be"
    else:
        return _STRICT.sub(_USUAL, data) if b"purl.oclc.org/ooxml" in data else data
    try:
        return _as_utf8(data.decode(encoding).encode(), name, part)
    except UnicodeError:
        raise _broken(name, part) from None


def _broken(name: str, part: str) -> Unreadable:
    return _refusal(
        f"ファイルの中身（{shortened(part)}）が壊れています",
        f"{_SAVE_AGAIN}開けないときは、元のファイルから取り直してください。",
        name,
    )


def _refusal(message: str, fix: str, name: str) -> Unreadable:
    return Unreadable(message, fix=fix, at=Location(path=name))
