"""The codes of number formats, taken apart (ECMA-376, part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

GENERAL = "General"

_ERA_DATE = '[$-411]ggge"年"m"月"d"日"'
_SHORT_ERA_DATE = "[$-411]ge.m.d"
_MONTH, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_LONG_DATE = 'yyyy"年"m"月"d"日"'

# The formats that a file need not spell out; where they depend on the language, as Excel has them in Japan.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "¥#,##0;¥-#,##0",
    6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: _SHORT_ERA_DATE,
    28: _ERA_DATE,
    29: _ERA_DATE,
    30: "m/d/yy",
    31: _LONG_DATE,
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    34: _MONTH,
    35: _DAY,
    36: _SHORT_ERA_DATE,
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-";@',
    42: '¥#,##0;¥-#,##0;¥"-";@',
    43: '#,##0.00;-#,##0.00;"-";@',
    44: '¥#,##0.00;¥-#,##0.00;¥"-";@',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    49: "@",
    50: _SHORT_ERA_DATE,
    51: _ERA_DATE,
    52: _MONTH,
    53: _DAY,
    54: _ERA_DATE,
    55: _MONTH,
    56: _DAY,
    57: _SHORT_ERA_DATE,
    58: _ERA_DATE,
}

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | [_*](?P<filler>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|Standard|G/標準)
    | (?P<noon>AM/PM|A/P|午前/午後)
    | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|g+|e+|r+|a{3,})
    | (?P<digit>[0#?])
    | (?P<sign>[.,%/@])
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)")
_LOCALE = re.compile(r"\$(?P<symbol>[^-]*)(?:-(?P<locale>.*))?", re.DOTALL)
_WRITTEN = re.compile(r"DBNum([123])", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_OF_THE_SYSTEM = {"F800": _LONG_DATE, "F400": "h:mm:ss"}

Token = tuple[str, str]
Condition = tuple[str, Decimal]

TEXT: Token = ("sign", "@")
POINT: Token = ("sign", ".")
COMMA: Token = ("sign", ",")


@dataclass(frozen=True)
class Section:
    """One of the parts between semicolons. Tokens: quoted (shown as it is), general, digit, sign, date,
    elapsed, noon, exponent. `written`: the number of DBNum, "" for plain digits."""

    tokens: tuple[Token, ...]
    condition: Condition | None = None
    locale: str = ""
    written: str = ""

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self.tokens)

    @cached_property
    def is_date(self) -> bool:
        return not self.kinds.isdisjoint({"date", "elapsed", "noon"})

    @cached_property
    def is_text(self) -> bool:
        return TEXT in self.tokens

    @cached_property
    def is_japanese(self) -> bool:
        return self.locale.endswith("411") or self.locale.lower().startswith("ja")


def sections(code: str) -> tuple[Section, ...]:
    """The parts of a code, at least one."""
    parts: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        if match[0] == ";":
            parts.append([])
        else:
            parts[-1].append((kind, match[kind]))
    return tuple(map(_section, parts))


def _section(tokens: Sequence[Token]) -> Section:
    kept: list[Token] = []
    condition: Condition | None = None
    locale = digits = ""
    for kind, text in tokens:
        if kind != "bracket":
            kept += _kept(kind, text)
        elif found := _CONDITION.fullmatch(text):
            condition = found[1], Decimal(found[2])
        elif found := _LOCALE.fullmatch(text):
            locale = found["locale"] or locale
            kept += _kept("quoted", found["symbol"])
        elif found := _WRITTEN.fullmatch(text):
            digits = found[1]
        elif _ELAPSED.fullmatch(text):
            kept.append(("elapsed", text.lower()))
    if locale in _OF_THE_SYSTEM:
        kept = list(sections(_OF_THE_SYSTEM[locale])[0].tokens)
    return Section(tuple(kept), condition, locale, digits)


def _kept(kind: str, text: str) -> list[Token]:
    if kind == "filler":  # a blank as wide as that character, or as many of it as the cell is wide
        return []
    return [("quoted" if kind in ("escaped", "other") else kind, text)]
