"""The questions that README.md asks of the tables, run by DuckDB over the generated city.

What they must answer is added up here from the reports themselves, without the tables.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from jisseki_check.catalogue import load
from jisseki_check.cli.app import main
from jisseki_check.engine.convert import load_report
from jisseki_check.forms import Chooser
from jisseki_check.model import Item, Report, Severity

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^```sql run\n(.*?)^```$", README, re.M | re.S)
_YEN = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000}
_TYPES = {"BIGINT", "VARCHAR", "DATE", "BOOLEAN", "DOUBLE"}

Row = tuple[object, ...]


@pytest.fixture(scope="module")
def desk(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the city's tables, and what was found in its reports."""
    folder, reports = tmp_path_factory.mktemp("desk"), str(city / "reports")
    assert main(["facts", reports, "-o", str(folder / "tables")]) == 0
    # Without the rules of words, whose dictionary takes longer than all the rest.
    found = f"jsonl={folder / 'findings.jsonl'}"
    assert main(["check", reports, "--ignore", "PVR,STY", "--fail-on", "never", "-q", "-o", found]) == 0
    return folder


@pytest.fixture(scope="module")
def in_doubt(city: Path, by_path: dict[str, Report]) -> set[tuple[str, int]]:
    """The files and items in which an amount was planted that is surely wrong, and those of a report that was
    handed in twice."""
    errors = {rule.id for rule in load().rules if rule.level is Severity.ERROR and rule.id.startswith("FIN")}
    truth = json.loads((city / "truth.json").read_text(encoding="utf-8"))
    wrong = {(each["path"], each["item"]) for each in truth if each["rule"] in errors and each["item"]}
    twice = {each["path"] for each in truth if each["rule"] == "XDC104"}
    return wrong | {(path, item.index) for path in twice for item in by_path[path].items}


@pytest.fixture(scope="module")
def by_path(city: Path) -> dict[str, Report]:
    """The reports, by their files as truth.json names them."""
    chooser = Chooser()
    files = sorted(path for path in (city / "reports").rglob("*") if path.is_file())
    return {path.relative_to(city).as_posix(): load_report(path, chooser)[0].report for path in files}


@pytest.fixture(scope="module")
def reports(by_path: dict[str, Report]) -> list[Report]:
    return list(by_path.values())


def asked(desk: Path, number: int) -> list[Row]:
    """What the README's question is answered, asked after those before it."""
    with contextlib.chdir(desk), duckdb.connect() as connection:
        connection.sql(QUESTIONS[0])
        return connection.sql(QUESTIONS[number]).fetchall()


def held(reports: list[Report]) -> Iterator[tuple[Report, Item, int, int]]:
    """The items that have a budget and a settlement, both in yen."""
    for report in reports:
        for item in report.items:
            yen = {
                amount.stage: amount.value * _YEN[amount.unit]
                for amount in item.amounts
                if amount.value is not None and amount.unit
            }
            if "initial_budget" in yen and "settlement" in yen:
                yield report, item, yen["initial_budget"], yen["settlement"]


def percent(settlement: int, budget: int) -> float:
    return round(float(Fraction(100 * settlement, budget)), 1)


def test_the_readme_asks_three_questions_of_what_it_set_apart() -> None:
    assert len(QUESTIONS) == 4
    assert QUESTIONS[0].startswith("CREATE OR REPLACE VIEW")


def test_rate_of_execution_by_department(
    desk: Path, by_path: dict[str, Report], in_doubt: set[tuple[str, int]]
) -> None:
    """Without the items whose amounts are surely wrong, one of which would be most of its department's, and
    without the copies of reports."""
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    left_out = 0
    for path, report in by_path.items():
        for _, item, budget, settlement in held([report]):
            if (path, item.index) in in_doubt:
                left_out += 1
                continue
            assert report.department
            sums[report.department][0] += budget
            sums[report.department][1] += settlement
    rows = asked(desk, 1)
    assert {row[0]: row[1:] for row in rows} == {
        department: (budget, settlement, pytest.approx(percent(settlement, budget)))
        for department, (budget, settlement) in sums.items()
    }
    assert left_out >= 10
    assert len(rows) == 12
    rates = [float(str(row[3])) for row in rows]
    assert rates == sorted(rates)
    assert max(rates) <= 100


def test_top_marks_with_less_than_half_spent(
    desk: Path, by_path: dict[str, Report], in_doubt: set[tuple[str, int]]
) -> None:
    wanted = {
        (report.department, report.fiscal_year, item.title, percent(settlement, budget))
        for path, report in by_path.items()
        for _, item, budget, settlement in held([report])
        if item.mark == "◎" and 2 * settlement < budget and (path, item.index) not in in_doubt
    }
    rows = asked(desk, 2)
    assert set(rows) == wanted
    assert rows
    assert all(float(str(row[3])) >= 0 for row in rows)


def test_goals_that_are_repeated_word_for_word(desk: Path, reports: list[Report]) -> None:
    told: defaultdict[str, set[tuple[str | None, int | None]]] = defaultdict(set)
    for report in reports:
        for item in report.items:
            if report.kind == "results" and item.goal:
                told[item.goal].add((report.department, report.fiscal_year))
    wanted = set()
    for goal, places in told.items():
        departments, years = {place[0] for place in places}, {place[1] for place in places}
        if len(departments) > 1 or len(years) > 1:
            wanted.add((goal, frozenset(departments), len(years)))
    rows = asked(desk, 3)
    assert {(goal, frozenset(str(names).split("、")), years) for goal, names, years in rows} == wanted
    assert max(len(departments) for _, departments, _ in wanted) == 2


def test_every_column_has_a_type_of_sql(desk: Path) -> None:
    tables = sorted((desk / "tables").glob("*.parquet"))
    assert tables
    with duckdb.connect() as connection:
        for table in tables:
            described = connection.sql(f"DESCRIBE SELECT * FROM '{table}'").fetchall()
            assert {kind for _, kind, *_ in described} <= _TYPES, table.name
            types = {name: kind for name, kind, *_ in described}
            assert types["report"] == types["item"] == "BIGINT"
            if table.name == "dates.parquet":
                assert types["first"] == types["year_end"] == "DATE"
            if table.name == "items.parquet":
                assert types["budget_yen"] == types["settlement_yen"] == "BIGINT"
                assert types["title"] == types["goal"] == types["mark"] == "VARCHAR"
