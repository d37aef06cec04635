"""How the form prints what a report holds: labels, amounts, marks, indicators, headings."""

from __future__ import annotations

from collections.abc import Iterator

from jisseki_check.forms.labels import number_of
from jisseki_check.model import Amount, Indicator, Item, Report
from jisseki_check.profiles import ItemKind, Profile


def kind_of(item: Item, profile: Profile) -> ItemKind:
    """The item's kind; one that the form does not have is printed with a label for each field."""
    known = profile.item_kinds.get(item.kind)
    return known or ItemKind(name=item.kind, title=item.kind, opens="parenthesis", required=())


def label_of(field: str, report: Report, profile: Profile) -> str:
    """The form's label of a field, with the year where the form's labels carry it."""
    own = profile.fields[field][0]
    return f"{report.fiscal_year_label or ''}の{own}" if field in profile.dated else own


def section_line(number: int | None, title: str | None, profile: Profile) -> str:
    """The heading of a section: 「1. 重点施策・事業」, 「Ⅰ 重点施策・事業」."""
    if number is None:
        return title or ""
    section = next((each for each in profile.sections if each.number == number), None)
    printed = number_of(section, profile) if section is not None else str(number)
    return f"{printed}{'' if profile.roman else '.'} {title or ''}".rstrip()


def group_sign(profile: Profile) -> str:
    """The sign before a sub-heading: that of the form's bullets."""
    return next((kind.sign for kind in profile.item_kinds.values() if kind.sign), "")


def heading_of(item: Item, kind: ItemKind) -> str | None:
    """The line that an item begins with; None where its heading is lost."""
    if item.title is None and (kind.opens != "parenthesis" or item.number is None):
        return None
    title = item.title or ""
    if kind.opens == "parenthesis":
        return f"({item.number or ''}) {title}".rstrip()
    if kind.opens == "bullet":
        return f"{kind.sign}{title}"
    return f"{item.number}. {title}" if item.number else title


def amount_value(amount: Amount) -> str:
    """The amount as printed; where its unit stood elsewhere (a column's heading), with the unit."""
    if amount.text and (amount.value is None or not amount.unit or amount.unit in amount.text):
        return amount.text
    if amount.value is None:
        return ""
    sign = "△" if amount.value < 0 else ""
    return f"{sign}{abs(amount.value):,}{amount.unit or ''}"


def amount_line(amount: Amount) -> str:
    """「平成29年度決算：462千円（補正予算等の対応あり）」."""
    note = f"（{amount.note}）" if amount.note else ""
    return f"{amount.label}：{amount_value(amount)}{note}"


def mark_lines(mark: str, profile: Profile) -> Iterator[str]:
    """「【 ◎ 】」, one for each sign."""
    opening, closing = profile.brackets[0][0], profile.brackets[0][1]
    for sign in mark.split("\n"):
        yield f"{opening} {sign} {closing}"


def indicator_line(indicator: Indicator) -> str:
    """「訓練の参加者数（単位：人）　目標 200　実績 215」."""
    unit = f"（単位：{indicator.unit}）" if indicator.unit is not None else ""
    target = f"　目標 {figure(indicator.target)}" if indicator.target is not None else ""
    actual = f"　実績 {figure(indicator.actual)}" if indicator.actual is not None else ""
    return f"{indicator.name}{unit}{target}{actual}"


def figure(number: float) -> str:
    """A number without an exponent, and without a decimal point where it is whole."""
    from decimal import Decimal  # only for reports with indicators

    return str(int(number)) if number.is_integer() else format(Decimal(repr(number)), "f")
