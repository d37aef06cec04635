"""What a plan names and its result does not take up, and the other way round: `promises`.

A thing that the plan names is unreported when hardly any of the words that set it apart stand in the
result, in that or in another usual wording. Many results are told in words of their own; how much of
a result echoes the plan says how far the missing words prove anything.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from jisseki_check.facts.clauses import Words, clauses, conjuncts, outside_parentheses
from jisseki_check.facts.spots import write_spots
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.model import Spot
from jisseki_check.notation.morphemes import LETTERS, Analysis, letters, one_of
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.wordlists import Wordlists, load

Row = dict[str, Any]
Plan = Mapping[str, Sequence[Words]]
"""The clauses of each field of a plan."""

_FOUND = 0.25  # of the words that set a thing apart: one that is reported has at least as many
_LEAST = 2  # words that must be missing: a single one proves little
_FREQUENT = 0.25  # of the report's items: a word that stands in as many sets nothing apart
_FEW_ITEMS = 8
_SHOWN = 4
_ECHOED = 2  # words that a sentence of the result shares with one thing of the plan
_TELLING = 3  # words without which a sentence of the result tells too little to be compared

_NOUNS = frozenset({"noun", "action", "name", "adverbial"})
_SAYING = letters(*_NOUNS, "counter", "verb")
_HEADS = letters("noun", "action", "name")
_VERB, _ACTION = LETTERS["verb"], LETTERS["action"]
_COUNTED = re.compile(one_of("number") + one_of("counter"))
_LONG_COUNTER = 3  # ポイント, グループ: nouns that count, too
_OF_DATES = frozenset({"年", "月", "日", "年度"})
_KANJI = re.compile("[一-龥々]+")
_NO_WORD = re.compile(r"[ぁ-ん]{1,3}|\W+|[0-9０-９,.]+|.", re.S)
_QUOTED = re.compile(r"[「『“]([^「」『』“”]+)[」』”]")
# A name that something is done with; 「…計画」に掲げる names only where it stands.
_OBJECT = re.compile(
    r"[「『“][^「」『』“”]+[」』”](?:[（(][^（()）]*[）)])?(?:を|の|は|が|へ|について|など|等)"
)
_NUMBER = re.compile(r"[0-9]+")
_MARKS = re.compile("[「」『』“”・]+")
_OPENING_QUOTES, _CLOSING_QUOTES = frozenset("「『“"), frozenset("」』”")
_INNER = str.maketrans("「」", "『』")
_ADVERBIAL_HEADS = frozenset({"共", "取り", "組む", "積極", "一層"})
_ENTRY = re.compile(r"[^\n]+")
_LONGEST_ENTRY = 40
_NO_ENTRY = re.compile(r"。|：|:|[0-9０-９元]\s*年|^\s*[<＜【※]|^\s*合?計")


@dataclass(frozen=True, slots=True)
class _Named:
    """A thing that the plan names, and its place; `is_nameless`: the result has no word of its name."""

    field: str
    start: int
    end: int
    is_unreported: bool
    is_nameless: bool


class _Told:
    """What a result tells: its words, in their usual other wordings too."""

    def __init__(self, text: str, analyses: Iterable[Analysis]) -> None:
        self.text = _plain(text)
        self.words: set[str] = set()
        for words in analyses:
            self.words.update(words.normals, words.surfaces)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(_NUMBER.findall(self.text))

    @cached_property
    def meanings(self) -> frozenset[int]:
        """The groups of synonyms that the words are in."""
        groups = load().meanings
        return frozenset(meaning for word in self.words & groups.keys() for meaning in groups[word])

    @cached_property
    def kanji(self) -> Set[str]:
        """The characters of the words that say what is spoken of."""
        lists = load()
        return {*"".join(word for word in self.words - lists.common if len(word) > 1)} - lists.faint

    def names(self, phrase: str) -> bool:
        """Whether the result holds a name in quotes, or a number, of the phrase."""
        names = _QUOTED.findall(phrase)
        return any(_plain(name) in self.text for name in names) or any(
            number in self.numbers for number in _NUMBER.findall(fold(phrase))
        )

    def has(self, word: str) -> bool:
        """Whether the word stands in the result, or another that may say the same."""
        return self.holds(word) or self._hints_at(word)

    def holds(self, word: str) -> bool:
        """Whether the word stands in the result, or a synonym."""
        if word in self.words or word in self.text:
            return True
        return any(meaning in self.meanings for meaning in load().meanings.get(word, ()))

    def _hints_at(self, word: str) -> bool:
        if _KANJI.fullmatch(word) is None or not load().faint.isdisjoint(word):
            return False
        return sum(char in self.kanji for char in word) * 2 >= len(word)


def _plain(text: str) -> str:
    """The text in half width, without blanks and marks."""
    return _MARKS.sub("", squeeze(fold(text)))


def promise_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `promises`: one an item that has a plan and a result."""
    frequent = _frequent_words(view)
    for item in view.items:
        if item.plan and item.result:
            yield {"report": view.number, "item": item.item.index, **_row(item, frequent)}


