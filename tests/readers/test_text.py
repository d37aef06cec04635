from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Location, Remark, Source, Unreadable
from jisseki_check.readers.text import read_text


def source_of(text: str, encoding: str = "utf-8") -> Source:
    return read_text(text.encode(encoding), "a.txt", Limits())


def texts(source: Source) -> list[list[list[list[str]]]]:
    """Blocks, cells, paragraphs, runs."""
    return [
        [[[run.text for run in paragraph] for paragraph in cell] for cell in block.cells]
        for block in blocks_of(source)
    ]


def blocks_of(source: Source) -> tuple[Block, ...]:
    assert source.blocks is not None
    return source.blocks


def places(source: Source) -> list[tuple[str, int | None, int | None]]:
    return [
        (run.text, run.at.line, run.at.column)
        for block in blocks_of(source)
        for cell in block.cells
        for paragraph in cell
        for run in paragraph
    ]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("本文", [[["本文"]]]),
        (" \u3000本文\u00a0 ", [[["本文"]]]),
        ("目標\t本文", [[["目標"]], [["本文"]]]),
        ("\t本文", [[], [["本文"]]]),
        ("目標\t", [[["目標"]], []]),
        ("a\t\tb", [[["a"]], [], [["b"]]]),
        ("<p>一</p> <p>二</p>", [[["一"], ["二"]]]),
        ("一<br>二<BR />三", [[["一"], ["二"], ["三"]]]),
        ("一<b>二</b>三", [[["一", "二", "三"]]]),
        ("<p class='x' id=\"y\">一</p>", [[["一"]]]),
        ("<td nowrap>一</td>", [[["一"]]]),
        ("<h1>一</h1><ul><li>二<li>三</ul>", [[["一"], ["二"], ["三"]]]),
        ("<span>一 </span> <i> 二</i>", [[["一 ", " ", " 二"]]]),
        ("目標\t<p>一</p>", [[["目標"]], [["一"]]]),
        ("一&amp;二", [[["一", "&", "二"]]]),
        ("&lt;p&gt;", [[["<", "p", ">"]]]),
        ("&amp;lt;", [[["&", "lt;"]]]),
        ("一&nbsp;二&#12354;&#x3042;", [[["一", "\u00a0", "二", "あ", "あ"]]]),
        ("&nbsp;一&nbsp;&#x3000;", [[["一"]]]),
        ("<部の構成> 人事課", [[["<部の構成> 人事課"]]]),
        ("<オープンデータの種類>", [[["<オープンデータの種類>"]]]),
        ("<3>", [[["<3>"]]]),
        ("a < b > c", [[["a < b > c"]]]),
        ("a<b かつ c>d", [[["a<b かつ c>d"]]]),
        ("a<b and c>d", [[["a<b and c>d"]]]),
        ("<px>一</px><", [[["<px>一</px><"]]]),
        ("<p<b>一", [[["<p", "一"]]]),
        ("＜ｐ＞一", [[["＜ｐ＞一"]]]),
        ("AT&T & &co; &#0; &#10; &#xd800; &#9999999;", [[["AT&T & &co; &#0; &#10; &#xd800; &#9999999;"]]]),
        ("一\u2028二\x85三\x0b四", [[["一\u2028二\x85三\x0b四"]]]),
    ],
)
def test_a_line_is_taken_apart(line: str, cells: list[list[list[str]]]) -> None:
    assert texts(source_of(line + "\n本")) == [cells, [[["本"]]]]


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\t", " \t\u00a0", "<p></p>", "<br>\t&nbsp;"])
def test_a_line_without_a_visible_character_is_a_block_without_cells(blank: str) -> None:
    assert [bool(block.cells) for block in blocks_of(source_of(f"一\n{blank}\n二"))] == [True, False, True]


