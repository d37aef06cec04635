"""Damaged files for every reader: `python -m tests.fuzz MINUTES` tries as many as fit into that time.

Whatever comes in, only a Source or an Unreadable may come out, and soon. A case is made again from its ending
and its number: `tests.fuzz.case(".docx", 17)`.
"""

from __future__ import annotations

import faulthandler
import random
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from itertools import count, cycle
from typing import Any

import docx
import openpyxl
from lxml import etree
from openpyxl.comments import Comment

from jisseki_check.model import Source, Unreadable
from jisseki_check.readers import READERS, read_bytes
from tests.readers.packages import archive, p, r, tbl, tc, tr, word

LONGEST = 60
"""Seconds after which a case counts as one that does not end."""

_LABELLED = """平成29年度\tみずき市総務部の取り組み実績
<部の構成> 総務課、職員課
1. 重点施策・事業
(1) 窓口の案内の充実
目標\t<p>窓口を案内します。</p> &amp;
平成29年度当初予算：490千円
実績\t案内板を設けました。
取り組みに対する達成状況 【 ◎ 】
"""
_JSON = """{"format": "jisseki-report/1", "title": "平成29年度", "items": [
 {"index": 1, "kind": "priority", "title": "窓口\\u3000",
  "amounts": [{"stage": "settlement", "value": -1.5e3}]}]}"""
_YAML = """format: jisseki-report/1
title: "平成29年度"  # 注
items:
  - {index: 1, kind: priority, title: '窓口'}
  - index: 2
    goal: |
      窓口を
      案内します。
"""
_CSV = '''番号,事業,予算（千円）,決算（千円）,達成状況\r
1,"窓口の
案内",490,462,◎\r
2,"備蓄の""充実""","1,200",,○\r
'''
_HTML = """<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>実績</title></head><body>
<h1>平成29年度　総務部の取り組み実績</h1><p>窓口を<br>案内します。&nbsp;</p>
<table><tr><th rowspan="2">番号</th><th colspan="2">事業</th></tr>
<tr><td>1<td>窓口<table><tr><td>内</table></tr></table><script>x()</script></body></html>"""
_ODD = ("", "0", "-1", "1", "65536", "2147483648", "9" * 20, "１", "../../x", "%s", "NaN", "A1:XFD1048576")


def seeds(ending: str) -> tuple[bytes, ...]:
    """Sound files of a format, small ones."""
    return _made(_KINDS[ending])


@cache
def _made(make: Callable[[], tuple[bytes, ...]]) -> tuple[bytes, ...]:
    return make()


def case(ending: str, number: int) -> bytes:
    """One damaged file."""
    chance = random.Random(f"{ending} {number}")
    data = chance.choice(seeds(ending))
    if data.startswith(b"PK") and chance.random() < 0.8:
        data = _package(data, chance)
        if chance.random() < 0.9:
            return data
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        data = _bytes(data, chance)
    return data


def fault(data: bytes, ending: str) -> str | None:
    """What is wrong with what came of a file; None where it was read, or refused in words."""
    try:
        source = read_bytes(data, f"x{ending}")
    except Unreadable as refused:
        if "不具合" in refused.message or not refused.fix:
            return f"{refused.message} {refused.__cause__!r}"
        return None
    except BaseException as error:
        return repr(error)
    return None if isinstance(source, Source) else f"a {type(source).__name__}"


# --- damage ---------------------------------------------------------------------------------------


def _bytes(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((0, 1, 1, 2, 4, 30, 300)))
    other = chance.randrange(len(data) + 1)
    part = chance.choice(
        (
            b"",
            chance.randbytes(chance.choice((1, 2, 4))),
            bytes([chance.choice((0, 1, 0x7F, 0x80, 0xFF))]) * max(1, end - start),
            data[other : other + chance.choice((1, 8, 100))],
            chance.choice(_ODD).encode(),
            data[start:end] * chance.choice((2, 50)),
        )
    )
    if chance.random() < 0.05:
        return data[:start]
    return data[:start] + part + data[end:]


