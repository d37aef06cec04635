"""What the pages in Markdown have in common: texts that stay texts, rows of findings, and a limit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from jisseki_check.formatters.text import clean
from jisseki_check.formatters.words import item_name, level, message, place, waiver
from jisseki_check.model import Finding

HEAD = ("| 段階 | コード | 場所 | 項目 | 指摘 | 直し方 |", "|---|---|---|---|---|---|")
# Whatever could be markup becomes a reference to the character. What code hosts look for in the finished
# page too (names, numbers of issues, addresses, emoji) is taken apart by a blank without width.
_MARKUP = re.compile(
    r"(?P<apart>[@#!%$&~^](?=\w)|:(?=//|[\w+-]{1,60}:)|(?<=www)\.)"
    r"|^[-+]|^[0-9](?=[0-9]*[.)])|[&<>|`*_~\[\]\\#@!$]"
)
_APART = "&#8203;"


def escaped(text: str) -> str:
    """Text that stays as it is in Markdown, in a table and anywhere else in a line."""
    return _MARKUP.sub(_reference, text.strip())


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};{_APART if found['apart'] else ''}"


def row(finding: Finding, formats: Mapping[str, str | None], *, with_path: bool = True) -> str:
    """A finding as a row below HEAD. `with_path`: its place is told with its file."""
    return f"| {' | '.join(_cells(finding, formats, with_path))} |"


def _cells(finding: Finding, formats: Mapping[str, str | None], with_path: bool) -> Iterator[str]:
    at = finding.location
    path = clean(at.path or "") if with_path else ""
    granted = "" if finding.waiver is None else f"　免除の理由: {waiver(finding.waiver)}"
    yield level(finding)
    yield escaped(finding.rule)
    yield escaped(" ".join(part for part in (path, place(at, formats)) if part))
    yield escaped(item_name(finding.item)) if finding.item is not None else ""
    yield escaped(message(finding) + granted)
    yield escaped(clean(finding.fix))


class Page:
    """Lines that fit; once one does not, the page says how many entries are missing and takes no more.

    `size`: how much of the limit a text takes. `cut`: the notice of a list that ends early, with the number
    of its entries that are missing.
    """

    def __init__(self, limit: int, size: Callable[[str], int], cut: Callable[[int], str]) -> None:
        self._size = size
        self._cut = cut
        self._left = limit - size(cut(10**9))
        self._lines: list[str] = []
        self.is_cut = False

    @property
    def text(self) -> str:
        return "".join(line + "\n" for line in self._lines)

    def add(self, lines: Sequence[str]) -> bool:
        size = sum(self._size(line) + 1 for line in lines)
        if self.is_cut or size > self._left:
            return False
        self._left -= size
        self._lines += lines
        return True

    def add_list(self, head: Sequence[str], rows: Sequence[str], end: Sequence[str] = ("",)) -> None:
        """A list as far as it fits; `end` closes what `head` has opened, and is always there with it."""
        if not rows or self.is_cut:
            return
        reserved = sum(self._size(line) + 1 for line in end)
        self._left -= reserved
        done, is_open = 0, self.add(head)
        while is_open and done < len(rows) and self.add([rows[done]]):
            done += 1
        self._left += reserved
        if is_open:
            self.add(end)
        if done < len(rows):
            self.is_cut = True
            self._lines += self._cut(len(rows) - done).splitlines()
