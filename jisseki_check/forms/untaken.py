"""What of a JSON or YAML report reading it leaves out, because the schema objects to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from jisseki_check.forms.report_json import AMOUNT_FIELDS, from_json, read_amounts, read_entries, to_json

Untaken = tuple[str, object]
"""The JSON Pointer of a value that is in the data and not in the report, and the value."""

_Positions = Callable[[object], Iterator[int]]
# Known otherwise than by their values: the format itself, and the places of items in their list.
_OF_THE_FILE = frozenset({"format", "index"})


def untaken(data: object) -> tuple[Untaken, ...]:
    """In the order of the data. What says nothing (null, empty) can be left out without a loss."""
    return tuple(_lost(data, to_json(from_json(data)), "", ""))


def _lost(given: object, taken: object, pointer: str, name: str) -> Iterator[Untaken]:
    if given is None or given in ("", [], {}):
        return
    if isinstance(given, Mapping) and isinstance(taken, Mapping):
        for key, value in given.items():
            if key not in _OF_THE_FILE and not _is_usual(key, value):
                held = taken.get(key, {} if key == "extra" else None)  # written only if it holds something
                yield from _lost(value, held, f"{pointer}/{_token(key)}", str(key))
    elif isinstance(given, list) and isinstance(taken, list):
        yield from _lost_of_list(given, taken, pointer, name)
    elif given != taken or isinstance(given, bool) != isinstance(taken, bool):
        yield pointer, given


def _lost_of_list(
    given: Sequence[object], taken: Sequence[object], pointer: str, name: str
) -> Iterator[Untaken]:
    """Entries that were passed over have no place among those that were taken."""
    read = list(_READ.get(name, _objects)(given))
    places = {position: place for place, position in enumerate(read)}
    for position, entry in enumerate(given):
        place = places.get(position)
        own = taken[place] if place is not None and place < len(taken) else None
        yield from _lost(entry, own, f"{pointer}/{position}", "")


def _is_usual(key: object, value: object) -> bool:
    """The field of an amount is written only where it is not the usual one."""
    return key == "field" and value in AMOUNT_FIELDS


def _token(key: object) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")


def _objects(value: object) -> Iterator[int]:
    return (position for position, _ in read_entries(value))


def _amounts(value: object) -> Iterator[int]:
    return (position for position, _ in read_amounts(value))


def _strings(value: object) -> Iterator[int]:
    entries = value if isinstance(value, list) else []
    return (position for position, entry in enumerate(entries) if isinstance(entry, str))


def _all(value: object) -> Iterator[int]:
    return iter(range(len(value) if isinstance(value, list) else 0))


_READ: Mapping[str, _Positions] = {"items": _all, "amounts": _amounts, "divisions": _strings}
