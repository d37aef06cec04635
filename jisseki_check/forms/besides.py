"""What a form has no place for: how files of ours write it, and its way back into the report.

Above the items stands 「<市町村名> みずき市」; beside an item's fields stand columns or labelled cells with
headings of their own, and in a text lines like 「〔欄外：備考〕特になし」.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from jisseki_check.forms.report_json import usual_field
from jisseki_check.model import Amount, Indicator, Item, Remark, Report
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import ItemKind, Profile

TOWN, DEPARTMENT, YEAR, KIND_OF_REPORT = "市町村名", "部名", "年度", "文書の種類"
REPORT_KINDS = {"results": "実績", "plan": "計画"}
DIVISION, INDICATOR, NOTE, KIND_OF_ITEM = "担当課", "指標", "の注記", "項目の種類"
INDICATOR_COLUMNS = {"name": "の名前", "unit": "の単位", "target": "の目標値", "actual": "の実績値"}

_FACT = re.compile(rf"<({TOWN}|{DEPARTMENT}|{YEAR}|{KIND_OF_REPORT})>\s*(.*)", re.S)
_SIGN = "〔欄外："
_ASIDE = re.compile(rf"{_SIGN}(?P<heading>[^〕]*)〕(?P<text>.*)")
_COLUMN = re.compile(rf"{INDICATOR}(?P<number>[0-9]*)(?P<of>{'|'.join(INDICATOR_COLUMNS.values())})")
_FIGURE = r"-?[0-9]+(?:\.[0-9]+)?"
_INDICATOR = re.compile(
    rf"(?P<name>.*?)(?:（単位：(?P<unit>[^（）]*)）)?"
    rf"(?:　目標 (?P<target>{_FIGURE}))?(?:　実績 (?P<actual>{_FIGURE}))?"
)
_FIELDS = ("goal", "initiative", "result")

Pair = tuple[str, str]


def aside(heading: str, text: str) -> str:
    """The lines of a text that stand beside an item's fields."""
    return "\n".join(f"{_SIGN}{heading}〕{line}" for line in text.split("\n"))


def settled(report: Report, profile: Profile) -> Report:
    """The report with what stood beside the form in its own fields."""
    items = tuple(_settled(item, profile) for item in report.items)
    return _with_facts(replace(report, items=items), report.remarks)


# --- the report ---------------------------------------------------------------------------------


def _with_facts(report: Report, remarks: Iterable[Remark]) -> Report:
    """Lines above the items that no form knows, and that say what the title does not."""
    kept: list[Remark] = []
    for remark in remarks:
        match = _FACT.fullmatch(fold(remark.text)) if _is_above(remark) else None
        if match is None:
            kept.append(remark)
            continue
        report = _with_fact(report, match[1], remark.text[match.start(2) :].strip())
        kept.append(replace(remark, kind="read"))  # findings name remarks by their place in this list
    title = _FACT.fullmatch(fold(report.title or ""))
    if title is not None:
        report = _with_fact(report, title[1], title[2].strip())
        first = next((at for at, remark in enumerate(kept) if _is_above(remark)), None)
        report = replace(report, title=kept[first].text if first is not None else None)
        if first is not None:
            kept[first] = replace(kept[first], kind="read")
    return replace(report, remarks=tuple(kept))


def _is_above(remark: Remark) -> bool:
    return remark.kind == "unread" and remark.item is None


def _with_fact(report: Report, heading: str, value: str) -> Report:
    if heading == TOWN:
        return replace(report, municipality=value)
    if heading == DEPARTMENT:
        return replace(report, department=value)
    if heading == KIND_OF_REPORT:
        kinds = {words: kind for kind, words in REPORT_KINDS.items()}
        return replace(report, kind=kinds.get(value, report.kind))
    years = find_fiscal_years(value)
    if not years:
        return report
    return replace(report, fiscal_year=years[0].year, fiscal_year_label=squeeze(years[0].text))


# --- items --------------------------------------------------------------------------------------


def _settled(item: Item, profile: Profile) -> Item:
    item = _without_asides(item)
    rest: list[Pair] = []
    for heading, text in item.extra:
        if heading == DIVISION and item.division is None:
            item = replace(item, division=text)
        elif heading == KIND_OF_ITEM:
            item = _of_kind(item, text, profile)
        elif heading.endswith(NOTE) and _noted(item, heading.removesuffix(NOTE)) is not None:
            item = _with_note(item, heading.removesuffix(NOTE), text)
        else:
            rest.append((heading, text))
    return _with_indicators(replace(item, extra=tuple(rest)))


