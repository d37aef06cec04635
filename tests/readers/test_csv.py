"""CSV files: every text in its column, on its line, or the file is refused."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Block, Location, Run, Source, Unreadable
from jisseki_check.notation.neutral import neutralised
from jisseki_check.readers import read_bytes
from jisseki_check.readers.csv import read_csv
from jisseki_check.readers.decoding import BLANKS

HEAD = "番号,事業名,予算額\n"


def source_of(
    text: str, name: str = "実績.csv", encoding: str = "utf-8", limits: Limits = DEFAULT_LIMITS
) -> Source:
    return read_csv(text.encode(encoding), name, limits)


def shape(source: Source) -> list[list[str]]:
    """The cells of each block; paragraphs parted by a slash."""
    return [
        ["/".join(run.text for paragraph in cell for run in paragraph) for cell in block.cells]
        for block in source.blocks or ()
    ]


def refused(text: str, name: str = "実績.csv", limits: Limits = DEFAULT_LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        source_of(text, name, limits=limits)
    fault = caught.value
    assert fault.at is not None
    assert fault.at.path == name
    assert fault.fix
    assert fault.fix.endswith("。")
    return fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_encodings_and_line_ends_of_offices(encoding: str, ending: str) -> None:
    text = ending.join(["番号,事業名", "1,案内板の設置", '2,"3,918千円"', ""])
    source = source_of(text, encoding=encoding)
    assert shape(source) == [["番号", "事業名"], ["1", "案内板の設置"], ["2", "3,918千円"]]
    assert source.format == "csv"
    assert {block.table for block in source.blocks or ()} == {1}


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("あ,い,う", ["あ", "い", "う"]),
        (" あ ,\u3000い\u00a0,", ["あ", "い"]),
        (",,う", ["", "", "う"]),
        ('"あ","い"', ["あ", "い"]),
        ('"あ" ,"い"\u3000,う', ["あ", "い", "う"]),
        ('"あ""い""",う', ['あ"い"', "う"]),
        ('"",う', ["", "う"]),
        ('"あ\n\n い \r\nう",え', ["あ/い/う", "え"]),
        ('あ"い",う', ['あ"い"', "う"]),
        ('="0012",う', ["0012", "う"]),
        ('"=""0012""",う', ["0012", "う"]),
        ('"=""い""""ろ""",う', ['い"ろ', "う"]),
        ("'=1+1,う", ["=1+1", "う"]),
        ("'－5,う", ["－5", "う"]),
        ("''=1,う", ["'=1", "う"]),
        ("'18年,う", ["'18年", "う"]),
        ("'0012,う", ["0012", "う"]),
        ("=1+1,う", ["=1+1", "う"]),
        ("<b>あ</b>&amp;,う", ["<b>あ</b>&amp;", "う"]),
    ],
)
def test_a_record_is_taken_apart(line: str, cells: list[str]) -> None:
    assert shape(source_of(f"一,二,三\n{line}\n")) == [["一", "二", "三"], cells]


def test_each_text_has_its_place() -> None:
    source = source_of('表題\n\n一,"上\n下\n\n末",三\n"\n始",五\n')
    held = [
        (run.text, run.at.line, run.at.row, run.at.cell)
        for block in source.blocks or ()
        for cell in block.cells
        for paragraph in cell
        for run in paragraph
    ]
    assert held == [
        ("表題", 1, 1, "A1"),
        ("一", 3, 3, "A3"),
        ("上", 3, 3, "B3"),
        ("下", 4, 3, "B3"),
        ("末", 6, 3, "B3"),
        ("三", 6, 3, "C3"),
        ("始", 8, 4, "A4"),
        ("五", 8, 4, "B4"),
    ]
    assert (source.blocks or ())[0] == Block(
        (((Run("表題", Location(line=1, row=1, cell="A1")),),),), table=1
    )


def test_blank_records_in_a_row_are_one() -> None:
    assert shape(source_of("\n,,\n一,二\n\n,,,\n\n三,四\n")) == [["一", "二"], [], ["三", "四"]]


