"""The `reports` table: what is true of a report as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jisseki_check.facts.views import ReportView
from jisseki_check.notation.fiscal import FiscalYearMention, find_fiscal_years
from jisseki_check.notation.titles import PLAIN_KIND, ends_plainly, without_ending, years_of
from jisseki_check.notation.width import fold, squeeze

Row = dict[str, Any]

_ERA_YEAR = re.compile(r"(?:明治|大正|昭和|平成|令和)\s*(?:[0-9]+|元)\s*年")
_GREGORIAN_YEAR = re.compile(r"(?<![0-9(])(?:19|20)[0-9]{2}\s*年")
_STYLES = {"era": "平成・令和", "letter": "H・R", "gregorian": "西暦"}


def report_rows(view: ReportView) -> Iterator[Row]:
    """The one row of `reports`."""
    report = view.report
    titles = years_of(report.title or "")
    ranks = [item.mark_rank for item in view.items if item.mark_rank is not None]
    disagreeing = view.agreed_label_year
    yield {
        "report": view.number,
        "municipality": report.municipality,
        "department": report.department,
        "kind": report.kind,
        "title": report.title,
        "title_year": titles[0].year if titles else None,
        "title_department": report.department or _rest_of_title(view),
        "title_kind": _kind_word(view),
        "gregorian_year": _gregorian(view),
        "fiscal_year": view.fiscal_year,
        "label_year": disagreeing,
        "label_count": len(view.label_years),
        "divisions": len(report.divisions) if report.divisions is not None else None,
        "division_repeated": _repeated(report.divisions or ()),
        "legend": report.legend is not None or view.profile.legend is not None,
        "form_kind": next(iter(view.profile.report_kinds.values()))[0],
        "form_composition": next(iter(view.profile.composition), None),
        "form_legend": "　".join(f"{sign.sign}：{sign.meaning}" for sign in view.profile.signs[:2]),
        "marked": len(ranks),
        "top_share": ranks.count(1) / len(ranks) if ranks else None,
        "top_mark": next((sign.sign for sign in view.profile.signs), None),
        **_year_styles(view),
    }


def _rest_of_title(view: ReportView) -> str | None:
    """What a title names besides its year and its kind."""
    title = squeeze(fold(view.report.title or ""))
    for mention in years_of(title):
        title = title.replace(mention.text, "")
    return without_ending(title).replace(_kind_word(view) or "", "").strip("のは()") or None


def _kind_word(view: ReportView) -> str | None:
    title = "".join(fold(view.report.title or "").split())
    words = [word for words in view.profile.report_kinds.values() for word in words]
    plain = PLAIN_KIND if ends_plainly(title) else None
    return next((word for word in words if fold(word) in title), plain)


def _gregorian(view: ReportView) -> int | None:
    """The Gregorian year that stands beside the era's: in brackets, or as the JSON's fiscal_year."""
    mentions = years_of(view.report.title or "")
    if mentions and mentions[0].paired_gregorian is not None:
        return mentions[0].paired_gregorian
    return view.report.fiscal_year


def _repeated(divisions: tuple[str, ...]) -> str | None:
    return next((name for at, name in enumerate(divisions) if name in divisions[:at]), None)


def _year_styles(view: ReportView) -> Row:
    """How the document writes its years, and the first place of the rarest way."""
    counts = dict.fromkeys(_STYLES, 0)
    first: dict[str, tuple[int | None, str, int, int]] = {}
    title = view.report.title or ""
    texts: list[tuple[int | None, str, str, list[FiscalYearMention]]]
    texts = [(None, "title", title, find_fiscal_years(title))]
    texts += [
        (item.item.index, name, text, item.fiscal_years[name])
        for item in view.items
        for name, text in item.texts
    ]
    for index, name, text, years in texts:
        spans = [("letter", year.start, year.end) for year in years if year.style == "letter"]
        if "年" in text:
            folded = fold(text)
            counts["era"] += sum(1 for _ in _ERA_YEAR.finditer(folded))
            spans += [("gregorian", *match.span()) for match in _GREGORIAN_YEAR.finditer(folded)]
        for style, start, end in spans:
            counts[style] += 1
            first.setdefault(style, (index, name, start, end))
    used = {style: count for style, count in counts.items() if count}
    rarest = min((style for style in used if style in first), key=lambda style: used[style], default=None)
    place = first[rarest] if rarest else (None, "title", None, None)
    return {
        "year_styles": len(used),
        "year_counts": "、".join(f"{_STYLES[style]} {count}か所" for style, count in used.items()),
        **dict(zip(("year_item", "year_field", "year_start", "year_end"), place, strict=True)),
    }
