"""Whether the items of a document stand in lists, in blocks of labels, or some here and some there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from jisseki_check.forms.item_rows import is_guide, read_lists
from jisseki_check.forms.labels import Labels, compile_labels
from jisseki_check.forms.list_headings import ListHeadings
from jisseki_check.forms.list_lines import Line, Listed, Part
from jisseki_check.forms.list_sections import FormParts
from jisseki_check.forms.list_tables import find_parts
from jisseki_check.forms.spans import Text, TextPlaces, join
from jisseki_check.model import Block, Document, Item, Location, Remark, Report, Source, Unreadable
from jisseki_check.notation.width import fold
from jisseki_check.profiles import Profile

_KEY = 200  # characters that tell whether a line begins with a label
_BLANK = Block(())


def read(source: Source, profile: Profile) -> Document | None:
    """The report of a document that has lists of items; None where it has none. Raises Unreadable."""
    parts = find_lists(source.blocks or (), profile)
    if parts is None:
        return None
    labels = compile_labels(profile)
    if not any(_label(part, labels) for part in parts if isinstance(part, Line)):
        return read_lists(source, profile, parts)
    return _read_both(source, profile, parts, labels)


def find_lists(blocks: Sequence[Block], profile: Profile) -> list[Part] | None:
    """The parts of a document that has lists of items; None where it has none."""
    parts = find_parts(blocks, ListHeadings(profile))
    if not any(isinstance(part, Listed) for part in parts):
        return None
    parts = list(_without_inner(parts, profile))
    lists = [part for part in parts if isinstance(part, Listed) and not is_guide(part.sheet)]
    return parts if lists else None


def _without_inner(parts: Sequence[Part], profile: Profile) -> Iterator[Part]:
    """The parts, those lists taken apart that stand within an item of another layout, as a table of its
    result does; and all that might be other tables, where items stand in blocks of labels."""
    labels, form = compile_labels(profile), FormParts(profile, compile_labels(profile))
    has_labels = any(_label(part, labels) for part in parts if isinstance(part, Line))
    is_open = False
    for part in parts:
        if isinstance(part, Listed):
            if is_open or (has_labels and not part.header.sure):
                yield from sorted(part.heads + part.rows, key=lambda line: line.at)
            else:
                yield part
            continue
        label = _label(part, labels)
        if label is not None:
            is_open = label != "mark"
        elif part.own and form.of_heading(join(part.texts, "").text) is not None:
            is_open = False
        yield part


def _label(line: Line, labels: Labels) -> str | None:
    """The field whose label a row or paragraph begins with, as blocks of labels do."""
    text = next(iter(line.texts), None)
    if text is None:
        return None
    folded = fold(text.text[:_KEY])
    if labels.mark.match(folded) is not None:
        return "mark"
    match = labels.field.match(folded)
    return labels.field_of(match) if match is not None else None


# --- both in one document -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """One item as it was read, with its report's place among the two and where in the file it begins."""

    at: int
    report: int
    item: Item


def _read_both(source: Source, profile: Profile, parts: Sequence[Part], labels: Labels) -> Document:
    """Lists and blocks of labels, each read by its layout; the items stand in the order of the file."""
    from jisseki_check.forms.labelled_blocks import read as read_labelled  # most lists need none of it

    blocks = source.blocks or ()
    lists = [part for part in parts if isinstance(part, Listed)]
    taken = {line.at for part in lists for line in chain(part.heads, part.rows)}
    rest = tuple(_BLANK if at in taken else block for at, block in enumerate(blocks))
    try:
        labelled = read_labelled(replace(source, blocks=rest, remarks=()), profile)
    except Unreadable as error:
        if error.rule != "DOC002":
            raise
        return read_lists(source, profile, parts)
    form = FormParts(profile, labels)
    last = max(at for at, part in enumerate(parts) if isinstance(part, Listed))
    headed = [
        part for part in parts[: last + 1] if isinstance(part, Listed) or _is_heading(part, form, labels)
    ]
    listed = read_lists(replace(source, remarks=()), profile, headed)
    return _merged(source, (labelled, listed), _places(blocks))


def _is_heading(line: Line, form: FormParts, labels: Labels) -> bool:
    """Whether a line tells of the lists below it: a heading of the form, or the unit of amounts."""
    if not line.own:
        return False
    text = join(line.texts, "").text
    return form.of_heading(text) is not None or labels.unit.fullmatch(fold(text)) is not None


def _places(blocks: Sequence[Block]) -> Mapping[Location, int]:
    """For each place in the file the block in which it is."""
    found: dict[Location, int] = {}
    for at, block in enumerate(blocks):
        for cell in block.cells:
            for paragraph in cell:
                for run in paragraph:
                    found.setdefault(replace(run.at, column=None), at)
    return found


def _merged(source: Source, documents: tuple[Document, Document], places: Mapping[Location, int]) -> Document:
    held: list[_Read] = []
    for number, document in enumerate(documents):
        begins = _beginnings(document, places)
        held += [_Read(begins.get(item.index, 0), number, item) for item in document.report.items]
    held.sort(key=lambda each: (each.at, each.report, each.item.index))
    indexes = {(each.report, each.item.index): place for place, each in enumerate(held, 1)}
    items = tuple(replace(each.item, index=place) for place, each in enumerate(held, 1))
    told = {item.section_title for item in items}
    remarks: list[tuple[Remark, Location | None]] = []
    texts: dict[tuple[int | None, str], Text] = {}
    for number, document in enumerate(documents):
        assert isinstance(document.places, TextPlaces)
        for remark, at in zip(document.report.remarks, document.places.remarks, strict=True):
            if not _is_of_half(remark, told):
                index = indexes[number, remark.item] if remark.item is not None else None
                remarks.append((replace(remark, item=index), at))
        for (index, field), text in document.places.texts.items():
            if index is not None:
                texts[indexes[number, index], field] = text
            else:
                texts.setdefault((None, field), text)
    remarks += [(remark, remark.at) for remark in source.remarks]
    report = _report(documents[0].report, documents[1].report)
    report = replace(report, items=items, remarks=tuple(remark for remark, _ in remarks))
    return Document(source.path, report, TextPlaces(texts, tuple(at for _, at in remarks)))


def _beginnings(document: Document, places: Mapping[Location, int]) -> dict[int, int]:
    """For each item the first block in which something of it stands."""
    assert isinstance(document.places, TextPlaces)
    found: dict[int, int] = {}
    for (index, _), text in document.places.texts.items():
        at = places.get(replace(text.runs[0][1].at, column=None)) if index is not None and text.runs else None
        if index is not None and at is not None:
            found[index] = min(found.get(index, at), at)
    return found


def _is_of_half(remark: Remark, told: set[str | None]) -> bool:
    """Whether a remark is true of one half of the document only: that it ends early, that a section is empty
    or not told."""
    if remark.kind == "truncated" or (remark.kind == "no-column" and remark.field == "section"):
        return True
    return remark.kind == "section" and remark.read_as in told


def _report(labelled: Report, listed: Report) -> Report:
    """What is told of the report as a whole, by the one half or by the other."""
    names = ("department", "divisions", "title", "fiscal_year", "fiscal_year_label", "legend")
    lacking = {name: getattr(listed, name) for name in names if getattr(labelled, name) is None}
    return replace(labelled, **lacking)