# --- what stands between fields -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("番号\t予算額\n1\t3,918\n2\t4,620\n", "実績.tsv"),
        ("番号\t予算額\n1\t3,918\n2\t4,620\n", "実績.csv"),
        ('番号;予算額\n1;3,918\n2;"4,620"\n', "実績.csv"),
        ('番号,予算額\n1,"3,918"\n2,"4,620"\n', "実績.tsv"),
        ("sep=;\n番号;予算額\n1;3,918\n2;4,620\n", "実績.csv"),
        ("SEP=|\r\n番号|予算額\r\n1|3,918\r\n2|4,620", "実績.csv"),
        ("sep=\t\n番号\t予算額\n1\t3,918\n2\t4,620\n", "実績.csv"),
    ],
)
def test_what_parts_the_fields_is_found(text: str, name: str) -> None:
    source = source_of(text, name)
    assert shape(source) == [["番号", "予算額"], ["1", "3,918"], ["2", "4,620"]]
    last = (source.blocks or ())[-1].cells[1][0][0].at
    assert last.line == (4 if text[:4].lower() == "sep=" else 3)


def test_texts_without_anything_between_are_one_column() -> None:
    assert shape(source_of("表題\n本文、続き\n")) == [["表題"], ["本文、続き"]]


def test_separators_within_quotes_do_not_count() -> None:
    text = '番号,事業\n1,"あ;い;う\nえ;お;か"\n2,"き;く;け"\n'
    assert shape(source_of(text)) == [["番号", "事業"], ["1", "あ;い;う/え;お;か"], ["2", "き;く;け"]]


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (HEAD + '1,"案内板,490\n2,窓口,50\n', 2, "閉じられていません"),
        (HEAD + '1,"案内板"の設置,490\n', 2, "すぐ後に、別の文字"),
        (HEAD + '1,"案内\n板"の設置,490\n', 3, "すぐ後に、別の文字"),
        (HEAD + f"1,{'あ' * 131_073},490\n", 2, "131,072字を超える欄"),
        (HEAD + "," * 20_000, 2, "列が多すぎます"),
        (HEAD + "1,案\0内,490\n", 2, "NUL"),
        (" \n,,\n", None, "区切りの文字だけです"),
    ],
)
def test_what_cannot_be_read_whole(text: str, line: int | None, said: str) -> None:
    fault = refused(text)
    assert said in fault.message
    assert fault.at is not None
    assert fault.at.line == line


@pytest.mark.parametrize(
    ("rows", "line", "columns"),
    [
        ("1,案内板,3,918\n", 2, 4),
        ("1,案内板,3,918\n2,窓口,4,620\n", 2, 4),
        ("1,案内板,▲3,918千円,\n2,窓口,40,\n", 2, 5),
        ("1,案内板,490\n2,あ,い,50\n3,窓口,60\n", 3, 4),
        ("1,案内板,490\n2,あ,い,50\n", 3, 4),
    ],
)
def test_a_comma_that_moves_the_columns(rows: str, line: int, columns: int) -> None:
    fault = refused(HEAD + rows)
    assert fault.message == f"{line}行目の列が{columns}列あり、それより上の行（3列まで）より多くなっています"
    assert fault.at is not None
    assert fault.at.line == line


@pytest.mark.parametrize(
    "text",
    [
        "平成29年度みずき市総務部の取り組み実績\n\n" + HEAD + "1,案内板,490\n",
        "部名,総務部\n年度,平成29年度\n" + HEAD + "1,案内板,490\n",
        "年度,平成29年度,部\n番号,事業名,予算額,決算額\n1,案内板,490,462\n",
        HEAD + "1,案内板\n2\n3,窓口,50\n",
        HEAD + "1,案内板,490,\n2,窓口,50,\n",
        HEAD + "1,案内板,490\n\n番号,事業名,予算額,決算額\n1,窓口,50,40\n",
        HEAD + "1,490,491千円\n",
    ],
)
def test_rows_may_differ_in_length(text: str) -> None:
    assert shape(source_of(text))


