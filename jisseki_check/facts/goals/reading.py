"""The goals of a text of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jisseki_check.facts.goals import wordings
from jisseki_check.facts.goals.scope import scope_of
from jisseki_check.notation.counts import Count
from jisseki_check.notation.money import Money
from jisseki_check.notation.numerals import Number, plain_number
from jisseki_check.notation.width import fold, squeeze

Manner = Literal["least", "most", "raise", "cut"]

_BEFORE, _BEHIND = 90, 44
_AT_LEAST, _AT_MOST = frozenset({"以上", "超"}), frozenset({"以下", "以内", "未満"})
_BULLET = r"\n[ \t]*(?:[・●○◆■□※①-⑳]|[(]?[0-9]{1,2}[).]|\n)"
_SENTENCE = re.compile(rf"[。！？]|{_BULLET}")
_OPEN_LINE = re.compile(rf"[。！？]|{_BULLET}|^[ \t]*\n")
# In which unit a counter is compared, and how many of it one is.
_UNITS: dict[str, tuple[str, int]] = {
    "名": ("人", 1),
    "割": ("%", 10),
    "キロメートル": ("メートル", 1000),
    "キログラム": ("グラム", 1000),
    "トン": ("グラム", 10**6),
    "ヘクタール": ("㎡", 10**4),
    "アール": ("㎡", 100),
    "時間": ("分", 60),
    "週間": ("日", 7),
    "営業日": ("日", 1),
    "開庁日": ("日", 1),
    **dict.fromkeys(("か月", "カ月", "ヶ月", "ケ月", "箇月"), ("日", 30)),
}
_SIZES = frozenset(
    {"メートル", "㎡", "㎥", "グラム", "キロ", "キロワット", "kW", "kWh", "ミリ", "センチ", "リットル"}
)
_RATES = frozenset({"%", "ポイント", "倍"})
_TIME = re.compile(
    r"(?<![0-9.,])(?P<number>[0-9][0-9,.]*)[ \t]?(?P<unit>営業日|開庁日|週間|時間|[日分秒]|[かカヶケ箇]月)間?"
    r"[ \t]?(?P<bound>以内|以下|未満|以上)?(?![0-9前後目])"
)
_MORE_NUMBERS = re.compile(r"[0-9][0-9,.]*[^0-9、。]{0,6}から$")
_PARTICLES = re.compile(r"[をのはがもにでと:]|として|について")
_HOW_OFTEN = re.compile(
    r"年間|月間|週間|毎年|毎月|毎週|延べ|のべ|合計|計(?=$)|市内|新たに|さらに|少なくとも|最低|平均|目標[値数額]?"
)
_DIGITS = re.compile(r"[0-9,.]+")
_KIND = re.compile(r"(?:人数|件数|者数|者|数|率|額)+$")
_DATED = re.compile(
    r"(?:(?:平成|令和|[HR])(?:元|[0-9]{1,2})|(?:19|20)[0-9]{2}|(?:元|[0-9]{1,2})(?=年度))年度?"
    r"(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?末?|第[0-9]+"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A number to be reached.

    `value` counts `unit`s, one for all spellings and sizes of a unit (人, %, メートル, グラム, ㎡, 円, 分);
    `counter` is the unit as it is written, each of which is `size` `unit`s.
    `manner`: least (the more, the better), most (the less, the better), raise and cut (by so much).
    `thing` names what is counted, where it is named. `frame` is the clause without the number, `subject` its
    nouns before it. `scope` is empty where the number is that of the report's whole year. `is_done`: it is
    the number of what is to be done (講座を12回開きます), not of what is to come of it.
    """

    start: int | None
    end: int | None
    text: str
    value: float
    unit: str
    manner: Manner
    thing: str
    frame: str = ""
    subject: str = ""
    scope: frozenset[str] = frozenset()
    approximate: bool = False
    is_done: bool = False
    counter: str = ""
    size: int = 1

    @property
    def kind(self) -> str:
        """The thing's name without the word that only says that it is counted: 参加者数 → 参加."""
        return _KIND.sub("", self.thing)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of the text, whatever it counts."""

    start: int
    end: int
    value: Number
    counter: str
    noun: str
    approximate: bool
    bound: str | None
    is_time: bool = False

    @property
    def unit(self) -> str:
        return _UNITS.get(self.counter, (self.counter, 1))[0]


def find_goals(text: str, counts: Sequence[Count], amounts: Sequence[Money], year: int | None) -> list[Goal]:
    """The goals among a text's counts and amounts, and its lengths of time, in order. `year`: the report's
    fiscal year."""
    numbers = [*_counted(counts), *_paid(text, amounts), *_times(text)]
    if not numbers:
        return []
    folded = fold(text)
    found = (_goal(text, folded, number, year) for number in sorted(numbers, key=lambda each: each.start))
    return [goal for goal in found if goal is not None]


def _counted(counts: Sequence[Count]) -> Iterator[_Number]:
    for count in counts:
        yield _Number(
            count.start, count.end, count.value, count.counter, count.noun, count.approximate, count.bound
        )


def _paid(text: str, amounts: Sequence[Money]) -> Iterator[_Number]:
    for money in amounts:
        if money.yen is not None and not money.malformed:
            bound = next((b for b in (*_AT_LEAST, *_AT_MOST) if text.startswith(b, money.end)), None)
            end = money.end + len(bound or "")
            yield _Number(money.start, end, money.yen, "円", "", money.approximate, bound)


def _times(text: str) -> Iterator[_Number]:
    folded = fold(text)
    for match in _TIME.finditer(folded):
        value = plain_number(match["number"])
        if value is not None:
            yield _Number(*match.span(), value, match["unit"], "", False, match["bound"], is_time=True)


def _goal(text: str, folded: str, number: _Number, year: int | None) -> Goal | None:
    before = _before(folded, number.start)
    behind = squeeze(_OPEN_LINE.split(folded[number.end : number.end + _BEHIND])[0])
    clause = _clause(before)
    told = _told(number, clause, behind)
    if told is None:
        return None
    manner, of, is_done = told
    if manner not in {"raise", "cut"} and _is_no_goal(number, clause):
        return None
    scale = _UNITS.get(number.counter, ("", 1))[1]
    thing = _core(number.noun or of)
    return Goal(
        start=number.start,
        end=number.end,
        text="".join(text[number.start : number.end].split()),
        value=float(number.value * scale),
        unit=number.unit,
        manner=manner,
        thing=thing,
        frame=_DATED.sub("", f"{_MORE_NUMBERS.sub('', clause)}#{wordings.BOUNDARY.split(behind)[0]}"),
        subject=_PARTICLES.sub("", _HOW_OFTEN.sub("", clause)) + of,
        scope=scope_of(before, year),
        approximate=number.approximate,
        is_done=is_done,
        counter=number.counter,
        size=scale,
    )


def scope_at(text: str, place: int, year: int | None) -> frozenset[str]:
    """The scope of the number that begins at `place`."""
    return scope_of(_before(fold(text), place), year)


def _before(folded: str, place: int) -> str:
    """What stands before a place in its sentence, without blanks."""
    return squeeze(_SENTENCE.split(folded[max(0, place - _BEFORE) : place])[-1])


def _is_no_goal(number: _Number, clause: str) -> bool:
    """Whether the words before say that the number is there already, or what one of something costs."""
    if number.unit in _RATES and wordings.OF_LAST_YEAR.search(clause):
        return False
    if number.unit == "円" and wordings.PRICE.search(clause):
        return True
    return wordings.NO_GOAL.search(clause) is not None


def _clause(before: str) -> str:
    """What stands before a number in its clause, and the clause before where that is too little."""
    clauses = [clause for clause in wordings.BOUNDARY.split(before) if clause] or [""]
    if before.endswith("、"):
        clauses.append("")
    return clauses[-1] if len(_core(clauses[-1])) > 1 or len(clauses) < 2 else "".join(clauses[-2:])


def _core(words: str) -> str:
    """The nouns of a clause, without particles, numbers, and words that only say how often or how much."""
    return _PARTICLES.sub("", _HOW_OFTEN.sub("", _DIGITS.sub("", words)))


# --- whether it is a goal, and of which manner ----------------------------------------------------

_Told = tuple[Manner, str, bool]


def _told(number: _Number, clause: str, behind: str) -> _Told | None:
    """The manner, what of it is counted, and whether it is something done; None where it is no goal."""
    if number.bound in _AT_MOST:
        return _kept_within(number, clause, behind)
    if number.is_time:
        return _lasting(number, behind)
    changed = _changed(behind)
    if changed is not None:
        return changed, "", False
    return _reached(number, clause, behind) or _bounded(number, behind) or _set(number, clause, behind)


def _kept_within(number: _Number, clause: str, behind: str) -> _Told | None:
    if wordings.KEPT_WITHIN.match(behind) or wordings.AGREEING.match(behind):
        return "most", "", False
    if wordings.DESCRIBING.match(behind) or wordings.LIMIT.search(clause):
        return None
    if wordings.SET.match(behind) and wordings.is_better_for_less(clause):
        return "most", "", False
    is_quick = wordings.PROMPT.match(behind) or (wordings.SET.match(behind) and wordings.UNTIL.search(clause))
    return ("most", "", False) if number.is_time and is_quick else None


def _lasting(number: _Number, behind: str) -> _Told | None:
    """A length of time is a goal where it is made shorter, or where something is done for so long."""
    if wordings.KEPT_WITHIN.match(behind):
        return "most", "", False
    return _done(number, behind) if number.bound in _AT_LEAST else None


def _changed(behind: str) -> Manner | None:
    if wordings.KEPT_WITHIN.match(behind):
        return "most"
    if wordings.CUT_BY.match(behind):
        return "cut"
    return "raise" if wordings.RAISED_BY.match(behind) else None


def _reached(number: _Number, clause: str, behind: str) -> _Told | None:
    gained = wordings.GAINED.match(behind)
    if gained is not None:
        return "least", next(filter(None, gained.groups()), ""), False
    reached = wordings.REACHED.match(behind)
    if reached is not None:
        of = reached["of"] or reached["over"] or ""
        if of and number.unit in _SIZES:
            return None
        if wordings.HARM.search(clause) and number.bound is None:
            return "most", "", False
        is_to_rise = number.bound in _AT_LEAST or of or not wordings.is_better_for_less(clause)
        return ("least", of, False) if is_to_rise else None
    return None


def _bounded(number: _Number, behind: str) -> _Told | None:
    """以上 says that more is better, unless it describes something else; money is also paid."""
    if number.bound not in _AT_LEAST or number.unit == "円":
        return None
    done = _done(number, behind)
    if done is not None:
        return done
    return None if wordings.DESCRIBING.match(behind) else ("least", "", False)


def _set(number: _Number, clause: str, behind: str) -> _Told | None:
    """What is set for what is better for being more, and what is done so many times."""
    if number.unit != "円":
        done = _done(number, behind)
        if done is not None:
            return done
    is_set = wordings.SET.match(behind) is not None
    if is_set and behind.startswith(("に", "と")) and wordings.HARM.search(clause):
        return "most", "", False
    if wordings.is_better_for_less(clause) or wordings.LIMIT.search(clause):
        return None
    if number.unit == "円" and not wordings.INCOME.search(clause):
        return None
    if is_set and wordings.LABELLED.search(clause):
        return "least", "", False
    is_label = wordings.IS_LABEL.search(clause) is not None or behind.startswith(
        ("とし", "とす", "にし", "にす")
    )
    return ("least", "", False) if is_set and is_label and wordings.MORE_IS_BETTER.search(clause) else None


def _done(number: _Number, behind: str) -> _Told | None:
    """What is done so many times, or to so many: no people or sizes that only describe something."""
    if number.unit in _RATES:
        return None
    done = wordings.DONE.match(behind)
    if done is None:
        return None
    of = done["of"] or ""
    if of and (number.is_time or number.unit in _SIZES):
        return None
    is_of_people = number.unit == "人" and not _takes_part(number, of, behind)
    return None if is_of_people else ("least", "", True)


def _takes_part(number: _Number, of: str, behind: str) -> bool:
    """Whether so many people do something (300人の参加, 20人を採用), and not only belong to something or have
    something done to them."""
    if not of:
        return wordings.RECEIVING.match(behind) is None
    if wordings.TAKING_PART.search(of):
        return True
    return number.bound is not None and not wordings.HOLDERS.search(of)
