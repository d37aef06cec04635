"""Headers and footers: what of them is a page's number, a title, or text that tells something."""

from __future__ import annotations

import pytest

from jisseki_check.readers.margins import FOOTER, HEADER, is_numbering, margin_remarks


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "- 3 -",
        "－３－",
        "3/12",
        "3 / 12 ページ",
        "第3頁",
        "Page 3 of 12",
        "p.3",
        "",
        "　",
        "全12ページ中3ページ",
    ],
)
def test_a_page_s_number_is_no_text(text: str) -> None:
    assert is_numbering(text)


@pytest.mark.parametrize("text", ["総務部", "平成29年度", "資料1", "Plan", "第3回", "別紙 3"])
def test_words_beside_a_number_are_text(text: str) -> None:
    assert not is_numbering(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("平成29年度　総務部の取り組み実績", "page"),
        ("みずき市 総務部 人事課（内線 2210）", "page"),
        ("資料1－2", "page"),
        ("令和8年5月1日", "page"),
        ("※金額は速報値", "unread"),
        ("決算額は見込みです", "unread"),
        ("この資料は庁内での検討のために作りました。", "unread"),
        ("事業費の合計 1,200千円", "unread"),
    ],
)
def test_what_tells_something_is_text_of_no_field(text: str, kind: str) -> None:
    (remark,) = margin_remarks([(HEADER, text, None)])
    assert (remark.kind, remark.text) == (kind, f"ヘッダー：{text}")


def test_each_text_is_told_once_and_numbers_never() -> None:
    texts = [
        (HEADER, "総務部\n- 1 -", None),
        (HEADER, "総務部", None),
        (FOOTER, "総務部", None),
        (FOOTER, "2/3", None),
    ]
    assert [remark.text for remark in margin_remarks(texts)] == ["ヘッダー：総務部", "フッター：総務部"]
