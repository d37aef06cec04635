"""Settings as commands have them: held against the catalogue and the profiles, and overruled."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jisseki_check.selection import Layer
from tests.cli.conftest import Ended, Engine
from tests.example_files import CLEAN, EXAMPLES
from tests.settings.conftest import write

Command = Callable[..., Ended]
MONEY = EXAMPLES / "faulty" / "money.txt"


def settle(folder: Path, text: str) -> None:
    write(folder / "jisseki-check.toml", text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('ignore = ["STZ"]', "jisseki-check.toml: ignore: 「STZ」で始まる規則はありません。"),
        ('extend-select = ["FIN999"]', "extend-select: 「FIN999」で始まる規則はありません。"),
        (
            '[levels]\nFIM105 = "error"',
            "levels: 「FIM105」で始まる規則はありません。「FIN105」のことでしょうか。",
        ),
        (
            '[levels]\nDOC001 = "info"',
            "levels: 「DOC001」は、読み取りや点検ができなかったことを知らせる規則です。",
        ),
        ('[levels.hirakata]\nDOC007 = "error"', "levels: 「DOC007」は、"),
        (
            '[levels.hirakata-h29]\nFIN = "info"',
            "levels: 「hirakata-h29」という様式設定はありません。「hirakata-h28」のことでしょうか。",
        ),
        ('[levels.hirakata]\nFIX = "info"', "levels: 「FIX」で始まる規則はありません。"),
        (
            '[[per-path]]\npaths = ["a"]\nignore = ["FIN"]\n[[per-path]]\npaths = ["b"]\nselect = ["FIX"]',
            "jisseki-check.toml: per-path（2番目）の select: 「FIX」で始まる規則はありません。",
        ),
        (
            '[[per-path]]\npaths = ["a"]\nlevels = {mizuki = {FIN = "info"}}',
            "per-path（1番目）の levels: 「mizuki」という様式設定はありません。",
        ),
        ('[levels]\nFIN = "errors"', "「error」のことでしょうか。"),
        ("[levels]\nD = 1", "「D」には、error・warning・info のどれか"),
    ],
    ids=range(11),
)
def test_what_is_not_there_is_refused_by_name(
    command: Command, engine: Engine, tmp_path: Path, text: str, said: str
) -> None:
    settle(tmp_path, text)
    ended = command("check", "報告.txt")
    assert ended.code == 2
    assert said in ended.err
    assert engine.options is None


def test_levels_for_many_rules_may_take_in_those_of_reading(
    command: Command, engine: Engine, tmp_path: Path
) -> None:
    settle(tmp_path, '[levels]\nD = "info"')
    assert command("check", "報告.txt").code == 0


def test_levels_of_a_profile_of_ones_own(command: Command, engine: Engine, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "another-city" / "aobano.yaml", tmp_path)
    levels = '[levels.aobano]\nFIN = "info"\n'
    settle(tmp_path, levels)
    assert "「aobano」という様式設定はありません。" in command("check", "報告.txt").err
    assert command("check", "報告.txt", "--profile", "aobano.yaml").code == 0
    settle(tmp_path, f'profile = "aobano.yaml"\n{levels}')
    assert command("check", "報告.txt").code == 0
    settle(tmp_path, f'{levels}[[per-path]]\npaths = ["a"]\nprofile = "aobano.yaml"\n')
    assert command("check", "報告.txt").code == 0


def test_the_command_line_goes_before_settings(command: Command, engine: Engine, tmp_path: Path) -> None:
    settle(
        tmp_path,
        'select = ["FIN"]\nignore = ["FIN105"]\nextend-select = ["MRK"]\n'
        '[[per-path]]\npaths = ["*"]\nprofile = "hirakata-r2"\nselect = ["STR"]\nignore = ["STY"]\n',
    )
    command("check", "報告.txt", "--select", "PII", "--ignore", "PII101", "--profile", "hirakata")
    told = engine.told()
    assert (told.select, told.ignore, told.profile) == (("PII",), ("PII101",), "hirakata")
    assert told.selection.layers_for("報告.txt") == (Layer(extend_select=("MRK",)), Layer(ignore=("STY",)))
    assert told.selection.profile_for("報告.txt") is None


CITY = 'fail-on = "warning"\nignore = ["STY"]\n'


def extend(folder: Path, city: str, own: str) -> None:
    write(folder / "市/jisseki-check.toml", city)
    settle(folder, f'extends = "市/jisseki-check.toml"\n{own}')


def test_a_department_may_be_stricter(command: Command, engine: Engine, tmp_path: Path) -> None:
    extend(tmp_path, CITY, 'fail-on = "info"\nextend-select = ["STY101"]\n[levels]\nFIN = "error"\n')
    assert command("check", "報告.txt").code == 0
    assert engine.told().fail_on == "info"


@pytest.mark.parametrize(
    ("own", "key"),
    [
        ('fail-on = "error"', "fail-on"),
        ('ignore = ["FIN105"]', "ignore"),
        ('select = ["FIN"]', "select"),
        ('[levels]\nFIN101 = "warning"', "levels"),
        ('[levels.hirakata-r2]\nFIN = "warning"', "levels"),
        ('[[per-path]]\npaths = ["a"]\nignore = ["FIN"]', "ignore"),
    ],
)
def test_a_department_may_be_no_looser(
    command: Command, engine: Engine, tmp_path: Path, own: str, key: str
) -> None:
    extend(tmp_path, CITY, own)
    ended = command("check", "報告.txt")
    assert ended.code == 2
    assert f"「{key}」が、引き継いだ" in ended.err
    assert f'allow-looser = ["{key}"]' in ended.err
    assert ended.err.count("jisseki-check.toml") >= 3
    extend(tmp_path, f'{CITY}allow-looser = ["{key}"]\n', own)
    assert command("check", "報告.txt").code == 0


def test_a_profile_that_grades_higher_is_what_counts(
    command: Command, engine: Engine, tmp_path: Path
) -> None:
    """FIN105 is 確認 by itself, and 誤り in the city's own form."""
    text = (EXAMPLES / "another-city" / "aobano.yaml").read_text(encoding="utf-8")
    assert "\nrules:\n" not in text
    write(tmp_path / "市/mizuki.yaml", f"{text}\nrules:\n  FIN105: {{level: error}}\n")
    extend(tmp_path, 'profile = "mizuki.yaml"\n', '[levels]\nFIN105 = "warning"\n')
    assert "FIN105 を error（誤り）から warning（確認）に" in command("check", "報告.txt").err
    extend(tmp_path, "", '[levels]\nFIN105 = "warning"\n')
    assert command("check", "報告.txt").code == 0


