"""One report held against another, in whole runs."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jisseki_check import readers
from jisseki_check.engine import run
from jisseki_check.engine.adapting import adapted
from jisseki_check.engine.options import Options
from jisseki_check.exceptions import Baseline, Exceptions
from jisseki_check.exceptions.known import known
from jisseki_check.limits import Limits
from jisseki_check.model import Item, Source, Unreadable, Verdict
from jisseki_check.profiles import load
from jisseki_check.writers.text import to_text
from tests.cities import OPTIONS, TITLES, budget, check, plan, reason, report, save, told
from tests.example_files import CLEAN, EXAMPLES

COPIED = "平成{}年6月に3つの会場で相談会を開き、保育士の資格のある延べ41人の相談を受けて、名簿に加えました。"


def copied(year: int) -> dict[str, str]:
    return {"result": COPIED.format(year - 1988)}


# --- the plan -------------------------------------------------------------------------------------


def test_both_sides_are_quoted_and_both_files_named(tmp_path: Path) -> None:
    save(tmp_path / "今年/実績.json", report(2017, {"goal": "親子が集う広場を考えます。"}))
    save(tmp_path / "計画/計画.json", plan(2017))
    outcome = check(tmp_path / "今年", prior=(tmp_path / "計画",))
    (found,) = outcome.findings
    assert (found.rule, found.field, found.given) == ("XDC101", "goal", "考えます")
    assert "「親子が集う広場を増やします。」" in found.message
    assert found.expected == "増やします"
    (there,) = found.related
    assert (there.path, there.pointer) == ("計画/計画.json", "/items/0/goal")
    assert [(entry.path, entry.status) for entry in outcome.prior] == [("計画/計画.json", "checked")]
    assert [entry.path for entry in outcome.inputs] == ["実績.json"]
    assert [(each.path, each.prior) for each in outcome.reports] == [
        ("実績.json", False),
        ("計画/計画.json", True),
    ]
    assert outcome.verdict is Verdict.FAIL


def test_a_plan_among_those_that_are_checked_serves_as_well(tmp_path: Path) -> None:
    save(tmp_path / "a/実績.json", report(2017, {"initiative": "空き教室を二つ、広場に改めます。"}))
    save(tmp_path / "b/計画.json", plan(2017))
    assert told(check(tmp_path)) == [("XDC101", "実績.json", 1)]


def test_each_item_and_field_is_one_finding(tmp_path: Path) -> None:
    changed = {"goal": "広場を考えます。", "initiative": "広場を探します。", "amounts": budget(2017, 1_500)}
    save(tmp_path / "実績.json", report(2017, changed))
    save(tmp_path / "計画.json", plan(2017))
    found = check(tmp_path).findings
    assert sorted(each.field or "" for each in found) == ["goal", "initial_budget", "initiative"]
    assert len({each.fingerprint for each in found}) == 3
    differences = {each.field: each.difference for each in found}
    assert differences == {"goal": None, "initiative": None, "initial_budget": "500千円"}


@pytest.mark.parametrize(
    ("value", "unit", "codes"),
    [
        (1_000_000, "円", []),
        (100, "万円", []),
        (1, "百万円", []),
        (1_000_400, "円", []),
        (1_001_000, "円", ["XDC101"]),
        (101, "万円", ["XDC101"]),
        (2, "百万円", ["XDC101"]),
    ],
)
def test_amounts_are_compared_in_yen_as_far_as_they_are_printed(
    value: int, unit: str, codes: list[str], tmp_path: Path
) -> None:
    save(tmp_path / "実績.json", report(2017, {"amounts": budget(2017, value, unit)}))
    save(tmp_path / "計画.json", plan(2017, {"amounts": budget(2017, 1_000)}))
    assert [each.rule for each in check(tmp_path).findings] == codes


def test_items_that_moved_are_found_by_their_titles(tmp_path: Path) -> None:
    moved = report(2017, {"goal": "広場を考えます。"})
    order = [moved.items[2], moved.items[0], moved.items[1], moved.items[3]]
    renumbered = tuple(replace(each, index=n, number=str(n)) for n, each in enumerate(order, start=1))
    save(tmp_path / "実績.json", replace(moved, items=renumbered))
    save(tmp_path / "計画.json", plan(2017))
    (found,) = check(tmp_path).findings
    assert (found.rule, found.item and found.item.index) == ("XDC101", 2)
    assert "項目名が同じ項目" in found.fix


def test_a_plan_wide_number_is_known_under_another_title(tmp_path: Path) -> None:
    changed = {"kind": "reform", "section": 2, "group": "新行政改革実施プランの改革課題", "number": "18-1"}
    save(
        tmp_path / "実績.json", report(2017, changed | {"title": "公印の省略", "goal": "押印を減らします。"})
    )
    save(tmp_path / "計画.json", plan(2017, changed | {"title": "申請の手引の見直し"}))
    (found,) = check(tmp_path).findings
    assert found.rule == "XDC101"
    assert "課題番号 18-1 が同じ項目" in found.fix


def test_a_plan_that_is_there_twice_is_compared_with_once(tmp_path: Path) -> None:
    save(tmp_path / "実績.json", report(2017))
    save(tmp_path / "計画.json", plan(2017))
    save(tmp_path / "計画（古い）.json", plan(2017, {"goal": "広場を考えます。"}))
    assert told(check(tmp_path)) == [("XDC104", "計画（古い）.json", None)]


def test_a_revised_plan_is_no_second_one_and_the_results_may_follow_it(tmp_path: Path) -> None:
    changed = {"goal": "親子が集う広場を二つ増やします。"}
    save(tmp_path / "実績.json", report(2017, changed))
    save(tmp_path / "計画.json", plan(2017))
    revised = plan(2017, changed)
    save(tmp_path / "改定.json", replace(revised, title=f"{revised.title}（改定版）"))
    assert told(check(tmp_path)) == []


def test_a_change_that_is_told_with_its_reason_is_no_rewriting(tmp_path: Path) -> None:
    save(tmp_path / "計画.json", plan(2017))
    goal = "広場を考えます。"
    reason = "国の補助金が減ったため、広場の数を見直しました。"
    save(tmp_path / "実績.json", report(2017, {"goal": goal, "result": f"3人の参加を得ました。{reason}"}))
    assert told(check(tmp_path)) == []
    other = "老朽化が進んだため、遊具の配置を見直しました。"
    for change in (
        {"goal": f"{goal}（計画変更）"},
        {"goal": goal, "result": f"3人の参加を得ました。{other}"},
    ):
        save(tmp_path / "実績.json", report(2017, change))
        assert told(check(tmp_path)) == [("XDC101", "実績.json", 1)]


def test_two_halves_of_a_year_are_not_one_report_twice(tmp_path: Path) -> None:
    for half in ("上半期", "下半期"):
        held = report(2017)
        title = (held.title or "").replace("年度", f"年度{half} ", 1)
        assert half in title
        save(tmp_path / f"{half}.json", replace(held, title=title))
    assert told(check(tmp_path)) == []


def test_forms_of_other_years_are_compared_by_what_both_have(tmp_path: Path) -> None:
    own = report(2017, {"goal": "広場を考えます。"}, {"goal": None}, municipality=None)
    (tmp_path / "計画.txt").write_text(
        to_text(adapted(plan(2017), load("hirakata-h30-plan")), load("hirakata-h30-plan")), encoding="utf-8"
    )
    save(tmp_path / "実績.json", own)
    assert told(check(tmp_path)) == [("XDC101", "実績.json", 1)]


# --- last year ------------------------------------------------------------------------------------


def test_a_copy_of_last_year_is_found(tmp_path: Path) -> None:
    save(tmp_path / "今年/実績.json", report(2017, {}, copied(2017)))
    save(tmp_path / "昨年/実績.json", report(2016, {}, copied(2016)))
    outcome = check(tmp_path / "今年", prior=(tmp_path / "昨年",))
    assert told(outcome) == [("XDC102", "実績.json", 2)]
    assert outcome.findings[0].related[0].path == "昨年/実績.json"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (copied(2017), "実績が、平成28年度の実績「"),
        (copied(2016), "実績が、年や回の数字を除いて、平成28年度の実績「"),
    ],
)
def test_a_copy_with_its_years_is_said_to_be_wholly_the_same(
    tmp_path: Path, last: dict[str, Any], expected: str
) -> None:
    save(tmp_path / "2017.json", report(2017, {}, copied(2017)))
    save(tmp_path / "2016.json", report(2016, {}, last))
    (finding,) = check(tmp_path).findings
    assert finding.message.startswith(expected)


def test_years_of_one_run_are_compared_too(tmp_path: Path) -> None:
    for year in (2016, 2017):
        save(tmp_path / f"{year}/実績.json", report(year, {}, copied(year)))
    outcome = check(tmp_path)
    assert [each.location.path for each in outcome.findings] == ["2017/実績.json"]


def test_the_folder_itself_as_prior_makes_no_report_its_own_predecessor(tmp_path: Path) -> None:
    save(tmp_path / "2016.json", report(2016, copied(2016)))
    save(tmp_path / "2017.json", report(2017, copied(2017)))
    outcome = check(tmp_path, prior=(tmp_path,))
    assert told(outcome) == [("XDC102", "2017.json", 1)]
    assert outcome.prior == ()
    alone = check(tmp_path / "2017.json", prior=(tmp_path,))
    assert told(alone) == [("XDC102", "2017.json", 1)]
    assert [entry.path for entry in alone.prior] == ["2016.json"]


def test_a_year_between_that_is_missing_is_said(tmp_path: Path) -> None:
    save(tmp_path / "今年/実績.json", report(2018, copied(2018)))
    save(tmp_path / "前/実績.json", report(2015, copied(2015)))
    outcome = check(tmp_path / "今年", prior=(tmp_path / "前",))
    assert outcome.findings == ()
    assert reason(outcome, "XDC102") == "前の年度（平成29年度）の報告が渡されていないため"


def test_a_department_that_was_renamed_has_no_last_year(tmp_path: Path) -> None:
    save(tmp_path / "今年/実績.json", report(2017, copied(2017)))
    save(tmp_path / "昨年/実績.json", report(2016, copied(2016), department="子ども未来部"))
    outcome = check(tmp_path / "今年", prior=(tmp_path / "昨年",))
    assert outcome.findings == ()
    assert reason(outcome, "XDC102") == "渡された前の年度の報告に、同じ部のものがないため"


def test_another_city_is_not_last_year(tmp_path: Path) -> None:
    save(tmp_path / "今年/実績.json", report(2017, copied(2017)))
    save(tmp_path / "昨年/実績.json", report(2016, copied(2016), municipality="あおば野市"))
    assert check(tmp_path / "今年", prior=(tmp_path / "昨年",)).findings == ()


@pytest.mark.parametrize(
    ("goal", "last", "codes"),
    [
        ("広場を6か所以上に増やします。", "広場を8か所以上に増やします。", ["XDC106"]),
        ("広場を8か所以上に増やします。", "広場を8か所以上に増やします。", []),
        ("広場を9か所以上に増やします。", "広場を8か所以上に増やします。", []),
        ("広場を6か所以上に増やします。", "広場で80人以上を迎えます。", []),
        ("待ち時間を10分以内に縮めます。", "待ち時間を15分以内に縮めます。", []),
        ("利用を見直し、広場を6か所以上に増やします。", "広場を8か所以上に増やします。", []),
        ("平成29年度に広場を6か所以上に増やします。", "平成31年度に広場を8か所以上に増やします。", []),
        ("約6か所の広場を目標に増やします。", "広場を8か所以上に増やします。", []),
    ],
)
def test_a_target_that_fell_is_found(goal: str, last: str, codes: list[str], tmp_path: Path) -> None:
    save(tmp_path / "2017.json", report(2017, {"goal": goal}))
    save(tmp_path / "2016.json", report(2016, {"goal": last}))
    assert [each.rule for each in check(tmp_path).findings] == codes


@pytest.mark.parametrize(
    ("goal", "last", "difference"),
    [
        ("広場を6か所以上に増やします。", "広場を8か所以上に増やします。", "△2か所"),
        ("道路5.5キロメートル以上を直します。", "道路6.0キロメートル以上を直します。", "△0.5キロメートル"),
        ("収納率98.5％以上を目指します。", "収納率98.9％以上を目指します。", "△0.4ポイント"),
        ("広告収入450万円以上を目指します。", "広告収入500万円以上を目指します。", "△50万円"),
        ("待ち時間を15分以内とします。", "待ち時間を10分以内とします。", "5分"),
    ],
)
def test_by_how_much_a_target_fell_is_told_in_its_own_unit(
    goal: str, last: str, difference: str, tmp_path: Path
) -> None:
    save(tmp_path / "2017.json", report(2017, {"goal": goal}))
    save(tmp_path / "2016.json", report(2016, {"goal": last}))
    (found,) = check(tmp_path).findings
    assert (found.rule, found.difference) == ("XDC106", difference)


def test_a_target_of_plan_and_results_is_found_once(tmp_path: Path) -> None:
    low, high = {"goal": "広場を6か所以上に増やします。"}, {"goal": "広場を8か所以上に増やします。"}
    for name, held in {
        "計画29": plan(2017, low),
        "実績29": report(2017, low),
        "計画28": plan(2016, high),
        "実績28": report(2016, high),
    }.items():
        save(tmp_path / f"{name}.json", held)
    assert told(check(tmp_path)) == [("XDC106", "実績29.json", 1)]


# --- twins ----------------------------------------------------------------------------------------


def test_of_three_copies_two_are_too_many(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        save(tmp_path / f"{name}.json", report(2017))
    outcome = check(tmp_path)
    assert told(outcome) == [("XDC104", "b.json", None), ("XDC104", "c.json", None)]
    assert [[place.path for place in each.related] for each in outcome.findings] == [["a.json"]] * 2


@pytest.mark.parametrize("folder", ["clean", "office"])
def test_the_same_report_in_another_format_is_no_second_one(folder: str, tmp_path: Path) -> None:
    outcome = check(EXAMPLES / folder)
    assert outcome.findings == ()
    assert reason(outcome, "XDC102").count("同じ内容の別の形式のファイルで比べたため") == 1


def test_of_several_formats_the_one_that_people_write_is_compared(tmp_path: Path) -> None:
    for ending in (".json", ".txt", ".yaml"):
        shutil.copy(CLEAN.with_suffix(ending), tmp_path / f"報告{ending}")
    plan_of = json.loads(CLEAN.with_suffix(".json").read_text(encoding="utf-8"))
    plan_of["kind"] = "plan"
    plan_of["items"][0]["goal"] = "燃えるごみの量を半分に減らします。"
    (tmp_path / "計画.json").write_text(json.dumps(plan_of, ensure_ascii=False), encoding="utf-8")
    assert told(check(tmp_path)) == [("XDC101", "報告.txt", 1)]


def test_what_ends_amid_its_form_is_compared_with_nothing(tmp_path: Path) -> None:
    text = CLEAN.read_text(encoding="utf-8")
    (tmp_path / "報告.txt").write_text(text[: text.rindex("実績") + 10], encoding="utf-8")
    shutil.copy(CLEAN.with_suffix(".json"), tmp_path / "報告.json")
    assert told(check(tmp_path)) == [("DOC001", "報告.txt", None)]


def test_the_first_is_the_one_with_the_shorter_name(tmp_path: Path) -> None:
    for name in ("報告", "報告(2)", "報告 - コピー"):
        save(tmp_path / f"{name}.json", report(2017))
    assert {name for _, name, _ in told(check(tmp_path))} == {"報告(2).json", "報告 - コピー.json"}


def test_a_surplus_report_is_judged_by_no_other_of_these_rules(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save(tmp_path / f"今年/{name}.json", report(2017, {"goal": "広場を考えます。"} | copied(2017)))
    save(tmp_path / "前/計画.json", plan(2017))
    save(tmp_path / "前/昨年.json", report(2016, copied(2016)))
    outcome = check(tmp_path / "今年", prior=(tmp_path / "前",))
    assert told(outcome) == [
        ("XDC101", "a.json", 1),
        ("XDC102", "a.json", 1),
        ("XDC104", "b.json", None),
    ]
    assert "先にあり" in reason(outcome, "XDC101")


def test_cities_that_are_not_named_are_not_one(tmp_path: Path) -> None:
    for number in range(30):
        titles = [{"title": f"{name}{number}", "result": f"{number}人が来ました。"} for name in TITLES]
        held = report(2017, *titles, municipality=None, department="総務部")
        save(tmp_path / f"{number:02}/報告.json", held)
    assert check(tmp_path).findings == ()


_RENAMED: list[dict[str, Any]] = [
    {"title": "広場", "goal": "親子が集う広場を考えます。"},
    {"title": "学童保育", "initiative": "夏休みに試します。"},
    {"title": "絵本", "result": "本を読みました。"},
]


@pytest.mark.parametrize("statements", [False, True])
@pytest.mark.parametrize("renamed", range(4))
def test_the_plan_of_a_report_that_names_no_city_is_known_by_its_items(
    renamed: int, statements: bool, tmp_path: Path
) -> None:
    """By most titles, by what was planned, or because it can be no other's."""
    more: tuple[Item, ...] = ()
    if statements:  # which a plan has, and results do not
        texts = ("基本方針", "担当事務", "部の職員数", "部の使命")
        more = tuple(
            Item(index=each, kind="statement", section=9, section_title="前書き", title=text, goal=text * 3)
            for each, text in enumerate(texts, start=5)
        )
    rewritten = plan(2017, {}, {}, {}, {"goal": "保育士を10人確保します。"}, municipality=None)
    save(tmp_path / "今年/実績.json", report(2017, *_RENAMED[:renamed], municipality=None))
    save(tmp_path / "計画/計画.json", replace(rewritten, items=(*rewritten.items, *more)))
    outcome = check(tmp_path / "今年", prior=(tmp_path / "計画",))
    assert ("XDC101", "実績.json", 4) in told(outcome)
    assert not any("項目が、この報告にありません" in each.message for each in outcome.findings)


