"""How dates are written: finds them in text in half width and takes them apart. `dates` works them out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jisseki_check.notation.eras import ERA_OF, Era, era_ending_at
from jisseki_check.notation.numerals import small_int

_B = r"[ \t]{0,4}"
_K = "〇零一二三四五六七八九十"
_NN = rf"(?:[0-9]{{1,2}}(?![0-9])|[{_K}]{{1,3}})"
_ERAS = r"明治|大正|昭和|平成|令和|[㍾㍽㍼㍻㋿]"
_LINKS = "~～〜\\-－―—–"
_OTHER = rf"{_B}\({_B}(?P<%s>[12][0-9]{{3}}|(?:{_ERAS}|[MTSHR]\.?){_B}(?:元|[0-9]{{1,2}})){_B}年?{_B}\)"
_NO_MONTH = r"(?![曜間号々額給謝報刊例]|当たり|あたり|につき|平均|ごと|毎)"
_YEAR = (
    rf"(?P<year>元|[0-9]{{1,4}}(?![0-9])|[{_K}]{{1,4}})(?:{_OTHER % 'inside'})?{_B}年"
    rf"(?!{_B}(?:度|[間々目ぶ余連越ごず]))(?:{_OTHER % 'after'})?"
)
_MONTH = (
    rf"(?P<month>{_NN}){_B}(?:(?P<sign>月){_NO_MONTH}(?:{_B}(?P<day>{_NN}){_B}日(?![間目々]))?"
    rf"|(?=[{_LINKS}]{_B}{_NN}{_B}月{_NO_MONTH}))"
)
_RELATIVE = ("同年", "翌年", "本年", "今年", "昨年", "来年", "前年")
_SIGN = rf"(?P<era>{_ERAS}){_B}|(?P<letter>[MTSHR])\.?{_B}"
_PREFIX = rf"(?:{_SIGN}|(?P<relative>{'|'.join(_RELATIVE)}){_B})?"
_DATE = re.compile(rf"{_PREFIX}(?:{_YEAR}(?:{_B}{_MONTH})?|{_MONTH.replace('?P<', '?P<lone_')})")
_DOTTED = re.compile(
    rf"(?:{_SIGN})?(?P<year>元|[0-9]{{1,4}})(?P<sep>[./\-－])[ ]?"
    r"(?P<month>[0-9]{1,2})(?:(?P=sep)[ ]?(?P<day>[0-9]{1,2}))?(?![0-9]|[./\-－:][0-9])"
)
_PART = re.compile(
    rf"{_B}の?(?:(?P<early>上旬|初旬)|(?P<middle>中旬|半ば)|(?P<late>下旬)|(?P<last>末日)|(?P<end>末(?![端満尾広]))"
    r"|(?P<begin>初め|初頭|(?:始め|はじめ)(?![まてたる])|当初(?!予算|計画)))"
)
_PARTS = {"early": "上旬", "middle": "中旬", "late": "下旬", "last": "末日", "end": "末", "begin": "初め"}
_HOLIDAY = "(?:祝日?|休日?|振替休日|振休)"
_WEEKDAY = re.compile(
    rf"{_B}(?:\({_B}(?P<bracketed>[月火水木金土日])(?:曜日?)?(?:{_B}[・,、/]?{_B}{_HOLIDAY})?{_B}\)"
    rf"|\({_B}{_HOLIDAY}{_B}\)|(?P<plain>[月火水木金土日])曜日?)"
)
_ROLE = re.compile(rf"{_B}(?:頃|ごろ|ころ)?{_B}(?:(?P<deadline>まで|迄)|(?P<start>から|より|以降|以後))")
_LINK = re.compile(rf"{_B}(?:頃|ごろ|ころ)?{_B}(?:から|より|(?P<dash>[{_LINKS}])){_B}")
_TAIL = re.compile(
    rf"(?:(?P<same>同月)(?:{_B}(?P<same_day>{_NN}){_B}日(?![間目々])|(?=上旬|中旬|下旬|末))"
    rf"|(?P<day>{_NN}){_B}日(?![間目々]))"
)
_UNTIL = re.compile(rf"{_B}(?:まで|にかけて)")
# A number that a year, month or dotted date can begin with; what stands before it is looked at afterwards.
_TRIGGER = re.compile(rf"[0-9{_K}元](?<![0-9{_K}].)[0-9{_K}]*+{_B}[年月./\-－({_LINKS}]")

_DIGITS_OF_A_YEAR = frozenset("0123456789" + _K)
_INSIDE_NUMBER = re.compile("[0-9][.,/]")


@dataclass(slots=True)
class Draft:
    """What the text says of one date, before it is worked out."""

    start: int
    end: int
    era: Era | None = None
    n: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    weekday: str | None = None
    paired: int | None = None
    relative: str | None = None
    inherited: bool = False
    role: str = "at"


def scan(folded: str) -> list[tuple[Draft, bool]]:
    """Dates in order, each with whether it ends a range that the one before it begins."""
    found: list[tuple[Draft, bool]] = []
    position = 0
    known_year: int | None = None
    while (trigger := _TRIGGER.search(folded, position)) is not None:
        draft = _draft_at(folded, trigger.start())
        if draft is None or draft.start < position:
            position = trigger.end() - 1
            continue
        _resolve_relative(draft, known_year)
        found.append((draft, False))
        tail = _tail_of(folded, draft)
        if tail is not None:
            found.append((tail, True))
        last = tail or draft
        known_year = last.year or draft.year or known_year
        position = last.end
    return found


def _draft_at(folded: str, number_at: int) -> Draft | None:
    """The date whose first number stands at `number_at`, with the era or 同年 before it."""
    if number_at and (folded[number_at - 1] == "第" or _INSIDE_NUMBER.match(folded, number_at - 2)):
        return None
    named = era_ending_at(folded, number_at)
    if named is not None:
        return _match(folded, named[0])
    start = number_at
    while start and folded[start - 1] in " \t":
        start -= 1
    if start > 1 and folded[start - 2 : start] in _RELATIVE:
        draft = _match(folded, start - 2)
        if draft is not None:
            return draft
    return _match(folded, number_at)


def _match(folded: str, start: int, inherited: Era | None = None) -> Draft | None:
    """The date at `start`; a year of one or two digits without an era takes the `inherited` one."""
    match = _DATE.match(folded, start)
    if match is not None:
        return _written(folded, match, inherited)
    match = _DOTTED.match(folded, start)
    return _dotted(folded, match) if match is not None else None


def _era_of(match: re.Match[str]) -> Era | None:
    sign = match["era"] or match["letter"]
    return ERA_OF[sign] if sign else None


def _written(folded: str, match: re.Match[str], inherited: Era | None) -> Draft | None:
    year = match["year"]
    month, day = match["month"] or match["lone_month"], match["day"] or match["lone_day"]
    era = _era_of(match)
    draft = Draft(match.start(), match.end(), era=era, relative=match["relative"])
    if year is None:
        # 平成4月: a year got lost, and no month of the document is meant.
        if era is not None:
            return None
    else:
        if era is None and len(year) <= 2:
            draft.era = inherited
        if draft.relative is not None or not _take_year(draft, small_int(year), month is not None):
            return None
        _take_other(draft, match["inside"] or match["after"])
    draft.month = small_int(month) if month else None
    draft.day = small_int(day) if day else None
    if (month and draft.month is None) or (day and draft.day is None):
        return None
    _take_ending(folded, draft, open_ended=bool(month) and not (match["sign"] or match["lone_sign"]))
    return draft


def _take_year(draft: Draft, n: int | None, has_month: bool) -> bool:
    if n is None:
        return False
    if draft.era is not None:
        draft.n, draft.year = n, draft.era.offset + n
        return n <= 999
    if 1868 <= n <= 2199:
        draft.year = n
        return True
    # 30年1月: some era's year; alone (30年) it is a length of time.
    draft.n = n
    return has_month and n <= 99


def _take_other(draft: Draft, other: str | None) -> None:
    """令和2年(2020年), 2020年（令和2年）: the era gives the year, the other one is kept beside it."""
    if other is None:
        return
    if other[0].isdecimal():
        draft.paired = int(other) if draft.era is not None else None
        return
    sign = next(sign for sign in ERA_OF if other.startswith(sign))
    n = small_int(other[len(sign) :].strip(". \t"))
    if draft.year is not None and draft.era is None and n is not None:
        draft.paired, draft.era, draft.n = draft.year, ERA_OF[sign], n
        draft.year = draft.era.offset + n


def _take_ending(folded: str, draft: Draft, *, open_ended: bool = False) -> None:
    """Part of the month or year, weekday, and role; an open-ended month (4～6月) has none of them."""
    if open_ended:
        draft.role = "start"
        return
    if draft.day is None:
        part = _PART.match(folded, draft.end)
        if part is not None:
            draft.part, draft.end = _PARTS[part.lastgroup or ""], part.end()
    else:
        weekday = _WEEKDAY.match(folded, draft.end)
        if weekday is not None:
            draft.weekday, draft.end = weekday["bracketed"] or weekday["plain"], weekday.end()
    role = _ROLE.match(folded, draft.end)
    if role is not None:
        draft.role = role.lastgroup or "at"


def _dotted(folded: str, match: re.Match[str]) -> Draft | None:
    n, month = small_int(match["year"]), int(match["month"])
    day = int(match["day"]) if match["day"] else None
    era = _era_of(match)
    if n is None:
        return None
    if era is None:
        if day is None or " " in match[0] or not 1868 <= n <= 2199:
            return None
        draft = Draft(match.start(), match.end(), year=n, month=month, day=day)
    else:
        # Two numbers after a letter are a date only for H and R: M5.2 and S3.1 are something else.
        short = match["sep"] == "." and match["letter"] not in ("M", "T", "S") and " " not in match[0]
        if n > 999 or (day is None and not (short and 1 <= month <= 12)):
            return None
        draft = Draft(match.start(), match.end(), era=era, n=n, year=era.offset + n, month=month, day=day)
    _take_ending(folded, draft)
    return draft


def _resolve_relative(draft: Draft, known_year: int | None) -> None:
    """同年 and 翌年 follow the year named last; 本年, 昨年 and so on depend on the document."""
    if draft.relative in ("同年", "翌年") and known_year is not None:
        draft.year = known_year + (draft.relative == "翌年")
        draft.inherited = True


def _tail_of(folded: str, first: Draft) -> Draft | None:
    """The end of the range that `first` begins, if one follows; marks `first` as a start."""
    link = _LINK.match(folded, first.end)
    if link is None:
        return None
    tail = _match(folded, link.end(), first.era)
    if tail is None:
        tail = _short_tail(folded, link.end(), first)
    elif _is_length_of_time(folded, tail, by_dash=link["dash"] is not None):
        tail = None
    else:
        _resolve_relative(tail, first.year)
        _inherit_year(tail, first)
    if tail is not None or link["dash"] in ("~", "～", "〜"):
        first.role = "start"
    return tail


def _inherit_year(draft: Draft, first: Draft) -> None:
    if draft.year is not None or draft.n is not None or draft.relative is not None:
        return
    if first.year is None or draft.month is None or first.month is None:
        return
    # 平成29年10月から3月まで runs into the next year.
    draft.year = first.year + (draft.month < first.month)
    draft.inherited = True


def _is_length_of_time(folded: str, tail: Draft, *, by_dash: bool) -> bool:
    """Whether what follows から is like 10年 in 平成29年から10年が経過, and not like 令和4年から7年まで."""
    if by_dash or tail.month is not None or folded[tail.start] not in _DIGITS_OF_A_YEAR:
        return False
    return tail.n is not None and _UNTIL.match(folded, tail.end) is None


def _short_tail(folded: str, start: int, first: Draft) -> Draft | None:
    """～30日, ～同月30日, ～同月末."""
    match = _TAIL.match(folded, start)
    if match is None or first.month is None or (match["same"] is None and first.day is None):
        return None
    day = match["same_day"] or match["day"]
    draft = Draft(start, match.end(), year=first.year, month=first.month, inherited=True)
    draft.day = small_int(day) if day else None
    if day and draft.day is None:
        return None
    _take_ending(folded, draft)
    return draft