def test_what_a_city_would_fail_a_department_does_not_let_pass(command: Command, tmp_path: Path) -> None:
    shutil.copy(MONEY, tmp_path / "総務.txt")
    extend(tmp_path, 'select = ["FIN105"]\nfail-on = "warning"\n', 'extend-select = ["MRK"]\nmax-pages = 9\n')
    assert command("check", "総務.txt").code == 1


def test_settings_of_paths_reach_the_run(command: Command, tmp_path: Path) -> None:
    (tmp_path / "計画").mkdir()
    shutil.copy(MONEY, tmp_path / "計画" / "総務.txt")
    settle(tmp_path, '[[per-path]]\npaths = ["計画/"]\nignore = ["FIN"]\n')
    assert command("check", "計画").code == 0
    assert command("check", "計画", "--extend-select", "FIN101").code == 1
    settle(tmp_path, '[[per-path]]\npaths = ["計画/"]\nlevels = {"" = "info"}\n')
    assert command("check", "計画").code == 2


def test_the_form_of_a_path_holds_for_other_commands(command: Command, tmp_path: Path) -> None:
    """As the city's own form it names the city; as one that is only recognised it does not."""
    shutil.copy(CLEAN, tmp_path / "環境.txt")
    assert command("convert", "環境.txt", "前.json").code == 0
    settle(tmp_path, '[[per-path]]\npaths = ["環境.txt"]\nprofile = "hirakata"\n')
    assert command("convert", "環境.txt", "後.json").code == 0
    assert '"municipality": "枚方市"' in (tmp_path / "後.json").read_text(encoding="utf-8")
    assert '"municipality": "枚方市"' not in (tmp_path / "前.json").read_text(encoding="utf-8")
    settle(tmp_path, '[[per-path]]\npaths = ["環境.txt"]\nprofile = "mizuki"\n')
    assert command("fix", "環境.txt", "--diff").code == 2


def test_the_settings_in_use_are_no_place_for_results(
    command: Command, engine: Engine, tmp_path: Path
) -> None:
    settle(tmp_path, 'fail-on = "warning"')
    ended = command("check", "報告.txt", "-o", "json=jisseki-check.toml")
    assert ended.code == 2
    assert "読み込むファイル" in ended.err
    assert (tmp_path / "jisseki-check.toml").read_text(encoding="utf-8") == 'fail-on = "warning"'
