"""The libraries that only some formats need, and what to do where they are not installed."""

from __future__ import annotations

from jisseki_check.model import Location, Unreadable

_EXTRA = "jisseki-check[office]"
_OFFICE = frozenset({"docx", "lxml", "openpyxl", "pypdfium2"})


class BadUrl(Exception):
    """A URL by which nothing can be read here; the message is for people."""


def missing_library(error: ImportError, path: str) -> Unreadable | None:
    """What to say where a library of the office formats is missing; None where the fault is another."""
    library = (error.name or "").partition(".")[0]
    if library not in _OFFICE:
        return None
    return Unreadable(
        f"Word・Excel・PDF・HTML を読むための部品（{library}）が入っていません",
        fix=f'情報システムの担当に、pip install "{_EXTRA}" で部品を入れるよう頼んでください。'
        "急ぐときは、文書の全文をコピーし、メモ帳に貼り付けて、テキスト（.txt）として保存すれば点検できます。",
        at=Location(path=path),
    )
