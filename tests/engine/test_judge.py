"""Which rows apply, are violated, blocked, unknown or crashed; and what the ledger makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import polars as pl
import pytest

from jisseki_check import catalogue, facts
from jisseki_check.engine import judge as judging
from jisseki_check.engine import pandera_schemas
from jisseki_check.engine.conditions import Condition, compile_condition
from jisseki_check.engine.coverage import Ledger, verdict
from jisseki_check.engine.judge import Judgement, Reach
from jisseki_check.facts.contracts import TABLES
from jisseki_check.model import Input, Rule, Severity, Verdict
from tests.facts.reports import amount, item, report, tables

FIN101 = next(rule for rule in catalogue.load().rules if rule.id == "FIN101")
OVER = item(amounts=(amount("initial_budget", 490), amount("settlement", 600)))
WITHIN = item(index=2, amounts=(amount("initial_budget", 490), amount("settlement", 462)))
NEITHER = item(index=3)


def _rule(code: str, violated_when: str, **changes: object) -> Rule:
    plain: dict[str, object] = {
        "blocked_by": (),
        "needs": (),
        "message": "x",
        "difference": None,
        "related": (),
    }
    return replace(FIN101, id=code, violated_when=violated_when, **(plain | changes))  # type: ignore[arg-type]


def _judged(rules: Iterable[Rule], prior: dict[str, Reach] | None = None) -> dict[str, Judgement]:
    conditions = [compile_condition(rule) for rule in rules]
    frames = tables(report(OVER, WITHIN, NEITHER))
    raw = judging.evaluate(frames, conditions)
    return {each.condition.rule.id: each for each in judging.judge(frames, conditions, raw, prior or {})}


def test_rows_that_apply_are_evaluated() -> None:
    judgement = _judged([FIN101])["FIN101"]
    assert (judgement.total, judgement.evaluated, judgement.rows) == (3, 2, [0])


def test_null_never_violates() -> None:
    judgement = _judged([_rule("AAA101", "settlement_yen > 0", applies_when=None)])["AAA101"]
    assert (judgement.evaluated, judgement.rows) == (3, [0, 1])


def test_blocked_by_a_finding_on_the_same_item_only() -> None:
    first = _rule("BBB101", "settlement_yen > budget_yen")
    second = _rule("AAA101", "settlement_yen > 0", blocked_by=("BBB101",))
    judgement = _judged([second, first])["AAA101"]
    assert (judgement.evaluated, judgement.blocked, judgement.rows) == (1, 1, [1])
    assert judgement.blockers == {"BBB101"}


def test_what_a_milder_finding_says_already_has_been_judged() -> None:
    first = _rule("BBB101", "settlement_yen > budget_yen", level=Severity.WARNING)
    second = _rule("AAA101", "settlement_yen > 0", blocked_by=("BBB101",))
    judgement = _judged([second, first])["AAA101"]
    assert (judgement.evaluated, judgement.blocked, judgement.rows) == (2, 0, [1])


def test_blocked_by_what_was_found_before_there_were_facts() -> None:
    rule = _rule("AAA101", "settlement_yen > 0", blocked_by=("SCH002", "DOC001"))
    by_item = _judged([rule], {"SCH002": Reach(items={(0, 2)})})["AAA101"]
    assert (by_item.rows, by_item.blocked) == ([0], 1)
    by_report = _judged([rule], {"DOC001": Reach(reports={0})})["AAA101"]
    assert (by_report.rows, by_report.blocked, by_report.evaluated) == ([], 2, 0)


def test_what_a_rule_needs_and_does_not_know_counts_as_blocked() -> None:
    rule = _rule("AAA101", "budget_yen > 0", applies_when=None, needs=("budget_yen",))
    judgement = _judged([rule])["AAA101"]
    assert (judgement.evaluated, judgement.blocked, judgement.unknown) == (2, 1, 1)
    ledger = Ledger([rule])
    ledger.add(judgement)
    (line,) = ledger.coverage()
    assert line.reason is not None
    assert "予算の額" in line.reason


# It compiles, since every name is a column, and fails on the data.
CRASHING = "CAST(title AS INT) > 0"


def test_crashing_rule_does_not_take_others_with_it() -> None:
    judged = _judged([_rule("AAA101", CRASHING), _rule("BBB101", "settlement_yen > budget_yen")])
    assert (judged["AAA101"].crashed, judged["AAA101"].rows) == (3, [])
    assert judged["AAA101"].error
    assert judged["BBB101"].rows == [0]


def test_both_engines_say_that_a_rule_crashed() -> None:
    conditions = [compile_condition(_rule("AAA101", CRASHING)), compile_condition(FIN101)]
    frames = tables(report(OVER, WITHIN, NEITHER))
    for engine in (judging.evaluate, pandera_schemas.validate):
        raw = engine(frames, conditions)
        assert isinstance(raw["AAA101"], Exception), engine
        assert not isinstance(raw["FIN101"], Exception), engine


def test_rules_that_block_one_another_are_refused() -> None:
    rules = [_rule("AAA101", "TRUE", blocked_by=("BBB101",)), _rule("BBB101", "TRUE", blocked_by=("AAA101",))]
    with pytest.raises(ValueError, match="AAA101"):
        judging.in_order([compile_condition(rule) for rule in rules])


def _conditions() -> list[Condition]:
    return [compile_condition(rule) for rule in catalogue.load().rules if rule.judged_by == "facts"]


def test_rules_that_are_shipped_can_be_put_in_order() -> None:
    done: set[str] = set()
    for condition in judging.in_order(_conditions()):
        known = {each.rule.id for each in _conditions()}
        assert set(condition.rule.blocked_by) & known <= done
        done.add(condition.rule.id)


def test_pandera_schemas_accept_the_frames_of_a_sound_report() -> None:
    schemas = pandera_schemas.schemas(_conditions())
    frames = tables(report(WITHIN))
    for name in ("amounts", "totals", "dates", "date_pairs", "targets", "passages"):
        assert schemas[name].validate(frames[name], lazy=True).equals(frames[name])


CHECKED = Input("a.txt", None, "text", "checked", reports=1, items=1)


def _ledger(**counts: int) -> Ledger:
    ledger = Ledger([FIN101])
    ledger.count("FIN101", **counts)
    return ledger


@pytest.mark.parametrize(
    ("inputs", "counts", "expected"),
    [
        ([CHECKED], {"evaluated": 1}, Verdict.PASS),
        ([CHECKED], {"evaluated": 1, "crashed": 1}, Verdict.INCONCLUSIVE),
        ([CHECKED], {"not_applicable": 1}, Verdict.INCONCLUSIVE),
        ([], {"evaluated": 1}, Verdict.INCONCLUSIVE),
        ([CHECKED, replace(CHECKED, status="unreadable")], {"evaluated": 1}, Verdict.INCONCLUSIVE),
        ([CHECKED, replace(CHECKED, status="refused")], {"evaluated": 1}, Verdict.INCONCLUSIVE),
    ],
)
def test_verdict_comes_from_what_was_judged(
    inputs: list[Input], counts: dict[str, int], expected: Verdict
) -> None:
    assert verdict(inputs, [], _ledger(**counts), [], "error") is expected


def test_frames_without_rows_are_judged_too() -> None:
    frames = {name: facts.frame(table, []) for name, table in TABLES.items()}
    conditions = _conditions()
    raw = judging.evaluate(frames, conditions)
    for judgement in judging.judge(frames, conditions, raw, {}):
        assert (judgement.total, judgement.rows, judgement.error) == (0, [], None)
        assert isinstance(frames[judgement.condition.table.name], pl.DataFrame)
