"""Numbers and dates that stand in the same words in two places: `repeats`.

A number is compared only where its words name one thing beyond doubt: the sentence is the same from its
first word up to the number, and goes on alike. Two schools' works are told in one wording too, with other
dates: words that differ must not name places, and a passage must not begin in the middle of a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from jisseki_check.facts.named import Named, named_mentions
from jisseki_check.facts.resemblance import Block, Chain, Mention, Skeleton, densest
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.notation.counts import Count
from jisseki_check.notation.dates import DateMention
from jisseki_check.patterns import lazy_compile

Row = dict[str, Any]

# Equal characters before and behind, by what begins with the first of them.
_SENTENCE_LEFT, _ANY_LEFT, _LEAST_RIGHT = 14, 24, 3
_DATE_CONTEXT = 16
_NAME_LEFT = 7
_STORY = 40
# Behind a date: what it is the date of, and as much as must be told alike.
_THING = lazy_compile(r"[一-龥々ァ-ヶー]{2,}[」』]?[をがは]")
_TOLD_ALIKE = 8
_RUN = re.compile(r"[一-龥々ァ-ヶーA-Za-z]{2,}")
_RUN_SIGN = re.compile(r"[一-龥々ァ-ヶーA-Za-z]")
# What an official may change in a sentence without speaking of another thing.
_REWORDED = re.compile(
    r"(?:実施|開催|開始|対象|円滑|導入|運用|活用|整備|設置|作成|策定|推進|促進|向上|充実|強化|取組|行|図|進|努)+"
)
_RANGE = re.compile(r"\s*(?:から|～|~|〜|－|より)\s*")
# How far back the words before a mention are read.
_REACH = 120

_SENTENCE_END = "。！？"
_BOUNDARY = "。！？、，,：:（）()【】◆・-＜＞<>"
_NAMED = lazy_compile(r"[一-龥々ァ-ヶーA-Za-z]{7,}")
# Words behind which the same thing has another number, rightly.
_OTHER_TIME = re.compile(
    r"前年|昨年|前回|目標|計画で|予定|当初|見込|うち|累計|[0-9元]年度|第[0-9一二三四五六七八九十]"
)
_PLACE = re.compile(
    r"[0-9一二三四五六七八九十東西南北]|校|園|館|地区|地域|公園|センター|線|橋|丁目|町|村|区|駅|川|会場|支所|工区|店|団地"
)
_SENTENCE_ENDS, _CLAUSE_SPLIT = re.compile(f"[{_SENTENCE_END}]"), re.compile("[。、]")
# 審議会を8回: a thing that opens its sentence, and its number.
_OPENING = re.compile(
    r"(?:^|(?<=[。\n]))\s*(?:また、|さらに、|なお、|併せて、)?「?(?P<thing>(?:[ぁ-ん]{2,6}(?=[一-龥]))?[一-龥々ァ-ヶーA-Za-z]{6,40})」?[をはがも]\s*$"
)


@dataclass(frozen=True, slots=True)
class _Met:
    """A mention and its counterpart, each with its item; `words` is what stands before both, `thing` the
    name of what both belong to."""

    item: ItemView
    here: Mention
    other: ItemView
    there: Mention
    words: str = ""
    thing: str | None = None


def repeat_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `repeats`."""
    seen: set[tuple[int, int, int, int]] = set()
    differs: set[tuple[int, int]] = set()
    for met in (*_in_passages(view), *_of_one_name(view), *_of_named(view)):
        key = (met.item.item.index, met.here.start, met.other.item.index, met.there.start)
        if key in seen:
            continue
        seen.add(key)
        if not _agree(met.here, met.there):
            # One number is wrong once, against however many others; so is a range, at both its ends.
            if key[:2] in differs:
                continue
            differs |= {key[:2], (key[0], _range_end(met.item.result, met.here))}
        yield _row(view, met)


def _range_end(result: str, mention: Mention) -> int:
    """Where the other end of a range would stand."""
    match = _RANGE.match(result, mention.end)
    return match.end() if match else mention.end