def _row(item: ItemView, frequent: frozenset[str]) -> Row:
    if item.title_words is None or any(name not in item.words for name, _ in item.texts):
        return {"analysed": None}
    plan = {field: list(clauses(item.words[field])) for field, _ in _plan(item)}
    named = list(_named(item, plan, frequent))
    missing = [each for each in named if each.is_unreported]
    additions, entries = _additions(item)
    texts = dict(item.plan)
    row: Row = {
        "analysed": True,
        "named": len(named),
        "unreported": len(missing),
        "nameless": sum(each.is_nameless for each in missing),
        "entries": entries,
        "unplanned": len(additions),
    }
    if missing:
        phrases = [texts[each.field][each.start : each.end] for each in missing]
        row |= {
            "echo": _echo(item, plan),
            "phrases": _quoted(phrases),
            "places": write_spots(
                Spot(item.item.index, each.field, each.start, each.end) for each in missing[1:]
            ),
            "plan_field": missing[0].field,
            "plan_start": missing[0].start,
            "plan_end": missing[0].end,
        }
    if additions:
        row |= {
            "additions": _quoted(item.result[start:end] for start, end in additions),
            "addition_start": additions[0][0],
            "addition_end": additions[0][1],
        }
    return row


def _quoted(phrases: Iterable[str]) -> str:
    held = [squeeze(phrase).translate(_INNER) for phrase in phrases]
    return "".join(f"「{phrase}」" for phrase in held[:_SHOWN]) + (
        f"ほか{len(held) - _SHOWN}件" if len(held) > _SHOWN else ""
    )


# --- words --------------------------------------------------------------------------------------