def _package(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as file:
        members: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    for _ in range(chance.choice((1, 1, 2, 3))):
        # The parts that hold text are few, and are to be met often.
        likely = [name for name in members if "document" in name or "sheet" in name or "numbering" in name]
        name = chance.choice(likely if likely and chance.random() < 0.6 else list(members))
        what = chance.random()
        if what < 0.05:
            del members[name]
        elif what < 0.1:
            members[name] = members[chance.choice(list(members))]
        elif what < 0.2:
            members[name] = _bytes(_content(members[name]), chance)
        else:
            members[name] = _markup(_content(members[name]), chance)
        if not members:
            break
    return archive(members, chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _content(member: str | bytes) -> bytes:
    return member if isinstance(member, bytes) else member.encode()


def _markup(data: bytes, chance: random.Random) -> bytes:
    """XML that is still well-formed, and says something else."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return _bytes(data, chance)
    for _ in range(chance.choice((1, 2, 5))):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        _change(chance.choice(elements), chance.choice(elements), chance)
    return _content(etree.tostring(root, encoding=chance.choice(("utf-8", "utf-8", "utf-16"))))


def _change(element: Any, other: Any, chance: random.Random) -> None:
    parent = element.getparent()
    what = chance.randrange(8)
    if what == 0 and parent is not None:
        parent.remove(element)
    elif what == 1 and parent is not None:
        for _ in range(chance.choice((1, 30))):
            parent.append(_copy(element))
    elif what == 2 and other not in element.iter() and parent is not None:
        other.append(element)
    elif what == 3:
        element.tag = other.tag
    elif what == 4:
        element.text = chance.choice((*_ODD, "\u2028", "◎" * 500, "=1+1"))
    elif what == 5:
        for _ in range(chance.choice((3, 40))):
            other = etree.SubElement(other, element.tag, dict(element.attrib))
    else:
        _change_values(element, other, chance)


def _change_values(element: Any, other: Any, chance: random.Random) -> None:
    for name in list(element.attrib):
        if chance.random() < 0.5:
            element.set(name, chance.choice((*_ODD, *other.attrib.values())))
    for name, value in other.attrib.items():
        if chance.random() < 0.2:
            element.set(name, value)


def _copy(element: Any) -> Any:
    return etree.fromstring(etree.tostring(element, with_tail=False))


# --- seeds ----------------------------------------------------------------------------------------


def _word_files() -> tuple[bytes, ...]:
    document = docx.Document()
    document.add_heading("平成29年度みずき市総務部の取り組み実績", 0)
    document.add_paragraph("窓口の案内", style="List Number")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "実績"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "◎"
    out = BytesIO()
    document.save(out)
    return out.getvalue(), word(_word_body(), _WORD_PARTS, {"attachedTemplate": "x.dotm"})


def _word_body() -> str:
    by = 'w:id="1" w:author="佐藤"'
    box = f"<w:txbxContent>{p('囲み')}</w:txbxContent>"
    numbered = '<w:pStyle w:val="Item"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox/></w:ffData></w:fldChar>',
            r"<w:instrText>eq \o\ac(○,1)</w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>結果</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return (
        p("目標", r("<w:tab/>"), "備えます。", r("<w:br/>"), r("隠し", "<w:vanish/>"), properties=numbered)
        + p(
            f"<w:ins {by}>{r('足した')}</w:ins><w:del {by}><w:r><w:delText>旧</w:delText></w:r></w:del>",
            field,
        )
        + p(
            '<w:commentRangeStart w:id="1"/><w:r><w:footnoteReference w:id="1"/></w:r>',
            '<w:r><w:commentReference w:id="1"/><w:sym w:font="Wingdings" w:char="F0A5"/></w:r>',
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            properties=f"<w:rPr><w:del {by}/></w:rPr>",
        )
        + tbl(
            tr(
                tc("a", properties='<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'),
                tc(tbl(tr(tc("内")))),
            ),
            tr(
                tc(properties='<w:gridSpan w:val="2"/><w:vMerge/>'),
                tc("b"),
                properties='<w:gridBefore w:val="0"/>',
            ),
        )
        + '<w:sectPr><w:headerReference w:type="default" r:id="r5"/></w:sectPr>'
    )


_WORD_PARTS = {
    "styles": """<w:style w:type="paragraph" w:default="1" w:styleId="Item"><w:basedOn w:val="Base"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Base"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>""",
    "numbering": """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="aiueoFullWidth"/><w:lvlRestart w:val="1"/><w:lvlText w:val="%1-%2"/>
</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>""",
    "comments": """<w:comment w:id="1" w:author="佐藤"><w:p w14:paraId="01"><w:r><w:t>確認</w:t></w:r></w:p>
</w:comment><w:comment w:id="2" w:author="jisseki-check">
<w:p w14:paraId="02"><w:r><w:t>照合番号：0123456789abcdef</w:t></w:r></w:p></w:comment>""",
    "commentsExtended": '<w15:commentEx w15:paraId="01" w15:paraIdParent="02"/>',
    "header": p("平成29年度"),
    "footnotes": f'<w:footnote w:id="1">{p("注")}</w:footnote>',
}


def _books() -> tuple[bytes, ...]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "実績"
    for row in (["番号", "事業", "予算（千円）"], [1, "窓口の案内\n二行目", 490], [2.5, True, 1200]):
        sheet.append(row)
    sheet.merge_cells("A4:C5")
    sheet["A4"] = "注"
    sheet["B2"].comment = Comment("確認", "佐藤")
    sheet["C2"].number_format = '#,##0"千円"'
    sheet.row_dimensions[3].hidden = True
    hidden = book.create_sheet("内訳")
    hidden.sheet_state = "hidden"
    hidden["B2"] = 43000
    hidden["B2"].number_format = '[$-411]ggge"年"m"月"d"日"'
    out = BytesIO()
    book.save(out)
    return (out.getvalue(),)


def _pdf_files() -> tuple[bytes, ...]:
    """A page with two lines of text in a ruled table, plain and packed."""
    drawn = b"BT /F1 12 Tf 60 700 Td (Plan 490) Tj 0 -30 Td (Result 462) Tj ET"
    drawn += b"\n50 720 m 300 720 l 300 640 l 50 640 l 50 720 l S"
    drawn += b"\n50 680 m 300 680 l S 150 640 m 150 720 l S"
    return _pdf(drawn, b""), _pdf(zlib.compress(drawn), b"/Filter/FlateDecode")


def _pdf(content: bytes, packing: bytes) -> bytes:
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (packing, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out = b"%PDF-1.4\n"
    places = []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    listed = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + listed + tail


def _texts(text: str) -> tuple[bytes, ...]:
    return text.encode(), text.encode("utf-8-sig"), text.encode("cp932"), text.encode("utf-16")


_KINDS: dict[str, Callable[[], tuple[bytes, ...]]] = {
    ".txt": lambda: _texts(_LABELLED),
    ".json": lambda: _texts(_JSON),
    ".yaml": lambda: _texts(_YAML),
    ".yml": lambda: _texts(_YAML),
    ".docx": _word_files,
    ".docm": _word_files,
    ".xlsx": _books,
    ".xlsm": _books,
    ".csv": lambda: _texts(_CSV),
    ".tsv": lambda: _texts(_CSV.replace(",", "\t")),
    ".html": lambda: _texts(_HTML),
    ".htm": lambda: _texts(_HTML),
    ".pdf": _pdf_files,
}


# --- the long run ---------------------------------------------------------------------------------


def run(minutes: float, endings: list[str]) -> int:
    """How many faults were found; each is printed with what makes it again."""
    start = random.SystemRandom().randrange(10**9)
    until = time.monotonic() + 60 * minutes
    found = tried = 0
    for ending, number in _cases(endings, start):
        if time.monotonic() > until:
            break
        faulthandler.dump_traceback_later(LONGEST, exit=True)
        _say(f"\r{tried:,} {ending} {number}")  # what is under way, if it never ends
        tried += 1
        wrong = fault(case(ending, number), ending)
        if wrong is not None:
            found += 1
            _say(f"\rcase({ending!r}, {number}): {wrong}\n")
    faulthandler.cancel_dump_traceback_later()
    _say(f"\r{tried:,} files, {found} faults\n")
    return found


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _cases(endings: list[str], start: int) -> Iterator[tuple[str, int]]:
    return zip(cycle(endings), count(start), strict=False)


if __name__ == "__main__":
    sys.exit(run(float(sys.argv[1]), sys.argv[2:] or list(READERS)) > 0)
