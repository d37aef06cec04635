"""What a report's title tells: its year, its town, its department and its kind."""

from __future__ import annotations

import time

import pytest

from jisseki_check import forms, profiles, readers
from jisseki_check.forms.labels import compile_labels
from jisseki_check.model import Report
from jisseki_check.notation.titles import parted
from jisseki_check.writers.text import to_text
from tests.example_files import EXAMPLES
from tests.facts.reports import tables

BODY = (EXAMPLES / "forms" / "h30-plan.txt").read_text(encoding="utf-8").split("\n", 1)[1]
RESULTS = (
    "\n\n1. 重点施策・事業\n\n(1) 見守り\n目標\t見守ります。\n取り組み\t回ります。\n実績\t回りました。\n"
)
RESULTS += "取り組みに対する達成状況\t【 ◎ 】\n"


def read(text: str, name: str = "報告.txt") -> Report:
    source = readers.read_bytes(text.encode(), name)
    return forms.read(source, forms.Chooser().choose(source).profile).report


@pytest.mark.parametrize(
    "rest",
    [
        "総務部の取り組み実績",
        "総務部の取り組み実績（確定版）",
        "総務部の取り組み実績（最終）",
        "総務部の取り組み実績［平成30年5月改訂］",
        "総務部の取り組み実績について",
        "総務部の取り組み実績について（確定版）",
        "総務部取り組み実績報告書",
        "総務部の取り組み実績報告",
        "総務部の取り組み実績の報告について",
        "総務部における取り組み実績",
        "総務部に係る取組実績",
        "総務部の実績",
        "総務部の実績について",
        "総務部（旧：総務局）の取り組み実績",
        "総務部（旧総務局）における取り組み実績報告書（第2版）",
        "上半期 総務部の取り組み実績",
        "（上半期）総務部の取り組み実績",
        "第1四半期　総務部の取り組み実績",
        "総務部の取り組み実績（案）",
        "総務部の取り組み実績（確定版）（案）",
    ],
)
@pytest.mark.parametrize("town", [None, "みずき市", "みずき市 "])
def test_title_tells_its_department(rest: str, town: str | None) -> None:
    rest = rest.replace("総務部", f"{town or ''}総務部", 1)
    report = read(f"平成29年度{rest}{RESULTS}")
    assert (report.department, report.municipality) == ("総務部", town and town.strip())
    assert (report.kind, report.fiscal_year) == ("results", 2017)
    (row,) = tables(report)["reports"].to_dicts()
    assert (row["title_department"], row["title_year"]) == ("総務部", 2017)
    assert row["title_kind"] in {"取り組み実績", "取組実績", "実績"}


@pytest.mark.parametrize(
    "title",
    [
        "総務部 平成29年度取り組み実績",
        "総務部　平成 29 年度　取組実績",
        "総務部・平成29年度取り組み実績について",
        "総務部【平成29年度】取り組み実績",
        "総務部 平成29年度（2017年度）取り組み実績報告書",
        "平 成 29 年 度　総務部の取り組み実績",
        "平 成 ２ ９ 年 度 総 務 部 の 取 り 組 み 実 績",
        "平成二十九年度　総務部の取り組み実績",
        "平成29年度（総務部）取り組み実績",
        "平成29年度取り組み実績（総務部）",
        "平成29年度取り組み実績　総務部",
        "取り組み実績　平成29年度　総務部",
        "総務部の取り組み実績（平成29年度）",
        "総務部取り組み実績　平成29年度（案）",
    ],
)
def test_department_and_year_may_stand_in_any_order(title: str) -> None:
    for town in ("", "みずき市"):
        report = read(f"{title.replace('総務部', f'{town}総務部')}{RESULTS}")
        assert report.department == "総務部"
        assert (report.municipality or "") in ({town} if "総務部" in title else {""})
        assert (report.kind, report.fiscal_year) == ("results", 2017)
        (row,) = tables(report)["reports"].to_dicts()
        assert (row["title_year"], row["title_department"]) == (2017, "総務部")


