"""What a PDF holds beside its pages: comments, filled-in forms, scripts and files."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from jisseki_check import own_marks
from jisseki_check.model import Location, Remark
from jisseki_check.readers import inert
from jisseki_check.readers.pdf.work import Work

SCRIPTS = "スクリプト（JavaScript）"
MEDIA = "動画や音声"
_NO_WORDS = "（文字のないコメント）"
_LONGEST = 20_000
# Annotations that reviewers write; what is typed on the page itself (FREETEXT) is read with the page.
_REVIEW = {
    pdfium.FPDF_ANNOT_TEXT: "",
    pdfium.FPDF_ANNOT_HIGHLIGHT: "（蛍光ペン）",
    pdfium.FPDF_ANNOT_UNDERLINE: "（下線）",
    pdfium.FPDF_ANNOT_SQUIGGLY: "（波線）",
    pdfium.FPDF_ANNOT_STRIKEOUT: "（取り消し線）",
    pdfium.FPDF_ANNOT_CARET: "（挿入の印）",
    pdfium.FPDF_ANNOT_INK: "（手書きの線）",
    pdfium.FPDF_ANNOT_LINE: "（線）",
    pdfium.FPDF_ANNOT_SQUARE: "（枠）",
    pdfium.FPDF_ANNOT_CIRCLE: "（丸囲み）",
    pdfium.FPDF_ANNOT_POLYGON: "（図形）",
    pdfium.FPDF_ANNOT_POLYLINE: "（線）",
}
_WRITTEN_ON = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
_INERT = {
    pdfium.FPDF_ANNOT_FILEATTACHMENT: inert.EMBEDDED,
    pdfium.FPDF_ANNOT_SOUND: MEDIA,
    pdfium.FPDF_ANNOT_MOVIE: MEDIA,
    pdfium.FPDF_ANNOT_SCREEN: MEDIA,
    pdfium.FPDF_ANNOT_RICHMEDIA: MEDIA,
    pdfium.FPDF_ANNOT_THREED: MEDIA,
}


class Notes:
    """Gathers the remarks page by page."""

    def __init__(self, document: Any) -> None:
        self.inert: Counter[str] = Counter()
        self.comments: list[Remark] = []
        self.inert[inert.EMBEDDED] = max(0, pdfium.FPDFDoc_GetAttachmentCount(document))
        self.inert[SCRIPTS] = max(0, pdfium.FPDFDoc_GetJavaScriptActionCount(document))

    def take(self, page: Any, number: int, work: Work) -> bool:
        """Note the annotations of a page; gives whether there is text among them that belongs to the page."""
        is_written_on = False
        for annotation in _annotations(page, work):
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            is_written_on = is_written_on or kind in _WRITTEN_ON
            if kind in _INERT:
                self.inert[_INERT[kind]] += 1
            elif kind in _REVIEW and _string(annotation, b"T") != own_marks.AUTHOR:
                text = _string(annotation, b"Contents").strip() or _REVIEW[kind] or _NO_WORDS
                self.comments.append(Remark(kind="comment", text=text, at=Location(page=number)))
        return is_written_on

    def remarks(self) -> list[Remark]:
        return [*self.comments, *inert.inert_remarks(self.inert)]


def _annotations(page: Any, work: Work) -> Iterator[Any]:
    count = max(0, pdfium.FPDFPage_GetAnnotCount(page))
    work.spend(count)
    for index in range(count):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            try:
                yield annotation
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)


def _string(annotation: Any, key: bytes) -> str:
    """A text of an annotation, cut where it is longer than any comment."""
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    target = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(annotation, key, target, length)
    return (
        buffer.raw[: length - 2]
        .decode("utf-16-le", "replace")
        .replace("\r\n", "\n")
        .replace("\r", "\n")[:_LONGEST]
    )
