"""A number as Word's automatic numbering writes it."""

from __future__ import annotations

from collections.abc import Callable

_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_AIUEO_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_IROHA_HALF = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽ"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "〇壱弐参四伍六七八九"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LONGEST_LETTERS = 30


def written(number: int, kind: str) -> str:
    """The number in one of Word's kinds (w:numFmt); one that is not known, or that has no such number, in
    ordinary digits."""
    if kind == "none":
        return ""
    writer = _WRITERS.get(kind)
    return (writer(number) if writer and number > 0 else "") or str(number)


def _from(signs: str) -> Callable[[int], str]:
    """One sign for each number; none for those behind the last."""
    return lambda number: signs[number - 1] if number <= len(signs) else ""


def _again(signs: str) -> Callable[[int], str]:
    """One sign for each number, and from the first again behind the last."""
    return lambda number: signs[(number - 1) % len(signs)]


def _range(first: str, count: int) -> Callable[[int], str]:
    return _from("".join(chr(ord(first) + place) for place in range(count)))


def _letters(number: int) -> str:
    """a … z, aa, bb …: as Word goes on behind the last letter."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1) if times < _LONGEST_LETTERS else ""


def _roman(number: int) -> str:
    if number >= 4000:
        return ""
    signs = []
    for size, sign in _ROMAN:
        times, number = divmod(number, size)
        signs.append(sign * times)
    return "".join(signs)


def _positional(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _counting(number: int, digits: str = _DIGITS, units: str = "万千百十", *, bare_one: bool = True) -> str:
    """十一, 二百三十; where `bare_one` is not allowed, 壱拾壱."""
    if number >= 100_000:
        return ""
    signs = []
    for size, unit in zip((10_000, 1_000, 100, 10), units, strict=True):
        times, number = divmod(number, size)
        if times:
            signs.append(unit if times == 1 and bare_one and unit != "万" else digits[times] + unit)
    return "".join(signs) + (digits[number] if number else "")


def _legal(number: int) -> str:
    return _counting(number, _LEGAL, "萬阡百拾", bare_one=False)


_circled = _range("①", 20)
_WRITERS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _range("⒈", 20),
    "decimalEnclosedParen": _range("⑴", 20),
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "hex": lambda number: f"{number:X}",
    "aiueo": _again(_AIUEO_HALF),
    "aiueoFullWidth": _again(_AIUEO),
    "iroha": _again(_IROHA_HALF),
    "irohaFullWidth": _again(_IROHA),
    "ideographTraditional": _again(_STEMS),
    "ideographZodiac": _again(_BRANCHES),
    "ideographEnclosedCircle": _range("㊀", 10),
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "japaneseCounting": _counting,
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseLegal": _legal,
    "ideographLegalTraditional": _legal,
}
