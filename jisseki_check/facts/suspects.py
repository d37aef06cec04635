"""Which of the words that rules look for stand in a report at all: all of them are looked for at once, in all
reports of a batch, and most are in none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import polars as pl

from jisseki_check.model import Report
from jisseki_check.profiles import Profile
from jisseki_check.wordlists import Spelling, Wordlists, load

_SURROGATE = re.compile("[\ud800-\udfff]")


def suspects(reports: Sequence[Report], profile: Profile) -> list[frozenset[str]]:
    """Of each report the beginnings of wrong spellings that stand in one of its texts, and perhaps others."""
    words = _looked_for(load(), profile.spellings, profile.informal)
    # Line feeds stand between the texts, and in no spelling.
    texts = pl.Series(["\n".join(_texts(report)) for report in reports], dtype=pl.String)
    found = texts.str.extract_many(words, overlapping=True).list.unique()
    return list(map(frozenset, found.to_list()))


def _texts(report: Report) -> Iterable[str]:
    for item in report.items:
        for text in (item.title, item.goal, item.initiative, item.result):
            if text:
                yield _SURROGATE.sub("\ufffd", text)


@lru_cache(maxsize=8)
def _looked_for(lists: Wordlists, *spellings: tuple[Spelling, ...]) -> list[str]:
    heads = (head for held in (lists.confused, *spellings) for each in held for head in each.heads)
    return sorted({*heads} - {""})
