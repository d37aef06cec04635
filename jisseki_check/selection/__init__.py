"""Which rules are used for which file, how they are graded, and by which form the file is read."""

from jisseki_check.selection.by_path import EVERYTHING, PathEntry, Selection
from jisseki_check.selection.layers import LEVELS, NOTHING, Layer, Levels, State, settled

__all__ = [
    "EVERYTHING",
    "LEVELS",
    "NOTHING",
    "Layer",
    "Levels",
    "PathEntry",
    "Selection",
    "State",
    "settled",
]
