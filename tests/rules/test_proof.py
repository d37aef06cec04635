"""The measured figures are those of today's rules, and every rule is as often right as its level asks."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from jisseki_check import catalogue
from jisseki_check.engine import run
from jisseki_check.forms.report_json import to_json
from tests.edits import AS_OF
from tests.proof import PLANTED, PROOF, REPORTS, hits, judged, planted, proof
from tests.sheets import SHEETS, sheet_reports

LEVELS = {rule.id: rule.level.value for rule in catalogue.load().rules}
LEAST_RIGHT = {"error": 0.9, "warning": 0.7, "info": 0.0}
REAL = SHEETS.parent / "hirakata" / "soumu-h29.txt"


def test_stored_proof_is_current() -> None:
    assert PROOF.read_text(encoding="utf-8") == proof(), "run `make generated`"


def test_planted_faults_stand_where_they_are_said_to() -> None:
    for fault in json.loads(PLANTED.read_text(encoding="utf-8")):
        lines = (REPORTS / fault["file"]).read_text(encoding="utf-8").splitlines()
        assert fault["quote"] in lines[fault["line"] - 1]
        assert fault["code"] in LEVELS


def test_half_of_the_planted_faults_are_found() -> None:
    """They were made to be hard: told in other words, once each, among look-alikes."""
    count, found = (sum(numbers) for numbers in zip(*planted().values(), strict=True))
    assert found * 2 >= count


def test_every_finding_was_judged_right_or_wrong() -> None:
    for row in judged():
        assert row["right"] + row["wrong"] == row["hits"], row
        assert row["code"] in LEVELS


def test_rules_are_as_often_right_as_their_level_asks() -> None:
    right: defaultdict[str, int] = defaultdict(int)
    all_hits: defaultdict[str, int] = defaultdict(int)
    for row in judged():
        right[row["code"]] += row["right"]
        all_hits[row["code"]] += row["hits"]
    low = {code for code, count in all_hits.items() if right[code] < LEAST_RIGHT[LEVELS[code]] * count}
    assert low == set()


@pytest.mark.parametrize("corpus", ["hirakata-h29", "judgit-sample", "akane"])
def test_the_findings_are_still_those_that_were_read(corpus: str, tmp_path: Path) -> None:
    paths = {"hirakata-h29": REAL, "judgit-sample": tmp_path, "akane": REPORTS}
    if corpus != "akane" and not REAL.exists():
        pytest.skip("the real texts are not at hand")
    if corpus == "judgit-sample":
        for name, report in sheet_reports():
            (tmp_path / name).write_text(json.dumps(to_json(report), ensure_ascii=False), encoding="utf-8")
    outcome = run.check([paths[corpus]], options=run.Options(as_of=AS_OF))
    read = {row["code"]: row["hits"] for row in judged() if row["corpus"] == corpus}
    now = hits(outcome.findings)
    assert {code: now[code] for code in read} == read
    if corpus != "judgit-sample":  # of the sheets only what needs no result against a plan was read
        graver = {code for code in now if LEVELS[code] != "info"}
        assert graver <= set(read)
