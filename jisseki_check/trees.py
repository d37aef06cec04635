"""How a profile maps a JSON tree to a report: its `tree`, as data, ready to be followed.

Pointers are JSON Pointers (RFC 6901). Those of the report start at the root of the document, those of an
item at the object that it is read from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

PAST = "past"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A JSON Pointer as it is written, and its tokens."""

    written: str
    tokens: tuple[str, ...]

    @classmethod
    def of(cls, written: str) -> Pointer:
        return cls(written, tuple(map(unescaped, written.split("/")[1:])))


def escaped(name: str) -> str:
    """A name as a token of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def unescaped(token: str) -> str:
    """The name that a token of a JSON Pointer stands for."""
    return token.replace("~1", "/").replace("~0", "~")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text: what stands at `at`, as a fiscal year where `is_year`; else the words in `text`."""

    at: Pointer | None = None
    is_year: bool = False
    text: str = ""


Text = tuple[Part, ...]
"""The pieces of a text, joined by blanks; those that are not there are passed over."""


class Names(dict[str, "Names"]):
    """What an object may hold, by name, and within it; what is empty here is known with all that it holds.
    `of_amounts`: amounts are among it, or below it."""

    of_amounts = False

    def add(self, pointers: Iterable[Pointer], *, of_amounts: bool = False) -> Names:
        for pointer in pointers:
            held = self
            for token in pointer.tokens:
                held.of_amounts = held.of_amounts or of_amounts
                held = held.setdefault(token, Names())
        return self

    @cached_property
    def within(self) -> tuple[tuple[str, Names], ...]:
        """The names that hold more than one value."""
        return tuple((name, names) for name, names in self.items() if names)


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators of an item: one for each object of the array at `each` (None: the item's object is the
    one). All start at the indicator's object; `name` and `unit` may stand at the item's as well. `names`:
    what the indicator's object may hold."""

    each: Pointer | None
    year: Pointer | None
    name: Text
    unit: Text
    target: Pointer
    actual: Pointer
    names: Names


@dataclass(frozen=True, slots=True)
class ItemTree:
    """One kind of item: one for each object of the array at `each` (None: the document itself is the one).

    `years`: of which fiscal years an item is read, by the `year` of its object: past (before the report's),
    open (the report's and later ones), None for all. `filled`: the array must not be empty. `unit`: what
    the amounts count. `names`: what the object may hold.
    """

    kind: str
    each: Pointer | None
    filled: bool
    year: Pointer | None
    years: str | None
    texts: Mapping[str, Text]
    amounts: tuple[tuple[str, Pointer], ...]
    unit: str
    indicators: Indicators | None
    extra: tuple[tuple[str, Pointer], ...]
    names: Names


@dataclass(frozen=True, slots=True)
class Tree:
    """`required`: what every document of the form holds, and by which it is known; `names`: what else the
    document may hold at its top."""

    required: tuple[Pointer, ...]
    kind: str
    department: Text
    title: Text
    divisions: tuple[Text, ...]
    fiscal_year: Pointer | None
    items: tuple[ItemTree, ...]
    names: Names


# What a form of JSON trees need not have, and by what its fields are called where it does not say.
_UNTOLD: Mapping[str, Any] = {
    "composition": [],
    "sections": [],
    "marks": {"brackets": ["【】"], "legend": None, "signs": [], "not_evaluated": []},
}
_FIELDS = {"goal": ["目標"], "initiative": ["取り組み"], "result": ["実績"], "mark": ["達成状況"]}

_TEXTS = ("number", "title", "division", "goal", "initiative", "result", "mark")


def tree_of(data: Mapping[str, Any], unit: str) -> Tree:
    """The tree of a profile's data, judged by the schema; `unit`: of amounts that name none."""
    told = data["report"]
    required = _pointers(data["required"])
    department, title = _text(told.get("department")), _text(told.get("title"))
    divisions = tuple(map(_text, told.get("divisions", ())))
    fiscal_year = _pointer(told.get("fiscal_year"))
    held: dict[tuple[str, str | None], Names] = {}
    top = held[_key({})] = Names().add([*required, *_within(department, title, *divisions)])
    top.add([*_given(fiscal_year), *_pointers(data.get("ignore", ()))])
    top.add(Pointer.of(entry["each"]) for entry in data["items"] if "each" in entry)
    # Objects that several kinds of item are read from hold what each of them reads.
    items = tuple(_item(entry, unit, held.setdefault(_key(entry), Names())) for entry in data["items"])
    return Tree(required, told.get("kind", "results"), department, title, divisions, fiscal_year, items, top)


def with_usual_parts(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data of a profile of JSON trees, with those parts that only other layouts must tell."""
    fields = {**_FIELDS, **data.get("fields", {})}
    return {**_UNTOLD, **data, "fields": fields, "marked": bool(data.get("marks", {}).get("signs"))}


def _key(entry: Mapping[str, Any]) -> tuple[str, str | None]:
    return (entry["each"], entry.get("years")) if "each" in entry else ("", None)


def _item(entry: Mapping[str, Any], unit: str, names: Names) -> ItemTree:
    year = _pointer(entry.get("year"))
    texts = {name: _text(entry[name]) for name in _TEXTS if name in entry}
    amounts = tuple((stage, Pointer.of(at)) for stage, at in entry.get("amounts", {}).items())
    extra = tuple((heading, Pointer.of(at)) for heading, at in entry.get("extra", {}).items())
    names.add((at for _, at in amounts), of_amounts=True)
    names.add([*_within(*texts.values()), *(at for _, at in extra), *_given(year)])
    names.add(_pointers(entry.get("ignore", ())))
    indicators = _indicators(entry["indicators"], names) if "indicators" in entry else None
    return ItemTree(
        kind=entry["kind"],
        each=_pointer(entry.get("each")),
        filled=entry.get("filled", False),
        year=year,
        years=entry.get("years"),
        texts=texts,
        amounts=amounts,
        unit=entry.get("unit", unit),
        indicators=indicators,
        extra=extra,
        names=names,
    )


def _indicators(entry: Mapping[str, Any], around: Names) -> Indicators:
    """`around`: what the item's object may hold, to which these add."""
    each, year = _pointer(entry.get("each")), _pointer(entry.get("year"))
    name, unit = _text(entry.get("name")), _text(entry.get("unit"))
    target, actual = Pointer.of(entry["target"]), Pointer.of(entry["actual"])
    around.add([*_within(name, unit), *_given(each)])
    names = around if each is None else Names()
    names.add([*_within(name, unit), *_given(year), target, actual, *_pointers(entry.get("ignore", ()))])
    return Indicators(each, year, name, unit, target, actual, names)


def _text(written: str | Sequence[str | Mapping[str, str]] | None) -> Text:
    parts = [written] if isinstance(written, str) else written or ()
    return tuple(_part(part) for part in parts)


def _part(written: str | Mapping[str, str]) -> Part:
    if isinstance(written, str):
        return Part(Pointer.of(written))
    if "year" in written:
        return Part(Pointer.of(written["year"]), is_year=True)
    return Part(text=written["text"])


def _pointer(written: str | None) -> Pointer | None:
    return None if written is None else Pointer.of(written)


def _pointers(written: Iterable[str]) -> tuple[Pointer, ...]:
    return tuple(map(Pointer.of, written))


def _within(*texts: Text) -> list[Pointer]:
    return [part.at for text in texts for part in text if part.at is not None]


def _given(pointer: Pointer | None) -> tuple[Pointer, ...]:
    return () if pointer is None else (pointer,)
