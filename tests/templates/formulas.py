"""Evaluates the formulas of a form as a spreadsheet does, as far as they are used there."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

Value = str | float | bool | None
Array = list[Any]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|\"(?P<text>(?:[^\"]|\"\")*)\"|(?P<function>[A-Z]+)\("
    r"|(?P<range>\$?[A-Z]{1,2}\$?[0-9]+:\$?[A-Z]{1,2}\$?[0-9]+)|(?P<cell>\$?[A-Z]{1,2}\$?[0-9]+)(?![A-Za-z0-9_])"
    r"|(?P<truth>TRUE|FALSE)|(?P<sign><=|>=|<>|[-+*/&=<>(),])|(?P<name>[^-+*/&=<>(),\s\"]+))"
)
_COMPARING = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


class Failed(Exception):
    """What a spreadsheet shows as #VALUE! and the like; a colour is then not given."""


@dataclass
class Sheet:
    """Values by cell (B8), and lists by name."""

    cells: Mapping[str, Value]
    names: Mapping[str, list[str]]

    def is_true(self, formula: str) -> bool:
        """Whether a condition holds."""
        try:
            return bool(_Parser(self, formula).whole())
        except Failed:
            return False


class _Parser:
    def __init__(self, sheet: Sheet, formula: str) -> None:
        self._sheet = sheet
        self._tokens = list(_tokens(formula))
        self._at = 0

    def whole(self) -> Any:
        value = self._comparison()
        assert self._at == len(self._tokens), self._tokens[self._at :]
        return value

    def _sign(self, *signs: str) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at] in [("sign", sign) for sign in signs]:
            self._at += 1
            return self._tokens[self._at - 1][1]
        return None

    def _comparison(self) -> Any:
        left = self._binary(self._sum, {"&": lambda a, b: _text(a) + _text(b)})
        while sign := self._sign(*_COMPARING):
            right = self._binary(self._sum, {"&": lambda a, b: _text(a) + _text(b)})
            left = _each(lambda a, b, how=_COMPARING[sign]: _compared(how, a, b), left, right)
        return left

    def _sum(self) -> Any:
        return self._binary(
            self._product,
            {"+": lambda a, b: _number(a) + _number(b), "-": lambda a, b: _number(a) - _number(b)},
        )

    def _product(self) -> Any:
        return self._binary(self._unary, {"*": lambda a, b: _number(a) * _number(b), "/": _divided})

    def _binary(self, part: Callable[[], Any], how: Mapping[str, Callable[[Any, Any], Any]]) -> Any:
        left = part()
        while sign := self._sign(*how):
            left = _each(how[sign], left, part())
        return left

    def _unary(self) -> Any:
        if self._sign("-"):
            return _each(lambda a: -_number(a), self._unary())
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "function":
            return self._called(text)
        if (kind, text) == ("sign", "("):
            value = self._comparison()
            assert self._sign(")")
            return value
        return self._value(kind, text)

    def _value(self, kind: str, text: str) -> Any:
        if kind == "number":
            return float(text)
        if kind == "text":
            return text.replace('""', '"')
        if kind == "truth":
            return text == "TRUE"
        if kind == "cell":
            return self._sheet.cells.get(text.replace("$", ""))
        if kind == "range":
            return [self._sheet.cells.get(cell) for cell in _cells(text.replace("$", ""))]
        assert kind == "name", (kind, text)
        return self._sheet.names[text]

    def _called(self, name: str) -> Any:
        given: list[Any] = []
        while not self._sign(")"):
            given.append(self._comparison())
            self._sign(",")
        return _FUNCTIONS[name](*given)


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(formula):
        match = _TOKEN.match(formula, at)
        assert match, formula[at:]
        at = match.end()
        kind = match.lastgroup
        assert kind
        yield kind, match[kind]


def _cells(area: str) -> Iterator[str]:
    first, last = (re.fullmatch(r"([A-Z]+)([0-9]+)", end) for end in area.split(":"))
    assert first
    assert last
    for row in range(int(first[2]), int(last[2]) + 1):
        for column in range(column_index_from_string(first[1]), column_index_from_string(last[1]) + 1):
            yield f"{get_column_letter(column)}{row}"


def _each(how: Callable[..., Any], *given: Any) -> Any:
    """Element by element where an array is among them."""
    length = next((len(each) for each in given if isinstance(each, list)), None)
    if length is None:
        return how(*given)
    return [
        _each(how, *(each[at] if isinstance(each, list) else each for each in given)) for at in range(length)
    ]


def _text(value: Value) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float | int) else value


def _number(value: Value) -> float:
    if isinstance(value, str):
        raise Failed
    return float(value or 0)


def _divided(left: Value, right: Value) -> float:
    if not _number(right):
        raise Failed
    return _number(left) / _number(right)


def _compared(how: Callable[[Any, Any], bool], left: Value, right: Value) -> bool:
    """A blank cell is "" beside a text and 0 beside a number; a text is more than any number."""
    if left is None or right is None:
        blank: Value = "" if isinstance(left, str) or isinstance(right, str) else 0
        left, right = (blank if side is None else side for side in (left, right))
    if isinstance(left, str) != isinstance(right, str):
        return how(isinstance(left, str), isinstance(right, str)) if how is not operator.eq else False
    return (
        how(left.lower(), right.lower())
        if isinstance(left, str) and isinstance(right, str)
        else how(left, right)
    )


def _find(sought: Value, text: Value) -> float | Failed:
    at = _text(text).find(_text(sought))
    return Failed() if at < 0 else float(at + 1)


def _all(*given: Any) -> bool:
    for value in given:
        if isinstance(value, Failed):
            raise value
    return all(given)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "AND": _all,
    "OR": lambda *given: any(given),
    "NOT": lambda value: not value,
    "IF": lambda condition, then, other: then if condition else other,
    "ISNUMBER": lambda value: _each(lambda v: isinstance(v, float | int) and not isinstance(v, bool), value),
    "LEN": lambda value: float(len(_text(value))),
    "TRIM": lambda value: " ".join(_text(value).split(" ")).strip(" "),
    "SUBSTITUTE": lambda value, old, new: _text(value).replace(old, new),
    "RIGHT": lambda value, count: _text(value)[-int(count) :],
    "FIND": lambda sought, text: _each(_find, sought, text),
    "EXACT": lambda left, right: _each(lambda a, b: _text(a) == _text(b), left, right),
    "COUNTA": lambda cells: float(sum(cell is not None for cell in cells)),
    "SUMPRODUCT": lambda values: float(sum(map(_number, values if isinstance(values, list) else [values]))),
}
