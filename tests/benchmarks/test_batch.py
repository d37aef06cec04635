"""The reports that the benchmarks check are reports, and not all the same one."""

from __future__ import annotations

import json
import random
from pathlib import Path

from jisseki_check.engine import schema
from tests.benchmarks.batch import ITEMS, vary, write_batch
from tests.benchmarks.municipalities import write_municipalities
from tests.example_files import CLEAN

CLEAN_JSON = CLEAN.with_suffix(".json")


def test_a_varied_report_keeps_the_shape_and_has_as_many_items() -> None:
    report = json.loads(CLEAN_JSON.read_text(encoding="utf-8"))
    for number in range(20):
        varied = vary(report, number, random.Random(number))
        assert schema.judge(varied) == []
        assert [item["index"] for item in varied["items"]] == list(range(1, ITEMS + 1))


def test_a_batch_differs_within_and_is_the_same_again(tmp_path: Path) -> None:
    batches = [tmp_path / "first", tmp_path / "again"]
    for folder in batches:
        folder.mkdir()
        write_batch(folder, CLEAN_JSON, 10)
    contents = [[path.read_bytes() for path in sorted(folder.iterdir())] for folder in batches]
    assert contents[0] == contents[1]
    assert len(set(contents[0])) == 10


def test_each_municipality_has_a_report_of_its_own(tmp_path: Path) -> None:
    write_municipalities(tmp_path, CLEAN_JSON, 5)
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(tmp_path.iterdir())]
    assert [report["municipality"] for report in reports] == [f"第{number:04}市" for number in range(1, 6)]
    assert len({json.dumps(report["items"]) for report in reports}) == 5
    assert all(schema.judge(report) == [] and len(report["items"]) == ITEMS for report in reports)