def _frequent_words(view: ReportView) -> frozenset[str]:
    """Words that stand in a good part of the report's items."""
    if len(view.items) < _FEW_ITEMS:
        return frozenset()
    counts: Counter[str] = Counter()
    for item in view.items:
        counts.update(set().union(*(words.normals for words in item.words.values())))
    least = max(_FEW_ITEMS // 2, _FREQUENT * len(view.items))
    return frozenset(word for word, count in counts.items() if count >= least)


@lru_cache(maxsize=50_000)
def _tells(lists: Wordlists, kind: str, normal: str, surface: str) -> bool:
    """Whether a word says what is spoken of: no grammar, no aim, nothing that stands everywhere."""
    is_noun = kind in _NOUNS or (kind == "counter" and len(surface) >= _LONG_COUNTER)
    is_deed = kind == "verb" and normal not in lists.light_verbs and _KANJI.search(surface) is not None
    if not is_noun and not is_deed:
        return False
    return not (normal in lists.common or normal in lists.aims or _NO_WORD.fullmatch(normal))


def _telling(words: Analysis, numbers: Iterable[int]) -> set[str]:
    """The normal forms of those of the words that say what is spoken of."""
    lists, shape, normals = load(), words.shape, words.normals
    return {
        normals[at]
        for at in numbers
        if shape[at] in _SAYING and _tells(lists, words.kinds[at], normals[at], words.surfaces[at])
    }


def _telling_of(words: Analysis | None) -> set[str]:
    return _telling(words, range(len(words))) if words is not None else set()


# --- the plan's promises ------------------------------------------------------------------------


def _named(item: ItemView, plan: Plan, frequent: frozenset[str]) -> Iterator[_Named]:
    """The things that the plan names and that can be looked for in the result."""
    told = _Told(item.result, [item.words["result"]])
    title = _telling_of(item.title_words)
    beside = frequent.union(item.title_words.normals if item.title_words else ())
    for field, text in _plan(item):
        is_aim = field == "goal" and bool(item.item.initiative)
        for clause in plan[field]:
            for part, head in _deeds(conjuncts(clause), text, is_aim=is_aim):
                start, end = part.span
                phrase = text[start:end]
                is_nameless = _lacks_name(part, told, phrase)
                is_unreported = is_nameless or _is_missing(part, head, beside, told)
                # Few things are missing, so that it is seldom asked how else they may be told.
                is_told = is_unreported and (told.names(phrase) or _is_the_item(part, title))
                yield _Named(field, start, end, is_unreported and not is_told, is_nameless and not is_told)


def _is_the_item(part: Words, title: Set[str]) -> bool:
    """Whether a thing is what the item is named for: then all of its result tells of it."""
    return len(title) >= _LEAST and title <= _telling(part.of, part.numbers)


def _lacks_name(part: Words, told: _Told, phrase: str) -> bool:
    """Whether the part has a name in quotes of which the result has no word."""
    if _OPENING_QUOTES.isdisjoint(phrase):
        return False
    names = (_telling(part.of, numbers) for numbers in _names(part))
    return any(len(words) >= _LEAST and not any(map(told.has, words)) for words in names)


def _names(part: Words) -> Iterator[list[int]]:
    """The numbers of the words of each name in quotes."""
    name: list[int] | None = None
    for at in part.numbers:
        surface = part.of.surfaces[at]
        if surface in _OPENING_QUOTES:
            name = []
        elif surface in _CLOSING_QUOTES and name is not None:
            yield name
            name = None
        elif name is not None:
            name.append(at)


def _is_missing(part: Words, head: int, beside: Set[str], told: _Told) -> bool:
    """Whether the result has nothing of the words that set a thing apart; what is done with it may be told
    in many words, and counts only where little else is said."""
    marks = _telling(part.of, outside_parentheses(part)) - beside
    objects = marks - {part.of.normals[head]}
    looked_for = objects if len(objects) >= _LEAST else marks
    if len(looked_for) < _LEAST:
        return False
    found = sum(map(told.has, looked_for))
    return len(looked_for) - found >= _LEAST and found < _FOUND * len(looked_for)


def _plan(item: ItemView) -> Iterator[tuple[str, str]]:
    """The fields of a plan; the title of an item that has other fields only names it."""
    for field, text in item.plan:
        if field != "title" or len(item.plan) == 1:
            yield field, text


def _deeds(parts: Sequence[Words], text: str, *, is_aim: bool) -> Iterator[tuple[Words, int]]:
    """What of a clause would be told again in words like these: what is done, or goes by a name; with the
    number of the word that says what is done.

    What stands under 目標 beside 取り組み is an aim, unless it is named; so is what only raises or secures.
    """
    heads = [_head(part) for part in parts]
    aims = load().aims
    for part, head in zip(parts, heads, strict=True):
        if head is None or part.of.normals[head] in aims:
            continue
        if part is parts[-1]:
            is_deed = part.of.shape[head] != _VERB or _does(head, part)
        else:  # a noun in the middle of a list is what is done only where the list is one of deeds
            is_deed = _does(head, part) and _does(heads[-1], parts[-1])
        start, end = part.span
        if (is_deed and not is_aim) or _OBJECT.search(text, start, end + 1):
            yield part, head


def _does(head: int | None, part: Words) -> bool:
    """Whether the word that ends a part is an action, or a verb with its object."""
    words = part.of
    if head is None or words.shape[head] != _VERB:
        return head is not None and words.shape[head] == _ACTION
    return any(words.surfaces[at] == "を" and words.kinds[at] == "particle" for at in part.numbers)


def _head(part: Words) -> int | None:
    """The number of the word that says what is done: the last noun or full verb."""
    words, light = part.of, load().light_verbs
    for at in reversed(outside_parentheses(part)):
        kind, normal = words.shape[at], words.normals[at]
        is_head = kind in _HEADS or (kind == _VERB and normal not in light)
        if is_head and normal not in _ADVERBIAL_HEADS:
            return at
    return None


# --- the result ---------------------------------------------------------------------------------


def _echo(item: ItemView, plan: Plan) -> float:
    """The share of the result's telling sentences that take up words of the title or of one clause."""
    things = [_telling_of(item.title_words)]
    for field, _ in item.plan:
        held = plan[field] if field in plan else clauses(item.words[field])
        things += [_said(clause.of, clause.first, clause.end) for clause in held]
    result = item.words["result"]
    sentences = (_said(result, *span) for span in _sentences(result))
    told = [words for words in sentences if len(words) >= _TELLING]
    echoed = sum(any(len(words & thing) >= _ECHOED for thing in things) for words in told)
    return echoed / len(told) if told else 0.0


def _said(words: Analysis, first: int, end: int) -> set[str]:
    """The telling words, and the numbers with what they count."""
    counted = {
        "".join(words.surfaces[slice(*match.span())])
        for match in _COUNTED.finditer(words.shape, first, end)
        if words.surfaces[match.end() - 1] not in _OF_DATES
    }
    return _telling(words, range(first, end)) | counted


def _sentences(words: Analysis) -> Iterator[tuple[int, int]]:
    """The numbers of each sentence's first word and of the one behind its last."""
    begin = 0
    for at, surface in enumerate(words.surfaces):
        if surface == "。" or "\n" in surface:
            yield begin, at
            begin = at + 1
    yield begin, len(words)


def _additions(item: ItemView) -> tuple[list[tuple[int, int]], int]:
    """The listed entries of a result that the plan does not name, though it names others of them; and how
    many entries there are."""
    entries = [
        match.span()
        for match in _ENTRY.finditer(item.result)
        if len(match.group()) <= _LONGEST_ENTRY and not _NO_ENTRY.search(match.group())
    ]
    if len(entries) < _LEAST:
        return [], 0
    result = item.words["result"]
    held = [_telling(result, numbers) for numbers in _by_span(result, entries)]
    shared = Counter(word for entry in held for word in entry)
    plan = _Told(item.plan_text, [item.words[field] for field, _ in item.plan])
    own = [{word for word in entry if shared[word] == 1} for entry in held]
    named = [any(map(plan.holds, words)) for words in own]
    unplanned = [
        span for span, words, is_named in zip(entries, own, named, strict=True) if words and not is_named
    ]
    # A plan that names the fewer of them does not list them at all.
    return (unplanned if sum(named) > len(unplanned) else []), len(entries)


def _by_span(words: Analysis, spans: Sequence[tuple[int, int]]) -> list[range]:
    """The numbers of the words that begin in each of the spans."""
    return [range(*(bisect_left(words.bounds, place, 0, len(words)) for place in span)) for span in spans]
