"""`reports`: whose report it is, for those who ask the tables."""

from __future__ import annotations

from tests.facts.reports import item, report, rows, tables


def test_city_department_and_kind_stand_as_the_report_says() -> None:
    (row,) = rows("reports", item())
    assert (row["municipality"], row["department"], row["kind"]) == ("みずき市", "福祉部", "results")


def test_what_a_report_does_not_say_is_null() -> None:
    frame = tables(report(item(), municipality=None, department=None, kind="plan"))["reports"]
    assert frame.select("municipality", "department", "kind").row(0) == (None, None, "plan")
