"""The lists of words: each entry finds its example, and not its counter-example."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from jisseki_check import profiles, wordlists
from jisseki_check.facts.prose import Prose, prose
from jisseki_check.facts.spellings import find_spellings
from jisseki_check.resources import folder
from jisseki_check.wordlists import Spelling
from tests.facts.reports import item, report, view

LISTS = Path(folder("rules") / "lists")
CONFUSED = yaml.safe_load((LISTS / "confused.yaml").read_text(encoding="utf-8"))["entries"]
PROFILE = profiles.load("hirakata")


def _prose(text: str) -> Prose:
    return prose(view(report(item(title=None, goal=None, initiative=None, result=text))))


def test_stored_lists_are_current() -> None:
    assert (LISTS / "lists.json").read_text(encoding="utf-8") == wordlists.stored_lists()


def test_there_are_enough_confusions() -> None:
    assert len(CONFUSED) >= 300


def test_no_confusion_is_told_twice() -> None:
    told = Counter(wrong for entry in CONFUSED for wrong in entry["not"])
    assert [wrong for wrong, count in told.items() if count > 1] == []


@pytest.mark.parametrize("entry", CONFUSED, ids=lambda entry: f"{entry['write']}-{entry['not'][0]}")
def test_confusion_is_found_where_it_is_one(entry: dict[str, Any]) -> None:
    spelling = Spelling.of(entry)
    assert len(find_spellings(_prose(entry["example"]), spelling, names=False)) == 1
    assert find_spellings(_prose(entry["counter_example"]), spelling, names=False) == []


@pytest.mark.parametrize(
    "spelling",
    [*(Spelling.of(entry) for entry in CONFUSED), *PROFILE.spellings, *PROFILE.informal],
    ids=lambda spelling: f"{spelling.write}-{spelling.wrong[0]}",
)
def test_what_is_right_all_the_same_holds_what_is_wrong(spelling: Spelling) -> None:
    """Else it would never be looked at."""
    for context in spelling.unless:
        assert any(wrong.rstrip("…") in context for wrong in spelling.wrong), context
        assert find_spellings(_prose(f"次に{context}。"), spelling, names=False) == []
