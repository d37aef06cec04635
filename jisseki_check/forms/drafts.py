"""A report while it is being read from blocks: what has been found so far, with its places."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile

from jisseki_check.forms.amounts import Found
from jisseki_check.forms.labels import Labels
from jisseki_check.forms.spans import Text, TextPlaces, join
from jisseki_check.model import Amount, Document, Item, Location, Remark, Report
from jisseki_check.notation.fiscal import FiscalYearMention, find_fiscal_years
from jisseki_check.notation.titles import parted, years_of
from jisseki_check.notation.width import fold, has_full_width_digits, squeeze
from jisseki_check.profiles import Group, ItemKind, Profile, Section

_SENTENCE_ENDS = "。.)）」』】"
DIVISION_SEPARATORS = ("、", ",", "，")


@dataclass
class Draft:
    """One item; `fields` holds the paragraphs of each field that is there, `unit` what its amounts count
    where they do not say so."""

    index: int
    kind: str
    section: Section | None
    group: Group | None
    title: Text | None
    number: Text | None
    heading: Text | None
    fields: dict[str, list[Text]] = field(default_factory=dict)
    labels: dict[str, Text] = field(default_factory=dict)
    repeats: list[tuple[str, Text, list[Text]]] = field(default_factory=list)
    marks: list[Text] = field(default_factory=list)
    mark_values: list[Text] = field(default_factory=list)
    amounts: list[tuple[Amount, Text]] = field(default_factory=list)
    division: Text | None = None
    extra: list[tuple[Text, Text]] = field(default_factory=list)
    unit: str | None = None

    def has(self, name: str) -> bool:
        """Whether the field stands here, be it empty."""
        return name in self.labels or bool(self.fields.get(name))

    def repeat(self, name: str, label: Text) -> list[Text]:
        """A field that stands here already: where its text goes, which is merged with nothing."""
        lines: list[Text] = []
        self.repeats.append((name, label, lines))
        return lines

    def add_marks(self, label: Text, values: list[Text]) -> None:
        """A mark's label, and what stands in its brackets."""
        self.marks.append(label)
        self.mark_values += values

    def add_amount(self, found: Found, name: str | None) -> None:
        """An amount in the field of that name; None: behind the mark, or before every label."""
        printed = squeeze(found.label.text)
        years = find_fiscal_years(printed)
        money = found.money
        finished = self.has("result") or bool(self.marks)
        amount = Amount(
            stage=found.stage,
            label=printed,
            fiscal_year=years[0].year if years else None,
            value=money.value if isinstance(money.value, int) and money.kind == "number" else None,
            unit=found.unit or (self.unit if money.kind == "number" else None),
            note=found.note,
            field=name or ("result" if finished else "goal"),
            text=found.value.text,
        )
        self.amounts.append((amount, found.value if found.value.text else found.label))

    @property
    def texts(self) -> dict[str, Text]:
        """Each field's text, or what stands in its place: its label, for the item itself its heading."""
        texts = {"title": self.title, "number": self.number, "division": self.division, "": self.heading}
        texts |= self.labels
        texts |= {f"extra/{squeeze(heading.text)}": text for heading, text in self.extra}
        texts |= {name: join(lines, "\n") for name, lines in self.fields.items() if lines}
        if self.marks:
            texts["mark"] = next((value for value in self.mark_values if value.runs), self.marks[0])
        return {name: text for name, text in texts.items() if text is not None}

    @property
    def place(self) -> Location | None:
        """Where the item begins."""
        texts = (self.heading, self.number, self.title, *self.labels.values(), *self.marks)
        return next((text.place() for text in texts if text is not None and text.runs), None)

    @property
    def breaks_off(self) -> bool:
        """Whether neither a mark nor the end of a sentence ends the item."""
        result = self.value("result")
        return not self.marks and (not result or result[-1] not in _SENTENCE_ENDS)

    def value(self, name: str) -> str | None:
        if not self.has(name):
            return None
        return join(self.fields.get(name, []), "\n").text

    def mark(self) -> str | None:
        if not self.marks:
            return None
        return "\n".join(text.text for text in self.mark_values)


