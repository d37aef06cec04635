"""JSON of other shapes than our own: what the profile maps is read, and what only resembles it is refused."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check import forms, profiles, readers
from jisseki_check.facts.amounts import amount_kind, amount_yen, printed
from jisseki_check.forms.report_json import from_json, to_json
from jisseki_check.model import Document, Location, Report, Spot, Unreadable
from jisseki_check.profiles import Profile
from tests.example_files import EXAMPLES

REVIEW = profiles.load("gyosei-review")
SHEET = (EXAMPLES / "review" / "light-buoys.json").read_text(encoding="utf-8")

# Another office's tree: deep, in 円, with numbers as texts, a printed rate, marks, one indicator an item.
CITY = """
format: jisseki-profile/1
name: minato
title: みなと市の事業評価のデータ
layout: json-tree
report_kinds: {results: [事業評価]}
item_kinds: {priority: {title: 事業, required: [title, result]}}
amounts:
  unit: 円
  form: [initial_budget, settlement]
  carried_out: positive
  stages: {initial_budget: [予算額], settlement: [決算額]}
marks:
  brackets: [【】]
  legend: A：達成した　B：一部を達成した
  signs: [{sign: A, meaning: 達成した, in_form: true}, {sign: B, meaning: 一部を達成した, in_form: true}]
  not_evaluated: []
words: {overrun: [流用], underspend: [入札], unfinished: [中止], shortfall: [遅れ]}
select: [FIN, MRK, STR102]
tree:
  required: [/meta/year, /programmes]
  ignore: [/meta/made_by]
  report:
    department: /meta/department
    divisions: [/meta/sections/0]
    title: [{year: /meta/year}, {text: 事業評価}]
    fiscal_year: /meta/year
  items:
    - kind: priority
      each: /programmes
      filled: true
      year: /for
      number: /no
      title: /name
      goal: [/aim/text, /aim/note]
      result: /done
      mark: /grade
      amounts: {initial_budget: /money/budget, settlement: /money/spent}
      indicators: {name: /aim/what, unit: /aim/unit, target: /aim/target, actual: /aim/reached}
      extra: {執行率（％）: /money/rate}
      ignore: [/aim/id]
