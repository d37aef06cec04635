"""An empty form as JSON: every name that the form has, with an item for each of its parts."""

from __future__ import annotations

from dataclasses import replace

from jisseki_check.forms.report_json import usual_field
from jisseki_check.model import Amount, Item, Report
from jisseki_check.notation.fiscal import label
from jisseki_check.profiles import Profile
from jisseki_check.templates import form
from jisseki_check.templates.form import Place, Wishes
from jisseki_check.writers.json import write

_SCHEMA = "./report.schema.json"


def create(profile: Profile, wishes: Wishes) -> bytes:
    """The empty form; `jisseki-check schema report` writes the schema that it names."""
    report = Report(
        municipality=profile.municipality,
        department=wishes.department,
        divisions=() if form.asks_for_divisions(profile) else None,
        title=form.title(profile, wishes),
        kind=form.report_kind(profile),
        fiscal_year=wishes.year,
        fiscal_year_label=None if wishes.year is None else label(wishes.year),
        legend=form.legend(profile),
        items=tuple(_items(profile, wishes)),
    )
    data = write(report, profile)
    opening = b"{\n"
    return opening + f'  "$schema": "{_SCHEMA}",\n'.encode() + data.removeprefix(opening)


def _items(profile: Profile, wishes: Wishes) -> list[Item]:
    numbered: dict[int, int] = {}
    made: list[Item] = []
    for place in form.places(profile):
        for _ in range(wishes.rows or 1):
            item = _item(place, profile, wishes)
            if place.kind.opens == "parenthesis":
                number = place.section.number
                numbered[number] = numbered.get(number, 0) + 1
                item = replace(item, number=str(numbered[number]))
            made.append(replace(item, index=len(made) + 1))
    return made


def _item(place: Place, profile: Profile, wishes: Wishes) -> Item:
    return Item(
        index=0,
        kind=place.kind.name,
        section=place.section.number,
        section_title=place.section.title,
        group=place.group,
        title="",
        mark="" if profile.marked else None,
        amounts=tuple(_amounts(place, profile, wishes)) if form.has_money(place, profile) else (),
        goal=_text(place, "goal"),
        initiative=_text(place, "initiative"),
        result=_text(place, "result"),
    )


def _amounts(place: Place, profile: Profile, wishes: Wishes) -> list[Amount]:
    return [
        Amount(
            stage=stage,
            label=form.amount_label(stage, profile, wishes.year),
            fiscal_year=wishes.year,
            value=None,
            unit=profile.unit,
            field=usual_field(stage, place.kind.name),
        )
        for stage in profile.form_stages
    ]


def _text(place: Place, field: str) -> str | None:
    return "" if form.holds(place, field) else None
