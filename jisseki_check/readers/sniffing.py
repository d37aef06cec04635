"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

from jisseki_check.model import Location, Unreadable

_COPY_AS_TEXT = (
    "この版で読めるのは、テキスト（.txt）・JSON・YAML です。"
    "文書を開いて全文をコピーし、メモ帳などに貼り付けて、テキストとして保存してください。"
)
_UNPACK = "圧縮ファイルを展開してから、中のファイルを指定してください。"
_NO_TEXT = (
    "画像には文字の情報がありません。"
    "元の文書の全文をコピーし、メモ帳などに貼り付けて、テキスト（.txt）として保存してください。"
)
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "PDF", _COPY_AS_TEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "古い形式か、パスワード付きの Office 文書", _COPY_AS_TEXT),
    (b"{\\rtf", "リッチテキスト（RTF）", _COPY_AS_TEXT),
    (b"\x1f\x8b", "圧縮ファイル（gzip）", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "圧縮ファイル（7z）", _UNPACK),
    (b"Rar!\x1a\x07", "圧縮ファイル（RAR）", _UNPACK),
    (b"\x89PNG", "画像（PNG）", _NO_TEXT),
    (b"\xff\xd8\xff", "画像（JPEG）", _NO_TEXT),
    (b"GIF8", "画像（GIF）", _NO_TEXT),
    (b"II*\0", "画像（TIFF）", _NO_TEXT),
    (b"MM\0*", "画像（TIFF）", _NO_TEXT),
)
_ZIPS: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", "Word 文書", _COPY_AS_TEXT),
    (b"xl/", "Excel ブック", _COPY_AS_TEXT),
    (b"ppt/", "PowerPoint 文書", _COPY_AS_TEXT),
    (b"application/vnd.oasis.opendocument", "OpenDocument 文書", _COPY_AS_TEXT),
    (b"", "圧縮ファイル（ZIP）", _UNPACK),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BOM = b"\xef\xbb\xbf"
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html[\s>]|\?xml\s)", re.IGNORECASE)
_JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"])')
_YAML = re.compile(rb"[\"']?format[\"']?\s*:\s")
_BEFORE_YAML = (b"#", b"%", b"---")
_HEAD = 4_096


def refuse_unread_formats(data: bytes, name: str) -> None:
    """Raises Unreadable for a file that is empty, or of a format that no reader here reads."""
    at = Location(path=name)
    if not data:
        raise Unreadable(
            "ファイルが空です（0バイト）",
            fix="保存や送付の途中で失われていないかを確かめ、元のファイルから取り直してください。",
            at=at,
        )
    signatures = _SIGNATURES
    if data.startswith(_ZIP):
        signatures = _ZIPS
    for signature, kind, fix in signatures:
        if signature in data if signatures is _ZIPS else data.startswith(signature):
            raise Unreadable(f"中身が{kind}なので、この版では読めません", fix=fix, at=at)
    if _WEB_PAGE.match(data.removeprefix(_BOM)):
        raise Unreadable(
            "中身が Web ページ（HTML）か XML なので、この版では読めません", fix=_COPY_AS_TEXT, at=at
        )


def looks_like(data: bytes) -> str:
    """The ending that fits the content: ".json", ".yaml", or else ".txt"."""
    content = data.removeprefix(_BOM)
    if _JSON.match(content):
        return ".json"
    lines = (line for line in content[:_HEAD].splitlines() if line.strip())
    first = next((line for line in lines if not line.startswith(_BEFORE_YAML)), b"")
    return ".yaml" if _YAML.match(first) else ".txt"
