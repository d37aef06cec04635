"""File formats → `model.Source`, one module a format. Nothing but `model.Unreadable` comes out."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Location, Source, Unreadable
from jisseki_check.os_errors import in_words
from jisseki_check.readers.discovery import Discovery, discover_files
from jisseki_check.readers.libraries import missing_library
from jisseki_check.readers.results import refuse_result
from jisseki_check.readers.sniffing import UNREAD, recognise

__all__ = [
    "DEFAULT_LIMITS",
    "READERS",
    "UNREAD",
    "Discovery",
    "Limits",
    "Reader",
    "discover",
    "read",
    "read_bytes",
    "too_large",
]

Reader = Callable[[bytes, str, Limits], Source]


def _reader(module: str, function: str) -> Reader:
    """The function that reads a format. Its module is imported with the first file of that format: `explain`
    and `rules` read none."""

    def read_format(data: bytes, name: str, limits: Limits) -> Source:
        found: Reader = getattr(import_module(f"{__name__}.{module}"), function)
        return found(data, name, limits)

    return read_format


_read_yaml = _reader("yaml_data", "read_yaml")
_read_docx = _reader("docx", "read_docx")
_read_xlsx = _reader("xlsx", "read_xlsx")
_read_csv = _reader("csv", "read_csv")
_read_html = _reader("html", "read_html")

READERS: dict[str, Reader] = {
    ".txt": _reader("text", "read_text"),
    ".json": _reader("json_data", "read_json"),
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
    ".docx": _read_docx,
    ".docm": _read_docx,
    ".xlsx": _read_xlsx,
    ".xlsm": _read_xlsx,
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _reader("pdf", "read_pdf"),
}


def discover(paths: Sequence[Path]) -> Discovery:
    """The files to read: those given, and those of a known ending in the folders given."""
    return discover_files(paths, READERS)


def read(
    path: Path, name: str | None = None, limits: Limits = DEFAULT_LIMITS, *, is_report: bool = True
) -> Source:
    """Reads one file; `name` is the path to show (default: `path`). Where it is to be a report, what we wrote
    about reports is refused. Raises Unreadable only."""
    shown = _printable(name if name is not None else str(path))
    return _guarded(lambda: _read_bytes(_content(path, shown, limits), shown, limits, is_report), shown)


def read_bytes(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS, *, is_report: bool = True) -> Source:
    """Reads what came by another way than a file; `name` decides the format by its ending, the content
    where the ending is unknown; where both disagree, the file is refused. Raises Unreadable only."""
    shown = _printable(name)
    return _guarded(lambda: _read_bytes(data, shown, limits, is_report), shown)


def _read_bytes(data: bytes, name: str, limits: Limits, is_report: bool) -> Source:
    if len(data) > limits.max_bytes:
        raise too_large(limits, name)
    if is_report:
        refuse_result(data, name, limits)
    ending = os.path.splitext(name)[1].lower()
    content = recognise(data, name, ending, limits)
    return READERS[ending if ending in READERS else content](data, name, limits)


def _content(path: Path, name: str, limits: Limits) -> bytes:
    """All bytes of a regular file; at most one more than the limit is ever read."""
    if "\0" in str(path):
        raise FileNotFoundError
    # Without O_NONBLOCK, opening a named pipe would wait for its writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise Unreadable(
                "通常のファイルではありません（フォルダーや装置など）",
                fix="報告のファイルを指定してください。",
                at=Location(path=name),
            )
        if before.st_size > limits.max_bytes:
            raise too_large(limits, name)
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(before.st_size + 1)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if not len(data) == before.st_size == after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise Unreadable(
            "読んでいる途中でファイルが変わりました",
            fix="ほかのソフトウェアでの保存や複写が終わってから、もう一度実行してください。",
            at=Location(path=name),
        )
    return data


def _guarded(reading: Callable[[], Source], name: str) -> Source:
    at = Location(path=name)
    try:
        return reading()
    except Unreadable:
        raise
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable("ファイルが見つかりません", fix="場所と名前を確かめてください。", at=at) from None
    except PermissionError:
        fix = "ファイルを読む権限があるか、ほかのソフトウェアで開いていないかを確かめてください。"
        raise Unreadable("ファイルを開く権限がありません", fix=fix, at=at) from None
    except OSError as error:
        fix = (
            "ファイルの名前と、置いてある場所（共有フォルダーなど）につながっているかを確かめてください。"
            "直らないときは、括弧の中の文言を情報システムの担当に伝えてください。"
        )
        raise Unreadable(f"ファイルを読み込めません（{in_words(error)}）", fix=fix, at=at) from error
    except MemoryError:
        fix = "ほかのソフトウェアを閉じるか、部ごとのファイルに分けてください。"
        raise Unreadable("メモリーが足りず、ファイルを読み終えられません", fix=fix, at=at) from None
    except RecursionError:
        fix = "報告のファイルかどうかを確かめてください。"
        raise Unreadable("データの入れ子が深すぎて、ファイルを読み終えられません", fix=fix, at=at) from None
    except ImportError as error:
        raise missing_library(error, name) or _fault_of_ours(error, at) from error
    except Exception as error:  # a fault of ours must not let a file pass as read
        raise _fault_of_ours(error, at) from error


def _fault_of_ours(error: Exception, at: Location) -> Unreadable:
    return Unreadable(
        f"点検プログラムの不具合で、ファイルを読み終えられません（{type(error).__name__}）",
        fix="報告の誤りとは限りません。このファイルを添えて、点検プログラムの担当者に知らせてください。",
        at=at,
    )


def too_large(limits: Limits, name: str) -> Unreadable:
    """What to say of a file that is over the limit."""
    return Unreadable(
        f"ファイルが大きすぎます（上限は{limits.max_bytes:,}バイト）",
        fix="部ごとのファイルに分けるか、--max-bytes（設定ファイルでは max-bytes）で上限を上げてください。",
        at=Location(path=name),
    )


def _printable(name: str) -> str:
    """A file name whose bytes are no text holds surrogates, which no output could write."""
    return re.sub("[\ud800-\udfff]", "\ufffd", name)
