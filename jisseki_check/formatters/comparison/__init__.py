"""A comparison of two outcomes, as text: one module a format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jisseki_check.comparing import Comparison
    from jisseki_check.formatters.comparison.told import Names
    from jisseki_check.formatters.view import View

# The module of each format; loaded when it is asked for, for what they need differs.
FORMATS = {
    "table": "jisseki_check.formatters.comparison.table",
    "json": "jisseki_check.formatters.comparison.json",
    "html": "jisseki_check.formatters.comparison.html",
}
FOR_PEOPLE = frozenset({"table"})


def render(name: str, comparison: Comparison, names: Names, view: View) -> str:
    """The comparison in the format `name`, one of FORMATS; it ends with a line feed. Raises ImportError where
    libraries of the format are missing."""
    text: str = import_module(FORMATS[name]).render(comparison, names, view)
    return text
