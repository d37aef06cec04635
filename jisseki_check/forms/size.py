"""How large a report may be: its words are all held side by side while its items are compared."""

from __future__ import annotations

from jisseki_check.model import Item, Location, Report, Unreadable

# The largest that are known have a few hundred items and a hundredth of these characters.
MOST_ITEMS = 10_000
MOST_CHARACTERS = 2_000_000

_SPLIT = "部ごとのファイルに分けてください。報告でない行や文が混ざっていないかも確かめてください。"


def refuse_too_large(report: Report, path: str) -> None:
    """Raises Unreadable (DOC001) for a report of too many items, or of too much text."""
    items = len(report.items)
    if items > MOST_ITEMS:
        raise Unreadable(
            f"項目が多すぎます（{items:,}件。一つの報告の上限は{MOST_ITEMS:,}件）",
            fix=_SPLIT,
            at=Location(path=path),
        )
    characters = sum(map(_characters, report.items))
    if characters > MOST_CHARACTERS:
        raise Unreadable(
            f"文が長すぎます（{characters:,}字。一つの報告の上限は{MOST_CHARACTERS:,}字）",
            fix=_SPLIT,
            at=Location(path=path),
        )


def _characters(item: Item) -> int:
    texts = (item.title, item.goal, item.initiative, item.result, *(text for _, text in item.extra))
    return sum(len(text) for text in texts if text)
