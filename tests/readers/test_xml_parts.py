"""XML that would define text without end, ask for other files, or nest without bottom is refused."""

from __future__ import annotations

import pytest

from jisseki_check.limits import Limits
from jisseki_check.model import Unreadable
from jisseki_check.readers.package import open_package
from jisseki_check.readers.xml_parts import parse_xml, relations
from tests.readers.packages import archive, relationships

NAME, PART = "報告.docx", "word/document.xml"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "billion laughs": f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><a>&a9;</a>',
    "laughs in an attribute": f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><a b="&a9;"/>',
    "another file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "another machine": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
    "a parameter": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><a/>',
    "nothing": "<!DOCTYPE a><a/>",
    "behind a comment": "<!-- x --><!DOCTYPE a><a/>",
}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        parse_xml(data, NAME, PART)
    fault = caught.value
    assert (fault.rule, fault.at is not None and fault.at.path) == ("DOC001", NAME)
    assert fault.fix
    assert fault.fix.endswith("。")
    return fault.message


@pytest.mark.parametrize("text", DOCTYPES.values(), ids=DOCTYPES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_document_type_is_refused_in_every_encoding(text: str, encoding: str) -> None:
    assert "DOCTYPE" in refused(text.encode(encoding))


@pytest.mark.parametrize("declared", ["utf-7", "UTF-8", "UTF-16", "shift_jis", "EBCDIC-CP-US"])
def test_what_is_looked_at_is_what_is_parsed(declared: str) -> None:
    """A declared encoding cannot turn other bytes into a document type."""
    hidden = b"+ADwAIQ-DOCTYPE a+AD4-"
    head = f'<?xml version="1.0" encoding="{declared}"?>'.encode()
    assert "壊れています" in refused(head + hidden + b"<a/>")
    assert parse_xml(head + "<a>市</a>".encode(), NAME, PART).text == "市"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_is_read_in_every_encoding(encoding: str) -> None:
    declared = "utf-8" if encoding.startswith("utf-8") else "utf-16"
    text = f'<?xml version="1.0" encoding="{declared}"?><a b="&lt;1">髙<!-- x -->崎&amp;<?x y?>市</a>'
    root = parse_xml(text.encode(encoding), NAME, PART)
    assert (root.text, root.get("b")) == ("髙崎&市", "<1")


@pytest.mark.parametrize(
    "data",
    [b"", b"<a>", b"<a></b>", b"<a>&x;</a>", b"\xff\xfe<", b"<\0a", b"<a>\xff</a>", b"text", b"<a/><b/>"],
)
def test_broken_xml_is_named(data: bytes) -> None:
    assert refused(data) == f"ファイルの中身（{PART}）が壊れています"


def test_nesting_has_a_bottom() -> None:
    assert len(list(parse_xml(b"<a>" * 250 + b"</a>" * 250, NAME, PART).iter())) == 250
    assert "入れ子が深すぎる" in refused(b"<a>" * 100_000 + b"</a>" * 100_000)


@pytest.mark.parametrize("unit", [b"<w/>", b"<w a=''/>"])
def test_more_elements_than_memory_holds_are_refused(unit: bytes) -> None:
    assert "大きすぎて" in refused(b"<a>" + unit * 6_000_000 + b"</a>")


def test_more_attributes_than_memory_holds_are_refused() -> None:
    assert "大きすぎて" in refused(b"<a " + b"b='' " * 6_000_000 + b"/>")


def test_the_strict_dialect_becomes_the_usual_one() -> None:
    strict = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    usual = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document"
    assert parse_xml(strict, NAME, PART).tag == usual


def test_relations_name_parts_and_addresses() -> None:
    data = archive(
        {
            "_rels/.rels": relationships({"officeDocument": "/word/document.xml"}),
            "word/_rels/document.xml.rels": relationships(
                {"styles": "styles.xml", "image": "../media/1.png", "header": "/word/a/../h.xml"},
                external={"hyperlink": "http://example.invalid/"},
            ),
        }
    )
    package = open_package(data, NAME, Limits())
    assert [(each.kind, each.target, each.external) for each in relations(package, "", NAME)] == [
        ("officeDocument", "word/document.xml", False)
    ]
    assert [(each.id, each.kind, each.target, each.external) for each in relations(package, PART, NAME)] == [
        ("r1", "styles", "word/styles.xml", False),
        ("r2", "image", "media/1.png", False),
        ("r3", "header", "word/h.xml", False),
        ("r4", "hyperlink", "http://example.invalid/", True),
    ]
    assert relations(package, "word/other.xml", NAME) == ()
