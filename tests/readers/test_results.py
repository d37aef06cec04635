"""Results of a check that lie among reports: passed over in a folder, refused where they are named."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from jisseki_check.formatters import content
from jisseki_check.formatters.view import View
from jisseki_check.model import Unreadable
from jisseki_check.readers import discover, read, read_bytes
from jisseki_check.readers.results import is_result
from tests.formatters.sample import FAILED

REPORT = "平成30年度総務部の取り組み実績\n"
ENDINGS = {
    "json": ".json",
    "csv": ".csv",
    "html": ".html",
    "xlsx": ".xlsx",
    "table": ".txt",
    "gitlab": ".json",
}


@pytest.mark.parametrize(("name", "ending"), ENDINGS.items())
def test_a_result_is_passed_over_in_a_folder_and_refused_by_name(
    name: str, ending: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    result = tmp_path / f"結果{ending}"
    result.write_bytes(content(name, FAILED, View()))
    found = discover([tmp_path])
    assert ([each.name for each in found.files], found.passed_over) == (["a.txt"], (result,))
    assert discover([result]).files == (result,)
    with pytest.raises(Unreadable, match="報告ではなく、jisseki-check の点検の結果です") as refused:
        read(result)
    assert refused.value.rule == "DOC002"
    with pytest.raises(Unreadable, match="jisseki-check の点検の結果です"):
        read_bytes(result.read_bytes(), "報告.xlsx")


def test_what_is_read_as_something_else_than_a_report_is_not_refused() -> None:
    known = b'{"format": "jisseki-baseline/1", "findings": []}'
    assert read_bytes(known, "既知.json", is_report=False).data == {
        "format": "jisseki-baseline/1", "findings": []
    }  # fmt: skip
    with pytest.raises(Unreadable, match="jisseki-check の既知の指摘の一覧です"):
        read_bytes(known, "既知.json")


@pytest.mark.parametrize("text", ['name="jisseki_check_result"', "jisseki-check/result/1", ""])
def test_a_workbook_with_other_properties_stays_a_report(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("docProps/custom.xml", f"<Properties><property>{text}</property></Properties>")
    assert not is_result(path)


def test_a_broken_archive_is_not_known(tmp_path: Path) -> None:
    whole = content("xlsx", FAILED, View())
    (tmp_path / "a.xlsx").write_bytes(whole[: len(whole) // 2] + b"docProps/custom.xml")
    assert not is_result(tmp_path / "a.xlsx")


def test_what_cannot_be_looked_at_is_left_to_the_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert not is_result(tmp_path / "a.txt")
    assert not is_result(tmp_path / "ない.txt")
