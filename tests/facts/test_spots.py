"""Places written into one column and read back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.spots import read_spots, write_spots
from jisseki_check.model import Spot

_OFFSETS = st.none() | st.integers(0, 10**6)
_SPOTS = st.builds(
    Spot,
    st.none() | st.integers(1, 999),
    st.sampled_from(["", "title", "result", "amounts/0"]),
    _OFFSETS,
    _OFFSETS,
)


@given(st.lists(_SPOTS, max_size=5))
def test_places_are_read_back_as_they_were_written(spots: list[Spot]) -> None:
    assert read_spots(write_spots(spots)) == spots


def test_no_places_are_null() -> None:
    assert write_spots([]) is None
    assert read_spots(None) == []
