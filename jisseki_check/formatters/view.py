"""How an outcome is to be shown; nothing here changes what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry


@dataclass(frozen=True, slots=True)
class View:
    """`width` in columns. `titles`: the Japanese title of each rule, by code. `rules`: the rules' data, for
    the formats that explain them; `rules_digest`: theirs, where they may not be those of the run.

    `summary_only` leaves out the findings, `statistics` counts them by rule instead, `verbose` shows
    every repeated finding in full and the coverage of each rule. Formats for programs ignore them all.
    `formats`: those of the files, by which places are named.
    """

    width: int = 100
    color: bool = False
    summary_only: bool = False
    statistics: bool = False
    verbose: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str | None] = field(default_factory=dict)
    rules: Sequence[Entry] = ()
    rules_digest: str | None = None