def test_a_plan_that_may_be_anothers_is_not_compared_with(tmp_path: Path) -> None:
    strange = [{"title": name[::-1], "goal": name * 2, "initiative": name * 3} for name in TITLES]
    save(tmp_path / "計画/計画.json", plan(2017, *strange, municipality=None))
    save(tmp_path / "今年/実績.json", report(2017, municipality=None))
    outcome = check(tmp_path / "今年", prior=(tmp_path / "計画",))
    assert outcome.findings == ()
    assert "項目が一つも重ならないため" in reason(outcome, "XDC101")
    save(tmp_path / "来客/実績.json", report(2017, *_RENAMED, municipality=None))
    outcome = check(tmp_path / "今年", tmp_path / "来客", prior=(tmp_path / "計画",))
    assert "同じ部・年度のものがないため" in reason(outcome, "XDC101")


def test_one_folder_holds_one_city(tmp_path: Path) -> None:
    for number in range(2):
        titles = [{"title": f"{name}{number}"} for name in TITLES]
        save(tmp_path / f"{number}.json", report(2017, *titles, municipality=None))
    assert told(check(tmp_path)) == [("XDC104", "1.json", None)]


def test_two_known_cities_are_never_one(tmp_path: Path) -> None:
    for city in ("みずき市", "あおば野市"):
        save(tmp_path / f"{city}.json", report(2017, municipality=city))
    save(tmp_path / "名のない市.json", report(2017, municipality=None))
    assert [code for code, _, _ in told(check(tmp_path))] == ["XDC104"]


