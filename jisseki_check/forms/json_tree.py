"""A JSON tree of another shape → a report, as the profile's `tree` maps it.

What is only nearly of the shape is refused with its place, never read in part: a name that is missing, a
value of another kind, an amount under a name that the profile does not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jisseki_check.forms.report_json import FIGURES, FISCAL_YEARS, usual_field
from jisseki_check.forms.tree_places import Origin, TreePlaces
from jisseki_check.model import (
    Amount,
    Document,
    Indicator,
    Item,
    Location,
    Remark,
    Report,
    Source,
    Unreadable,
)
from jisseki_check.notation.fiscal import find_fiscal_years, label
from jisseki_check.notation.money import YEN_IN_UNIT, read_amount
from jisseki_check.notation.numerals import Number, plain_number
from jisseki_check.notation.width import fold
from jisseki_check.profiles import Profile
from jisseki_check.trees import (
    PAST,
    Indicators,
    ItemTree,
    Names,
    Part,
    Pointer,
    Text,
    Tree,
    escaped,
    unescaped,
)

Entry = dict[Any, Any]

_DECIMALS = {unit: len(str(yen)) - 1 for unit, yen in YEN_IN_UNIT.items()}  # down to 1 円
_KINDS: dict[type, str] = {
    dict: "名前と値のまとまり（{ }）",
    list: "一覧（[ ]）",
    str: "文字列",
    bool: "真偽値",
    int: "数",
    float: "数",
    type(None): "null",
}
_PLAIN = frozenset({str, int, float})
_CHECK = (
    "名前と値の種類を、この様式のデータに合わせてください。"
    "別の様式のデータであれば、--profile で様式設定を指定してください。"
)


def missing(data: object, required: Iterable[Pointer]) -> list[str]:
    """Those of a form's pointers at which nothing stands, be it null."""
    return [pointer.written for pointer in required if not _stands(data, pointer)]


def _stands(data: object, pointer: Pointer) -> bool:
    *above, last = pointer.tokens
    for token in above:
        data = _child(data, token)
    return isinstance(data, dict) and last in data


def _child(data: object, token: str) -> object:
    if isinstance(data, dict):
        return data.get(token)
    if isinstance(data, list) and token.isdecimal() and int(token) < len(data):
        return data[int(token)]
    return None


def _at(data: object, pointer: Pointer) -> object:
    """The value at a pointer; None where nothing stands there."""
    for token in pointer.tokens:
        data = data.get(token) if isinstance(data, dict) else _child(data, token)
    return data


@lru_cache(maxsize=1024)
def _label(year: int | None, name: str) -> str:
    return name if year is None else label(year) + name


def read(source: Source, profile: Profile) -> Document:
    """The report that a tree holds. Raises Unreadable (DOC002), with its place, for another shape."""
    assert profile.tree is not None
    reading = _Reading(source, profile, profile.tree)
    return Document(source.path, reading.report(), reading.places)


