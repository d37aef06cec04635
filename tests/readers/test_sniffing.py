"""What a file is, whatever its name says; and what staff are told where both disagree."""

from __future__ import annotations

import json

import pytest

from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.model import Unreadable
from jisseki_check.readers import READERS, UNREAD
from jisseki_check.readers.sniffing import recognise
from tests.readers.packages import archive, word

REPORT = "平成29年度　みずき市総務部の取り組み実績\n\n1. 重点施策・事業\n"
TABLE = '番号,事業,決算\n1,窓口の案内,490千円\n2,備蓄の充実,"1,200千円"\n'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENTS = {
    ".docx": word("<w:p/>"),
    ".xlsx": archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
    ".pdf": b"%PDF-1.7\n%\xe2\xe3",
    ".html": f"<!DOCTYPE html>\n<html lang=ja><p>{REPORT}".encode(),
    ".json": b' {"items": []}',
    ".yaml": b"# x\n\n---\nformat: a\n",
    ".csv": TABLE.encode("cp932"),
    ".txt": REPORT.encode(),
}


def old_office(*streams: str) -> bytes:
    """An OLE file, as far as it matters: its first bytes, and the names in its directory."""
    entries = (stream.encode("utf-16-le").ljust(128, b"\0") for stream in ("Root Entry", *streams))
    return OLE.ljust(512, b"\0") + b"".join(entries)


def refused(data: bytes, ending: str) -> Unreadable:
    name = f"報告{ending}"
    with pytest.raises(Unreadable) as caught:
        recognise(data, name, ending, DEFAULT_LIMITS)
    fault = caught.value
    assert (fault.rule, fault.at is not None and fault.at.path) == ("DOC001", name)
    assert fault.fix
    assert fault.fix.endswith("。")
    return fault


@pytest.mark.parametrize("content", CONTENTS)
def test_every_content_is_recognised_without_a_name(content: str) -> None:
    for ending in ("", ".xyz", ".docx.bak"):
        assert recognise(CONTENTS[content], "-", ending, DEFAULT_LIMITS) == content


FITTING = {
    ".docx": {".docx"},
    ".docm": {".docx"},
    ".xlsx": {".xlsx"},
    ".xlsm": {".xlsx"},
    ".pdf": {".pdf"},
    ".csv": {".csv", ".txt"},
    ".tsv": {".csv", ".txt"},
    ".html": {".html", ".txt"},
    ".htm": {".html", ".txt"},
    ".txt": {".txt", ".csv"},
    ".json": {".json", ".yaml", ".txt", ".csv"},
    ".yaml": {".json", ".yaml", ".txt", ".csv"},
    ".yml": {".json", ".yaml", ".txt", ".csv"},
}


@pytest.mark.parametrize("ending", [*READERS, *UNREAD])
@pytest.mark.parametrize("content", CONTENTS)
def test_a_name_and_a_content_fit_or_the_file_is_refused(ending: str, content: str) -> None:
    if content in FITTING.get(ending, ()):
        assert recognise(CONTENTS[content], "報告", ending, DEFAULT_LIMITS) == content
        return
    fault = refused(CONTENTS[content], ending)
    assert f"名前は「{ending}」ですが、中身は" in fault.message
    assert f"「{content}」に変えて" in (fault.fix or "")


def test_every_format_that_is_read_has_its_fitting_contents() -> None:
    assert set(FITTING) == set(READERS)
    assert not set(READERS) & set(UNREAD)


@pytest.mark.parametrize(
    ("data", "kind", "way"),
    [
        (b"{\\rtf1\\ansi", "RTF", ".docx"),
        (b"\x1f\x8b\x08\0", "gzip", "展開"),
        (b"7z\xbc\xaf\x27\x1c\0", "7z", "展開"),
        (b"Rar!\x1a\x07\x01", "RAR", "展開"),
        (b"\x89PNG\r\n\x1a\n", "PNG", "元の"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG", "元の"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML", ".docx"),
        (archive({"ppt/presentation.xml": "<p/>"}), "PowerPoint", ".docx"),
        (archive({"xl/workbook.bin": "x", "xl/styles.xml": "x"}), ".xlsb", ".xlsx"),
        (
            archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}),
            ".odt",
            ".docx",
        ),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), ".ods", ".xlsx"),
        (archive({"mimetype": "application/epub+zip"}), "ZIP", "展開"),
        (archive({"報告.txt": "x"}), "ZIP", "展開"),
        (archive({f"{n}.zip": archive({"x": bytes(1000)}) for n in range(16)}), "ZIP", "展開"),
        (b"PK\x05\x06" + bytes(18), "ZIP", "展開"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
            "XML 形式の Word 文書",
            ".docx",
        ),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><w/>', "XML 形式の Excel", ".xlsx"),
        (b'<?xml version="1.0"?><report/>', "XML 形式のデータ", ".docx"),
        (old_office("EncryptionInfo", "EncryptedPackage"), "保護された", "パスワードを空に"),
        (old_office("WordDocument", "1Table"), "Word 文書（.doc）", ".docx"),
        (old_office("Workbook"), "Excel ブック（.xls）", ".xlsx"),
        (old_office("PowerPoint Document"), "PowerPoint", ".docx"),
        (old_office("DocumentText"), "一太郎", ".docx"),
        (old_office("Other"), "古い形式の Office", ".docx"),
    ],
)
@pytest.mark.parametrize("ending", ["", ".docx", ".xlsx", ".txt", ".csv", ".json", ".doc", ".xls"])
def test_what_no_reader_reads_is_named_under_every_name(
    data: bytes, kind: str, way: str, ending: str
) -> None:
    fault = refused(data, ending)
    assert kind in fault.message
    assert way in (fault.fix or "")


