"""Writers: a report → the bytes of a file, one module a format."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from jisseki_check.model import Report
from jisseki_check.profiles import Profile
from jisseki_check.writers.refusal import CannotWrite

__all__ = ["WRITERS", "CannotWrite", "write"]

# The module of each ending; loaded when it is asked for, because openpyxl costs 150 ms and more.
WRITERS = {
    ".json": "jisseki_check.writers.json",
    ".yaml": "jisseki_check.writers.yaml",
    ".yml": "jisseki_check.writers.yaml",
    ".csv": "jisseki_check.writers.csv",
    ".xlsx": "jisseki_check.writers.xlsx",
    ".docx": "jisseki_check.writers.docx",
    ".txt": "jisseki_check.writers.text",
}
_DATA = frozenset({".json", ".yaml", ".yml"})
_LIBRARIES = frozenset({"docx", "lxml", "openpyxl"})


class _Writer(Protocol):
    def write(self, report: Report, profile: Profile) -> bytes: ...


def write(report: Report, profile: Profile, ending: str) -> bytes:
    """The report in the format of that ending, one of WRITERS. Raises CannotWrite."""
    if profile.tree is not None and ending not in _DATA:
        raise CannotWrite(
            f"「{profile.title}」の報告には文書の様式がありません。.json か .yaml に書き出してください。"
        )
    return cast(_Writer, loaded(WRITERS[ending])).write(report, profile)


def loaded(module: str) -> object:
    """A module that may need a library which is not installed. Raises CannotWrite."""
    try:
        return import_module(module)
    except ImportError as error:
        library = (error.name or "").partition(".")[0]
        if library not in _LIBRARIES:
            raise
        raise CannotWrite(
            f"Word・Excel のファイルを作るための部品（{library}）が入っていません。情報システムの担当に、"
            'pip install "jisseki-check[office]" で部品を入れるよう頼んでください。'
        ) from None