class _Reading:
    """One document being read. `base` in its methods is the pointer of the object that a value stands in."""

    def __init__(self, source: Source, profile: Profile, tree: Tree) -> None:
        self._source = source
        self._profile = profile
        self._tree = tree
        self._year: int | None = None
        self._items: list[Item] = []
        self.places = TreePlaces(tree, source.pointers, [], [], source.remarks)

    def report(self) -> Report:
        data, tree = self._source.data, self._tree
        lacking = missing(data, tree.required)
        if lacking or not isinstance(data, dict):
            raise _other_form(self._profile, lacking)
        self._year = None if tree.fiscal_year is None else self._fiscal_year(data, tree.fiscal_year, "")
        self._note_unknown(data, tree.names, "")
        for entry in tree.items:
            self._read_items(data, entry)
        if not self._items:
            raise Unreadable("項目が1件もありません", rule="DOC002", fix=_CHECK)
        unread = (Remark("unread", unescaped(at.rpartition("/")[2])) for at in self.places.unread)
        divisions = [self._text(data, text, "") for text in tree.divisions]
        return Report(
            municipality=self._profile.municipality,
            department=self._text(data, tree.department, ""),
            divisions=tuple(text for text in divisions if text) if divisions else None,
            title=self._text(data, tree.title, ""),
            kind=tree.kind,
            fiscal_year=self._year,
            fiscal_year_label=None if self._year is None else label(self._year),
            legend=None,
            items=tuple(self._items),
            remarks=(*unread, *self._source.remarks),
        )

    # --- items ----------------------------------------------------------------------------------

    def _read_items(self, data: Entry, entry: ItemTree) -> None:
        if entry.each is None:
            year = None if entry.year is None else self._fiscal_year(data, entry.year, "")
            self._add(data, entry, "", year)
            return
        pointer = entry.each.written
        held = _at(data, entry.each)
        if held is None and not entry.filled:
            return
        if not isinstance(held, list):
            raise self._refused(pointer, f"一覧（[ ]）であるはずですが、{_KINDS[type(held)]}です")
        if entry.filled and not held:
            raise self._refused(pointer, "一覧が空です")
        for position, element in enumerate(held):
            base = f"{pointer}/{position}"
            if not isinstance(element, dict):
                raise self._refused(
                    base, f"名前と値のまとまり（{{ }}）であるはずですが、{_KINDS[type(element)]}です"
                )
            year = None if entry.year is None else self._fiscal_year(element, entry.year, base)
            if entry.years is None or self._is_of(entry, year, base):
                self._note_unknown(element, entry.names, base)
                self._add(element, entry, base, year)

    def _is_of(self, entry: ItemTree, year: int | None, base: str) -> bool:
        """Whether an object's year is one of those that the entry reads."""
        if year is None or self._year is None:
            at = base + (entry.year.written if entry.year else "")
            raise self._refused(at, "年度が分からないため、済んだ年度かどうかを見分けられません")
        return (year < self._year) == (entry.years == PAST)

    def _add(self, element: Entry, entry: ItemTree, base: str, year: int | None) -> None:
        texts = {name: self._text(element, text, base) for name, text in entry.texts.items()}
        amounts: list[Amount] = []
        places: list[str] = []
        for stage, pointer in entry.amounts:
            value = _at(element, pointer)
            if value is not None:
                place = base + pointer.written
                amounts.append(self._amount(value, stage, year, entry, place))
                places.append(place)
        shown = ((heading, self._printed(element, pointer, base)) for heading, pointer in entry.extra)
        indicators: list[Indicator] = []
        begins: list[str] = []
        if entry.indicators is not None:
            self._read_indicators(element, entry.indicators, base, indicators, begins)
        self._items.append(
            Item(
                index=len(self._items) + 1,
                kind=entry.kind,
                amounts=tuple(amounts),
                indicators=tuple(indicators),
                extra=tuple((heading, text) for heading, text in shown if text is not None),
                number=texts.get("number"),
                title=texts.get("title"),
                division=texts.get("division"),
                goal=texts.get("goal"),
                initiative=texts.get("initiative"),
                result=texts.get("result"),
                mark=texts.get("mark"),
            )
        )
        self.places.origins.append(Origin(base, entry, tuple(places), tuple(begins)))

    def _read_indicators(
        self, element: Entry, told: Indicators, base: str, read: list[Indicator], begins: list[str]
    ) -> None:
        name, unit = self._text(element, told.name, base), self._text(element, told.unit, base)
        held = [element] if told.each is None else _at(element, told.each)
        if held is None:
            return
        within = base if told.each is None else base + told.each.written
        if not isinstance(held, list):
            raise self._refused(within, f"一覧（[ ]）であるはずですが、{_KINDS[type(held)]}です")
        for position, each in enumerate(held):
            at = within if told.each is None else f"{within}/{position}"
            if not isinstance(each, dict):
                raise self._refused(
                    at, f"名前と値のまとまり（{{ }}）であるはずですが、{_KINDS[type(each)]}です"
                )
            if told.each is not None:
                self._note_unknown(each, told.names, at)
            own = self._text(each, told.name, at) or name or ""
            year = None if told.year is None else self._fiscal_year(each, told.year, at)
            called = _label(year, f" {own}" if own and year else own)
            target, actual = self._figure(each, told.target, at), self._figure(each, told.actual, at)
            read.append(Indicator(called, self._text(each, told.unit, at) or unit, target, actual))
            begins.append(at)

    # --- values ---------------------------------------------------------------------------------

    def _text(self, holder: Entry, text: Text, base: str) -> str | None:
        if len(text) == 1:
            return self._part(holder, text[0], base)
        parts = [self._part(holder, part, base) for part in text]
        # Words of the profile alone are no text of the document, unless nothing else was to be there.
        is_there = any(found is not None for found, part in zip(parts, text, strict=True) if part.at)
        if not is_there and any(part.at for part in text):
            return None
        return " ".join(found for found in parts if found is not None) if text else None

    def _part(self, holder: Entry, part: Part, base: str) -> str | None:
        if part.at is None:
            return part.text
        if not part.is_year:
            return self._printed(holder, part.at, base)
        year = self._fiscal_year(holder, part.at, base)
        return None if year is None else _label(year, "")

    def _printed(self, holder: Entry, pointer: Pointer, base: str) -> str | None:
        """A text, a number as it is written, or a list of these."""
        value = _at(holder, pointer)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, list) and all(type(each) in _PLAIN for each in value):
            return "、".join(map(_written, value)) or None
        if type(value) in _PLAIN:
            return _written(value)
        raise self._refused(base + pointer.written, f"文字列であるはずですが、{_KINDS[type(value)]}です")

    def _fiscal_year(self, holder: Entry, pointer: Pointer, base: str) -> int | None:
        value = _at(holder, pointer)
        if value is None:
            return None
        if isinstance(value, str):
            value = _year_in(value)
        elif type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is int and FISCAL_YEARS[0] <= value <= FISCAL_YEARS[1]:
            return value
        raise self._refused(base + pointer.written, "年度として読めません")

    def _amount(self, value: object, stage: str, year: int | None, entry: ItemTree, place: str) -> Amount:
        name = _label(year, self._profile.stages[stage][0])
        field = usual_field(stage, entry.kind)
        if isinstance(value, str):
            return _written_amount(
                value, Amount(stage, name, year, None, entry.unit, field=field, text=value)
            )
        number = _to_the_yen(self._number(value, place), entry.unit)
        if isinstance(number, int):
            return Amount(stage, name, year, number, entry.unit, field=field)
        return Amount(stage, name, year, None, entry.unit, field=field, fraction=number)

    def _figure(self, holder: Entry, pointer: Pointer, base: str) -> float | None:
        """What an indicator counts; None for a text that is no number (集計中)."""
        value = _at(holder, pointer)
        if value is None:
            return None
        if isinstance(value, str):
            number = plain_number(fold(value).strip())
            return None if number is None else float(number)
        return float(self._number(value, base + pointer.written))

    def _number(self, value: object, place: str) -> Number:
        if type(value) is int or type(value) is float:
            if not FIGURES[0] <= value <= FIGURES[1]:
                raise self._refused(place, "数が大きすぎます")
            return _exact(value)
        raise self._refused(place, f"数であるはずですが、{_KINDS[type(value)]}です")

    # --- what is not of the shape ---------------------------------------------------------------

    def _note_unknown(self, held: Entry, names: Names, base: str) -> None:
        """Names that the profile does not know: beside amounts they may be parts of a sum."""
        if not held.keys() <= names.keys():
            for name in (name for name in held if name not in names):
                at = f"{base}/{escaped(str(name))}"
                if names.of_amounts:
                    raise self._refused(
                        at, "様式設定にない名前です。内訳の一つかもしれないため、金額を確かめられません"
                    )
                self.places.unread.append(at)
        for name, inner in names.within:
            below = held.get(name)
            if isinstance(below, dict):
                self._note_unknown(below, inner, f"{base}/{escaped(name)}")

    def _refused(self, pointer: str, why: str) -> Unreadable:
        return Unreadable(
            f"「{self._profile.title}」のデータとして読めません。{pointer or '全体'}：{why}",
            rule="DOC002",
            fix=_CHECK,
            at=self.places.at(pointer),
        )


