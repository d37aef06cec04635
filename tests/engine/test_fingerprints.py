"""Fingerprints over thousands of edits: what keeps them, and what must not."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jisseki_check import fingerprints
from jisseki_check.engine import findings as births
from jisseki_check.model import Finding, ItemRef, Location, Severity

_SETTINGS = settings(max_examples=500, deadline=None)
_WORDS = st.text(alphabet="ab12|,:：　 あ部第", max_size=6)
_NAMES = st.one_of(st.none(), _WORDS)
_ITEMS = st.builds(
    ItemRef,
    index=st.integers(1, 30),
    section=st.one_of(st.none(), st.integers(0, 5)),
    number=_NAMES,
    title=_NAMES,
)
_PLACES = st.builds(
    Location,
    path=st.sampled_from(["甲.txt", "乙.json"]),
    line=st.one_of(st.none(), st.integers(1, 99)),
    column=st.one_of(st.none(), st.integers(1, 99)),
    sheet=st.one_of(st.none(), _WORDS),
    pointer=st.one_of(st.none(), _WORDS),
)


def test_a_department_is_known_by_its_name_however_it_is_written() -> None:
    keys = {
        fingerprints.report_key("a.txt", name, 2017, "results")
        for name in ("ICT推進部", "ＩＣＴ推進部", "ICT 推進部", "\u3000ICT推進部")
    }
    assert keys == {("ICT推進部", 2017, "results")}
    assert fingerprints.report_key("a.txt", " ", None, "results") == ("a.txt", None, None)


@st.composite
def _findings(draw: st.DrawFn) -> Finding:
    return Finding(
        rule=draw(st.sampled_from(["FIN101", "FIN105", "MRK101"])),
        name="name",
        severity=draw(st.sampled_from(list(Severity))),
        message=draw(_WORDS),
        fix=draw(_WORDS),
        location=draw(_PLACES),
        department=draw(st.sampled_from(["総務部", "環境部"])),
        fiscal_year=draw(st.integers(2014, 2018)),
        report_kind=draw(st.sampled_from(["results", "plan"])),
        item=draw(st.one_of(st.none(), _ITEMS)),
        field=draw(_NAMES),
        subject=draw(st.one_of(st.none(), _WORDS)),
        given=draw(_NAMES),
        excerpt=draw(_NAMES),
        expected=draw(_NAMES),
    )


@_SETTINGS
@given(_findings(), _findings())
def test_nothing_of_place_words_or_value_is_in_it(one: Finding, other: Finding) -> None:
    edited = replace(
        one,
        severity=other.severity,
        message=other.message,
        fix=other.fix,
        location=other.location,
        given=other.given,
        excerpt=other.excerpt,
        expected=other.expected,
    )
    if one.item is not None and (one.item.number or fingerprints.named(one.item.title)):
        edited = replace(edited, item=replace(one.item, index=one.item.index + 1))
    assert fingerprints.identity(edited) == fingerprints.identity(one)


def _meant(each: Finding) -> tuple[str, ...]:
    """What a finding is about, told otherwise than by its fingerprint."""
    report = (each.rule, each.department or "", str(each.fiscal_year), each.report_kind or "")
    if each.subject is not None:
        return (*report, "subject", each.subject)
    item = each.item
    if item is None:
        return (*report, "", "", each.field or "")
    name = item.number or re.sub(r"\s", "", item.title or "").replace("：", ":") or str(item.index)
    return (*report, "" if item.section is None else str(item.section), name, each.field or "")


@_SETTINGS
@given(_findings(), _findings())
def test_two_things_never_have_one(one: Finding, other: Finding) -> None:
    """Whatever signs the parts hold: none of them can slip into the next."""
    is_same = _meant(one) == _meant(other)
    assert (fingerprints.identity(one) == fingerprints.identity(other)) is is_same


@_SETTINGS
@given(st.lists(st.one_of(st.none(), st.integers(), st.booleans(), _WORDS), max_size=5), st.data())
def test_a_value_that_changes_changes_the_other(values: list[object], data: st.DataObject) -> None:
    before = fingerprints.of_values("FIN105", values)
    assert re.fullmatch("sha256:[0-9a-f]{64}", before)
    assert before == fingerprints.of_values("FIN105", [_spaced(each) for each in values])
    assert before != fingerprints.of_values("FIN106", values)
    assert before != fingerprints.of_values("FIN105", [*values, "1"])
    if values:
        at = data.draw(st.integers(0, len(values) - 1))
        edited = [f"{each}1" if place == at else each for place, each in enumerate(values)]
        assert before != fingerprints.of_values("FIN105", edited)


def _spaced(value: object) -> object:
    return f" {value}\n" if isinstance(value, str) else value


@_SETTINGS
@given(st.integers(1, 5), _findings())
def test_several_at_one_place_are_told_apart_and_counted_by_file(count: int, one: Finding) -> None:
    same = [replace(one, location=replace(one.location, line=number + 1)) for number in range(count)]
    numbers = [each.fingerprint for each in births.finish(same)]
    assert len(set(numbers)) == count
    elsewhere = [replace(each, location=replace(each.location, path="丙.txt")) for each in same]
    assert [each.fingerprint for each in births.finish(elsewhere)] == numbers


@_SETTINGS
@given(_findings(), st.sampled_from(["甲.txt", "別/乙.json"]))
def test_a_file_counts_only_where_the_report_tells_nothing(one: Finding, path: str) -> None:
    moved = replace(one, location=replace(one.location, path=path))
    assert fingerprints.identity(moved) == fingerprints.identity(one)
    unnamed = [replace(each, department=None, fiscal_year=None) for each in (one, moved)]
    is_same = one.location.path == path
    assert (fingerprints.identity(unnamed[0]) == fingerprints.identity(unnamed[1])) is is_same
