"""`report`: a stored result in other formats, without the reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jisseki_check.cli.output import encode
from jisseki_check.formatters import FORMATS, missing_libraries
from tests.cli.conftest import Ended
from tests.example_files import EXAMPLES

Command = Callable[..., Ended]
NAMES = [name for name in FORMATS if not missing_libraries(name)]
MONEY = EXAMPLES / "faulty" / "money.txt"


@pytest.fixture
def stored(command: Command, tmp_path: Path) -> Path:
    """The result of a report that is not there any more."""
    report = tmp_path / "報告.txt"
    report.write_bytes(MONEY.read_bytes())
    outputs = [part for name in NAMES for part in ("-o", f"{name}=直接.{name}")]
    assert command("check", "報告.txt", "--as-of", "2026-05-31", *outputs).code == 1
    report.unlink()
    return tmp_path / "直接.json"


def _changed(path: Path, **told: Any) -> None:
    data = json.loads(path.read_bytes())
    path.write_bytes(encode(json.dumps(data | told, ensure_ascii=False)))


def test_every_format_is_as_the_run_wrote_it(command: Command, stored: Path, tmp_path: Path) -> None:
    outputs = [part for name in NAMES for part in ("-o", f"{name}=再び.{name}")]
    ended = command("report", "直接.json", *outputs)
    assert (ended.code, ended.err) == (0, "")
    for name in NAMES:
        assert (tmp_path / f"再び.{name}").read_bytes() == (tmp_path / f"直接.{name}").read_bytes(), name


def test_the_screen_shows_what_check_showed(command: Command, stored: Path, tmp_path: Path) -> None:
    (tmp_path / "報告.txt").write_bytes(MONEY.read_bytes())
    for options in ((), ("-v",), ("-q",), ("--statistics",), ("--output-format", "concise")):
        shown = command("check", "報告.txt", "--as-of", "2026-05-31", *options).out
        assert command("report", "直接.json", *options).out == shown, options
    assert "\x1b[" in command("report", "直接.json", "--color", "always").out


def test_the_verdict_stays_in_the_file(command: Command, stored: Path) -> None:
    ended = command("report", "直接.json", "-q")
    assert ended.code == 0
    assert ended.out.startswith("判定　不適合")


def test_rules_of_another_version_are_said(command: Command, stored: Path) -> None:
    tool = json.loads(stored.read_bytes())["tool"]
    _changed(stored, tool=tool | {"rules_digest": "sha256:" + "0" * 64})
    ended = command("report", "直接.json", "-o", "table=結果.txt")
    assert ended.code == 0
    assert "この結果は別の版の規則で点検したものです" in ended.err
    assert "この結果は別の版の規則で点検したものです" in ended.out
    assert "別の版の規則" in Path("結果.txt").read_text(encoding="utf-8")


def test_a_rule_that_is_not_installed_is_shown_as_it_was_found(command: Command, stored: Path) -> None:
    data = json.loads(stored.read_bytes())
    for each in (*data["findings"], *data["coverage"]):
        each["rule"] = each["rule"].replace("FIN110", "ZZZ999")
    stored.write_bytes(encode(json.dumps(data)))
    for name in NAMES:
        assert command("report", "直接.json", "-q", "-o", f"{name}=他.{name}").code == 0, name
    assert "ZZZ999" in command("report", "直接.json", "--statistics").out


def test_own_rules_are_explained(command: Command, tmp_path: Path) -> None:
    city = EXAMPLES / "another-city"
    own = ["--rules", str(city / "rules")]
    (tmp_path / "報告.txt").write_bytes((city / "children.txt").read_bytes())
    told = ["--profile", str(city / "aobano.yaml"), *own, "--as-of", "2026-05-31"]
    assert command("check", "報告.txt", *told, "-o", "json=結果.json").code == 0
    assert command("report", "結果.json", *own).err == ""
    assert "別の版の規則" in command("report", "結果.json").err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["ない.json"], 3, "「ない.json」が見つかりません"),
        (["."], 3, "「.」を読めません"),
        (["報告.json"], 3, "点検の結果ではありません。点検する前の報告です"),
        (["壊れた.json"], 3, "途中で終わっています"),
        ([""], 2, "名前が空です"),
        ([], 2, "「結果.json」を指定してください"),
        (["直接.json", "-o", "json=直接.json"], 2, "読み込むファイルなので"),
        (["直接.json", "-o", "hmtl=a"], 2, "「html」のことでしょうか"),
        (["直接.json", "--output-format", "jsno"], 2, "「json」のことでしょうか"),
        (["直接.json", "余分"], 2, "「余分」は余分です"),
    ],
)
def test_what_cannot_be_done_is_said(
    command: Command, stored: Path, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    (tmp_path / "報告.json").write_bytes((EXAMPLES / "clean" / "environment.json").read_bytes())
    (tmp_path / "壊れた.json").write_bytes(b'{"format": "jisseki-check/1"')
    before = stored.read_bytes()
    ended = command("report", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert stored.read_bytes() == before


def test_the_page_of_a_job_is_written_as_by_check(
    command: Command, stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert command("report", "直接.json", "--output-format", "github").code == 0
    assert "FIN110" in (tmp_path / "summary.md").read_text(encoding="utf-8")
