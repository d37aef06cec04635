"""A report that is larger than any is refused, and no smaller one."""

from __future__ import annotations

from typing import Any

import pytest

from jisseki_check import forms, profiles
from jisseki_check.forms import size
from jisseki_check.model import Document, Location, Source, Unreadable

PROFILE = profiles.load("hirakata")


def _read(items: list[dict[str, Any]]) -> Document:
    data = {"format": "jisseki-report/1", "items": items}
    return forms.read(Source("報告.json", "json", "", data=data), PROFILE)


def test_as_many_items_as_are_allowed_and_one_more() -> None:
    assert len(_read([{}] * size.MOST_ITEMS).report.items) == size.MOST_ITEMS
    with pytest.raises(Unreadable, match=r"10,001件。一つの報告の上限は10,000件") as caught:
        _read([{}] * (size.MOST_ITEMS + 1))
    assert (caught.value.rule, caught.value.at) == ("DOC001", Location(path="報告.json"))
    assert caught.value.fix


@pytest.mark.parametrize("field", ["title", "goal", "initiative", "result"])
def test_as_much_text_as_is_allowed_and_one_character_more(field: str) -> None:
    half = "あ" * (size.MOST_CHARACTERS // 2)
    assert _read([{field: half}, {"extra": {"備考": half}}]).report.items[0].number is None
    with pytest.raises(Unreadable, match=r"2,000,001字。一つの報告の上限は2,000,000字"):
        _read([{field: half}, {"extra": {"備考": half}}, {field: "い"}])
