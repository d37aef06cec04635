"""Numbers, marks and telling words of items; sections, fields, targets and passages."""

from __future__ import annotations

import pytest

from jisseki_check import facts
from jisseki_check.facts.contracts import OF_ONE_REPORT, TABLES
from jisseki_check.facts.views import ReportView
from jisseki_check.forms.report_json import JsonPlaces
from jisseki_check.model import Document, Indicator
from tests.facts.reports import PROFILE, amount, item, report, rows, tables


def _faults(*numbers: str | None) -> list[tuple[str, str]]:
    items = [item(index=at + 1, number=number) for at, number in enumerate(numbers)]
    held = rows("items", *items)
    return [(row["number"], row["number_expected"]) for row in held if row["number_fault"]]


@pytest.mark.parametrize(
    ("numbers", "faults"),
    [
        (("1", "2", "3"), []),
        (("1", "2", "2", "4"), [("2", "3")]),
        (("1", "2", "2"), [("2", "3")]),
        (("1", "2", "4", "5"), [("4", "3")]),
        (("1", "3", "4", "5"), [("3", "2")]),
        (("1", "2", "5", "4"), [("5", "3")]),
        (("１", "２", "３"), []),
        (("1", None, "3"), []),
        (("2", "3"), [("2", "1")]),
    ],
)
def test_one_misprint_is_one_fault(numbers: tuple[str | None, ...], faults: list[tuple[str, str]]) -> None:
    assert _faults(*numbers) == faults


@pytest.mark.parametrize(
    ("plan", "result", "found"),
    [
        ("窓口を設けます。", "窓口の設置について検討を行いました。", "検討を行い"),
        ("窓口の設置について検討します。", "窓口の設置について検討を行い、案をまとめました。", None),
        ("窓口を設けます。", "設置を見送りました。", "見送"),
        ("見直しを検討します。", "設置を延期しました。", "延期"),
        ("窓口を設けます。", "窓口を設けました。", None),
    ],
)
def test_unfinished_against_the_plan(plan: str, result: str, found: str | None) -> None:
    (row,) = rows("items", item(goal="", initiative=plan, result=result))
    assert row["unfinished"] == found


def test_marks_and_their_legend() -> None:
    marks = ["◎", "△", "〇", "◎○", "", None, "☆", "－"]
    held = rows("items", *(item(index=at + 1, mark=mark) for at, mark in enumerate(marks)))
    kinds = ["mark", "mark", "look-alike", "several", "none", "absent", "other", "mark"]
    assert [row["mark_kind"] for row in held] == kinds
    assert [row["mark_rank"] for row in held] == [1, 3, None, None, None, None, None, None]
    assert (held[2]["mark_meant"], held[2]["mark_code_point"]) == ("○", "U+3007")
    assert held[1]["mark_explained"] is False
    (row,) = rows("items", item(mark="△"), legend="◎：達成　△：一部を達成")
    assert row["mark_explained"] is True


@pytest.mark.parametrize(
    ("note", "explained"),
    [
        ("流用による", True),
        ("補正予算等の対応あり", True),
        ("流用なし", False),
        ("補正予算等の対応なし", False),
    ],
)
def test_reason_that_is_denied_is_none(note: str, explained: bool) -> None:
    amounts = (amount("initial_budget", 490), amount("settlement", 562, note=note))
    (row,) = rows("items", item(amounts=amounts))
    assert row["overrun_explained"] is explained


def test_rate_in_the_note_of_an_amount() -> None:
    amounts = (amount("initial_budget", 490), amount("settlement", 462, note="執行率 84.3％"))
    (row,) = rows("items", item(amounts=amounts))
    assert (row["printed_rate"], row["printed_rate_field"]) == (pytest.approx(0.843), "amounts/1")
    assert row["printed_rate_text"] == "84.3％"


def test_sections_in_order_and_missing() -> None:
    items = [
        item(index=1, section=2, section_title="行政改革・業務改善", kind="reform"),
        item(index=2),
    ]
    held = {row["section"]: (row["present"], row["in_order"]) for row in rows("sections", *items)}
    assert held["1. 重点施策・事業"] == (True, False)
    assert held["2. 行政改革・業務改善"] == (True, True)
    assert held["3. 予算編成・執行"] == (False, True)


