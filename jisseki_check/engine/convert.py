"""One file → its report, with nothing judged: what `convert` and `facts` start from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jisseki_check import forms, readers
from jisseki_check.forms.report_json import JsonPlaces
from jisseki_check.forms.untaken import untaken
from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Document, Location, Remark, Report, Unreadable
from jisseki_check.profiles import Profile

_DATA = (".json", ".yaml", ".yml")


def load_report(
    path: Path, chooser: forms.Chooser, limits: Limits = DEFAULT_LIMITS
) -> tuple[Document, Profile]:
    """The report of a file, its places included, and the profile it was read by. Comments of ours, which
    are no part of it, are kept as remarks. Raises Unreadable."""
    source = readers.read(path, path.name, limits)
    form = chooser.choose(source, str(path))
    document = forms.read(source, form.profile)
    beside = tuple(
        Remark("waiver", each.text, at=each.at) for each in source.directives if not each.is_content
    )
    report = replace(document.report, remarks=document.report.remarks + beside)
    return replace(document, report=report), form.profile


def left_out(document: Document) -> tuple[tuple[Location, object], ...]:
    """What of a JSON or YAML file its report does not hold, with its place: values of another kind."""
    places = document.places
    if not isinstance(places, JsonPlaces):
        return ()
    return tuple((places.at(pointer), value) for pointer, value in untaken(places.data))


def lost(report: Report, data: bytes, ending: str, profile: Profile) -> tuple[str, ...]:
    """What of a report is not in the file that was written of it, in words for people: the file is read
    again. Data files hold all of it."""
    if ending in _DATA:
        return ()
    from jisseki_check.writers.comparison import losses, seeming_ends  # `facts` needs none of it

    try:
        again = forms.read(readers.read_bytes(data, f"again{ending}"), profile).report
    except Unreadable as error:
        return (f"全体（読み直すと「{error.message}」になります）",)
    return (*losses(report, again, profile), *seeming_ends(report, again))
