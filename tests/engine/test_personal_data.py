"""No finding of any rule repeats personal data: they are to be kept from being published."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from jisseki_check import profiles
from jisseki_check.engine import examples, run
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Finding, Item
from jisseki_check.writers.text import to_text

SECRET = "090-0000-1234"
PROFILE = profiles.load("hirakata")


def _findings(**changes: object) -> list[Sequence[Finding]]:
    """The findings of the clean report with its first item changed, as JSON and as text."""
    report = examples.clean_report()
    first: Item = replace(report.items[0], **changes)  # type: ignore[arg-type]
    report = replace(report, items=(first, *report.items[1:]))
    files = {
        "a.json": json.dumps(to_json(report), ensure_ascii=False),
        "a.txt": to_text(report, PROFILE).replace("2. ", f"別に{SECRET}へ\n2. ", 1),
    }
    return [
        run.check([], options=run.Options(as_of=dt.date(2026, 5, 31), stdin=(text.encode(), name))).findings
        for name, text in files.items()
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": f"相談 {SECRET} の充実"},
        {"goal": f"相談を{SECRET}で受けます。", "mark": "☆"},
        {"result": f"相談を{SECRET}で受け、検討を行いました。", "mark": "◎"},
        {"mark": SECRET},
    ],
)
def test_no_finding_repeats_it(changes: dict[str, object]) -> None:
    for findings in _findings(**changes):
        assert findings
        assert SECRET not in repr(findings)
        shown = [finding.given for finding in findings if finding.rule == "PII101"]
        assert all(given == "09＊＊＊＊＊＊＊＊＊34" for given in shown)
        assert shown or changes == {"mark": SECRET}


def test_the_fingerprint_does_not_hold_it() -> None:
    """A number that stands in a title tells nobody's fingerprint apart from another's."""
    one, other = (
        [finding.fingerprint for finding in _findings(title=f"相談 {number}", number=None)[0]]
        for number in (SECRET, "090-5678-9034")
    )
    assert one == other
