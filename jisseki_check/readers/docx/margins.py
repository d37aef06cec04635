"""The headers and footers of a Word file: its title, if it stands only there, and what else they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from jisseki_check.model import Block, Location, Remark
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.readers.docx.body import Body
from jisseki_check.readers.docx.names import RELATION_ID, w
from jisseki_check.readers.docx.noticed import Noticed
from jisseki_check.readers.docx.styles import Styles
from jisseki_check.readers.margins import FOOTER, HEADER, margin_remarks
from jisseki_check.readers.xml_parts import Element, Relation

_TITLE_BLOCKS = 5
_AT = Location(line=1, column=1)
_KINDS = {"header": HEADER, "footer": FOOTER}


@dataclass(slots=True)
class Margins:
    """Reads each header and footer that a section of the document uses. `load`: gives a part of the file,
    None where the file has no such part."""

    document: Element
    relations: Sequence[Relation]
    styles: Styles
    load: Callable[[str], Element | None]
    _noticed: Noticed = field(default_factory=Noticed)
    _read: dict[str, list[Block]] = field(default_factory=dict)

    def title(self, blocks: Sequence[Block]) -> list[Block]:
        """The lines of the first page's header that name a fiscal year, where the body's first lines do not.
        They are the report's then, and no longer the header's."""
        first = islice((block for block in blocks if block.cells), _TITLE_BLOCKS)
        if any(_names_a_year(block) for block in first):
            return []
        section = next(self.document.iter(w("sectPr")), None)
        if section is None:
            return []
        used = dict(self._used(section, "header"))
        kinds = ("first", "default") if section.find(w("titlePg")) is not None else ("default",)
        for target in filter(None, map(used.get, kinds)):
            titles = [block for block in self._blocks(target) if _names_a_year(block)]
            if titles:
                self._read[target] = [block for block in self._blocks(target) if block not in titles]
                return titles
        return []

    def remarks(self) -> Iterator[Remark]:
        """What else the headers and footers say, and what was left in them. No line of the body is near."""
        sections = list(self.document.iter(w("sectPr")))
        yield from margin_remarks(
            (named, _text_of(self._blocks(target)), None)
            for kind, named in _KINDS.items()
            for section in sections
            for _, target in self._used(section, kind)
        )
        yield from (replace(remark, at=None) for remark in self._noticed.remarks())

    def _used(self, section: Element, kind: str) -> Iterator[tuple[str | None, str]]:
        """The headers or footers of a section: for which pages, and the part that holds each."""
        targets = {each.id: each.target for each in self.relations if each.kind == kind}
        for reference in section.iter(w(f"{kind}Reference")):
            target = targets.get(reference.get(RELATION_ID, ""))
            if target is not None:
                yield reference.get(w("type")), target

    def _blocks(self, target: str) -> list[Block]:
        if target not in self._read:
            part = self.load(target)
            body = Body(self.styles, noticed=self._noticed)
            self._read[target] = [] if part is None else body.read_aside(part, lambda: _AT)
        return self._read[target]


def _text_of(blocks: Sequence[Block]) -> str:
    return "\n".join("　".join(_paragraphs(block)) for block in blocks if block.cells)


def _paragraphs(block: Block) -> Iterator[str]:
    for cell in block.cells:
        yield from ("".join(run.text for run in paragraph) for paragraph in cell)


def _names_a_year(block: Block) -> bool:
    return bool(find_fiscal_years("".join(_paragraphs(block))))
