"""The same thing dated twice, in the plan and in the result: `date_pairs`.

Only what is plain is compared: clauses that name one action, or a deadline and the thing done.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jisseki_check.facts.tense import status
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.notation.dates import DateMention

Row = dict[str, Any]

_LONGEST_CLAUSE = 120
# Among so many dates nothing is plain, and comparing each with each would cost their square.
_MOST_DATES = 100
# Up to the comma behind a verb (…を開催し、), or to the end of the sentence.
_CLAUSE = re.compile(r"[、,]?([^。\n]*?(?:[しりいきちびみえけせてねべめれで](?=、)|(?=[。\n])|$))")
_THINGS = re.compile(r"[一-龥々]{2,}|[ァ-ヶー]{3,}|[A-Za-zＡ-Ｚａ-ｚ]{2,}")
_ACTION = re.compile(
    r"(?P<noun>[一-龥々ァ-ヶー]{2,})[をの]?"
    r"(?:予定|し(?:ます|ました|て|、|た|$)|いたし|する|され|開始|実施|行[いう]|行っ|図り|完了)"
)
# What a date is said of, right before it: 分室を9月に…, 分室については、11月に…
_OBJECT = re.compile(
    r"(?P<object>[一-龥々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ]{2,40})[」』）)]?(?:を|は|については|に関しては)[、,]?\s*$"
)
_LONGEST_OBJECT = 60
# Verbs that may tell the same deed.
_DEEDS = tuple(
    re.compile(verbs)
    for verbs in (
        r"設[け置]|開[設室所館園]|新設|設立|発足|立ち上げ",
        r"作[成りっ製]|策定|まとめ|発行|完成|制定",
        r"開催|開[きいく]|実施|行[いっ]|催",
        r"導入|稼働|運用|供用|開始|始め",
        r"配[布付りっ]|送付|届け",
        r"改[正定訂修め]|見直",
    )
)
# The second meeting is not late because the first was to be held in spring.
_ONE_OF_SEVERAL = re.compile(
    r"第\s*[0-9０-９一二三四五六七八九十]+\s*[回期次弾]|[0-9０-９一二三四五六七八九十]\s*回|再度|改めて|追加|毎月|毎年|各月"
)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date as it is written, and the days that it means in this report."""

    written: DateMention
    first: dt.date | None
    last: dt.date | None


def date_pair_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `date_pairs`: a plan's date and the result's date for the same thing."""
    for item in view.items:
        if not item.dates.get("result") or sum(map(len, item.dates.values())) > _MOST_DATES:
            continue
        results = [_in_year(date, view.fiscal_year) for date in item.dates["result"]]
        for name, text in item.plan:
            for date in item.dates[name]:
                pair = _counterpart(item, text, _in_year(date, view.fiscal_year), results)
                if pair is not None:
                    yield _pair_row(view, item, name, *pair)


def _in_year(date: DateMention, fiscal_year: int | None) -> _Dated:
    """The date, a month without a year taken as one of the report's fiscal year."""
    if date.year is not None or date.month is None or fiscal_year is None or not date.valid_day:
        return _Dated(date, date.first, date.last)
    year = fiscal_year if date.month >= 4 else fiscal_year + 1
    length = monthrange(year, date.month)[1]
    first, last = min(date.day or 1, length), min(date.day or length, length)
    return _Dated(date, dt.date(year, date.month, first), dt.date(year, date.month, last))


def _counterpart(
    item: ItemView, plan_text: str, plan: _Dated, results: list[_Dated]
) -> tuple[_Dated, _Dated, str] | None:
    """Both dates of one thing, and the thing; None when it is not plain which date that is."""
    if plan.written.month is None or plan.last is None:
        return None
    candidates = []
    for result in results:
        if result.written.month is None or result.first is None:
            continue
        thing = _same_thing(plan_text, plan.written, item.result, result.written)
        if thing:
            candidates.append((plan, result, thing))
    agreeing = [pair for pair in candidates if _agrees(*pair[:2])]
    if agreeing:
        return agreeing[0]
    return candidates[0] if len(candidates) == 1 else None


def _same_thing(plan_text: str, plan: DateMention, result_text: str, result: DateMention) -> str | None:
    """The action, or of a deadline the thing, that both clauses name behind their date."""
    plan_clause, result_clause = _clause(plan_text, plan), _clause(result_text, result)
    if _ONE_OF_SEVERAL.search(plan_clause) or _ONE_OF_SEVERAL.search(result_clause):
        return None
    thing = _same_object(plan_text, plan, result_text, result)
    if thing and _same_deed(plan_clause, result_clause) and status(result_text, result.end) == "done":
        return thing
    shared = _shared(plan_clause, result_clause)
    if plan.role == "deadline":
        plain = len(shared) >= 2 and status(result_text, result.end) == "done"
        return max(sorted(shared), key=len) if plain else None
    actions = _actions(plan_clause)
    action = next((action for action in _actions(result_clause) if action in actions), None)
    if action is None:
        return None
    both_name_more = _things(plan_clause) - {action} and _things(result_clause) - {action}
    return None if both_name_more and not shared - {action} else action


def _same_object(plan_text: str, plan: DateMention, result_text: str, result: DateMention) -> str | None:
    """What both dates are said of, where it stands right before each of them."""
    objects = [
        match["object"] if (match := _OBJECT.search(text, max(0, at - _LONGEST_OBJECT), at)) else None
        for text, at in ((plan_text, plan.start), (result_text, result.start))
    ]
    return objects[0] if objects[0] == objects[1] else None


def _same_deed(plan_clause: str, result_clause: str) -> bool:
    return any(verbs.search(plan_clause) and verbs.search(result_clause) for verbs in _DEEDS)


def _clause(text: str, mention: DateMention) -> str:
    """What the date dates: the text behind it, up to the end of its verb."""
    match = _CLAUSE.match(text, mention.end, min(len(text), mention.end + _LONGEST_CLAUSE))
    return match[1] if match else ""


def _actions(clause: str) -> list[str]:
    nouns = (match["noun"].removesuffix("予定") for match in _ACTION.finditer(clause))
    return [noun.removesuffix("開始") or noun for noun in nouns]


def _things(clause: str) -> set[str]:
    return set(_THINGS.findall(clause))


def _shared(left: str, right: str) -> set[str]:
    """The words of one clause that stand in the other too."""
    return {word for word in _things(left) if word in right} | {
        word for word in _things(right) if word in left
    }


def _agrees(plan: _Dated, result: _Dated) -> bool:
    """Whether the result's time lies within the plan's, or before its deadline."""
    assert plan.first is not None
    assert plan.last is not None
    assert result.first is not None
    assert result.last is not None
    return result.first <= plan.last and (plan.written.role == "deadline" or plan.first <= result.last)


def _pair_row(
    view: ReportView, item: ItemView, name: str, planned: _Dated, reached: _Dated, thing: str
) -> Row:
    plan, result = planned.written, reached.written
    assert planned.last is not None
    assert reached.first is not None
    return {
        "report": view.number,
        "item": item.item.index,
        "plan": plan.text,
        "result": result.text,
        "thing": thing,
        "deadline": plan.role == "deadline",
        "same": _agrees(planned, reached),
        "later": reached.first > planned.last,
        "dated": plan.year is not None and result.year is not None,
        "is_top": item.top,
        "mark": item.item.mark,
        "valid": plan.valid_day and plan.valid_era and result.valid_day and result.valid_era,
        "field": "result",
        "start": result.start,
        "end": result.end,
        "plan_field": name,
        "plan_start": plan.start,
        "plan_end": plan.end,
    }
