"""Counted things: 8回, 562名, 109の団体, 4拠点, 99.2％, 約3万人, 300人以上.

Not counted things: ordinals (第2回, 3件目, 1階, 24条), dates and lengths of time, rates (1台当たり), and two
numbers in one (十二、三箇所, 2～3回).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from jisseki_check.notation.counters import COUNTERS, SPELLINGS
from jisseki_check.notation.numerals import Number, compound_number, plain_number, small_int
from jisseki_check.notation.width import fold

_B = r"[ \t]{0,4}"
_ABOUT_AFTER = r"余り|あまり|余|程度|強(?![化制く])|弱(?![者い体])|ほど|前後|近く"
_BY_LETTER: dict[str, list[str]] = {}
for _counter in sorted(COUNTERS, key=len, reverse=True):
    _BY_LETTER.setdefault(_counter[0], []).append(_counter)
_ARABIC = re.compile(
    rf"(?P<number>[0-9](?<![0-9].)(?<![0-9][.,].)(?<![万億千百].)[0-9,.]*+(?:{_B}[万億千百](?:[0-9][0-9,.]*+)?)*+)"
    rf"{_B}(?:の{_B})?(?=[{''.join(_BY_LETTER)}])"
)
_BEHIND = re.compile(
    rf"(?!目|{_B}(?:当たり|当り|あたり|につき|ごと|毎))"
    rf"(?:{_B}(?P<about>{_ABOUT_AFTER}))?(?:{_B}(?P<bound>以上|以下|未満|以内|超))?"
)
_KANJI_NUMBER = "〇零一二三四五六七八九十百千万"
_KANJI = re.compile(
    rf"(?P<number>[{_KANJI_NUMBER}](?:(?<![0-9〇一-鿿々・].)|(?<=[年月週].))[{_KANJI_NUMBER}]*+(?:・[〇一二三四五六七八九]++)?)"
    rf"(?P<counter>回|件|名|箇所|か所|カ所|拠点|種類|団体|施設|世帯|校|台|%|パーセント|ポイント|(?<=[百千])人)"
    rf"(?!(?![行開実])[一-鿿々目])(?P<about>{_ABOUT_AFTER})?(?P<bound>以上|以下|未満|以内|超)?"
)
_ANY_DIGIT = re.compile(f"[0-9０-９{_KANJI_NUMBER}]")
# Directly before a number: what makes of it an ordinal, a fraction, a range or a guess. 数 behind a word
# ends that word (参加者数300人), and else means several (数10人, 約数10人).
_NOT_A_COUNT = re.compile(
    rf"(?:第{_B}|No\.?|№|[0-9{_KANJI_NUMBER}][・、/~～〜\-－―]|[0-9][~～〜]{_B}"
    r"|(?:(?<![一-鿿々ァ-ヴー])|(?<=[約内外他]))数|何)$"
)
_ABOUT_BEFORE = re.compile(r"(?:(?<![契条規公予特制])約|およそ|おおよそ|おおむね|概ね|ほぼ)[ \t]{0,4}$")
_REACH = 60  # characters before a number in which its noun is looked for
# Most numbers stand behind a particle or a comma, where neither need be tried: with what these two end.
_ENDS_NO_COUNT = frozenset("第o.№・、/~～〜-－―数何 \t\n")
_ENDS_ABOUT = frozenset("約そねぼ \t\n")
_SIGNS = frozenset("△▲−")
# Words between a thing and its number that say how often, where, or that all is counted.
_ASIDE = [
    "毎年度", "毎年", "毎月", "毎週", "毎日", "年間", "月間", "週間", "年度内", "期間中", "今年度", "本年度",
    "同年度", "合計", "総計", "累計", "通算", "延べ", "のべ", "合わせて", "併せて", "平均", "少なくとも",
    "最低", "最大", "最低限", "新たに", "新たな", "さらに", "更に", "全て", "すべて", "全ての", "すべての",
    "各",
]  # fmt: skip
_BY_LENGTH = sorted(_ASIDE, key=len, reverse=True)
# Read backwards from the number, so that nothing is tried twice: those words, a particle, and the thing.
_NOUN_BACKWARDS = re.compile(
    rf"{_B}(?:[、でに]?{_B}(?:{'|'.join(word[::-1] for word in _BY_LENGTH)}"
    r"|内(?:[管庁]|域[圏地]|区地|[市町村区県府](?:[一-鿿々]{0,4}(?=[をのはがもで、。\s]))?)"
    rf"|計(?![設統会家集推])|全(?![安健])|[年月週](?![0-9一-鿿々])){_B})*+"
    rf"(?:てしと|はていつに|ていつに|し対に|、?を|[のはがも])?{_B}"
    r"(?:」(?P<quoted>[^「」]{1,40})「|(?P<word>[一-鿿々ァ-ヴー・]{1,40}))"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its counter.

    `value` is a Decimal where a decimal fraction is written. `counter` is the counter with its spellings
    folded (箇所, カ所 → か所; ％, パーセント → %). `noun` is the word directly before, if any. `bound`:
    以上, 以下, 超, 未満, 以内. The span runs from the number (or its 約) to the counter and its bound.
    """

    start: int
    end: int
    text: str
    value: Number
    counter: str
    noun: str
    approximate: bool
    bound: str | None

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def find_counts(text: str) -> list[Count]:
    """All counted things in `text`, in order."""
    if _ANY_DIGIT.search(text) is None:
        return []
    folded = fold(text)
    found = [count for written in _arabic(folded) if (count := _count(text, folded, written))]
    taken = {count.end for count in found}
    for match in _KANJI.finditer(folded):
        if match.end() not in taken:
            told = match["about"] is not None, match["bound"]
            written = _Written(*match.span(), match["number"], match["counter"], *told)
            if count := _count(text, folded, written):
                found.append(count)
    return found if len(found) == len(taken) else sorted(found, key=lambda count: count.start)


