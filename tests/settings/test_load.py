"""jisseki-check.toml and pyproject.toml: found, read, merged, and refused by name."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from jisseki_check import resources
from jisseki_check.selection import Layer, Levels, PathEntry, Selection
from jisseki_check.settings import KEYS, Settings, SettingsError, load
from jisseki_check.settings.keys import FAIL_ON, LOOSENING, PER_PATH
from tests.settings.conftest import write


def test_keys_are_those_of_the_schema() -> None:
    schema = json.loads((resources.folder("schemas") / "settings.schema.json").read_text(encoding="utf-8"))
    properties = schema["properties"]
    assert set(properties) == KEYS
    assert set(properties["per-path"]["items"]["properties"]) == PER_PATH
    assert set(properties["allow-looser"]["items"]["enum"]) == LOOSENING
    assert set(properties["fail-on"]["enum"]) == set(FAIL_ON)


def test_every_key_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "jisseki-check.toml",
        'profile = "hirakata"\nrules = "規則"\nwaivers = "免除.toml"\nbaseline = "既知/指摘.json"\n'
        'expect = "提出一覧.txt"\nprior = ["過去", "計画/総務部.txt"]\n'
        'select = ["FIN"]\nignore = ["FIN119"]\nextend-select = ["MRK"]\nallow-looser = ["ignore"]\n'
        'fail-on = "warning"\noutput-format = "json"\n'
        "max-bytes = 1000\nmax-inflated = 2000\nmax-cells = 3000\nmax-pages = 4000\n"
        '[levels]\nFIN105 = "error"\n[levels.hirakata-h28]\nFIN = "info"\n'
        '[[per-path]]\npaths = ["計画/**"]\nprofile = "計画.yaml"\nignore = ["STY"]\n'
        '[per-path.levels]\nMRK = "info"\n',
    )
    settings = load(str(tmp_path))
    assert settings == Settings(
        path=str(path),
        profile="hirakata",
        rules=str(tmp_path / "規則"),
        fail_on="warning",
        output_format="json",
        waivers=str(tmp_path / "免除.toml"),
        baseline=str(tmp_path / "既知" / "指摘.json"),
        expect=str(tmp_path / "提出一覧.txt"),
        prior=(str(tmp_path / "過去"), str(tmp_path / "計画" / "総務部.txt")),
        max_bytes=1000,
        max_inflated=2000,
        max_cells=3000,
        max_pages=4000,
        selection=Selection(
            layers=(
                Layer(
                    ("FIN",),
                    ("FIN119",),
                    ("MRK",),
                    Levels((("FIN105", "error"),), (("hirakata-h28", (("FIN", "info"),)),)),
                ),
            ),
            entries=(
                PathEntry(
                    str(tmp_path),
                    ("計画/**",),
                    Layer(ignore=("STY",), levels=Levels((("MRK", "info"),))),
                    str(tmp_path / "計画.yaml"),
                ),
            ),
        ),
    )
    assert [file.keys for file in settings.files] == [KEYS - {"extends"}]


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
    assert load(str(tmp_path / "below")).profile == str(tmp_path / "forms" / "mizuki.yaml")


def test_a_mark_of_byte_order_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "jisseki-check.toml").write_bytes('fail-on = "info"\r\n'.encode("utf-8-sig"))
    assert load(str(tmp_path)).fail_on == "info"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fail-on = 1", "「fail-on」には文字列を書いてください。"),
        ('fail-on = ""', "「fail-on」には文字列を書いてください。"),
        ('fail-on = "errors"', "「fail-on」に「errors」は使えません。"),
        ('select = "FIN"', "「select」には"),
        ("select = [1]", "「select」には"),
        ('select = ["FIN", ""]', "「select」に、空の文字列があります。"),
        ("max-bytes = true", "「max-bytes」には 1 以上の整数を書いてください。"),
        ("max-bytes = 0", "「max-bytes」には 1 以上の整数を書いてください。"),
        ("max-bytes = 9223372036854775808", "「max-bytes」には 1 以上の整数を書いてください。"),
        ("select = [", "（1行目11列目）を TOML として読めません。"),
        ("fail-on = warning", "（1行目11列目）を TOML として読めません。値の書き方に誤りがあります"),
        ("select = " + "[" * 100_000, "を読めません"),
        ("unknown = 1", "「unknown」という設定はありません。"),
        ('allow-looser = ["output-format"]', "「allow-looser」に書ける設定に「output-format」という"),
        ('levels = "error"', "「levels」は表です。"),
        ('[levels]\nFIN = "fatal"', "「FIN」には、error・warning・info のどれか"),
        ('[levels.hirakata]\nFIN = "エラー"', "「hirakata.FIN」には、error・warning・info のどれか"),
        ('[levels]\n"" = "error"', "「levels」に、空のコードがあります。"),
        ('[per-path]\npaths = ["a"]', "[[per-path]]"),
        ('[[per-path]]\nignore = ["FIN"]', "per-path（1番目）に「paths」がありません。"),
        ('[[per-path]]\npaths = ["a"]', "per-path（1番目）に、パスのほかに何も"),
        ('[[per-path]]\npaths = []\nignore = ["FIN"]', "per-path（1番目）の「paths」"),
        ('[[per-path]]\npaths = ["../a"]\nignore = ["FIN"]', "パスに「..」は使えません。"),
        ('[[per-path]]\npaths = ["a"]\nfail-on = "info"', "「fail-on」という設定はありません。"),
        ('[[per-path]]\npaths = ["a"]\nselect = "FIN"', "per-path（1番目）の「select」には"),
    ],
    ids=range(25),
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


# --- files that extend others ----------------------------------------------------------------------


def test_words_replace_and_lists_follow_one_another(tmp_path: Path) -> None:
    city = write(
        tmp_path / "市/jisseki-check.toml",
        'fail-on = "warning"\nignore = ["STY"]\nmax-pages = 90\nrules = "規則"\n'
        '[levels]\nFIN105 = "error"\n[[per-path]]\npaths = ["旧/"]\nignore = ["PVR"]\n',
    )
    own = write(
        tmp_path / "部/jisseki-check.toml",
        'extends = "../市/jisseki-check.toml"\nfail-on = "info"\nextend-select = ["STY101"]\n'
        '[levels]\nFIN = "error"\n[[per-path]]\npaths = ["*.csv"]\nextend-select = ["STY"]\n',
    )
    settings = load(str(tmp_path / "部"))
    assert [file.path for file in settings.files] == [str(city), str(own)]
    assert (settings.path, settings.fail_on, settings.max_pages) == (str(own), "info", 90)
    assert settings.rules == str(tmp_path / "市" / "規則")
    assert settings.selection == Selection(
        (
            Layer(ignore=("STY",), levels=Levels((("FIN105", "error"),))),
            Layer(extend_select=("STY101",), levels=Levels((("FIN", "error"),))),
        ),
        (
            PathEntry(str(tmp_path / "市"), ("旧/",), Layer(ignore=("PVR",))),
            PathEntry(str(tmp_path / "部"), ("*.csv",), Layer(extend_select=("STY",))),
        ),
    )


def test_chains_and_pyproject_files(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.jisseki-check]\nprofile = "hirakata"')
    write(tmp_path / "a/市.toml", 'extends = "../pyproject.toml"\nfail-on = "warning"')
    write(tmp_path / "a/b/pyproject.toml", '[tool.jisseki-check]\nextends = "../市.toml"\nmax-pages = 9')
    settings = load(str(tmp_path / "a/b"))
    assert [os.path.basename(file.path) for file in settings.files] == [
        "pyproject.toml",
        "市.toml",
        "pyproject.toml",
    ]
    assert (settings.profile, settings.fail_on, settings.max_pages) == ("hirakata", "warning", 9)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (None, "「extends」の"),
        ('extends = "jisseki-check.toml"', "どちらかの「extends」を消してください。"),
        ("fail-onn = 1", "「fail-onn」という設定はありません。"),
        ("[", "を TOML として読めません"),
    ],
    ids=["absent", "cycle", "unknown", "broken"],
)
def test_what_cannot_be_extended(tmp_path: Path, other: str | None, said: str) -> None:
    write(tmp_path / "jisseki-check.toml", 'extends = "市.toml"')
    if other is not None:
        write(tmp_path / "市.toml", other)
    with pytest.raises(SettingsError) as caught:
        load(str(tmp_path))
    assert said in caught.value.message
    assert "市.toml" in caught.value.message


def test_a_file_that_extends_itself_by_another_name(tmp_path: Path) -> None:
    write(tmp_path / "jisseki-check.toml", 'extends = "市.toml"')
    (tmp_path / "市.toml").symlink_to(tmp_path / "jisseki-check.toml")
    with pytest.raises(SettingsError, match="互いに引き継ぐことはできません"):
        load(str(tmp_path))


def test_a_pyproject_without_our_table(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.ruff]\n# jisseki-check\n")
    write(tmp_path / "a/jisseki-check.toml", 'extends = "../pyproject.toml"')
    with pytest.raises(SettingsError, match=r"に、\[tool.jisseki-check\] がありません"):
        load(str(tmp_path / "a"))
