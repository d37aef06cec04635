"""A report to JSON data and back: nothing lost, nothing raised, every place found."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check import forms, profiles, readers
from jisseki_check.engine.schema import judge, report_schema
from jisseki_check.forms import report_json
from jisseki_check.forms.report_json import JsonPlaces, from_json, to_json, usual_field
from jisseki_check.model import STAGES, Amount, Indicator, Item, Location, Remark, Report, Spot
from jisseki_check.resources import folder


def clean() -> dict[str, Any]:
    report: dict[str, Any] = copy.deepcopy(report_schema()["examples"][0])
    return report


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
MAYBE_TEXTS = st.none() | TEXTS
YEARS = st.none() | st.integers(*report_json.FISCAL_YEARS)
FIGURES = st.none() | st.integers(-(10**15), 10**15).map(float) | st.floats(-1e6, 1e6)
NUMBERS = st.none() | st.sampled_from(["1", "18-1", "ア"])


def amounts(kind: str) -> st.SearchStrategy[Amount]:
    """Amounts as `from_json` makes them: in some field, and with a text only where there is no value."""
    made = st.builds(
        Amount,
        stage=st.sampled_from(STAGES),
        label=TEXTS,
        fiscal_year=YEARS,
        value=st.none() | st.integers(*report_json.VALUES),
        unit=st.none() | st.sampled_from(report_json.UNITS),
        note=MAYBE_TEXTS,
        field=st.just("") | st.sampled_from(report_json.AMOUNT_FIELDS),
        text=TEXTS,
    )
    return made.map(
        lambda amount: replace(
            amount,
            field=amount.field or usual_field(amount.stage, kind),
            text=amount.text if amount.value is None else "",
        )
    )


@st.composite
def items(draw: st.DrawFn, index: int) -> Item:
    kind = draw(st.sampled_from(report_json.ITEM_KINDS))
    return Item(
        index=index,
        kind=kind,
        section=draw(st.none() | st.integers(*report_json.SECTIONS)),
        section_title=draw(MAYBE_TEXTS),
        group=draw(MAYBE_TEXTS),
        number=draw(NUMBERS),
        title=draw(MAYBE_TEXTS),
        division=draw(MAYBE_TEXTS),
        goal=draw(MAYBE_TEXTS),
        initiative=draw(MAYBE_TEXTS),
        result=draw(MAYBE_TEXTS),
        mark=draw(MAYBE_TEXTS),
        amounts=tuple(draw(st.lists(amounts(kind), max_size=3))),
        indicators=tuple(
            draw(st.lists(st.builds(Indicator, TEXTS, MAYBE_TEXTS, FIGURES, FIGURES), max_size=2))
        ),
        extra=tuple(draw(st.dictionaries(TEXTS, TEXTS, max_size=3)).items()),
    )


REMARKS = st.builds(
    Remark,
    kind=st.sampled_from(["unread", "lenient", "markup"]),
    text=TEXTS,
    read_as=MAYBE_TEXTS,
    item=st.none() | st.integers(*report_json.INDEXES),
    field=MAYBE_TEXTS,
    count=st.integers(*report_json.COUNTS),
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    return Report(
        municipality=draw(MAYBE_TEXTS),
        department=draw(MAYBE_TEXTS),
        divisions=draw(st.none() | st.lists(TEXTS, max_size=3).map(tuple)),
        title=draw(MAYBE_TEXTS),
        kind=draw(st.sampled_from(report_json.REPORT_KINDS)),
        fiscal_year=draw(YEARS),
        fiscal_year_label=draw(MAYBE_TEXTS),
        legend=draw(MAYBE_TEXTS),
        items=tuple(draw(items(index)) for index in range(1, draw(st.integers(1, 5)))),
        remarks=tuple(draw(st.lists(REMARKS, max_size=2))),
    )


@given(reports())
def test_a_report_comes_back_whole_and_its_data_are_valid(report: Report) -> None:
    data = to_json(report)
    assert judge(data) == []
    assert from_json(json.loads(json.dumps(data))) == report


def test_columns_of_one_heading_are_told_apart() -> None:
    item = Item(1, "priority", extra=(("備考", "一"), ("備考", "二")))
    report = replace(from_json(clean()), items=(item,))
    assert to_json(report)["items"][0]["extra"] == {"備考": "一", "備考（2）": "二"}
    assert "extra" not in to_json(replace(report, items=(replace(item, extra=()),)))["items"][0]


def test_the_clean_report_is_written_as_it_was_read_in_the_same_order() -> None:
    assert json.dumps(to_json(from_json(clean()))) == json.dumps(clean())


def test_only_what_is_needed_is_written_of_an_amount() -> None:
    usual = Amount("settlement", "決算", None, 5, "千円", field="result", text="5 千円")
    unread = replace(usual, value=None, text="3.918千円")
    swapped = replace(usual, field="initiative")
    item = Item(1, "priority", amounts=(usual, unread, swapped))
    report = replace(from_json(clean()), items=(item,))
    first, second, third = to_json(report)["items"][0]["amounts"]
    assert not {"text", "field"} & set(first)
    assert second["text"] == "3.918千円"
    assert third["field"] == "initiative"


@pytest.mark.parametrize(
    ("kind", "stage", "field"),
    [
        ("priority", "initial_budget", "initiative"),
        ("bullet", "revised_budget", "initiative"),
        ("reform", "initial_budget", "goal"),
        ("improvement", "initial_budget", "goal"),
        ("reform", "settlement", "result"),
    ],
)
def test_where_an_amount_stands_when_nothing_is_said(kind: str, stage: str, field: str) -> None:
    data = clean()
    amount = {"stage": stage, "label": "", "value": 1200, "unit": "千円"}
    data["items"] = [{"index": 1, "kind": kind, "title": "見本", "amounts": [amount]}]
    (read,) = from_json(data).items[0].amounts
    assert read.field == field


def test_what_is_beyond_the_bounds_is_written_as_null() -> None:
    """A text file may print any number; its JSON must be valid, so that the same rules speak."""
    huge = Amount("settlement", "平成999年度決算", 2987, 10**30, "千円", field="result", text=f"{10**30}千円")
    report = replace(from_json(clean()), fiscal_year=2987, items=(Item(1, "priority", amounts=(huge,)),))
    data = to_json(report)
    assert judge(data) == []
    assert data["fiscal_year"] is None
    assert data["items"][0]["amounts"][0]["text"] == f"{10**30}千円"


def test_a_unit_that_the_contract_lacks_is_written_in_one_that_it_has() -> None:
    exact = Amount("settlement", "決算", None, 3, "億円", field="result", text="3億円")
    unread = replace(exact, value=None, text="3.8.1億円")
    data = to_json(
        replace(from_json(clean()), items=(Item(1, "priority", title="見本", amounts=(exact, unread)),))
    )
    assert judge(data) == []
    first, second = data["items"][0]["amounts"]
    assert (first["value"], first["unit"]) == (300, "百万円")
    assert (second["value"], second["unit"], second["text"]) == (None, None, "3.8.1億円")


def test_a_whole_number_is_read_however_it_is_written() -> None:
    """JSON Schema counts 2017.0 as an integer: it must not be lost."""
    data = clean() | {"fiscal_year": 2017.0}
    assert judge(data) == []
    assert from_json(data).fiscal_year == 2017


def test_bounds_and_choices_are_those_of_the_schema() -> None:
    def bounds(part: str, name: str) -> tuple[int, int]:
        node = defs[part]["properties"][name]
        return node["minimum"], node["maximum"]

    def choices(part: str, name: str) -> tuple[str, ...]:
        return tuple(value for value in defs[part]["properties"][name]["enum"] if value is not None)

    defs = dict(report_schema()["$defs"]) | {"report": report_schema()}
    assert bounds("report", "fiscal_year") == bounds("amount", "fiscal_year") == report_json.FISCAL_YEARS
    assert bounds("amount", "value") == report_json.VALUES
    assert bounds("item", "section") == report_json.SECTIONS
    assert bounds("item", "index") == bounds("remark", "item") == report_json.INDEXES
    assert bounds("remark", "count") == report_json.COUNTS
    assert bounds("indicator", "target") == bounds("indicator", "actual") == report_json.FIGURES
    assert choices("report", "kind") == report_json.REPORT_KINDS
    assert choices("item", "kind") == report_json.ITEM_KINDS
    assert choices("amount", "stage") == STAGES
    assert choices("amount", "unit") == report_json.UNITS
    assert choices("amount", "field") == report_json.AMOUNT_FIELDS


# --- converted text files -----------------------------------------------------------------------

REAL = folder("schemas").parent.parent / "shared" / "data" / "hirakata" / "soumu-h29.txt"
FRAGMENTS = [
    "(2)",
    "（３）",
    "18-1.",
    "１７．",
    "◆",
    "【◎】",
    "目標",
    "実績",
    "■",
    "1.",
    "\t",
    "\u3000",
    "3.918千円",
    "平成29年度決算：3億円",
    "平成999年度決算：△5円",
    "平成29年度当初予算：99999999999999999999千円",
]


def damaged(lines: list[str], seed: int) -> str:
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(lines))
        cut = chance.randrange(len(lines[place]) + 1)
        lines[place] = lines[place][:cut] + chance.choice([*FRAGMENTS, ""]) + lines[place][cut:]
        if chance.random() < 0.3:
            del lines[place]
        elif chance.random() < 0.3:
            lines.insert(place, chance.choice(lines))
    return "\n".join(lines)


@pytest.mark.skipif(not REAL.exists(), reason="the real report is not part of the project")
@pytest.mark.parametrize("seed", range(40))
def test_a_faulty_text_file_converts_to_valid_data(seed: int) -> None:
    """What is wrong with it is for the rules to say, of the text and of its JSON alike."""
    text = damaged(REAL.read_text(encoding="utf-8").splitlines(), seed)
    source = readers.read_bytes(text.encode(), "soumu.txt", readers.Limits())
    data = to_json(forms.read(source, profiles.load("hirakata")).report)
    assert judge(data) == []
    assert to_json(from_json(data)) == data


# --- faulty data --------------------------------------------------------------------------------

NAMES = [field.name for record in (Report, Item, Amount, Indicator, Remark) for field in fields(record)]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["settlement", "priority", "results", "千円", ""])
    | TEXTS
)
JSON_VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=30,
)


@given(JSON_VALUES)
def test_reading_never_raises_and_gives_only_what_fits(data: object) -> None:
    report = from_json(data)
    again = from_json(to_json(report))
    assert again == report
    assert [item.index for item in report.items] == list(range(1, len(report.items) + 1))


@given(
    JSON_VALUES, st.integers(1, 5), st.sampled_from([*NAMES, "amounts/0", "indicators/1", "amounts/x", ""])
)
def test_locating_never_raises(data: object, item: int, field: str) -> None:
    assert JsonPlaces(data).locate(Spot(item, field)).pointer is not None
    assert JsonPlaces(data).locate(Spot(None, field)).pointer is not None


def test_a_wrong_value_is_left_out_and_the_rest_is_read() -> None:
    data = clean()
    data["fiscal_year"] = "2017"
    data["items"][0]["goal"] = ["目標"]
    data["items"][0]["amounts"][0]["value"] = True
    data["items"][0]["amounts"][0]["unit"] = "ドル"
    data["items"].insert(1, "項目")
    report = from_json(data)
    assert report.fiscal_year is None
    assert report.items[1] == Item(2, "")
    assert report.items[2].title == data["items"][2]["title"]
    assert report.items[0].goal is None
    assert report.items[0].result == data["items"][0]["result"]
    assert report.items[0].amounts[0].value is None
    assert report.items[0].amounts[0].unit is None
    assert report.items[0].amounts[1].value == 7940


def test_an_item_counts_by_its_position_and_another_index_is_remarked_once() -> None:
    data = clean()
    data["items"].insert(1, data["items"].pop())
    report = from_json(data)
    assert [item.index for item in report.items] == [1, 2, 3, 4, 5, 6]
    assert [item.title for item in report.items] == [item["title"] for item in data["items"]]
    assert report.remarks == (Remark("lenient", "6", read_as="2", item=2, field="index", count=5),)


# --- places -------------------------------------------------------------------------------------


class FakePointers:
    def locate(self, pointer: str) -> Location:
        return Location(line=7, column=3, pointer=pointer)


@pytest.mark.parametrize(
    ("spot", "pointer"),
    [
        (Spot(None, ""), ""),
        (Spot(None, "title"), "/title"),
        (Spot(None, "remarks/0"), "/remarks"),
        (Spot(None, "sections/予算編成・執行"), ""),
        (Spot(1, ""), "/items/0"),
        (Spot(4, "result", 3, 8), "/items/3/result"),
        (Spot(1, "amounts/1"), "/items/0/amounts/1"),
        (Spot(1, "indicators/0"), "/items/0/indicators/0"),
        (Spot(1, "amounts/2"), "/items/0/amounts"),
        (Spot(1, "remarks/0"), "/items/0"),
        (Spot(1, "extra/執行率（A/B）"), "/items/0/extra/執行率（A~1B）"),
        (Spot(99, "result"), "/items"),
    ],
)
def test_places(spot: Spot, pointer: str) -> None:
    assert JsonPlaces(clean()).locate(spot) == Location(pointer=pointer)
    assert JsonPlaces(clean(), FakePointers()).at("/items/3/gaol").line == 7
    assert JsonPlaces(clean(), FakePointers()).locate(spot) == Location(line=7, column=3, pointer=pointer)


def test_places_do_not_count_what_was_skipped() -> None:
    data = clean()
    data["items"].insert(0, None)
    data["items"][1]["amounts"].insert(0, {"stage": "予算"})
    data["remarks"] = ["記録", {"kind": "unread", "text": "余分な文"}]
    places, report = JsonPlaces(data), from_json(data)
    assert report.items[1].amounts[0].value == 8200
    assert places.locate(Spot(2, "amounts/0")).pointer == "/items/1/amounts/1"
    assert report.remarks[0].text == "余分な文"
    assert places.locate(Spot(None, "remarks/0")).pointer == "/remarks/1"
