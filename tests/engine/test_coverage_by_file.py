"""What each rule judged of each file adds up to what it judged of all."""

from __future__ import annotations

from collections import Counter

import pytest

from jisseki_check.engine import run
from jisseki_check.engine.coverage_by_file import CoverageByFile
from jisseki_check.model import Coverage, Outcome
from tests.edits import AS_OF
from tests.example_files import EXAMPLES

OPTIONS = run.Options(as_of=AS_OF, coverage_by_file=True)
_NUMBERS = ("evaluated", "not_applicable", "blocked", "crashed")


def _summed(outcome: Outcome) -> dict[str, Counter[str]]:
    sums: dict[str, Counter[str]] = {}
    for held in outcome.coverage_by_file.values():
        for each in held:
            sums.setdefault(each.rule, Counter()).update(_numbers(each))
    return sums


def _whole(outcome: Outcome) -> dict[str, Counter[str]]:
    """Without the rules that are put to no file."""
    numbers = {each.rule: Counter(_numbers(each)) for each in outcome.coverage}
    told = {each.rule for held in outcome.coverage_by_file.values() for each in held}
    assert all(not number.total() for code, number in numbers.items() if code not in told)
    return {code: number for code, number in numbers.items() if code in told}


def _numbers(coverage: Coverage) -> dict[str, int]:
    return {name: getattr(coverage, name) for name in _NUMBERS}


def _of(outcome: Outcome, path: str) -> dict[str, Coverage]:
    [held] = [held for name, held in outcome.coverage_by_file.items() if name.endswith(path)]
    return {each.rule: each for each in held}


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run.check([EXAMPLES], options=OPTIONS)


def test_the_files_add_up_to_the_whole(outcome: Outcome) -> None:
    assert set(outcome.coverage_by_file) == {each.path for each in outcome.inputs}
    assert _summed(outcome) == _whole(outcome)


def test_a_file_is_told_the_same_alone(outcome: Outcome) -> None:
    for name in ("faulty/money.txt", "office/faulty.xlsx", "unreadable/empty.txt"):
        alone = run.check([EXAMPLES / name], options=OPTIONS)
        assert _by_itself(_of(alone, name)) == _by_itself(_of(outcome, name))


def _by_itself(held: dict[str, Coverage]) -> dict[str, Coverage]:
    """Without the rules that hold it against the others."""
    return {code: coverage for code, coverage in held.items() if not code.startswith("XDC")}


def test_a_file_names_only_what_stopped_its_own_rows(outcome: Outcome) -> None:
    money = _of(outcome, "faulty/money.txt")["FIN101"]
    assert money.blocked
    assert money.reason == "FIN108・FIN109・FIN110・FIN111・FIN113 の指摘があるため"
    assert _of(outcome, "clean/environment.txt")["FIN101"].reason is None


def test_parts_of_a_run_add_up() -> None:
    one, two = CoverageByFile(), CoverageByFile()
    one.count("b.txt", Coverage("FIN101", 1))
    two.count("a.txt", Coverage("FIN101", 2))
    two.count("b.txt", Coverage("FIN101", 0, 3, 1, reason="FIN111 の指摘があるため"))
    one.merge(two)
    assert one.coverage() == {
        "a.txt": (Coverage("FIN101", 2),),
        "b.txt": (Coverage("FIN101", 1, 3, 1, reason="FIN111 の指摘があるため"),),
    }
    assert list(one.coverage()) == ["a.txt", "b.txt"]


def test_it_is_not_told_unless_asked_for() -> None:
    assert run.check([EXAMPLES / "clean"], options=run.Options(as_of=AS_OF)).coverage_by_file == {}


def test_what_crashed_is_told_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_words(*_: object) -> None:
        raise RuntimeError("壊れました")

    monkeypatch.setattr("jisseki_check.facts.tables", no_words)
    crashed = run.check([EXAMPLES / "faulty" / "money.txt"], options=OPTIONS)
    assert _of(crashed, "money.txt")["FIN101"] == Coverage(
        "FIN101", crashed=1, reason="RuntimeError: 壊れました"
    )
    assert _summed(crashed) == _whole(crashed)


def test_reasons_stand_apart_and_only_what_holds_rows_back_is_told_of_these() -> None:
    passed = Coverage("XDC101", not_applicable=3, reason="渡された計画に、同じ部・年度のものがないため")
    held = Coverage("XDC101", blocked=2, reason=f"{passed.reason}／FIN108・FIN109 の指摘があるため")
    assert held.held_back_by == "FIN108・FIN109 の指摘があるため"
    assert passed.held_back_by == passed.reason
    both = CoverageByFile()
    both.count("a.txt", passed)
    both.count("a.txt", held)
    assert both.coverage()["a.txt"][0].reason == held.reason
