"""A PDF → blocks and remarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Location, Remark, Unreadable
from jisseki_check.readers.margins import FOOTER, HEADER, margin_remarks
from jisseki_check.readers.pdf.blocks import blocks_of
from jisseki_check.readers.pdf.furniture import TITLE, Furniture, take_furniture
from jisseki_check.readers.pdf.layout import PageLayout, Table, lay_out
from jisseki_check.readers.pdf.notes import Notes
from jisseki_check.readers.pdf.shapes import Sheet
from jisseki_check.readers.pdf.sheets import read_sheet
from jisseki_check.readers.pdf.streams import refuse_damaged
from jisseki_check.readers.pdf.work import Work

_MAKE_ANEW = "ファイルを取り直すか、元の Word・Excel の文書から PDF を作り直してください。"
_UNLOCK = "PDF を開いてパスワードの設定を外すか、元の Word・Excel の文書を点検してください。"
_SMALL_PICTURE, _LARGE_PICTURE = 0.05, 0.5
_FEW_CHARACTERS = 40
_DRAWN_LETTERS = 100
_ROWS_OF_A_SHEET, _UNEVEN = 4, 3
_NAMED = 5
_SHOWN = 60


def read_document(data: bytes, limits: Limits) -> tuple[tuple[Block, ...], tuple[Remark, ...]]:
    """What stands in a PDF, in reading order. Raises Unreadable where it cannot be read whole and surely."""
    refuse_damaged(data, limits)
    with closing(_opened(data)) as document:
        count = len(document)
        _refuse_strange(document, count, limits)
        reading = _Reading(document)
        for number in range(1, count + 1):
            reading.take(number)
        return reading.finish(limits)


def _opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable("PDF を開くパスワードが掛かっています", fix=_UNLOCK) from None
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise Unreadable("この版では開けない方式で暗号化された PDF です", fix=_UNLOCK) from None
        raise Unreadable("PDF が壊れているため、開けません", fix=_MAKE_ANEW) from None


def _refuse_strange(document: Any, count: int, limits: Limits) -> None:
    if not count:
        raise Unreadable("PDF にページがありません", fix=_MAKE_ANEW)
    if count > limits.max_pages:
        raise Unreadable(
            f"PDF のページが多すぎます（{count:,}ページ。上限は{limits.max_pages:,}ページ）",
            fix="部ごとのファイルに分けてください。",
        )
    if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        raise Unreadable(
            "入力用の特別な形式（XFA フォーム）の PDF なので、この版では読めません",
            fix="Adobe Acrobat で開いて「PDF として印刷」し、できた PDF を点検してください。",
        )


class _Reading:
    """Reads page by page; only what is needed of a page is kept."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._work = Work()
        self._notes = Notes(document)
        self._pages: list[PageLayout] = []
        self._sheets: list[Sheet] = []
        self._remarks: list[Remark] = []
        document.init_forms()

    def take(self, number: int) -> None:
        before = self._sheets[-1] if self._sheets else None
        sheet = self._sheet(number, before)
        self._pages.append(lay_out(sheet, self._work))
        sheet.glyphs, sheet.stacks, sheet.rules = [], [], []
        if before is not None:
            before.seen = set()
        self._sheets.append(sheet)

    def _sheet(self, number: int, before: Sheet | None) -> Sheet:
        page = self._page(number)
        try:
            if self._notes.take(page, number, self._work):
                # What is typed into fields or on top of the page becomes part of it.
                pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
                page.close()
                page = self._page(number)
            return read_sheet(page, number, self._work, before)
        finally:
            page.close()

    def _page(self, number: int) -> Any:
        try:
            return self._document[number - 1]
        except pypdfium2.PdfiumError:
            raise Unreadable(
                f"PDF の{number}ページが壊れているため、読めません",
                fix=_MAKE_ANEW,
                at=Location(page=number),
            ) from None

    def finish(self, limits: Limits) -> tuple[tuple[Block, ...], tuple[Remark, ...]]:
        furniture = take_furniture(self._pages)
        pairs = zip(self._pages, self._sheets, strict=True)
        _refuse_pictures([page for page, sheet in pairs if _is_picture(page, sheet)])
        _refuse_split(self._pages)
        blocks = blocks_of(self._pages, limits)
        if not any(block.cells for block in blocks):
            raise Unreadable(
                "PDF に文字がありません", fix="報告の本文が入っている PDF かどうかを確かめてください。"
            )
        counts = Counter(line.kind for line in furniture)
        for line in furniture:
            if (count := counts.pop(line.kind, 0)) > 0:
                at = Location(page=line.page, line=line.line, column=1)
                self._remarks.append(Remark("lenient", line.text, line.kind, count=count, at=at))
        self._remarks += margin_remarks(_margins(furniture))
        unseen = (remark for sheet in self._sheets for remark in _unseen(sheet))
        return blocks, (*self._of_recognition(), *self._remarks, *unseen, *self._notes.remarks())

    def _of_recognition(self) -> Iterator[Remark]:
        pages = [sheet.number for sheet in self._sheets if sheet.behind]
        if pages:
            read_as = "文字認識（OCR）で付けられた文字"
            at = Location(page=pages[0])
            yield Remark("lenient", f"{_named(pages)}の画像", read_as, count=len(pages), at=at)


