"""The XML members of a workbook, element by element: a sheet's tree would not fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from lxml import etree

from jisseki_check.model import Location, Unreadable
from jisseki_check.readers.data_faults import shortened
from jisseki_check.readers.package import Package

SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)

_FED = 1_048_576
_SAVE_AGAIN = "Excel で開き、「名前を付けて保存」で保存し直してください。"
_FETCH_AGAIN = f"{_SAVE_AGAIN}開けないときは、元のファイルから取り直してください。"


_MOST_DIGITS = 9

Opened = Callable[[Mapping[str, str]], None]
Closed = Callable[[], None]


def count_in(text: str | None) -> int:
    """The whole number that an attribute gives; -1 where it gives none of any use."""
    return int(text) if text is not None and len(text) <= _MOST_DIGITS and text.isdecimal() else -1


class Listener:
    """Hears of the elements that it asks for by `on`, and of the text that it asks for by `collect`.

    `most_tags`: how many tags the member may have, heard or not.
    """

    most_tags: ClassVar[int] = 2_000_000

    def __init__(self) -> None:
        self._opened: dict[str, Opened] = {}
        self._closed: dict[str, Closed] = {}
        self._collected: list[str] | None = None

    def on(
        self,
        namespaces: tuple[str, ...],
        name: str,
        opened: Opened | None = None,
        closed: Closed | None = None,
    ) -> None:
        """Calls `opened` with the attributes where such an element begins, and `closed` where it ends."""
        for namespace in namespaces:
            if opened is not None:
                self._opened[f"{{{namespace}}}{name}"] = opened
            if closed is not None:
                self._closed[f"{{{namespace}}}{name}"] = closed

    def collect(self, _: Mapping[str, str] | None = None) -> None:
        """Keeps the text from here on."""
        self._collected = []

    def collected(self) -> str:
        """The text since `collect`, which is not kept any longer."""
        text = "".join(self._collected or ())
        self._collected = None
        return text

    # What the parser calls.

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in self._opened:
            self._opened[tag](attributes)

    def end(self, tag: str) -> None:
        if tag in self._closed:
            self._closed[tag]()

    def data(self, text: str) -> None:
        if self._collected is not None:
            self._collected.append(text)

    def doctype(self, *_: object) -> None:
        raise _HasDoctype

    def close(self) -> None:
        pass


class _TooMuch(Exception):
    pass


class _HasDoctype(Exception):
    pass


def listen(package: Package, part: str, listener: Listener, name: str) -> None:
    """Reads a member to its end. Raises Unreadable where it is broken, or larger than any real one is."""
    content = package.read(part)
    parser = etree.XMLParser(
        target=cast("Any", listener),
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        if content.count(b"<") > listener.most_tags:
            raise _TooMuch
        for at in range(0, len(content), _FED):
            fed = content[at : at + _FED]
            # The parser keeps a tag until it ends, with everything that stands in it.
            if len(fed) == _FED and b">" not in fed:
                raise _TooMuch
            parser.feed(fed)
        parser.close()
    except etree.XMLSyntaxError:
        raise damaged(part, name) from None
    except _HasDoctype:
        raise Unreadable(
            f"ファイルの中身（{shortened(part)}）に、Office の文書にはない宣言（DOCTYPE）があります",
            fix=f"{_SAVE_AGAIN}心当たりのないファイルであれば、開かずに送り主に確かめてください。",
            at=Location(path=name),
        ) from None
    except _TooMuch:
        raise Unreadable(
            f"ファイルの中身（{shortened(part)}）が大きすぎて、読み終えられません",
            fix="使っていない行や列の書式を消すか、部ごとのファイルに分けてください。",
            at=Location(path=name),
        ) from None


def damaged(part: str, name: str) -> Unreadable:
    """What to raise for a member that says what no spreadsheet writes."""
    return Unreadable(
        f"ファイルの中身（{shortened(part)}）が壊れています", fix=_FETCH_AGAIN, at=Location(path=name)
    )
