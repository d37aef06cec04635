"""Effects that are told as reached, of measures that begin later: `effects`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.notation.fiscal import find_fiscal_years, fiscal_year_bounds
from jisseki_check.patterns import lazy_compile

Row = dict[str, Any]

# 平成30年度から実施する…, 平成30年4月に稼働します, 平成30年度の導入に向け
_BEGINS = re.compile(
    r"[度\s]*(?:から|より|に|の|以降)(?:[^。\n]{0,25}?)"
    r"(?:実施|開始|導入|稼働|運用|施行|供用|開設|開館|開校|移行|適用|設置|配布|配備|配付|スタート|始め|始ま)"
    r"(?:(?:を|が|の)?(?:開始|実施))?(?:する|される|します|されます|ます|を?予定|に向け|へ向け|に備え|のため)"
)
_REACHED = re.compile(
    r"(?:(?:実現|向上|削減|縮減|軽減|短縮|効率化|改善|迅速化|円滑化|確保|増加|可能と|可能に|解消)(?:が|を|も|に)?"
    r"(?:図り|図られ|図ること(?:が|も)でき|実現し|達成し|進み|進ん|つなが[りっ]|繋が[りっ]|つなげ|し|され|なり)(?:まし)?[ただ])(?=[。、\n）)]|$)"
)
# What is still to come, was reached by way of trial, or by the preparation itself.
_LATER = re.compile(r"今後|予定|見込|目指|期待|ため、?$|次年度|翌年度|来年度|見据え|想定")
_ALREADY = re.compile(r"試行|先行|一部で|前倒し|試験|仮運用|モデル|先駆け")
_PREPARED = re.compile(
    r"入札|契約|見積|調達(?:時|に当たり|に際し|方法|費)|共同購入|単価|検証|説明会|周知|理解"
)
_THINGS = re.compile(r"[一-龥々ァ-ヶーA-Za-z]{3,}")
_ELEMENTS = re.compile(r"[ァ-ヶー]{4,}|[A-Za-z]{3,}|[一-龥々]{4,}")
_SENTENCES = re.compile(r"[^。\n]+")
# 給食を開始する, 電子名簿の運用を始め: the last thing before the beginning, in a plan's words.
_BEGUN = lazy_compile(
    r"(?P<thing>[一-龥々ァ-ヶーA-Za-z]{2,})[」』]?(?:[をがの]|の(?:運用|提供|利用|業務|配布)を)$"
)
_BEGINNING = re.compile(
    r"(?:本格)?(?:実施|開始|導入|稼働|運用|施行|供用|開設|開館|開校|移行|適用|配布|配備|始め|始ま)"
)
_WORDS = lazy_compile(r"[一-龥々ァ-ヶーA-Za-z]{2,}")
# 給食の提供により、: the measure itself as what has brought the effect, not what prepares it.
_BY = (
    r"[」』]?(?:の(?:提供|実施|開始|導入|稼働|運用|利用|活用|供用|開設|施行|移行|配布|配備)(?:開始)?)?"
    r"(?:により|によって|によ[りる]|で、|の結果|を通じて)"
)
_CAUSE = re.compile(r"(?:により|によって|を通じて|の効果で|の結果|で)$")
# Behind the measure's name: it runs already.
_BEGAN = r"[」』]?(?:[をがの]|の(?:運用|提供|利用)を)(?:実施|開始|導入|稼働|始め)(?:し|され|まし|て)"
# What both sentences must name beyond doubt.
_NAMED = 4
_REACH = 90
_MOST = 50


@dataclass(frozen=True, slots=True)
class _Start:
    """When a measure begins, as it is written, and the words that name the measure."""

    field: str
    text: str
    later: bool
    start: int
    end: int
    words: str


def effect_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `effects`: an effect of the result that speaks of a measure with a start of its own."""
    if view.fiscal_year is None:
        return
    year_end = fiscal_year_bounds(view.fiscal_year)[1]
    for item in view.items:
        reached = _reached(item.result)
        if not reached or _ALREADY.search(item.result):
            continue
        for start in (*_starts(item, "result", item.result, year_end), *_later_in_plan(item, year_end)):
            speaks = _is_of if start.field == "result" else _is_by
            effect = next((match for match in reached if speaks(item.result, match, start)), None)
            if effect is not None:
                yield {
                    "report": view.number,
                    "item": item.item.index,
                    "measure": start.words[:_REACH],
                    "begins": start.text,
                    "later": start.later,
                    "effect": effect.group(),
                    "field": "result",
                    "start": effect.start(),
                    "end": effect.end(),
                    "begins_field": start.field,
                    "begins_start": start.start,
                    "begins_end": start.end,
                }
                break