class _Written(NamedTuple):
    """A number and its counter as they are written; `about`: whether 約 or the like stands behind them."""

    start: int
    end: int
    number: str
    counter: str
    about: bool
    bound: str | None


def _arabic(folded: str) -> Iterator[_Written]:
    at = 0
    while number := _ARABIC.search(folded, at):
        at = number.end()
        if counted := _counted(folded, at):
            counter, behind = counted
            at = behind.end()
            told = behind["about"] is not None, behind["bound"]
            yield _Written(number.start(), at, number["number"], counter, *told)


def _counted(folded: str, at: int) -> tuple[str, re.Match[str]] | None:
    """The longest counter that stands there and is no beginning of another word, and what is behind it."""
    # Looked up: as a pattern, hundreds of them take 10 ms to compile.
    for counter in _BY_LETTER.get(folded[at : at + 1], ()):
        end = at + len(counter)
        if not folded.startswith(counter, at) or folded.startswith(COUNTERS[counter], end):
            continue
        if behind := _BEHIND.match(folded, end):
            return counter, behind
    return None


def _count(text: str, folded: str, written: _Written) -> Count | None:
    start, end = written.start, written.end
    last = folded[start - 1 : start]
    if last in _ENDS_NO_COUNT and _NOT_A_COUNT.search(folded, max(0, start - 6), start):
        return None
    value = _value(written.number)
    if value is None:
        return None
    if last in _SIGNS:
        value, start = -value, start - 1
        last = folded[start - 1 : start]
    before = _ABOUT_BEFORE.search(folded, max(0, start - 9), start) if last in _ENDS_ABOUT else None
    if before is not None:
        start = before.start()
    return Count(
        start,
        end,
        text[start:end],
        value,
        SPELLINGS.get(written.counter, written.counter),
        _noun(folded, start),
        before is not None or written.about,
        written.bound,
    )


def _value(number: str) -> Number | None:
    compact = number.replace(" ", "").replace("\t", "")
    if compact[0].isdecimal():
        plain = plain_number(compact)
        return compound_number(compact) if plain is None else plain
    if "・" in compact:
        whole, _, fraction = compact.partition("・")
        digits = [small_int(part) for part in (whole, *fraction)]
        return None if None in digits else plain_number(f"{digits[0]}.{''.join(map(str, digits[1:]))}")
    return small_int(compact)


def _noun(folded: str, number_at: int) -> str:
    """The word before the number; not the counter of another number, nor 計, 延べ and 年間."""
    at = max(0, number_at - _REACH)
    before = _NOUN_BACKWARDS.match(folded[at:number_at][::-1])
    if before is None:
        return ""
    if before["quoted"] is not None:
        return before["quoted"][::-1]
    first = number_at - before.end()
    if first and folded[first - 1].isdecimal():
        return ""
    return before["word"][::-1].strip("・")
