"""`server` for somebody who runs it by hand; what editors get is told in tests/server."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests.cli.conftest import Ended


def test_whoever_runs_it_by_hand_is_told_what_it_is_for(
    command: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    ended = command("server")
    assert ended.code == 2
    assert "エディター" in ended.err
    assert "jisseki-check check 報告.txt" in ended.err


def test_without_standard_input_there_is_nobody_to_serve(
    command: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert command("server").code == 2
