"""Reports in, frames out: the same as the command finds, and the facts that it judges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from jisseki_check.batch import Checked, Options, UsageError, check_paths
from jisseki_check.engine import run
from jisseki_check.facts.contracts import OF_ONE_REPORT
from jisseki_check.formatters import contract
from tests.cities import AS_OF, report, save
from tests.example_files import EXAMPLES

OPTIONS = Options(as_of=AS_OF)


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check_paths([EXAMPLES / "faulty", str(EXAMPLES / "clean")], OPTIONS)


def test_same_is_found_as_by_the_command(checked: Checked) -> None:
    plain = run.check([EXAMPLES / "faulty", EXAMPLES / "clean"], options=OPTIONS)
    assert contract.whole(checked.outcome) == contract.whole(plain)
    assert checked.findings.get_column("fingerprint").to_list() == [
        each.fingerprint for each in plain.findings
    ]
    assert checked.inputs.get_column("path").to_list() == [each.path for each in plain.inputs]
    assert checked.items.height == sum(len(each.items) for each in plain.reports)


def test_facts_name_their_files(checked: Checked) -> None:
    assert set(checked.facts) == set(OF_ONE_REPORT)
    items = checked.facts["items"]
    assert set(items.get_column("path")) == set(checked.reports.get_column("path"))
    # A report has one number in all tables.
    numbers = pl.concat(frame.select("path", "report") for frame in checked.facts.values()).unique()
    assert numbers.get_column("path").n_unique() == numbers.get_column("report").n_unique() == numbers.height


def test_facts_go_with_findings(checked: Checked) -> None:
    overspent = checked.facts["items"].filter(pl.col("settlement_yen") > pl.col("budget_yen"))
    found = checked.findings.filter(pl.col("rule").is_in(["FIN101", "FIN109"]))
    keys = overspent.select("path", pl.col("item").alias("item_index"))
    assert found.join(keys, on=["path", "item_index"], how="semi").height > 0


def test_facts_do_not_depend_on_the_choice_of_rules(checked: Checked) -> None:
    few = check_paths([EXAMPLES / "faulty", EXAMPLES / "clean"], replace(OPTIONS, select=("FIN101",)))
    assert few.facts["fields"].drop("report").equals(checked.facts["fields"].drop("report"))


def test_reports_without_items_of_a_kind_give_empty_tables(tmp_path: Path) -> None:
    save(tmp_path / "a.json", report(2017))
    checked = check_paths([tmp_path], OPTIONS)
    assert checked.facts["lists"].columns[:2] == ["path", "report"]
    assert checked.facts["lists"].is_empty()


def test_more_workers_are_not_asked(checked: Checked) -> None:
    again = check_paths([EXAMPLES / "faulty", EXAMPLES / "clean"], replace(OPTIONS, jobs=4))
    assert again.findings.equals(checked.findings)


def test_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check_paths([tmp_path / "none"], OPTIONS)