@dataclass
class DraftReport:
    """The report; `document` makes it final."""

    profile: Profile
    labels: Labels
    items: list[Draft] = field(default_factory=list)
    preamble: list[Text] = field(default_factory=list)
    divisions: Text | None = None
    divisions_label: Text | None = None
    front: dict[str, Text] = field(default_factory=dict)
    legend: list[Text] = field(default_factory=list)
    headings: list[tuple[str, Text]] = field(default_factory=list)
    said_empty: set[str] = field(default_factory=set)
    unit: str | None = None
    remarks: list[Remark] = field(default_factory=list)
    _lenient: dict[str, Remark] = field(default_factory=dict)

    def add(
        self,
        kind: ItemKind,
        section: Section | None,
        group: Group | None,
        title: Text | None,
        number: Text | None,
        heading: Text | None,
    ) -> Draft:
        draft = Draft(len(self.items) + 1, kind.name, section, group, title, number, heading, unit=self.unit)
        self.items.append(draft)
        return draft

    def take_out(self, items: Collection[Draft]) -> None:
        """Items that are none: those behind them move up, with what was noticed in them."""
        kept = [item for item in self.items if item not in items]
        moved: dict[int | None, int] = {item.index: at for at, item in enumerate(kept, start=1)}
        self.items = [replace(item, index=moved[item.index]) for item in kept]
        self.remarks = [replace(each, item=moved.get(each.item)) for each in self.remarks]
        self._lenient = {
            what: replace(each, item=moved.get(each.item)) for what, each in self._lenient.items()
        }

    def set_divisions(self, names: Text, whole: Text) -> None:
        self.divisions, self.divisions_label = names, whole

    def remark(
        self, kind: str, text: Text, read_as: str | None, item: Draft | None, name: str | None
    ) -> None:
        index = item.index if item else None
        self.remarks.append(Remark(kind, text.text, read_as=read_as, item=index, field=name, at=text.place()))

    def lenient(self, what: str, text: Text, read_as: str, item: Draft | None, name: str | None) -> None:
        """Note once a document, with a count, that this sort of thing was read otherwise than written."""
        known = self._lenient.get(what)
        if known is not None:
            self._lenient[what] = replace(known, count=known.count + 1)
            return
        index = item.index if item else None
        self._lenient[what] = Remark("lenient", text.text, read_as, index, name, at=text.place())

    @cached_property
    def fiscal_year(self) -> int | None:
        """The first fiscal year that stands above the items."""
        years = (year for line in self.preamble for year in find_fiscal_years(line.text))
        return next((mention.year for mention in (*years, *self._front_years)), None)

    @property
    def _front_years(self) -> list[FiscalYearMention]:
        """The year in the cell beside 年度, with or without that word."""
        held = self.front.get("year")
        return [] if held is None else find_fiscal_years(f"{held.text.removesuffix('年度')}年度")

    def document(self, path: str) -> Document:
        """The finished report and its places."""
        texts: dict[tuple[int | None, str], Text] = {}
        title = self._title()
        if title is not None:
            texts[None, "title"] = title
        if self.divisions is not None:
            texts[None, "divisions"] = self.divisions_label or self.divisions
        if self.legend:
            texts[None, "legend"] = join(self.legend, "\n")
        names = {"department": "department", "year": "fiscal_year"}
        texts |= {(None, names[name]): text for name, text in self.front.items()}
        self._note_headings(texts)
        self._note_front(title)
        items = tuple(self._item(draft, texts) for draft in self.items)
        self._note_repeats()
        self.remarks = [self._with_lost_field(remark) for remark in self.remarks]
        self._note_truncation()
        report = self._report(title, items)
        return Document(path, report, TextPlaces(texts, tuple(remark.at for remark in report.remarks)))

    def _report(self, title: Text | None, items: tuple[Item, ...]) -> Report:
        match = self.labels.title_of(fold(title.text)) if title else None
        years = (years_of(title.text) if title else []) or self._front_years
        kind = self.labels.kind_of(match) if match else "results"
        town, department = parted(title.text[slice(*match.span("department"))] if match and title else "")
        if not department and "department" in self.front:
            town, department = parted(self.front["department"].text)
        town = town or (match["town"] if match else None)
        return Report(
            municipality=self.profile.municipality or town,
            department=department or None,
            divisions=self._division_names(),
            title=title.text if title else None,
            kind=kind,
            fiscal_year=years[0].year if years else None,
            fiscal_year_label=squeeze(years[0].text) if years else None,
            legend=join(self.legend, "\n").text if self.legend else None,
            items=items,
            remarks=tuple(self.remarks) + tuple(self._lenient.values()),
        )

    def _division_names(self) -> tuple[str, ...] | None:
        if self.divisions is None:
            return None
        names = self.divisions.text
        for separator in DIVISION_SEPARATORS:
            names = names.replace(separator, "、")
        return tuple(name.strip() for name in names.split("、") if name.strip())

    def _title(self) -> Text | None:
        """The line that reads as a title, or several that do so together; the rest is unread text."""
        lines = self.preamble
        for size, dated in ((1, True), (2, True), (3, True), (1, False)):
            for start in range(len(lines) - size + 1):
                text = join(lines[start : start + size], "")
                match = self.labels.title_of(fold(text.text))
                if match and (match["year"] or not dated):
                    return self._leave(lines[:start] + lines[start + size :], text)
        likely = next((line for line in lines if years_of(line.text)), lines[0] if lines else None)
        return self._leave([line for line in lines if line is not likely], likely)

    def _leave(self, lines: list[Text], title: Text | None) -> Text | None:
        for line in lines:
            self.remark("unread", line, None, None, None)
        if title is not None:
            self._note_digits(title, None, "title")
        return title

    def _note_front(self, title: Text | None) -> None:
        """What the cells above the items say otherwise than the title does."""
        match = self.labels.title_of(fold(title.text)) if title else None
        _, department = parted(match["department"] if match else "")
        held = self.front.get("department")
        if held is not None and department and department != parted(fold(held.text))[1]:
            self.remark("unread", held, None, None, None)
        held = self.front.get("year")
        years = years_of(title.text) if title else []
        told = self._front_years
        if held is None:
            return
        is_year = bool(told) and told[0].text in {held.text, f"{held.text}年度"}
        if not is_year or (years and told[0].year != years[0].year):
            self.remark("unread", held, None, None, None)

    def _note_digits(self, text: Text, item: Draft | None, name: str) -> None:
        if has_full_width_digits(text.text):
            self.lenient("digits", text, fold(text.text), item, name)

    def _note_headings(self, texts: dict[tuple[int | None, str], Text]) -> None:
        """A heading without items stands in the file all the same, and a lost one is missed here only."""
        held = {draft.section.title for draft in self.items if draft.section}
        for title, text in self.headings:
            texts.setdefault((None, f"sections/{title}"), text)
            if title not in held:
                self.remark("section", text, title, None, None)
        for section in self.profile.sections:
            for group in section.groups:
                lost = next((d for d in self.items if d.kind == group.kind and d.group is None), None)
                if lost is not None and lost.section is not None:
                    self.remarks.append(Remark("heading", group.title, item=lost.index, at=lost.place))

    def _note_repeats(self) -> None:
        for draft in self.items:
            for name, label, lines in draft.repeats:
                self.remark("repeated", join((label, *lines), "\n"), None, draft, name)

    def _with_lost_field(self, remark: Remark) -> Remark:
        """Unread text is called a field's only where the item has no such field."""
        if remark.kind == "unread" and remark.item and self.items[remark.item - 1].has(remark.field or ""):
            return replace(remark, field=None)
        return remark

    def _note_truncation(self) -> None:
        """A file that ends before its last section, right below that one's heading or within its last item
        was cut off; unless nothing but the heading was lost, or the file says that nothing is below it."""
        held = {draft.section.title for draft in self.items if draft.section} | self.said_empty
        due = [section for section in self.profile.sections if not section.optional or section.title in held]
        missing = list(takewhile(lambda section: section.title not in held, reversed(due)))
        last = self.items[-1]
        lost_heading = len(missing) == 1 and bool(last.marks) and _is_like(last, missing[0])
        own = {section.title for section in self.profile.sections}
        if missing and not lost_heading and any(title in own for title, _ in self.headings):
            self.remarks.append(Remark("truncated", missing[-1].title, item=last.index, at=last.place))
        elif self.headings and self.profile.marked and last.breaks_off:
            title = last.title.text if last.title else self.headings[-1][0]
            self.remarks.append(Remark("truncated", title, item=last.index, at=last.place))

    def _item(self, draft: Draft, texts: dict[tuple[int | None, str], Text]) -> Item:
        index = draft.index
        texts.update({(index, field): text for field, text in draft.texts.items()})
        if draft.number is not None:
            self._note_digits(draft.number, draft, "number")
        for position, (amount, text) in enumerate(draft.amounts):
            texts[index, f"amounts/{position}"] = text
            self._note_digits(text, draft, amount.stage)
        return Item(
            index=index,
            kind=draft.kind,
            section=draft.section.number if draft.section else None,
            section_title=draft.section.title if draft.section else None,
            group=draft.group.title if draft.group else None,
            number=fold(draft.number.text) if draft.number else None,
            title=draft.title.text if draft.title else None,
            division=draft.division.text if draft.division else None,
            goal=draft.value("goal"),
            initiative=draft.value("initiative"),
            result=draft.value("result"),
            mark=draft.mark(),
            amounts=tuple(amount for amount, _ in draft.amounts),
            extra=tuple((squeeze(heading.text), text.text) for heading, text in draft.extra),
        )


def _is_like(draft: Draft, section: Section) -> bool:
    """Whether an item has the shape of that section's items."""
    if draft.kind != section.kind:
        return False
    return section.plan != "initiative" or bool(draft.fields.get("initiative"))
