"""Bad input, and faults of ours: never a pass, never a traceback; the other files are still judged."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jisseki_check import catalogue, facts, forms, readers
from jisseki_check.engine import judging, run
from jisseki_check.engine.run import Options, UsageError
from jisseki_check.formatters import contract
from jisseki_check.forms.report_json import to_json
from jisseki_check.limits import Limits
from jisseki_check.model import Input, Outcome, Verdict
from tests.edits import AS_OF, read

OWN = Path(__file__).parent / "reports" / "mizuki.txt"
OPTIONS = Options(as_of=AS_OF)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder that holds one good report."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_bytes(OWN.read_bytes())
    return tmp_path


def _own_json() -> str:
    return json.dumps(to_json(read(OWN.read_text(encoding="utf-8")).report), ensure_ascii=False)


def _check(*paths: Path, **options: Any) -> Outcome:
    return run.check(paths, options=replace(OPTIONS, **options))


def _input(outcome: Outcome, path: str) -> Input:
    return next(entry for entry in outcome.inputs if entry.path == path)


# --- files that cannot be read ------------------------------------------------------------------

_DEEP = 100_000
_BAD_FILES: dict[str, tuple[str, bytes]] = {
    "empty": ("bad.txt", b""),
    "blanks only": ("bad.txt", "\n　\t\n".encode()),
    "binary": ("bad.txt", bytes(range(256)) * 20),
    "picture called text": ("bad.txt", b"\x89PNG\r\n\x1a\n" + bytes(500)),
    "JSON called text": ("bad.txt", b'{"format": "jisseki-report/1"}'),
    "text called JSON": ("bad.json", OWN.read_bytes()),
    "workbook": ("bad.txt", b"PK\x03\x04" + bytes(200)),
    "PDF": ("bad.txt", b"%PDF-1.7\n" + bytes(200)),
    "broken UTF-8": ("bad.txt", OWN.read_bytes()[:900] + b"\xff\xfe\xff" + OWN.read_bytes()[900:]),
    "UTF-16": ("bad.txt", OWN.read_text(encoding="utf-8").encode("utf-16")),
    "deep JSON array": ("bad.json", b"[" * _DEEP + b"]" * _DEEP),
    "deep JSON object": ("bad.json", b'{"items":' * _DEEP + b"1" + b"}" * _DEEP),
    "deep brackets in text": ("bad.txt", b"[" * _DEEP),
    "deep YAML": ("bad.yaml", b"[" * _DEEP),
    "cut JSON": ("bad.json", _own_json().encode()[:3_000]),
    "JSON of something else": ("bad.json", b'{"name": "x"}'),
    "JSON without items": ("bad.json", b'{"format": "jisseki-report/1", "items": []}'),
    "JSON with broken items": ("bad.json", b'{"format": "jisseki-report/1", "items": [1, null, "x"]}'),
    "JSON null": ("bad.json", b"null"),
    "NaN": ("bad.json", _own_json().replace('"value": 6420', '"value": NaN').encode()),
    "key twice": ("bad.json", _own_json().replace('"title": ', '"title": "x", "title": ', 1).encode()),
    "YAML with an alias bomb": ("bad.yaml", b"a: &a [x, x]\nb: &b [*a, *a]\nitems: [*b, *b]\n"),
    "another document": ("bad.txt", "会議の記録\n次の会議の日を決めました。\n".encode()),
    "cut report": ("bad.txt", OWN.read_text(encoding="utf-8")[:2_000].encode()),
    "two columns": ("bad.txt", ("計画の文が途中で切れ 実績 ・4月から\n" * 5).encode()),
}


@pytest.mark.parametrize("name", _BAD_FILES)
def test_bad_file_is_inconclusive_and_the_good_one_is_judged(name: str, folder: Path) -> None:
    file, data = _BAD_FILES[name]
    (folder / file).write_bytes(data)
    outcome = _check(Path(file), Path("good.txt"))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert _input(outcome, file).status in {"unreadable", "refused"}
    assert _input(outcome, file).reason
    assert any(finding.location.path == file for finding in outcome.findings)
    assert (_input(outcome, "good.txt").status, _input(outcome, "good.txt").items) == ("checked", 16)
    assert not outcome.faults


@pytest.mark.parametrize("name", _BAD_FILES)
def test_bad_file_alone_is_inconclusive(name: str, folder: Path) -> None:
    file, data = _BAD_FILES[name]
    (folder / file).write_bytes(data)
    assert _check(Path(file)).verdict is Verdict.INCONCLUSIVE
    assert _check(Path(file), fail_on="never", select=("FIN",)).verdict is Verdict.INCONCLUSIVE


def test_missing_file_is_inconclusive_beside_a_good_one(folder: Path) -> None:
    outcome = _check(Path("missing.txt"), Path("good.txt"))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert _input(outcome, "missing.txt").status == "unreadable"
    assert _input(outcome, "good.txt").status == "checked"


@pytest.mark.parametrize("path", ["missing.txt", "empty"])
def test_nothing_to_check_is_a_usage_error(path: str, folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(UsageError, match="点検する報告がありません"):
        _check(Path(path))


@pytest.mark.parametrize("name", ["memo.docx", "memo.doc", "memo.xlsb", "memo.jtd", "memo.pptx"])
def test_office_file_in_a_folder_is_not_passed_over(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"PK\x03\x04" + bytes(200))
    outcome = _check(Path("."))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert _input(outcome, name).status == "unreadable"


def test_folder_without_reports_beside_a_good_file(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert _check(Path("empty"), Path("good.txt")).verdict is Verdict.INCONCLUSIVE


def test_file_over_the_limit(folder: Path) -> None:
    size = (folder / "good.txt").stat().st_size
    (folder / "bad.txt").write_bytes(OWN.read_bytes() + b"\n" * 10)
    outcome = _check(Path("bad.txt"), Path("good.txt"), limits=Limits(max_bytes=size))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert "大きすぎます" in (_input(outcome, "bad.txt").reason or "")
    assert _input(outcome, "good.txt").status == "checked"


def test_file_that_vanishes_while_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "bad.txt").write_bytes(OWN.read_bytes())
    open_ = os.open

    def vanishing(path: Any, *args: Any, **kwargs: Any) -> int:
        if os.fspath(path).endswith("bad.txt"):
            os.unlink(path)
        return open_(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", vanishing)
    outcome = _check(Path("bad.txt"), Path("good.txt"))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert "見つかりません" in (_input(outcome, "bad.txt").reason or "")
    assert _input(outcome, "good.txt").status == "checked"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_and_device_do_not_block(folder: Path) -> None:
    os.mkfifo(folder / "bad.txt")
    outcome = _check(Path("bad.txt"), Path("good.txt"))
    assert (outcome.verdict, _input(outcome, "bad.txt").status) == (Verdict.INCONCLUSIVE, "unreadable")


# --- faults of ours -----------------------------------------------------------------------------


def _broken_rules(monkeypatch: pytest.MonkeyPatch, code: str, **changes: Any) -> None:
    held = catalogue.load()
    rules = tuple(replace(rule, **changes) if rule.id == code else rule for rule in held.rules)
    monkeypatch.setattr(catalogue, "load", lambda **_: replace(held, rules=rules))


_FAILING_SQL = "CAST(label AS BIGINT) > 0"


@pytest.mark.parametrize("changes", [{"violated_when": _FAILING_SQL}, {"applies_when": _FAILING_SQL}])
@pytest.mark.parametrize("engine", ["local", "pandera"])
def test_rule_that_fails_at_run_time(
    changes: dict[str, str], engine: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _broken_rules(monkeypatch, "FIN110", **changes)
    outcome = _check(Path("good.txt"), engine=engine)
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert [finding.rule for finding in outcome.findings if finding.rule == "DOC007"] == ["DOC007"]
    assert [fault.rule for fault in outcome.faults] == ["FIN110"]
    crashed = {line.rule: line.crashed for line in outcome.coverage if line.crashed}
    assert crashed == {"FIN110": 8}
    assert all(line.evaluated for line in outcome.coverage if line.rule in {"FIN111", "MRK101", "DAT101"})


@pytest.mark.parametrize("field", ["message", "expected", "difference", "correction"])
def test_rule_whose_words_fail_at_run_time(field: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _broken_rules(monkeypatch, "FIN110", violated_when="TRUE", **{field: "{CAST(label AS BIGINT)}"})
    outcome = _check(Path("good.txt"))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert any(finding.rule == "DOC007" for finding in outcome.findings)
    assert [fault.rule for fault in outcome.faults] == ["FIN110"]


def _raise(*args: Any, **kwargs: Any) -> Any:
    raise ZeroDivisionError("planted")


@pytest.mark.parametrize("table", facts.BUILDERS)
def test_facts_that_fail(table: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the report that they fail on is not judged."""
    (folder / "bad.txt").write_text(
        OWN.read_text(encoding="utf-8").replace("市民部", "土木部"), encoding="utf-8"
    )
    builder = facts.BUILDERS[table]

    def failing(view: Any) -> Iterator[dict[str, Any]]:
        if view.report.department == "土木部":
            raise ZeroDivisionError("planted")
        return builder(view)

    monkeypatch.setitem(facts.BUILDERS, table, failing)
    outcome = _check(Path("bad.txt"), Path("good.txt"))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert (_input(outcome, "bad.txt").status, _input(outcome, "good.txt").status) == ("refused", "checked")
    assert [(fault.stage, fault.path) for fault in outcome.faults] == [("facts", "bad.txt")]
    assert {finding.rule for finding in outcome.findings if finding.location.path == "bad.txt"} == {"DOC007"}


