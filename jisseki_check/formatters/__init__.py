"""Formatters: pure functions from an Outcome to text or bytes, one module a format."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jisseki_check.formatters.view import View
    from jisseki_check.model import Outcome

# The module of each format; loaded when it is asked for, because tabulate costs 60 ms.
FORMATS = {
    "table": "jisseki_check.formatters.table",
    "json": "jisseki_check.formatters.json",
    "jsonl": "jisseki_check.formatters.jsonl",
    "concise": "jisseki_check.formatters.concise",
    "sarif": "jisseki_check.formatters.sarif",
    "junit": "jisseki_check.formatters.junit",
    "github": "jisseki_check.formatters.github",
    "gitlab": "jisseki_check.formatters.gitlab",
    "html": "jisseki_check.formatters.html",
    "csv": "jisseki_check.formatters.csv",
    "xlsx": "jisseki_check.formatters.xlsx",
    "markdown": "jisseki_check.formatters.markdown",
}

# Those that are a folder of files.
FOLDERS = {"parquet": "jisseki_check.formatters.parquet"}

# What people read follows the terminal's encoding; what programs read is UTF-8 wherever it goes.
FOR_PEOPLE = frozenset({"table", "concise"})

# Files that are no text, and so nothing for a terminal.
BINARY = frozenset({"xlsx"})


# What the extra `report` installs for some of them.
_LIBRARIES = {"html": ("drawsvg", "jinja2"), "xlsx": ("xlsxwriter",)}


def missing_libraries(name: str) -> tuple[str, ...]:
    """Those libraries of a format that are not installed."""
    return tuple(each for each in _LIBRARIES.get(name, ()) if find_spec(each) is None)


def files_of(name: str) -> tuple[str, ...]:
    """The names of the files of which a format consists, one of FOLDERS."""
    files: tuple[str, ...] = import_module(FOLDERS[name]).FILES
    return files


def write_into(name: str, outcome: Outcome, folder: str) -> None:
    """Writes the outcome in the format `name`, one of FOLDERS, into a folder that is there. Raises
    OSError."""
    import_module(FOLDERS[name]).write(outcome, folder)


def render(name: str, outcome: Outcome, view: View) -> str:
    """The outcome in the text format `name`, one of FORMATS that are not BINARY; it ends with a line
    feed. Raises ImportError where libraries of the format are missing."""
    return "".join(pieces(name, outcome, view))


def pieces(name: str, outcome: Outcome, view: View) -> Iterator[str]:
    """The same piece by piece where it may be long: the whole would be several times as large as what is kept
    of the run."""
    module = import_module(FORMATS[name])
    if hasattr(module, "pieces"):
        yield from module.pieces(outcome, view)
    else:
        yield module.render(outcome, view)


def binary_pieces(name: str, outcome: Outcome, view: View) -> Iterator[bytes]:
    """The same of a file that holds the outcome in the format `name`, one of FORMATS; texts are in UTF-8,
    where a lone surrogate becomes \\ud800, which is what JSON writes for it. Raises ImportError as `render`
    does."""
    for each in pieces(name, outcome, view):
        yield each if isinstance(each, bytes) else each.encode("utf-8", "backslashreplace")


def content(name: str, outcome: Outcome, view: View) -> bytes:
    """That file as a whole."""
    return b"".join(binary_pieces(name, outcome, view))
