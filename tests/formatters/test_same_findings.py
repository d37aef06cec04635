"""Every format tells of every finding, whatever stands in its texts, and none of them can be misused."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from openpyxl import load_workbook

from jisseki_check.formatters import BINARY, FORMATS, content
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome
from tests.formatters import runner
from tests.formatters.outcomes import BY_HAND, mark, outcomes

VIEW = View(verbose=True)
_MARK = re.compile(r"Q[0-9]{4}Q")


def _json(text: str) -> list[str]:
    return [each["message"] for each in json.loads(text)["findings"]]


def _jsonl(text: str) -> list[str]:
    records = [json.loads(line) for line in text.splitlines()]
    return [each["message"] for each in records if each["type"] == "finding"]


def _table(text: str) -> list[str]:
    """A message is broken over several lines, and stands below again if its file could not be judged."""
    return list(dict.fromkeys(_MARK.findall(text)))


def _concise(text: str) -> list[str]:
    return [
        line for line in text.splitlines() if not line.startswith(("判定 ", "判定不能: ", "既知の指摘: "))
    ]


def _sarif(text: str) -> list[str]:
    return [each["message"]["text"] for each in json.loads(text)["runs"][0]["results"]]


def _junit(text: str) -> list[str]:
    told = []
    for suite in list(JUnitXml.fromstring(text.encode()))[1:]:
        for case in suite:
            if case.name != "ファイルの読み取り":
                told += [each.text for each in case.result if each.text] + [case.system_out or ""]
    return [line for each in told for line in each.splitlines() if line and not line.startswith("    ")]


def _github(text: str) -> list[str]:
    found, in_rest = [], False
    for line in text.splitlines():
        read = runner.command(line)
        if read is None:
            found += [line] if in_rest else []
        elif read.name in {"group", "endgroup"}:
            in_rest = read.name == "group" and read.data.startswith("注釈にしていない指摘")
        elif read.properties.get("title") != "判定不能":
            found.append(read.data)
    return found


def _gitlab(text: str) -> list[str]:
    return [each["description"] for each in json.loads(text)]


def _html(text: str) -> list[str]:
    """What stands in no tag: the messages of the list of findings."""
    return [html.unescape(each) for each in re.findall(r'<span class="m">(.*?)</span>', text)]


def _csv(text: str) -> list[str]:
    return [row["内容"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))]


def _markdown(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("| 誤り", "| 確認", "| 参考"))]


def _xlsx(content: bytes) -> list[str]:
    sheet = load_workbook(io.BytesIO(content), read_only=True)["指摘一覧"]
    heads, *rows = sheet.iter_rows(values_only=True)
    return [str(row[heads.index("内容")]) for row in rows]


READ: dict[str, Callable[[str], list[str]]] = {
    "table": _table,
    "json": _json,
    "jsonl": _jsonl,
    "concise": _concise,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
    "html": _html,
    "csv": _csv,
    "markdown": _markdown,
}
READ_BINARY: dict[str, Callable[[bytes], list[str]]] = {"xlsx": _xlsx}


def _written(name: str, outcome: Outcome) -> str:
    """The text as it comes out of a file."""
    return content(name, outcome, VIEW).decode("utf-8")


def _told(name: str, outcome: Outcome) -> list[str]:
    if name in BINARY:
        return READ_BINARY[name](content(name, outcome, VIEW))
    return READ[name](_written(name, outcome))


def test_every_format_is_read_here() -> None:
    assert set(READ) == FORMATS.keys() - BINARY
    assert set(READ_BINARY) == BINARY


@given(outcome=outcomes(), is_read_slowly=st.integers(0, 9).map(lambda number: number == 0))
@settings(max_examples=200, deadline=None)
def test_every_finding_is_told_once_by_each_format(outcome: Outcome, is_read_slowly: bool) -> None:
    expected = [mark(number) for number in range(len(outcome.findings))]
    for name in FORMATS if is_read_slowly else FORMATS.keys() - BINARY:
        found = [_MARK.search(each) for each in _told(name, outcome)]
        assert sorted(match[0] for match in found if match) == expected, name


@pytest.mark.parametrize("outcome", BY_HAND.values(), ids=BY_HAND)
@pytest.mark.parametrize("name", [name for name in FORMATS if name != "table"])
def test_no_format_counts_otherwise(name: str, outcome: Outcome) -> None:
    assert len(_told(name, outcome)) == len(outcome.findings)


@given(outcome=outcomes())
@settings(max_examples=200, deadline=None)
def test_a_pipeline_takes_no_line_of_its_log_for_a_command(outcome: Outcome) -> None:
    for name in FORMATS.keys() - BINARY - {"github"}:
        text = _written(name, outcome)
        assert [line for line in runner.lines(text) if runner.command(line) is not None] == [], name
        assert re.search(r"##(?:vso|teamcity)\[", text) is None, name


_PRINT = """
import hashlib
from jisseki_check.formatters import FORMATS, content
from jisseki_check.formatters.view import View
from tests.formatters.outcomes import BY_HAND
for name in FORMATS:
    for outcome in BY_HAND.values():
        print(name, hashlib.sha256(content(name, outcome, View(verbose=True))).hexdigest())
"""


def test_neither_hash_seed_nor_locale_changes_a_byte() -> None:
    def printed(seed: str, locale: str) -> bytes:
        told = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONPATH": os.curdir}
        return subprocess.run(
            [sys.executable, "-c", _PRINT], env=os.environ | told, capture_output=True, check=True
        ).stdout

    first = printed("1", "C")
    assert first.count(b"\n") == len(FORMATS) * len(BY_HAND)
    assert printed("2", "C.UTF-8") == first
