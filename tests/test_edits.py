"""Every edit, at every place of a report where it fits, gives its own finding there and nothing else new."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from jisseki_check.engine import run
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Item, Severity, Verdict
from tests.editors import EDITORS
from tests.edits import AS_OF, Key, Original, check, key_of, read
from tests.rewrites import REWRITES

_HERE = Path(__file__).parent
_PATHS = {
    "own": _HERE / "reports" / "mizuki.txt",
    "real": _HERE.parents[1] / "shared/data/hirakata/soumu-h29.txt",
}


@pytest.fixture(scope="module", params=list(_PATHS))
def original(request: pytest.FixtureRequest) -> Original:
    path = _PATHS[request.param]
    if not path.exists():
        pytest.skip("the published report is not here")
    return Original.of(path)


def _checked(texts: Iterable[str], folder: Path) -> list[set[Key]]:
    """What each of many texts gives, all judged in one run. They are one report, handed in many times."""
    for number, text in enumerate(texts):
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    outcome = run.check([folder], options=run.Options(as_of=AS_OF, ignore=("XDC",)))
    assert not outcome.faults
    held: dict[str, set[Key]] = {entry.path: set() for entry in outcome.inputs}
    for finding in outcome.findings:
        held[finding.location.path or ""].add(key_of(finding))
    return [held[path] for path in sorted(held)]


def test_own_report_is_clean() -> None:
    outcome = check(_PATHS["own"].read_text(encoding="utf-8"))
    assert {finding.rule for finding in outcome.findings} == {"DOC006"}
    assert outcome.verdict is Verdict.PASS


def _is_of_the_whole(key: Key, before: set[Key]) -> bool:
    """Whether a finding was there already, in another place or by another name: what is said of the words
    of a document stands at the first of their places, and a passage is said to be shared once."""
    rule, item, field = key
    if rule == "PVR106":
        return ("MRK108", item, field) in before
    return rule == "STY105" or (rule.startswith("STY") and rule in {code for code, _, _ in before})


@pytest.mark.parametrize("name", EDITORS)
def test_edit_gives_its_own_finding_and_nothing_else(name: str, original: Original, tmp_path: Path) -> None:
    edits = list(EDITORS[name](original))
    if not edits:
        pytest.skip("nothing in this report to edit so")
    before = {key_of(finding) for finding in original.outcome.findings}
    for edit, after in zip(edits, _checked((edit.text for edit in edits), tmp_path), strict=True):
        new = {key for key in after - before if not _is_of_the_whole(key, before)}
        assert new == edit.expected - before, edit.name
        assert edit.expected <= after, edit.name
        gone = {key for key in before - after if not original.may_go(key, edit)}
        gone = {key for key in gone if not _is_of_the_whole(key, after)}
        assert not gone, edit.name


@pytest.mark.parametrize("name", REWRITES)
def test_rewriting_changes_nothing(name: str, original: Original) -> None:
    rewrite = REWRITES[name]
    text = rewrite.apply(original.text)
    outcome = check(text)
    before = {key_of(finding) for finding in original.outcome.findings}
    after = {key_of(finding) for finding in outcome.findings}
    assert {key for key in after - before if key[0] not in rewrite.new} == set()
    assert {key for key in before - after if key[0] not in rewrite.gone} == set()
    if rewrite.same_texts:
        assert _plain(read(text).report.items) == _plain(original.report.items)


def _plain(items: tuple[Item, ...]) -> list[Item]:
    """Items without how their amounts are printed."""
    return [replace(i, amounts=tuple(replace(a, label="", text="") for a in i.amounts)) for i in items]


@pytest.mark.parametrize("name", ["report.json", "report.yaml"])
def test_converted_report_gives_the_same_findings(name: str, original: Original) -> None:
    data = to_json(original.report)
    text = json.dumps(data) if name.endswith("json") else yaml.safe_dump(data, allow_unicode=True)
    outcome = check(text, name)
    assert {key_of(finding) for finding in outcome.findings} == {
        key_of(finding) for finding in original.outcome.findings
    }
    assert len(outcome.findings) == len(original.outcome.findings)
    assert all(finding.location.pointer is not None for finding in outcome.findings)


def test_report_cut_off_at_any_line_does_not_pass(original: Original, tmp_path: Path) -> None:
    """What ends before the last section is inconclusive. Behind a finished item of the last section, a
    report that was cut off is a report with fewer items."""
    last_section = next(at for at, line in enumerate(original.lines) if line.startswith("5. "))
    marks = [at for at, line in enumerate(original.lines) if at > last_section and "【" in line]
    unknowable = {
        end for mark in marks for end in range(mark + 1, _end_of_blanks(original.lines, mark + 1) + 1)
    }
    ends = [end for end in range(1, len(original.lines)) if end not in unknowable]
    (tmp_path / "cut").mkdir()
    for end in ends:
        text = "\n".join(original.lines[:end])
        (tmp_path / "cut" / f"{end:04}.txt").write_text(text + "\n", encoding="utf-8")
    outcome = run.check([tmp_path / "cut"], options=run.Options(as_of=AS_OF))
    assert not outcome.faults
    failed = {f.location.path for f in outcome.findings if f.severity is Severity.ERROR}
    status = {entry.path: entry.status for entry in outcome.inputs}
    assert failed == set(status)
    assert all(status[f"{end:04}.txt"] != "checked" for end in ends if end <= last_section + 1)


def _end_of_blanks(lines: list[str], start: int) -> int:
    while start < len(lines) and not lines[start].strip():
        start += 1
    return start