@pytest.mark.parametrize("missing", [{"department": None}, {"fiscal_year": None, "title": "取り組み実績"}])
def test_a_report_without_department_or_year_is_held_against_none(
    missing: dict[str, Any], tmp_path: Path
) -> None:
    for name in ("a", "b"):
        held = replace(report(2017, copied(2017)), **missing)
        save(
            tmp_path / f"{name}.json", replace(held, items=tuple(replace(i, amounts=()) for i in held.items))
        )
    save(tmp_path / "昨年.json", report(2016, copied(2016)))
    outcome = check(tmp_path)
    assert outcome.findings == ()
    assert "部名か年度が分からないため" in reason(outcome, "XDC104")


# --- departments ----------------------------------------------------------------------------------


def test_two_departments_with_other_figures(tmp_path: Path) -> None:
    shared = {"title": "子育て支援拠点の合同整備"}
    save(tmp_path / "a.json", report(2017, shared | {"amounts": budget(2017, 1_000)}))
    save(
        tmp_path / "b.json",
        report(
            2017,
            shared | {"amounts": budget(2017, 3_000)},
            *({"title": f"{n}の集い", "number": None} for n in "桜梅桃"),
            department="教育部",
        ),
    )
    outcome = check(tmp_path)
    assert told(outcome) == [("XDC103", "b.json", 1)]
    (found,) = outcome.findings
    assert found.related[0].path == "a.json"
    assert (found.given, found.expected, found.difference) == ("3,000千円", "1,000千円", "2,000千円")