@pytest.mark.parametrize("ending", [*READERS, *UNREAD, ""])
def test_an_empty_file_is_empty(ending: str) -> None:
    assert "空です" in refused(b"", ending).message


@pytest.mark.parametrize("ending", [".docx", ".docm", ".xlsx", ".xlsm", ".pdf", *UNREAD])
@pytest.mark.parametrize("data", [b"\0" * 100, REPORT.encode("utf-16"), b"\x80\xff\xa0" * 50])
def test_neither_text_nor_what_the_name_says_is_damaged(ending: str, data: bytes) -> None:
    fault = refused(data, ending)
    assert "読めません" in fault.message
    assert "壊れているか" in fault.message


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ""])
def test_a_cut_off_package_is_damaged(ending: str) -> None:
    assert "途中で切れているか" in refused(CONTENTS[".docx"][:300], ending).message


@pytest.mark.parametrize(
    "start",
    [
        "<html>",
        "\ufeff<HTML lang='ja'>",
        "<!doctype html>",
        " \r\n<table border=1><tr><td>",
        '<meta charset="utf-8"><table>',
        "<!-- 2017 --><!-- x --><html>",
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html><html>',
    ],
)
def test_web_pages_are_known_by_their_beginning(start: str) -> None:
    data = (start + REPORT).encode()
    assert recognise(data, "-", "", DEFAULT_LIMITS) == ".html"
    fault = refused(data, ".xls")
    assert "Web ページ（HTML）" in fault.message
    assert "「.html」" in (fault.fix or "")


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "<部の構成> 人事課、職員課\n",
        "<p>平成29年度</p>\n",
        "a < b, c\n",
        "1,2\n3,4\n",
        "一,二,三\n四,五\n",
        "一,二,三",
    ],
)
def test_text_is_no_table_and_no_web_page(text: str) -> None:
    assert recognise(text.encode(), "-", "", DEFAULT_LIMITS) == ".txt"


def test_a_long_table_is_known_by_its_first_lines() -> None:
    data = (TABLE + "3,相談の拡充,0千円\n" * 1_000 + "終わり\n").encode()
    assert recognise(data, "-", "", DEFAULT_LIMITS) == ".csv"


def test_a_pdf_may_have_something_before_it() -> None:
    data = b"x" * 500 + b"%PDF-1.4\n"
    assert recognise(data, "報告.pdf", ".pdf", DEFAULT_LIMITS) == ".pdf"
    assert recognise(data, "-", "", DEFAULT_LIMITS) == ".txt"


def test_data_of_a_report_is_data_in_every_layout() -> None:
    for indent in (None, 2):
        data = json.dumps({"format": "jisseki-report/1"}, indent=indent).encode()
        assert recognise(data, "-", "", DEFAULT_LIMITS) == ".json"


_LIST = (
    "平成29年度総務部の取り組み実績\n部の構成：人事課\n\n番号,項目,実績,決算\n"
    '1,研修,"一行目\n二行目","6,480"\n2,相談,文,3\n'
)


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".docx", ".pdf"])
@pytest.mark.parametrize(
    ("data", "own", "noun"),
    [
        (_LIST.encode(), ".csv", "CSV"),
        (_LIST.encode("utf-8-sig"), ".csv", "CSV"),
        (_LIST.encode("cp932"), ".csv", "CSV"),
        (_LIST.replace(",", "\t").encode(), ".tsv", "TSV"),
        (_LIST.replace(",", "\t").encode("utf-16"), ".tsv", "TSV"),
        (REPORT.encode(), ".txt", "テキスト"),
        (
            "目標\t研修を広げます。\n実績\t3,918千円で、1,200人が参加しました。\n".encode() * 3,
            ".txt",
            "テキスト",
        ),
    ],
)
def test_a_list_under_another_name_is_told_for_what_it_is(
    ending: str, data: bytes, own: str, noun: str
) -> None:
    fault = refused(data, ending)
    assert noun in fault.message
    assert f"「{own}」に変えて" in (fault.fix or "")
