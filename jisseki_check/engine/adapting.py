"""A report of the form that the examples are written in → the same in the form of another profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jisseki_check.model import Amount, Item, Remark, Report
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import DEFAULT, Group, Profile, Section, load

_BUDGETS = ("initial_budget", "revised_budget")


def adapted(report: Report, profile: Profile) -> Report:
    """The report as that form holds it: its sections, labels, marks and kind of document.

    What the form has already stays as it is. Items of kinds that it does not have are left out; a section
    that is left empty says so in a remark of the kind "section". A form of data has nothing of this.
    """
    if profile.name == DEFAULT or profile.tree is not None:
        return report
    usual = load(DEFAULT)
    places = [(item, _place(item, profile)) for item in report.items]
    held = [(_moved(item, *place), place[0]) for item, place in places if place is not None]
    order = [section.title for section in profile.sections]
    held.sort(key=lambda pair: order.index(pair[1].title))
    items = tuple(
        replace(_item(item, profile, usual), index=index) for index, (item, _) in enumerate(held, start=1)
    )
    full = {section.title for _, section in held}
    empty = (
        section.title for section in profile.sections if section.title not in full and not section.optional
    )
    return replace(
        report,
        municipality=profile.municipality or report.municipality,
        title=_title(report.title, profile, usual),
        legend=_legend(report.legend, profile, usual),
        items=items,
        remarks=(*report.remarks, *(Remark("section", title, read_as=title) for title in empty)),
    )


def _place(item: Item, profile: Profile) -> tuple[Section, Group | None] | None:
    """Where an item of that kind stands in the form: at its own number, else where it comes first."""
    places = list(_places(item, profile))
    own = [place for place in places if place[0].number == item.section]
    return next(iter(own or places), None)


def _places(item: Item, profile: Profile) -> Iterator[tuple[Section, Group | None]]:
    for section in profile.sections:
        if section.kind == item.kind and (item.kind != "bullet" or section.plan == _plan(item)):
            yield section, None
        yield from ((section, group) for group in section.groups if group.kind == item.kind)


def _plan(item: Item) -> str:
    """The field in which a bullet's plan stands."""
    return "initiative" if item.initiative else "title"


def _moved(item: Item, section: Section, group: Group | None) -> Item:
    return replace(
        item,
        section=section.number,
        section_title=section.title,
        group=group.title if group else None,
    )


def _item(item: Item, profile: Profile, usual: Profile) -> Item:
    return replace(
        item,
        mark=_mark(item.mark, profile, usual) if profile.marked else None,
        amounts=tuple(_amount(amount, profile, usual) for amount in item.amounts),
    )


def _mark(mark: str | None, profile: Profile, usual: Profile) -> str | None:
    """A mark of the examples' form becomes the mark of that rank."""
    ranks = [sign.sign for sign in usual.signs]
    if mark not in ranks or mark in profile.mark_signs:
        return mark
    return profile.signs[min(ranks.index(mark), len(profile.signs) - 1)].sign


def _amount(amount: Amount, profile: Profile, usual: Profile) -> Amount:
    """The label as the form has it, its year kept; a budget is called what the form calls its budget."""
    years = find_fiscal_years(amount.label)
    year = years[0].text if years and amount.label.startswith(years[0].text) else ""
    label = amount.label.removeprefix(year)
    stage = _stage(label, profile)
    if stage is not None and (stage in profile.form_stages or stage not in _BUDGETS):
        return amount
    stage = _stage(label, usual)
    if stage in _BUDGETS and stage not in profile.form_stages:
        stage = next((each for each in profile.form_stages if each != "settlement"), stage)
    if stage is None or stage not in profile.stages:
        return amount
    return replace(amount, label=year + profile.stages[stage][0], stage=stage if amount.stage else "")


def _stage(label: str, profile: Profile) -> str | None:
    plain = squeeze(fold(label))
    return next(
        (
            stage
            for stage, labels in profile.stages.items()
            if plain in {squeeze(fold(each)) for each in labels}
        ),
        None,
    )


def _title(title: str | None, profile: Profile, usual: Profile) -> str | None:
    kinds = [word for words in profile.report_kinds.values() for word in words]
    if title is None or any(word in title for word in kinds):
        return title
    for word in usual.report_kinds["results"]:
        title = title.replace(word, kinds[0])
    return title


def _legend(legend: str | None, profile: Profile, usual: Profile) -> str | None:
    """The legend of the examples' form becomes that of the profile's own marks."""
    if legend is None or not profile.marked:
        return None
    if not any(f"{sign.sign}：" in legend for sign in usual.signs):
        return legend
    return "※ " + "　".join(f"{sign.sign}：{sign.meaning}" for sign in profile.signs)
