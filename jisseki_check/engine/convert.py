"""One file → its report, with nothing judged: what `convert` and `facts` start from."""

from __future__ import annotations

from pathlib import Path

from jisseki_check import forms, readers
from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Document, Report, Unreadable
from jisseki_check.profiles import Profile

_DATA = (".json", ".yaml", ".yml")


def load_report(
    path: Path, chooser: forms.Chooser, limits: Limits = DEFAULT_LIMITS
) -> tuple[Document, Profile]:
    """The report of a file, its places included, and the profile it was read by. Raises Unreadable."""
    source = readers.read(path, path.name, limits)
    form = chooser.choose(source)
    return forms.read(source, form.profile), form.profile


def lost(report: Report, data: bytes, ending: str, profile: Profile) -> tuple[str, ...]:
    """What of a report is not in the file that was written of it, in words for people: the file is read
    again. Data files hold all of it."""
    if ending in _DATA:
        return ()
    from jisseki_check.writers.comparison import losses  # `facts` needs none of it

    try:
        again = forms.read(readers.read_bytes(data, f"again{ending}"), profile).report
    except Unreadable as error:
        return (f"全体（読み直すと「{error.message}」になります）",)
    return tuple(losses(report, again, profile))