def _without_asides(item: Item) -> Item:
    """The item with the lines of a text that stand beside its fields among its extra pairs."""
    texts: dict[str, str | None] = {name: getattr(item, name) for name in _FIELDS}
    pairs: list[Pair] = []
    for name, text in texts.items():
        if text is None or _SIGN not in text:
            continue
        lines = [(line, _ASIDE.fullmatch(line)) for line in text.split("\n")]
        texts[name] = "\n".join(line for line, match in lines if match is None)
        pairs += _joined((match["heading"], match["text"]) for _, match in lines if match is not None)
    if not pairs:
        return item
    extra = item.extra + tuple(pairs)
    return replace(
        item, extra=extra, goal=texts["goal"], initiative=texts["initiative"], result=texts["result"]
    )


def _joined(pairs: Iterable[Pair]) -> list[Pair]:
    """Lines of one heading that follow each other are paragraphs; each indicator has a line of its own."""
    joined: list[Pair] = []
    for heading, text in pairs:
        if joined and joined[-1][0] == heading != INDICATOR:
            joined[-1] = (heading, f"{joined[-1][1]}\n{text}")
        else:
            joined.append((heading, text))
    return joined


def _of_kind(item: Item, title: str, profile: Profile) -> Item:
    """The item as one of the kind of that title; its amounts stand where such an item has them."""
    named = {squeeze(word): kind for kind in profile.item_kinds.values() for word in (kind.name, kind.title)}
    kind = named.get(squeeze(title))
    if kind is None or kind.name == item.kind:
        return item
    amounts = tuple(
        replace(amount, field=usual_field(amount.stage, kind.name))
        if amount.field == usual_field(amount.stage, item.kind)
        else amount
        for amount in item.amounts
    )
    return replace(
        item,
        kind=kind.name,
        amounts=amounts,
        goal=_needed(item.goal, "goal", kind),
        initiative=_needed(item.initiative, "initiative", kind),
        result=_needed(item.result, "result", kind),
    )


def _needed(text: str | None, field: str, kind: ItemKind) -> str | None:
    """A blank cell is an empty field only of a kind that has this field."""
    return text if text or field in kind.required else None


def _noted(item: Item, label: str) -> int | None:
    """Which amount a note in a column beside it belongs to: the one of that label in a column, which stands
    behind those of the texts."""
    places = reversed(range(len(item.amounts)))
    return next((at for at in places if _may_be_noted(item.amounts[at], item, label)), None)


def _may_be_noted(amount: Amount, item: Item, label: str) -> bool:
    stands_here = amount.field == usual_field(amount.stage, item.kind)
    return stands_here and amount.note is None and squeeze(amount.label) == squeeze(label)


def _with_note(item: Item, label: str, note: str) -> Item:
    at = _noted(item, label)
    amounts: Iterator[Amount] = (
        replace(amount, note=note) if place == at else amount for place, amount in enumerate(item.amounts)
    )
    return replace(item, amounts=tuple(amounts))


# --- indicators ---------------------------------------------------------------------------------


def _with_indicators(item: Item) -> Item:
    """Indicators in columns of their own, or in a line each; what is no such line stays as it is."""
    columns: dict[str, dict[str, Pair]] = {}
    found: list[Indicator] = []
    rest: list[Pair] = []
    for heading, text in item.extra:
        column = _COLUMN.fullmatch(fold(heading))
        if column is not None:
            columns.setdefault(column["number"], {})[column["of"]] = heading, text
        elif heading == INDICATOR:
            lines = [_INDICATOR.fullmatch(line) for line in text.split("\n")]
            told = [
                match for match in lines if match and (match["unit"] or match["target"] or match["actual"])
            ]
            if len(told) == len(lines):
                found += [_indicator(match.groupdict()) for match in told]
            else:
                rest.append((heading, text))
        else:
            rest.append((heading, text))
    for held in columns.values():
        texts = {name: held.get(words, ("", None))[1] for name, words in INDICATOR_COLUMNS.items()}
        if all(re.fullmatch(_FIGURE, texts[name] or "0") for name in ("target", "actual")):
            found.append(_indicator(texts))
        else:
            rest += held.values()
    return replace(item, indicators=item.indicators + tuple(found), extra=tuple(rest))


def _indicator(texts: Mapping[str, str | None]) -> Indicator:
    target, actual = texts["target"], texts["actual"]
    return Indicator(
        name=texts["name"] or "",
        unit=texts["unit"],
        target=None if target is None else float(target),
        actual=None if actual is None else float(actual),
    )