# --- what cannot be judged ------------------------------------------------------------------------


def test_a_damaged_file_to_compare_with_leaves_the_run_unjudged(tmp_path: Path) -> None:
    save(tmp_path / "今年/実績.json", report(2017, copied(2017)))
    save(tmp_path / "前/昨年.json", report(2016, copied(2016)))
    (tmp_path / "前/計画.json").write_text("{", encoding="utf-8")
    outcome = check(tmp_path / "今年", prior=(tmp_path / "前",))
    assert told(outcome) == [("XDC102", "実績.json", 1)]
    assert outcome.verdict is Verdict.INCONCLUSIVE
    (fault,) = outcome.faults
    assert (fault.stage, fault.path) == ("prior", "前/計画.json")
    assert [(entry.path, entry.status) for entry in outcome.prior] == [
        ("前/昨年.json", "checked"),
        ("前/計画.json", "unreadable"),
    ]


def test_a_folder_without_reports_to_compare_with_is_a_fault(tmp_path: Path) -> None:
    save(tmp_path / "今年/実績.json", report(2017))
    (tmp_path / "前").mkdir()
    outcome = check(tmp_path / "今年", prior=(tmp_path / "前",))
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert [fault.stage for fault in outcome.faults] == ["prior"]


@pytest.mark.parametrize("how", ["changed", "gone"])
def test_a_file_that_changes_meanwhile_is_a_fault(how: str, tmp_path: Path) -> None:
    save(tmp_path / "計画.json", plan(2017))
    save(tmp_path / "実績.json", report(2017, {"goal": "広場を考えます。"}))
    times: dict[str, int] = {}

    def read(path: Path, name: str, limits: Limits) -> Source:
        times[name] = times.get(name, 0) + 1
        if name.endswith("計画.json") and times[name] == 2:
            if how == "gone":
                raise Unreadable("ファイルがありません")
            save(path, plan(2017, {"goal": "広場を建てます。"}))
        return readers.read(path, name, limits)

    outcome = check(tmp_path, read=read)
    assert times == {"計画.json": 2, "実績.json": 2}
    assert outcome.findings == ()
    assert outcome.verdict is Verdict.INCONCLUSIVE
    (fault,) = outcome.faults
    assert (fault.stage, fault.rule, fault.path) == ("across", "XDC101", "計画.json")
    assert next(each for each in outcome.coverage if each.rule == "XDC101").crashed


