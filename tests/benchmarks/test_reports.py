"""The reports that the benchmarks check are reports as offices write them, and the same ones every time."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest

from jisseki_check.engine import schema
from jisseki_check.engine.run import Options, check
from jisseki_check.model import Outcome
from tests.benchmarks.reports import faults
from tests.benchmarks.reports import report as reports
from tests.benchmarks.reports.fields import DEPARTMENTS, ITEMS
from tests.benchmarks.reports.report import report
from tests.benchmarks.reports.writing import A_FOLDER, content, write

_SOME = range(40)
_AS_OF = datetime.date(2018, 9, 1)


def _outcome(folder: Path, numbers: Sequence[int]) -> Outcome:
    for number in numbers:
        (folder / f"{number}.json").write_bytes(content(number))
    return check([folder], options=Options(as_of=_AS_OF))


def test_a_number_gives_the_same_report_every_time() -> None:
    assert [content(number) for number in _SOME] == [content(number) for number in reversed(_SOME)][::-1]


def test_reports_have_the_length_and_the_shape_of_real_ones() -> None:
    for number in _SOME:
        held = report(number)
        assert schema.judge(held) == []
        assert [item["index"] for item in held["items"]] == list(range(1, ITEMS + 1))
        assert 60_000 < len(content(number)) < 85_000


def test_no_two_reports_are_of_one_department_of_one_municipality() -> None:
    numbers = [*range(2_000), *range(290_000, 300_000, 100)]
    assert reports.municipality(299_999 // len(DEPARTMENTS)).endswith("市")
    places = Counter((reports.municipality(number // len(DEPARTMENTS)), number % 10) for number in numbers)
    assert max(places.values()) == 1


def test_texts_differ_between_reports() -> None:
    sentences = [
        {
            sentence
            for item in report(number)["items"]
            for sentence in re.split("[。\n]", item["result"] or "")
        }
        for number in _SOME
    ]
    met = Counter(sentence for each in sentences for sentence in each if len(sentence) >= 20)
    assert len(met) > 10_000
    assert sum(count for count in met.values() if count > 1) < len(met) / 100


def test_a_report_has_a_fault_or_two(tmp_path: Path) -> None:
    outcome = _outcome(tmp_path, _SOME)
    assert outcome.faults == ()
    assert {entry.status for entry in outcome.inputs} == {"checked"}
    assert 1 <= len(outcome.findings) / len(_SOME) <= 5
    assert len({finding.rule for finding in outcome.findings}) > 10


def test_a_report_without_planted_faults_has_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "_PLANTED", (0,))
    outcome = _outcome(tmp_path, _SOME[:10])
    assert [finding.message for finding in outcome.findings if finding.severity.value == "error"] == []


@pytest.mark.parametrize("fault", faults.FAULTS, ids=lambda fault: fault.__name__)
def test_every_planted_fault_is_found(
    fault: faults.Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "_PLANTED", (0,))
    clean = {finding.rule for finding in _outcome(tmp_path, [3]).findings}
    monkeypatch.setattr(reports, "_PLANTED", (1,))
    monkeypatch.setattr(reports, "FAULTS", (fault,))
    assert {finding.rule for finding in _outcome(tmp_path, [3]).findings} - clean


def test_reports_are_written_a_thousand_to_a_folder(tmp_path: Path) -> None:
    count = A_FOLDER + 3
    write(tmp_path / "new", count)
    held = sorted((tmp_path / "new").rglob("*.json"))
    assert [path.parent.name for path in held] == ["000"] * A_FOLDER + ["001"] * 3
    assert held[-1].read_bytes() == content(count - 1)
    assert orjson.loads(held[7].read_bytes()) == report(7)
