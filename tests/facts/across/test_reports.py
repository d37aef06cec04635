"""Which reports belong together, where they do not name their city."""

from __future__ import annotations

from typing import Any

from jisseki_check.facts.across.digests import ItemDigest, ReportDigest
from jisseki_check.facts.across.reports import Run


def _report(path: str, titles: str = "甲乙丙丁", **fields: Any) -> ReportDigest:
    items = tuple(
        ItemDigest(
            index=number, kind="priority", section=1, number=str(number), plan_number=None, title=title,
            plan=(), result=None, opening="", length=0, figures=0, whole=hash((path, number)),
        )
        for number, title in enumerate(titles, start=1)
    )  # fmt: skip
    usual: dict[str, Any] = {
        "municipality": None, "department": "総務部", "name": "総務部", "fiscal_year": 2017,
        "kind": "results", "is_prior": False, "is_cut": False,
    }  # fmt: skip
    return ReportDigest(path=path, items=items, **(usual | fields))


def _twins(*reports: ReportDigest) -> dict[str, str]:
    run = Run(reports)
    return {run.reports[one].path: run.reports[other].path for one, other in run.twins.items()}


def test_half_of_the_titles_show_that_two_are_one() -> None:
    assert _twins(_report("a/1"), _report("b/1", "甲乙戊己")) == {"b/1": "a/1"}
    assert _twins(_report("a/1"), _report("b/1", "甲戊己庚")) == {}
    assert _twins(_report("a/1"), _report("b/1", "甲乙")) == {"b/1": "a/1"}
    assert _twins(_report("a/1"), _report("b/1", "甲")) == {}


def test_one_folder_or_one_named_city_shows_it_too() -> None:
    assert _twins(_report("a/1"), _report("a/2", "戊己")) == {"a/2": "a/1"}
    known = {"municipality": "みずき市"}
    assert _twins(_report("a/1", **known), _report("b/1", "戊己", **known)) == {"b/1": "a/1"}
    assert _twins(_report("a/1", **known), _report("a/2", municipality="あおば野市")) == {}


def test_a_report_of_an_unknown_city_does_not_join_two_cities() -> None:
    unknown = _report("a/1")
    mizuki, aobano = (_report(f"a/{n}", municipality=n) for n in ("みずき市", "あおば野市"))
    assert len(_twins(unknown, mizuki, aobano)) == 1


def test_other_years_kinds_and_departments_are_no_twins() -> None:
    others: list[dict[str, Any]] = [
        {"fiscal_year": 2016},
        {"kind": "plan"},
        {"department": "市民部"},
        {"is_prior": True},
    ]
    for fields in others:
        assert _twins(_report("a/1"), _report("a/2", **fields)) == {}


def test_a_common_title_does_not_make_many_cities_one() -> None:
    reports = [_report(f"{n:04}/報告", ["共通", *(f"{n}{sign}" for sign in "甲乙丙")]) for n in range(300)]  # type: ignore[arg-type]
    assert _twins(*reports) == {}
    assert len(_twins(*reports, _report("9999/報告", "甲"), _report("9998/報告", "甲"))) == 1


def _last(run: Run, path: str) -> list[str]:
    number = next(n for n, report in enumerate(run.reports) if report.path == path)
    only = run.only_one(number, 2016, "results")
    found = run.counterparts(number, 2016, "results") or ([] if only is None else [only])
    return [run.reports[each].path for each in found]


def test_the_likeliest_counterpart_comes_first() -> None:
    prior: dict[str, Any] = {"fiscal_year": 2016, "is_prior": True}
    run = Run([_report("a/1"), _report("p/1", "甲戊", **prior), _report("p/2", "甲乙丙", **prior)])
    assert _last(run, "a/1") == ["p/2", "p/1"]


def test_the_only_one_is_taken_where_one_city_is_all_that_is_known() -> None:
    prior: dict[str, Any] = {"fiscal_year": 2016, "is_prior": True}
    only = _report("p/1", "戊己", **prior)
    assert _last(Run([_report("a/1"), only]), "a/1") == ["p/1"]
    assert _last(Run([_report("a/1"), only, _report("p/2", "庚", **prior)]), "a/1") == []
    cities = [_report(f"c/{name}", municipality=name, department="市民部") for name in ("甲市", "乙市")]
    assert _last(Run([_report("a/1"), only, *cities]), "a/1") == []


def _neighbours(*reports: ReportDigest) -> list[list[str]]:
    run = Run(reports)
    return [[run.reports[each].path for each in members] for members in run.neighbourhoods()]


def test_departments_of_one_city_are_compared() -> None:
    here = _report("総務/1"), _report("市民/1", department="市民部")
    assert _neighbours(*here) == [["市民/1", "総務/1"]]
    again = _report("他/1", "戊己庚辛"), _report("他/2", "戊己庚辛", department="市民部")
    assert sorted(map(sorted, _neighbours(*here, *again))) == [
        ["他/1", "他/2"],
        ["市民/1"],
        ["総務/1"],
    ]
    named = [_report(f"{n}/{d}", municipality=n, department=d) for n in ("甲市", "乙市") for d in "東西"]
    assert sorted(map(sorted, _neighbours(*named))) == [
        ["乙市/東", "乙市/西"],
        ["甲市/東", "甲市/西"],
    ]
