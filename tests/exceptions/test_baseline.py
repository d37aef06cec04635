"""What is known, written down: one entry a line, for people to read and agree to."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.exceptions.baseline import adoptable, from_data, repeated, to_text, updated
from jisseki_check.exceptions.known import known
from jisseki_check.model import BaselineUse, Input, KnownFinding
from jisseki_check.resources import folder
from tests.formatters.sample import FAILED, LOOK_ALIKE, OVERRUN, PATH, TITLE

_DIGESTS = st.integers(0, 2**256 - 1).map(lambda number: f"sha256:{number:064x}")
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_MAYBE = st.none() | _WORDS
_NUMBERS = st.none() | st.integers(-(2**70), 2**70)

ENTRIES = st.builds(
    KnownFinding,
    rule=st.sampled_from(["FIN101", "MRK103", "STY102"]),
    path=_WORDS.filter(bool),
    department=_MAYBE,
    fiscal_year=_NUMBERS,
    report_kind=_MAYBE,
    section=_NUMBERS,
    number=_MAYBE,
    title=_MAYBE,
    field=_MAYBE,
    subject=_MAYBE,
    count=st.integers(1, 9),
    given=_MAYBE,
    fingerprint=_DIGESTS,
    value_fingerprint=_DIGESTS,
)


@given(st.lists(ENTRIES, max_size=5))
def test_what_is_written_is_read_again(entries: list[KnownFinding]) -> None:
    text = to_text(entries)
    data = json.loads(text)
    schema = json.loads((folder("schemas") / "baseline.schema.json").read_text(encoding="utf-8"))
    assert jsonschema_rs.Draft202012Validator(schema).is_valid(data)
    assert sorted(map(str, from_data(data))) == sorted(map(str, entries))


@given(st.lists(ENTRIES, min_size=1, max_size=5), st.randoms())
def test_an_entry_is_a_line_wherever_it_came_from(entries: list[KnownFinding], random: object) -> None:
    text = to_text(entries)
    lines = text.split("\n")
    assert [json.loads(line.removesuffix(","))["rule"] for line in lines[3:-3]]
    assert len(lines[3:-3]) == len(entries)
    random.shuffle(entries)  # type: ignore[attr-defined]
    assert to_text(entries) == text


def test_nothing_in_it_is_hidden_from_its_reader() -> None:
    entry = replace(known(OVERRUN), title="上\u202e\u200b\u2028下\x1b[31m", given="全角\u3000の空白")
    text = to_text([entry])
    assert "全角\u3000の空白" in text
    assert all(each.isprintable() or each in "\n\u3000" for each in text)
    assert from_data(json.loads(text)) == (entry,)


def test_it_has_the_form_that_people_review() -> None:
    assert to_text([]) == '{\n "format": "jisseki-baseline/1",\n "findings": []\n}\n'
    line = to_text([known(OVERRUN)]).split("\n")[3]
    assert line == (
        '  {"rule": "FIN101", "path": "mizuki-soumu-h30.txt", "department": "総務部", "fiscal_year": 2018, '
        '"section": 1, "number": "7", "title": "公衆無線LAN環境整備事業", "field": "settlement", '
        '"given": "4,620千円", "fingerprint": "sha256:01", "value_fingerprint": "sha256:a01"}'
    )


def test_items_stand_in_the_order_of_their_numbers() -> None:
    entries = [replace(known(OVERRUN), number=number) for number in ("10", "9", "18-1", "2")]
    numbers = [json.loads(line.removesuffix(","))["number"] for line in to_text(entries).split("\n")[3:-3]]
    assert numbers == ["2", "9", "10", "18-1"]


def test_an_entry_that_is_there_twice_is_noticed() -> None:
    one = known(OVERRUN)
    moved, other = replace(one, title="改めた名"), replace(one, value_fingerprint="sha256:ff")
    assert repeated([one, other, moved, replace(one, path="別.txt")]) == [2]


# --- adopting -----------------------------------------------------------------------------------


def test_what_does_not_count_already_is_not_adopted() -> None:
    findings = (replace(OVERRUN, status="waived"), replace(LOOK_ALIKE, status="baselined"), TITLE)
    assert adoptable(replace(FAILED, findings=findings), frozenset()) == (known(TITLE),)


def test_all_levels_are_adopted_but_not_what_can_never_be_known() -> None:
    held = adoptable(FAILED, frozenset({"PVR105"}))
    assert {each.rule for each in held} == {"DAT111", "FIN101", "MRK103"}


@pytest.mark.parametrize("status", ["unreadable", "refused"])
def test_nothing_is_adopted_of_a_file_that_was_not_judged(status: str) -> None:
    assert adoptable(replace(FAILED, inputs=(Input(PATH, None, None, status),)), frozenset()) == ()


# --- giving up ----------------------------------------------------------------------------------


def test_an_update_only_takes_away() -> None:
    still, fewer, gone = known(OVERRUN), replace(known(LOOK_ALIKE), count=3), known(TITLE)
    unread = replace(still, path="別.txt", department="市民部", fingerprint="sha256:0f")
    outcome = replace(
        FAILED,
        findings=(replace(OVERRUN, status="baselined"), replace(LOOK_ALIKE, status="baselined"), TITLE),
        baseline=BaselineUse("known.json", 4, (gone,)),
    )
    done = updated(outcome, [gone, still, fewer, unread])
    assert set(done.entries) == {still, replace(fewer, count=1), unread}
    assert (done.removed, done.added, done.kept, done.moved) == ((gone,), (), (unread,), 0)
    assert [(each.known, each.now) for each in done.lowered] == [(fewer, 1)]
    assert gone in updated(outcome, [still, fewer], [gone]).entries


def test_an_entry_follows_what_it_names() -> None:
    """So that it is found again however often that moves."""
    before = replace(known(OVERRUN), path="昔の名.txt", number="6", fingerprint="sha256:0e")
    outcome = replace(
        FAILED, findings=(replace(OVERRUN, status="baselined"),), baseline=BaselineUse("known.json", 1)
    )
    done = updated(outcome, [before])
    assert (done.entries, done.moved, done.kept) == ((known(OVERRUN),), 1, ())
