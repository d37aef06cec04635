"""`check` writes the formats of pipelines, and beside one of them the page of a job."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from jisseki_check.formatters import FORMATS
from jisseki_check.formatters.github import job_summary
from jisseki_check.resources import folder
from tests.cli.conftest import Ended, Engine
from tests.example_files import EXAMPLES
from tests.formatters.sample import FAILED

Command = Callable[..., Ended]


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


def test_one_run_writes_every_format(command: Command, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "faulty" / "money.txt", tmp_path / "報告.txt")
    outputs = [part for name in FORMATS for part in ("-o", f"{name}={name}.out")]
    ended = command("check", "報告.txt", "--as-of", "2026-05-31", *outputs)
    assert ended.code == 1
    run = json.loads((tmp_path / "sarif.out").read_bytes())["runs"][0]
    whole = json.loads((tmp_path / "json.out").read_bytes())
    assert len(run["results"]) == len(whole["findings"]) > 0
    assert len(run["tool"]["driver"]["rules"]) == len(whole["coverage"])
    assert all("help" in rule for rule in run["tool"]["driver"]["rules"])
    suites = ElementTree.parse(tmp_path / "junit.out").getroot()
    # What passed is told of each file; only this format needs it.
    names = [case.attrib["name"][:6] for case in suites[1].iter("testcase")]
    assert {each["rule"] for each in whole["coverage"] if each["evaluated"]} <= set(names)


def test_coverage_by_file_is_worked_out_only_where_it_is_shown(command: Command, engine: Engine) -> None:
    command("check", "報告.txt", "--output-format", "sarif")
    assert engine.told().coverage_by_file is False
    command("check", "報告.txt", "-o", "junit=結果.xml")
    assert engine.told().coverage_by_file is True


def test_the_page_of_the_job_is_added_to_what_stands_there(
    command: Command, engine: Engine, summary: Path
) -> None:
    engine.outcome = FAILED
    summary.write_text("# 前の手順\n", encoding="utf-8")
    assert command("check", "報告.txt", "--output-format", "github").code == 1
    assert summary.read_text(encoding="utf-8") == f"# 前の手順\n{job_summary.render(FAILED)}"


def test_other_formats_add_no_page(command: Command, engine: Engine, summary: Path) -> None:
    command("check", "報告.txt", "--output-format", "sarif")
    assert not summary.exists()


def test_outside_of_github_there_is_no_page(
    command: Command, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    assert command("check", "報告.txt", "--output-format", "github").err == ""


def test_a_full_page_is_said_and_changes_no_verdict(command: Command, engine: Engine, summary: Path) -> None:
    summary.write_bytes(b"x" * job_summary.LIMIT)
    ended = command("check", "報告.txt", "--output-format", "github")
    assert ended.code == 0
    assert "いっぱい" in ended.err
    assert summary.stat().st_size == job_summary.LIMIT


def test_a_page_that_cannot_be_written_is_said_and_changes_no_verdict(
    command: Command, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "ない" / "summary.md"))
    ended = command("check", "報告.txt", "--output-format", "github")
    assert ended.code == 0
    assert "書けませんでした" in ended.err


def test_settings_know_every_format() -> None:
    schema = json.loads((folder("schemas") / "settings.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["output-format"]["enum"] == list(FORMATS)
