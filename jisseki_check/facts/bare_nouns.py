"""Nouns that stand right before a verb, without the particle that belongs between them."""

from __future__ import annotations

import re

from jisseki_check.facts.prose import Passage
from jisseki_check.facts.slips import NOUNS, Slip, Verbs, Words
from jisseki_check.notation.morphemes import Analysis, Morpheme
from jisseki_check.patterns import lazy_compile

_KANJI = re.compile("[一-鿿]")
_LONG_ENOUGH = lazy_compile("[一-鿿ァ-ヺー]{2}")
_FINAL = "うくぐすつぬぶむる"
_WHEN = frozenset(
    {"年度", "期", "期間", "後", "前", "中", "間", "上", "下", "際", "時", "次", "内", "外", "分", "毎"}
)
_COUNTED = frozenset({"number", "counter", "prefix"})
_AUXILIARIES = frozenset({"た", "ます", "ない", "ぬ", "ず", "れる", "られる", "せる", "させる", "たい"})
_BEHIND_STEM = frozenset({"て", "つつ", "ながら", "ば", "たり"})
_MODIFIED = NOUNS | {"counter", "adverbial", "name", "pronoun", "prefix", "particle", "adjectival"}
_ONLY_BEFORE_TE = frozenset({"つい", "おい", "わたっ"})
_REACH = 300  # characters or words looked at on one side
_POINTS_BACK = frozenset({"結果", "内容", "うえ", "上"})


def find_bare_noun(words: Words, verbs: Verbs) -> Slip | None:
    """観点踏まえ, 整備進め, 不安抱える, 指導当たって. The word is a verb, the one before it a noun."""
    noun, verb = words.surface(-1), words.normal(0)
    if words.kind(-1) == "adverbial" and not (noun == "結果" and words.kind(-2) in NOUNS):
        return None
    if noun in _WHEN or noun in verbs["stands_alone"] or words.surface(-2) == "を":
        return None
    of_action = words.kind(-1) == "action" and verb in verbs["after_action"]
    if verb in verbs["after_noun"] or (of_action and not _is_headline(words.passage, words(-1))):
        return words.slip(-1, 0, f"{noun}を{words.surface(0)}")
    return _governed(words, verbs)


def _governed(words: Words, verbs: Verbs) -> Slip | None:
    """Where nothing but a predicate can be meant, not a compound (借上げ) or a note ((支援員含む))."""
    verb = words.surface(0)
    last = 1 if words.kind(1) == "verb" else 0
    name = f"{verb}{words.normal(1)}" if last else words.normal(0)
    if name in verbs["governs_o"] and _KANJI.match(verb):
        particle, stems = "を", verbs["governs_o_by_stem"]
    elif name in verbs["governs_ni"] or verb in _ONLY_BEFORE_TE:
        particle, stems = "に", verbs["governs_ni_by_stem"]
    else:
        return None
    if not _is_predicate(words, last, name in stems) or not _can_be_governed(words, particle):
        return None
    last += words.surface(last + 1) == "て"
    written = words.passage.text[words(0).start : words(last).end]
    return words.slip(-1, last, f"{words.surface(-1)}{particle}{written}")


def _is_predicate(words: Words, last: int, by_stem: bool) -> bool:
    """Whether the verb has a form that only verbs have; `by_stem`: its stem makes no compound nouns."""
    verb, behind = words(last), words(last + 1)
    if behind.kind == "auxiliary":
        return behind.normal in _AUXILIARIES
    if behind.surface in _BEHIND_STEM or (behind.surface == "で" and verb.surface[-1] == "ん"):
        return True
    if behind.surface in {"、", "，"}:
        return by_stem
    return verb.surface[-1] in _FINAL and (behind.surface == "。" or behind.kind in _MODIFIED)


def _can_be_governed(words: Words, particle: str) -> bool:
    noun = words(-1)
    if words.kind(-2) in _COUNTED:
        return False
    if particle == "に" and not _LONG_ENOUGH.search(words.surface(-2)[-1:] + noun.surface):
        return False
    passage, number = words.passage, words.number
    return not (
        _is_headline(passage, noun) or passage.is_title(number) or _has_object(passage.words, number - 1)
    )


def _is_headline(passage: Passage, noun: Morpheme) -> bool:
    """Whether it stands in a line without a full stop, or in parentheses: there, particles are left out."""
    before = passage.text[max(0, noun.start - _REACH) : noun.start]
    before = before[max(before.rfind("\n"), before.rfind("。")) + 1 :]
    behind, *_ = passage.text[noun.end : noun.end + _REACH].split("\n", 1)
    opened = sum(map(before.count, "（(")) > sum(map(before.count, "）)"))
    return opened or ("。" not in behind and len(behind) < _REACH)


def _has_object(words: Analysis, number: int) -> bool:
    """Whether the clause has an object whose verb has not come yet."""
    for at in reversed(range(max(0, number - _REACH), number)):
        if words.kinds[at] in {"verb", "sign", "auxiliary"}:
            return False
        if words.surfaces[at] == "を":
            return True
    return False


def find_bare_stem(words: Words, verbs: Verbs) -> Slip | None:
    """健全性調べ、その結果を: a comma stands behind the stem of a verb, which was taken for a noun."""
    if words.surface(-1) not in verbs["stems"] or words.surface(0) != "、":
        return None
    stem = Words(words.passage, words.number - 1)
    noun = stem(-1)
    told = noun.surface == "性" or (words.surface(1) == "その" and words.surface(2) in _POINTS_BACK)
    if noun.kind not in NOUNS or noun.surface in verbs["stands_alone"] or not told:
        return None
    if not _can_be_governed(stem, "を"):
        return None
    return stem.slip(-1, 0, f"{noun.surface}を{stem.surface(0)}")
