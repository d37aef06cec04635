"""Traces of drafting in a text: signs and words that hold a place, and notes among those who wrote it.

Words that differ from city to city are the profile's lists: `placeholders` (a line or a bracket of
their own), `instructions` (how to fill the form in), `editor_notes` (in any bracket, or behind a mark)
and `editor_words` (only in 【】 or behind a mark). A list that a profile does not have is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from jisseki_check.notation.width import fold

Span = tuple[int, int]
Words = Mapping[str, tuple[str, ...]]

_LISTS = ("placeholders", "instructions", "editor_notes", "editor_words")
_NO_WORD = "(?!)"

# --- placeholders -------------------------------------------------------------------------------

_HOLDING = "○〇◯●△▲□×"
_MARKS = _HOLDING + "◎■◇◆☆★"
_KANJI_DIGITS = "一二三四五六七八九十百千万億"
# Two or more of a sign: 「○○小学校」, 「○○△△協会」. Beside another mark they are marks themselves.
_RUN = re.compile(
    rf"(?<![{_MARKS}])(?:" + "|".join(f"{sign}{{2,}}+" for sign in _HOLDING) + rf")++(?![{_MARKS}])"
)
_LETTER = re.compile(r"[^\W\d_]")
_BESIDE = frozenset("「」『』()、。・:/")
_UNIT = "(?:人|件|回|名|円|%|か所|箇所|団体|社|校|台|世帯|時間)"
_MONEY = "(?:[千万億]円|百万円)"
_ONE = "[○〇◯●△▲□]{1,4}"
# One sign is enough where only a number can stand.
_FOR_NUMBER = re.compile(
    rf"(?:平成|令和|昭和) *+(?:{_ONE}|[Xx×*?]{{1,4}}) *+年度?"
    rf"|第 *+{_ONE} *+[回期章条号次位週]"
    rf"|年 *+{_ONE} *+月(?: *+{_ONE} *+日)?"
    rf"|(?<![{_KANJI_DIGITS}])(?<!^){_ONE} *+月 *+{_ONE} *+日"
    rf"|(?<=[0-9]月){_ONE}日"
    rf"|(?:約|計|延べ) *+{_ONE} *+(?:{_MONEY}|{_UNIT})|(?<=[算額:]) *+{_ONE} *+{_MONEY}"
)
_LATIN = re.compile(
    r"(?<![A-Za-z0-9_\-－‐–/.#ァ-ヺー第])(?<![A-Za-z0-9ァ-ヺー] )(?:X{2,}+|x{2,}+)"
    r"(?=[一-龠々ぁ-ん」]| ?(?:年|月|日|人|件|回|円|千円|%))"
)
# The blank where a number belongs: 「平成　年　月　日」.
_BLANK = re.compile(
    r"(?:平成|令和|昭和) ++年(?:度|(?: ++月)?(?: ++日)?)(?![間表号])|年 ++月 ++日(?!曜)"
    r"|月(?<=[0-9]月) ++日(?=[にまかよ(。、\n]|\Z)"
)

# A value that a spreadsheet could not work out, as it shows it and as it is copied from there.
_ERROR_VALUE = re.compile(
    r"(?<![A-Za-z0-9「])#(?:REF|DIV/0|VALUE|NAME|NUM|NULL|N/A|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|EXTERNAL|PYTHON)"
    r"(?:(?<=/A)|[!?])(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9「])#GETTING_DATA(?![A-Za-z0-9])"
)

# --- notes --------------------------------------------------------------------------------------

_OPEN, _CLOSE = r"(\[【〔<《", r")\]】〕>》"
_ENDS = rf"(?= *+(?:[\n。!:{_CLOSE}]|\Z))"
_LINE_ENDS = rf"(?=[{_CLOSE}]? *+(?:[\n。!]|\Z))"
_GENERAL = (
    # 「ここまで」 on a line of its own
    r"(?:^|(?<=\n))[ \t]*+[\-=―ー─*#※★→↓↑▲▼(<【\[]{0,20}+ *+ここ(?:まで|から)"
    r"(?:修正|追記|確認|加筆|差替え|差し替え|済み?){0,3}+ *+[\-=―ー─*…)>】\]↑↓▲▼]{0,20}+ *+(?=\n|\Z)",
    r"[?]{2,}+(?![」』])",
    r"(?:(?<=[\n(【\[※★])|^) *+(?:メモ|備忘|TODO|FIXME) *+:",
)
_QUOTED = 60
_DRAFT = "(?:案|素案|下書き|未定稿|たたき台)"
_TITLE_NOTE = re.compile(rf"[(\[【〔]{_DRAFT}[)\]】〕](?=\s*(?:\n|\Z))|(?<=[:\s]){_DRAFT}(?=\s|\Z)")

# A class, or literals only: then the search skips from one such first character to the next.
_SUSPECT = re.compile(r"[○〇◯●△▲□×XxＸｘ※★☆→⇒←⇐?？【#＃]")
_SUSPECT_BLANK = re.compile(r"平成\s+年|令和\s+年|昭和\s+年|年\s+月|月\s+日")
_SUSPECT_WORDS = ("ここまで", "ここから", "メモ", "備忘", "TODO", "FIXME")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


class _Patterns:
    """What the lists of one profile look for."""

    def __init__(self, lists: tuple[tuple[str, ...], ...]) -> None:
        placeholders, instructions, notes, words = lists
        self.suspect = re.compile(
            "|".join(
                re.escape(spelling)
                for word in (*placeholders, *instructions, *notes, *_SUSPECT_WORDS)
                for spelling in (fold(word), fold(word).translate(_WIDE))
            )
        )
        note, word = _alternation(notes), _alternation([*notes, *words])
        self.notes = re.compile(
            "|".join(
                [
                    rf"[※★☆] *+(?:{word}){_ENDS}",
                    rf"【 *+(?:{word}) *+】",
                    rf"[{_OPEN}] *+[※★]?(?:{note})(?: *+[:、,][^\n{_CLOSE}]{{0,40}})? *+[{_CLOSE}]",
                    rf"(?:(?<=[\n。{_OPEN}])|^) *+[→⇒] *+(?:{word}){_LINE_ENDS}",
                    rf"[←⇐][^\n←⇐。]{{0,30}}?(?:{word}|[?]|ください|下さい){_LINE_ENDS}",
                    *_GENERAL,
                ]
            )
        )
        self.placeholders = re.compile(
            rf"(?:(?<=[\n:。{_OPEN}])|^) *+(?P<alone>{_alternation(placeholders)}) *+{_LINE_ENDS}"
            rf"|(?P<told>{_alternation(instructions)}){_LINE_ENDS}"
        )


def _alternation(words: Iterable[str]) -> str:
    """The longest first, in half width as the texts that they are looked for in."""
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, folded)) or _NO_WORD


@lru_cache(maxsize=8)
def _compiled(lists: tuple[tuple[str, ...], ...]) -> _Patterns:
    return _Patterns(lists)


def _patterns(words: Words) -> _Patterns:
    return _compiled(tuple(words.get(name, ()) for name in _LISTS))


def may_hold_drafting(text: str, words: Words) -> bool:
    """Whether it is worth looking closer: cheap, and wrongly False only of a word in mixed width."""
    return (
        _SUSPECT.search(text) is not None
        or _SUSPECT_BLANK.search(text) is not None
        or _patterns(words).suspect.search(text) is not None
    )


def find_notes(text: str, words: Words) -> list[Span]:
    """The notes of those who wrote the text."""
    folded = fold(text)
    return [
        _trimmed(text, match.span())
        for match in _patterns(words).notes.finditer(folded)
        if match[0][0] != "?" or not _is_quoted(folded, match.start())
    ]


def title_note(text: str) -> list[Span]:
    """「（案）」 at the end of a report's title, or 「案」 apart from it: what is published is no draft."""
    match = _TITLE_NOTE.search(fold(text))
    return [match.span()] if match else []


