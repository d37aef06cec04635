"""Words with numbers in them, identities that survive edits, and order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jisseki_check.engine import run
from jisseki_check.engine.conditions import FORMATS, Template
from jisseki_check.engine.findings import explained, finish
from jisseki_check.model import Finding, ItemRef, Location, Severity
from jisseki_check.own_marks import reference
from tests.edits import AS_OF


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("", 1234, "1,234"),
        ("", "文", "文"),
        ("yen", 4_130_000, "4,130千円"),
        ("yen", 432_108, "432,108円"),
        ("yen", -5_000, "△5千円"),
        ("prose", 1_928_108, "192万8,108円"),
        ("prose", 120_000_000, "1億2,000万円"),
        ("prose", -471_892, "△47万1,892円"),
        ("prose", 0, "0円"),
        ("percent", 0.4411, "44.1％"),
        ("percent", 1.0, "100％"),
        ("percent", 0.4996, "49.9％"),
        ("percent", float("inf"), "―"),
        ("share", 1.0, "全て"),
        ("share", 0.9999, "99.9％"),
        ("year", 2020, "2020"),
        ("fiscal", 2019, "令和元年度"),
        ("times", 942.9, "943倍"),
        ("short", "あ" * 41, "あ" * 39 + "…"),
    ],
)
def test_formats(form: str, value: object, text: str) -> None:
    assert FORMATS[form](value) == text


def test_value_that_is_not_there_is_a_bar() -> None:
    assert Template(("額は", "です"), ("yen",), ()).render((None,)) == "額は―です"


@pytest.mark.parametrize(("value", "text"), [(-5, "△5名"), (1200, "1,200名"), (-0.5, "△0.5名"), (0, "0名")])
def test_a_sum_of_counted_things_is_no_money(value: float, text: str) -> None:
    assert Template(("", ""), ("yen",), ()).render((value,), counter="名") == text


FOUND = Finding(
    rule="FIN101", name="n", severity=Severity.ERROR, message="m", fix="f",
    location=Location(path="a.txt", line=10, column=2), department="福祉部", fiscal_year=2017,
    item=ItemRef(3, 1, "3", "見守りの充実"), field="settlement", given="600千円",
)  # fmt: skip


def _print(finding: Finding) -> str:
    return finish([finding])[0].fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        {"location": Location(path="b.json", line=99, pointer="/items/2")},
        {"message": "ほかの言葉"},
        {"given": "700千円"},
        {"severity": Severity.INFO},
        {"item": ItemRef(5, 1, "3", "見守りのさらなる充実")},
    ],
)
def test_fingerprint_survives(changes: dict[str, object]) -> None:
    assert _print(replace(FOUND, **changes)) == _print(FOUND)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"rule": "FIN102"},
        {"department": "総務部"},
        {"fiscal_year": 2018},
        {"field": "initial_budget"},
        {"item": ItemRef(3, 1, "4", "見守りの充実")},
        {"item": ItemRef(3, 2, "3", "見守りの充実")},
        {"item": None},
    ],
)
def test_fingerprint_tells_apart(changes: dict[str, object]) -> None:
    assert _print(replace(FOUND, **changes)) != _print(FOUND)  # type: ignore[arg-type]


def test_no_two_findings_share_a_fingerprint() -> None:
    held = finish([FOUND, replace(FOUND, location=Location(path="a.txt", line=11)), FOUND])
    assert len({finding.fingerprint for finding in held}) == 3


def test_reasons_belong_to_their_findings_and_files() -> None:
    held = finish([FOUND, replace(FOUND, rule="FIN102"), replace(FOUND, location=Location(path="b.txt"))])
    number = reference(held[0].fingerprint)
    told = explained(held, {("a.txt", number): "補正予算による", ("a.txt", "f" * 16): "ほかの理由"})
    assert [each.explanation for each in told] == ["補正予算による", None, None]
    assert explained(held, {}) == held


def test_order_is_that_of_path_place_and_rule() -> None:
    later = replace(FOUND, location=Location(path="a.txt", line=11))
    other = replace(FOUND, rule="FIN109")
    first = replace(FOUND, location=Location(path="A.txt", line=99))
    held = finish([later, other, FOUND, first])
    assert [(f.location.path, f.location.line, f.rule) for f in held] == [
        ("A.txt", 99, "FIN101"), ("a.txt", 10, "FIN101"), ("a.txt", 10, "FIN109"), ("a.txt", 11, "FIN101"),
    ]  # fmt: skip


def _places(*findings: Finding, formats: dict[str, str | None] | None = None) -> list[Location]:
    return [finding.location for finding in finish(reversed(findings), formats)]


def test_order_of_cells_is_that_of_reading() -> None:
    names = ["A2", "B2", "AA2", "A9", "A10"]
    found = [replace(FOUND, location=Location("a.xlsx", sheet="一覧", cell=name)) for name in names]
    assert [at.cell for at in _places(*found)] == names


def test_order_of_sheets_is_that_of_their_items() -> None:
    sheets = [("表紙", None), ("重点", 1), ("改革", 5), ("その他", 9)]
    found = [
        replace(
            FOUND,
            item=None if index is None else replace(FOUND.item or ItemRef(0, None, None, None), index=index),
            location=Location("a.xlsx", sheet=name, cell="B2"),
        )
        for name, index in sheets
    ]
    assert [at.sheet for at in _places(*found)] == [name for name, _ in sheets]


def test_order_of_a_word_file_is_that_of_its_items() -> None:
    def of(index: int, **at: int | str) -> Finding:
        return replace(FOUND, item=ItemRef(index, 1, str(index), None), location=Location("a.docx", **at))  # type: ignore[arg-type]

    found = [
        of(1, line=40, column=1),
        of(1, table=1, row=2, cell="B2", line=3, column=1),
        of(1, table=1, row=10, cell="A10", line=1, column=1),
        of(2, line=3, column=1),
    ]
    places = [finding.location for finding in found]
    assert _places(*found, formats={"a.docx": "docx"}) == places
    assert _places(*found) != places


def test_order_of_pages_goes_before_that_of_lines() -> None:
    found = [
        replace(FOUND, location=Location("a.pdf", page=2, line=40, column=1)),
        replace(FOUND, location=Location("a.pdf", page=10, line=3, column=1, table=2, row=1, cell="B1")),
    ]
    assert [at.page for at in _places(*found, formats={"a.pdf": "pdf"})] == [2, 10]


def test_fingerprints_are_those_of_the_file_alone() -> None:
    """The same report in two formats: reasons that staff wrote beside one of them must find it again."""
    office = Path(__file__).parents[2] / "examples" / "office"
    paths = [office / "faulty.docx", office / "faulty.xlsx"]
    options = run.Options(as_of=AS_OF)
    together = {each.fingerprint for each in run.check(paths, options=options).findings}
    alone = [{each.fingerprint for each in run.check([path], options=options).findings} for path in paths]
    assert together == alone[0] | alone[1]
