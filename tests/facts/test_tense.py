"""What is said of a date: done, to come, or nothing plain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.tense import future_statements, status
from jisseki_check.notation.dates import find_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平成30年4月1日に運用を開始しました。", "done"),
        ("条例を改め、平成30年4月1日から施行しました。", "done"),
        ("平成29年2月に開催した説明会の意見を取り入れました。", "done"),
        ("平成30年4月に窓口を開き、多くの方が訪れました。", "done"),
        ("平成30年4月より稼働します。", "future"),
        ("平成30年4月に開館する予定です。", "future"),
        ("平成30年4月の開館に向けた準備を進めました。", ""),
        ("平成30年4月からの本格実施に向け、説明会を開きました。", ""),
        ("平成30年4月に開館する施設の準備を進めました。", ""),
        ("平成30年3月までの期間を対象に調べました。", ""),
        ("平成29年4月から実施しています。", ""),
        ("平成30年4月1日から適用することとしました。", ""),
        ("平成30年4月に開館することに決めました。", ""),
    ],
)
def test_status(text: str, expected: str) -> None:
    (date,) = find_dates(text)
    assert status(text, date.end) == expected


@pytest.mark.parametrize(
    ("result", "found"),
    [
        ("窓口を開きました。平日の夜間にも実施します。", "平日の夜間にも実施します"),
        ("翌春に開館する予定です。", "翌春に開館する予定です"),
        ("窓口を開きました。", None),
        ("引き続き、周知に努めます。", None),
        ("今後も、利用を広げる取り組みを進めます。", None),
        ("利用は増えています。", None),
        ("誰でも使うことができます。", None),
        ("相談に応じております。", None),
    ],
)
def test_future_statements(result: str, found: str | None) -> None:
    assert [result[slice(*span)] for span in future_statements(result)] == ([found] if found else [])


@given(
    st.text(alphabet="平成30年4月1日に開始しますました。、\n予定向けるaＡ ", max_size=80), st.integers(0, 80)
)
def test_any_text_is_borne(text: str, end: int) -> None:
    assert status(text, min(end, len(text))) in {"done", "future", ""}
    assert all(text[slice(*span)].strip() for span in future_statements(text))
