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


# --- a profile that says only what differs ------------------------------------------------------

EXTENDING = "format: jisseki-profile/1\nname: city\ntitle: みずき市の様式\nextends: hirakata\n"


def test_what_is_not_said_is_taken_over() -> None:
    base = profiles.load("hirakata")
    own = profiles.parse(EXTENDING + "fields: {goal: [ねらい]}\nrules: {MRK101: {enabled: false}}\n", "city")
    assert own.fields == {**base.fields, "goal": ("ねらい",)}
    assert (own.name, own.sections, own.words) == ("city", base.sections, base.words)
    assert not own.rules["MRK101"].enabled


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (EXTENDING.replace("hirakata", "nowhere"), "nowhere.*見つかりません"),
        (EXTENDING.replace("hirakata", "hirakata-h28"), "それ自身がほかの様式設定"),
        (EXTENDING + "item_kinds: {statement: {title: 方針}}\n", "/item_kinds/statement/opens がありません"),
        (EXTENDING + "amounts: {unit: ドル}\n", "/amounts/unit"),
        (EXTENDING.replace("extends: hirakata\n", ""), "がありません"),
    ],
)
def test_broken_extension_is_refused(text: str, said: str) -> None:
    with pytest.raises(profiles.ProfileError, match=said):
        profiles.parse(text, "city.yaml")


LIST = "list: {columns: {title: [事務事業], extra: [評価]}, units: {支出: 円}}\n"


def test_own_headings_of_lists_stand_beside_the_usual_ones() -> None:
    base = profiles.load("hirakata").listing
    assert (base.own, base.units) == ({}, {})
    for own in (profiles.parse(EXTENDING + LIST, "city"), profiles.parse(_begun(), "city")):
        assert own.listing.own == {"title": ("事務事業",), "extra": ("評価",)}
        assert (own.listing.usual, own.listing.units) == (base.usual, {"支出": "円"})


def _begun() -> str:
    return profiles.beginning("city").replace("list:\n  columns: {}\n", LIST)


def test_stored_profiles_are_those_of_their_files() -> None:
    for path in sorted((folder("rules") / "profiles").glob("*.yaml")):
        assert profiles.load(path.stem) == profiles.parse(path.read_text(encoding="utf-8"), path.stem)


def test_forms_show_themselves_by_headings_that_others_lack() -> None:
    headings = [heading for form in profiles.evidence() for heading in form.headings]
    assert len(headings) == len(set(headings))
    assert {form.profile for form in profiles.evidence()} == {
        path.stem for path in (folder("rules") / "profiles").glob("*.yaml")
    }
