"""Office files made by hand: archives of any members, and Word files of any XML."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Block, Source
from jisseki_check.readers import read_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = {
    "w": W,
    "r": R,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_LISTED = "http://schemas.openxmlformats.org/package/2006/relationships"


def archive(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file; its members have no date, so that it is always the same."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


def relationships(targets: Mapping[str, str], *, external: Mapping[str, str] | None = None) -> str:
    """A part's relations: kinds and what they point to; each is called "r" and its place."""
    listed = [(kind, target, "") for kind, target in targets.items()]
    listed += [(kind, target, ' TargetMode="External"') for kind, target in (external or {}).items()]
    entries = "".join(
        f'<Relationship Id="r{place}" Type="{R}/{kind}" Target="{target}"{mode}/>'
        for place, (kind, target, mode) in enumerate(listed, 1)
    )
    return f'<Relationships xmlns="{_LISTED}">{entries}</Relationships>'


def word_members(
    body: str, parts: Mapping[str, str] | None = None, external: Mapping[str, str] | None = None
) -> dict[str, str | bytes]:
    """The members of a Word file. `parts`: further parts by their kind (`comments`, `numbering`, …), each the
    XML within its root element; the namespaces above are known in all of them."""
    roots = {"commentsExtended": "w15:commentsEx", "header": "w:hdr", "footer": "w:ftr"}
    members: dict[str, str | bytes] = {
        "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(
            {kind: f"{kind}.xml" for kind in parts or {}}, external=external
        ),
    }
    for kind, content in (parts or {}).items():
        root = roots.get(kind, f"w:{kind}")
        members[f"word/{kind}.xml"] = f"<{root} {NAMESPACES}>{content}</{root}>"
    return members


def word(
    body: str, parts: Mapping[str, str] | None = None, external: Mapping[str, str] | None = None
) -> bytes:
    return archive(word_members(body, parts, external))


def read_word(
    body: str,
    parts: Mapping[str, str] | None = None,
    external: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Source:
    return read_bytes(word(body, parts, external), "報告.docx", limits)


def p(*content: str, properties: str = "") -> str:
    """A paragraph; text that is no markup becomes a run of its own."""
    runs = (each if each.startswith("<") else r(each) for each in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(runs)}</w:p>"


def r(content: str, properties: str = "") -> str:
    """A run of text, or of markup."""
    inside = content if content.startswith("<") else f'<w:t xml:space="preserve">{content}</w:t>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def tc(*content: str, properties: str = "") -> str:
    """A cell of a table; text that is no markup becomes a paragraph of its own."""
    blocks = "".join(each if each.startswith("<") else p(each) for each in content) or "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def lines(source: Source) -> list[str]:
    """The blocks as text: cells parted by "|", paragraphs of a cell by "/"; "" for a blank one."""
    return [line(block) for block in source.blocks or ()]


def line(block: Block) -> str:
    return "|".join(
        "/".join("".join(run.text for run in paragraph) for paragraph in cell) for cell in block.cells
    )
