"""rules/facts.md: current, and with every column."""

from __future__ import annotations

from jisseki_check.facts import reference
from jisseki_check.facts.contracts import TABLES
from jisseki_check.resources import folder


def test_page_is_current() -> None:
    assert (folder("rules") / "facts.md").read_text(encoding="utf-8") == reference.page()


def test_every_table_and_column_is_described() -> None:
    page = reference.page()
    for table in TABLES.values():
        section = page.partition(f"\n## {table.name}\n")[2].partition("\n## ")[0]
        rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
        assert [row[0].strip("`") for row in rows] == [column.name for column in table.columns]
        for column in table.columns:
            assert column.meaning.replace("|", "｜") in section
            assert "None" not in section
