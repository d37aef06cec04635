"""What a report that was written and read again lost on the way, in words for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jisseki_check.forms.besides import DIVISION, INDICATOR, KIND_OF_ITEM
from jisseki_check.forms.report_json import usual_field
from jisseki_check.model import Amount, Item, Report
from jisseki_check.notation.width import squeeze
from jisseki_check.profiles import Profile
from jisseki_check.writers.listing import GROUP, NUMBER, SECTION, TITLE
from jisseki_check.writers.printed import amount_value

_OF_THE_REPORT = {
    "municipality": "市町村名",
    "department": "部名",
    "divisions": "部の構成",
    "title": "表題",
    "kind": "文書の種類",
    "fiscal_year": "年度",
    "fiscal_year_label": "年度の表記",
    "legend": "凡例",
}
_OF_AN_ITEM = {
    "section": SECTION,
    "section_title": SECTION,
    "group": GROUP,
    "kind": KIND_OF_ITEM,
    "number": NUMBER,
    "title": TITLE,
    "division": DIVISION,
    "goal": "目標",
    "initiative": "取り組み",
    "result": "実績",
    "mark": "達成状況",
    "amounts": "金額",
    "indicators": INDICATOR,
    "extra": "様式にない列",
}
_LONGEST_TITLE = 20


def losses(report: Report, again: Report, profile: Profile) -> Iterator[str]:
    """One line for the report and one for each item, with the fields that are not what they were."""
    told = _differences(report, again, _OF_THE_REPORT)
    if told:
        yield "、".join(told)
    if len(report.items) != len(again.items):
        yield f"項目の数（{len(report.items):,}件が{len(again.items):,}件になります）"
        return
    names = {**_OF_AN_ITEM, **{field: profile.fields[field][0] for field in profile.fields}}
    for item, other in zip(report.items, again.items, strict=True):
        told = _differences(item, other, names)
        if told:
            yield f"{_name(item)}: {'、'.join(told)}"


def seeming_ends(report: Report, again: Report) -> Iterator[str]:
    """A line where the report seems to be cut off once it is a document, which has the form's sections, and
    as a list or as data did not."""
    missing = next((remark.text for remark in again.remarks if remark.kind == "truncated"), None)
    if missing is not None and all(remark.kind != "truncated" for remark in report.remarks):
        yield (
            f"終わり方（「{missing}」から後がないので、点検では途中で切れた文書とみなし、判定不能になります）"
        )


def _differences(held: Report | Item, again: Report | Item, names: dict[str, str]) -> list[str]:
    told = [name for field, name in names.items() if _plain(held, field) != _plain(again, field)]
    return list(dict.fromkeys(told))


def _plain(held: Report | Item, field: str) -> object:
    """A field as it can be compared: blanks around lines aside; an empty field is as good as none."""
    value = getattr(held, field)
    if field == "amounts" and isinstance(held, Item):
        return Counter(_amount(amount, held) for amount in held.amounts)
    if field == "extra":
        return Counter((heading, _text(text)) for heading, text in value if _text(text))
    if field == "fiscal_year_label":
        return squeeze(value) if value else None
    return (_text(value) or None) if isinstance(value, str) else value or None


def _amount(amount: Amount, item: Item) -> tuple[object, ...]:
    where = amount.field or usual_field(amount.stage, item.kind)
    printed = squeeze(amount_value(amount)) if amount.value is None else f"{amount.value}{amount.unit or ''}"
    return amount.stage, squeeze(amount.label), amount.fiscal_year, where, printed, _text(amount.note or "")


def _text(text: str) -> str:
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _name(item: Item) -> str:
    title = item.title or ""
    shown = title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"
    return f"{item.index}番目の項目" + (f"「{shown}」" if shown else "")