def _margins(furniture: Iterable[Furniture]) -> Iterator[tuple[str, str, Location]]:
    for line in furniture:
        if line.kind == TITLE:
            at = Location(page=line.page, line=line.line, column=1)
            yield HEADER if line.is_head else FOOTER, line.text, at


def _is_picture(page: PageLayout, sheet: Sheet) -> bool:
    """Whether what the page says stands in an image, or in letters that were turned into drawings."""
    if sheet.behind:
        return False
    characters = sum(len(piece.text) for piece in page.pieces())
    if not characters:
        return sheet.images >= _SMALL_PICTURE or sheet.curves >= _DRAWN_LETTERS
    return characters < _FEW_CHARACTERS and sheet.images >= _LARGE_PICTURE


def _refuse_pictures(pages: Sequence[PageLayout]) -> None:
    if pages:
        raise Unreadable(
            f"{_named([page.number for page in pages])}が画像で、文字の情報がありません"
            "（スキャンした文書など）",
            fix="元の Word・Excel の文書を点検するか、文字認識（OCR）をした PDF を作り直してください。",
            at=Location(page=pages[0].number),
        )


def _refuse_split(pages: Sequence[PageLayout]) -> None:
    """A sheet that is too wide for its page is printed in parts: rows of the same heights, other columns."""
    seen: dict[tuple[int, ...], tuple[int, tuple[int, ...]]] = {}
    for page in pages:
        table = page.parts[0] if page.parts else None
        if not isinstance(table, Table) or table.grid.rows < _ROWS_OF_A_SHEET:
            continue
        rows, columns = (tuple(map(round, places)) for places in (table.grid.ys, table.grid.xs))
        heights = {below - above for above, below in pairwise(rows)}
        number, known = seen.setdefault(rows, (page.number, columns))
        if known != columns and len(heights) >= _UNEVEN:
            raise Unreadable(
                f"表が左右に分かれて印刷されているため、行のつながりを決められません（{number}・{page.number}ページ）",
                rule="DOC004",
                fix="Excel の「ページ設定」で「すべての列を1ページに印刷」を選んで PDF を作り直すか、"
                "元の Excel ブックを点検してください。",
                at=Location(page=page.number),
            )


def _named(numbers: Sequence[int]) -> str:
    """Pages by their numbers, the first few of them."""
    more = f"など{len(numbers)}ページ" if len(numbers) > _NAMED else "ページ"
    return "・".join(str(number) for number in numbers[:_NAMED]) + more


def _unseen(sheet: Sheet) -> Iterator[Remark]:
    """What stands on a page and cannot be seen, and what was not read of it."""
    at = Location(page=sheet.number)
    for kind, texts in (("hidden", [*sheet.hidden, *sheet.below]), ("unread", sheet.aside)):
        words = "".join("".join(texts).split())
        if words:
            yield Remark(kind, words[:_SHOWN] + "…" * (len(words) > _SHOWN), count=len(texts), at=at)
