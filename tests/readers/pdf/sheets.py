"""Small PDF files, written by hand: Japanese text, lines, and whatever may be wrong with a file."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.model import Block
from jisseki_check.readers.pdf.document import read_document

WIDTH, HEIGHT = 595, 842
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/%s/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)"
    b"/Supplement 2>>/DW 1000/W[1 94 500]/FontDescriptor<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 4"
    b"/FontBBox[-123 -257 1001 910]/ItalicAngle 0/Ascent 709/Descent -241/CapHeight 709/StemV 69>>>>]>>"
)
ACROSS, DOWN = 4, 5


@dataclass
class Sheet:
    """What is drawn on a page; y counts from the top."""

    content: list[bytes] = field(default_factory=list)
    entries: bytes = b""
    xobjects: bytes = b""

    def text(self, text: str, x: float, y: float, size: float = 10, *, before: bytes = b"") -> Sheet:
        """Characters drawn in one stroke; `before`: operators for them alone."""
        code = text.encode("utf-16-be").hex().encode()
        self.content.append(b"q BT %s /F1 %g Tf %g %g Td <%s> Tj ET Q" % (before, size, x, HEIGHT - y, code))
        return self

    def lines(self, texts: Sequence[str], x: float, y: float, pitch: float = 15) -> Sheet:
        for number, text in enumerate(texts):
            self.text(text, x, y + number * pitch)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        self.content.append(b"%g %g m %g %g l S" % (x0, HEIGHT - y0, x1, HEIGHT - y1))
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Sheet:
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def draw(self, operators: bytes) -> Sheet:
        self.content.append(operators)
        return self


def pdf(
    *sheets: Sheet, objects: Mapping[int, bytes] | None = None, root: bytes = b"", trailer: bytes = b""
) -> bytes:
    """A file of these pages; further objects count from 100."""
    numbers = [10 + 2 * number for number in range(len(sheets))]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    held = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(sheets)),
        ACROSS: _FONT % b"UniJIS-UCS2-H",
        DOWN: _FONT % b"UniJIS-UCS2-V",
    }
    for number, sheet in zip(numbers, sheets, strict=True):
        held[number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R%s/Resources<</Font<</F1 %d 0 R"
            b"/F2 %d 0 R>>%s>>>>"
        ) % (WIDTH, HEIGHT, number + 1, sheet.entries, ACROSS, DOWN, sheet.xobjects)
        held[number + 1] = stream(b"\n".join(sheet.content))
    return joined(held | dict(objects or {}), trailer)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<</Filter/FlateDecode%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(packed), packed)


def joined(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """Objects by their numbers, with the table of their places."""
    data = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, count = len(data), max(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        data += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    data += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, start)
    return bytes(data)


def read(*sheets: Sheet, **how: object) -> list[str]:
    """The blocks of such a file: cells parted by 「|」, paragraphs of a cell by 「/」."""
    return shown(read_document(pdf(*sheets, **how), DEFAULT_LIMITS)[0])  # type: ignore[arg-type]


def shown(blocks: Iterable[Block]) -> list[str]:
    return [
        "|".join("/".join("".join(run.text for run in line) for line in cell) for cell in block.cells)
        for block in blocks
        if block.cells
    ]


def remarks(*sheets: Sheet, **how: object) -> list[tuple[str, str]]:
    found = read_document(pdf(*sheets, **how), DEFAULT_LIMITS)[1]  # type: ignore[arg-type]
    return [(remark.kind, remark.text) for remark in found]
