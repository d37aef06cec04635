"""How many processes a run is shared out among."""

from __future__ import annotations

import pytest

from jisseki_check.engine import jobs


@pytest.mark.parametrize(
    ("asked", "files", "cores", "expected"),
    [
        (None, 99, 8, 1),
        (8, 99, 8, 1),
        (None, 100, 8, 1),
        (None, 350, 8, 3),
        (None, 10_000, 8, 8),
        (3, 100, 1, 3),
        (1, 10_000, 8, 1),
    ],
)
def test_as_many_as_are_asked_for_or_worthwhile(
    asked: int | None, files: int, cores: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "cores", lambda: cores)
    assert jobs.workers(asked, files) == expected
