"""Amounts of money: exact yen, never a float (43万2,108円, 約1,200万円, 1億7,586万4千円, 8,481千円, △54,317).

A malformed amount (3.918千円, 37,08千円, 38、057千円) is recognised as one and gives no number at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from jisseki_check.notation.numerals import (
    KANJI_DIGITS,
    LARGE_UNITS,
    SMALL_UNITS,
    Number,
    compound_number,
    exact_product,
    plain_number,
)
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.patterns import lazy_compile

YEN_IN_UNIT: dict[str, int] = {"円": 1, "千円": 1000, "万円": 10**4, "百万円": 10**6, "億円": 10**8}

_DIGITS, _SMALL, _LARGE = "".join(KANJI_DIGITS), "".join(SMALL_UNITS), "".join(LARGE_UNITS)
_RUN = frozenset("0123456789０１２３４５６７８９,，.．、 \t\u3000\u00a0" + _DIGITS + _SMALL + _LARGE)
_NEXT_THREE = r"(?=[0-9]{3}(?![0-9]))"
# Commas, full stops and an enumeration comma between digits belong to the (malformed) number; a comma
# with blanks around it only if three digits follow, for it may also part two numbers.
_ARABIC = rf"[0-9]++(?:(?:[.,]++|[ \t]?,[ \t]?{_NEXT_THREE}|、{_NEXT_THREE})[0-9]++)*+[.,]*+"
_PIECE = re.compile(rf"(?P<number>{_ARABIC}|[{_DIGITS}]++)|[{_SMALL}{_LARGE}]++")
_SINGLE = re.compile(r"(?P<number>[0-9][0-9,.]*)(?P<unit>千|万|百万|億)?")
_SLIPPED = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_BARE_UNITS = frozenset(["千", "百万", "万", "億", "十億", "兆"])

_APPROXIMATELY = re.compile(
    r"(?:(?<![契条規公制集要予解節婚協誓盟密成確特売先違])約|およそ|おおよそ|おおむね|概ね|ほぼ)[ \t]{0,4}$"
)
_ABOUT = re.compile(r"[ \t]?(?:余り|あまり|余(?![剰裕白地])|程度|強(?![化制く])|弱(?![者い体])|ほど|前後)")
_IN_BRACKETS = re.compile(rf"\([ \t]?({_ARABIC})[ \t]?\)[ \t]{{0,2}}$")
_NOT_YEN = re.compile("[滑卓形安満周熟盤柱錐陣弧]")
_MINUS = "△▲−"
_HYPHENS = "-－‐–"
_BEFORE_HYPHEN = frozenset(" \t\n(:=、。「[【|/")

_NONE = frozenset(
    ["なし", "無し", "無", "該当なし", "該当無し", "ナシ", "-", "－", "―", "‐", "–", "—", "−", "ー", "─"]
)
_UNDECIDED = frozenset(["未定", "未確定", "調整中", "検討中", "協議中", "精査中", "算定中", "集計中"])
# Blanks are taken possessively, so that a cell of blanks costs no more than its length.
_LEAD = lazy_compile(
    r"[ \t\n]*+(?P<about>(?:約|およそ|おおよそ|おおむね|概ね|ほぼ)[ \t]*+)?"
    r"(?P<sign>[△▲▵Δ−\-－‐–—―ー])?[ \t]*+(?:金[ \t]*+)?(?P<mark>¥)?[ \t]*+"
    r"(?P<open>\()?[ \t]*+(?P<inner>[△▲−\-－‐–])?[ \t]*+"
    rf"(?=[0-9.,{_DIGITS}{_SMALL}])"
)
_CELL_RUN = re.compile(rf"[0-9,.、 \t{_DIGITS}{_SMALL}{_LARGE}]++")
_UNIT_BEFORE_YEN = re.compile("(?:千|百万|万|億)$")
_YEN_WORD = r"(?:千|百万|万|億)?円"
_CELL_UNIT = re.compile(
    rf"(?P<close>[ \t]*+\))?(?:[ \t]*+(?P<over>余)?(?P<unit>{_YEN_WORD}|\([ \t]*+{_YEN_WORD}[ \t]*+\)))?"
    r"(?P<last>[ \t]*+\))?"
)
# A letter that was typed for a digit (64O千円, 1l0,000円), and what belongs to the number behind it.
_MISTYPED = lazy_compile(rf"[A-Za-zΟοОо][A-Za-zΟοОо0-9,.]{{0,20}}+(?:[ \t]*+(?:{_YEN_WORD}))?")
_SECOND_NUMBER = re.compile(r"[ \t]*+[~～〜\-－―‐–—−→⇒+＋×/÷*=・、,]?[ \t]*+[△▲−約¥]?[ \t]*+\(?[0-9]")
_AFTER_NUMBER = re.compile(r"[ \t\n]*$|[ \t]*[(（\[［【<＜※、。;；\n]|[ \t]+[^0-9]")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as written, and what it is.

    `value` counts `unit`s (円, 千円, 万円, 百万円, 億円; None: no unit was given), a Decimal only where the
    text has a decimal fraction; `yen` is always whole. An amount with parts (43万2,108円) counts 円.
    `kind`: number, malformed (digits that are no number), none (－, なし), undecided (未定), word (皆増),
    empty. All but "number" have neither value nor yen. `rest` is the text after the amount.
    """

    start: int
    end: int
    text: str
    kind: str
    yen: int | None = None
    value: Number | None = None
    unit: str | None = None
    approximate: bool = False
    negative: bool = False
    rest: str = ""

    @property
    def malformed(self) -> bool:
        return self.kind == "malformed"

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def step_yen(self) -> int | None:
        """What one of the last digit is worth: of 12.5百万円 100,000 円. None without a unit."""
        return last_digit_yen(self.value, self.unit)