def _of_named(view: ReportView) -> Iterator[_Met]:
    """What belongs to one named thing in two items; the first is the one to meet."""
    first: dict[tuple[str, ...], Named] = {}
    for named in named_mentions(view):
        met = first.setdefault(named.key, named)
        if met.item is not named.item:
            yield _Met(named.item, named.mention, met.item, met.mention, thing=named.name)


def _in_passages(view: ReportView) -> Iterator[_Met]:
    for sharing in view.sharings:
        item, other = view.items[sharing.at], view.items[sharing.other]
        if not (item.skeleton.mentions and other.skeleton.mentions):
            continue
        places = sorted(item.skeleton.mentions)
        for chain in sharing.chains:
            dense = densest(chain)
            story = dense if _is_one_story(item.skeleton, other.skeleton, dense) else ()
            for block in chain:
                held = places[bisect_left(places, block.at) : bisect_left(places, block.end)]
                yield from _in_block(item, other, block, story, held)


def _in_block(
    item: ItemView, other: ItemView, block: Block, story: Chain, places: Sequence[int]
) -> Iterator[_Met]:
    """What both have of the mentions at these places, which are the block's."""
    here, there = item.skeleton, other.skeleton
    for place in places:
        step = place - block.at
        mention, counterpart = here.mentions[place], there.mentions.get(block.other_at + step)
        if counterpart is not None and _is_plain(here, there, block, step, mention, story):
            before = here.text[max(block.at, place - _REACH) : place]
            yield _Met(item, mention, other, counterpart, _CLAUSE_SPLIT.split(before)[-1])


def _is_plain(
    here: Skeleton, there: Skeleton, block: Block, step: int, mention: Mention, story: Chain
) -> bool:
    """Whether the words around both mentions are enough to say that they tell of one thing."""
    right = block.length - step - 1
    sentence = _equal_from(here, there, block, step, _SENTENCE_END, last=True)
    clause = _equal_from(here, there, block, step, _BOUNDARY)
    if isinstance(mention, DateMention):
        # A year alone may begin a plan's term, and a date in parentheses tells which paper is meant.
        if mention.month is None or here.text[block.at + step - 1 : block.at + step] == "(":
            return False
        opens = sentence is not None and right >= _LEAST_RIGHT and len(sentence) + right >= _DATE_CONTEXT
        if opens or (clause is not None and len(clause) + right >= _ANY_LEFT):
            behind = here.text[block.at + step + 1 : block.end]
            return len(sentence or clause or "") >= _DATE_CONTEXT or _THING.search(behind) is not None
        return _tells_of_one_thing(here, there, story, block.at + step)
    if right < _LEAST_RIGHT or _speaks_of_another_time(here, there, block, step):
        return False
    if sentence is not None and len(sentence) >= _NAME_LEFT:
        return len(sentence) >= _SENTENCE_LEFT or _NAMED.search(sentence) is not None
    return clause is not None and len(clause) >= _ANY_LEFT


def _equal_from(
    here: Skeleton, there: Skeleton, block: Block, step: int, signs: str, last: bool = False
) -> str | None:
    """The equal words before a mention, from behind one of `signs` in both texts; else None."""
    back = min(step, _REACH)
    words = here.text[block.at + step - back : block.at + step]
    starts = [at + 1 for at, sign in enumerate(words) if sign in signs]
    begin, other_begin = block.at + step - back, block.other_at + step - back
    if _follows(here.text, begin, signs) and _follows(there.text, other_begin, signs):
        starts.insert(0, 0)
    return words[starts[-1 if last else 0] :] if starts else None


def _speaks_of_another_time(here: Skeleton, there: Skeleton, block: Block, step: int) -> bool:
    return any(
        _OTHER_TIME.search(_SENTENCE_ENDS.split(text[max(0, at - _REACH) : at])[-1])
        for text, at in ((here.text, block.at + step), (there.text, block.other_at + step))
    )


def _follows(text: str, at: int, signs: str) -> bool:
    return at == 0 or text[at - 1] in signs


