"""Formatters: pure functions from an Outcome to text, one module a format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jisseki_check.formatters.view import View
    from jisseki_check.model import Outcome

# The module of each format; loaded when it is asked for, because tabulate costs 60 ms.
FORMATS = {
    "table": "jisseki_check.formatters.table",
    "json": "jisseki_check.formatters.json",
    "jsonl": "jisseki_check.formatters.jsonl",
    "concise": "jisseki_check.formatters.concise",
    "sarif": "jisseki_check.formatters.sarif",
    "junit": "jisseki_check.formatters.junit",
    "github": "jisseki_check.formatters.github",
    "gitlab": "jisseki_check.formatters.gitlab",
}

# What people read follows the terminal's encoding; what programs read is UTF-8 wherever it goes.
FOR_PEOPLE = frozenset({"table", "concise"})


def render(name: str, outcome: Outcome, view: View) -> str:
    """The outcome in the format `name`, one of FORMATS; it ends with a line feed."""
    text: str = import_module(FORMATS[name]).render(outcome, view)
    return text
