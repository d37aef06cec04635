"""`config show`: each value, and where it comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jisseki_check.notation.width import display_width
from jisseki_check.settings import KEYS
from tests.cli.conftest import Ended
from tests.settings.conftest import write

Command = Callable[..., Ended]
CITY = """# 市の設定
fail-on = "warning"
ignore = ["STY"]
allow-looser = ["ignore", "profile"]

[levels]
FIN105 = "error"
[levels.hirakata-h28]
MRK101 = "error"
"""
OWN = """extends = "市/jisseki-check.toml"
ignore = ["PVR"]
fail-on = "info"
max-pages = 90

[[per-path]]
paths = ["計画/**", "!計画/済/"]
profile = "hirakata-h30-plan"
ignore = ["FIN119"]

[[per-path]]
paths = ["*.csv"]
levels = { STR = "error" }
"""


@pytest.fixture
def settled(tmp_path: Path) -> None:
    write(tmp_path / "市/jisseki-check.toml", CITY)
    write(tmp_path / "jisseki-check.toml", OWN)


def told(command: Command, *arguments: str) -> dict[str, list[tuple[str, str]]]:
    """The table: each key's values, and where they come from."""
    ended = command("config", "show", *arguments)
    assert ended.code == 0, ended.err
    out: dict[str, list[tuple[str, str]]] = {}
    key = ""
    for line in ended.out.split("\n\n")[1].splitlines()[1:]:
        name, value, origin = re.split(" {2,}", line)
        key = name or key
        out.setdefault(key, []).append((value, origin))
    return out


def test_without_settings_all_is_as_usual(command: Command) -> None:
    table = told(command)
    assert set(table) == KEYS - {"extends", "per-path"}
    assert {origin for rows in table.values() for _, origin in rows} == {"省略時の値"}
    assert table["profile"] == [("文書から見分ける", "省略時の値")]
    assert table["fail-on"] == [("error（誤り）", "省略時の値")]
    assert table["max-bytes"] == [("50,000,000", "省略時の値")]
    assert "設定ファイル　ありません" in command("config", "show").out


@pytest.mark.usefixtures("settled")
def test_each_value_names_its_file_and_line(command: Command) -> None:
    table = told(command)
    assert table["fail-on"] == [("info（参考以上）", "jisseki-check.toml 3行目")]
    assert table["ignore"] == [
        ("STY", "市/jisseki-check.toml 3行目（引き継ぎ）"),
        ("PVR", "jisseki-check.toml 2行目"),
    ]
    assert table["levels"] == [
        ("FIN105 error（誤り）", "市/jisseki-check.toml 7行目（引き継ぎ）"),
        ("hirakata-h28.MRK101 error（誤り）", "市/jisseki-check.toml 9行目（引き継ぎ）"),
    ]
    assert table["allow-looser"] == [("ignore、profile", "市/jisseki-check.toml 4行目（引き継ぎ）")]
    assert table["max-pages"] == [("90", "jisseki-check.toml 4行目")]


@pytest.mark.usefixtures("settled")
def test_columns_are_aligned(command: Command) -> None:
    lines = command("config", "show").out.split("\n\n")[1].splitlines()
    assert lines[0].split() == ["設定", "値", "どこで決まったか"]
    places = {display_width(re.split("(?:省略時の値|市/|jisseki-check.toml)", line)[0]) for line in lines[1:]}
    assert len(places) == 1


@pytest.mark.usefixtures("settled")
def test_entries_for_paths(command: Command) -> None:
    out = command("config", "show").out
    assert "per-path（後に書かれたものが優先します）\n" in out
    assert "  計画/**、!計画/済/　jisseki-check.toml 6行目\n" in out.replace("（per-path 1番目）", "")
    assert re.search("\n    profile +hirakata-h30-plan +jisseki-check.toml 8行目\n", out)
    assert re.search("\n    levels +STR error（誤り） +jisseki-check.toml 13行目\n", out)


@pytest.mark.usefixtures("settled")
def test_what_holds_for_one_file(command: Command) -> None:
    table = told(command, "計画/下/総務.csv")
    assert table["profile"] == [("hirakata-h30-plan", "jisseki-check.toml 8行目（per-path 1番目）")]
    assert table["ignore"][-1] == ("FIN119", "jisseki-check.toml 9行目（per-path 1番目）")
    assert table["levels"][-1] == ("STR error（誤り）", "jisseki-check.toml 13行目（per-path 2番目）")
    assert len(told(command, "計画/済/総務.txt")["ignore"]) == 2
    out = command("config", "show", "計画/済/総務.txt").out
    assert "  計画/**、!計画/済/　当てはまりません　" in out
    assert "ファイル　　　計画/済/総務.txt\n" in out


