"""What python-docx has no words for: automatic numbers, text boxes, runs as years of editing leave them."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

_W = nsdecls("w")

_NUMBERING = f"""
<w:abstractNum {_W} w:abstractNumId="90">
  <w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>
    <w:lvlJc w:val="left"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/>
    <w:lvlJc w:val="left"/><w:pPr><w:ind w:left="840" w:hanging="420"/></w:pPr></w:lvl>
</w:abstractNum>"""

# Word's own ◆ is the letter u of the font Wingdings, kept at U+F075.
_BULLETS = f"""
<w:abstractNum {_W} w:abstractNumId="91">
  <w:multiLevelType w:val="hybridMultilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF075;"/>
    <w:lvlJc w:val="left"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr>
    <w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:hint="default"/></w:rPr></w:lvl>
</w:abstractNum>"""

_TEXT_BOX = f"""
<w:r {nsdecls("w", "wp", "a")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
  xmlns:v="urn:schemas-microsoft-com:vml">
 <mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing>
   <wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264"
     behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
    <wp:simplePos x="0" y="0"/>
    <wp:positionH relativeFrom="column"><wp:posOffset>600000</wp:posOffset></wp:positionH>
    <wp:positionV relativeFrom="paragraph"><wp:posOffset>-200000</wp:posOffset></wp:positionV>
    <wp:extent cx="4500000" cy="420000"/><wp:wrapTopAndBottom/>
    <wp:docPr id="7" name="テキスト ボックス 7"/><wp:cNvGraphicFramePr/>
    <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
     <wps:wsp><wps:cNvSpPr txBox="1"/>
      <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4500000" cy="420000"/></a:xfrm>
       <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>
      <wps:txbx><w:txbxContent>%(content)s</w:txbxContent></wps:txbx><wps:bodyPr/>
     </wps:wsp></a:graphicData></a:graphic>
   </wp:anchor></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:shape style="width:354pt;height:33pt"><v:textbox>
   <w:txbxContent>%(content)s</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>
 </mc:AlternateContent>
</w:r>"""


def add_numberings(document: Any) -> None:
    """Let number_of make 1. and (1), and bullet make ◆."""
    numbering = document.part.numbering_part.element
    for at, (abstract, xml) in enumerate((("90", _NUMBERING), ("91", _BULLETS))):
        numbering.insert(at, parse_xml(xml))
        numbering.append(
            parse_xml(f'<w:num {_W} w:numId="{abstract}"><w:abstractNumId w:val="{abstract}"/></w:num>')
        )


def numbered_by_word(paragraph: Any, level: int, numbering: int = 90) -> None:
    """Give a paragraph an automatic number."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {_W}><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>')
    )


def bulleted_by_word(paragraph: Any) -> None:
    numbered_by_word(paragraph, 0, 91)


def add_text_box(paragraph: Any, text: str) -> None:
    """A text box, with the same content again for Word 2007, as Word writes it."""
    content = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
    paragraph._p.append(parse_xml(_TEXT_BOX % {"content": content}))


def add_page_number(paragraph: Any) -> None:
    """- 1 - at the foot of a page, as a field."""
    paragraph.add_run("- ")
    field = parse_xml(f'<w:fldSimple {_W} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)
    paragraph.add_run(" -")


def split_runs(paragraph: Any, size: int = 7) -> None:
    """Cut a paragraph's runs as editing does: revision marks, spelling marks, a bookmark among them."""
    for number, run in enumerate(list(paragraph.runs)):
        text = run.text
        if "\n" in text or len(text) <= size:
            continue
        run.text = text[:size]
        at = run._r
        for start in range(size, len(text), size):
            at.addnext(OxmlElement("w:proofErr"))
            at.getnext().set(qn("w:type"), "spellStart")
            piece = parse_xml(
                f'<w:r {_W} w:rsidR="00A{start % 10}B{number % 10}C{start % 7}1"><w:rPr>'
                f'<w:rFonts w:hint="eastAsia"/></w:rPr></w:r>'
            )
            piece.append(_kept(text[start : start + size]))
            at.getnext().addnext(piece)
            at = piece


def _kept(text: str) -> Any:
    element = OxmlElement("w:t")
    element.set(qn("xml:space"), "preserve")
    element.text = text
    return element
