"""A list through the whole engine: the findings of the same report as a form, and each cause said once."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from jisseki_check.engine import run
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Finding, Outcome, Report, Verdict
from jisseki_check.writers.text import to_text
from tests.edits import AS_OF, check, profile, read
from tests.strategies import reports

HEAD = ["節", "番号", "項目名", "目標", "取り組み", "当初予算（千円）", "決算（千円）", "実績", "達成状況"]
TITLE = [
    "平成29年度福祉部の取り組み実績",
    "部の構成：福祉課、介護課",
    "※ ◎：計画どおり達成した　○：おおむね達成した",
]
_PLANS = ("見守りの訪問", "手話の研修", "配食の案内")


def _row(number: int, **cells: str) -> dict[str, str]:
    thing = _PLANS[number - 1]
    return {
        "節": "1. 重点施策・事業",
        "番号": str(number),
        "項目名": f"{thing}の充実",
        "目標": f"{thing}を広げます。",
        "取り組み": f"{thing}を年{number + 2}回行います。",
        "当初予算（千円）": "490",
        "決算（千円）": "462",
        "実績": f"{thing}を平成29年{number + 4}月から{number + 2}回行い、{number}40人に届けました。",
        "達成状況": "◎",
    } | cells


ROWS = [_row(number) for number in (1, 2, 3)]


def _csv(rows: list[dict[str, str]], head: list[str] | None = None, *below: str) -> str:
    head = head or HEAD
    lines = [*TITLE, ",".join(head), *(",".join(_quoted(row.get(name, "")) for name in head) for row in rows)]
    return "\n".join([*lines, *below]) + "\n"


def _quoted(text: str) -> str:
    return f'"{text}"' if "," in text or "\n" in text else text


def _check(text: str) -> Outcome:
    return check(text, "一覧.csv")


def _found(text: str) -> list[Finding]:
    """What is found beside the sections that these lists leave out."""
    return [finding for finding in _check(text).findings if finding.rule != "STR106"]


def _keys(findings: list[Finding]) -> list[tuple[str, int | None]]:
    return [(finding.rule, finding.item.index if finding.item else None) for finding in findings]


def test_list_without_faults_has_no_findings() -> None:
    outcome = _check(_csv(ROWS))
    assert {finding.rule for finding in outcome.findings} == {"STR106"}
    assert (outcome.verdict, outcome.inputs[0].items) == (Verdict.PASS, 3)


def test_list_that_speaks_of_no_section_misses_none() -> None:
    outcome = _check(_csv(ROWS, HEAD[1:]))
    assert outcome.findings == ()
    (sections,) = [entry for entry in outcome.coverage if entry.rule == "STR106"]
    assert (sections.evaluated, sections.blocked) == (0, 5)


# --- a column that is not there ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "key", "said"),
    [
        ("項目名", ("STR102", None), "「項目の名」がありません（一覧にこの列がありません）"),
        ("目標", ("STR102", None), "「目標」がありません（一覧にこの列がありません）"),
        ("取り組み", ("STR102", None), "「取り組み」がありません（一覧にこの列がありません）"),
        ("実績", ("STR102", None), "「実績」がありません（一覧にこの列がありません）"),
        ("達成状況", ("MRK101", 1), "「取り組みに対する達成状況」がありません（一覧にこの列がありません）"),
        (
            "当初予算（千円）",
            ("FIN104", 1),
            "決算額 462千円 に対する予算額がありません（一覧にこの列がありません）",
        ),
        (
            "決算（千円）",
            ("FIN103", 1),
            "当初予算 490千円 に対する決算額がありません（一覧にこの列がありません）",
        ),
    ],
)
def test_missing_column_is_one_finding(gone: str, key: tuple[str, int | None], said: str) -> None:
    text = _csv(ROWS, [name for name in HEAD if name != gone])
    (finding,) = _found(text)
    assert _keys([finding]) == [key]
    assert finding.message.endswith(said)
    assert finding.location.line == (5 if key[0].startswith("FIN") else 4)
    (entry,) = [entry for entry in _check(text).coverage if entry.rule == key[0]]
    assert entry.blocked >= 2


def test_nearest_heading_is_named_and_is_the_place() -> None:
    head = ["実績値の欄" if name == "実績" else name for name in HEAD]
    (finding,) = _found(_csv([row | {"実績値の欄": row["実績"]} for row in ROWS], head))
    assert "似た見出し「実績値の欄」があります" in finding.message
    assert finding.location.cell == "H4"


def test_faults_of_two_columns_are_both_said() -> None:
    head = [name for name in HEAD if name not in {"実績", "決算（千円）"}]
    assert sorted(_keys(_found(_csv(ROWS, head))), key=str) == [("FIN103", 1), ("STR102", None)]


def test_what_is_missing_is_missing_in_json_too() -> None:
    text = _csv(ROWS, [name for name in HEAD if name not in {"実績", "達成状況"}])
    data = json.dumps(to_json(read(text, "一覧.csv").report), ensure_ascii=False)
    assert Counter(_keys(list(check(data, "一覧.json").findings))) == Counter(
        _keys(list(_check(text).findings))
    )


def test_budget_of_another_name_is_said_once() -> None:
    head = ["予算現額（千円）" if name.startswith("当初") else name for name in HEAD]
    found = _found(_csv([row | {"予算現額（千円）": "490"} for row in ROWS], head))
    assert _keys(found) == [("FIN114", 1)]


def test_year_of_a_heading_is_said_once() -> None:
    head = ["平成28年度決算（千円）" if name.startswith("決算") else name for name in HEAD]
    found = _found(_csv([row | {"平成28年度決算（千円）": "462"} for row in ROWS], head))
    assert _keys(found) == [("FIN112", 1)]


def test_unit_that_is_nowhere_is_said_once() -> None:
    head = [name.removesuffix("（千円）") for name in HEAD]
    rows = [row | {"当初予算": "490", "決算": "462"} for row in ROWS]
    found = _found(_csv(rows, head))
    assert _keys(found) == [("FIN110", 1), ("FIN110", 1)]
    assert [(finding.location.cell, "列の見出し" in (finding.fix or "")) for finding in found] == [
        ("F5", True),
        ("G5", True),
    ]
    (entry,) = [entry for entry in _check(_csv(rows, head)).coverage if entry.rule == "FIN110"]
    assert (entry.evaluated, entry.blocked) == (2, 4)


# --- what stands beside the fields ---------------------------------------------------------------


def test_reason_in_another_column_explains() -> None:
    rows = [_row(1, **{"決算（千円）": "512", "備考": "補正予算による"}), _row(2, **{"決算（千円）": "512"})]
    assert _keys(_found(_csv(rows, [*HEAD, "備考"]))) == [("FIN102", 1), ("FIN101", 2)]


def test_next_step_in_another_column_explains_a_lower_mark() -> None:
    rows = [_row(1, 達成状況="○", 課題="次年度に回数を増やします。"), _row(2, 達成状況="○")]
    assert _keys(_found(_csv(rows, [*HEAD, "課題"]))) == [("MRK110", 2)]


def test_rate_in_a_column() -> None:
    rows = [_row(1, **{"執行率（％）": "94.3"}), _row(2, **{"執行率（％）": "84.3%"})]
    (finding,) = _found(_csv(rows, [*HEAD, "執行率（％）"]))
    assert (finding.rule, finding.location.cell, finding.given) == ("FIN118", "J6", "84.3%")


@pytest.mark.parametrize(
    ("total", "is_right"),
    [("1,386", True), ("1,387", True), ("1,836", False), ("1386千円", True), ("－", True)],
)
def test_sum_of_a_column(total: str, is_right: bool) -> None:
    found = _found(_csv(ROWS, None, f',合計,,,,"1,470","{total}",,'))
    assert _keys(found) == ([] if is_right else [("FIN115", None)])
    if not is_right:
        assert (found[0].location.cell, found[0].expected) == ("G8", "138万6,000円")


def test_subtotals_and_a_sum_of_all() -> None:
    below = [
        ",小計,,,,,1386,,",
        _line(_row(2) | {"番号": "4", "項目名": "別の研修", "目標": "別の目標です。"}),
        ",合計,,,,,1848,,",
    ]
    assert "FIN115" not in {finding.rule for finding in _found(_csv(ROWS, None, *below))}


def _line(row: dict[str, str]) -> str:
    return ",".join(row[name] for name in HEAD)


def test_numbers_may_begin_again_in_a_group() -> None:
    rows = [_row(1, 分類="安心"), _row(2, 分類="安心"), _row(3, 分類="活力", 番号="1")]
    assert _found(_csv(rows, ["分類", *HEAD])) == []
    rows[1]["番号"] = "1"
    assert _keys(_found(_csv(rows, ["分類", *HEAD]))) == [("STR104", 2)]


# --- the same findings as of the form ------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(reports())
def test_faults_are_those_of_the_same_report_as_a_form(report: Report) -> None:
    """With a settlement ten times too large, a mark that is left out and a result that is empty."""
    items = list(report.items)
    first = next((at for at, item in enumerate(items) if item.amounts), None)
    if first is not None:
        amounts = items[first].amounts
        large = replace(amounts[1], value=(amounts[1].value or 0) * 10, note=None)
        items[first] = replace(items[first], amounts=(amounts[0], large))
    items[1] = replace(items[1], mark="")
    items[2] = replace(items[2], result="")
    faulty = replace(report, items=tuple(items))
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerows([[report.title], [f"部の構成：{'、'.join(report.divisions or ())}"], [report.legend]])
    stages = {"initial_budget": "当初予算", "settlement": "決算"}
    writer.writerow(
        ["節", "小区分", "番号", "項目名", "目標", "取り組み", *stages.values(), "実績", "達成状況"]
    )
    for item in faulty.items:
        money = {a.stage: f"{a.value:,}{a.unit}" + (f"（{a.note}）" if a.note else "") for a in item.amounts}
        where = [f"{item.section}. {item.section_title}", item.group or ""]
        texts = [item.number or "", item.title, item.goal or "", item.initiative or ""]
        told = [money.get(stage, "") for stage in stages]
        writer.writerow([*where, *texts, *told, item.result, item.mark])
    found = Counter(_keys(list(check(stream.getvalue(), "一覧.csv").findings)))
    assert found == Counter(_keys(list(check(to_text(faulty, profile())).findings)))


def test_file_of_two_departments_is_not_judged() -> None:
    outcome = _check(
        _csv(
            [row | {"部": name} for row, name in zip(ROWS, ("福祉部", "環境部", "福祉部"), strict=True)],
            ["部", *HEAD],
        )
    )
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert [finding.rule for finding in outcome.findings] == ["DOC001"]


def test_engines_agree_on_lists(tmp_path: Path) -> None:
    path = tmp_path / "一覧.csv"
    path.write_text(
        _csv(ROWS, [name for name in HEAD if name not in {"実績", "決算（千円）", "達成状況"}]),
        encoding="utf-8",
    )
    found = [
        run.check([path], options=run.Options(as_of=AS_OF, engine=engine)) for engine in ("local", "pandera")
    ]
    assert found[0].findings == found[1].findings
    assert found[0].coverage == found[1].coverage


def test_what_must_not_be_published_is_found_in_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "一覧.csv"
    path.write_text(
        "平成29年度市民安全部の取り組み実績\n<部の構成> 危機管理課、防災課\n\n"
        "番号,事業名,目標,取り組み,実績,達成状況,備考\n"
        "1,備蓄倉庫の充実,備えを高めます。,倉庫を設けます。,倉庫を2か所に設けました。,◎,連絡は090-1234-5678まで\n",
        encoding="utf-8",
    )
    outcome = run.check([path], options=run.Options(as_of=AS_OF))
    found = {finding.rule: finding for finding in outcome.findings}
    assert found["PII101"].location.cell == "G5"
    assert "090-1234-5678" not in str(outcome)


# --- values that could not be worked out ----------------------------------------------------------


@pytest.mark.parametrize("column", HEAD)
def test_an_error_value_is_told_in_every_column(column: str) -> None:
    rules = {"当初予算（千円）": "FIN111", "決算（千円）": "FIN111", "達成状況": "MRK102"}
    held = _found(_csv([_row(1), _row(2, **{column: "#DIV/0!"}), _row(3)]))
    (told,) = [finding for finding in held if finding.rule == rules.get(column, "PLH101")]
    assert "#DIV/0!" in told.message
    assert (told.location.line, told.severity.value) == (6, "error")
