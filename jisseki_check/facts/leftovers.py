"""What was left in the texts and is not for the public: `leftovers`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jisseki_check.facts.drafting import find_notes, find_placeholders, may_hold_drafting, title_note
from jisseki_check.facts.views import ReportView
from jisseki_check.model import Item, Remark
from jisseki_check.notation.marks import code_point
from jisseki_check.notation.markup import MARKUP, kind_of
from jisseki_check.notation.personal import find_personal, mask, may_hold_personal
from jisseki_check.profiles import Profile

Row = dict[str, Any]
Span = tuple[int, int]

_PERSONAL = {
    "e-mail": "個人のメールアドレス",
    "telephone": "個人の電話番号",
    "mobile": "携帯電話の番号",
    "postal-address": "個人の住所",
    "my-number": "個人番号（マイナンバー）",
    "bank-account": "口座番号",
}

# A carriage return before a line feed is a line break, and a joiner behind an emoji is part of it.
_CONTROLS = (
    "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\xa0\\xad\\u061c\\u180e\\u200b\\u200c\\u200e\\u200f\\u2028-\\u202f"
    "\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\ufffd\\ud800-\\udfff"
)
_INVISIBLE = re.compile(
    f"[{_CONTROLS}]|\\r(?!\\n)|(?<![\\U0001f000-\\U0001faff\\u2600-\\u27bf\\ufe0f])\\u200d"
)
_MAYBE_INVISIBLE = re.compile(f"[{_CONTROLS}\\r\\u200d]")
_NAMES = (
    ("改行しない空白", "\u00a0\u202f"),
    ("幅のない文字", "\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff"),
    ("文字の向きの制御", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    ("文字化けの跡", "\ufffd"),
)
_WIDE_BLANK = re.compile("[\u3000\t]")
_NAMED = 3
_OF_FILES = frozenset({"comment", "tracked"})
_WITH_TEXT = frozenset({"unread", "page", "aside"})  # remarks that quote what is published


@dataclass(frozen=True, slots=True)
class Leftover:
    """One kind of thing in one text: its first place, how often it stands there, and what it is."""

    kind: str
    start: int
    end: int
    detail: str | None = None
    count: int = 1


def leftover_rows(view: ReportView) -> Iterator[Row]:
    """What stands in each text; a row of kind "none" says that the report was looked at."""
    yield {"report": view.number, "kind": "none", "count": 0, "field": "title"}
    titles = {"title", *_margins(view.report.remarks)}
    for item, texts in _texts(view):
        # Most items hold nothing: one look at all of its texts together says so. A title needs its own.
        if item is None or _is_suspect("\n".join(text for _, text in texts), view.profile):
            for field, text in texts:
                is_title = item is None and field in titles
                for found in find_leftovers(text, view.profile, is_title=is_title):
                    yield _row(view, item, field, text, found)
    yield from _file_rows(view)


def _margins(remarks: Iterable[Remark]) -> Iterator[str]:
    """The fields of what stands at the head and the foot of pages, where a report's title is repeated."""
    return (f"remarks/{number}" for number, remark in enumerate(remarks) if remark.kind == "page")


def _file_rows(view: ReportView) -> Iterator[Row]:
    """What was left in the file, and in no text of it: comments and tracked changes."""
    for number, remark in enumerate(view.report.remarks):
        if remark.kind in _OF_FILES:
            yield _file_row(view, f"remarks/{number}", remark)


def _file_row(view: ReportView, field: str, remark: Remark) -> Row:
    return {
        "report": view.number,
        "item": remark.item,
        "kind": remark.kind,
        "text": mask(remark.text),
        "count": remark.count,
        "field": field,
    }