def _is_one_story(here: Skeleton, there: Skeleton, chain: Chain) -> bool:
    """Whether two passages tell the same throughout, and what differs names no places."""
    if sum(block.length for block in chain) < _STORY:
        return False
    first = chain[0]
    if not (_follows(here.text, first.at, _BOUNDARY) and _follows(there.text, first.other_at, _BOUNDARY)):
        return False
    gaps = (
        text
        for before, after in pairwise(chain)
        for text in (here.text[before.end : after.at], there.text[before.other_end : after.other_at])
    )
    return not any(_PLACE.search(gap) for gap in gaps)


def _tells_of_one_thing(here: Skeleton, there: Skeleton, story: Chain, at: int) -> bool:
    """Whether the sentence of a date is told alike in both texts, and names the same things."""
    begin = max(here.text.rfind(sign, 0, at) for sign in _SENTENCE_END) + 1
    ends = (here.text.find(sign, at) for sign in _SENTENCE_END)
    end = min((place for place in ends if place >= 0), default=len(here.text))
    told = sum(max(0, min(block.end, end) - max(block.at, at + 1)) for block in story)
    gaps = [
        (_words_in(here.text, before.end, after.at), _words_in(there.text, before.other_end, after.other_at))
        for before, after in pairwise(story)
        if before.end < end and after.at > begin
    ]
    return told >= _TOLD_ALIKE and not any(words and others and words != others for words, others in gaps)


def _words_in(text: str, start: int, end: int) -> set[str]:
    """The names in a gap; one that begins before it, or ends behind it, is taken whole."""
    while start < end and start and _RUN_SIGN.match(text[start]) and _RUN_SIGN.match(text[start - 1]):
        start -= 1
    while start < end < len(text) and _RUN_SIGN.match(text[end - 1]) and _RUN_SIGN.match(text[end]):
        end += 1
    return {word for word in _RUN.findall(text[start:end]) if not _REWORDED.fullmatch(word)}


def _of_one_name(view: ReportView) -> Iterator[_Met]:
    """Counts of a thing that opens its sentence, by its name and counter; the first is the one to meet."""
    first: dict[tuple[str, str], tuple[ItemView, Count]] = {}
    for item in view.items:
        for count in item.counts.get("result", ()):
            thing = _opening(item.result, count) if len(count.noun) >= _NAME_LEFT - 1 else None
            if thing is None:
                continue
            other, counterpart = first.setdefault((thing, count.counter), (item, count))
            if counterpart is not count:
                yield _Met(item, count, other, counterpart, thing)


def _opening(text: str, count: Count) -> str | None:
    """The thing counted, where its sentence begins with it and speaks of no other time."""
    match = _OPENING.search(text, max(0, count.start - 60), count.start)
    around = text[count.end : count.end + 12]
    return None if match is None or _OTHER_TIME.search(around) else match["thing"]


def _row(view: ReportView, met: _Met) -> Row:
    kind = "date" if isinstance(met.here, DateMention) else "figure"
    return {
        "report": view.number,
        "item": met.item.item.index,
        "kind": kind,
        "text": met.here.text,
        "words": met.words or None,
        "thing": met.thing,
        "same": _agree(met.here, met.there),
        "other_text": met.there.text,
        "other_item": met.other.item.index,
        "other_title": met.other.item.title,
        "same_item": met.item is met.other,
        "field": "result",
        "start": met.here.start,
        "end": met.here.end,
        "other_start": met.there.start,
        "other_end": met.there.end,
    }


def _agree(here: Mention, there: Mention) -> bool:
    if isinstance(here, DateMention) and isinstance(there, DateMention):
        # A date that cannot be is wrong by itself, whatever the other says.
        is_real = all(date.valid_day and date.valid_era for date in (here, there))
        return not is_real or all(map(_may_be_equal, _parts(here), _parts(there)))
    if isinstance(here, Count) and isinstance(there, Count):
        loose = here.approximate or there.approximate or here.bound or there.bound
        return here.value == there.value or bool(loose)
    return True


def _parts(date: DateMention) -> Iterable[object]:
    return date.year, date.month, date.day, None if date.day else date.part


def _may_be_equal(here: object, there: object) -> bool:
    """What one of two dates leaves out is no difference."""
    return here is None or there is None or here == there