def last_digit_yen(value: Number | None, unit: str | None) -> int | None:
    """What one of a value's last digit is worth in yen; None where the unit is not known."""
    if value is None or unit not in YEN_IN_UNIT:
        return None
    places = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return max(int(YEN_IN_UNIT[unit] // 10**places), 1)


def find_amounts(text: str) -> list[Money]:
    """The amounts in running text: numerals with 円 behind them, malformed ones included."""
    found: list[Money] = []
    floor = 0
    at = text.find("円")
    while at >= 0:
        amount = _amount_before(text, at, floor)
        if amount is not None:
            found.append(amount)
            floor = amount.end
        else:
            floor = at + 1
        at = text.find("円", at + 1)
    return found


def _amount_before(text: str, yen_at: int, floor: int) -> Money | None:
    end = yen_at - 1 if yen_at and text[yen_at - 1] == "余" else yen_at
    start = end
    while start > floor and text[start - 1] in _RUN:
        start -= 1
    if _NOT_YEN.match(text, yen_at + 1):
        return None
    run = fold(text[start:end])
    numeral_at, numeral = _last_numeral(run)
    if numeral in _BARE_UNITS or not numeral:
        if run.strip() not in _BARE_UNITS and run.strip():
            return None
        return _bracketed(text, start, yen_at, floor, run.strip())
    start += numeral_at
    if numeral[0] in _SMALL + _LARGE and text[start - 1 : start] in ("数", "幾", "何"):
        return None
    start, negative = _sign_before(text, start, floor)
    return _finish(text, start, yen_at, floor, _value_of(numeral), negative, about=end < yen_at)


def _last_numeral(run: str) -> tuple[int, str]:
    """The numeral that ends a run of numeral characters: its offset, and its text without blanks.

    Two digit groups with nothing but a blank between them are two numbers; the last one counts.
    """
    pieces = list(_PIECE.finditer(run))
    if not pieces or run[pieces[-1].end() :].strip():
        return 0, ""
    first = len(pieces) - 1
    while first and not run[pieces[first - 1].end() : pieces[first].start()].strip():
        if pieces[first]["number"] and pieces[first - 1]["number"]:
            break
        first -= 1
    start = pieces[first].start()
    return start, squeeze(run[start:])


def _bracketed(text: str, start: int, yen_at: int, floor: int, unit: str) -> Money | None:
    """(5)千円: brackets around the digits alone mean a negative amount."""
    match = _IN_BRACKETS.search(fold(text[max(floor, start - 40) : start]))
    if match is None:
        return None
    value = _value_of(squeeze(match[1]) + unit)
    return _finish(text, start - (match.end() - match.start()), yen_at, floor, value, True, about=False)


def _sign_before(text: str, start: int, floor: int) -> tuple[int, bool]:
    at = start
    while at > floor and text[at - 1] in " \t\u3000":
        at -= 1
    if at == floor:
        return start, False
    sign = text[at - 1]
    before = fold(text[at - 2]) if at >= 2 else "\n"
    if (sign in _MINUS and not before.isdecimal()) or (sign in _HYPHENS and before in _BEFORE_HYPHEN):
        return at - 1, True
    return start, False


def _finish(
    text: str,
    start: int,
    yen_at: int,
    floor: int,
    value: tuple[Number | None, str],
    negative: bool,
    *,
    about: bool,
) -> Money:
    prefix = _APPROXIMATELY.search(fold(text[max(floor, start - 8) : start]))
    if prefix is not None:
        start -= prefix.end() - prefix.start()
    suffix = _ABOUT.match(text, yen_at + 1)
    end = suffix.end() if suffix else yen_at + 1
    approximate = about or prefix is not None or suffix is not None
    return _money(text, start, end, value, negative, approximate)


def _money(
    text: str,
    start: int,
    end: int,
    value: tuple[Number | None, str | None],
    negative: bool,
    approximate: bool,
    rest: str = "",
) -> Money:
    number, unit = value
    yen = exact_product(number, YEN_IN_UNIT[unit]) if number is not None and unit is not None else None
    if number is None or (unit is not None and yen is None):
        return Money(start, end, text[start:end], "malformed", unit=unit, negative=negative, rest=rest)
    if negative:
        number, yen = -number, None if yen is None else -yen
    return Money(start, end, text[start:end], "number", yen, number, unit, approximate, negative, rest)


def _value_of(numeral: str) -> tuple[Number | None, str]:
    """What stands before 円, as (count, unit). A fraction of 円 or 千円 is a slipped comma: malformed."""
    single = _SINGLE.fullmatch(numeral)
    if single is None:
        count = compound_number(numeral)
        large = _UNIT_BEFORE_YEN.search(numeral) if count is None else None
        return count, f"{large[0]}円" if large else "円"
    unit = (single["unit"] or "") + "円"
    number = plain_number(single["number"])
    if isinstance(number, Decimal) and unit in ("円", "千円"):
        return None, unit
    return number, unit


def read_amount(text: str) -> Money:
    """The whole of a cell or of a labelled value. Never raises; `kind` says what it was."""
    folded = fold(text)
    stripped = folded.strip()
    start = len(folded) - len(folded.lstrip())
    whole = start, start + len(stripped)
    if not stripped:
        return Money(0, len(text), text, "empty")
    word = squeeze(stripped)
    for kind, words in (("none", _NONE), ("undecided", _UNDECIDED)):
        if word in words or word.strip("()") in words:
            return Money(*whole, text[slice(*whole)], kind)
    lead = _LEAD.match(folded)
    amount = _read_numeral(text, folded, lead) if lead is not None else None
    return amount or Money(*whole, text[slice(*whole)], "word")


def _read_numeral(text: str, folded: str, lead: re.Match[str]) -> Money | None:
    run = _CELL_RUN.match(folded, lead.end())
    if run is None:
        return None
    numeral = run[0].rstrip(" \t、")
    tail = _CELL_UNIT.match(folded, lead.end() + len(numeral))
    if tail is None or not numeral:
        return None
    unit = squeeze(tail["unit"] or "").strip("()")
    if not any(char.isdecimal() for char in numeral) and (unit == "" or numeral in _BARE_UNITS):
        return None
    suffix = _ABOUT.match(folded, tail.end())
    end = suffix.end() if suffix else tail.end()
    value = _cell_value(numeral, unit or ("円" if lead["mark"] else ""))
    rest = folded[end:]
    mistyped = None if unit else _MISTYPED.match(rest)
    if mistyped is not None:
        end += mistyped.end()
        value = None, None
    elif _SECOND_NUMBER.match(rest) or (not unit and not _AFTER_NUMBER.match(rest)):
        value = None, unit or None
    closed = bool(tail["close"]) + bool(tail["last"])
    if closed != bool(lead["open"]):
        value = None, unit or None
    negative = bool(lead["sign"] or lead["open"] or lead["inner"])
    start = len(folded) - len(folded.lstrip())
    return _money(
        text, start, end, value, negative, bool(lead["about"] or suffix or tail["over"]), text[end:]
    )


def _cell_value(numeral: str, unit: str) -> tuple[Number | None, str | None]:
    numeral_at, joined = _last_numeral(numeral)
    if numeral_at or not joined:
        return None, unit or None
    if unit:
        return _value_of(joined + unit.removesuffix("円"))
    single = _SINGLE.fullmatch(joined)
    if single is not None and not single["unit"]:
        return None if _SLIPPED.fullmatch(joined) else plain_number(joined), None
    return compound_number(joined), None


def format_yen(yen: int, unit: str = "円") -> str:
    """Grouped, negative with △: (-1234567, 円) → △1,234,567円; (24_000_000, 百万円) → 24百万円.

    ValueError where the amount cannot be written exactly: a fraction of 円 or 千円 is not written.
    """
    scale = YEN_IN_UNIT[unit]
    whole, remainder = divmod(abs(yen), scale)
    if remainder and scale < 10**4:
        raise ValueError(f"{yen} is no whole number of {unit}")
    fraction = f".{remainder:0{len(str(scale)) - 1}}".rstrip("0") if remainder else ""
    return f"{'△' if yen < 0 else ''}{whole:,}{fraction}{unit}"


def format_amount(yen: int) -> str:
    """In 千円 where that is exact, else in 円: 8481000 → 8,481千円, 432108 → 432,108円."""
    return format_yen(yen, "千円" if yen and yen % 1000 == 0 else "円")
