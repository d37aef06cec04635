"""Only what means to be a report is checked in an editor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jisseki_check.readers.decoding import decode
from jisseki_check.server.relevance import is_report, name_of

ROOT = Path(__file__).parents[2]
REPORTS = [
    path
    for folder in ("clean", "faulty", "forms")
    for path in sorted((ROOT / "examples" / folder).iterdir())
    if path.suffix in {".txt", ".json", ".yaml"}
]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_reports_are_recognised(path: Path) -> None:
    assert is_report(decode(path.read_bytes(), path.name).encode(), path.name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("報告.txt", "令和5年度 みずき市総務部の取組実績\n"),
        ("報告.txt", "目標　窓口を広げます。\n取り組み　案内板を立てます。\n実績　3か所に立てました。\n"),
        ("一覧.txt", "項目名\t目標\t令和5年度決算\t達成状況\n窓口の案内\t広げる\t120千円\t○\n"),
        ("報告.json", '{"format": "jisseki-report/1", "items": ['),
        ("報告.json", '{"department": "総務部", "items": ['),
        ("報告.json", '{"department": "総務部", "items": []}'),
        ("報告.yaml", "department: 総務部\nitems:\n  - title: [窓口\n"),
        ("報告.yaml", "format: jisseki-report/1\n"),
    ],
)
def test_an_unfinished_report_is_one_already(name: str, text: str) -> None:
    assert is_report(text.encode(), name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("買い物.txt", "牛乳\n1. パン\n2. 目標は千円以内\n"),
        ("会議録.txt", "令和5年度 総務部の会議録\n1. 開会\n令和5年度当初予算：3,000千円について\n"),
        ("requirements.txt", "click>=8\npolars==2.1\n"),
        ("空.txt", ""),
        ("package.json", '{"name": "site", "version": "1.0.0", "items": []}'),
        ("package.json", '{"name": "site", "version": '),
        ("schema.json", '{"type": "array", "items": {"type": "string"}, "title": "department"}'),
        ("名簿.json", '[{"department": "総務部", "items": []}]'),
        ("compose.yaml", "services:\n  web:\n    image: nginx\n"),
        ("結果.json", json.dumps({"format": "jisseki-check/1", "counts": {"items": 3}, "findings": []})),
    ],
)
def test_other_files_are_let_be(name: str, text: str) -> None:
    assert not is_report(text.encode(), name)


def test_a_form_of_another_city_is_recognised_where_settings_name_it() -> None:
    folder = ROOT / "examples" / "another-city"
    text = "担当する課\n1 子どもの居場所\nねらい　場所を増やします。\n"
    assert not is_report(text.encode(), "報告.txt")
    profile = str(folder / "aobano.yaml")
    assert is_report((folder / "children.txt").read_bytes(), "報告.txt", profile)
    assert not is_report(b"click>=8\n", "requirements.txt", str(folder / "missing.yaml"))


@pytest.mark.parametrize(
    ("uri", "language", "name"),
    [
        ("file:///home/user/%E5%A0%B1%E5%91%8A.txt", "plaintext", "報告.txt"),
        ("file:///c%3A/report.YAML", "yaml", "report.YAML"),
        ("file:///home/user/main.py", "plaintext", None),
        ("file:///home/user/report.xlsx", "", None),
        ("untitled:Untitled-1", "json", "Untitled-1.json"),
        ("untitled:Untitled-1", "python", None),
    ],
)
def test_names_tell_what_is_read(uri: str, language: str, name: str | None) -> None:
    assert name_of(uri, language) == name
