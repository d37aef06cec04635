"""What a run can say of an entry whose finding is not there."""

from __future__ import annotations

import pytest

from jisseki_check.exceptions.scope import Judged, item_name
from jisseki_check.model import KnownFinding

ENTRY = KnownFinding("FIN105", number="8", title="公用車の更新")


@pytest.mark.parametrize(
    ("number", "title", "is_covered"),
    [
        ("8", "公用車の更新", False),
        ("9", "公用車の更新", False),
        ("8", None, False),
        ("8", "封入作業の見直し", True),  # of another section
        ("7", "封入作業の見直し", True),
        ("7", None, True),
    ],
)
def test_an_item_that_its_rule_left_says_nothing_of_others(
    number: str | None, title: str | None, is_covered: bool
) -> None:
    left = {"FIN105": {item_name(number, title)}}
    assert Judged("報告", {"FIN105"}, left).covers(ENTRY) is is_covered


def test_a_rule_that_was_not_put_to_the_file_says_nothing() -> None:
    assert not Judged("報告", {"FIN101"}).covers(ENTRY)
    assert not Judged("報告", {"FIN105"}, {"FIN105": {None}}).covers(ENTRY)
    assert Judged("報告", {"FIN105"}).covers(ENTRY)