def find_placeholders(text: str, words: Words, notes: Iterable[Span] = ()) -> list[Span]:
    """What stands for words or numbers that were to be filled in, none over another or over a note."""
    folded = fold(text)
    taken = set(notes)
    patterns = (_FOR_NUMBER, _LATIN, _BLANK, _ERROR_VALUE)
    spans = [match.span() for pattern in patterns for match in pattern.finditer(folded)]
    spans += [match.span() for match in _RUN.finditer(folded) if _stands_for_word(folded, *match.span())]
    spans += [match.span(match.lastgroup or 0) for match in _patterns(words).placeholders.finditer(folded)]
    kept: list[Span] = []
    reached = 0
    for start, end in sorted([*spans, *taken], key=lambda span: (span[0], -span[1])):
        if start >= reached:
            reached = end
            if (start, end) not in taken:
                kept.append((start, end))
    return kept


def _stands_for_word(text: str, start: int, end: int) -> bool:
    """Not a bullet, a rule, a mark in its bracket, a legend's entry or a number in kanji."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if text[start] == "〇" and (before.isdigit() or before in set(_KANJI_DIGITS) or after.isdigit()):
        return False
    if (before, after) in {("【", "】"), ("[", "]")}:
        return False
    if after in {":", "…", "="} and (not before or before.isspace() or before in {"、", "("}):
        return False
    return any(side in _BESIDE or _LETTER.match(side) for side in (before, after) if side)


def _is_quoted(text: str, at: int) -> bool:
    before = text[max(0, at - _QUOTED) : at]
    return before.rfind("「") > before.rfind("」") or before.rfind("『") > before.rfind("』")


def _trimmed(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    return span[0] + len(words) - len(words.lstrip()), span[0] + len(words.rstrip())
