"""Which of the words that are looked for stand in a report at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.facts.suspects import suspects
from jisseki_check.wordlists import load
from tests.facts.reports import PROFILE, item, report

HEADS = sorted(
    {
        head
        for spellings in (load().confused, PROFILE.spellings, PROFILE.informal)
        for spelling in spellings
        for head in spelling.heads
    }
)
PIECES = st.one_of(
    st.sampled_from(HEADS), st.sampled_from(["。", "\n", "市民", "を", "\ud800"]), st.text(max_size=3)
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4))
def test_all_that_stand_there_are_suspected_and_no_others(texts: list[tuple[str, str, str]]) -> None:
    reports = [
        report(item(title=goal[:5], goal=goal, initiative=initiative, result=result))
        for goal, initiative, result in texts
    ]
    expected = [
        {head for head in HEADS for text in (goal[:5], goal, initiative, result) if head in text}
        for goal, initiative, result in texts
    ]
    assert suspects(reports, PROFILE) == expected
