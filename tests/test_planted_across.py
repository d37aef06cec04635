"""A city whose plans, results and years agree gives no finding across reports; one planted fault gives
exactly its own."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jisseki_check import catalogue
from jisseki_check.engine.expected import Expected, ExpectedReport, parse
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Item, Report
from jisseki_check.notation.fiscal import label
from jisseki_check.writers.text import to_text
from tests.cities import check, told
from tests.edits import profile
from tests.planters import with_item
from tests.strategies import reports

_SETTINGS = settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow])
_ROUTINE = "年度の初めに手順を確かめ、二つの小学校で12回の点検を行って、傷んだ備品を新しいものに替えました。"


@dataclass(frozen=True)
class City:
    """One department's results, their plan and last year's results; and what is expected."""

    results: Report
    plan: Report
    last: Report
    more: tuple[tuple[str, Report], ...] = ()
    expected: Expected | None = None


Found = tuple[str, str, int | None]
Planter = Callable[[City, Item], tuple[City, Found]]
PLANTERS: dict[str, Planter] = {}


def _planter(code: str) -> Callable[[Planter], Planter]:
    def hold(plant: Planter) -> Planter:
        PLANTERS[code] = plant
        return plant

    return hold


def _city(results: Report) -> City:
    """The same items in all three, each with a result of its own in every year."""
    year = results.fiscal_year or 0
    items = [
        replace(each, result=f"{each.result}\n{each.index}番目の窓口で行いました。") for each in results.items
    ]
    results = replace(results, items=tuple(items))
    planned = (
        replace(
            each,
            result=None,
            mark=None,
            amounts=tuple(amount for amount in each.amounts if amount.stage != "settlement"),
        )
        for each in items
    )
    before = (replace(each, result=f"{each.index}か所で試しました。", amounts=()) for each in items)
    return City(
        results,
        replace(results, kind="plan", title=f"{label(year)}の運営方針", items=tuple(planned)),
        replace(
            results,
            fiscal_year=year - 1,
            fiscal_year_label=label(year - 1),
            title=f"{label(year - 1)}{results.department}の取り組み実績",
            items=tuple(before),
        ),
    )


def _found(city: City) -> list[Found]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part, held in (("plan", city.plan), ("last", city.last)):
            (folder / part).mkdir()
            (folder / part / f"{part}.json").write_text(_json(held), encoding="utf-8")
        (folder / "now").mkdir()
        (folder / "now" / "results.txt").write_text(to_text(city.results, profile()), encoding="utf-8")
        for stem, held in city.more:
            (folder / "now" / f"{stem}.json").write_text(_json(held), encoding="utf-8")
        prior = folder / "plan", folder / "last"
        return told(check(folder / "now", prior=prior, expected=city.expected))


def _json(report: Report) -> str:
    return json.dumps(to_json(report), ensure_ascii=False)


def _there(item: Item, **changes: object) -> Callable[[Report], Report]:
    return lambda report: with_item(report, item.index, **changes)


@_planter("XDC101")
def _rewritten(city: City, item: Item) -> tuple[City, Found]:
    changed = _there(item, initiative="北小学校と南小学校に備蓄倉庫を設置します。")
    return replace(city, plan=changed(city.plan)), ("XDC101", "results.txt", item.index)


@_planter("XDC102")
def _copied(city: City, item: Item) -> tuple[City, Found]:
    changed = _there(item, result=_ROUTINE)
    city = replace(city, results=changed(city.results), last=changed(city.last))
    return city, ("XDC102", "results.txt", item.index)


@_planter("XDC103")
def _other_figures(city: City, item: Item) -> tuple[City, Found]:
    title = "防災備蓄倉庫の合同整備事業"
    here = with_item(city.results, item.index, title=title, result="備蓄倉庫に毛布300枚を備えました。")
    there = with_item(here, item.index, result="備蓄倉庫に毛布450枚を備えました。")
    alone = replace(there.items[item.index - 1], index=1)
    more = ("other", replace(city.results, department="水道局", items=(alone,)))
    planned = _there(item, title=title)
    city = replace(city, results=here, plan=planned(city.plan), last=planned(city.last), more=(more,))
    return city, ("XDC103", "results.txt", item.index)


@_planter("XDC104")
def _twice(city: City, item: Item) -> tuple[City, Found]:
    again = with_item(city.results, item.index, mark="○")
    return replace(city, more=(("results-2", again),)), ("XDC104", "results-2.json", None)


@_planter("XDC105")
def _missing(city: City, item: Item) -> tuple[City, Found]:
    listed = parse(f"{city.results.department}\n水道局\n", "一覧.txt")
    assert listed.reports[1] == ExpectedReport(2, "水道局", None, "results")
    return replace(city, expected=listed), ("XDC105", "一覧.txt", None)


@_planter("XDC106")
def _lowered(city: City, item: Item) -> tuple[City, Found]:
    changed = _there(item, goal="備蓄の講座を4回以上開きます。")
    last = _there(item, goal="備蓄の講座を6回以上開きます。")
    city = replace(city, results=changed(city.results), plan=changed(city.plan), last=last(city.last))
    return city, ("XDC106", "results.txt", item.index)


def test_every_rule_has_its_planter() -> None:
    assert set(PLANTERS) == {rule.id for rule in catalogue.load().rules if rule.id.startswith("XDC")}


@_SETTINGS
@given(reports(least=2))
def test_a_city_that_agrees_gives_no_finding(report: Report) -> None:
    assert _found(_city(report)) == []


@pytest.mark.parametrize("code", sorted(PLANTERS))
@_SETTINGS
@given(report=reports(least=2), data=st.data())
def test_a_planted_fault_gives_exactly_its_finding(code: str, report: Report, data: st.DataObject) -> None:
    city = _city(report)
    item = data.draw(st.sampled_from([each for each in city.results.items if each.kind == "priority"]))
    faulty, found = PLANTERS[code](city, item)
    assert _found(faulty) == [found]
