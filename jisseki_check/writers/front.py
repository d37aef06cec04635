"""What stands above the items: the title, the divisions, the legend; and what these do not tell."""

from __future__ import annotations

from collections.abc import Iterator

from jisseki_check.forms.besides import DEPARTMENT, KIND_OF_REPORT, REPORT_KINDS, TOWN, YEAR
from jisseki_check.forms.labels import compile_labels
from jisseki_check.model import Report
from jisseki_check.notation.fiscal import label
from jisseki_check.notation.titles import parted, years_of
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Profile


def front_lines(report: Report, profile: Profile) -> Iterator[str]:
    """The lines above the items, the title first, and with them what the form does not tell."""
    lines = list(form_lines(report, profile))
    at = int(report.title is not None)
    yield from (*lines[:at], *_facts(report, profile), *lines[at:])


def form_lines(report: Report, profile: Profile) -> Iterator[str]:
    """The lines that the form has above the items, the title first."""
    if report.title is not None:
        yield report.title
    if report.divisions is not None:
        yield f"<{composition(report.department, profile)}> {'、'.join(report.divisions)}".rstrip()
    if report.legend is not None:
        yield from report.legend.split("\n")


def composition(department: str | None, profile: Profile) -> str:
    """The heading of the divisions: a bureau (局) has its own."""
    last = (department or "")[-1:]
    fitting = (each for each in profile.composition if last and each.startswith(last))
    return next(fitting, profile.composition[0])


def _facts(report: Report, profile: Profile) -> Iterator[str]:
    """What a reader of the title would not know, or would take otherwise."""
    town, department, year, kind = _told(report.title or "", profile)
    if report.municipality and report.municipality != (profile.municipality or town):
        yield f"<{TOWN}> {report.municipality}"
    if report.department and report.department != department:
        yield f"<{DEPARTMENT}> {report.department}"
    given = report.fiscal_year_label or (label(report.fiscal_year) if report.fiscal_year else "")
    if given and year != (report.fiscal_year, report.fiscal_year_label):
        yield f"<{YEAR}> {given}"
    if report.kind in REPORT_KINDS and report.kind != kind:
        yield f"<{KIND_OF_REPORT}> {REPORT_KINDS[report.kind]}"


def _told(title: str, profile: Profile) -> tuple[str | None, str, tuple[int | None, str | None], str]:
    """Town, department, fiscal year with its label, and kind of document, as a title tells them."""
    labels = compile_labels(profile)
    match = labels.title_of(fold(title))
    years = years_of(title)
    year = (years[0].year, squeeze(years[0].text)) if years else (None, None)
    if match is None:
        return None, "", year, "results"
    town, department = parted(title[slice(*match.span("department"))])
    return town or match["town"], department, year, labels.kind_of(match)