@pytest.mark.parametrize(
    "title",
    ["総務部　平成30年度　運営方針", "平成30年度運営方針（総務部）", "運 営 方 針　平 成 30 年 度　総 務 部"],
)
def test_plan_is_known_in_any_order(title: str) -> None:
    report = read(f"{title}\n{BODY}")
    assert (report.kind, report.department, report.fiscal_year) == ("plan", "総務部", 2018)


def test_town_may_stand_before_the_year() -> None:
    report = read(f"みずき市　平成29年度　総務部の取り組み実績{RESULTS}")
    assert (report.department, report.municipality, report.fiscal_year) == ("総務部", "みずき市", 2017)


def test_title_without_a_department_has_none() -> None:
    for ending in ("", "（確定版）", "について", "報告書"):
        report = read(f"平成29年度の取り組み実績{ending}{RESULTS}")
        assert report.department is None
        assert tables(report)["reports"]["title_department"].to_list() == [None]


def test_town_alone_stays_as_it_stands() -> None:
    report = read(f"平成29年度みずき市の取り組み実績{RESULTS}")
    assert (report.department, report.municipality) == ("みずき市", None)


def test_town_of_a_named_profile_is_not_replaced() -> None:
    source = readers.read_bytes(f"平成29年度みずき市総務部の取り組み実績{RESULTS}".encode(), "報告.txt")
    report = forms.read(source, profiles.load("hirakata")).report
    assert (report.department, report.municipality) == ("総務部", "枚方市")


@pytest.mark.parametrize("ending", ["", "（改訂版）", "について", "（案）", "（平成30年9月改訂）"])
def test_plan_is_known_whatever_stands_behind_its_kind(ending: str) -> None:
    source = readers.read_bytes(
        f"総務部の運営方針{ending}\n(1) 見守り\n目標\t見守る。\n".encode(), "計画.txt"
    )
    assert forms.Chooser().choose(source).profile.name == "hirakata-h30-plan"
    report = read(f"平成 30 年度\t総務部の運営方針{ending}\n{BODY}")
    assert (report.kind, report.department) == ("plan", "総務部")


@pytest.mark.parametrize(
    ("title", "department"),
    [
        ("平成29年度みずき市総務部取り組み実績一覧表", "総務部"),
        ("平成29年度みずき市総務部の取り組み実績（確定版）", "総務部"),
        ("みずき市 平成29年度総務部の取り組み実績一覧", "総務部"),
    ],
)
def test_title_of_a_list(title: str, department: str) -> None:
    lines = f"{title},,,,,\n番号,項目名,目標,取り組み,実績,達成状況\n1,あ,い,う,え,◎\n"
    report = read(lines, "一覧.csv")
    assert (report.department, report.municipality) == (department, "みずき市")


def test_department_in_a_cell_is_read_alike() -> None:
    head = "番号,項目名,目標,取り組み,実績,達成状況\n1,あ,い,う,え,◎\n"
    report = read(f"平成29年度取り組み実績,,,,,\n部名：みずき市総務部,,,,,\n{head}", "一覧.csv")
    assert (report.department, report.municipality) == ("総務部", "みずき市")


def test_report_with_its_town_in_the_title_comes_back_as_it_was() -> None:
    profile = forms.Chooser().choose(readers.read_bytes(RESULTS.encode(), "報告.txt")).profile
    for title in (
        "平成29年度みずき市総務部の取り組み実績",
        "みずき市 平成29年度総務部の取り組み実績（確定版）",
    ):
        report = read(f"{title}{RESULTS}")
        written = to_text(report, profile)
        assert "市町村名" not in written
        again = read(written)
        assert (again.municipality, again.department, again.title) == ("みずき市", "総務部", title)


