"""Word files (.docx, .docm) → blocks.

What is read is the text as the document shows it: tracked changes accepted, words that are struck through
left out and told, fields by their results, automatic numbers written out, hidden words included. Headers and
footers belong to the page and are kept as remarks, unless only they name the fiscal year. Foot- and endnotes
are text of no field: they are kept as remarks too, so that no field's text is mixed with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Location, Remark, Source, Unreadable
from jisseki_check.readers import inert
from jisseki_check.readers.docx.body import Body
from jisseki_check.readers.docx.comments import Comments, text_of
from jisseki_check.readers.docx.margins import Margins
from jisseki_check.readers.docx.names import w
from jisseki_check.readers.docx.noticed import Noticed
from jisseki_check.readers.docx.numbering import Numbering
from jisseki_check.readers.docx.styles import Styles
from jisseki_check.readers.package import Package, open_package
from jisseki_check.readers.xml_parts import Element, Relation, parse_xml, relations

_INERT = {
    "vbaProject": inert.MACROS,
    "oleObject": inert.EMBEDDED,
    "package": inert.EMBEDDED,
    "control": inert.CONTROLS,
    "chart": inert.DRAWINGS,
    "chartEx": inert.DRAWINGS,
    "diagramData": inert.DRAWINGS,
}
# An ordinary link does nothing until a person chooses it.
_HARMLESS = "hyperlink"
_FORMATS = tuple(
    w(name)
    for name in (
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblGridChange",
        "tblPrExChange",
        "trPrChange",
        "tcPrChange",
        "numberingChange",
    )
)


def read_docx(data: bytes, name: str, limits: Limits) -> Source:
    """Raises Unreadable if the file is damaged, over a limit, holds no text, or not all of its text."""
    parts = _Parts.open(data, name, limits)
    try:
        blocks, remarks, comments = _read(parts, limits)
    except Unreadable as fault:
        if fault.at is None:  # what reads the text does not know the file's name
            fault.at = Location(path=name)
        raise
    return Source(
        path=name,
        format="docx",
        sha256=sha256(data).hexdigest(),
        blocks=tuple(blocks),
        remarks=remarks,
        explanations=comments.explanations(),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a Word file, as its main part names them."""

    package: Package
    name: str
    main: str
    document: Element
    relations: tuple[Relation, ...]

    @classmethod
    def open(cls, data: bytes, name: str, limits: Limits) -> _Parts:
        package = open_package(data, name, limits)
        named = (each.target for each in relations(package, "", name) if each.kind == "officeDocument")
        main = next(named, "word/document.xml")
        root = parse_xml(package.read(main), name, main)
        if root.find(w("body")) is None:
            raise Unreadable(
                "Word 文書の本文が見つかりません",
                fix="Word で開き、「名前を付けて保存」で Word 文書（.docx）として保存し直してください。",
                at=Location(path=name),
            )
        return cls(package, name, main, root, relations(package, main, name))

    def of_kind(self, kind: str) -> Element | None:
        """The part of a kind of which there is one; None where the file has none."""
        target = next((each.target for each in self.relations if each.kind == kind), None)
        return None if target is None else self.part(target)

    def part(self, target: str) -> Element | None:
        """A part by its name; None where the file has none of that name."""
        return parse_xml(self.package.read(target), self.name, target) if target in self.package else None

    def all_relations(self) -> Iterator[Relation]:
        """Those of the main part, and of the parts that it is made with."""
        yield from self.relations
        for kind in ("settings", "header", "footer", "footnotes", "endnotes"):
            for each in self.relations:
                if each.kind == kind:
                    yield from relations(self.package, each.target, self.name)


def _read(parts: _Parts, limits: Limits) -> tuple[list[Block], tuple[Remark, ...], Comments]:
    styles, noticed = Styles(parts.of_kind("styles")), Noticed()
    numbering = Numbering(styles, parts.of_kind("numbering"))
    body = Body(styles, numbering, noticed, limits)
    blocks = body.read(parts.document)
    _refuse_without_text(parts.document, blocks)
    margins = Margins(parts.document, parts.relations, styles, parts.part)
    blocks = margins.title(blocks) + blocks
    root = parts.of_kind("comments")
    comments = Comments() if root is None else Comments.read(root, parts.of_kind("commentsExtended"))
    remarks = (
        *_notes(parts, body.notes),
        *comments.remarks(noticed.comments),
        *noticed.remarks(),
        *margins.remarks(),
        *_formats(parts.document, body),
        *inert.inert_remarks(_inert(parts) + noticed.inert),
    )
    return blocks, remarks, comments


def _refuse_without_text(body: Element, blocks: Sequence[Block]) -> None:
    if any(block.cells for block in blocks):
        return
    if next(body.iter(w("drawing"), w("pict"), w("object")), None) is not None:
        raise Unreadable(
            "文書の中身が画像だけで、文字がありません",
            fix="画像にする前の文書か、文字を打ち直した文書を指定してください。画像の中の文字は読めません。",
        )
    raise Unreadable(
        "文書に文字がありません", fix="報告の本文が入っているファイルかどうかを確かめてください。"
    )


# --- what stands beside the text ----------------------------------------------------------------


def _notes(parts: _Parts, notes: Sequence[tuple[str, str, Location]]) -> Iterator[Remark]:
    """The foot- and endnotes, each at the place that refers to it."""
    held: dict[str, dict[str, Element]] = {}
    for kind, number, at in notes:
        if kind not in held:
            root = parts.of_kind(kind)
            entries = () if root is None else root.iter(w(kind.removesuffix("s")))
            held[kind] = {entry.get(w("id"), ""): entry for entry in entries}
        entry = held[kind].pop(number, None)  # each is said once
        text = "" if entry is None else text_of(entry)
        if text:
            yield Remark(kind="unread", text=text, at=at)


def _formats(element: Element, body: Body) -> Iterator[Remark]:
    """Tracked changes of formats: one remark for all, for they change no text."""
    changes = list(element.iter(*_FORMATS))
    if changes:
        places = {paragraph: at for at, paragraph in reversed(body.anchors)}
        around = (each for change in changes for each in change.iterancestors(w("p")))
        at = next((places[paragraph] for paragraph in around if paragraph in places), None)
        yield Remark(kind="tracked", text="書式の変更", count=len(changes), at=at)


def _inert(parts: _Parts) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in parts.all_relations():
        if each.kind in _INERT:
            found[_INERT[each.kind]] += 1
        elif each.external and each.kind != _HARMLESS:
            found[inert.LINKS] += 1
    return found