def test_the_last_line_break_starts_no_line() -> None:
    assert len(blocks_of(source_of("一\n"))) == 1
    assert len(blocks_of(source_of("一\n\n"))) == 2
    assert len(blocks_of(source_of("一"))) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一\n\f二\n三", [("一", 1, 1), None, ("二", 2, 2), ("三", 3, 1)]),
        ("一\f二", [("一", 1, 1), None, ("二", 1, 3)]),
        ("一\n\f\n二", [("一", 1, 1), None, ("二", 3, 1)]),
        ("一\f\f", [("一", 1, 1), None, None]),
    ],
)
def test_a_form_feed_stands_for_a_blank_line(text: str, found: list[tuple[str, int, int] | None]) -> None:
    def seen(block: Block) -> tuple[str, int | None, int | None] | None:
        if not block.cells:
            return None
        run = block.cells[0][0][0]
        return run.text, run.at.line, run.at.column

    assert [seen(block) for block in blocks_of(source_of(text))] == found


def test_places_count_characters_and_skip_what_is_trimmed() -> None:
    source = source_of("\u3000平成29年度 \t <p> 総務部<b>の</b> 実績&amp;</p>\n\n 𠮷野")
    assert places(source) == [
        ("平成29年度", 1, 2),
        ("総務部", 1, 15),
        ("の", 1, 21),
        (" 実績", 1, 26),
        ("&", 1, 29),
        ("𠮷野", 3, 2),
    ]


LINES = "\t目標\t<p> 職員の研修</p> <p>二&amp;三</p>\n\n\u3000<部の構成> 人事課 \n\f【 ◎ 】\t\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_encoding_and_line_breaks_leave_blocks_and_places_alone(encoding: str, line_break: str) -> None:
    source = source_of(LINES.replace("\n", line_break), encoding)
    assert source.blocks == source_of(LINES).blocks
    assert source.remarks == source_of(LINES).remarks


def test_markup_that_is_taken_out_is_remarked_once() -> None:
    source = source_of("一\n二 <P>三</p>&nbsp;<br/><table>四<i>五")
    assert source.remarks == (
        Remark(kind="markup", text="<p>、&nbsp;、<br>", count=6, at=Location(line=2, column=3)),
    )
    assert source_of("<部の構成> AT&T").remarks == ()


def test_limits_hold_exactly_and_are_stated() -> None:
    assert len(blocks_of(read_text(b"1\n2\n3\n", "x", Limits(max_lines=3)))) == 3
    with pytest.raises(Unreadable, match="上限は3行") as caught:
        read_text(b"1\n2\n3\n4", "x", Limits(max_lines=3))
    assert caught.value.at == Location(path="x", line=4)
    assert read_text(b"1\t2\n<b>3", "x", Limits(max_values=2))
    for text in (b"1\t2\t3\t4", b"1<b>2<b>3<b>4", b"1\t2\n3\t4\n5\t6"):
        with pytest.raises(Unreadable, match="上限は2個"):
            read_text(text, "x", Limits(max_values=2))


PIECES = ["一", "目標", " ", "\u3000", "\t", "\n", "\n\n", "<p>", "</p>", "<b>", "<br/>", "&amp;", "&#12354;"]
PIECES += ["<部>", "<", ">", "&", ";", "<a href='x'>", "\f", "𠮷", "\u2028", "か\u3099", "&nbsp;", "p", "/"]
ENTITY = re.compile(r"&#?\w+;")


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_run_stands_where_it_says(pieces: list[str], line_break: str) -> None:
    text = "始" + "".join(pieces)
    lines = text.split("\n")
    for run, line, column in places(source_of(text.replace("\n", line_break))):
        assert line
        assert column
        rest = lines[line - 1][column - 1 :]
        entity = ENTITY.match(rest)
        assert rest.startswith(run) or (entity and unescape(entity[0]) == run)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_visible_character_is_lost(pieces: list[str]) -> None:
    text = "始" + "".join(pieces)
    kept = "".join(run for run, _, _ in places(source_of(text)))
    markup = re.compile(r"</?(?:p|b|br/)>|<a href='x'>|&(?:amp|#12354|nbsp);")
    visible = markup.sub(lambda match: unescape(match[0]) if match[0][0] == "&" else "", text)
    assert re.sub(r"[\s\u3000\u00a0]", "", kept) == re.sub(r"[\s\u3000\u00a0]", "", visible)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    source = source_of("始" + text.replace("\0", "").replace("\x1b$", ""))
    assert places(source)[0][1:] == (1, 1)