def _texts(view: ReportView) -> Iterator[tuple[int | None, list[tuple[str, str]]]]:
    """The texts of the report itself and of each item, with the fields that they stand in."""
    report = view.report
    own = [
        ("title", report.title),
        ("divisions", "、".join(report.divisions or ())),
        ("legend", report.legend),
    ]
    yield None, _given(own)
    for item in report.items:
        yield item.index, _given(_item_texts(item))
    for number, remark in enumerate(report.remarks):
        if remark.kind in _WITH_TEXT:
            yield remark.item, [(f"remarks/{number}", remark.text)]


def _item_texts(item: Item) -> Iterator[tuple[str, str | None]]:
    yield "number", item.number
    yield "title", item.title
    yield "division", item.division
    yield "goal", item.goal
    yield "initiative", item.initiative
    yield "result", item.result
    for number, amount in enumerate(item.amounts):
        yield f"amounts/{number}", amount.note
    for heading, text in item.extra:
        yield f"extra/{heading}", text


def _given(texts: Iterable[tuple[str, str | None]]) -> list[tuple[str, str]]:
    return [(field, text) for field, text in texts if text]


def _row(view: ReportView, item: int | None, field: str, text: str, found: Leftover) -> Row:
    # The divisions are a list, a number may be printed with more, an amount's note is no part of its text.
    has_offsets = field not in {"divisions", "number"} and not field.startswith("amounts/")
    return {
        "report": view.number,
        "item": item,
        "kind": found.kind,
        "text": mask(text)[found.start : found.end],
        "detail": found.detail,
        "count": found.count,
        "field": field,
        "start": found.start if has_offsets else None,
        "end": found.end if has_offsets else None,
    }


def _is_suspect(text: str, profile: Profile) -> bool:
    return (
        _MAYBE_INVISIBLE.search(text) is not None
        or "<" in text
        or "&" in text
        or may_hold_drafting(text, profile.words)
        or may_hold_personal(text)
    )


def find_leftovers(text: str, profile: Profile, is_title: bool = False) -> Iterator[Leftover]:
    """What stands in one text, by kind; the same words twice are one leftover with a count of two.

    `is_title`: the text is the title of the report, or stands where it is repeated at the head of pages;
    there 「（案）」 is a note as well.
    """
    if is_title or may_hold_drafting(text, profile.words):
        notes = find_notes(text, profile.words) + (title_note(text) if is_title else [])
        yield from _by_words("editor-note", notes, text)
        placeholders = find_placeholders(text, profile.words, notes)
        if is_title:  # its parts stand side by side, each a line of its own
            apart = find_placeholders(_WIDE_BLANK.sub("\n", text), profile.words, notes)
            placeholders = sorted({*placeholders, *apart})
        yield from _by_words("placeholder", placeholders, text)
    for datum in find_personal(text):
        yield Leftover(datum.kind, datum.start, datum.end, _PERSONAL[datum.kind])
    markup = list(MARKUP.finditer(text))
    for kind, group in (("markup", "tag"), ("entity", "entity")):
        held = [match for match in markup if match[group]]
        yield from _by_field(kind, held, map(kind_of, held))
    controls = list(_INVISIBLE.finditer(text))
    yield from _by_field("invisible", controls, map(_described, {match[0]: None for match in controls}))


def _by_words(kind: str, spans: list[Span], text: str) -> Iterator[Leftover]:
    counts: dict[str, int] = {}
    first: dict[str, Span] = {}
    for start, end in spans:
        words = text[start:end]
        counts[words] = counts.get(words, 0) + 1
        first.setdefault(words, (start, end))
    for words, (start, end) in first.items():
        yield Leftover(kind, start, end, None, counts[words])


def _by_field(kind: str, matches: list[re.Match[str]], details: Iterable[str]) -> Iterator[Leftover]:
    if matches:
        names = list(dict.fromkeys(details))
        detail = "、".join(names[:_NAMED]) + ("など" if len(names) > _NAMED else "")
        yield Leftover(kind, *matches[0].span(), detail, len(matches))


def _described(char: str) -> str:
    name = next((name for name, chars in _NAMES if char in chars), "制御文字")
    return f"{code_point(char)} {name}"
