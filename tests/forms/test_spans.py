"""Texts know where each of their characters stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.forms.spans import Text, TextPlaces, join
from jisseki_check.model import Location, Run, Spot

_LINES = st.lists(st.text("あい うxy　", min_size=1, max_size=12), min_size=1, max_size=5)


def _text(lines: list[str]) -> Text:
    """Lines as runs of one text, each on its own line of a file."""
    return Text.of(tuple(Run(line, Location(line=at, column=1)) for at, line in enumerate(lines, 1)))


@given(_LINES, st.integers(0, 60), st.integers(0, 60))
def test_first_and_last_character_of_a_cut_stand_where_its_place_says(
    lines: list[str], start: int, length: int
) -> None:
    piece = _text(lines).cut(start, start + length)
    assert piece.text == "".join(lines)[start : start + length].strip(" 　")
    if piece.text:
        place = piece.place()
        assert place.line is not None
        assert place.column is not None
        assert place.end_line is not None
        assert place.end_column is not None
        assert lines[place.line - 1][place.column - 1] == piece.text[0]
        assert lines[place.end_line - 1][place.end_column - 2] == piece.text[-1]


@given(_LINES, st.data())
def test_every_character_of_joined_texts_stands_where_its_place_says(
    lines: list[str], data: st.DataObject
) -> None:
    texts = [Text.of((Run(line, Location(line=at, column=1)),)) for at, line in enumerate(lines, 1)]
    joined = join(texts, "\n")
    assert joined.text == "\n".join(lines)
    at = data.draw(st.integers(0, len(joined.text) - 1))
    if joined.text[at] != "\n":
        place = joined.place(at, at + 1)
        assert place.line is not None
        assert place.column is not None
        assert lines[place.line - 1][place.column - 1] == joined.text[at]


def test_place_of_a_field_that_is_not_there_is_its_items() -> None:
    heading, goal = _text(["(1) あ"]), Text.of((Run("い", Location(line=7, column=4)),))
    places = TextPlaces({(1, ""): heading, (1, "goal"): goal})
    assert places.locate(Spot(1, "goal", 0, 1)) == Location(line=7, column=4, end_line=7, end_column=5)
    assert places.locate(Spot(1, "mark")).line == 1
    assert places.locate(Spot(2, "goal")) == Location(line=1, column=1)