@pytest.mark.parametrize(
    ("text", "limits", "said"),
    [
        ("一\n二\n三", replace(DEFAULT_LIMITS, max_lines=2), "行が多すぎます（3行。上限は2行）"),
        ("一,二,三", replace(DEFAULT_LIMITS, max_cells=2), "セルが多すぎます（上限は2個）"),
        (",,,,,,,,,,,,,,,,,,,,一", replace(DEFAULT_LIMITS, max_cells=2), "上限は20個"),
        ('"一\n二\n三"', replace(DEFAULT_LIMITS, max_values=2), "上限は2行"),
    ],
)
def test_more_than_is_read(text: str, limits: Limits, said: str) -> None:
    assert said in refused(text, limits=limits).message


def test_broken_utf_16_is_refused() -> None:
    with pytest.raises(Unreadable, match="UTF-16"):
        read_csv(
            "番号,事業名\n".encode("utf-16-le")[:-1].join([b"\xff\xfe", b""]), "実績.csv", DEFAULT_LIMITS
        )
    with pytest.raises(Unreadable, match="UTF-32"):
        read_csv("番号,事業名\n".encode("utf-32-le").join([b"\xff\xfe\0\0", b""]), "実績.csv", DEFAULT_LIMITS)


# --- what is written comes back -----------------------------------------------------------------

_WORDS = st.text(
    st.one_of(
        st.sampled_from("\n\t 　ab,;\"'=+-@あ髙①～"), st.characters(codec="utf-8", exclude_characters="\0\r")
    ),
    max_size=8,
)
_GRIDS = st.lists(st.lists(_WORDS, min_size=3, max_size=3), min_size=1, max_size=6)


def written(grid: list[list[str]], encoding: str, delimiter: str = ",", ending: str = "\r\n") -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerows([neutralised(words) for words in cells] for cells in grid)
    return stream.getvalue().encode(encoding)


def lines_of(words: str) -> str:
    return "/".join(line for line in (each.strip(BLANKS) for each in words.split("\n")) if line)


def wanted(grid: list[list[str]]) -> list[list[str]]:
    """The texts of the records that are not blank, without the blank cells at their ends."""
    rows = []
    for cells in grid:
        shown = [lines_of(words) for words in cells]
        while shown and not shown[-1]:
            shown.pop()
        if shown:
            rows.append(shown)
    return rows


@given(_GRIDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\r\n", "\n"]))
def test_any_texts_come_back(grid: list[list[str]], encoding: str, ending: str) -> None:
    head = ["番号", "事業名", "実績"]
    source = read_csv(written([head, *grid], encoding, ending=ending), "実績.csv", DEFAULT_LIMITS)
    assert [row for row in shape(source) if row] == [head, *wanted(grid)]


# What has two ways to be written in that encoding comes back in one of them.
_SHIFT_JIS = st.text(
    st.characters(codec="cp932", exclude_categories=("Cc", "Co"), exclude_characters="¢£¬‖−〜"), max_size=8
)


@given(st.lists(st.lists(_SHIFT_JIS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_any_texts_of_older_excel_come_back(grid: list[list[str]]) -> None:
    head = ["番号", "事業名", "取り組みの実績と達成状況"]
    data = written([head, *grid], "cp932")
    source = read_csv(data, "実績.csv", DEFAULT_LIMITS)
    assert [row for row in shape(source) if row] == [head, *wanted(grid)]


@given(_GRIDS, st.sampled_from("\t;"))
def test_any_texts_come_back_with_other_separators(grid: list[list[str]], delimiter: str) -> None:
    head = ["番号", "事業名", "実績"]
    data = written([head, *grid], "utf-8", delimiter=delimiter)
    source = read_csv(data, "実績.csv", DEFAULT_LIMITS)
    assert [row for row in shape(source) if row] == [head, *wanted(grid)]


@given(st.text(alphabet="a,\"\n\r\t;= '1あ", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        source = read_bytes(("番号,事業名,実績\n" + text).encode(), "実績.csv")
    except Unreadable as fault:
        message = fault.message
    else:
        message = ""
        letters = "".join("".join(row) for row in shape(source))
        assert letters.count("あ") == text.count("あ")
    assert "不具合" not in message
