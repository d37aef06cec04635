"""Our marks in files: what is written is read back, whatever staff did around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check import own_marks
from jisseki_check.marking.words import gone, lines
from tests.formatters.sample import LOOK_ALIKE, OVERRUN

NUMBER = "0123456789abcdef"
OTHER = "fedcba9876543210"
MARK = f"【誤り】FIN101　決算額が予算額を上回っています\n直し方：注記を書く。\n照合番号：{NUMBER}\n理由："

reasons = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" 　\n"), min_size=1).filter(
    lambda text: text.strip() and not any(line.startswith("【") for line in text.split("\n"))
)


def test_a_reference_is_the_beginning_of_the_fingerprint() -> None:
    assert own_marks.reference(f"sha256:{NUMBER}{'0' * 48}") == NUMBER


@given(reasons)
def test_what_is_written_behind_the_mark_is_read_back(reason: str) -> None:
    assert own_marks.explanations([MARK + reason]) == ((NUMBER, reason.strip()),)


def test_no_reason_is_no_explanation() -> None:
    assert own_marks.explanations([MARK, f"{MARK}　\n \n"]) == ()


def test_several_marks_of_one_comment_have_their_own_reasons() -> None:
    second = MARK.replace(NUMBER, OTHER).replace("誤り", "確認")
    text = f"{MARK}財政課と\n協議ずみ\n\n{second}当初予算は仮"
    assert own_marks.explanations([text]) == ((NUMBER, "財政課と\n協議ずみ"), (OTHER, "当初予算は仮"))


@pytest.mark.parametrize(
    "text",
    [
        f"{MARK}議会で説明ずみ".replace("：", ":"),
        f"{MARK}議会で説明ずみ".replace("\n", "\r\n"),
        f"田中さんへ\n{MARK}議会で説明ずみ",
        f"{MARK}\n\n議会で説明ずみ\n",
    ],
)
def test_small_changes_do_no_harm(text: str) -> None:
    assert own_marks.explanations([text]) == ((NUMBER, "議会で説明ずみ"),)


def test_a_comment_without_its_number_gives_no_reason() -> None:
    assert own_marks.explanations([MARK.replace("照合番号", "番号") + "理由です"]) == ()


def test_what_we_write_is_what_is_read() -> None:
    first = replace(OVERRUN, fingerprint=f"sha256:{NUMBER}{'0' * 48}", explanation="補正予算\nによる")
    second = replace(LOOK_ALIKE, fingerprint=f"sha256:{OTHER}{'0' * 48}")
    text = "\n\n".join("\n".join(lines(each)) for each in (first, second))
    assert list(own_marks.in_comment(text)) == [
        own_marks.Note(NUMBER, "補正予算\nによる", code="FIN101", message=first.message),
        own_marks.Note(OTHER, code="MRK103", message=second.message),
    ]


def test_a_left_over_reason_stays_readable() -> None:
    note = own_marks.Note(
        NUMBER, "財政課と\n協議ずみ", code="FIN101", message="決算額が予算額を上回っています"
    )
    other = own_marks.Note(OTHER, "仮の数値")
    text = "\n".join(["今回は出なかった指摘に書かれていた理由", *gone(note), *gone(other)])
    assert list(own_marks.in_comment(text)) == [note, other]


# --- comments of spreadsheets -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "author", "parts"),
    [
        (MARK, own_marks.AUTHOR, ("", MARK)),
        (MARK, " ", ("", MARK)),
        (f"\n{MARK}", "", ("", f"\n{MARK}")),
        (f"要確認\n\n{own_marks.FENCE}\n{MARK}", "財政課", ("要確認", MARK)),
        ("【誤り】ではないか", "財政課", ("【誤り】ではないか", "")),
        ("【確認】FIN101 の件、確認ずみです", "財政課", ("【確認】FIN101 の件、確認ずみです", "")),
        ("要確認\n", "財政課", ("要確認", "")),
        ("", own_marks.AUTHOR, ("", "")),
    ],
)
def test_ours_are_told_from_those_of_others(text: str, author: str, parts: tuple[str, str]) -> None:
    assert own_marks.divided(text, author) == parts


# --- our sheet ----------------------------------------------------------------------------------

_HEADINGS = ("番号", "コード", "指摘", "理由", "照合番号", "前回の理由", "元の塗り")


def _sheet(*rows: Sequence[str], headings: Sequence[str] = _HEADINGS) -> list[Sequence[str]]:
    return [("点検結果",), (), headings, *rows, (), ("点検した範囲",)]


def test_reasons_of_the_sheet() -> None:
    rows = _sheet(
        ("1", "FIN101", "超えています", "協議ずみ", NUMBER, "", ""), ("2", "FIN105", "低い", "", OTHER)
    )
    assert own_marks.explanations([], rows) == ((NUMBER, "協議ずみ"),)


def test_columns_may_be_moved() -> None:
    rows = _sheet((NUMBER, "", "協議ずみ"), headings=("照合番号", "課の欄", "理由"))
    assert own_marks.explanations([], rows) == ((NUMBER, "協議ずみ"),)


def test_a_sheet_without_our_headings_gives_none() -> None:
    assert own_marks.explanations([], [("理由", "番号"), ("協議ずみ", NUMBER)]) == ()


@pytest.mark.parametrize(
    ("sheet", "comment", "carried", "settled"),
    [
        ("新しい理由", "前の理由", "前の理由", "新しい理由"),
        ("前の理由", "新しい理由", "前の理由", "新しい理由"),
        ("前の理由", "前の理由", "前の理由", "前の理由"),
        ("", "書いた理由", "", "書いた理由"),
        ("一つ", "二つ", "前の理由", "一つ\n二つ"),
        ("", "前の理由", "前の理由", "前の理由"),
    ],
)
def test_the_newer_of_two_places_counts(sheet: str, comment: str, carried: str, settled: str) -> None:
    rows = _sheet(("1", "FIN101", "", sheet, NUMBER, carried, ""))
    assert own_marks.explanations([MARK + comment], rows) == ((NUMBER, settled),)
