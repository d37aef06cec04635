"""Files that cannot be read whole and surely."""

from __future__ import annotations

import random

import pytest

from jisseki_check import readers
from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Unreadable
from jisseki_check.readers import pdf as reader
from jisseki_check.readers.pdf.document import read_document
from tests.readers.pdf.sheets import Sheet, joined, pdf, stream
from tests.readers.pdf.test_pages import IMAGE, WHOLE_PAGE, WITH_IMAGE

PAGE = Sheet().text("本文です。", 50, 100)


def _refused(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_document(data, limits)
    assert caught.value.fix
    return caught.value


def test_a_page_that_is_an_image() -> None:
    scan = Sheet(xobjects=WITH_IMAGE).draw(WHOLE_PAGE)
    fault = _refused(pdf(PAGE, scan, scan, objects=IMAGE))
    assert "2・3ページが画像" in fault.message


def test_a_page_number_does_not_make_text_of_an_image() -> None:
    scans = [Sheet(xobjects=WITH_IMAGE).draw(WHOLE_PAGE).text(f"- {n} -", 280, 810) for n in (1, 2)]
    assert "画像" in _refused(pdf(*scans, objects=IMAGE)).message


def test_no_text_at_all() -> None:
    assert "文字がありません" in _refused(pdf(Sheet())).message


@pytest.mark.parametrize("text", ["外字\ue001の人", "化けた\ufffd字"])
def test_characters_that_are_not_known(text: str) -> None:
    fault = _refused(pdf(PAGE, Sheet().text(text, 50, 100)))
    assert fault.message.startswith("2ページに、どの文字かを読み取れない文字が1字あります")


def test_glyphs_without_characters() -> None:
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Mincho/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType2/BaseFont/AAAAAA+Mincho/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/AAAAAA+Mincho/Flags 4"
        b"/FontBBox[0 -257 1001 910]/ItalicAngle 0/Ascent 709/Descent -241/CapHeight 709/StemV 69>>>>]>>"
    )
    assert "読み取れない文字" in _refused(pdf(Sheet().text("AB", 50, 100), objects={4: font})).message


def test_a_page_written_downwards() -> None:
    text = ("縦書きの文です。" * 8).encode("utf-16-be").hex().encode()
    fault = _refused(pdf(Sheet().draw(b"BT /F2 10 Tf 500 780 Td <%s> Tj ET" % text)))
    assert (fault.rule, "縦書き" in fault.message) == ("DOC004", True)


def test_text_that_the_page_s_edge_cuts() -> None:
    fault = _refused(pdf(Sheet().text("ページの右の端で切れてしまう長い文です。", 450, 100)))
    assert (fault.rule, "端で文が切れています" in fault.message) == ("DOC004", True)


def test_a_password() -> None:
    keys = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"00" * 32, b"00" * 32)
    assert "パスワード" in _refused(pdf(PAGE, trailer=keys)).message


# --- damage -------------------------------------------------------------------------------------


def test_a_file_that_breaks_off() -> None:
    data = pdf(PAGE)
    assert "途中で切れています" in _refused(data[: len(data) * 2 // 3]).message


def test_a_broken_stream_is_not_read_in_part() -> None:
    page = Sheet().lines([f"{number}行目の文です。" for number in range(40)], 50, 60)
    data = bytearray(pdf(page))
    data[data.index(b"stream\n", data.index(b"11 0 obj")) + 60] ^= 0xFF
    assert "一部が壊れて" in _refused(bytes(data)).message


def test_no_pdf_at_all() -> None:
    assert "壊れている" in _refused(b"%PDF-1.7\nnothing\n%%EOF\n").message


def test_a_page_that_is_missing() -> None:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>"}
    objects[3] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"
    assert "ページが壊れている" in _refused(joined(objects)).message


def test_pages_that_hold_each_other() -> None:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 9/Parent 3 0 R>>"}
    objects[3] = b"<</Type/Pages/Kids[2 0 R]/Count 9/Parent 2 0 R>>"
    _refused(joined(objects))


def test_any_damage_ends_in_an_answer() -> None:
    whole = pdf(PAGE, Sheet().grid((50, 150, 500), (80, 120)).text("目標", 55, 100))
    dice = random.Random(7)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 3, 20))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            blocks, _ = read_document(bytes(data), DEFAULT_LIMITS)
        except Unreadable:
            continue
        assert blocks


# --- limits -------------------------------------------------------------------------------------


def test_too_many_pages() -> None:
    assert "ページが多すぎます" in _refused(pdf(PAGE, PAGE, PAGE), Limits(max_pages=2)).message


def test_too_many_cells() -> None:
    sheet = Sheet().grid((50, 150, 500), (80, 120, 160)).text("目標", 55, 100)
    assert "セルが多すぎます" in _refused(pdf(sheet), Limits(max_cells=3)).message


def test_streams_that_inflate_without_end() -> None:
    assert (
        "大きすぎます"
        in _refused(pdf(PAGE, Sheet().draw(b" " * 3_000_000)), Limits(max_inflated=1_000_000)).message
    )


def test_more_than_a_report_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jisseki_check.readers.pdf.work._MOST", 10)
    monkeypatch.setattr("jisseki_check.readers.pdf.work.Work.__init__.__defaults__", (10,))
    assert "多すぎて" in _refused(pdf(Sheet().text("十字よりも多い文字があるページです。", 50, 100))).message


# --- the process --------------------------------------------------------------------------------


def test_the_process_gives_what_was_read() -> None:
    source = readers.read_bytes(pdf(PAGE), "みずき.pdf")
    assert (source.path, source.format) == ("みずき.pdf", "pdf")
    assert source.blocks == read_document(pdf(PAGE), DEFAULT_LIMITS)[0]


def test_the_process_gives_why_nothing_was_read() -> None:
    with pytest.raises(Unreadable, match="文字がありません") as caught:
        readers.read_bytes(pdf(Sheet()), "みずき.pdf")
    assert caught.value.at is not None
    assert caught.value.at.path == "みずき.pdf"


def test_a_file_that_keeps_the_library_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms that hold ten forms each: ten to the twelfth letters."""
    monkeypatch.setattr(reader, "_MOST_SECONDS", 1)
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>"
    forms = {100 + depth: stream(b"/X Do\n" * 10, entries % (101 + depth)) for depth in range(12)}
    data = pdf(Sheet(xobjects=b"/XObject<</X 100 0 R>>").draw(b"/X Do"), objects=forms)
    with pytest.raises(Unreadable, match="読み終えられません"):
        readers.read_bytes(data, "みずき.pdf")


def test_a_sheet_that_is_printed_in_parts() -> None:
    heights = (80, 110, 150, 200, 230)
    left = Sheet().grid((50, 150, 500), heights).text("番号", 55, 95).text("目標", 155, 95)
    right = Sheet().grid((50, 300, 400), heights).text("実績", 55, 95).text("達成状況", 305, 95)
    fault = _refused(pdf(left, right))
    assert (fault.rule, "左右に分かれて" in fault.message) == ("DOC004", True)