def test_a_table_that_cannot_be_made_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("壊れました")

    for name in ("a", "b"):
        save(tmp_path / f"{name}.json", report(2017))
    monkeypatch.setattr("jisseki_check.engine.comparison.table", broken)
    outcome = check(tmp_path)
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert {fault.message for fault in outcome.faults} == {"RuntimeError: 壊れました"}
    assert next(each for each in outcome.coverage if each.rule == "XDC104").crashed == 2


# --- coverage, exceptions, choice ------------------------------------------------------------------


def test_a_report_alone_is_there_once_and_compared_with_nothing(tmp_path: Path) -> None:
    path = save(tmp_path / "実績.json", report(2017))
    outcome = check(path, coverage_by_file=True)
    numbers = {each.rule: (each.evaluated, each.not_applicable) for each in outcome.coverage}
    assert numbers["XDC104"] == (1, 0)
    assert [numbers[code] for code in ("XDC101", "XDC102", "XDC103", "XDC106")] == [(0, 4)] * 4
    assert reason(outcome, "XDC101") == "同じ年度の計画が渡されていないため"
    assert outcome.verdict is Verdict.PASS
    held = {each.rule: each for each in outcome.coverage_by_file["実績.json"]}
    assert held["XDC102"].reason == "前の年度の報告が渡されていないため"


