"""`html`: the whole outcome on a page that is well formed, runs nothing foreign and can be read as it is."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from justhtml import Element

from jisseki_check.formatters import content
from jisseki_check.formatters.html.page import rendered
from jisseki_check.formatters.view import View
from jisseki_check.model import Finding, ItemRef, Location, Outcome, Scope, Verdict
from tests.formatters.city import CITY, DEPARTMENTS, path
from tests.formatters.outcomes import BY_HAND, outcomes
from tests.formatters.pages import attributes, elements, page, parsed, texts, told, with_rules
from tests.formatters.sample import FAILED, OVERRUN, PASSED

OUTCOMES = {**BY_HAND, "city": CITY}
_STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def _classes(element: Element) -> list[str]:
    return str(element.attrs.get("class", "")).split()


def text_of(outcome: Outcome, view: View | None = None) -> str:
    return content("html", outcome, view or View()).decode("utf-8")


# --- the page itself ----------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES)
def test_page_is_well_formed(outcome: Outcome) -> None:
    held = page(outcome, with_rules())
    ids = attributes(held, "id")
    assert len(ids) == len(set(ids))
    assert {each.removeprefix("#") for each in attributes(held, "href")} <= set(ids)
    named = attributes(held, "aria-labelledby") + attributes(held, "aria-describedby")
    assert set(named) <= set(ids)


@given(outcome=outcomes())
@settings(max_examples=40, deadline=None)
def test_no_text_breaks_out_of_its_place(outcome: Outcome) -> None:
    held = page(outcome)
    assert len(held.query("script")) == len(held.query("style")) == 1
    assert len(held.query(".f")) == len(held.query(".f .m")) == len(outcome.findings)
    for each in elements(held):
        assert not [name for name in each.attrs if name == "style" or name.startswith("on")]
        assert each.name not in {"iframe", "object", "embed", "img", "link", "base", "foreignobject", "use"}


@given(outcome=outcomes())
@settings(max_examples=40, deadline=None)
def test_nothing_is_fetched_and_nothing_steers_the_reader(outcome: Outcome) -> None:
    text = text_of(outcome)
    held = parsed(text)
    values = [str(value) for each in elements(held) for value in each.attrs.values()]
    assert {each for each in values if re.match("[a-z]+:", each, re.IGNORECASE)} <= _NAMESPACES
    assert "url(" not in re.sub(r"url\(#[a-z0-9-]+\)", "", text)
    assert "@import" not in text
    assert (
        re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]", text
        )
        is None
    )


def test_policy_names_the_hashes_of_style_and_script() -> None:
    text = text_of(CITY)
    (policy,) = (each for each in attributes(parsed(text), "content") if each.startswith("default-src"))
    style, script = (
        base64.b64encode(hashlib.sha256(found.encode()).digest()).decode()
        for name in ("style", "script")
        for found in re.findall(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
    )
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_title_of_a_page_is_text_in_its_style_sheet_too() -> None:
    title = '比較 "}</style><b>'
    text = rendered("page.html", title=title)
    assert texts(parsed(text), "h1") == [title]
    assert len(parsed(text).query("b")) == 0
    assert '@top-right { content: "比較 \\000022\\00007d\\00003c' in text


def test_same_outcome_same_bytes() -> None:
    assert content("html", CITY, with_rules()) == content("html", replace(CITY), with_rules())


def test_headings_go_down_by_one() -> None:
    levels = [
        int(each.name[1]) for each in elements(page(CITY, with_rules())) if re.fullmatch("h[1-6]", each.name)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


# --- what it says -------------------------------------------------------------------------------


def test_all_of_the_outcome_is_on_the_page() -> None:
    text = told(page(CITY, with_rules()).query_one("main"))
    for each in (*CITY.inputs, *CITY.prior):
        assert each.path in text
        assert (each.sha256 or "") in text
    for named in (
        CITY.rules_digest,
        CITY.profile,
        *CITY.skipped,
        "既知.json",
        "免除.toml:3",
        "照会中",
        "期限切れ",
    ):
        assert named in text
    assert CITY.faults[0].message in text
    assert "ファイルにパスワードが設定されています。" in text
    for coverage in CITY.coverage:
        assert coverage.rule in text
        assert (coverage.reason or "") in text


def test_what_was_not_judged_stands_right_below_the_verdict() -> None:
    summary = page(CITY).query_one("#summary")
    assert summary is not None
    assert texts(summary, ".verdict strong") == ["判定不能"]
    first, *others = texts(summary, ".unjudged li")
    assert first == "2018/会計室.xlsx ファイルにパスワードが設定されています。（1件も点検していません）"
    assert len(others) == 2


def test_that_nothing_is_said_to_be_fine_is_said_once() -> None:
    assert CITY.verdict is Verdict.INCONCLUSIVE
    assert text_of(CITY).count("「問題なし」ではありません。") == 1
    # A verdict that does not say so leaves it to what was not judged.
    assert text_of(replace(CITY, verdict=Verdict.FAIL)).count("「問題なし」ではありません。") == 1


def test_dates_are_written_in_one_way() -> None:
    text = told(page(CITY).query_one("body"))
    assert re.findall("20[0-9]{2}-[0-9]{2}-[0-9]{2}", text) == []
    assert "期限 2027年3月31日" in text


def test_every_finding_is_there_once_under_its_report_and_item() -> None:
    held = page(CITY)
    assert sorted(texts(held, ".f .m")) == sorted(each.message for each in CITY.findings)
    reports = {texts(each, "h3")[0]: each for each in held.query("details.report")}
    assert list(reports) == [f"{each} 平成30年度" for each in DEPARTMENTS[1:]]
    education = reports["教育部 平成30年度"]
    assert texts(education, "h4")[0] == "1節 1 教育部の事業その1"
    assert len(education.query(".f")) == 18


def test_departments_show_which_is_clean_and_which_is_not() -> None:
    rows = {texts(each, "th")[0]: texts(each, "td") for each in page(CITY).query("#reports tbody tr")}
    assert rows["市長公室平成30年度"][:2] == ["指摘なし", "10"]
    assert rows["教育部平成30年度"][:5] == ["不適合", "10", "6", "6", "6"]
    assert rows["会計室.xlsx"][0] == "判定不能"


def test_several_reports_of_a_department_are_told_together() -> None:
    held = page(CITY)
    assert "部ごとにまとめた" not in told(held.query_one("#reports"))
    earlier = tuple(
        replace(each, prior=False)
        for each in CITY.reports
        if each.prior and each.department in ("総務部", "水道局")
    )
    both = page(replace(CITY, reports=(*CITY.reports, *earlier)))
    together, _ = both.query("#reports table")
    assert [len(each.query("table")) for each in both.query("#reports details:not([open])")] == [1]
    wanted = {told(each): each.attrs["value"] for each in elements(both) if each.name == "option"}
    found = {each.attrs["id"]: texts(each, "h3")[0] for each in elements(both) if "report" in _classes(each)}
    assert [found[each] for each in str(wanted["水道局"]).split()] == ["水道局 平成30年度"]
    assert "市長公室" not in wanted  # nothing is found there
    rows = {texts(each, "th")[0]: texts(each, "td") for each in together.query("tbody tr")}
    # 状態, reports, those without findings, items, then findings by level and those that do not count.
    assert rows["総務部"][:8] == ["判定不能", "2", "1", "20", "0", "0", "0", "2"]
    assert rows["水道局"][:7] == ["不適合", "2", "1", "20", "6", "5", "5"]
    assert rows["市長公室"][:4] == ["指摘なし", "1", "1", "10"]
    assert rows["会計室.xlsx"][:4] == ["判定不能", "0", "0", "0"]


def test_what_many_findings_share_stands_with_their_rule() -> None:
    (first,) = (each for each in CITY.findings[:1])
    many = tuple(
        replace(first, message=f"指摘その{at}", location=Location(path("総務部"), at)) for at in range(1, 501)
    )
    own = replace(many[0], message="別の直し方の指摘です", fix="この箇所だけの直し方です。")
    held = page(replace(CITY, findings=(*many, own)), with_rules())
    told_fixes = [each for each in texts(held, ".f dd") if each in (first.fix, own.fix)]
    assert told_fixes == [own.fix]
    rule = held.query_one(f"#{first.rule}")
    assert rule is not None
    assert dict(zip(texts(rule, "dt"), texts(rule, "dd"), strict=True))["直し方"] == first.fix
    assert "同じ文の直し方は" in told(held.query_one("#findings"))
    few = page(replace(CITY, findings=many[:499]))
    assert texts(few, ".f dd").count(first.fix) == 499
    assert "同じ文の直し方は" not in told(few.query_one("#findings"))


def test_a_report_with_rows_that_crashed_is_not_clean() -> None:
    crashed = replace(CITY.coverage[2], evaluated=9, crashed=1)
    outcome = replace(CITY, coverage_by_file={path("市長公室"): (crashed,)})
    rows = {texts(each, "th")[0]: texts(each, "td") for each in page(outcome).query("#reports tbody tr")}
    assert rows["市長公室平成30年度"][0] == "判定不能"


def test_finding_says_what_a_reader_needs() -> None:
    outcome = replace(CITY, findings=(replace(OVERRUN, expected="490千円以下", explanation="確認中です"),))
    (item,) = page(outcome).query(".f")
    assert texts(item, "b") == ["誤り"]
    assert texts(item, "mark") == ["4,620千円"]
    pairs = dict(zip(texts(item, "dt"), texts(item, "dd"), strict=True))
    assert pairs == {
        "場所": "62行目 1文字目",
        "原文": "「平成30年度決算額：4,620千円」",
        "期待値": "490千円以下（差 4,130千円）",
        "直し方": OVERRUN.fix,
        "理由": "確認中です",
        "関連する場所": "58行目 1文字目",
    }


def test_related_place_of_another_file_names_it() -> None:
    (first, *_) = page(CITY).query(".f")
    pairs = dict(zip(texts(first, "dt"), texts(first, "dd"), strict=True))
    assert pairs["関連する場所"] == "2017/総務部.txt 5行目、9行目"
    assert "承認 財政課長" in pairs["免除の理由"]


def test_places_of_every_format_are_told() -> None:
    held = page(BY_HAND["places"]).query(".f")
    places = [dict(zip(texts(each, "dt"), texts(each, "dd"), strict=True)).get("場所") for each in held]
    assert places == [
        None,
        "シート「一覧」AB12",
        "I5",
        "12段落目",
        "表1・3行目・2列目",
        "表12・1行目・2列目",
        "27行目 17文字目",
        "2ページ 13行目",
    ]


def test_narrowed_run_says_so_at_the_top() -> None:
    outcome = replace(FAILED, scope=Scope("main", 1, 12))
    assert "変わっていない11ファイルは点検していません" in told(page(outcome).query_one("#summary"))


def test_empty_list_of_findings_says_what_that_means() -> None:
    assert "点検した範囲に指摘はありません。" in told(page(PASSED).query_one("#findings"))
    inconclusive = replace(PASSED, verdict=Verdict.INCONCLUSIVE, inputs=())
    assert "点検できなかったところがあります" in told(page(inconclusive).query_one("#findings"))


def test_rules_are_told_with_their_basis() -> None:
    held = page(CITY, with_rules())
    rule = held.query_one("#FIN105")
    assert rule is not None
    pairs = dict(zip(texts(rule, "dt"), texts(rule, "dd"), strict=True))
    assert pairs["根拠"].startswith("監査委員の審査で問われること")
    assert pairs["基準の値（標準）"] == "執行率が50％に満たないもの"


def test_finding_of_no_report_is_not_lost() -> None:
    stray = Finding(
        "WVR101",
        "x",
        OVERRUN.severity,
        "免除の期限が切れています",
        "更新してください。",
        Location("免除.toml", 3),
    )
    other = replace(stray, message="別の部の指摘です", department="文化部", item=ItemRef(1, None, None, None))
    held = page(replace(CITY, findings=(stray, other)))
    assert texts(held, "details.report h3") == ["免除.toml", "文化部"]
    assert texts(held, ".f .m") == [stray.message, other.message]
