"""What a file is by its bytes, and whether its name says the same."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping

from jisseki_check.limits import Limits
from jisseki_check.model import Location, Unreadable
from jisseki_check.readers.decoding import decode

_WORD = "Word で開き、「名前を付けて保存」で Word 文書（.docx）として保存してください。"
_EXCEL = "Excel で開き、「名前を付けて保存」で Excel ブック（.xlsx）として保存してください。"
_OFFICE = (
    "作成したソフトウェアで開き、「名前を付けて保存」で Word 文書（.docx）か Excel ブック（.xlsx）として"
    "保存してください。"
)
_SLIDES = "スライドの文字を Word に写し、Word 文書（.docx）として保存してください。"
_PRINT = "作成したソフトウェアで開き、PDF として保存してください。"
_UNPACK = "圧縮ファイルを展開してから、中のファイルを指定してください。"
_NO_TEXT = (
    "画像には文字の情報がありません。元の Word・Excel の文書か、そこから作った PDF を指定してください。"
)
_NO_REPORT = "報告のファイルを指定してください。"
_UNLOCK = (
    "Word や Excel で開き、「ファイル」の「情報」にある「文書の保護」（Excel では「ブックの保護」）から"
    "「パスワードを使用して暗号化」を選び、パスワードを空にして保存し直してください。"
    "閲覧が制限されているときは、制限を外せる人に頼んでください。"
)
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "リッチテキスト（RTF）", _WORD),
    (b"\x1f\x8b", "圧縮ファイル（gzip）", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "圧縮ファイル（7z）", _UNPACK),
    (b"Rar!\x1a\x07", "圧縮ファイル（RAR）", _UNPACK),
    (b"\x89PNG", "画像（PNG）", _NO_TEXT),
    (b"\xff\xd8\xff", "画像（JPEG）", _NO_TEXT),
    (b"GIF8", "画像（GIF）", _NO_TEXT),
    (b"PAR1", "Parquet のデータ", _NO_REPORT),
    (b"II*\0", "画像（TIFF）", _NO_TEXT),
    (b"MM\0*", "画像（TIFF）", _NO_TEXT),
    (b"MIME-Version:", "Web ページを一つにまとめたファイル（MHTML）", _OFFICE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams by the names that the directory of such a file holds; the first that is there says what it is.
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "パスワードなどで保護された Office 文書", _UNLOCK),
    ("WordDocument", "古い形式の Word 文書（.doc）", _WORD),
    ("Workbook", "古い形式の Excel ブック（.xls）", _EXCEL),
    ("Book", "古い形式の Excel ブック（.xls）", _EXCEL),
    ("PowerPoint Document", "古い形式の PowerPoint 文書（.ppt）", _SLIDES),
    ("DocumentText", "一太郎の文書", _OFFICE),
    ("", "古い形式の Office 文書", _OFFICE),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OPEN_DOCUMENTS = {
    "text": ("OpenDocument のテキスト（.odt）", _WORD),
    "spreadsheet": ("OpenDocument の表計算（.ods）", _EXCEL),
    "presentation": ("OpenDocument のスライド（.odp）", _SLIDES),
}
_BOM = b"\xef\xbb\xbf"
_PDF = re.compile(rb"\s*%PDF-")
_PDF_BEHIND = re.compile(rb"(?s:.{0,1024})%PDF-")  # what a mail gateway or a printer put before it
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?s:.{0,2000}?)-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|style|table)[\s>]",
    re.IGNORECASE,
)
_XML = re.compile(rb"\s*<\?xml\s", re.IGNORECASE)
_JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"])')
_YAML = re.compile(rb"[\"']?format[\"']?\s*:\s")
_BEFORE_YAML = (b"#", b"%", b"---")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 4_096
_SAMPLE = 200_000
_THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_COLUMNS = 3

_TEXTS = frozenset({".txt", ".csv"})
_NO_TEXTS = frozenset({".docx", ".xlsx", ".pdf", ".html"})
# Which contents, by the ending that is theirs, a file of each ending may have.
_FITTING: Mapping[str, frozenset[str]] = {
    ".docx": frozenset({".docx"}),
    ".docm": frozenset({".docx"}),
    ".xlsx": frozenset({".xlsx"}),
    ".xlsm": frozenset({".xlsx"}),
    ".pdf": frozenset({".pdf"}),
    ".csv": _TEXTS,
    ".tsv": _TEXTS,
    ".html": frozenset({".html", ".txt"}),
    ".htm": frozenset({".html", ".txt"}),
    ".txt": _TEXTS,
    # What else is no JSON and no YAML, their own readers say better.
    ".json": _TEXTS | {".json", ".yaml"},
    ".yaml": _TEXTS | {".json", ".yaml"},
    ".yml": _TEXTS | {".json", ".yaml"},
}
_NOUNS = {
    ".docx": "Word 文書",
    ".docm": "Word 文書",
    ".xlsx": "Excel ブック",
    ".xlsm": "Excel ブック",
    ".pdf": "PDF",
    ".html": "Web ページ（HTML）",
    ".json": "JSON のデータ",
    ".yaml": "YAML のデータ",
    ".csv": "CSV（文字をカンマで区切った表）",
    ".tsv": "TSV（文字をタブで区切った表）",
    ".txt": "文字だけのデータ（テキスト）",
}
UNREAD: Mapping[str, tuple[str, str]] = {
    ".doc": ("古い形式の Word 文書", _WORD),
    ".dot": ("古い形式の Word のひな形", _WORD),
    ".rtf": ("リッチテキスト（RTF）", _WORD),
    ".odt": ("OpenDocument のテキスト", _WORD),
    ".jtd": ("一太郎の文書", _OFFICE),
    ".jtdc": ("一太郎の文書", _OFFICE),
    ".xls": ("古い形式の Excel ブック", _EXCEL),
    ".xlt": ("古い形式の Excel のひな形", _EXCEL),
    ".xlsb": ("バイナリ形式の Excel ブック", _EXCEL),
    ".ods": ("OpenDocument の表計算", _EXCEL),
    ".ppt": ("古い形式の PowerPoint 文書", _SLIDES),
    ".pptx": ("PowerPoint 文書", _SLIDES),
    ".pptm": ("PowerPoint 文書", _SLIDES),
    ".odp": ("OpenDocument のスライド", _SLIDES),
    ".xdw": ("DocuWorks 文書", _PRINT),
    ".xbd": ("DocuWorks バインダー", _PRINT),
    ".mht": ("Web ページを一つにまとめたファイル（MHTML）", _OFFICE),
    ".mhtml": ("Web ページを一つにまとめたファイル（MHTML）", _OFFICE),
}
"""Endings of documents that no reader here reads: what they are, and how to go on."""


def recognise(data: bytes, name: str, ending: str, limits: Limits) -> str:
    """The ending that fits the content: one of `.docx .xlsx .pdf .html .json .yaml .csv .txt`.

    Raises Unreadable for a file that is empty, of a format that no reader here reads, or whose name says
    otherwise than its content.
    """
    if not data:
        raise Unreadable(
            "ファイルが空です（0バイト）",
            fix="保存や送付の途中で失われていないかを確かめ、元のファイルから取り直してください。",
            at=Location(path=name),
        )
    content = _binary_kind(data, name, ending, limits) or _text_kind(data, name)
    fitting = _FITTING.get(ending, frozenset() if ending in UNREAD else None)
    if fitting is not None and content not in fitting:
        raise _misnamed(data, name, ending, content)
    return content


def not_text(data: bytes, limits: Limits) -> str | None:
    """What a file is that was to be a text and is none, or a web page: Excel ブック; None where it may be
    one."""
    try:
        kind = _binary_kind(data, "", "", limits) or _text_kind(data, "")
    except _Other as error:
        return error.kind
    except Unreadable:  # an archive that cannot be opened
        return "壊れた Word・Excel の文書か圧縮ファイル"
    return _NOUNS[kind] if kind in _NO_TEXTS else None


def _binary_kind(data: bytes, name: str, ending: str, limits: Limits) -> str | None:
    if _PDF.match(data) or (ending == ".pdf" and _PDF_BEHIND.match(data)):
        return ".pdf"
    if data.startswith(_ZIP):
        return _kind_of_package(data, name, limits)
    if data.startswith(_OLE):
        named = (entry for entry in _STREAMS if entry[0].encode("utf-16-le") in data)
        raise _Other(*next(named)[1:], name)
    found = next((entry for entry in _SIGNATURES if data.startswith(entry[0])), None)
    if found is not None:
        raise _Other(*found[1:], name)
    return None


def _kind_of_package(data: bytes, name: str, limits: Limits) -> str:
    from jisseki_check.readers.package import open_package  # only archives need it

    package = open_package(data, name, limits)
    folders = {member.partition("/")[0].lower() for member in package.names}
    if "word" in folders:
        return ".docx"
    if "xl/workbook.bin" in package:
        raise _Other("バイナリ形式の Excel ブック（.xlsb）", _EXCEL, name)
    if "xl" in folders:
        return ".xlsx"
    if "ppt" in folders:
        raise _Other("PowerPoint 文書", _SLIDES, name)
    kind = package.read("mimetype").decode("ascii", "replace") if "mimetype" in package else ""
    named = (entry for word, entry in _OPEN_DOCUMENTS.items() if kind.endswith(f"opendocument.{word}"))
    raise _Other(*next(named, ("圧縮ファイル（ZIP）", _UNPACK)), name)


def _text_kind(data: bytes, name: str) -> str:
    content = data.removeprefix(_BOM)
    if _WEB_PAGE.match(content):
        return ".html"
    if _XML.match(content):
        head = content[:_HEAD].lower()
        kind = " Word 文書" if b"word" in head else " Excel ブック" if b"excel" in head else "データ"
        raise _Other(f"XML 形式の{kind}", _OFFICE, name)
    if _JSON.match(content):
        return ".json"
    lines = (line for line in content[:_HEAD].splitlines() if line.strip())
    first = next((line for line in lines if not line.startswith(_BEFORE_YAML)), b"")
    if _YAML.match(first):
        return ".yaml"
    return ".csv" if _is_table(content) else ".txt"


def _is_table(content: bytes) -> bool:
    """Whether the first lines are records of as many fields each."""
    lines = content[:_HEAD].decode("latin-1").split("\n")
    if len(content) > _HEAD:
        del lines[-1]
    try:
        rows = [row for row in csv.reader(lines) if row]
    except csv.Error:
        return False
    return len(rows) > 1 and len(rows[0]) >= _COLUMNS and len({len(row) for row in rows}) == 1


def _kind_of_records(data: bytes) -> str | None:
    """The ending of a table whose first lines may be a title and the like; None for running text."""
    encoding = "utf-16" if data.startswith(_UTF_16) else "latin-1"
    lines = _THOUSANDS.sub("", data[:_SAMPLE].decode(encoding, "replace")).split("\n")
    for ending, delimiter in ((".tsv", "\t"), (".csv", ",")):
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        if any(count > 1 for width, count in widths.items() if width >= _COLUMNS):
            return ending
    return None


def spaced(noun: str) -> str:
    """With a blank where Latin letters meet Japanese."""
    return f"{' ' * noun[0].isascii()}{noun}{' ' * noun[-1].isascii()}"


def _misnamed(data: bytes, name: str, ending: str, content: str) -> Unreadable:
    noun = UNREAD[ending][0] if ending in UNREAD else _NOUNS.get(ending, "")
    records = _kind_of_records(data) if content == ".txt" else None
    is_table = records is not None and data.startswith(_UTF_16)
    if content in _TEXTS and not is_table and not _is_text(data, name):
        fix = UNREAD[ending][1] if ending in UNREAD else "元のファイルから取り直すか、保存し直してください。"
        return _refusal(f"{noun}として読めません。中身が壊れているか、別の種類のファイルです", fix, name)
    own = records or content
    return _refusal(
        f"名前は「{ending}」ですが、中身は{spaced(_NOUNS[own])}です",
        f"ファイル名の終わりを「{own}」に変えてください。",
        name,
    )


def _is_text(data: bytes, name: str) -> bool:
    try:
        decode(data, name)
    except Unreadable:
        return False
    return True


class _Other(Unreadable):
    """A file of a format that no reader here reads; `kind`: its name."""

    def __init__(self, kind: str, fix: str, name: str) -> None:
        super().__init__(f"中身が{spaced(kind)}なので、読めません", fix=fix, at=Location(path=name))
        self.kind = kind


def _refusal(message: str, fix: str, name: str) -> Unreadable:
    return Unreadable(message, fix=fix, at=Location(path=name))