@pytest.mark.usefixtures("settled")
def test_what_profiles_say_of_rules(command: Command) -> None:
    assert re.search("MRK101 +使わない +様式設定 hirakata-r2\n", command("config", "show").out)
    out = command("config", "show", "計画/総務.txt").out
    assert re.search("MRK101 +使わない +様式設定 hirakata-h30-plan\n", out)
    assert "様式設定 hirakata-r2" not in out


@pytest.mark.usefixtures("settled")
def test_json(command: Command) -> None:
    ended = command("config", "show", "計画/総務.csv", "--output-format", "json")
    data: dict[str, Any] = json.loads(ended.out)
    assert data["files"] == ["jisseki-check.toml", "市/jisseki-check.toml"]
    assert data["path"] == "計画/総務.csv"
    assert {row["key"] for row in data["settings"]} == KEYS - {"extends", "per-path"}
    assert data["settings"][-1]["value"] == ["ignore", "profile"]
    assert [entry["holds"] for entry in data["per_path"]] == [True, True]
    level = {"file": "jisseki-check.toml", "line": 13, "is_extended": False, "entry": 2}
    assert {"key": "levels", "name": "STR", "value": "error", "origin": level} in data["settings"]
    rule = {"profile": "hirakata-h30-plan", "rule": "MRK101", "enabled": False, "level": None, "params": {}}
    assert rule in data["profiles"]


def test_values_of_a_profile_of_ones_own(command: Command, tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "another-city" / "aobano.yaml"
    text = example.read_text(encoding="utf-8")
    write(
        tmp_path / "市/mizuki.yaml",
        f"{text}\nrules:\n  FIN105: {{level: error, params: {{threshold: 0.8}}}}\n",
    )
    write(
        tmp_path / "市/jisseki-check.toml", 'profile = "mizuki.yaml"\nrules = "規則"\nwaivers = "免除.toml"\n'
    )
    write(tmp_path / "pyproject.toml", '[tool.jisseki-check]\nextends = "市/jisseki-check.toml"\n')
    ended = command("config", "show")
    assert "規則のフォルダー" in ended.err
    write(tmp_path / "市/jisseki-check.toml", 'profile = "mizuki.yaml"\nwaivers = "免除.toml"\n')
    table = told(command)
    assert table["profile"] == [("市/mizuki.yaml", "市/jisseki-check.toml 1行目（引き継ぎ）")]
    assert table["waivers"] == [("市/免除.toml", "市/jisseki-check.toml 2行目（引き継ぎ）")]
    assert re.search(
        r"FIN105 +error（誤り）、threshold = 0.8 +様式設定 aobano\n", command("config", "show").out
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('ignore = ["FIX"]', "「FIX」で始まる規則はありません。"),
        ('fail-onn = "info"', "「fail-on」のことでしょうか。"),
        ('extends = "市/jisseki-check.toml"\nfail-on = "never"', "「fail-on」が、引き継いだ"),
    ],
)
def test_settings_that_check_refuses_are_refused_here(
    command: Command, tmp_path: Path, text: str, said: str
) -> None:
    write(tmp_path / "市/jisseki-check.toml", "")
    write(tmp_path / "jisseki-check.toml", text)
    ended = command("config", "show")
    assert ended.code == 2
    assert said in ended.err
    assert ended.out == ""


def test_a_folder_is_no_report(command: Command, tmp_path: Path) -> None:
    (tmp_path / "計画").mkdir()
    ended = command("config", "show", "計画")
    assert ended.code == 2
    assert "「計画」はフォルダーです。" in ended.err


def test_control_characters_stay_in_the_file(command: Command, tmp_path: Path) -> None:
    write(tmp_path / "jisseki-check.toml", '[[per-path]]\npaths = ["a\\u001b[31m"]\nignore = ["FIN"]\n')
    assert "\x1b" not in command("config", "show").out


def test_help(command: Command) -> None:
    assert "show" in command("config", "--help").out
    assert "config" in command("--help").out
