"""One file → its report, with nothing judged: what `convert` and `facts` start from."""

from __future__ import annotations

from pathlib import Path

from jisseki_check import forms, readers
from jisseki_check.model import Document
from jisseki_check.profiles import Profile


def load_report(path: Path, chooser: forms.Chooser) -> tuple[Document, Profile]:
    """The report of a file, its places included, and the profile it was read by. Raises Unreadable."""
    source = readers.read(path, path.name)
    form = chooser.choose(source)
    return forms.read(source, form.profile), form.profile