@pytest.mark.parametrize(
    "line",
    [
        "取り組み実績（確定版）", "取り組み実績について", "見守りの取り組み実績について", "平成28年度の実績",
        "実績", "総務部の実績", "見守りの実績", "平成29年度の見守りの実績", "平成29年度、総務部の実績",
        "取り組み実績 平成28年度から", "市役所 取り組み実績(平成29年度、予定)",
        "平成29年度取り組み実績 みずき市",
        "平成29年度図書館の実績", "取り組み実績（件）", "平成29年度総務部の取り組み実績（3件）",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["hirakata", "hirakata-h28", "hirakata-h30-plan"])
def test_what_only_ends_like_a_title_is_none(line: str, name: str) -> None:
    assert compile_labels(profiles.load(name)).title_of(line.replace("（", "(").replace("）", ")")) is None


@pytest.mark.parametrize(
    "name",
    [
        "市民部", "市民生活部", "市長公室", "市立病院", "市街地整備部",
        "市議会事務局", "都市整備部", "新都市整備局", "国際都市部", "都市農村交流課",
        "まちづくり部", "いきいき市民部", "みずき市立病院", "みずき市民病院", "みずき市長公室",
        "みずき市", "中央卸売市場", "中核市推進室", "中心市街地整備室", "市町村振興課",
        "関係市町村課", "町村合併推進室", "土地区画整理課", "地区振興部", "区民部",
        "北区民部", "北区役所総務部", "町民課", "本町支所", "城下町推進課",
        "自治会町内会支援課", "村おこし課", "農村整備部", "山村振興課", "後期高齢者医療課",
        "教育委員会事務局（学校教育部）", "○○部",
    ],
)  # fmt: skip
def test_name_of_a_department_stays_whole(name: str) -> None:
    assert parted(name) == (None, name)
    if name[0] not in "み○区市町村北本":
        assert parted(f"みずき市{name}") == ("みずき市", name)


@pytest.mark.parametrize(
    ("name", "town", "department"),
    [
        ("みずき市市民部", "みずき市", "市民部"),
        ("みずき市市長公室", "みずき市", "市長公室"),
        ("みずき市民生部", "みずき市", "民生部"),
        ("みずき市長寿福祉部", "みずき市", "長寿福祉部"),
        ("みずき市議会事務局", "みずき市", "議会事務局"),
        ("みずき市役所総務部", "みずき市", "総務部"),
        ("みずき市北区役所", "みずき市", "北区役所"),
        ("あおば野市　総 務 部", "あおば野市", "総務部"),
        ("大阪府みずき市総務部", "みずき市", "総務部"),
        ("四日市市総務部", "四日市市", "総務部"),
        ("四日市市市民部", "四日市市", "市民部"),
        ("廿日市市環境部", "廿日市市", "環境部"),
        ("京都市都市計画局", "京都市", "都市計画局"),
        ("西都市総務課", "西都市", "総務課"),
        ("町田市総務部", "町田市", "総務部"),
        ("東村山市総務部", "東村山市", "総務部"),
        ("市川三郷町総務課", "市川三郷町", "総務課"),
        ("上市町総務課", "上市町", "総務課"),
        ("北区区民部", "北区", "区民部"),
        ("みずき市教育委員会（旧教育庁）", "みずき市", "教育委員会"),
    ],
)
def test_town_before_a_department_is_cut_off(name: str, town: str, department: str) -> None:
    assert parted(name) == (town, department)


@pytest.mark.parametrize("label", ["具体的な取り組み", "重点的な取り組み", "具体的な取組", "重点的な取組み"])
def test_plan_of_h30_has_the_labels_of_later_forms(label: str) -> None:
    text = f"平成 30 年度\t総務部の運営方針\n{BODY}"
    at = text.index("取り組み\t")
    other = text[:at] + f"{label}:" + text[at + len("取り組み\t") :]
    assert [(it.goal, it.initiative) for it in read(other).items] == [
        (it.goal, it.initiative) for it in read(text).items
    ]
    everywhere = text.replace("\n取り組み\t", f"\n{label}:")
    source = readers.read_bytes(everywhere.encode(), "計画.txt")
    assert forms.Chooser().choose(source).profile.name == "hirakata-h30-plan"
    assert [it.initiative for it in read(everywhere).items] == [it.initiative for it in read(text).items]


@pytest.mark.parametrize(
    "line",
    [
        "平成29年度" + "あ市" * 95,
        "あ" * 190 + "実績(",
        "平成29年度" + "の部" * 90 + "実績",
        "市" * 195 + "実績",
    ],
)
def test_hostile_title_costs_little(line: str) -> None:
    labels = compile_labels(profiles.load("hirakata"))
    started = time.perf_counter()
    for _ in range(20):
        labels.title_of(line)
        parted(line)
    assert time.perf_counter() - started < 1
