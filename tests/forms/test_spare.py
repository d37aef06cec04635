"""Blocks of a form that nobody filled in are no items; a forgotten field of an item is."""

from __future__ import annotations

import pytest

from jisseki_check.engine.examples import clean_report
from jisseki_check.model import Unreadable
from jisseki_check.writers.text import to_text
from tests.edits import check, profile, read

TEXT = to_text(clean_report(), profile())
SPARE = "\n(2)\n目標\t\n取り組み\t\n実績\t\n取り組みに対する達成状況 【 　 】\n"
HEADING = "2. 行政改革・業務改善"


def test_a_spare_block_is_no_item() -> None:
    before = read(TEXT).report
    report = read(TEXT.replace(HEADING, f"{SPARE}\n{SPARE}\n{HEADING}")).report
    assert report.items == before.items
    assert [(remark.kind, remark.count) for remark in report.remarks] == [("lenient", 2)]
    assert report.remarks[0].read_as == "記入のない項目"


def test_findings_behind_it_keep_their_places() -> None:
    faulty = TEXT.replace("平成29年10月2日", "平成29年13月2日")
    plain = [(f.rule, f.item.index if f.item else None, f.location.line) for f in check(faulty).findings]
    spared = check(faulty.replace(HEADING, f"{SPARE}\n{HEADING}"))
    found = [(f.rule, f.item.index if f.item else None, f.location.line) for f in spared.findings]
    moved = SPARE.count("\n") + 1
    assert {(rule, item) for rule, item, _ in found} == {(rule, item) for rule, item, _ in plain} | {
        ("DOC006", None)
    }
    assert {line for rule, _, line in found if rule == "DAT101"} == {
        (line or 0) + moved for rule, _, line in plain if rule == "DAT101"
    }


@pytest.mark.parametrize("written", ["(2) 題", "目標\t文", "【 ◎ 】"])
def test_whatever_is_written_makes_it_an_item(written: str) -> None:
    start = {"(2) 題": "(2)", "目標\t文": "目標\t", "【 ◎ 】": "【 　 】"}[written]
    text = TEXT.replace(HEADING, f"{SPARE.replace(start, written, 1)}\n{HEADING}")
    assert len(read(text).report.items) == len(clean_report().items) + 1


def test_nothing_but_spare_blocks_is_no_report() -> None:
    with pytest.raises(Unreadable) as caught:
        read(f"平成29年度総務部の取り組み実績\n1. 重点施策・事業\n{SPARE}{SPARE}")
    assert caught.value.rule == "DOC002"
