"""How much of a file is read before it is refused; nothing over a limit is read in part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`max_bytes`: of a file. `max_depth`: how deep a data document nests. `max_lines`: of a text.
    `max_values`: runs and cells of a text, values of a data document. `max_inflated`: bytes that the
    members of an office file (a ZIP archive) really inflate to, all together. `max_members`: of such a
    file. `max_cells`: of all the sheets or tables of an office file. `max_pages`: of a PDF."""

    max_bytes: int = 50_000_000
    max_depth: int = 100
    max_lines: int = 200_000
    max_values: int = 1_000_000
    max_inflated: int = 200_000_000
    max_members: int = 5_000
    max_cells: int = 500_000
    max_pages: int = 1_000


DEFAULT_LIMITS = Limits()
