"""Two outcomes, one after the other: what became of each finding, and on what the two rest."""

from __future__ import annotations

from jisseki_check.comparing.basis import Basis, Difference, FileChange
from jisseki_check.comparing.changes import KINDS, Change, Comparison
from jisseki_check.comparing.comparison import compare

__all__ = ["KINDS", "Basis", "Change", "Comparison", "Difference", "FileChange", "compare"]
