"""A report → text in the layout of labelled blocks, as the form prints it."""

from __future__ import annotations

from collections.abc import Iterator

from jisseki_check.forms.labels import number_of
from jisseki_check.model import Amount, Item, Report
from jisseki_check.profiles import ItemKind, Profile, Section


def to_text(report: Report, profile: Profile) -> str:
    """The report's text; reading it again gives the same report, remarks aside."""
    return "\n".join(_lines(report, profile)) + "\n"


def _lines(report: Report, profile: Profile) -> Iterator[str]:
    if report.title is not None:
        yield report.title
    if report.divisions is not None:
        yield f"<{profile.composition[0]}> {'、'.join(report.divisions)}"
    if report.legend is not None:
        yield report.legend
    yield from _parts(report, profile)
    held = {item.section for item in report.items}
    for section in profile.sections:
        if section.optional and section.number not in held:
            continue
        yield ""
        yield f"{number_of(section, profile)}{'' if profile.roman else '.'} {section.title}"
        items = [i for i in report.items if i.section == section.number]
        yield from _section(section, items, report, profile)
    known = {section.number for section in profile.sections}
    rest = [i for i in report.items if i.section not in known and not _is_part(i)]
    yield from _section(None, rest, report, profile)


def _is_part(item: Item) -> bool:
    return item.kind == "statement" and item.section is None


def _parts(report: Report, profile: Profile) -> Iterator[str]:
    """What stands above the sections: 「<部長の方針・考え方>」 and its text."""
    for item in filter(_is_part, report.items):
        yield f"<{item.title or ''}>"
        yield from _texts(item, report, profile)


def _section(section: Section | None, items: list[Item], report: Report, profile: Profile) -> Iterator[str]:
    groups = section.groups if section is not None else ()
    for group in groups:
        yield ""
        yield f"{_bullet(profile)}{group.title}"
        for item in items:
            if item.group == group.title:
                yield from _item(item, report, profile)
    titles = {group.title for group in groups}
    for item in items:
        if item.group not in titles:
            yield from _item(item, report, profile)


def _bullet(profile: Profile) -> str:
    return next((kind.sign for kind in profile.item_kinds.values() if kind.sign), "")


def _item(item: Item, report: Report, profile: Profile) -> Iterator[str]:
    kind = profile.item_kinds[item.kind]
    if kind.opens != "heading":
        yield ""
        yield from _heading(item, kind)
    yield from _texts(item, report, profile)


def _texts(item: Item, report: Report, profile: Profile) -> Iterator[str]:
    kind = profile.item_kinds[item.kind]
    plan = [amount for amount in item.amounts if amount.field != "result"]
    result = [amount for amount in item.amounts if amount.field == "result"]
    labelled = kind.opens == "parenthesis"
    for field in ("goal", "initiative"):
        text = getattr(item, field)
        if text is None or (kind.opens == "table" and field == "goal"):
            continue
        yield _field(_label(field, report, profile), text) if labelled else text
    yield from map(_amount, plan)
    if item.result is not None:
        yield _field(_label("result", report, profile), item.result)
    yield from map(_amount, result)
    if item.mark is not None:
        opening, closing = profile.brackets[0][0], profile.brackets[0][1]
        for sign in item.mark.split("\n"):
            yield f"{profile.fields['mark'][0]} {opening} {sign} {closing}"


def _heading(item: Item, kind: ItemKind) -> Iterator[str]:
    title = item.title or ""
    if kind.opens == "parenthesis":
        if item.title is not None or item.number is not None:
            yield f"({item.number or ''}) {title}"
    elif kind.opens == "bullet":
        if item.title is not None:
            yield f"{kind.sign}{title}"
    else:
        yield "\t".join(kind.header)
        number = f"{item.number}. " if item.number else ""
        if item.title is not None:
            yield f"{number}{title}" + (f"\t{_continued(item.goal)}" if item.goal else "")


def _label(field: str, report: Report, profile: Profile) -> str:
    own = profile.fields[field][0]
    return f"{report.fiscal_year_label or ''}の{own}" if field in profile.dated else own


def _field(label: str, text: str) -> str:
    return f"{label}\t{_continued(text)}"


def _continued(text: str) -> str:
    """Further paragraphs stand in the same column, below an empty cell."""
    return text.replace("\n", "\n\t")


def _amount(amount: Amount) -> str:
    value = amount.text
    if not value and amount.value is not None:
        value = f"{amount.value:,}{amount.unit or ''}"
    note = f"（{amount.note}）" if amount.note else ""
    return f"{amount.label}：{value}{note}"