def test_standard_input_is_compared_with_others(tmp_path: Path) -> None:
    data = save(tmp_path / "実績.json", report(2017, copied(2017))).read_bytes()
    prior = save(tmp_path / "前/昨年.json", report(2016, copied(2016)))
    outcome = check(prior=(prior,), stdin=(data, "実績.json"))
    assert told(outcome) == [("XDC102", "実績.json", 1)]


def test_settings_choose_and_grade_these_rules_as_others(tmp_path: Path) -> None:
    save(tmp_path / "a.json", report(2017, copied(2017)))
    save(tmp_path / "b.json", report(2016, copied(2016)))
    assert check(tmp_path, ignore=("XDC102",)).findings == ()
    assert told(check(tmp_path, select=("XDC102",))) == [("XDC102", "a.json", 1)]
    assert {code[:3] for code, _, _ in told(check(tmp_path, select=("FIN",)))} == {"FIN"}


def test_what_is_known_is_not_called_gone_where_nothing_is_compared(tmp_path: Path) -> None:
    path = save(tmp_path / "今年/実績.json", report(2017, copied(2017)))
    prior = save(tmp_path / "前/昨年.json", report(2016, copied(2016)))
    before = check(path, prior=(prior,))
    entries = tuple(known(each) for each in before.findings)
    exceptions = Exceptions(baseline=Baseline("b.json", entries), covers_all=True)
    again = check(path, prior=(prior,), exceptions=exceptions)
    assert [each.status for each in again.findings] == ["baselined"]
    alone = check(path, exceptions=exceptions)
    assert alone.baseline is not None
    assert alone.baseline.unmatched == ()


