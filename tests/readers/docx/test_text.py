"""The text of a paragraph is what Word shows of it, each piece once, with its place."""

from __future__ import annotations

import pytest

from jisseki_check.model import Location, Source, Unreadable
from tests.readers.packages import lines, p, r, read_word, tbl, tc, tr


def begin(kind: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin">{kind}</w:fldChar></w:r>'


SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def box(*paragraphs: str) -> str:
    return f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"


def shape(content: str) -> str:
    """A text box as Word writes it: for newer software, and once more for older."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r("備蓄") + r("倉庫"), "備蓄倉庫"),
        (r(" 前後の空白 "), "前後の空白"),
        (r("12\n34"), "12 34"),
        ('<w:hyperlink r:id="r9">' + r("市のページ") + "</w:hyperlink>", "市のページ"),
        ("<w:smartTag><w:smartTagPr/>" + r("東京") + "</w:smartTag>", "東京"),
        ("<w:customXml>" + r("あ") + "</w:customXml><w:dir>" + r("い") + "</w:dir>", "あい"),
        ("<w:unknown><w:deeper>" + r("知らない囲みの中") + "</w:deeper></w:unknown>", "知らない囲みの中"),
        (
            "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>"
            + r("選択した値")
            + "</w:sdtContent></w:sdt>",
            "選択した値",
        ),
        (
            "<w:ruby><w:rt>" + r("ひらかた") + "</w:rt><w:rubyBase>" + r("枚方") + "</w:rubyBase></w:ruby>",
            "枚方",
        ),
        (r("<w:t>18</w:t><w:noBreakHyphen/><w:t>1</w:t>"), "18-1"),
        (r("<w:t>備</w:t><w:softHyphen/><w:t>蓄</w:t>"), "備蓄"),
        (r('<w:sym w:font="Wingdings" w:char="F0A5"/>'), "◎"),
        (r('<w:sym w:font="Wingdings" w:char="F06C"/>'), "●"),
        (r('<w:sym w:font="Wingdings 2" w:char="F052"/>'), "☑"),
        (r('<w:sym w:font="Symbol" w:char="F0B4"/>'), "×"),
        (r('<w:sym w:font="ＭＳ 明朝" w:char="25CE"/>'), "◎"),
        (r('<w:sym w:font="Wingdings" w:char="F021"/>'), "\uf021"),
        (r('<w:sym w:font="Wingdings" w:char="zz"/>'), "\ufffd"),
        (r("\uf075見出し", '<w:rFonts w:ascii="Wingdings"/>'), "◆見出し"),
        (r("\uf0b7", '<w:rFonts w:ascii="Symbol"/>'), "•"),
        (r("\uf075"), "◆"),
        (r("<w:pgNum/><w:lastRenderedPageBreak/><w:t>文</w:t>"), "文"),
        (
            "<m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            "x=1/2",
        ),
        (
            "<mc:AlternateContent><mc:Choice Requires='w14'>"
            + r("新")
            + "</mc:Choice><mc:Fallback>"
            + r("旧")
            + "</mc:Fallback></mc:AlternateContent>",
            "新",
        ),
        (
            "<mc:AlternateContent><mc:Choice Requires='w16'><w:drawing/></mc:Choice><mc:Fallback>"
            + r("旧")
            + "</mc:Fallback></mc:AlternateContent>",
            "旧",
        ),
    ],
)
def test_text_is_what_is_shown(content: str, text: str) -> None:
    assert lines(read_word(f"<w:p>{content}</w:p>")) == [text]


# --- lines, cells, pages ------------------------------------------------------------------------


def test_tabs_part_the_cells_of_a_paragraph() -> None:
    source = read_word(
        p("目標", r("<w:tab/><w:t>備えを充実します。</w:t>")) + p(r("<w:tab/><w:t>続き</w:t>"))
    )
    assert lines(source) == ["目標|備えを充実します。", "|続き"]


def test_a_line_break_makes_a_paragraph() -> None:
    assert lines(read_word(p("一行目", r("<w:br/>"), "二行目", r("<w:cr/>"), "三行目"))) == [
        "一行目/二行目/三行目"
    ]
    source = read_word(p("実績", r("<w:tab/>"), "一行目", r("<w:br/>"), "二行目"))
    assert lines(source) == ["実績|一行目/二行目"]


def test_cells_behind_a_line_break_are_a_row_of_their_own() -> None:
    tab = r("<w:tab/>")
    source = read_word(p("予算", tab, "490千円", r("<w:br/>"), "決算", tab, "462千円"))
    assert lines(source) == ["予算|490千円", "決算|462千円"]


def test_a_page_break_is_a_blank_line() -> None:
    assert lines(read_word(p("前", r('<w:br w:type="page"/>'), "後"))) == ["前", "", "後"]
    assert lines(read_word(p("前") + "<w:p/>" + p(" \u3000") + p("後"))) == ["前", "", "", "後"]


def test_places_are_paragraphs_and_characters() -> None:
    source = read_word(
        p("題")
        + "<w:p/>"
        + p(r("　目標"), r("<w:tab/>"), " 本文", r("<w:br/>"), "続き")
        + tbl(tr(tc("表")))
        + p("後")
    )
    assert source.blocks is not None
    cells = source.blocks[2].cells
    places = [(run.text, run.at) for cell in cells for paragraph in cell for run in paragraph]
    assert places == [
        ("目標", Location(line=3, column=2)),
        ("本文", Location(line=3, column=6)),
        ("続き", Location(line=3, column=9)),
    ]
    assert source.blocks[4].cells[0][0][0].at == Location(line=4, column=1)


def test_paragraphs_in_content_controls_are_counted_too() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('中')}</w:sdtContent></w:sdt>"
    source = read_word(p("前") + control + f"<w:customXml>{p('囲み')}</w:customXml>" + p("後"))
    assert [block.cells[0][0][0].at.line for block in source.blocks or ()] == [1, 2, 3, 4]


# --- fields -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("<w:fldSimple w:instr=' DATE '>" + r("平成29年4月1日") + "</w:fldSimple>", "平成29年4月1日"),
        (begin() + instruction(" REF _x ") + SEPARATE + r("表1") + END, "表1"),
        (begin() + instruction(" PAGE ") + END, ""),
        (
            begin()
            + instruction("IF ")
            + begin()
            + instruction("REF x")
            + SEPARATE
            + r("甲")
            + END
            + instruction("= 1")
            + SEPARATE
            + r("乙")
            + END,
            "乙",
        ),
        (begin() + r("符号の中の文字") + SEPARATE + r("結果") + END, "結果"),
        (begin() + instruction("MACROBUTTON NoMacro ［ここを押す］") + END, "［ここを押す］"),
        (begin() + instruction(r"eq \o\ac(○,3)") + END, "③"),
        (begin() + instruction(r"EQ \o\ac(○,印)") + END, "印"),
        (begin() + instruction(r"eq \o\ac(\s\up 0(○),\s\do 2(12))") + END, "⑫"),
        (
            begin()
            + instruction(r'EQ \* jc2 \* "Font:ＭＳ 明朝" \* hps10 \o\ad(\s\up 9(ひらかた),枚方)')
            + END,
            "枚方",
        ),
        (begin() + instruction(r"EQ \f(1,2)") + END, "1/2"),
        (begin() + instruction(r"EQ \x(済)") + END, "済"),
        (
            begin("<w:ffData><w:checkBox><w:default w:val='1'/></w:checkBox></w:ffData>")
            + instruction("FORMCHECKBOX")
            + END,
            "☑",
        ),
        (
            begin(
                "<w:ffData><w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox></w:ffData>"
            )
            + instruction("FORMCHECKBOX")
            + SEPARATE
            + END,
            "☐",
        ),
        (
            begin(
                "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='◎'/><w:listEntry w:val='○'/>"
                "</w:ddList></w:ffData>"
            )
            + instruction("FORMDROPDOWN")
            + END,
            "○",
        ),
        (
            begin("<w:ffData><w:ddList><w:result w:val='7'/><w:listEntry w:val='◎'/></w:ddList></w:ffData>")
            + instruction("FORMDROPDOWN")
            + END,
            "",
        ),
        (
            begin("<w:ffData><w:textInput/></w:ffData>")
            + instruction("FORMTEXT")
            + SEPARATE
            + r("入力した文")
            + END,
            "入力した文",
        ),
        (END + r("始まりのない終わり"), "始まりのない終わり"),
    ],
)
def test_of_a_field_the_result_is_read(field: str, text: str) -> None:
    assert lines(read_word(p("前", field, "後"))) == [f"前{text}後"]


def test_a_field_may_span_paragraphs() -> None:
    body = p(begin(), instruction("TOC"), SEPARATE, "一つ目") + p("二つ目") + p(END, "本文")
    assert lines(read_word(body)) == ["一つ目", "二つ目", "本文"]


def test_a_field_without_end_is_not_passed_over() -> None:
    """All that follows would be taken for its instruction."""
    with pytest.raises(Unreadable, match="フィールド") as caught:
        read_word(p("前", begin(), instruction("REF x")) + p("実績"))
    assert caught.value.at == Location(path="報告.docx")


@pytest.mark.parametrize("instr", ["DDE Excel a b", " DDEAUTO cmd ", "LINK Excel.Sheet", "database \\d x"])
def test_a_field_that_fetches_is_not_followed(instr: str) -> None:
    for field in (
        begin() + instruction(instr) + SEPARATE + r("42") + END,
        f"<w:fldSimple w:instr='{instr}'>{r('42')}</w:fldSimple>",
    ):
        source = read_word(p(field))
        assert lines(source) == ["42"]
        assert [(remark.kind, remark.text, remark.count) for remark in source.remarks] == [
            ("inert", "ほかのソフトウェアから値を取り込む指定（DDE など）", 1)
        ]


def test_a_field_that_takes_in_a_file_is_a_link() -> None:
    field = begin() + instruction(r'INCLUDETEXT "C:\\x.docx"') + SEPARATE + r("文") + END
    assert [remark.text for remark in read_word(p(field)).remarks] == ["外部のファイルへのリンク"]


# --- text boxes ---------------------------------------------------------------------------------


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    source = read_word(p("本文", shape(box(p("囲みの中"), p("二段落目"))), "の続き") + p("次"))
    assert lines(source) == ["本文の続き", "囲みの中", "二段落目", "次"]
    assert [block.cells[0][0][0].at.line for block in source.blocks or ()] == [1, 1, 1, 2]


def test_text_boxes_of_older_files_and_of_groups_are_read() -> None:
    pict = f"<w:r><w:pict><v:group><v:shape><v:textbox>{box(p('一'))}</v:textbox></v:shape>"
    pict += f"<v:shape><v:textbox>{box(p('二'))}</v:textbox></v:shape></v:group></w:pict></w:r>"
    assert lines(read_word(p(pict))) == ["", "一", "二"]


def test_a_text_box_in_a_table_belongs_to_its_cell() -> None:
    source = read_word(tbl(tr(tc("前", p(shape(box(p("中")))), "後"))))
    assert lines(source) == ["前/中/後"]


def test_a_text_box_within_a_text_box_is_read() -> None:
    assert lines(read_word(p("外", shape(box(p("中", shape(box(p("奥"))))))))) == ["外", "中", "奥"]


def test_lettering_of_older_files_is_text() -> None:
    pict = '<w:r><w:pict><v:shape><v:textpath string="飾り文字"/></v:shape></w:pict></w:r>'
    assert lines(read_word(p("前", pict, "後"))) == ["前/飾り文字/後"]


def test_text_of_a_drawing_that_is_not_read_is_said() -> None:
    drawing = "<w:r><w:drawing><a:graphic><a:t>図の中</a:t></a:graphic></w:drawing></w:r>"
    source = read_word(p("本文", drawing))
    assert lines(source) == ["本文"]
    assert [remark.text for remark in source.remarks] == ["グラフや SmartArt の図"]


# --- what is hidden -----------------------------------------------------------------------------


def hidden(source: Source) -> list[tuple[str, int | None, int | None]]:
    held = [remark for remark in source.remarks if remark.kind == "hidden"]
    return [
        (each.text, each.at.line if each.at else None, each.at.column if each.at else None) for each in held
    ]


def test_hidden_text_is_read_and_said() -> None:
    body = p("実績", r("内部用", "<w:vanish/>"), r("メモ", "<w:vanish w:val='true'/>"), "続き") + p(
        r("見える", "<w:vanish w:val='0'/>")
    )
    source = read_word(body)
    assert lines(source) == ["実績内部用メモ続き", "見える"]
    assert hidden(source) == [("内部用メモ", 1, 3)]


def test_hidden_text_that_goes_on_is_said_once() -> None:
    secret = [p(r(text, "<w:vanish/>")) for text in ("一", "二", "三")]
    assert hidden(read_word(p("前") + "".join(secret) + p("後"))) == [("一二三", 2, 1)]


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>
<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:basedOn w:val="Base"/></w:style>
<w:style w:type="paragraph" w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="A"><w:basedOn w:val="B"/></w:style>
<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style>
"""


def test_styles_hide_text_too() -> None:
    body = p("前", r("字の様式", '<w:rStyle w:val="Secret"/>'), r("後", '<w:rStyle w:val="A"/>')) + p(
        "段落の様式", r("見える", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="Note"/>'
    )
    source = read_word(body, {"styles": STYLES})
    assert lines(source) == ["前字の様式後", "段落の様式見える"]
    assert hidden(source) == [("字の様式", 1, 2), ("段落の様式", 2, 1)]


# --- what is struck through -----------------------------------------------------------------------


def struck(source: Source) -> list[tuple[str, int | None, int | None]]:
    held = [remark for remark in source.remarks if remark.kind == "tracked"]
    return [
        (each.text, each.at.line if each.at else None, each.at.column if each.at else None) for each in held
    ]


@pytest.mark.parametrize(
    "look", ["<w:strike/>", '<w:dstrike w:val="1"/>', '<w:strike w:val="0"/><w:dstrike/>']
)
def test_text_that_is_struck_through_is_no_text_and_is_said(look: str) -> None:
    source = read_word(p("訓練を", r("10", look), r("回", look), "9回行いました。"))
    assert lines(source) == ["訓練を9回行いました。"]
    assert struck(source) == [("取り消し線の付いた「10回」", 1, 4)]


def test_text_whose_strike_is_taken_back_is_text() -> None:
    source = read_word(p("訓練を", r("10回", '<w:strike w:val="false"/>'), "行いました。"))
    assert lines(source) == ["訓練を10回行いました。"]
    assert struck(source) == []


def test_styles_strike_text_too() -> None:
    styles = """
<w:style w:type="character" w:styleId="Base"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Gone"><w:basedOn w:val="Base"/></w:style>
<w:style w:type="paragraph" w:styleId="Old"><w:rPr><w:dstrike/></w:rPr></w:style>
"""
    body = p("前", r("字の様式", '<w:rStyle w:val="Gone"/>'), "後") + p(
        "段落の様式", r("残る", '<w:strike w:val="0"/>'), properties='<w:pStyle w:val="Old"/>'
    )
    source = read_word(body, {"styles": styles})
    assert lines(source) == ["前後", "残る"]
    assert [text for text, _, _ in struck(source)] == [
        "取り消し線の付いた「字の様式」",
        "取り消し線の付いた「段落の様式」",
    ]


def test_blanks_that_are_struck_through_still_part_words() -> None:
    source = read_word(p("目標", r("\u3000", "<w:strike/>"), "窓口"))
    assert lines(source) == ["目標\u3000窓口"]
    assert struck(source) == []


def test_a_note_keeps_its_struck_words() -> None:
    note = '<w:footnote w:id="2">' + p("速報値", r("旧", "<w:strike/>")) + "</w:footnote>"
    source = read_word(p("窓口", '<w:r><w:footnoteReference w:id="2"/></w:r>'), {"footnotes": note})
    assert [remark.text for remark in source.remarks if remark.kind == "unread"] == ["速報値旧"]