"""
MINATO = profiles.parse(CITY, "minato")
TREE: dict[str, Any] = {
    "meta": {
        "year": "令和5年度",
        "department": "港湾部",
        "sections": ["埠頭課", "水路課"],
        "made_by": "電算",
    },
    "programmes": [
        {
            "for": 2023,
            "no": 7,
            "name": "桟橋の塗装",
            "aim": {
                "text": "桟橋を長く使う。",
                "note": "10年計画",
                "what": "桟橋",
                "unit": "本",
                "target": 12,
                "reached": "9",
            },
            "done": "9本を塗り直しました。資材の納入が遅れたためです。",
            "grade": "A",
            "money": {"budget": "5,400,000", "spent": "3,100,000（入札による）", "rate": 57.4},
        }
    ],
}


def read(data: object, profile: Profile = MINATO) -> Document:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return forms.read(readers.read_bytes(text.encode(), "data.json"), profile)


def refusal(data: object, profile: Profile = MINATO) -> tuple[str, Location]:
    with pytest.raises(Unreadable) as raised:
        read(data, profile)
    assert raised.value.rule == "DOC002"
    assert raised.value.at is not None
    return raised.value.message, raised.value.at


def changed(pointer: str, value: object = None, *, base: dict[str, Any] = TREE, remove: bool = False) -> Any:
    data = deepcopy(base)
    *path, last = [int(part) if part.isdecimal() else part for part in pointer.split("/")[1:]]
    held: Any = data
    for part in path:
        held = held[part]
    if remove:
        del held[last]
    else:
        held[last] = value
    return data


# --- what is read -------------------------------------------------------------------------------


def test_a_sheet_is_a_report_of_years_and_indicators() -> None:
    report = read(json.loads(SHEET), REVIEW).report
    assert (report.department, report.fiscal_year) == ("みずき庁 2022-みずき-21-0007", 2022)
    assert report.title == "令和4年度 行政事業レビューシート"
    assert report.divisions == ("沿岸部", "灯台課")
    assert [(item.kind, item.title) for item in report.items] == [
        ("statement", "灯浮標の太陽電池化に必要な経費"),
        ("year", "令和元年度 予算と執行"),
        ("year", "令和2年度 予算と執行"),
        ("year", "令和3年度 予算と執行"),
        ("outlook", "令和4年度 予算"),
        ("outlook", "令和5年度 予算"),
        ("indicator", "灯浮標の消灯の件数"),
        ("indicator", "太陽電池に更新した灯浮標の数"),
    ]
    assert [(each.label, printed(each)) for each in report.items[1].amounts] == [
        ("令和元年度当初予算", "84.2百万円"),
        ("令和元年度補正予算", "0百万円"),
        ("令和元年度前年度から繰越し", "12.5百万円"),
        ("令和元年度翌年度へ繰越し", "-9.7百万円"),
        ("令和元年度予備費等", "0百万円"),
        ("令和元年度予算計", "87百万円"),
        ("令和元年度執行額", "83.6百万円"),
    ]
    assert report.items[5].extra == (("要求額（百万円）", "101"),)
    first = report.items[6].indicators[0]
    assert (first.name, first.unit, first.target, first.actual) == (
        "令和元年度 灯浮標の消灯の件数", "件", 32.0, 33.0,
    )  # fmt: skip


def test_another_tree_is_a_matter_of_another_file() -> None:
    report = read(TREE).report
    (item,) = report.items
    assert (report.department, report.divisions, report.fiscal_year) == ("港湾部", ("埠頭課",), 2023)
    assert report.remarks == ()
    assert (item.number, item.title, item.mark) == ("7", "桟橋の塗装", "A")
    assert item.goal == "桟橋を長く使う。 10年計画"
    assert [(printed(each), amount_yen(each), each.note) for each in item.amounts] == [
        ("5,400,000円", 5_400_000, None),
        ("3,100,000（入札による）", 3_100_000, "（入札による）"),
    ]
    assert item.extra == (("執行率（％）", "57.4"),)
    (indicator,) = item.indicators
    assert (indicator.name, indicator.target, indicator.actual) == ("桟橋", 12, 9)


@pytest.mark.parametrize(
    ("written", "text", "yen"),
    [
        (620.0, "620百万円", 620_000_000),
        (0.066, "0.066百万円", 66_000),
        (1.744, "1.744百万円", 1_744_000),
        (494.90000000000003, "494.9百万円", 494_900_000),
        (-3053.980853, "-3,053.980853百万円", -3_053_980_853),
        (113_063, "113,063百万円", 113_063_000_000),
        ("1,234.5", "1,234.5百万円", 1_234_500_000),
        ("▲56", "▲56百万円", -56_000_000),
        ("462千円", "462千円", 462_000),
    ],
)
def test_numbers_are_the_amounts_that_they_print(written: object, text: str, yen: int) -> None:
    (amount,) = [
        each
        for each in read(changed("/予算/0/予備費等", written, base=json.loads(SHEET)), REVIEW)
        .report.items[1]
        .amounts
        if each.stage == "reserve"
    ]
    assert (amount_kind(amount), printed(amount), amount_yen(amount)) == ("number", text, yen)


@pytest.mark.parametrize(
    ("written", "kind"), [("－", "none"), ("未定", "undecided"), ("別紙", "word"), ("", "empty")]
)
def test_texts_that_are_no_numbers_are_kept(written: str, kind: str) -> None:
    (amount, _) = read(changed("/programmes/0/money/budget", written)).report.items[0].amounts
    assert (amount_kind(amount), amount_yen(amount)) == (kind, None)


@pytest.mark.parametrize("value", [None, "集計中"])
def test_a_figure_that_is_not_there_is_none(value: object) -> None:
    (indicator,) = read(changed("/programmes/0/aim/reached", value)).report.items[0].indicators
    assert indicator.actual is None


def test_absent_and_null_amounts_are_no_amounts() -> None:
    for data in (
        changed("/programmes/0/money/spent", None),
        changed("/programmes/0/money/spent", remove=True),
    ):
        assert [each.stage for each in read(data).report.items[0].amounts] == ["initial_budget"]


def test_a_text_of_the_profile_alone_is_no_text_of_the_document() -> None:
    data = changed("/programmes/0/aim/text", None, base=changed("/programmes/0/aim/note", None))
    assert read(data).report.items[0].goal is None


@pytest.mark.parametrize(
    ("value", "text"), [(["桟橋", "岸壁"], "桟橋、岸壁"), ([3, 4.5], "3、4.5"), ([], None), (2.0, "2")]
)
def test_lists_and_numbers_may_stand_for_a_text(value: object, text: str | None) -> None:
    assert read(changed("/programmes/0/name", value)).report.items[0].title == text


def test_yaml_is_read_as_json_is() -> None:
    source = readers.read_bytes(json.dumps(TREE, ensure_ascii=False).encode(), "data.yaml")
    assert forms.read(source, MINATO).report == read(TREE).report


def test_unknown_names_are_told_as_unread() -> None:
    document = read(changed("/programmes/0/aim/worth", "高い", base=changed("/meta/color", "赤")))
    told = [(remark.kind, remark.text) for remark in document.report.remarks]
    assert told == [("unread", "color"), ("unread", "worth")]
    at = [document.places.locate(Spot(None, f"remarks/{number}")).pointer for number in range(2)]
    assert at == ["/meta/color", "/programmes/0/aim/worth"]


def test_our_own_format_is_read_as_ever() -> None:
    data = to_json(read(TREE).report)
    assert read(data).report == from_json(data)


def test_a_document_is_not_for_a_profile_of_data() -> None:
    with pytest.raises(Unreadable, match="JSON や YAML のデータだけ"):
        forms.read(readers.read_bytes("平成29年度総務部の取り組み実績".encode(), "報告.txt"), REVIEW)


# --- places -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "field", "pointer"),
    [
        (None, "department", "/meta/department"),
        (None, "title", "/meta/year"),
        (None, "fiscal_year", "/meta/year"),
        (None, "divisions", "/meta/sections/0"),
        (None, "", ""),
        (1, "", "/programmes/0"),
        (1, "goal", "/programmes/0/aim/text"),
        (1, "mark", "/programmes/0/grade"),
        (1, "division", "/programmes/0"),
        (1, "amounts/1", "/programmes/0/money/spent"),
        (1, "indicators/0", "/programmes/0"),
        (1, "extra/執行率（％）", "/programmes/0/money/rate"),
    ],
)
def test_every_place_is_a_pointer_into_the_file(item: int | None, field: str, pointer: str) -> None:
    assert read(TREE).places.locate(Spot(item, field)).pointer == pointer


def test_a_place_has_its_line() -> None:
    at = read(TREE).places.locate(Spot(1, "amounts/0"))
    lines = json.dumps(TREE, ensure_ascii=False, indent=1).splitlines()
    assert at.line is not None
    assert at.column is not None
    assert lines[at.line - 1][at.column - 1 :].startswith('"5,400,000"')


def test_an_amount_that_is_missing_does_not_shift_the_others() -> None:
    sheet = changed("/予算/0/補正予算", remove=True, base=json.loads(SHEET))
    document = read(sheet, REVIEW)
    stages = [each.stage for each in document.report.items[1].amounts]
    at = document.places.locate(Spot(2, f"amounts/{stages.index('settlement')}"))
    assert at.pointer == "/予算/0/執行額"


# --- what only resembles the form ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said", "pointer"),
    [
        (changed("/programmes", remove=True), "必ずあるはずの /programmes がありません", ""),
        ([TREE], "必ずあるはずの /meta/year、/programmes がありません", ""),
        (changed("/programmes", {}), "はずですが、名前と値のまとまり（{ }）です", "/programmes"),
        (changed("/programmes", None), "一覧（[ ]）であるはずですが、nullです", "/programmes"),
        (changed("/programmes", []), "一覧が空です", "/programmes"),
        (changed("/programmes/0", "桟橋"), "まとまり（{ }）であるはずですが、文字列です", "/programmes/0"),
        (
            changed("/programmes/0/name", [["a"]]),
            "文字列であるはずですが、一覧（[ ]）です",
            "/programmes/0/name",
        ),
        (
            changed("/programmes/0/money/spent", True),
            "数であるはずですが、真偽値です",
            "/programmes/0/money/spent",
        ),
        (changed("/programmes/0/money/spent", 1e20), "数が大きすぎます", "/programmes/0/money/spent"),
        (changed("/programmes/0/money/back", 3), "様式設定にない名前です", "/programmes/0/money/back"),
        (changed("/programmes/0/cost", 3), "様式設定にない名前です", "/programmes/0/cost"),
        (changed("/programmes/0/for", "昨年"), "年度として読めません", "/programmes/0/for"),
        (changed("/meta/year", 12), "年度として読めません", "/meta/year"),
    ],
)
def test_what_only_resembles_it_is_refused_with_its_place(data: object, said: str, pointer: str) -> None:
    message, at = refusal(data)
    assert said in message
    assert at.pointer == pointer


@pytest.mark.parametrize(
    ("pointer", "value", "said"),
    [
        ("/公開年度", None, "年度が分からないため"),
        ("/予算/0/年度", None, "年度が分からないため"),
        ("/予算", [], "一覧が空です"),
        ("/アウトカム", {}, "一覧（[ ]）であるはずですが"),
        ("/アウトカム/0/成果実績", 3, "一覧（[ ]）であるはずですが、数です"),
        ("/アウトカム/0/成果実績/1", 3, "まとまり（{ }）であるはずですが、数です"),
        ("/アウトカム/0/成果実績/1/目標値", False, "数であるはずですが、真偽値です"),
    ],
)
def test_a_sheet_of_another_shape_is_refused(pointer: str, value: object, said: str) -> None:
    assert said in refusal(changed(pointer, value, base=json.loads(SHEET)), REVIEW)[0]


# --- which form data are taken for --------------------------------------------------------------


def choose(data: object) -> forms.Form:
    return forms.Chooser().choose(readers.read_bytes(json.dumps(data).encode(), "data.json"))


def test_a_sheet_is_recognised() -> None:
    form = choose(json.loads(SHEET))
    assert form.profile.name == "gyosei-review"
    assert form.reason.startswith("データの名前が「行政事業レビューシート")


def test_what_is_nearly_a_sheet_is_taken_for_one_and_refused() -> None:
    data = changed("/予算", remove=True, base=json.loads(SHEET))
    assert choose(data).profile.name == "gyosei-review"
    assert "必ずあるはずの /予算 がありません" in refusal(data, REVIEW)[0]


@pytest.mark.parametrize(
    "data", [{"事業名": "祭り", "items": []}, TREE, [], 3, {"format": "jisseki-report/1"}]
)
def test_other_data_are_no_sheet(data: object) -> None:
    assert choose(data).profile.name != "gyosei-review"


def test_a_report_of_ours_is_never_another_tree() -> None:
    assert choose(json.loads(SHEET) | {"format": "jisseki-report/1"}).profile.name != "gyosei-review"


# --- whatever it holds --------------------------------------------------------------------------

AMOUNTS = st.none() | st.integers(-(10**15), 10**15).map(lambda yen: yen / 10**6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.fixed_dictionaries(dict.fromkeys(("当初予算", "予備費等", "執行額"), AMOUNTS)))
def test_every_amount_comes_out_as_it_went_in(row: dict[str, float | None]) -> None:
    sheet = json.loads(SHEET)
    sheet["予算"][0] = {"年度": 2019, **row}
    item = read(sheet, REVIEW).report.items[1]
    given_yen = [round(Decimal(repr(value)) * 10**6) for value in row.values() if value is not None]
    assert sorted(yen for each in item.amounts if (yen := amount_yen(each)) is not None) == sorted(given_yen)


@given(st.lists(st.tuples(st.integers(0, 60), VALUES), min_size=1, max_size=3))
def test_nothing_but_a_refusal_comes_of_odd_values(changes: list[tuple[int, object]]) -> None:
    sheet = json.loads(SHEET)
    for at, value in changes:
        pointers = sorted(_pointers(sheet))
        sheet = changed(pointers[at % len(pointers)], value, base=sheet)
    try:
        report = read(sheet, REVIEW).report
    except Unreadable:
        return
    assert _whole(from_json(to_json(report))) == _whole(report)


def _pointers(data: object, at: str = "") -> list[str]:
    held = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = [at] if at else []
    for name, value in held:
        if re.fullmatch(r"\w+", str(name)):
            found += _pointers(value, f"{at}/{name}")
    return found


def _whole(report: Report) -> list[object]:
    """What must outlive a conversion: texts, and amounts in yen."""
    return [
        (item.kind, item.title, item.goal, item.initiative, [amount_yen(each) for each in item.amounts])
        for item in report.items
    ]
