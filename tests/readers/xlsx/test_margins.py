"""What a sheet is printed with: the words of its headers and footers without their codes."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem

from jisseki_check.model import Remark
from jisseki_check.readers.xlsx.margins import shown
from tests.readers.xlsx.books import read_book


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("&L総務部&C平成29年度の取り組み実績&R&P / &N", "総務部\n平成29年度の取り組み実績\n/"),
        ('&C&"ＭＳ 明朝,標準"&11&K01+034総務部&D &T', "総務部"),
        ("&C&KFF0000&B&U案&B&U", "案"),
        ("&LA&&B&R&F&A&Z&G", "A&B"),
        ("&C&P+1ページ", "ページ"),
        ("一行目_x000D_\n二行目", "一行目\n二行目"),
        ("", ""),
    ],
)
def test_codes_are_no_words(written: str, words: str) -> None:
    assert shown(written) == words


def _told(book: Workbook) -> list[tuple[str, str, str | None]]:
    remarks: tuple[Remark, ...] = read_book(book).remarks
    return [(each.kind, each.text, each.at.sheet if each.at else None) for each in remarks]


def _book() -> Workbook:
    book = Workbook()
    book.worksheets[0]["A1"] = "平成29年度総務部の取り組み実績"
    return book


def _write(margin: HeaderFooterItem | None, part: str, text: str) -> None:
    assert margin is not None
    getattr(margin, part).text = text


def test_page_numbers_are_not_told() -> None:
    book = _book()
    _write(book.worksheets[0].oddFooter, "center", "&P / &N")
    assert _told(book) == []


def test_headers_and_footers_are_told_once_for_all_sheets() -> None:
    book = _book()
    book.create_sheet("続き")["A1"] = "続き"
    book.create_sheet("空")
    for sheet in book.worksheets:
        _write(sheet.oddHeader, "left", "総務部" if sheet.title != "空" else "白紙")
        _write(sheet.oddFooter, "right", "※速報値")
    _write(book.worksheets[0].firstHeader, "center", "表紙")
    assert sorted(_told(book)) == [
        ("page", "ヘッダー：総務部", "Sheet"),
        ("page", "ヘッダー：表紙", "Sheet"),
        ("unread", "フッター：※速報値", "Sheet"),
    ]
