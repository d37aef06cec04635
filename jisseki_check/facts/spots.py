"""Any number of places in one column: `3:result:10:14 :title:0:5`."""

from __future__ import annotations

from collections.abc import Iterable

from jisseki_check.model import Spot


def write_spots(spots: Iterable[Spot]) -> str | None:
    """The places as one text: item, field, start and end of each; None where there are none."""
    return (
        " ".join(":".join("" if part is None else str(part) for part in _parts(spot)) for spot in spots)
        or None
    )


def _parts(spot: Spot) -> tuple[int | None, str, int | None, int | None]:
    return spot.item, spot.field, spot.start, spot.end


def read_spots(text: str | None) -> list[Spot]:
    """The places that `write_spots` wrote."""
    return [_spot(*written.split(":")) for written in (text or "").split(" ") if written]


def _spot(item: str, field: str, start: str, end: str) -> Spot:
    return Spot(_number(item), field, _number(start), _number(end))


def _number(text: str) -> int | None:
    return int(text) if text else None
