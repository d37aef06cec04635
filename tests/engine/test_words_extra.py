"""Where the analyser of words is not installed, the rules that need it say that they did not judge."""

from __future__ import annotations

import pytest

from jisseki_check.engine import examples, run
from jisseki_check.model import Outcome, Verdict
from jisseki_check.notation import morphemes
from tests.edits import AS_OF, profile

CLEAN = examples.document({"name": "clean"}, profile())


def _check(**options: tuple[str, ...]) -> Outcome:
    return run.check([], options=run.Options(as_of=AS_OF, stdin=CLEAN, **options))  # type: ignore[arg-type]


@pytest.fixture
def _without_analyser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(morphemes, "is_installed", lambda: False)


@pytest.mark.usefixtures("_without_analyser")
def test_rules_about_words_are_counted_as_not_judged() -> None:
    outcome = _check()
    assert outcome.verdict is Verdict.INCONCLUSIVE
    (fault,) = outcome.faults
    assert fault.rule is not None
    unable = fault.rule.split("・")
    assert "PVR101" in unable
    assert "jisseki-check[words]" in fault.message
    for coverage in outcome.coverage:
        assert (coverage.crashed > 0) == (coverage.rule in unable)


@pytest.mark.usefixtures("_without_analyser")
def test_a_run_without_these_rules_needs_no_analyser() -> None:
    assert _check(select=("FIN",)).verdict is Verdict.PASS
