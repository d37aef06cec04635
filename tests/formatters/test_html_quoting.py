"""The fault in a quoted text is marked, and nothing beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jisseki_check.formatters.html.quoting import quoted
from tests.formatters.sample import OVERRUN


@pytest.mark.parametrize(
    ("excerpt", "given", "marked"),
    [
        ("平成30年度決算額：4,620千円", "4,620千円", ["4,620千円"]),
        ("16回のうち6回", "6回", ["6回"]),
        ("14,620千円と4,620千円", "4,620千円", ["4,620千円"]),
        ("○○小学校と○○中学校", "○○", ["○○", "○○"]),
        ("市内の12の地区で説明会を開き", "市内の12の地区…", ["市内の12の地区"]),
        ("全文", "全文", ["全文"]),
        ("a.b", "a?b", []),
        ("別の文", "〇", []),
        ("文", "", []),
        ("文", "…", []),
        (None, "〇", ["〇"]),
        ("", None, []),
        (None, None, []),
    ],
)
def test_what_was_given_is_marked(excerpt: str | None, given: str | None, marked: list[str]) -> None:
    pieces = quoted(replace(OVERRUN, excerpt=excerpt, given=given))
    assert [text for text, is_marked in pieces if is_marked] == marked
    assert "".join(text for text, _ in pieces) == (excerpt or given or "")
