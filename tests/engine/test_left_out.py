"""A run that leaves out unchanged files: how the others are called, and what it cannot say."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jisseki_check.engine import run
from jisseki_check.engine.run import Options
from jisseki_check.exceptions import Baseline, Exceptions
from jisseki_check.model import KnownFinding, Scope, Verdict

EXAMPLES = Path(__file__).parents[2] / "examples"
OPTIONS = Options(as_of=dt.date(2026, 5, 31), select=("FIN",))
KNOWN = KnownFinding(
    rule="FIN101", department="児童部", fiscal_year=2017, report_kind="results",
    fingerprint="sha256:0", value_fingerprint="sha256:1",
)  # fmt: skip


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Two reports in folders of their own, outside of the working directory, and something else."""
    for name, example in (("環境/部.txt", "clean/environment.txt"), ("財務/部.txt", "faulty/money.txt")):
        (tmp_path / name).parent.mkdir()
        shutil.copy(EXAMPLES / example, tmp_path / name)
    (tmp_path / "財務/メモ.md").touch()
    return tmp_path


def left_out(*names: Path, of: int = 2) -> Options:
    return replace(OPTIONS, left_out=frozenset(names), scope=Scope("main", of - len(names), of))


def test_the_others_keep_their_names(reports: Path) -> None:
    whole = run.check([reports], options=OPTIONS)
    clean = run.check([reports], options=left_out(reports / "財務/部.txt"))
    assert [each.path for each in whole.inputs] == ["環境/部.txt", "財務/部.txt"]
    assert [each.path for each in clean.inputs] == ["環境/部.txt"]
    assert (whole.verdict, clean.verdict) == (Verdict.FAIL, Verdict.PASS)
    assert (whole.scope, clean.scope) == (None, Scope("main", 1, 2))


def test_what_is_no_report_can_be_left_out_too(reports: Path) -> None:
    assert run.check([reports], options=OPTIONS).skipped != ()
    assert run.check([reports], options=left_out(reports / "財務/メモ.md")).skipped == ()


def test_where_all_are_left_out_there_is_nothing_to_judge(reports: Path) -> None:
    every = [reports / "環境/部.txt", reports / "財務/部.txt"]
    outcome = run.check([reports], options=left_out(*every))
    assert (outcome.verdict, outcome.inputs, outcome.findings) == (Verdict.PASS, (), ())
    missing = run.check([reports, reports / "ない.txt"], options=left_out(*every))
    assert missing.verdict is Verdict.INCONCLUSIVE


def test_a_folder_without_reports_is_no_unchanged_one(tmp_path: Path) -> None:
    with pytest.raises(run.UsageError, match="点検する報告がありません"):
        run.check([tmp_path], options=left_out(of=0))


def test_a_known_finding_of_a_report_that_is_left_out_is_not_gone(reports: Path) -> None:
    known = Exceptions(baseline=Baseline("既知.json", (KNOWN,)), covers_all=True)
    whole = run.check([reports], options=replace(OPTIONS, exceptions=known))
    assert whole.baseline is not None
    assert whole.baseline.unmatched == (KNOWN,)
    narrowed = replace(left_out(reports / "財務/部.txt"), exceptions=known)
    part = run.check([reports], options=narrowed)
    assert part.baseline is not None
    assert part.baseline.unmatched == ()
