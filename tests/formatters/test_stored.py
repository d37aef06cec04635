"""A stored result is read back as it was, and what is none is refused in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings

from jisseki_check.engine import run
from jisseki_check.formatters import FORMATS, content, missing_libraries, stored
from jisseki_check.formatters.notes import notes
from jisseki_check.formatters.stored import StoredError
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome, Verdict
from jisseki_check.notation import morphemes
from tests.example_files import EXAMPLES
from tests.formatters.outcomes import outcomes
from tests.readers.packages import archive

FULL = View(verbose=True)
NAMES = [name for name in FORMATS if not missing_libraries(name)]


@cache
def checked() -> Outcome:
    """A run over all examples: readable and not, in every format."""
    return run.check(
        [EXAMPLES / name for name in ("clean", "faulty", "office", "unreadable", "forms")],
        options=run.Options(as_of=date(2026, 5, 31), coverage_by_file=True),
    )


def data() -> dict[str, Any]:
    held: dict[str, Any] = json.loads(content("json", checked(), FULL))
    return held


def read(told: object) -> Outcome:
    return stored.read(json.dumps(told).encode(), "結果.json")


def coherent(outcome: Outcome) -> Outcome:
    """With a verdict that a run could have come to, and faults of rules that there could be."""
    faults = tuple(replace(each, rule=each.rule and "FIN101・STY101") for each in outcome.faults)
    return replace(outcome, verdict=Verdict.INCONCLUSIVE, faults=faults)


@given(outcome=outcomes())
@settings(max_examples=100, deadline=None)
def test_what_is_read_back_is_what_was_written(outcome: Outcome) -> None:
    outcome = coherent(outcome)
    written = content("json", outcome, FULL)
    # Two halves that were apart are one character in JSON, whoever writes it.
    assume(b"\\ud800\\udc80" not in written)
    again = stored.read(written, "結果.json")
    assert content("json", again, FULL) == written
    for name in NAMES:
        assert content(name, again, FULL) == content(name, outcome, FULL), name


def test_a_run_is_read_back_whole() -> None:
    outcome = checked()
    assert outcome.findings
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert stored.read(content("json", outcome, FULL), "結果.json") == outcome


def test_a_run_without_the_analysis_of_words_is_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(morphemes, "is_installed", lambda: False)
    outcome = run.check([EXAMPLES / "clean"], options=run.Options(as_of=date(2026, 5, 31)))
    assert "・" in (outcome.faults[0].rule or "")
    assert stored.read(content("json", outcome, FULL), "結果.json") == outcome


def test_the_version_that_checked_is_kept() -> None:
    told = data()
    told["tool"]["version"] = "0.0.9"
    again = read(told)
    assert again.version == "0.0.9"
    assert json.loads(content("json", again, FULL))["tool"]["version"] == "0.0.9"
    assert '"version": "0.0.9"' in json.dumps(json.loads(content("sarif", again, FULL)))


# --- results of earlier versions ----------------------------------------------------------------


def earlier() -> dict[str, Any]:
    """What the first version wrote."""
    told = data()
    for name in ("fail_on", "waivers", "skipped", "baseline", "prior", "reports", "coverage_by_file"):
        del told[name]
    for finding in told["findings"]:
        for name in ("subject", "count", "places", "value_fingerprint", "report_kind", "waiver"):
            del finding[name]
    for source in told["inputs"]:
        del source["profile"], source["profile_reason"]
    return told


def test_what_an_earlier_version_did_not_write_is_unknown_and_not_empty() -> None:
    told = earlier()
    outcome = read(told)
    assert outcome.reports == ()
    assert {"waivers", "reports", "coverage_by_file", "fail_on"} <= set(outcome.unrecorded)
    [note] = notes(outcome, View())
    assert "免除の一覧" in note
    assert "項目の記号と金額" in note
    table = content("table", outcome, View()).decode()
    assert "「なかった」という意味ではありません" in "".join(table.split())
    assert "不適合とする指摘 記録なし" in table
    assert content("concise", outcome, View()).decode().count("注意: この結果には") == 1
    again = json.loads(content("json", outcome, FULL))
    assert not {"waivers", "reports", "coverage_by_file", "fail_on"} & set(again)
    assert again["counts"] == told["counts"]
    assert stored.read(content("json", outcome, FULL), "結果.json") == outcome


def test_every_format_can_be_made_of_an_earlier_result() -> None:
    outcome = read(earlier())
    for name in NAMES:
        assert content(name, outcome, FULL)


def test_other_rules_are_said() -> None:
    outcome = checked()
    assert notes(outcome, View(rules_digest=outcome.rules_digest)) == []
    view = View(rules_digest="sha256:" + "0" * 64)
    assert "別の版の規則で点検したものです" in notes(outcome, view)[0]
    for name in {"table", "concise", "html", "markdown"} & set(NAMES):
        assert "別の版の規則" in content(name, outcome, view).decode(), name


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "文字がありません"),
        (b"abc", "JSON ではありません"),
        (b'{"format": "jisseki-check/1", "tool', "閉じられていません"),
        (b'{"format": "jisseki-check/1"', "途中で終わっています"),
        (b'{"format": "jisseki-check/1", "as_of": NaN}', "1行目40文字目：「NaN」は、数として読めません"),
        (b'{"format": "jisseki-check/1", "format": "jisseki-check/1"}', "2回あります"),
        (b'{"format": "jisseki-check/2"}', "別の版の書式（jisseki-check/2）"),
        (b'{"format": "jisseki-report/1", "items": []}', "点検する前の報告です"),
        (b'{"format": "jisseki-baseline/1"}', "既知の指摘の一覧です"),
        (b"[]", "点検の結果ではありません"),
        (b"null", "点検の結果ではありません"),
        (b'{"verdict": "pass"}', "点検の結果ではありません"),
        (b'{"format": "jisseki-check/1"}', "点検の結果の決まりに合いません"),
        (b"[" * 100_000, "深すぎ"),
        (b"\xff\xfe{\x00}\x00", "UTF-16"),
        (archive({"xl/workbook.xml": b"\x1b$B"}), "は Excel ブックなので、結果として読めません"),
        (archive({"word/document.xml": b"\x1b$B"}), "は Word 文書なので、結果として読めません"),
        (archive({"a.txt": b"\x1b$B"}), "は圧縮ファイル（ZIP）なので、結果として読めません"),
    ],
    ids=range(18),
)
def test_what_is_no_result_is_refused(written: bytes, said: str) -> None:
    with pytest.raises(StoredError) as error:
        stored.read(written, "結果.json")
    assert said in str(error.value)
    assert str(error.value).startswith("「結果.json」")


def test_a_file_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "結果.json"
    path.write_bytes(content("json", checked(), FULL))
    monkeypatch.setattr(stored, "LIMITS", replace(stored.LIMITS, max_bytes=1_000))
    with pytest.raises(StoredError, match="大きすぎて"):
        stored.load(str(path))


def test_too_many_values_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "LIMITS", replace(stored.LIMITS, max_values=10))
    with pytest.raises(StoredError):
        stored.read(content("json", checked(), FULL), "結果.json")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoredError, match="が見つかりません"):
        stored.load(str(tmp_path / "ない.json"))
    with pytest.raises(StoredError, match="を読めません"):
        stored.load(str(tmp_path))


def _drop_errors(told: dict[str, Any]) -> None:
    told["findings"] = [each for each in told["findings"] if each["severity"] != "error"]


def _waive_all(told: dict[str, Any]) -> None:
    for each in told["findings"]:
        each["status"] = "waived"


def _pass(told: dict[str, Any]) -> None:
    told["verdict"] = "pass"


def _fail(told: dict[str, Any]) -> None:
    told["verdict"] = "fail"


def _file_read(told: dict[str, Any]) -> None:
    told["counts"]["files"] -= 1


def _unknown_name(told: dict[str, Any]) -> None:
    told["時刻"] = "12:00"


def _odd_level(told: dict[str, Any]) -> None:
    told["findings"][0]["severity"] = "fatal"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (_drop_errors, "件数（counts の error）"),
        (_waive_all, "件数（counts の error）"),
        (_pass, "判定（適合）が中身と合いません"),
        (_fail, "判定（不適合）が中身と合いません"),
        (_file_read, "件数（counts の files）"),
        (_unknown_name, "知らない名前「時刻」"),
        (_odd_level, "/findings/0/severity"),
    ],
)
def test_what_contradicts_itself_is_refused(edit: Callable[[dict[str, Any]], None], said: str) -> None:
    told = data()
    edit(told)
    with pytest.raises(StoredError) as error:
        read(told)
    assert said in str(error.value)


def test_a_verdict_must_follow_from_the_findings() -> None:
    outcome = run.check([EXAMPLES / "faulty"], options=run.Options(as_of=date(2026, 5, 31), fail_on="never"))
    assert outcome.verdict is Verdict.PASS
    assert stored.read(content("json", outcome, FULL), "結果.json") == outcome
    for changed in (replace(outcome, fail_on="error"), replace(outcome, verdict=Verdict.FAIL)):
        with pytest.raises(StoredError, match="中身と合いません"):
            stored.read(content("json", changed, FULL), "結果.json")
