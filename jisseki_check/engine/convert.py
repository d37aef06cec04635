"""One file → its report, with nothing judged: what `convert` and `facts` start from."""

from __future__ import annotations

from pathlib import Path

from jisseki_check import forms, readers
from jisseki_check.model import Document
from jisseki_check.profiles import Profile


def load_report(path: Path, profile: Profile) -> Document:
    """The report of a file, its places included. Raises Unreadable."""
    return forms.read(readers.read(path, path.name), profile)
