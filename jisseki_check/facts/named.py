"""Numbers and dates that belong to a thing with a name, wherever in the report it is told.

Three kinds: the day of an event, the meetings of a council, those who came. A name
is what the report sets in 「 」; a council or a gathering may be called by its last word where the item's
plan has one of that kind only. Words are read beside the number alone: the cost grows with the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from jisseki_check.facts.resemblance import Mention
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.notation.counts import Count
from jisseki_check.notation.dates import DateMention
from jisseki_check.notation.width import fold
from jisseki_check.patterns import lazy_compile

_QUOTED = re.compile(r"「([一-龥々ぁ-んァ-ヶーA-Za-z・]{4,30})」")
# Held many times, or no event: their days may differ, and each has guests of its own.
_NO_SINGLE_EVENT = re.compile(
    r"(?:(?<!大)会議?|研修|講座|講習|教室|セミナー|カフェ|サロン|パトロール|相談|訓練|調査|検診|健診|授業|デー|通信|だより"
    r"|点検|出前.*|キャンペーン|市|計画|条例|規則|要綱|制度|システム|事業|方針|指針|プラン|マニュアル|手引|冊子|サイト|アプリ)$"
)
_REPEATED = re.compile(r"毎[月週日年]|[0-9](?:回|日間|会場)|及び|並びに|～|両日|各|予選|前日|説明")
_OTHER_DAYS = re.compile(r"(?:及び|から|[・～と]|日、)$")
_DAY_OF = re.compile(
    r"(?:の|に(?:行った|行われた|開いた|開催した|開催された|開催の|実施した|実施された|催した|催された))「?"
)
_DAY_BEHIND = re.compile(r"」?(?:は|を|については)、?$")
_HELD_ON = re.compile(r"に[^、。]{0,30}?(?:開き|開い|開催|行い|行わ|行っ|実施|催し)")
_MEETINGS = re.compile(r"」?[をはも]?、?(?:年間|年|計|合計)?$")
_HELD = re.compile(r"(?:にわたり|にわたって)?、?(?:開催|開き|開い|実施|行い|行っ)")
_GUESTS = lazy_compile(
    r"」?(?:に|には|へ|は)、?(?P<how>(?:[0-9]+[一-龥]{1,3}(?:の|で|から|、)|計|で)*)(?P<total>延べ|計|合計)?$"
)
_CAME = re.compile(r"(?:の(?:方|皆さん|市民の方)?)?(?:[がに]、?)?御?(?:参加|来場|出席|足を運|訪れ|集ま)")
_COUNCIL = r"(?:協議会|審議会|委員会|連絡会|検討会|懇話会|懇談会|推進会議|部会)$"
_IS_COUNCIL = re.compile(_COUNCIL)
_BY_LAST_WORD = re.compile(rf"(?:^|[^一-龥々ァ-ヶー「])(?P<last>(?:[一-龥]{{2}})?{_COUNCIL[:-1]})$")
_GATHERING = lazy_compile(r"(?P<stem>[一-龥々]{3,8})会")
_GATHERING_HERE = lazy_compile(r"(?P<stem>[一-龥々]{3,8})(?:会|の(?:場|機会))」?$")
_SCOPE = re.compile(r"[0-9]+(?:地域|地区|会場|中学校区|校区|校|か所)")
_SCOPE_REACH = 12
_LONGEST_PLAN = 3_000
# Words beside which the same thing has another number, rightly.
_DISTINCTION = re.compile(
    r"前年|昨年|前回|目標|計画|予定|当初|見込|うち|累計|年度|第[0-9一二三四五六七八九十]|[0-9]月|半期|前期|後期|末まで|現在"
    r"|追加|新た|新規|拡大|増え|増や|減ら|減り|従来|残る|残り"
)
_SENTENCE_END = re.compile(r"[。\n]")
_LEFT, _RIGHT, _LONGEST = 60, 40, 30


class _Plan:
    """What an item's plan names, found once; of a long plan its beginning."""

    def __init__(self, item: ItemView) -> None:
        self.text = item.plan_text[:_LONGEST_PLAN]
        self._of_kind: dict[str, str | None] = {}

    @cached_property
    def _gatherings(self) -> dict[str, list[str]]:
        """Each gathering's name, and the numbers of places before it wherever it stands."""
        held: dict[str, list[str]] = {}
        for match in _GATHERING.finditer(self.text):
            before = self.text[max(0, match.start() - _SCOPE_REACH) : match.start()]
            held.setdefault(match["stem"], []).append(before)
        return held

    def scope(self, stem: str) -> list[str]:
        """Where the one gathering of that name is to be held."""
        places = self._gatherings.get(stem, [])
        return _SCOPE.findall(places[0]) if len(places) == 1 else []

    def one_of_kind(self, last: str) -> str | None:
        """The one name that ends so."""
        if last not in self._of_kind:
            held = {name for name in _QUOTED.findall(self.text) if name.endswith(last)}
            name = held.pop() if len(held) == 1 else None
            alone = name is not None and last not in self.text.replace(name, "")
            self._of_kind[last] = name if alone else None
        return self._of_kind[last]


