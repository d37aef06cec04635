"""The way of writing, held against another implementation of RFC 8785."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.records.canonical import canonical, digest
from tests.records.sample import OUTCOMES, record

NAMES = st.text(st.characters(codec="ascii"), max_size=8)
PLAIN = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20)
DATA = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


@given(DATA)
def test_it_is_that_of_the_rfc(data: Any) -> None:
    assert canonical(data) == rfc8785.dumps(data)


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda each: each.verdict.value)
def test_so_is_a_whole_record(outcome: Any) -> None:
    assert canonical(record(outcome)) == rfc8785.dumps(record(outcome))


def test_a_name_that_is_no_text_can_be_written() -> None:
    assert canonical({"path": "報告\udce9.txt"}) == '{"path":"報告\\udce9.txt"}'.encode()


def test_what_is_no_number_cannot() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical([float("nan")])


def test_the_digest_is_that_of_the_bytes() -> None:
    # printf '{"a":"部"}' | sha256sum
    assert digest({"a": "部"}) == "sha256:b98cf2c5ddc97360db6c8fb0b4558d5bd9e0e36f9ddb1047ea05dd97457c4a89"
