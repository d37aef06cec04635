"""Staff and their total: what adds up is silent, what does not is said, what cannot be read is let be."""

from __future__ import annotations

import pytest

from jisseki_check.model import Outcome
from tests.edits import check
from tests.example_files import EXAMPLES

PLAN = (EXAMPLES / "forms" / "h30-plan.txt").read_text(encoding="utf-8")
STAFF = "正職員 84 名 再任用職員 9 名 任期付職員 - 名 非常勤職員 5 名 合計 98 名"


def with_staff(staff: str) -> Outcome:
    assert STAFF in PLAN
    return check(PLAN.replace(STAFF, staff))


@pytest.mark.parametrize(
    "staff",
    [
        STAFF,
        STAFF.replace("名 ", "名\n").replace("員 ", "員\n"),
        STAFF.replace(" 名", "名").replace("員 ", "員："),
        STAFF.replace("-", "－"),
        STAFF.replace("-", "0"),
        STAFF.replace("名", "人"),
        STAFF.replace("84 名", "84 名（うち女性 30 名）"),
        "正職員 １，０８４ 名、再任用職員 ９ 名、合計 １，０９３ 名",
        f"道路課 正職員 4 名 再任用職員 1 名 計 5 名\n{STAFF}",
    ],
)
def test_staff_that_adds_up(staff: str) -> None:
    outcome = with_staff(staff)
    assert [finding.rule for finding in outcome.findings] == []
    assert next(each for each in outcome.coverage if each.rule == "FIN115").evaluated >= 1


@pytest.mark.parametrize(
    ("staff", "message"),
    [
        (STAFF.replace("98", "99"), "内訳4件の計 98名 が、書かれた合計「99 名」と 1名 違います"),
        (STAFF.replace("- 名", "2 名"), "内訳4件の計 100名 が、書かれた合計「98 名」と 2名 違います"),
        (
            "正職員 2,000人 再任用職員 9人 計 2,010人",
            "内訳2件の計 2,009人 が、書かれた合計「2,010人」と 1人 違います",
        ),
    ],
)
def test_staff_that_does_not_add_up(staff: str, message: str) -> None:
    (finding,) = with_staff(staff).findings
    assert (finding.rule, finding.message) == ("FIN115", message)


@pytest.mark.parametrize(
    "staff",
    [
        STAFF.replace("9 名", "名").replace("98", "99"),
        STAFF.replace("9 名", "若干名").replace("98", "99"),
        "正職員 84 名 合計 98 名",
        "正職員 84 名 再任用職員 9 人 合計 98 名",
        "正職員 84 名\n上のほか、再任用職員が 9 名います。\n合計 98 名",
    ],
)
def test_what_cannot_be_added_is_not_judged(staff: str) -> None:
    assert "FIN115" not in [finding.rule for finding in with_staff(staff).findings]
