"""How a text of the results differs from the plan's that was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from jisseki_check.facts.across.parting import Part, parted
from jisseki_check.facts.across.texts import plain, spelled
from jisseki_check.notation.counts import find_counts
from jisseki_check.notation.dates import find_dates

_LONGEST = 3_000  # characters of a text whose characters are held against one another
_END = re.compile(r"[。\n]")
_NOTE = re.compile(r"（[^（）]*）|\([^()]*\)")
_KANJI = re.compile("[一-鿿々]")
_READING = re.compile("[ぁ-ゖー]{1,3}")
_HIRAGANA = re.compile(r"[ぁ-ゖー]{0,2}")
_ENDING = 4  # characters of a sentence's end, which says what is promised
_MOST_RESPELLED = 6  # places of one text
# What changes the meaning, however short.
_TELLING = re.compile(r"の?み|だけ|な[いくし]|ず|ぬ|まで|から|より|ほか|しか|さえ|[かも]|べ")
_KANA = {
    "及び": "および", "並びに": "ならびに", "又は": "または", "若しくは": "もしくは", "更に": "さらに",
    "共に": "ともに", "全て": "すべて", "様々": "さまざま", "出来": "でき", "頂": "いただ", "致": "いた",
    "下さ": "くださ", "子供": "こども", "子ども": "こども", "為": "ため", "等": "など", "毎": "ごと",
    "取りまと": "とりまと", "一つ": "1つ", "二つ": "2つ", "三つ": "3つ", "髙": "高", "﨑": "崎",
    "従って": "したがって", "且つ": "かつ", "但し": "ただし", "尚": "なお", "予め": "あらかじめ",
}  # fmt: skip
_SPELLINGS_OF = {
    kana: {kana, *(each for each, other in _KANA.items() if other == kana)} for kana in _KANA.values()
}
_IN_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_IN_KANJI = re.compile("|".join(sorted(_KANA, key=len, reverse=True)))
# An added sentence with one of these takes back what the plan promised, or puts a condition to it.
_RESTRICTING = re.compile(
    r"ただし|但し|もっとも|除く|除き|除いた|限る|限り|限って|のみ|に留め|にとどめ|場合は|延期|見送|中止|休止|取りやめ"
    r"|翌年度|次年度|来年度|変更|見直|縮小|廃止|未実施|行わない|しない|残り|残る|先送り|試行|モデル[校園地事]|のうち"
    r"|一部[をはのに]"
)
# What a sentence only explains: how things are, and not what will be done.
_EXPLAINING = re.compile(
    r"^[※*注]|(?:[てで]い|[てで]おり|あり|なり|でき|とい|といい|とし|指し|含み|より|基づき|られ|され|要し)ます$"
)
_WILL_DO = re.compile(r"(?:ます|[うくぐすつぬぶむる]|予定です?)$")
_OF_SOMETHING = re.compile(r"\s*(?:[でのにかまとがはも程]|から|[(（、。]|$)")


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands where the texts part, on both sides, and of what kind the difference is."""

    told: Part
    planned: Part
    respelled: bool
    only_added: bool


def difference(told: str, planned: str) -> Difference:
    """How two texts differ that are not the same to `plain`."""
    here, there = parted(told, planned)
    return Difference(here, there, is_respelled(told, planned), only_adds(told, planned))


# --- what kind ------------------------------------------------------------------------------------


def is_respelled(told: str, planned: str) -> bool:
    """Whether only okurigana, a particle, or a word that may be written in kana has another spelling, while
    every sentence ends as it did."""
    sentences, others = list(_sentences(told)), list(_sentences(planned))
    if len(sentences) != len(others) or max(len(told), len(planned)) > _LONGEST:
        return False
    pairs = [_in_kana(a, b) for a, b in zip(sentences, others, strict=True)]
    changed = [(a, b) for a, b in pairs if a != b]
    return len(changed) <= _MOST_RESPELLED and all(_same_but_for_kana(a, b) for a, b in changed)


def _in_kana(one: str, other: str) -> tuple[str, str]:
    """Two sentences, with those words in kana of which they have different spellings."""
    one, other = (spelled(each).translate(_IN_HIRAGANA) for each in (one, other))
    return _agreeing(one, other), _agreeing(other, one)


def _agreeing(sentence: str, other: str) -> str:
    def written(match: re.Match[str]) -> str:
        kana = _KANA[match[0]]
        is_there = any(each in other for each in _SPELLINGS_OF[kana] if each != match[0])
        return kana if is_there else match[0]

    return _IN_KANJI.sub(written, sentence)


def _same_but_for_kana(one: str, other: str) -> bool:
    if one[-_ENDING:] != other[-_ENDING:]:
        return False
    edits = [
        (one[a:b], other[c:d])
        for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    return len(edits) <= _MOST_RESPELLED and all(_is_kana(*texts) for texts in edits)


def _is_kana(one: str, other: str) -> bool:
    """Whether two stretches differ in their kana only, or one has in kana what the other has as a kanji."""
    if _TELLING.search(one) or _TELLING.search(other):
        return False
    if _HIRAGANA.fullmatch(one) and _HIRAGANA.fullmatch(other):
        return True
    kanji, kana = (one, other) if len(one) <= len(other) else (other, one)
    return _KANJI.fullmatch(kanji) is not None and _READING.fullmatch(kana) is not None


def only_adds(told: str, planned: str) -> bool:
    """Whether every sentence of the plan stands there in its order, and what was added is neither a number to
    be reached nor something that takes back what was promised. An explanation in parentheses is an addition
    too."""
    wanted = list(_sentences(planned))
    kept = spelled(planned)
    notes = [match[0] for match in _NOTE.finditer(told) if spelled(match[0]) not in kept]
    for note in notes:
        told = told.replace(note, "", 1)
    added = [note[1:-1] for note in notes]
    promised = False
    for sentence in _END.split(told):
        if wanted and spelled(sentence) == wanted[0]:
            wanted.pop(0)
        elif plain(sentence):
            added.append(sentence)
            promised = promised or _promises_more(sentence.strip())
    return not (wanted or promised) and not any(map(_changes_the_promise, added))


def _changes_the_promise(sentence: str) -> bool:
    return _RESTRICTING.search(sentence) is not None or any(
        count.bound is not None for count in find_counts(sentence)
    )


def _promises_more(sentence: str) -> bool:
    """Whether an added sentence tells of something to be done by a day, or in a number."""
    if _WILL_DO.search(sentence) is None or _EXPLAINING.search(sentence):
        return False
    if any(date.month is not None for date in find_dates(sentence)):
        return True
    return any(not _OF_SOMETHING.match(sentence, count.end) for count in find_counts(sentence))


def _sentences(text: str) -> Iterator[str]:
    return filter(None, map(spelled, _END.split(text)))