@dataclass(frozen=True, slots=True)
class Named:
    """A number or a date, and the thing that it belongs to: the same key, the same thing."""

    item: ItemView
    mention: Mention
    key: tuple[str, ...]
    name: str


def named_mentions(view: ReportView) -> Iterator[Named]:
    """The numbers and dates of the results that belong to things with names, in order."""
    names = {name for item in view.items for _, text in item.texts for name in _QUOTED.findall(text)}
    plans = [_Plan(item) for item in view.items]
    for item, plan in zip(view.items, plans, strict=True):
        for date in item.dates.get("result", ()):
            name = _event(item.result, date, names) if date.day is not None else None
            if name is not None:
                yield Named(item, date, ("day", name), name)
        for count in item.counts.get("result", ()):
            yield from _counted(item, plan, count, names)


def _event(result: str, date: DateMention, names: Set[str]) -> str | None:
    """What was held on the day, where it is held once."""
    before = _before(result, date.start)
    behind = _SENTENCE_END.split(fold(result[date.end : date.end + _RIGHT]))[0]
    opening, closing = _DAY_OF.match(behind), _DAY_BEHIND.search(before)
    name = None
    if opening is not None and not _OTHER_DAYS.search(before):
        name = _at_start(behind[opening.end() :], names)
    elif closing is not None and _HELD_ON.match(behind):
        name = _at_end(before[: closing.start()], names)
    if name is None or _NO_SINGLE_EVENT.search(name):
        return None
    return None if _REPEATED.search(behind.replace(name, "").partition("、")[0]) else name


def _counted(item: ItemView, plan: _Plan, count: Count, names: Set[str]) -> Iterator[Named]:
    before = _before(item.result, count.start)
    behind = _SENTENCE_END.split(fold(item.result[count.end : count.end + _RIGHT]))[0]
    if count.counter == "回" and _HELD.match(behind):
        name = _council(plan, before, names)
        if name is not None and not _DISTINCTION.search(before.replace(name, "")):
            yield Named(item, count, ("meetings", name), name)
    elif count.counter in {"名", "人"} and _CAME.match(behind):
        yield from _guests(item, plan, count, before, names)


def _council(plan: _Plan, before: str, names: Set[str]) -> str | None:
    """What has met so many times."""
    closing = _MEETINGS.search(before)
    text = before[: closing.start()] if closing else before
    name = _at_end(text, names)
    if name is not None:
        return name if _IS_COUNCIL.search(name) else None
    short = _BY_LAST_WORD.search(text)
    return plan.one_of_kind(short["last"]) if short else None


def _guests(item: ItemView, plan: _Plan, count: Count, before: str, names: Set[str]) -> Iterator[Named]:
    closing = _GUESTS.search(before)
    if closing is None:
        return
    total, told = closing["total"] or "", before[: closing.start()]
    name = _at_end(told, names)
    if _DISTINCTION.search(before.rsplit("、", 2)[-1].replace(name or "", "")):
        return
    if name is not None and not _NO_SINGLE_EVENT.search(name):
        yield Named(item, count, ("guests", name, total), name)
        return
    here = _GATHERING_HERE.search(told)
    if here is not None:
        scope = before[max(0, here.start() - _SCOPE_REACH) : here.start()] + closing["how"]
        for place in {*_SCOPE.findall(scope), *plan.scope(here["stem"])}:
            yield Named(item, count, ("guests", here["stem"], place, total), here["stem"] + "会")


def _before(result: str, start: int) -> str:
    """What stands before a place in its sentence."""
    return _SENTENCE_END.split(fold(result[max(0, start - _LEFT) : start]))[-1]


def _at_end(text: str, names: Set[str]) -> str | None:
    """The longest name that the text ends with."""
    lengths = range(min(_LONGEST, len(text)), 3, -1)
    return next((text[-length:] for length in lengths if text[-length:] in names), None)


def _at_start(text: str, names: Set[str]) -> str | None:
    lengths = range(min(_LONGEST, len(text)), 3, -1)
    return next((text[:length] for length in lengths if text[:length] in names), None)
