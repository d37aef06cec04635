"""Comments of ours beside the data: found, taken out, and tied to what they speak of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check import readers
from jisseki_check.model import Directive, Source, Unreadable

TEXT = """\
＃　ｊｉｓｓｅｋｉ－ｃｈｅｃｋ：　全体

平成29年度総務部の取り組み実績
# jisseki-check: 続く行
#jisseki-check:その次も

1. 節　# Jisseki-Check : 同じ行
目標\t二つの欄\t# jisseki-check: 表の行
ただの # 記号
# jisseki-check: 最後
"""
YAML = """\
# jisseki-check: 全体
format: jisseki-report/1   # jisseki-check: 一行目
title: あ
# jisseki-check: 全ての項目
items:
  # jisseki-check: 項目
  - index: 1
    result: |  # jisseki-check: 文の頭
      本文
      # jisseki-check: 文の中
    # ＪＩＳＳＥＫＩ－ＣＨＥＣＫ： 記号
    mark: ◎
    goal: "引用 # jisseki-check: 引用の中
       続き"  # jisseki-check: 引用の後
  - # jisseki-check: 二つ目
    index: 2
    amounts:
      - {stage: settlement, value: 1}  # jisseki-check: 金額
    # jisseki-check: 何もない
"""


def _read(text: str, name: str, encoding: str = "utf-8") -> Source:
    return readers.read_bytes(text.encode(encoding), name)


def _meant(source: Source) -> list[tuple[int | None, str, int | str | None]]:
    return [
        (each.at.line, each.text, each.line if source.format == "text" else each.pointer)
        for each in source.directives
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_comments_of_a_text_leave_its_lines_as_they_were(encoding: str, line_end: str) -> None:
    source = _read(TEXT.replace("\n", line_end), "報告.txt", encoding)
    assert _meant(source) == [
        (1, "全体", 3),
        (4, "続く行", 7),
        (5, "その次も", 7),
        (7, "同じ行", 7),
        (8, "表の行", 8),
        (10, "最後", None),
    ]
    assert source.blocks is not None
    runs = [run for block in source.blocks for cell in block.cells for line in cell for run in line]
    assert [(run.text, run.at.line) for run in runs] == [
        ("平成29年度総務部の取り組み実績", 3),
        ("1. 節", 7),
        ("目標", 8),
        ("二つの欄", 8),
        ("ただの # 記号", 9),
    ]


def test_a_comment_is_no_blank_line() -> None:
    with_comments = _read("あ\n# jisseki-check: 免除\nい\n", "報告.txt")
    without = _read("あ\nい\n", "報告.txt")
    assert with_comments.blocks is not None
    assert without.blocks is not None
    assert len(with_comments.blocks) == len(without.blocks) == 2


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_comments_of_yaml_speak_of_what_begins_next_or_stands_beside(line_end: str) -> None:
    source = _read(YAML.replace("\n", line_end), "報告.yaml")
    assert _meant(source) == [
        (1, "全体", ""),
        (2, "一行目", "/format"),
        (4, "全ての項目", "/items"),
        (6, "項目", "/items/0"),
        (8, "文の頭", "/items/0/result"),
        (10, "文の中", None),
        (11, "記号", "/items/0/mark"),
        (13, "引用の中", None),
        (14, "引用の後", "/items/0/goal"),
        (15, "二つ目", "/items/1"),
        (18, "金額", "/items/1/amounts/0"),
        (19, "何もない", None),
    ]
    assert {each.text for each in source.directives if each.is_content} == {"文の中", "引用の中"}


def test_what_stands_in_a_string_stays_in_it() -> None:
    source = _read(YAML, "報告.yaml")
    assert isinstance(source.data, dict)
    assert source.data["items"][0]["result"] == "本文\n# jisseki-check: 文の中\n"


def test_other_formats_have_no_comments() -> None:
    assert _read('{"format": "# jisseki-check: 免除"}', "報告.json").directives == ()


@pytest.mark.parametrize("name", ["報告.txt", "報告.yaml"])
def test_no_more_comments_than_anyone_reads(name: str) -> None:
    comments = "# jisseki-check: 免除 FIN105 理由：あ\n" * 1_000
    assert len(_read(f"{comments}format: a\n", name).directives) == 1_000
    with pytest.raises(Unreadable, match="多すぎます") as caught:
        _read(f"# jisseki-check: 免除\n{comments}format: a\n", name)
    assert caught.value.at is not None
    assert caught.value.at.line == 1_001


LINES = st.lists(
    st.sampled_from(["", "あ", "# jisseki-check: 免除", "い # jisseki-check: x", "\t", "# 注", "1. う\tえ"]),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_the_rest_of_a_text_is_read_as_though_they_were_not_there(lines: list[str]) -> None:
    kept = [line.partition("#")[0].rstrip() if "jisseki" in line else line for line in lines]
    without = [line for line, full in zip(kept, lines, strict=True) if line.strip() or "jisseki" not in full]
    try:
        source = _read("\n".join(lines) + "\n", "報告.txt")
        plain = _read("\n".join(without) + "\n", "報告.txt")
    except Unreadable:
        return  # nothing but blanks
    assert _texts(source) == _texts(plain)


def _texts(source: Source) -> list[list[str]]:
    return [
        ["".join(run.text for run in line) for cell in block.cells for line in cell]
        for block in source.blocks or ()
    ]


@given(st.text(alphabet="#＃ jisekchéck-：:\t免除\"'|>\n- a1", max_size=60))
def test_no_text_of_yaml_breaks_the_search(text: str) -> None:
    try:
        source = _read(f"format: a\n{text}\n", "報告.yaml")
    except Unreadable:
        return
    assert all(isinstance(each, Directive) for each in source.directives)
