"""A baseline file is taken as it is meant, or refused with the place of what is wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jisseki_check.engine.baseline_file import BaselineError, read
from jisseki_check.exceptions.baseline import to_text
from jisseki_check.model import KnownFinding

TERMS = {"FIN101": 366, "MRK103": 366, "PII101": 31, "DOC001": 0}
ENTRY = KnownFinding(
    rule="FIN101",
    path="報告/環境部.txt",
    department="環境部",
    fiscal_year=2018,
    report_kind="results",
    number="7",
    title="防災倉庫の充実",
    field="settlement",
    given="4,620千円",
    fingerprint=f"sha256:{'1' * 64}",
    value_fingerprint=f"sha256:{'2' * 64}",
)
OTHER = replace(ENTRY, rule="MRK103", fingerprint=f"sha256:{'3' * 64}")


def _read(folder: Path, text: str | bytes) -> tuple[KnownFinding, ...]:
    path = folder / "known.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read(path, "known.json", TERMS).entries


def _refused(folder: Path, text: str | bytes) -> str:
    with pytest.raises(BaselineError) as raised:
        _read(folder, text)
    return str(raised.value)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert _read(tmp_path, to_text([ENTRY, OTHER])) == (ENTRY, OTHER)
    assert _read(tmp_path, to_text([])) == ()
    assert _read(tmp_path, b"\xef\xbb\xbf" + to_text([ENTRY]).encode()) == (ENTRY,)


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"rule": "FIN999"}, "5:10", "「FIN999」という規則はありません"),
        ({"rule": "DOC001"}, "5:10", "DOC001 の指摘は既知にできません"),
        ({"rule": "fin101"}, "5:10", "書き方が違います"),
        ({"fingerprint": "sha256:12"}, "5:", "書き方が違います"),
        ({"value_fingerprint": ""}, "5:", "書き方が違います"),
        ({"count": 0}, "5:", "1以上"),
        ({"count": 99, "places": ["0123456789ab"]}, "5:", "count（99）と places の数（1）が違います"),
        ({"count": "3"}, "5:", "整数"),
        ({"fiscal_year": None}, "5:", "整数"),
        ({"titel": "x"}, "5:", "「title」のことでしょうか"),
    ],
    ids=str,
)
def test_a_fault_of_an_entry_has_its_place(
    tmp_path: Path, change: dict[str, Any], place: str, words: str
) -> None:
    data = json.loads(to_text([ENTRY, OTHER]))
    data["findings"][1] |= change
    lines = [json.dumps(each, ensure_ascii=False) for each in data["findings"]]
    told = _refused(
        tmp_path, '{\n"format": "jisseki-baseline/1",\n"findings": [\n' + ",\n".join(lines) + "\n]}"
    )
    assert f"known.json:{place}" in told
    assert words in told


@pytest.mark.parametrize("missing", ["rule", "path", "fingerprint", "value_fingerprint"])
def test_what_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    data = json.loads(to_text([ENTRY]))
    del data["findings"][0][missing]
    assert f"「{missing}」" in _refused(tmp_path, json.dumps(data))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "known.json"),
        ("[]", "オブジェクト"),
        ("{}", "「format」"),
        ('{"format": "jisseki-baseline/2", "findings": []}', "jisseki-baseline/1"),
        ('{"format": "jisseki-baseline/1", "findings": {}}', "配列"),
        ('{"format": "jisseki-baseline/1", "findings": [], "as_of": "2026-05-31"}', "as_of"),
        ('{"format": "jisseki-baseline/1", "findings": [], "findings": []}', "2回"),
        ('{"format": "jisseki-baseline/1", "findings": [NaN]}', "数として読めません"),
        ('{"format": "jisseki-baseline/1", "findings": [', "途中で終わっています"),
        ("[" * 500 + "]" * 500, "深すぎ"),
        (b"\xff\xfe\x00", "known.json"),
        (b"PK\x03\x04", "known.json"),
    ],
    ids=range(12),
)
def test_another_file_is_refused(tmp_path: Path, text: str | bytes, words: str) -> None:
    assert words in _refused(tmp_path, text)


def test_an_entry_that_stands_there_twice_would_take_in_one_more(tmp_path: Path) -> None:
    told = _refused(tmp_path, to_text([ENTRY, ENTRY, OTHER]))
    assert "known.json:5:" in told
    assert "同じ指摘が2回" in told


def test_of_many_faults_the_first_are_told(tmp_path: Path) -> None:
    entries = [replace(ENTRY, rule="XYZ101", fingerprint=f"sha256:{number:064x}") for number in range(100)]
    told = _refused(tmp_path, to_text(entries))
    assert told.count("XYZ101") == 20
    assert told.endswith("ほかにもあります。")


def test_a_file_that_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="baseline create"):
        read(tmp_path / "none.json", "none.json", TERMS)
    with pytest.raises(BaselineError, match="通常のファイルではありません"):
        read(tmp_path, "known", TERMS)
