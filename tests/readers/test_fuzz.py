"""A few of the damaged files that `python -m tests.fuzz` makes by the thousand."""

from __future__ import annotations

import pytest

from jisseki_check.readers import READERS, read_bytes
from tests.fuzz import case, fault, seeds

CASES = 40
FEWER = {".pdf": 10}  # each is read by a process of its own


@pytest.mark.parametrize("ending", READERS)
def test_damaged_files_are_read_or_refused(ending: str) -> None:
    for number in range(FEWER.get(ending, CASES)):
        assert fault(case(ending, number), ending) is None, number


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".csv", ".html", ".pdf", ".txt", ".json", ".yaml"])
def test_what_is_damaged_was_sound(ending: str) -> None:
    source = read_bytes(seeds(ending)[0], f"x{ending}")
    assert source.data is not None or any(block.cells for block in source.blocks or ())


def test_a_case_can_be_made_again() -> None:
    assert case(".docx", 7) == case(".docx", 7)
    assert len({case(".docx", number) for number in range(20)}) == 20
