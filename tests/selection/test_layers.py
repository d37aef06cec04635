"""What one place after the other makes of a rule."""

from __future__ import annotations

import pytest

from jisseki_check.selection import Layer, Levels, settled


def is_on(*layers: Layer, code: str = "FIN105", by_profile: bool = True) -> bool:
    return settled(layers, code, "hirakata", "warning").is_on(by_profile=by_profile)


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([], True),
        ([Layer(select=("MRK",))], False),
        ([Layer(select=("FIN1",))], True),
        ([Layer(select=("MRK",), extend_select=("FIN105",))], True),
        ([Layer(ignore=("FIN",))], False),
        ([Layer(ignore=("FIN",), extend_select=("FIN105",))], False),
        ([Layer(ignore=("FIN",)), Layer(extend_select=("FIN105",))], True),
        ([Layer(extend_select=("FIN105",)), Layer(ignore=("FIN",))], False),
        ([Layer(select=("FIN",)), Layer(select=("MRK",))], False),
        ([Layer(select=("MRK",)), Layer(select=("FIN",))], True),
        ([Layer(ignore=("FIN",)), Layer(select=("FIN",))], False),
        ([Layer(ignore=("FIN",)), Layer(select=("FIN105",))], True),
        ([Layer(ignore=("FIN105",), select=("FIN105",))], False),
        ([Layer(ignore=("FIN105",)), Layer(ignore=("STY",))], False),
    ],
)
def test_which_rules_are_used(layers: list[Layer], expected: bool) -> None:
    assert is_on(*layers) is expected


def test_what_a_profile_does_not_use() -> None:
    assert not is_on(by_profile=False)
    assert not is_on(Layer(select=("FIN105",)), by_profile=False)
    assert is_on(Layer(extend_select=("FIN105",)), by_profile=False)
    assert not is_on(Layer(extend_select=("FIN105",)), Layer(ignore=("FIN105",)), by_profile=False)


def level(*layers: Layer, profile: str = "hirakata") -> str:
    return settled(layers, "FIN105", profile, "warning").level


def test_levels() -> None:
    of_all = Levels((("FIN105", "error"), ("FIN", "info"), ("", "warning")))
    of_one = Levels((("FIN105", "error"),), (("hirakata-h28", (("FIN", "info"),)),))
    assert level() == "warning"
    assert level(Layer(levels=of_all)) == "error"
    assert level(Layer(levels=Levels((("MRK", "error"),)))) == "warning"
    assert level(Layer(levels=of_one)) == "error"
    assert level(Layer(levels=of_one), profile="hirakata-h28") == "info"
    assert level(Layer(levels=of_all), Layer(levels=Levels((("F", "warning"),)))) == "warning"
