"""Texts as they are compared between documents: width, blanks, line breaks, punctuation, quotation marks and
bullets do not count."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

_CIRCLED = re.compile("[①-⑳❶-❿⑴-⒇]")
# A full stop and a dash between digits belong to the number; a mark of the list at the start of a line does
# not belong to the text.
_DROPPED = re.compile(
    r"^\s*[○◎△▲](?![0-9])|[\s\u200b-\u200f\ufeff、。,・:;!?「」『』“”\"'‘’`()\[\]{}<>〈〉《》【】〔〕●◆◇■□★☆※▼▽]"
    r"|[-‐‑–—―−](?![0-9])|(?<![0-9])\.|\.(?![0-9])",
    re.MULTILINE,
)
_CLUSTER = re.compile(".[ﾞﾟ゙゚]?", re.DOTALL)
_NUMBER = "(?:元|[0-9]{1,2}|[〇一二三四五六七八九十]{1,3})"
_YEARS = re.compile(
    rf"(?:明治|大正|昭和|平成|令和){_NUMBER}年?度?|(?<![A-Za-z])[MTSHR]{_NUMBER}(?:年度?|(?=[.~]))"
    r"|(?<![0-9])(?:19|20)[0-9]{2}年度?"
    r"|(?<![0-9])(?:元|[0-9]{1,2})年(?:度|(?=[0-9]{1,2}月|末|当初|春|夏|秋|冬))"
)
_YEAR = "〔年〕"


def plain(text: str) -> str:
    """The text as it is compared."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", text)))


def placed(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters the offset in the original."""
    held: list[str] = []
    offsets: list[int] = []
    for match in _CLUSTER.finditer(text):
        if _CIRCLED.match(match[0]):
            continue
        written = unicodedata.normalize("NFKC", match[0])
        held.append(written)
        offsets += [match.start()] * len(written)
    whole = "".join(held)
    kept = [True] * len(whole)
    for match in _DROPPED.finditer(whole):
        kept[match.start() : match.end()] = [False] * (match.end() - match.start())
    return (
        "".join(char for char, is_kept in zip(whole, kept, strict=True) if is_kept),
        [offset for offset, is_kept in zip(offsets, kept, strict=True) if is_kept],
    )


def without_years(compared: str) -> str:
    """A text as `plain` gives it, with one sign for each year; months and days stay."""
    return _YEARS.sub(_YEAR, compared)


def digest(*parts: object) -> int:
    """A number that stands for these parts, which hold no NUL; hardly ever for others too."""
    joined = "\0".join(map(str, parts))
    return int.from_bytes(blake2b(joined.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def bigrams(compared: str) -> frozenset[str]:
    """The pairs of neighbouring characters; the text itself where it has only one."""
    return frozenset(compared[at : at + 2] for at in range(max(1, len(compared) - 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts resemble each other by their bigrams, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
