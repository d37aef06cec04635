"""A pattern that is compiled late is the pattern that `re.compile` gives."""

from __future__ import annotations

import gc
import pickle
import pkgutil
import re
import subprocess
import sys
from importlib import import_module

import pytest

import jisseki_check
from jisseki_check.patterns import LazyPattern, lazy_compile

_TEXT = "予算 300千円、決算 280千円"


def test_all_that_is_asked_of_it_is_what_a_compiled_pattern_gives() -> None:
    lazy, compiled = lazy_compile("(?P<yen>[0-9]+)千円"), re.compile("(?P<yen>[0-9]+)千円")
    found = lazy.search(_TEXT)
    assert found is not None
    assert found["yen"] == "300"
    assert lazy.match(_TEXT) is None
    assert lazy.fullmatch("1千円") is not None
    assert lazy.search(_TEXT, 10).span() == compiled.search(_TEXT, 10).span()  # type: ignore[union-attr]
    assert [each.span() for each in lazy.finditer(_TEXT)] == [
        each.span() for each in compiled.finditer(_TEXT)
    ]
    assert lazy.findall(_TEXT) == compiled.findall(_TEXT)
    assert lazy.split(_TEXT) == compiled.split(_TEXT)
    assert lazy.sub(r"\g<yen>", _TEXT) == compiled.sub(r"\g<yen>", _TEXT)
    assert lazy.subn("", _TEXT) == compiled.subn("", _TEXT)
    assert (lazy.pattern, lazy.flags, lazy.groups, lazy.groupindex) == (
        compiled.pattern, compiled.flags, compiled.groups, compiled.groupindex,
    )  # fmt: skip


def test_flags_and_bytes_are_taken_as_re_takes_them() -> None:
    assert lazy_compile("a.", re.IGNORECASE | re.DOTALL).search("A\n") is not None
    assert lazy_compile(rb"\x89PNG").match(b"\x89PNG...") is not None


def test_it_is_compiled_when_it_is_first_used() -> None:
    lazy = lazy_compile("円")
    assert "search" not in vars(lazy)
    assert lazy.search(_TEXT) is not None
    assert vars(lazy)["search"] == re.compile("円").search


def test_it_goes_to_another_process_used_or_not() -> None:
    lazy = lazy_compile("円", re.IGNORECASE)
    for _ in range(2):
        sent = pickle.loads(pickle.dumps(lazy))
        assert sent.search(_TEXT) is not None
        assert sent.flags == lazy.flags


def test_what_a_pattern_does_not_have_it_does_not_have_either() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = lazy_compile("円").nothing  # type: ignore[attr-defined]


def test_each_pattern_of_ours_can_be_compiled() -> None:
    """A mistake in one would else come up with the first text that needs it."""
    for module in pkgutil.walk_packages(jisseki_check.__path__, "jisseki_check."):
        if module.name.split(".")[1] not in ("__main__", "server") and ".runners." not in module.name:
            import_module(module.name)
    held = [each for each in gc.get_objects() if type(each) is LazyPattern]
    assert len(held) > 50
    for each in held:
        assert each.pattern


def test_starting_compiles_none_of_them() -> None:
    told = subprocess.run(
        [
            sys.executable, "-c",
            "import jisseki_check.notation.titles as titles, jisseki_check.facts.across.texts as texts\n"
            "print([name for of in (titles, texts) for name, each in vars(of).items()"
            " if type(each).__name__ == 'LazyPattern' and 'search' in vars(each)])",
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "[]\n"