# --- the same whatever the order -------------------------------------------------------------------


def _city(folder: Path) -> None:
    for number in range(60):
        department = f"第{number % 20}部"
        year = 2016 + number // 20
        changed = [copied(year), {"goal": f"広場を{20 - year % 10}か所以上に増やします。"}]
        save(folder / f"{number:02}.json", report(year, *changed, department=department))
    for number in range(60, 80):
        save(folder / f"{number}.json", plan(2017, department=f"第{number % 20}部"))


def test_jobs_order_and_engine_change_nothing(tmp_path: Path) -> None:
    _city(tmp_path)
    alone = check(tmp_path, jobs=1)
    assert {each.rule for each in alone.findings} == {"XDC101", "XDC102", "XDC106"}
    paths = sorted(tmp_path.iterdir())
    random.Random(1).shuffle(paths)
    assert check(*paths) == alone
    assert check(tmp_path, engine="pandera") == alone


def test_workers_change_nothing(tmp_path: Path) -> None:
    _city(tmp_path)
    for number in range(80, 110):
        save(tmp_path / f"{number}.json", report(2014, department=f"第{number}部"))
    assert check(tmp_path, jobs=2) == check(tmp_path, jobs=1)


def test_the_rules_are_put_to_text_files_through_the_options(tmp_path: Path) -> None:
    """The run itself tells whether there is anything to compare; nobody need say so."""
    assert Options(as_of=OPTIONS.as_of).compares is False
    save(tmp_path / "a.json", report(2017))
    save(tmp_path / "b.json", report(2017))
    outcome = run.check([tmp_path], options=Options(as_of=OPTIONS.as_of))
    assert "XDC104" in {each.rule for each in outcome.findings}
