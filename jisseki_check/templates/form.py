"""What of a profile an empty form is made of: places of items, columns, choices, rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jisseki_check import catalogue
from jisseki_check.forms.besides import KIND_OF_ITEM, NOTE
from jisseki_check.model import Rule
from jisseki_check.notation.fiscal import label
from jisseki_check.profiles import ItemKind, Profile, Section
from jisseki_check.resources import file
from jisseki_check.writers.listing import GROUP, NUMBER, SECTION, TITLE, amount_heading
from jisseki_check.writers.printed import section_line

HOLDER = "○○"  # where the year or the department is still to be written; PLH101 finds it
_TEXTS = ("goal", "initiative", "result")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the form is to be filled with. `rows`: of a list, or items of each part; None: as is usual."""

    department: str | None = None
    year: int | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the form: its section, its group (None: the section has none) and the kind of items that
    stand there."""

    section: Section
    group: str | None
    kind: ItemKind


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list. `name`: a field, a stage of amounts, section, group, kind or note."""

    name: str
    heading: str
    sort: str


def places(profile: Profile) -> tuple[Place, ...]:
    """The parts of the form in their order."""
    usual = next(iter(profile.item_kinds))
    found: list[Place] = []
    for section in profile.sections:
        if not section.groups:
            found.append(Place(section, None, profile.item_kinds[section.kind or usual]))
        for group in section.groups:
            found.append(Place(section, group.title, profile.item_kinds[group.kind]))
    return tuple(found)


def heading(place: Place, profile: Profile) -> str:
    """The heading of the section, as the form prints it."""
    return section_line(place.section.number, place.section.title, profile)


def holds(place: Place, field: str) -> bool:
    """Whether an item of that place has that text: its kind requires it, or its plan stands there."""
    stated = place.kind.opens == "bullet" and place.section.plan == field
    return field in place.kind.required or stated


def has_money(place: Place, profile: Profile) -> bool:
    """Whether amounts are asked for: with the numbered items, in a form without them with every item."""
    numbered = any(each.kind.opens == "parenthesis" for each in places(profile))
    return place.kind.opens == "parenthesis" if numbered else place.kind.opens != "heading"


def columns(profile: Profile, year: int | None) -> tuple[Column, ...]:
    """The columns of the list: what some kind of item needs, and the form's amounts."""
    held = places(profile)
    budgets = [stage for stage in profile.form_stages if stage != "settlement"]
    needed = {field for field in _TEXTS for place in held if holds(place, field)}
    found = [Column("section", SECTION, "choice")]
    if any(place.group for place in held):
        found.append(Column("group", GROUP, "choice"))
    if any(section.kind is None and not section.groups for section in profile.sections):
        found.append(Column("kind", KIND_OF_ITEM, "choice"))
    found += [Column("number", NUMBER, "number"), Column("title", TITLE, "text")]
    for field in _TEXTS[:2]:
        found += [_text(field, profile)] if field in needed else []
    found += [_amount(stage, profile, year) for stage in budgets]
    if "result" in needed:
        found.append(_text("result", profile))
    if "settlement" in profile.form_stages:
        settled = amount_label("settlement", profile, year)
        found += [_amount("settlement", profile, year), Column("note", settled + NOTE, "note")]
    if profile.marked:
        found.append(Column("mark", profile.fields["mark"][0], "mark"))
    return tuple(found)


def _text(field: str, profile: Profile) -> Column:
    return Column(field, profile.fields[field][0], "text")


def _amount(stage: str, profile: Profile, year: int | None) -> Column:
    return Column(stage, amount_heading(amount_label(stage, profile, year), profile.unit), "amount")


def amount_label(stage: str, profile: Profile, year: int | None) -> str:
    """「平成29年度当初予算」."""
    return (label(year) if year is not None else "") + profile.stages[stage][0]


def field_label(field: str, profile: Profile, year: int | None) -> str:
    """The form's label of a field, with the year where the form's labels carry it."""
    own = profile.fields[field][0]
    return f"{label(year)}の{own}" if field in profile.dated and year is not None else own


def title(profile: Profile, wishes: Wishes) -> str:
    """The report's title; what is not known is held open by a sign that the rules find."""
    year = label(wishes.year) if wishes.year is not None else f"{HOLDER}年度"
    return f"{year}{wishes.department or f'{HOLDER}部'}の{kind_words(profile)}"


def report_kind(profile: Profile) -> str:
    """Results or plan: a form that has taken over another one's kinds is a plan where it has no results."""
    planned = "plan" in profile.report_kinds and all("result" not in p.kind.required for p in places(profile))
    return "plan" if planned else next(iter(profile.report_kinds))


def kind_words(profile: Profile) -> str:
    """What the form calls its kind of document."""
    return profile.report_kinds[report_kind(profile)][0]


def legend(profile: Profile) -> str | None:
    """The line that explains the marks."""
    if not profile.marked:
        return None
    return profile.legend or "※ " + "　".join(f"{sign.sign}：{sign.meaning}" for sign in profile.signs)


def asks_for_divisions(profile: Profile) -> bool:
    """Whether the form names the divisions."""
    return "STR108" in rules(profile)


def rules(profile: Profile) -> Mapping[str, Rule]:
    """The rules that hold for the form, by code, with the profile's levels and parameters."""
    held = {}
    for rule in catalogue.load().rules:
        setting = profile.rules.get(rule.id)
        if setting is None:
            held[rule.id] = rule
        elif setting.enabled:
            params = {**rule.params, **(setting.params or {})}
            held[rule.id] = replace(rule, level=setting.level or rule.level, params=params)
    return held


def item_schema() -> Mapping[str, Any]:
    """The schema's definitions of an item's and an amount's properties."""
    with open(file("schemas", "report.schema.json"), encoding="utf-8") as stream:
        definitions = json.load(stream)["$defs"]
    held: dict[str, Any] = {**definitions["item"]["properties"]}
    held["amount"] = definitions["amount"]["properties"]
    return held
