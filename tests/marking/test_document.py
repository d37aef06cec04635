"""Marked Word documents: a comment at each place, and nothing else has changed."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from lxml import etree

from jisseki_check import own_marks
from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.marking import CannotMark, is_marked, mark
from jisseki_check.model import Location, Severity
from jisseki_check.readers.docx import read_docx
from tests.marking.documents import PATH, at, comments, contents, document, opened, saved_again
from tests.marking.workbooks import changed, parts

WORD = document()
BODY = at(1, line=2)
CELL = at(2, table=1, row=2, cell="B2", line=2)
MERGED = at(3, Severity.WARNING, table=1, row=3, cell="A3", line=1)
WHOLE = at(4, Severity.INFO)
ALL = (BODY, CELL, MERGED, WHOLE)
MARKED = mark(WORD, ".docx", contents(*ALL))
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def ours(data: bytes) -> list[tuple[str, str]]:
    """The numbers of our marks, and the words that each stands on."""
    return [
        (note.reference, words)
        for author, text, words in comments(data)
        if author == own_marks.AUTHOR
        for note in own_marks.in_comment(text)
    ]


def reasons(data: bytes) -> dict[str, str]:
    return dict(read_docx(data, PATH, DEFAULT_LIMITS).explanations)


def with_answers(data: bytes, number: int, *texts: str) -> bytes:
    """As Word saves it when staff have answered to a comment."""

    def answer(held: Mapping[str, bytes]) -> dict[str, bytes]:
        w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
        w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
        root = etree.fromstring(held["word/comments.xml"])
        last = root.findall(f"{{{W}}}comment")[number].findall(f"{{{W}}}p")[-1]
        last.set(f"{{{w14}}}paraId", "0A0A0A0A")
        entries = '<w15:commentEx w15:paraId="0A0A0A0A" w15:done="0"/>'
        for place, text in enumerate(texts, 1):
            comment = etree.SubElement(root, f"{{{W}}}comment")
            comment.set(f"{{{W}}}id", str(900 + place))
            comment.set(f"{{{W}}}author", "危機管理室")
            paragraph = etree.SubElement(comment, f"{{{W}}}p")
            paragraph.set(f"{{{w14}}}paraId", f"0B0B0B0{place}")
            etree.SubElement(etree.SubElement(paragraph, f"{{{W}}}r"), f"{{{W}}}t").text = text
            entries += (
                f'<w15:commentEx w15:paraId="0B0B0B0{place}" w15:paraIdParent="0A0A0A0A" w15:done="0"/>'
            )
        relation = (
            b'<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2011/relationships/'
            b'commentsExtended" Target="commentsExtended.xml"/></Relationships>'
        )
        relations = held["word/_rels/document.xml.rels"].replace(b"</Relationships>", relation)
        return {
            "word/comments.xml": etree.tostring(root),
            "word/commentsExtended.xml": (
                f'<w15:commentsEx xmlns:w15="{w15}">{entries}</w15:commentsEx>'.encode()
            ),
            "word/_rels/document.xml.rels": relations,
        }

    return changed(data, answer)


def number_of(data: bytes, code: str) -> int:
    """Which of the comments speaks of this rule."""
    return next(place for place, (_, text, _) in enumerate(comments(data)) if code in text)


# --- what is put in -----------------------------------------------------------------------------


def test_each_finding_stands_on_its_paragraph() -> None:
    assert dict(ours(MARKED)) == {
        own_marks.reference(BODY.fingerprint): "部の構成　危機管理室・消防総務課",
        own_marks.reference(CELL.fingerprint): "平成30年度決算：2,200千円",
        own_marks.reference(MERGED.fingerprint): "達成状況　◎",
        own_marks.reference(WHOLE.fingerprint): "平成30年度 防災安全部の取り組み実績",
    }


def test_the_verdict_comes_first() -> None:
    _, text, words = next(each for each in comments(MARKED) if each[0] == own_marks.AUTHOR)
    assert words == "平成30年度 防災安全部の取り組み実績"
    assert text.startswith("点検結果　防災安全部　平成30年度\n判定　不適合　指摘　誤り 2・確認 1・参考 1")


def test_what_was_not_judged_is_said() -> None:
    said = replace(contents(), unjudged=("計算の途中で問題が起きました",))
    texts = [text for _, text, _ in comments(mark(WORD, ".docx", said))]
    assert any("点検できなかったもの\n・計算の途中で問題が起きました" in text for text in texts)


def test_a_place_that_is_not_found_is_named() -> None:
    lost = at(5, table=9, row=1, cell="A1", line=1)
    [(_, text, words)] = [
        each for each in comments(mark(WORD, ".docx", contents(lost))) if lost.rule in each[1]
    ]
    assert words == "平成30年度 防災安全部の取り組み実績"
    assert "\n場所：" in text
    assert "表9・1行目・1列目" in text


def test_related_places_are_told_as_in_the_findings() -> None:
    related = (Location(PATH, line=4, column=1), Location(PATH, table=1, row=2, cell="B2", line=1))
    held = replace(at(6, line=2), related=related)
    [text] = [text for _, text, _ in comments(mark(WORD, ".docx", contents(held))) if held.rule in text]
    assert "\n関連：4段落目、表1・2行目・2列目\n" in text


def test_comments_of_others_stay() -> None:
    assert ("総務課", "課名を確認", "部の構成　危機管理室・消防総務課") in comments(MARKED)
    numbers = re.findall(rb'<w:comment [^>]*?w:id="([0-9]+)"', parts(MARKED)["word/comments.xml"])
    assert len(set(numbers)) == len(numbers) == 6


def test_a_document_without_comments_gets_the_part() -> None:
    def strip(held: dict[str, bytes]) -> dict[str, bytes]:
        del held["word/comments.xml"]
        relations = re.sub(rb"<Relationship [^>]*comments[^>]*/>", b"", held["word/_rels/document.xml.rels"])
        types = re.sub(rb"<Override [^>]*comments[^>]*/>", b"", held["[Content_Types].xml"])
        body = re.sub(rb"<w:comment(?:RangeStart|RangeEnd|Reference)[^>]*/>", b"", held["word/document.xml"])
        return {
            "word/_rels/document.xml.rels": relations,
            "[Content_Types].xml": types,
            "word/document.xml": body,
        }

    marked = mark(changed(WORD, strip), ".docx", contents(*ALL))
    assert ours(marked) == ours(MARKED)
    assert ours(saved_again(marked)) == ours(MARKED)


# --- what stays ---------------------------------------------------------------------------------


def test_every_other_part_is_the_same() -> None:
    before, after = parts(WORD), parts(MARKED)
    edited = {name for name in after if before.get(name) != after[name]}
    assert edited == {"word/document.xml", "word/comments.xml"}


def test_the_text_is_read_as_before() -> None:
    before, after = read_docx(WORD, PATH, DEFAULT_LIMITS), read_docx(MARKED, PATH, DEFAULT_LIMITS)
    assert (before.blocks, before.remarks) == (after.blocks, after.remarks)
    assert [each.text for each in opened(WORD).paragraphs] == [
        each.text for each in opened(MARKED).paragraphs
    ]


def test_the_same_input_gives_the_same_bytes() -> None:
    assert mark(WORD, ".docx", contents(*ALL)) == MARKED


# --- a marked copy that is marked again ---------------------------------------------------------


def test_marking_again_doubles_nothing() -> None:
    again = mark(MARKED, ".docx", contents(*ALL))
    assert parts(again) == parts(MARKED)
    cleared = mark(MARKED, ".docx", contents())
    assert [each for each in comments(cleared) if each[0] != own_marks.AUTHOR] == [
        each for each in comments(WORD) if each[0] != own_marks.AUTHOR
    ]
    assert len(comments(cleared)) == 2


def test_reasons_are_carried_over() -> None:
    word = opened(MARKED)
    comment = next(each for each in word.comments if CELL.rule in each.text)
    comment.paragraphs[-1].add_run("補正予算による")
    comment.add_paragraph("（12月補正）")
    out = io.BytesIO()
    word.save(out)
    again = mark(out.getvalue(), ".docx", contents(*ALL))
    assert reasons(again) == {own_marks.reference(CELL.fingerprint): "補正予算による\n（12月補正）"}
    assert ours(again) == ours(MARKED)


def test_answers_are_reasons_and_go_with_our_comment() -> None:
    answered = with_answers(MARKED, number_of(MARKED, CELL.rule), "補正予算による", "財政課と協議ずみ")
    assert reasons(answered) == {own_marks.reference(CELL.fingerprint): "補正予算による\n財政課と協議ずみ"}
    again = mark(answered, ".docx", contents(*ALL))
    assert reasons(again) == reasons(answered)
    assert {author for author, _, _ in comments(again)} == {own_marks.AUTHOR, "総務課"}
    assert b"paraId" not in parts(again)["word/commentsExtended.xml"].replace(b"paraIdParent", b"")


def test_answers_to_others_stay() -> None:
    answered = with_answers(MARKED, number_of(MARKED, "課名を確認"), "確認しました")
    texts = [text for _, text, _ in comments_without_places(mark(answered, ".docx", contents(*ALL)))]
    assert "確認しました" in texts


def comments_without_places(data: bytes) -> list[tuple[str, str, str]]:
    return [(each.author, each.text, "") for each in opened(data).comments]


def test_a_reason_whose_finding_is_gone_is_kept() -> None:
    explained = mark(WORD, ".docx", contents(replace(CELL, explanation="補正予算による"), BODY))
    again = mark(explained, ".docx", contents(BODY))
    assert reasons(again) == {own_marks.reference(CELL.fingerprint): "補正予算による"}
    texts = [text for _, text, _ in comments(again)]
    assert any(text.startswith("今回は出なかった指摘に書かれていた理由\n【前回】FIN102") for text in texts)
    back = mark(again, ".docx", contents(CELL, BODY))
    assert not any(text.startswith("今回は") for _, text, _ in comments(back))
    assert reasons(back) == reasons(again)


def test_only_a_marked_copy_is_taken_for_one() -> None:
    assert is_marked(MARKED, ".docx")
    assert is_marked(mark(WORD, ".docx", contents()), ".docx")
    assert not is_marked(WORD, ".docx")


# --- what cannot be marked ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"", "本文"), (b"<w:body/>", "段落がなく"), (b"<w:body><w:altChunk/></w:body>", "差し込まれた")],
    ids=["no body", "no paragraph", "a document within"],
)
def test_what_has_no_place_for_comments(body: bytes, said: str) -> None:
    empty = b'<w:document xmlns:w="' + W.encode() + b'">' + body + b"</w:document>"
    with pytest.raises(CannotMark, match=said):
        mark(changed(WORD, lambda held: {"word/document.xml": empty}), ".docx", contents(BODY))


def test_places_are_those_of_the_reader() -> None:
    """Every place that the reader gives can bear a comment, and each bears it on the words read there."""
    source = read_docx(WORD, PATH, DEFAULT_LIMITS)
    assert source.blocks is not None
    runs = [run for block in source.blocks for cell in block.cells for paragraph in cell for run in paragraph]
    findings = [
        replace(at(number), location=replace(run.at, path=PATH)) for number, run in enumerate(runs, 1)
    ]
    marked = dict(ours(mark(WORD, ".docx", contents(*findings))))
    for held, run in zip(findings, runs, strict=True):
        assert run.text in marked[own_marks.reference(held.fingerprint)]
