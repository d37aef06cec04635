"""What a waiver outlives, and at what it must lapse. Waivers go through a file, as they do in use."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jisseki_check import catalogue
from jisseki_check.engine import run
from jisseki_check.engine.waiver_entry import NewWaiver, added, writable
from jisseki_check.engine.waiver_file import read
from jisseki_check.exceptions import Exceptions, Granted
from jisseki_check.exceptions.known import known
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Finding, Item, Outcome, Report, Waiver
from tests.edits import AS_OF
from tests.planters import budget, settlement, text_of, with_item
from tests.repositories import FAULTS, moved, report

_SETTINGS = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
_YEAR = 2017
_TERMS = {rule.id: rule.longest_waiver_days for rule in catalogue.load().rules}
_WAIVER = Waiver("次年度に改める", "総務課 山田", "財政課長 佐藤", "2027-03-31")
_CLEAN = range(len(FAULTS) + 1, 11)
"""Items without faults that are of the same kind as the faulty ones."""


def faulty() -> Report:
    """A report with one fault of each kind, in an item each."""
    held = report("環境部", _YEAR)
    for index, change in enumerate(FAULTS.values(), 1):
        held = with_item(held, index, **change(_YEAR))
    return held


def at(rule: str) -> int:
    """The index of the item with that fault."""
    return list(FAULTS).index(rule) + 1


def check(text: str, waivers: Sequence[Granted] = (), name: str = "報告.txt") -> Outcome:
    options = run.Options(as_of=AS_OF, stdin=(text.encode(), name), exceptions=Exceptions(tuple(waivers)))
    return run.check([], options=options)


def waived(findings: Sequence[Finding], ending: str = ".toml") -> tuple[Granted, ...]:
    """Waivers of findings, written into a file and read again."""
    content: bytes | None = None
    name = f"jisseki-check-waivers{ending}"
    for each in findings:
        new = NewWaiver(writable(known(each)), _WAIVER, dt.date(2026, 5, 1), "見出し")
        content, _ = added(content, name, new, _TERMS)
    assert content is not None
    return read(content, name, _TERMS).waivers


TEXT = text_of(faulty())
WAIVERS = waived(check(TEXT).findings)


def new(outcome: Outcome) -> list[tuple[str, str | None]]:
    return [
        (each.rule, each.item.title if each.item else None)
        for each in outcome.findings
        if each.status == "new"
    ]


def states(outcome: Outcome) -> dict[str, str]:
    return {use.known.rule: use.state for use in outcome.waivers}


def test_every_finding_is_waived_as_it_stands() -> None:
    outcome = check(TEXT, WAIVERS)
    assert sorted(states(outcome)) == sorted(FAULTS)
    assert set(states(outcome).values()) == {"used"}
    assert new(outcome) == []
    assert all(each.waiver is not None and each.waiver.line for each in outcome.findings)


def test_yaml_grants_the_same() -> None:
    in_yaml = waived(check(TEXT).findings, ".yaml")
    assert [each.known for each in in_yaml] == [each.known for each in WAIVERS]
    assert new(check(TEXT, in_yaml)) == []


# --- what a waiver outlives ---------------------------------------------------------------------


def _with_another(report: Report, place: int) -> Report:
    """Another item before that one, and those after it numbered anew."""
    model = report.items[0]
    another = Item(
        index=0,
        kind="priority",
        section=1,
        section_title=model.section_title,
        title=f"星空観察会の開催（{len(report.items)}）",
        goal="星空観察会を開きます。",
        initiative=f"星空観察会を{len(report.items)}回開きます。",
        result=f"星空観察会を{len(report.items)}回開きました。",
        mark="◎",
    )
    return _numbered(report, [*report.items[: place - 1], another, *report.items[place - 1 :]])


def _without_another(report: Report, place: int) -> Report:
    """Without one of the items that are not faulty."""
    titles = {report_item.title for report_item in faulty().items[: len(FAULTS)]}
    clean = [item.index for item in report.items if item.kind == "priority" and item.title not in titles]
    gone = clean[place % len(clean)] if len(clean) > 1 else None
    return _numbered(report, [item for item in report.items if item.index != gone])


def _numbered(report: Report, items: Sequence[Item]) -> Report:
    count = sum(item.kind == "priority" for item in items)
    return replace(
        report,
        items=tuple(
            replace(item, index=place, number=str(place) if place <= count else item.number)
            for place, item in enumerate(items, 1)
        ),
    )


_HARMLESS: dict[str, Callable[[Report, int, int], Report]] = {
    "moved": lambda report, one, other: moved(report, one, other),
    "added": lambda report, one, _: _with_another(report, one),
    "removed": lambda report, one, _: _without_another(report, one),
    "divisions": lambda report, *_: replace(report, divisions=("総務課", "窓口課", "道路課")),
    "legend": lambda report, *_: replace(report, legend=(report.legend or "").replace("　", " ")),
}


def _as_text(report: Report, data: st.DataObject) -> str:
    """The report as text, with lines above and between, and blanks where they say nothing."""
    lines = text_of(report).split("\n")
    for place in sorted(data.draw(st.lists(st.sampled_from([0, *_blank(lines)]), max_size=4)), reverse=True):
        lines[place:place] = [""] * data.draw(st.integers(1, 3))
    text = "\n".join(lines)
    if data.draw(st.booleans()):
        text = text.replace("千円", " 千円")
    return text.replace("\n", "\r\n") if data.draw(st.booleans()) else text


def _blank(lines: Sequence[str]) -> list[int]:
    return [place for place, line in enumerate(lines) if not line]


_WRITERS: dict[str, Callable[[Report, st.DataObject], str]] = {
    "報告.txt": _as_text,
    "別のフォルダー/改めた名前.txt": _as_text,
    "報告.json": lambda report, _: json.dumps(to_json(report), ensure_ascii=False),
    "報告.yaml": lambda report, _: yaml.safe_dump(to_json(report), allow_unicode=True, sort_keys=False),
}


@_SETTINGS
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(_HARMLESS)), st.integers(1, 7), st.integers(1, 7)),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(sorted(_WRITERS)),
    st.data(),
)
def test_edits_elsewhere_keep_all_waivers(
    edits: list[tuple[str, int, int]], name: str, data: st.DataObject
) -> None:
    edited = faulty()
    for kind, one, other in edits:
        edited = _HARMLESS[kind](edited, one, other)
    outcome = check(_WRITERS[name](edited, data), WAIVERS, name)
    assert set(states(outcome).values()) == {"used"}, edits
    assert {rule for rule, _ in new(outcome)} & (set(FAULTS) | {"WVR101", "WVR102", "WVR103"}) == set()


# --- where it must lapse ------------------------------------------------------------------------


@pytest.mark.parametrize("difference", [1, -1, 10, 100])
@pytest.mark.parametrize(
    ("rule", "amounts"),
    [
        ("FIN105", lambda by: (budget(_YEAR, 8_500), settlement(_YEAR, 3_740 + by))),
        ("FIN105", lambda by: (budget(_YEAR, 8_500 + by), settlement(_YEAR, 3_740))),
        ("FIN101", lambda by: (budget(_YEAR), settlement(_YEAR, 4_620 + by))),
        ("FIN101", lambda by: (budget(_YEAR, 490 + by), settlement(_YEAR, 4_620))),
    ],
    ids=["settlement", "budget", "settlement-over", "budget-over"],
)
def test_one_thousand_yen_lapses_it(
    rule: str, amounts: Callable[[int], tuple[object, ...]], difference: int
) -> None:
    """Also of the budget, which the rule reads and does not point at."""
    edited = with_item(faulty(), at(rule), amounts=amounts(difference))
    outcome = check(text_of(edited), WAIVERS)
    assert {code for code, state in states(outcome).items() if state != "used"} == {rule}
    assert states(outcome)[rule] == "lapsed"
    title = edited.items[at(rule) - 1].title
    assert (rule, title) in new(outcome)
    said = next(each for each in outcome.findings if each.rule == "WVR103")
    assert said.location.path == "jisseki-check-waivers.toml"
    assert said.location.line is not None
    given = next(each.given for each in outcome.findings if each.rule == rule)
    assert given is not None
    assert given in said.message


@_SETTINGS
@given(st.sampled_from(sorted(FAULTS)), st.sampled_from(_CLEAN), st.data())
def test_the_same_fault_of_another_item_is_not_waived(rule: str, place: int, data: st.DataObject) -> None:
    """Whether the one that was waived is still there or not."""
    edited = with_item(faulty(), place, **FAULTS[rule](_YEAR))
    is_right = data.draw(st.booleans())
    if is_right:
        sound = report("環境部", _YEAR).items[at(rule) - 1]
        items = tuple(sound if item.index == sound.index else item for item in edited.items)
        edited = replace(edited, items=items)
    for one, other in data.draw(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), max_size=3)):
        edited = moved(edited, one, other)
    outcome = check(text_of(edited), WAIVERS)
    title = faulty().items[place - 1].title
    assert [name for code, name in new(outcome) if code == rule] == [title]
    # What another fault keeps from being judged may hide what was waived.
    assert states(outcome)[rule] in ({"unused", "unchecked"} if is_right else {"used"})


def test_another_year_or_department_is_not_waived() -> None:
    for other in (replace(faulty(), department="土木部", title="平成29年度土木部の取り組み実績"),):
        outcome = check(text_of(other), WAIVERS)
        assert set(states(outcome).values()) == {"unchecked"}
        assert all(each.status == "new" for each in outcome.findings)
        assert not any(each.rule.startswith("WVR") for each in outcome.findings)


def test_an_item_that_got_the_number_of_another_is_not_waived() -> None:
    """The waived item is gone; another one has its number and the same amounts."""
    index = at("FIN105")
    other = {
        "title": "遊具の点検の委託",
        "goal": "遊具を点検します。",
        "initiative": "遊具を40基点検します。",
    }
    edited = with_item(faulty(), index, **other, result="遊具を40基点検しました。")
    outcome = check(text_of(edited), WAIVERS)
    assert states(outcome)["FIN105"] == "unused"
    assert ("FIN105", "遊具の点検の委託") in new(outcome)


# --- what is said of a whole report -------------------------------------------------------------


def _with_word(*places: int) -> Report:
    held = report("環境部", _YEAR)
    for place in places:
        goal = held.items[place - 1].goal or ""
        held = with_item(held, place, goal=goal.replace("を図ります", "の取組みを進めます"))
    return held


WORD = waived([each for each in check(text_of(_with_word(2, 5))).findings if each.rule == "STY101"])


@pytest.mark.parametrize(
    ("edited", "state"),
    [
        (_with_word(2, 5), "used"),
        (_with_word(5), "used"),
        (moved(_with_word(2, 5), 5, 1), "used"),
        (_with_another(_with_word(2, 5), 1), "used"),
        (_with_word(2, 5, 6), "lapsed"),
        (_with_word(2, 6), "lapsed"),
        (_with_word(), "unused"),
    ],
    ids=["same", "fewer", "moved", "added", "more", "elsewhere", "none"],
)
def test_a_word_is_waived_where_it_stood(edited: Report, state: str) -> None:
    assert len(WORD) == 1
    assert WORD[0].known.count == len(WORD[0].known.places) == 2
    outcome = check(text_of(edited), WORD)
    assert states(outcome) == {"STY101": state}
    assert ("STY101" in {rule for rule, _ in new(outcome)}) is (state == "lapsed")
    if state == "lapsed":
        note = next(each.message for each in outcome.findings if each.rule == "WVR103")
        assert "書かれた場所が変わっています" in note