@pytest.mark.parametrize(
    ("title", "initiative", "asked"),
    [
        ("防災の情報の充実", "地図を載せます。", True),
        ("防災の情報の充実", None, True),
        ("防災の情報を充実し、地図を載せます。", None, False),
        ("防災の情報を充実し、地図を載せます。(年間4回)", None, False),
    ],
)
def test_publicity_bullet_needs_a_plan(title: str, initiative: str | None, asked: bool) -> None:
    held = rows("fields", item(kind="bullet", section=5, title=title, initiative=initiative))
    assert ("initiative" in [row["field"] for row in held]) is asked


@pytest.mark.parametrize(
    ("goal", "result", "met"),
    [
        ("訓練を4回以上実施します。", "訓練を5回実施しました。", True),
        ("訓練を4回以上実施します。", "訓練を3回実施しました。", False),
        ("待ち時間を15分以内とします。", "待ち時間を12分としました。", True),
    ],
)
def test_numeric_target(goal: str, result: str, met: bool) -> None:
    held = rows("targets", item(goal=goal, result=result))
    assert [row["met"] for row in held] in ([met], [])
    assert held or "分" in goal


@pytest.mark.parametrize(
    ("goal", "result"),
    [
        ("訓練を4回以上実施します。", "講習を3回実施しました。"),
        ("訓練を4回実施します。", "訓練を3回実施しました。"),
        ("訓練を4回以上実施します。", "訓練を春に3回、訓練を秋に2回実施しました。"),
    ],
)
def test_targets_that_are_not_plain_are_left_alone(goal: str, result: str) -> None:
    assert rows("targets", item(goal=goal, result=result)) == []


def test_one_missed_target_outweighs_one_met() -> None:
    indicators = (Indicator("参加者", "人", 200, 215), Indicator("会場", "か所", 4, 3))
    held = rows("targets", item(indicators=indicators))
    assert [(row["met"], row["earned_best"]) for row in held] == [(True, None), (False, 2)]


@pytest.mark.parametrize(("actual", "earned"), [(200, [(1, 1), (None, None)]), (199, [(2, 4), (None, None)])])
def test_one_row_speaks_for_the_item(actual: float, earned: list[tuple[int | None, int | None]]) -> None:
    indicators = tuple(Indicator(name, "人", 200, actual) for name in ("参加者", "受講者"))
    held = rows("targets", item(indicators=indicators))
    assert [(row["earned_best"], row["earned_worst"]) for row in held] == earned


SHARED = "市内の全ての地区で説明会を開き、自治会の役員や民生委員とともに、避難の手順を確かめました。"


def test_shared_passage_is_found_once_a_pair() -> None:
    items = [
        item(index=1, result=f"前の文です。{SHARED}"),
        item(index=2, result="全く別のことを述べた、短くはない実績の文がここにあります。"),
        item(index=3, result=f"{SHARED}後の文です。", mark="○"),
    ]
    (row,) = rows("passages", *items)
    assert (row["item"], row["other_item"], row["text"]) == (3, 1, SHARED)
    assert (row["mark"], row["other_mark"]) == ("○", "◎")


def test_passages_of_other_reports_are_not_compared() -> None:
    one, other = report(item(result=SHARED)), report(item(result=SHARED))
    assert tables(one, other)["passages"].height == 0


def test_tables_keep_their_contracts_even_when_empty() -> None:
    held = tables()
    assert set(held) == set(OF_ONE_REPORT) == set(facts.BUILDERS)
    for name, frame in held.items():
        assert dict(frame.schema) == facts.schema(TABLES[name])


def test_builders_know_no_column_that_the_contract_does_not() -> None:
    full = report(
        item(
            goal="平成29年7月までに訓練を4回以上実施します。",
            result=f"平成29年6月に訓練を3回実施しました。{SHARED}",
        ),
        item(index=2, result=SHARED, title="合計", initiative="年間約10万円の財源を確保します。"),
    )
    view = ReportView(0, Document("a", full, JsonPlaces({})), PROFILE)
    for name, build in facts.BUILDERS.items():
        for row in build(view):
            assert set(row) <= {column.name for column in TABLES[name].columns}, name