def _other_form(profile: Profile, lacking: list[str]) -> Unreadable:
    """Data that lack what every document of the form has."""
    if not lacking:
        why = "全体が、名前と値のまとまり（{ }）ではありません"
    else:
        why = f"必ずあるはずの {'、'.join(lacking)} がありません"
    return Unreadable(
        f"「{profile.title}」のデータとして読めません。{why}",
        rule="DOC002",
        fix=_CHECK,
        at=Location(line=1, column=1, pointer=""),
    )


def _written(value: object) -> str:
    return f"{_exact(value)}" if isinstance(value, int | float) else str(value)


def _exact(value: float) -> Number:
    """The number that was written: 620.0 stands for 620, for some programs write every number so."""
    return int(value) if isinstance(value, int) or value.is_integer() else Decimal(repr(value))


def _to_the_yen(number: Number, unit: str) -> Number:
    """Without the digits below 1 円 that binary fractions leave behind: 494.90000000000003百万円."""
    if isinstance(number, int) or -int(number.as_tuple().exponent) <= _DECIMALS[unit]:
        return number
    rounded = round(number, _DECIMALS[unit]).normalize()
    return int(rounded) if rounded == int(rounded) else rounded


def _written_amount(text: str, amount: Amount) -> Amount:
    """An amount that stands as a text (1,234、▲56、－): its number, or the text alone where it is none."""
    money = read_amount(text)
    value = money.value if isinstance(money.value, int) else None
    return replace(amount, value=value, unit=money.unit or amount.unit, note=money.rest.strip() or None)


def _year_in(text: str) -> int | None:
    """2017, 平成29年度."""
    digits = fold(text).strip()
    if digits.isascii() and digits.isdecimal() and len(digits) == 4:
        return int(digits)
    found = find_fiscal_years(text)
    return found[0].year if len(found) == 1 else None