@pytest.mark.parametrize("ending", ["txt", "json", "yaml"])
def test_reader_that_fails(ending: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / f"bad.{ending}").write_text(_own_json() if ending == "json" else "a: 1\n", encoding="utf-8")
    (folder / "good.txt").rename(folder / "good.yml" if ending == "txt" else folder / "good.txt")
    monkeypatch.setitem(readers.READERS, f".{ending}", _raise)
    outcome = _check(Path(f"bad.{ending}"))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert _input(outcome, f"bad.{ending}").status == "unreadable"
    assert [fault.stage for fault in outcome.faults] == ["reader"]


def test_form_that_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "bad.json").write_text(_own_json(), encoding="utf-8")
    reading: Callable[..., Any] = forms.read
    monkeypatch.setattr(
        forms,
        "read",
        lambda source, *a, **k: _raise() if source.format == "json" else reading(source, *a, **k),
    )
    outcome = _check(Path("bad.json"), Path("good.txt"))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert _input(outcome, "bad.json").status == "unreadable"
    assert _input(outcome, "good.txt").status == "checked"
    assert [(fault.stage, fault.path) for fault in outcome.faults] == [("form", "bad.json")]


def test_schema_that_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "bad.json").write_text(_own_json(), encoding="utf-8")
    monkeypatch.setattr("jisseki_check.engine.schema.judge", _raise)
    outcome = _check(Path("bad.json"), Path("good.txt"))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert _input(outcome, "good.txt").status == "checked"