def _reached(result: str) -> list[re.Match[str]]:
    if "た" not in result and "だ" not in result:
        return []
    return list(_REACHED.finditer(result))[:_MOST]


def _starts(item: ItemView, field: str, text: str, year_end: dt.date) -> Iterator[_Start]:
    """The days and fiscal years from which a text says that something is to run."""
    held: list[tuple[int, int, dt.date]] = [
        (date.start, date.end, date.first)
        for date in item.dates.get(field, ())
        if date.first is not None and date.month is not None
    ]
    held += [
        (year.start, year.end, fiscal_year_bounds(year.year)[0])
        for year in find_fiscal_years(text)
        if year.is_fiscal and 1 <= year.year <= 9998
    ]
    for start, end, first in sorted(held)[:_MOST]:
        match = _BEGINS.match(text, end, min(len(text), end + _REACH))
        if match is not None:
            clause = _SENTENCES.match(text, end, min(len(text), end + _REACH))
            yield _Start(
                field, text[start:end], first > year_end, start, end, clause.group() if clause else ""
            )


def _later_in_plan(item: ItemView, year_end: dt.date) -> Iterator[_Start]:
    """What the plan begins after the report's year, unless the result tells of a beginning within it."""
    held = [start for field, text in item.plan for start in _starts(item, field, text, year_end)]
    later = [start for start in held if start.later]
    if later and all(start.later for start in _starts(item, "result", item.result, year_end)):
        yield from (start for start in later if not _has_begun(item.result, start))


def _begun(start: _Start) -> re.Match[str] | None:
    """The thing that begins, in the plan's words."""
    verb = _BEGINNING.search(start.words)
    return _BEGUN.search(start.words, 0, verb.start()) if verb else None


def _has_begun(result: str, start: _Start) -> bool:
    begun = _begun(start)
    return begun is not None and re.search(re.escape(begun["thing"]) + _BEGAN, result) is not None


def _is_by(text: str, effect: re.Match[str], start: _Start) -> bool:
    """Whether the effect's sentence says that what the plan begins later has brought it."""
    begun = _begun(start)
    if begun is None:
        return False
    sentence = _sentence(text, effect)
    cause = re.search(re.escape(begun["thing"]) + _BY, sentence)
    if cause is None or _LATER.search(sentence) or _PREPARED.search(sentence):
        return False
    others = _WORDS.findall(start.words[: begun.start()])
    named = [begun["thing"], *(_common_start(word, sentence[: cause.start()]) for word in others)]
    return sum(map(len, named)) >= _NAMED


def _common_start(word: str, text: str) -> str:
    """As much of the word's beginning as the text holds: 中学校 of 中学校全校."""
    return next((word[:end] for end in range(len(word), 1, -1) if word[:end] in text), "")


def _is_of(text: str, effect: re.Match[str], start: _Start) -> bool:
    """Whether the effect's sentence names the measure, and says that the effect is there."""
    sentence = _sentence(text, effect)
    if (
        effect.start() < start.start
        or _LATER.search(sentence.replace(start.text, ""))
        or _PREPARED.search(sentence)
    ):
        return False
    if start.later and effect.start() < start.end + len(start.words):  # 平成30年度に開始する補助により、
        return _CAUSE.search(start.words.partition("、")[0]) is not None
    return any(thing in sentence[: -len(effect.group())] for thing in _things(start.words))


def _sentence(text: str, effect: re.Match[str]) -> str:
    """What the effect's sentence says up to it."""
    begin = max(text.rfind("。", 0, effect.start()), text.rfind("\n", 0, effect.start())) + 1
    return text[max(begin, effect.start() - 4 * _REACH) : effect.end()]


def _things(words: str) -> Iterator[str]:
    """The names in the measure's clause; a compound by its parts in katakana too."""
    for match in _THINGS.finditer(words):
        yield match.group()
        yield from _ELEMENTS.findall(match.group())
