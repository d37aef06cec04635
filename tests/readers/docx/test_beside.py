"""What stands beside the text: changes, comments, notes, headers, and what is not run or followed."""

from __future__ import annotations

from itertools import pairwise

import pytest

from jisseki_check import own_marks
from jisseki_check.model import Location, Remark, Source, Unreadable
from jisseki_check.readers import read_bytes
from tests.readers.packages import archive, lines, p, r, read_word, tbl, tc, tr, word_members

BY = 'w:id="1" w:author="佐藤" w:date="2018-05-01T00:00:00Z"'


def ins(*content: str) -> str:
    return f"<w:ins {BY}>{''.join(content)}</w:ins>"


def deleted(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def mark(kind: str) -> str:
    """The properties of a paragraph whose end was put in or taken out."""
    return f"<w:rPr><w:{kind} {BY}/></w:rPr>"


def remarks(source: Source, kind: str) -> list[tuple[str, int, Location | None]]:
    return [(each.text, each.count, each.at) for each in source.remarks if each.kind == kind]


def body_at(line: int, column: int = 1) -> Location:
    return Location(line=line, column=column)


# --- tracked changes ----------------------------------------------------------------------------


def test_changes_are_read_as_accepted_and_said() -> None:
    source = read_word(p("審査を", deleted("8回"), ins(r("9回")), "行いました。") + p("別の段落"))
    assert lines(source) == ["審査を9回行いました。", "別の段落"]
    assert remarks(source, "tracked") == [("『8回』を『9回』に変更", 2, body_at(1, 4))]


def test_changes_that_stand_apart_are_said_each() -> None:
    source = read_word(
        p("前", deleted("一"), " ", ins(r("二")), "間", ins(r("三"), r("四")), deleted("五"), "後")
    )
    assert lines(source) == ["前 二間三四後"]
    assert remarks(source, "tracked") == [
        ("『一』を『二』に変更", 2, body_at(1, 2)),
        ("『五』を『三四』に変更", 2, body_at(1, 5)),
    ]


def test_text_that_was_moved_stands_where_it_went() -> None:
    moved = (
        "<w:moveFrom w:id='1' w:author='x'>{}</w:moveFrom>",
        "<w:moveTo w:id='2' w:author='x'>{}</w:moveTo>",
    )
    source = read_word(p("前", moved[0].format(r("文"))) + p("間") + p(moved[1].format(r("文")), "後"))
    assert lines(source) == ["前", "間", "文後"]
    assert [text for text, _, _ in remarks(source, "tracked")] == ["『文』を削除", "『文』を追加"]


def test_a_deleted_end_joins_two_paragraphs() -> None:
    source = read_word(p("前", properties=mark("del")) + p("後") + p("次"))
    assert lines(source) == ["前後", "次"]
    runs = (source.blocks or ())[0].cells[0][0]
    assert [(run.text, run.at) for run in runs] == [("前", body_at(1)), ("後", body_at(2))]
    assert remarks(source, "tracked") == [("段落や行の区切りの変更", 1, body_at(1, 2))]


def test_a_deleted_paragraph_leaves_nothing() -> None:
    source = read_word(p("前") + p(deleted("消した段落"), properties=mark("del")) + p("後"))
    assert lines(source) == ["前", "後"]
    assert remarks(source, "tracked") == [("『消した段落』を削除", 2, body_at(2))]


def test_the_last_paragraph_of_a_cell_may_lose_its_end() -> None:
    assert lines(read_word(tbl(tr(tc(p("一", properties=mark("del"))), tc("二"))))) == ["一|二"]
    assert lines(read_word(tbl(tr(tc(p("前", properties=mark("del")), tbl(tr(tc("内"))), p("後")))))) == [
        "前", "内", "後",
    ]  # fmt: skip


def test_an_inserted_paragraph_is_one_change() -> None:
    source = read_word(p("前") + p(ins(r("足した段落")), properties=mark("ins")) + p("後"))
    assert lines(source) == ["前", "足した段落", "後"]
    assert remarks(source, "tracked") == [("『足した段落』を追加", 2, body_at(2))]


def test_rows_that_were_taken_out_are_left_out_but_counted() -> None:
    gone = tr(tc(p(deleted("古い"))), tc("行"), properties=f"<w:del {BY}/>")
    new = tr(tc(p(ins(r("新しい")))), properties=f"<w:ins {BY}/>")
    source = read_word(tbl(tr(tc("見出し")), gone, tr(tc("残る")), new))
    assert lines(source) == ["見出し", "残る", "新しい"]
    assert (source.blocks or ())[1].cells[0][0][0].at.row == 3
    row_2, row_4 = (Location(table=1, row=row, cell=f"A{row}", line=1, column=1) for row in (2, 4))
    assert remarks(source, "tracked") == [("『古い行』を削除", 1, row_2), ("『新しい』を追加", 2, row_4)]


def test_columns_that_were_taken_out_leave_no_gap() -> None:
    gone = tc("旧", properties=f"<w:cellDel {BY}/>")
    source = read_word(tbl(tr(tc("a"), gone, tc("c")), tr(tc("d"), gone, tc("f"))))
    assert lines(source) == ["a|c", "d|f"]
    assert [text for text, _, _ in remarks(source, "tracked")] == ["『旧』を削除", "『旧』を削除"]


def test_changes_of_formats_are_said_once() -> None:
    bold = f"<w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange>"
    source = read_word(p("前") + p(r("太字", bold), r("太字", bold)) + p(r("後", bold)))
    assert lines(source) == ["前", "太字太字", "後"]
    assert remarks(source, "tracked") == [("書式の変更", 3, body_at(2))]


def test_what_was_put_in_and_taken_out_again_is_gone() -> None:
    assert lines(read_word(p("前", ins(deleted("迷った文")), "後"))) == ["前後"]


# --- comments -----------------------------------------------------------------------------------


def comment(number: int, author: str, *paragraphs: str, para: str = "") -> str:
    ids = f'<w:p w14:paraId="{para or f"{number:08}"}">'
    inside = "".join(p(each) for each in paragraphs).replace("<w:p>", ids)
    return f'<w:comment w:id="{number}" w:author="{author}" w:initials="x">{inside}</w:comment>'


def anchored(number: int, *content: str) -> str:
    runs = "".join(each if each.startswith("<") else r(each) for each in content)
    return (
        f'<w:commentRangeStart w:id="{number}"/>{runs}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def reply(number: int, to: int) -> str:
    return f'<w15:commentEx w15:paraId="{number:08}" w15:paraIdParent="{to:08}" w15:done="0"/>'


def test_a_comment_is_left_over_where_it_hangs() -> None:
    body = p("前") + p("数字は", anchored(4, "9回"), "です") + tbl(tr(tc("a"), tc(p(anchored(2, "◎")))))
    parts = {"comments": comment(2, "佐藤", "記号を確認") + comment(4, "鈴木", "部長に確認", "五月まで")}
    source = read_word(body, parts)
    assert lines(source) == ["前", "数字は9回です", "a|◎"]
    assert remarks(source, "comment") == [
        ("部長に確認\n五月まで", 1, body_at(2, 4)),
        ("記号を確認", 1, Location(table=1, row=1, cell="B1", line=1, column=1)),
    ]
    assert source.explanations == ()


def test_a_comment_of_few_parts_is_left_over_too() -> None:
    body = p("文", '<w:r><w:commentReference w:id="1"/></w:r>')
    assert remarks(read_word(body, {"comments": comment(1, "佐藤", "")}), "comment") == [
        ("（文字のないコメント）", 1, body_at(1, 2))
    ]
    assert remarks(read_word(p("文"), {"comments": comment(9, "佐藤", "消えた文へ")}), "comment") == [
        ("消えた文へ", 1, None)
    ]


def test_a_comment_on_a_row_that_was_taken_out_has_its_place() -> None:
    row = tr(tc(p(anchored(1, "旧"))), properties=f"<w:del {BY}/>")
    source = read_word(p("文") + tbl(row), {"comments": comment(1, "佐藤", "消した")})
    assert remarks(source, "comment") == [
        ("消した", 1, Location(table=1, row=1, cell="A1", line=1, column=1))
    ]


def test_answers_belong_to_what_they_answer() -> None:
    parts = {
        "comments": comment(1, "佐藤", "合っていますか")
        + comment(2, "鈴木", "確認中")
        + comment(3, "佐藤", "お願いします"),
        "commentsExtended": reply(2, 1) + reply(3, 2),
    }
    source = read_word(p(anchored(1, "文")), parts)
    assert remarks(source, "comment") == [("合っていますか\n確認中\nお願いします", 3, body_at(1))]


MARK = (
    "【誤り】FIN101　決算額が予算額を上回っています",
    "直し方：…",
    "照合番号：0123456789abcdef",
    "理由：{}",
)


def ours(reason: str = "", number: int = 1) -> str:
    return comment(number, own_marks.AUTHOR, *(line.format(reason) for line in MARK))


def test_our_own_comments_are_no_remark() -> None:
    source = read_word(p(anchored(1, "文")), {"comments": ours()})
    assert (source.remarks, source.explanations) == ((), ())


def test_a_reason_in_our_comment_is_read_back() -> None:
    source = read_word(p(anchored(1, "文")), {"comments": ours("流用による")})
    assert source.remarks == ()
    assert source.explanations == (("0123456789abcdef", "流用による"),)


def test_an_answer_to_our_comment_is_the_reason() -> None:
    parts = {
        "comments": ours() + comment(2, "佐藤", "予備費による") + comment(3, "佐藤", "別の話"),
        "commentsExtended": reply(2, 1),
    }
    source = read_word(p(anchored(1, "文"), anchored(3, "後")), parts)
    assert source.explanations == (("0123456789abcdef", "予備費による"),)
    assert remarks(source, "comment") == [("別の話", 1, body_at(1, 2))]


# --- notes, headers, pictures -------------------------------------------------------------------


def test_notes_are_kept_apart_from_the_text() -> None:
    body = p("派遣職員", '<w:r><w:footnoteReference w:id="2"/></w:r>', "を含みます。") + tbl(
        tr(tc(p("表", '<w:r><w:endnoteReference w:id="1"/></w:r>')))
    )
    note = f'<w:footnote w:id="2">{p("他団体へ", "の派遣")}{p("二段落目")}</w:footnote>'
    parts = {
        "footnotes": f'<w:footnote w:id="0">{p("区切り")}</w:footnote>{note}',
        "endnotes": f'<w:endnote w:id="1">{p("文末の注")}</w:endnote>',
    }
    source = read_word(body, parts)
    assert lines(source) == ["派遣職員を含みます。", "表"]
    assert remarks(source, "unread") == [
        ("他団体への派遣\n二段落目", 1, body_at(1, 5)),
        ("文末の注", 1, Location(table=1, row=1, cell="A1", line=1, column=2)),
    ]


def test_notes_that_are_not_there_are_passed_over() -> None:
    source = read_word(p("文", '<w:r><w:footnoteReference w:id="7"/></w:r>'))
    assert (lines(source), source.remarks) == (["文"], ())


def header(kind: str, relation: str) -> str:
    return f'<w:headerReference w:type="{kind}" r:id="{relation}"/>'


def section(*references: str, first: bool = False) -> str:
    return f"<w:sectPr>{''.join(references)}{'<w:titlePg/>' if first else ''}</w:sectPr>"


TITLE = p("平成29年度　みずき市総務部の取り組み実績")


def test_headers_belong_to_the_page() -> None:
    body = p("平成29年度総務部の取り組み実績") + p("本文") + section(header("default", "r1"))
    assert lines(read_word(body, {"header": TITLE, "footer": p("- 1 -")})) == [
        "平成29年度総務部の取り組み実績",
        "本文",
    ]


def test_a_title_that_only_the_header_gives_is_read() -> None:
    body = p("1. 重点施策・事業") + section(header("default", "r1"))
    source = read_word(body, {"header": p("様式第1号") + TITLE})
    assert lines(source) == ["平成29年度　みずき市総務部の取り組み実績", "1. 重点施策・事業"]
    assert (source.blocks or ())[0].cells[0][0][0].at == body_at(1)


@pytest.mark.parametrize(
    ("references", "first", "is_read"),
    [
        (header("first", "r1"), True, True),
        (header("first", "r1"), False, False),
        (header("even", "r1"), False, False),
        (header("default", "r9"), False, False),
        (header("default", "r1"), True, True),
    ],
)
def test_the_header_of_the_first_page_is_asked(references: str, first: bool, is_read: bool) -> None:
    source = read_word(p("1. 重点施策・事業") + section(references, first=first), {"header": TITLE})
    assert len(lines(source)) == 1 + is_read


FOOTER = '<w:footerReference w:type="default" r:id="r2"/>'


def of_margins(head: str, foot: str, body: str = TITLE) -> list[tuple[str, str]]:
    source = read_word(body + section(header("default", "r1"), FOOTER), {"header": head, "footer": foot})
    assert all(remark.at is None for remark in source.remarks)
    return [(remark.kind, remark.text) for remark in source.remarks]


def test_what_headers_and_footers_say_is_told_beside_the_text() -> None:
    page = '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    assert of_margins(p("総務部　取り組み実績"), p(page)) == [("page", "ヘッダー：総務部　取り組み実績")]
    table = tbl(tr(tc("資料1"), tc("総務部")))
    assert of_margins(table, p("※金額は速報値です。") + p("- ", page, " -")) == [
        ("page", "ヘッダー：資料1　総務部"),
        ("unread", "フッター：※金額は速報値です。"),
    ]


def test_a_title_that_only_the_header_gives_is_no_longer_the_header_s() -> None:
    assert of_margins(p("様式第1号") + TITLE, p("1"), p("1. 重点施策・事業")) == [
        ("page", "ヘッダー：様式第1号")
    ]


def test_what_was_left_in_a_header_is_told() -> None:
    head = p("総務部", '<w:ins w:id="1">' + r("人事課") + "</w:ins>", r("旧", "<w:strike/>"))
    assert of_margins(head, "") == [
        ("page", "ヘッダー：総務部人事課"),
        ("tracked", "『人事課』を追加"),
        ("tracked", "取り消し線の付いた「旧」"),
    ]


def test_a_header_that_two_sections_use_is_told_once() -> None:
    sections = section(header("default", "r1")) + p(section(header("default", "r1"), header("even", "r9")))
    source = read_word(TITLE + sections, {"header": p("総務部")})
    assert [remark.text for remark in source.remarks] == ["ヘッダー：総務部"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p("<w:r><w:drawing/></w:r>"), "画像だけ"),
        (tbl(tr(tc(p("<w:r><w:pict/></w:r>")))), "画像だけ"),
        (p(" "), "文字がありません"),
        ("", "文字がありません"),
        (tbl(tr(tc())), "文字がありません"),
    ],
)
def test_a_document_without_text_is_not_passed_over(body: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as caught:
        read_word(body)
    assert caught.value.at == Location(path="報告.docx")
    assert caught.value.fix


# --- what is not run or followed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "external", "text"),
    [
        ("vbaProject", False, "マクロ"),
        ("oleObject", False, "埋め込まれたファイル"),
        ("package", False, "埋め込まれたファイル"),
        ("control", False, "フォームの部品（ActiveX）"),
        ("chart", False, "グラフや SmartArt の図"),
        ("image", True, "外部のファイルへのリンク"),
        ("attachedTemplate", True, "外部のファイルへのリンク"),
        ("frame", True, "外部のファイルへのリンク"),
    ],
)
def test_what_could_act_is_said_and_left_alone(kind: str, external: bool, text: str) -> None:
    where = "http://127.0.0.1:9/x"
    source = read_word(p("文"), None if external else {kind: ""}, {kind: where} if external else None)
    assert source.remarks == (Remark("inert", text),)
    assert where not in repr(source)


