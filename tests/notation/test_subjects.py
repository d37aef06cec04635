"""How the subject of a finding on a whole report is named."""

from __future__ import annotations

import pytest

from jisseki_check.facts import characters
from jisseki_check.formatters.words import known_name
from jisseki_check.model import KnownFinding
from jisseki_check.notation.subjects import subject_name


def test_all_that_may_be_mixed_has_a_name() -> None:
    assert all(subject_name(kind) != kind for kind in characters._FINDERS)


@pytest.mark.parametrize(("subject", "name"), [("子供", "子供"), ("", ""), (None, "")])
def test_what_was_written_names_itself(subject: str | None, name: str) -> None:
    assert subject_name(subject) == name


def test_known_findings_are_told_in_words() -> None:
    known = KnownFinding(rule="STY105", department="総務部", subject="brackets", given="(")
    assert known_name(known) == "STY105　総務部　括弧の全角と半角「(」"
