"""jisseki-check.toml and pyproject.toml."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jisseki_check import resources
from jisseki_check.settings import KEYS, Settings, SettingsError, load


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_keys_are_those_of_the_schema() -> None:
    schema = json.loads((resources.folder("schemas") / "settings.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == KEYS


def test_every_key_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "jisseki-check.toml",
        'profile = "hirakata"\nrules = "規則"\n'
        'select = ["FIN"]\nignore = ["FIN119"]\nextend-select = ["MRK"]\n'
        'fail-on = "warning"\noutput-format = "json"\nmax-bytes = 1000\n',
    )
    assert load(str(tmp_path)) == Settings(
        path=str(path),
        profile="hirakata",
        rules=str(tmp_path / "規則"),
        select=("FIN",),
        ignore=("FIN119",),
        extend_select=("MRK",),
        fail_on="warning",
        output_format="json",
        max_bytes=1000,
    )


def test_nearest_file_above_holds(tmp_path: Path) -> None:
    write(tmp_path / "jisseki-check.toml", 'fail-on = "info"')
    write(tmp_path / "a/pyproject.toml", '[tool.jisseki-check]\nfail-on = "warning"')
    write(tmp_path / "a/b/pyproject.toml", "[tool.ruff]\nline-length = 110")
    (tmp_path / "a/b/c").mkdir()
    assert load(str(tmp_path / "a/b/c")).fail_on == "warning"
    assert load(str(tmp_path)).fail_on == "info"


def test_own_file_before_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "jisseki-check.toml", 'fail-on = "info"')
    write(tmp_path / "pyproject.toml", '[tool.jisseki-check]\nfail-on = "warning"')
    assert load(str(tmp_path)).fail_on == "info"


def test_a_profile_file_is_found_from_the_settings_file(tmp_path: Path) -> None:
    write(tmp_path / "jisseki-check.toml", 'profile = "forms/mizuki.yaml"')
    (tmp_path / "below").mkdir()
    assert load(str(tmp_path / "below")).profile == str(tmp_path / "forms/mizuki.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fail-on = 1", "「fail-on」には文字列を書いてください。"),
        ('fail-on = ""', "「fail-on」には文字列を書いてください。"),
        ('select = "FIN"', "「select」には"),
        ("select = [1]", "「select」には"),
        ("max-bytes = true", "「max-bytes」には 1 以上の整数を書いてください。"),
        ("max-bytes = 0", "「max-bytes」には 1 以上の整数を書いてください。"),
        ("select = [", "を読めません"),
        ("select = " + "[" * 100_000, "を読めません"),
        ("unknown = 1", "「unknown」という設定はありません。"),
    ],
    ids=range(9),
)
def test_what_cannot_be_used_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path / "jisseki-check.toml", text)
    with pytest.raises(SettingsError) as caught:
        load(str(tmp_path))
    assert said in caught.value.message
    assert str(path) in caught.value.message


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "jisseki-check.toml").write_bytes('profile = "枚方"'.encode("cp932"))
    with pytest.raises(SettingsError, match="を読めません"):
        load(str(tmp_path))


def test_a_broken_pyproject_matters_only_if_it_may_speak_of_us(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.ruff\n")
    assert load(str(tmp_path)).fail_on is None
    write(tmp_path / "pyproject.toml", "[tool.jisseki-check\n")
    with pytest.raises(SettingsError):
        load(str(tmp_path))


def test_a_table_that_is_none(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool]\njisseki-check = 1\n")
    with pytest.raises(SettingsError, match="表になっていません"):
        load(str(tmp_path))
