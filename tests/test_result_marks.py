"""What this tool wrote about reports is known again, in every format; what only speaks of it is not."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import pytest

from jisseki_check import result_marks
from jisseki_check.formatters import BINARY, FORMATS, content, render
from jisseki_check.formatters.columns import COLUMNS
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome
from jisseki_check.result_marks import HEAD, RESULT, kind_of
from tests.formatters.city import CITY
from tests.formatters.outcomes import BY_HAND
from tests.formatters.sample import FAILED, INCONCLUSIVE, PASSED

OUTCOMES: Mapping[str, Outcome] = {
    "passed": PASSED, "failed": FAILED, "inconclusive": INCONCLUSIVE, "city": CITY, **BY_HAND
}  # fmt: skip
TEXTS = sorted(FORMATS.keys() - BINARY)
REPORT = "平成30年度総務部の取り組み実績\n\n１．重点施策・事業\n"


def known(data: bytes) -> str | None:
    return kind_of(data[:HEAD], data[-HEAD:])


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES.keys())
@pytest.mark.parametrize("name", TEXTS)
def test_a_result_is_known_in_every_format(name: str, outcome: Outcome) -> None:
    written = content(name, outcome, View())
    if written.strip() == b"[]":
        pytest.skip("nothing in it to be known by")
    assert known(written) == RESULT


@pytest.mark.parametrize("view", [View(statistics=True), View(verbose=True), View(summary_only=True)])
@pytest.mark.parametrize("name", ["table", "concise", "github"])
def test_what_a_terminal_showed_is_known(name: str, view: View) -> None:
    text = render(name, FAILED, view)
    assert known(text.encode()) == known(text.replace("\n", "\r\n").encode("cp932", "replace")) == RESULT


def test_the_marks_are_those_of_the_formats() -> None:
    assert tuple(each.heading for each in COLUMNS[: len(result_marks.HEADINGS)]) == result_marks.HEADINGS


def test_a_table_that_a_spreadsheet_saved_again_is_known() -> None:
    rows = list(csv.reader(io.StringIO(render("csv", FAILED, View()).removeprefix("\ufeff"))))
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    assert known(stream.getvalue().encode("cp932", "replace")) == RESULT


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("order", ["before", "behind", "around"])
def test_a_report_that_quotes_a_result_stays_one(name: str, order: str) -> None:
    quoted = render(name, FAILED, View())
    text = {
        "before": f"{REPORT}{quoted}", "behind": f"点検しました。\n{quoted}\n{REPORT}",
        "around": f"{REPORT}{quoted}{REPORT}",
    }[order]  # fmt: skip
    assert known(text.encode()) is None


@pytest.mark.parametrize("name", ["table", "concise", "github", "markdown"])
def test_a_report_below_a_pasted_result_stays_one(name: str) -> None:
    assert known(f"{render(name, FAILED, View())}\n{REPORT}".encode()) is None


@pytest.mark.parametrize(
    "text",
    [
        '{"format": "jisseki-report/1", "title": "jisseki-check の導入", "items": []}',
        '{"items": [{"result": "結果は \\"format\\": \\"jisseki-check/1\\" で残しました。"}]}',
        '<!DOCTYPE html><html><head><meta name="generator" content="ほかの道具"></head>'
        "<body>jisseki-check で点検しました。</body></html>",
        "扱い,段階,コード,内容\n継続,1,A1,窓口の案内\n",
        "判定　適合とした理由を実績に書きました。\n",
        "",
    ],
)
def test_what_only_speaks_of_us_is_not_known(text: str) -> None:
    assert known(text.encode()) is None


@pytest.mark.parametrize(
    ("given", "kind"),
    [("jisseki-baseline/1", "既知の指摘の一覧"), ("jisseki-report/1", None), (None, None)],
)  # fmt: skip
def test_data_say_what_they_are(given: str | None, kind: str | None) -> None:
    assert result_marks.of_format(given) == kind
