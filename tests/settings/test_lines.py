"""In which line a key stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from jisseki_check.settings.lines import Place, line_of
from tests.settings.conftest import write

OWN = '''# 市の設定
fail-on = "info"

ignore = [
    # 表記
    "STY",
    "[levels]",
]
rules = """
select = 1
[levels]
"""
profile = "hirakata"

[levels]
FIN105 = "error"
hirakata-h28 = { FIN105 = "info" }

[levels.hirakata]
MRK = "info"

[[per-path]]
paths = ["a"]
ignore = ["FIN"]

[per-path.levels]
STY = "info"

[[per-path]]
# 二つ目

paths = [
  "b",
]
select = ["FIN"]
'''
LINES: dict[Place, int | None] = {
    ("fail-on",): 2,
    ("ignore",): 4,
    ("rules",): 9,
    ("profile",): 13,
    ("select",): None,
    ("levels",): 15,
    ("levels", "FIN105"): 16,
    ("levels", "hirakata-h28", "FIN105"): 17,
    ("levels", "hirakata", "MRK"): 20,
    ("per-path", 0): 22,
    ("per-path", 0, "ignore"): 24,
    ("per-path", 0, "levels", "STY"): 27,
    ("per-path", 1): 29,
    ("per-path", 1, "paths"): 32,
    ("per-path", 1, "select"): 35,
    ("per-path", 2): None,
}


@pytest.mark.parametrize("place", LINES, ids=str)
def test_own_file(tmp_path: Path, place: Place) -> None:
    assert line_of(str(write(tmp_path / "jisseki-check.toml", OWN)), *place) == LINES[place]


@pytest.mark.parametrize("place", LINES, ids=str)
def test_shared_file(tmp_path: Path, place: Place) -> None:
    """As a table among others; what stands there before and after is not ours."""
    text = OWN.replace("[[per-path", "[[tool.jisseki-check.per-path")
    text = text.replace("[per-path.levels]", "[tool.jisseki-check.per-path.levels]")
    for header in ("[levels]\nFIN", "[levels.hirakata]\nMRK"):
        text = text.replace(header, header.replace("[", "[tool.jisseki-check.", 1))
    before = '[project]\nname = "報告"\nignore = 1\n\n[tool.jisseki-check]\n'
    path = write(tmp_path / "pyproject.toml", f"{before}{text}\n[tool.other]\nselect = 1\n")
    expected = LINES[place]
    assert line_of(str(path), *place) == (None if expected is None else expected + 5)


def test_inline_entries(tmp_path: Path) -> None:
    text = 'per-path = [\n  { paths = ["a"], ignore = ["FIN"] },\n  { paths = ["b"], ignore = ["FIN"] },\n]\n'
    path = str(write(tmp_path / "jisseki-check.toml", f"\n{text}"))
    assert [line_of(path, "per-path", number, "ignore") for number in range(3)] == [2, 2, None]
