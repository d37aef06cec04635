"""Apostrophes in front of what a spreadsheet would calculate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.neutral import neutralised, restored

_FIRST = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("first", _FIRST)
@pytest.mark.parametrize("before", ["", " ", "\u3000", "'", "' "])
def test_no_formula_is_left_at_the_front(first: str, before: str) -> None:
    written = neutralised(f"{before}{first}1+1")
    assert written == f"'{before}{first}1+1"
    assert restored(written) == f"{before}{first}1+1"


@pytest.mark.parametrize("text", ["", "'", "''", "'quoted'", "2", "17-1", "a=b", "◎", "'◎", "・一覧", "…"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutralised(text) == text
    assert restored(text) == text


@given(st.text(st.sampled_from(f"' \u3000a◎{_FIRST}")))
def test_every_text_comes_back(text: str) -> None:
    assert restored(neutralised(text)) == text
    assert neutralised(text).lstrip(" \u3000\u00a0")[:1] not in set(_FIRST)
