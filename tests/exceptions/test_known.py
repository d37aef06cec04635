"""Findings are known again by what they are about and what is written there, and by nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jisseki_check.engine import run
from jisseki_check.exceptions import Baseline, Exceptions
from jisseki_check.exceptions.known import known, match
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Item, KnownFinding, Outcome, Report
from tests.edits import AS_OF
from tests.planters import budget, settlement, text_of, with_item
from tests.repositories import FAULTS, moved, report

_SETTINGS = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
_YEAR = 2017
_FAULTY = range(1, len(FAULTS) + 1)
_CLEAN = range(len(FAULTS) + 1, 11)
"""Items without faults that are of the same kind as the faulty ones."""


def faulty() -> Report:
    held = report("環境部", _YEAR)
    for index, change in zip(_FAULTY, FAULTS.values(), strict=True):
        held = with_item(held, index, **change(_YEAR))
    return held


def check(report: Report, entries: Sequence[KnownFinding] = (), name: str = "報告.txt") -> Outcome:
    text = text_of(report) if name.endswith(".txt") else json.dumps(to_json(report), ensure_ascii=False)
    return check_text(text, entries, name)


def check_text(text: str, entries: Sequence[KnownFinding] = (), name: str = "報告.txt") -> Outcome:
    exceptions = Exceptions(baseline=Baseline("known.json", tuple(entries)))
    options = run.Options(as_of=AS_OF, stdin=(text.encode(), name), exceptions=exceptions)
    return run.check([], options=options)


def new(outcome: Outcome) -> list[tuple[str, str | None]]:
    return [
        (each.rule, each.item.title if each.item else None)
        for each in outcome.findings
        if each.status == "new"
    ]


def gone(outcome: Outcome) -> list[tuple[str, str | None]]:
    assert outcome.baseline is not None
    return [(each.rule, each.title) for each in outcome.baseline.unmatched]


ENTRIES = tuple(known(each) for each in check(faulty()).findings)


def test_each_planted_fault_is_one_entry() -> None:
    assert sorted(each.rule for each in ENTRIES) == sorted(FAULTS)
    again = check(faulty(), ENTRIES)
    assert (new(again), gone(again)) == ([], [])


# --- edits that change nothing of the faults ----------------------------------------------------


def _added(report: Report, at: int) -> Report:
    """Another item before that one, and those after it numbered anew."""
    another = Item(
        index=0,
        kind="priority",
        section=1,
        section_title=report.items[0].section_title,
        title=f"星空観察会の開催（{len(report.items)}）",
        goal="夜の公園に親しみます。",
        initiative=f"星空観察会を{len(report.items)}回開きます。",
        result=f"星空観察会を{len(report.items)}回開きました。",
        mark="◎",
    )
    items = [*report.items[: at - 1], another, *report.items[at - 1 :]]
    count = sum(item.kind == "priority" for item in items)
    return replace(
        report,
        items=tuple(
            replace(item, index=place, number=str(place) if place <= count else item.number)
            for place, item in enumerate(items, 1)
        ),
    )


_HARMLESS: dict[str, Callable[[Report, int, int], Report]] = {
    "moved": moved,
    "added": lambda report, one, _: _added(report, one),
    "divisions": lambda report, *_: replace(report, divisions=("総務課", "窓口課", "道路課")),
}


@_SETTINGS
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(_HARMLESS)), st.integers(1, 10), st.integers(1, 10)),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["報告.txt", "改めた名前.txt", "別のフォルダー/報告.json"]),
)
def test_what_moves_stays_known(edits: list[tuple[str, int, int]], name: str) -> None:
    edited = faulty()
    for kind, one, other in edits:
        edited = _HARMLESS[kind](edited, one, other)
    outcome = check(edited, ENTRIES, name)
    assert (new(outcome), gone(outcome)) == ([], [])
    assert len(outcome.findings) == len(ENTRIES)


def test_a_title_with_a_word_put_right_stays_known() -> None:
    edited = faulty()
    for index in _FAULTY:
        edited = with_item(edited, index, title=f"{edited.items[index - 1].title}事業")
    outcome = check(edited, ENTRIES)
    assert (new(outcome), gone(outcome)) == ([], [])


@_SETTINGS
@given(st.data())
def test_lines_above_and_between_keep_all_known(data: st.DataObject) -> None:
    lines = text_of(faulty()).split("\n")
    blanks = [at for at, line in enumerate(lines) if not line]
    for at in sorted(data.draw(st.lists(st.sampled_from([0, *blanks]), max_size=8)), reverse=True):
        lines[at:at] = [""] * data.draw(st.integers(1, 3))
    outcome = check_text("\n".join(lines), ENTRIES)
    assert (new(outcome), gone(outcome)) == ([], [])


# --- edits that change faults -------------------------------------------------------------------


@_SETTINGS
@given(st.data())
def test_one_put_right_and_another_of_its_rule_is_caught(data: st.DataObject) -> None:
    """Also where all is moved about at the same time."""
    code = data.draw(st.sampled_from(sorted(FAULTS)))
    old, at = list(FAULTS).index(code) + 1, data.draw(st.sampled_from(_CLEAN))
    right, wrong = report("環境部", _YEAR), FAULTS[code](_YEAR)
    names = [right.items[place - 1].title for place in (old, at)]
    edited = with_item(faulty(), at, **wrong)
    edited = replace(
        edited, items=tuple(right.items[old - 1] if item.index == old else item for item in edited.items)
    )
    for one, other in data.draw(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), max_size=3)):
        edited = moved(edited, one, other)
    outcome = check(edited, ENTRIES, data.draw(st.sampled_from(["報告.txt", "報告（改）.txt"])))
    assert {(rule, title) for rule, title in new(outcome) if rule == code} == {(code, names[1])}
    assert {(rule, title) for rule, title in gone(outcome) if rule == code} == {(code, names[0])}
    assert all(title == names[1] for _, title in new(outcome))


@pytest.mark.parametrize("difference", [1, -1, 40, 4_000])
def test_another_wrong_amount_is_new(difference: int) -> None:
    index = list(FAULTS).index("FIN101") + 1
    amounts = (budget(_YEAR), settlement(_YEAR, 4_620 + difference))
    outcome = check(with_item(faulty(), index, amounts=amounts), ENTRIES)
    title = faulty().items[index - 1].title
    assert new(outcome) == [("FIN101", title)]
    assert gone(outcome) == [("FIN101", title)]


def test_a_known_fault_in_a_second_file_of_the_report_is_new() -> None:
    """The first file is still there, and so is its fault."""
    present = [replace(entry, path="乙.txt") for entry in ENTRIES]
    homes = dict.fromkeys(("甲.txt", "乙.txt"), ("環境部", _YEAR, "results"))
    assert match(present, [replace(entry, path="甲.txt") for entry in ENTRIES], homes) == {}
    assert len(match(present, [replace(entry, path="昔の名.txt") for entry in ENTRIES], homes)) == len(
        ENTRIES
    )


# --- items that are told apart by little --------------------------------------------------------


def _entry(**changes: object) -> KnownFinding:
    held = KnownFinding(
        rule="MRK101",
        path="報告.txt",
        department="環境部",
        fiscal_year=_YEAR,
        report_kind="results",
        section=1,
        number="3",
        title="北小学校の改修",
        field="mark",
        fingerprint="sha256:03",
        value_fingerprint="sha256:f0",
    )
    return replace(held, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "is_known"),
    [
        ({}, True),
        ({"title": "北小学校の大改修"}, True),
        ({"title": "ごみの減量"}, False),
        ({"number": "4", "fingerprint": "sha256:04"}, True),
        ({"number": "4", "fingerprint": "sha256:04", "title": "南小学校の改修"}, False),
        ({"section": 2, "fingerprint": "sha256:05"}, True),
        ({"path": "別.txt"}, True),
        ({"path": None}, True),
        ({"count": 2}, False),
        ({"value_fingerprint": "sha256:f1"}, False),
        ({"rule": "MRK102", "fingerprint": "sha256:06"}, False),
        ({"department": "土木部", "fingerprint": "sha256:07"}, False),
        ({"fiscal_year": 2018, "fingerprint": "sha256:08"}, False),
        ({"report_kind": "plan", "fingerprint": "sha256:09"}, False),
        ({"field": "result", "fingerprint": "sha256:10"}, False),
    ],
    ids=str,
)
def test_what_is_the_same_thing(changes: dict[str, object], is_known: bool) -> None:
    assert bool(match([_entry(**changes)], [_entry()])) is is_known


def test_a_number_that_went_over_to_another_known_item_is_not_the_same() -> None:
    """北 is put right; 南, which was number 4 and is now 3, loses its mark."""
    south = _entry(
        rule="FIN105", number="4", title="南小学校の改修", field="settlement", fingerprint="sha256:20"
    )
    now = [
        _entry(title="南小学校の改修"),
        replace(south, number="3", fingerprint="sha256:21"),
    ]
    assert match(now, [_entry(), south]) == {1: 1}


def test_one_entry_names_one_finding() -> None:
    twice = [_entry(), _entry(fingerprint="sha256:03b")]
    assert match(twice, [_entry()]) == {0: 0}


def _without_names(*texts: str) -> str:
    held = to_json(report("環境部", _YEAR))
    for item, text in zip(held["items"], texts, strict=False):
        item |= {
            "title": None,
            "number": None,
            "result": text,
            "mark": None,
            "goal": None,
            "initiative": None,
        }
    return json.dumps(held, ensure_ascii=False)


def test_items_without_names_are_told_apart_by_their_texts() -> None:
    one, two, three = "担い手を40人募りました。", "冊子を50部配りました。", "花壇を6か所作りました。"
    entries = tuple(known(each) for each in check_text(_without_names(one, two), name="報告.json").findings)
    rules = {each.rule for each in entries}
    assert "MRK101" in rules
    swapped = check_text(_without_names(two, one), entries, "報告.json")
    assert (new(swapped), gone(swapped)) == ([], [])
    other = check_text(_without_names(one, three), entries, "報告.json")
    assert {rule for rule, _ in new(other)} == {rule for rule, _ in gone(other)} == rules


# --- words, of which a report-wide finding names all places ------------------------------------------


def _spelt(*indices: int) -> Report:
    """A report in which the results of these items have a word that the form spells otherwise."""
    held = report("環境部", _YEAR)
    for index in indices:
        result = f"{held.items[index - 1].result}地域の方と共に見直しました。"
        held = with_item(held, index, result=result)
    return held


def test_a_word_put_right_here_and_written_there_is_caught() -> None:
    entries = tuple(known(each) for each in check(_spelt(1, 2)).findings)
    assert [(each.rule, each.count, len(each.places)) for each in entries] == [("STY101", 2, 2)]
    assert new(check(_spelt(1, 2), entries)) == []
    assert new(check(_spelt(2), entries)) == []
    assert [rule for rule, _ in new(check(_spelt(2, 3), entries))] == ["STY101"]
    assert [rule for rule, _ in new(check(_spelt(1, 2, 3), entries))] == ["STY101"]
    assert new(check(moved(_spelt(1, 2), 1, 2), entries)) == []