def test_an_ordinary_link_is_no_remark() -> None:
    assert read_word(p("文"), external={"hyperlink": "http://example.invalid/"}).remarks == ()


def test_a_template_of_the_settings_is_said() -> None:
    members = word_members(p("文"), {"settings": ""})
    listed = word_members("", external={"attachedTemplate": "http://127.0.0.1:9/x.dotm"})
    members["word/_rels/settings.xml.rels"] = listed["word/_rels/document.xml.rels"]
    assert read_bytes(archive(members), "a.docx").remarks == (Remark("inert", "外部のファイルへのリンク"),)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p("前") + '<w:altChunk r:id="r1"/>', "差し込まれた"),
        (p("前", '<w:subDoc r:id="r1"/>'), "別のファイルにあり"),
        (tbl(tr(tc("前", '<w:altChunk r:id="r1"/>'))), "差し込まれた"),
    ],
)
def test_text_that_only_word_can_take_in_is_not_passed_over(body: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as caught:
        read_word(body, {"aFChunk": ""})
    assert caught.value.at == Location(path="報告.docx")


def test_remarks_of_one_kind_stand_together() -> None:
    body = p(
        deleted("a"),
        "b",
        r("c", "<w:vanish/>"),
        anchored(1, "d"),
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
    )
    parts = {
        "comments": comment(1, "佐藤", "x"),
        "footnotes": f'<w:footnote w:id="1">{p("注")}</w:footnote>',
        "vbaProject": "",
    }
    kinds = [remark.kind for remark in read_word(body, parts).remarks]
    assert kinds == ["unread", "comment", "tracked", "hidden", "inert"]
    assert all(first != second for first, second in pairwise(kinds))