def test_places_that_fail(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding that cannot be placed must not vanish, nor take the run with it."""
    monkeypatch.setattr("jisseki_check.forms.spans.TextPlaces.locate", _raise)
    assert _check(Path("good.txt")).verdict is Verdict.INCONCLUSIVE


_FRAGMENTS = [
    *"\n\t【】()◆：　,.△-〇◎%ｱ①🎵\u200b\x0b\x85\u2028", "千円", "平成", "年度", "13月", "から", "実績",
    "取り組みに対する達成状況", "5. 広報・情報発信", "<p>", "令和元年4月30日", "9" * 40, "執行率", "合計",
    "決算：", "目標\t", "(2) ", "18-3. ",
]  # fmt: skip


def _mutilated(text: str, chance: random.Random) -> str:
    """Some characters and lines lost, added or exchanged."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text))
        lines = text.split("\n")
        here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                text = text[:at] + chance.choice(_FRAGMENTS) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randint(1, 30) :]
            case 2:
                lines[here], lines[there] = lines[there], lines[here]
                text = "\n".join(lines)
            case _:
                text = "\n".join([*lines[:here], lines[there], *lines[here:]])
    return text


@pytest.mark.parametrize("ending", ["txt", "json"])
def test_mutilated_reports_are_judged_or_refused(ending: str, folder: Path) -> None:
    chance = random.Random(29)
    text = OWN.read_text(encoding="utf-8") if ending == "txt" else _own_json()
    for number in range(150):
        (folder / f"{number:03}.{ending}").write_text(_mutilated(text, chance), encoding="utf-8")
    outcome = _check(Path("."))
    assert not outcome.faults
    assert len(outcome.inputs) == 151
    unjudged = {entry.path for entry in outcome.inputs if entry.status != "checked"}
    assert unjudged <= {finding.location.path for finding in outcome.findings}


# --- the same input, the same bytes -------------------------------------------------------------


def _bytes(outcome: Outcome) -> str:
    return json.dumps(contract.whole(outcome), ensure_ascii=False)


@pytest.fixture
def many(folder: Path) -> list[Path]:
    text = OWN.read_text(encoding="utf-8")
    for number in range(8):
        edited = text.replace("【 ◎ 】", "【 〇 】", number).replace("6,115", f"{9_000 + number:,}")
        (folder / f"{number}.txt").write_text(edited, encoding="utf-8")
    (folder / "deep").mkdir()
    (folder / "deep" / "a.json").write_text(_own_json().replace('"◎"', '"☆"', 2), encoding="utf-8")
    (folder / "broken.json").write_text("{", encoding="utf-8")
    return [Path(path.relative_to(folder)) for path in sorted(folder.rglob("*.*"))]


def test_same_input_gives_the_same_bytes_in_any_order(many: list[Path]) -> None:
    first = _bytes(_check(*many))
    for seed in range(4):
        shuffled = random.Random(seed).sample(many, len(many))
        assert _bytes(_check(*shuffled)) == first
    assert _bytes(_check(Path("."))) == first


def test_batch_boundary_changes_nothing(many: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    first = _bytes(_check(*many))
    for size in (1, 2, 3, 1_000):
        monkeypatch.setattr(judging, "BATCH", size)
        assert _bytes(_check(*many)) == first


def test_no_absolute_path_and_no_time_in_the_outcome(many: list[Path]) -> None:
    shown = _bytes(_check(*[path.absolute() for path in many]))
    assert str(Path.cwd()) not in shown
    assert shown == _bytes(_check(*many))


def test_other_files_of_a_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "報告.txt").write_bytes(OWN.read_bytes())
    (tmp_path / "覚え書き.md").write_text("覚え書き", encoding="utf-8")
    outcome = run.check([tmp_path], options=OPTIONS)
    assert (len(outcome.inputs), outcome.skipped) == (1, ("覚え書き.md",))


def test_selection_that_leaves_no_rule_is_a_usage_error(folder: Path) -> None:
    with pytest.raises(UsageError, match="規則が一つも残りません"):
        run.check([OWN], options=replace(OPTIONS, select=("FIN",), ignore=("FIN",)))
