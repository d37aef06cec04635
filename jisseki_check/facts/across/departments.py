"""`across_departments`: one programme in the reports of two departments."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from jisseki_check.facts.across.digests import AmountDigest, CountDigest, ItemDigest
from jisseki_check.facts.across.reports import Run

Row = dict[str, Any]
_Holder = tuple[int, ItemDigest]

_ALONE = "ほかの部に同名の項目がないため"
_NOTHING = "同名の項目に、比べられる金額や数がないため"
# The work that every department has.
_EVERYONES = re.compile(
    r"窓口|サービス|職員|意識|人材|育成|研修|服務|綱紀|倫理|時間外|超過勤務|残業|働き方|ワーク|休暇|効率|改善|見直|節減"
    r"|縮減|削減|経費|予算|歳入|歳出|財源|収納|収入|適正|推進体制|情報発信|広報|ホームページ|周知|啓発|連携|共有|継承"
    r"|修繕|長寿命化|維持管理|公用車|申請|手続|ペーパー|マニュアル|事務処理|業務|市民満足|接遇|内部統制|個人情報|公有財産|市有財産|補助金|使用料|手数料|委託"
)
# What gives a piece of work a name of its own.
_OWN = re.compile(
    r"事業$|整備|建設|建替|建て替え|新築|改築|システム|センター|公園|学校|会館|図書館|病院|まつり|祭|大会|フェ[アス]"
    r"|計画の?策定|構想|ビジョン|プロジェクト|マラソン|マイナンバー|ポイント|アプリ|拠点|駅|条例"
)


# What a city does once, whoever takes part in it.
_ONE_EVENT = re.compile(
    r"総合[^の・、]{0,6}訓練|まつり|成人式|記念式典|市民[^の・、]{0,6}大会|マラソン|フェスティバル|フェスタ"
)


def department_rows(run: Run) -> Iterator[Row]:
    """The rows of `across_departments`: each item of a report that is judged, with the first figure in which
    it differs from the item of the same title in the first department that has it."""
    for members in run.neighbourhoods():
        yield from _rows(run, members)
    for number, report in enumerate(run.reports):
        why = run.unfit(number) if not report.is_prior else None
        if why is not None:
            yield from ({"report": number, "item": item.index, "absent": why} for item in report.items)


def _rows(run: Run, members: Sequence[int]) -> Iterator[Row]:
    by_title: defaultdict[str, list[_Holder]] = defaultdict(list)
    for number in members:
        items = run.reports[number].items
        times = Counter(item.title for item in items)
        for item in items:
            if item.title and times[item.title] == 1:
                by_title[item.title].append((number, item))
    for number in members:
        if run.reports[number].is_prior:
            continue
        for item in run.reports[number].items:
            holders = by_title.get(item.title, [])
            first = _first(run, number, holders)
            compared = _compared(run, item, first, len(holders)) if first else {"absent": _ALONE}
            yield {"report": number, "item": item.index} | compared


def _first(run: Run, number: int, holders: Sequence[_Holder]) -> _Holder | None:
    """With whom to compare a report that is judged: the first that is judged too, so that of two the later
    one is found fault with; the first itself with one that is read for comparison only."""
    if not holders or holders[0][0] != number:
        return next(iter(holders), None)
    return next((each for each in holders if run.reports[each[0]].is_prior), None)


def _compared(run: Run, item: ItemDigest, holder: _Holder, departments: int) -> Row:
    number, other = holder
    same_event = _is_same_event(item, other)
    amounts, counts = list(_amounts(item, other)), list(_counts(item, other))
    figures = [*counts, *amounts] if same_event else [*amounts, *counts]
    if not figures:
        return {"absent": _NOTHING}
    row = next((each for each in figures if abs(each["difference"]) >= each["step"]), figures[0])
    same_number = bool(item.plan_number) and item.plan_number == other.plan_number
    return row | {
        "other_report": number,
        "other_item": other.index,
        "other_department": run.reports[number].name,
        "title": item.title,
        "title_length": len(item.title),
        "generic": _EVERYONES.search(item.title) is not None and _OWN.search(item.title) is None,
        "same_number": same_number,
        "same_event": same_event and "start" in row,
        "departments": departments,
        "share": item.is_share or other.is_share,
        "known_by": f"課題番号 {item.number} と項目名が同じ" if same_number else "項目名が同じ",
    }


def _is_same_event(item: ItemDigest, other: ItemDigest) -> bool:
    """Whether both tell of one event: by its name, or on the same day."""
    days = {day for day in item.days if "月" in day and day.endswith("日")}
    return _ONE_EVENT.search(item.title) is not None or not days.isdisjoint(other.days)


def _amounts(item: ItemDigest, other: ItemDigest) -> Iterator[Row]:
    there: dict[str, AmountDigest] = {amount.stage: amount for amount in other.amounts}
    for amount in item.amounts:
        match = there.get(amount.stage)
        if match is not None:
            yield {
                "label": amount.label,
                "told": amount.text,
                "other_told": match.text,
                "difference": float(amount.yen - match.yen),
                "step": float(max(amount.step, match.step)),
                "field": amount.field,
                "other_field": match.field,
            }


def _counts(item: ItemDigest, other: ItemDigest) -> Iterator[Row]:
    here, there = _results(item), _results(other)
    for thing, count in here.items():
        match = there.get(thing)
        if match is not None:
            yield {
                "label": f"「{count.thing}」の数" if count.thing else "実績の文にある数",
                "told": count.text,
                "other_told": match.text,
                "difference": round(count.value - match.value, 6),
                "counter": count.counter,
                "step": 1.0 if count.value.is_integer() and match.value.is_integer() else 0.001,
                "field": "result",
                "start": count.start,
                "end": count.end,
                "other_field": "result",
                "other_start": match.start,
                "other_end": match.end,
            }


def _results(item: ItemDigest) -> dict[tuple[str, str, str], CountDigest]:
    """What the result counts once."""
    things = [(count.thing, count.frame, count.counter) for count in item.counts]
    return {
        thing: count for thing, count in zip(things, item.counts, strict=True) if things.count(thing) == 1
    }
