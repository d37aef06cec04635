"""Profiles: what is in the file reaches the form, and what must not be there is refused in Japanese."""

from __future__ import annotations

from pathlib import Path

import pytest

from jisseki_check import profiles
from jisseki_check.resources import folder

TEXT = (folder("rules") / "profiles" / "hirakata.yaml").read_text(encoding="utf-8")


def test_own_profile_by_name_and_by_file() -> None:
    by_name = profiles.load("hirakata")
    assert by_name == profiles.load(str(folder("rules") / "profiles" / "hirakata.yaml"))
    assert [sign.sign for sign in by_name.signs] == ["◎", "○", "△", "×"]
    assert by_name.mark_signs[-1] == "－"


def test_changed_profile_is_not_taken_from_the_store(tmp_path: Path) -> None:
    path = tmp_path / "city.yaml"
    path.write_text(TEXT.replace("municipality: 枚方市", "municipality: みずき市"), encoding="utf-8")
    assert profiles.load(str(path)).municipality == "みずき市"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: [", "YAML"),
        (TEXT.replace("unit: 千円", "unit: ドル"), "/amounts/unit"),
        (TEXT + "colour: red\n", "colour"),
        (TEXT.replace("layout: labelled-blocks\n", ""), "/layout がありません"),
        ("a", "city.yaml"),
    ],
)
def test_broken_profile_is_refused(text: str, said: str) -> None:
    with pytest.raises(profiles.ProfileError, match=said):
        profiles.parse(text, "city.yaml")


def test_missing_profile_names_those_that_are_there() -> None:
    with pytest.raises(profiles.ProfileError, match="hirakata"):
        profiles.load("nowhere")
