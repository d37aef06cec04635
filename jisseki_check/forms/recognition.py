"""Which of our own forms a document has, by its title and its headings.

A look at the first lines is enough, and costs little: the patterns of a form are compiled only when it has
been chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from jisseki_check.forms.json_tree import missing
from jisseki_check.model import REPORT_FORMAT, Source
from jisseki_check.notation.fiscal import label
from jisseki_check.notation.titles import ends_with, without_ending, years_of
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import DEFAULT, Evidence

_LINES = 1_000
_LINE = 200
_HEAD = 40
_LONG = 10
_TITLE_LINES = 8
_YEAR = "〔年度〕"
_YEAR_SIGN = "\0"
_DATED = re.compile(r"\n(?:平成|令和|昭和|[HRS])(?:[0-9]+|元)年度")
# A form without marks has no label with a mark behind it either, in the next line or cell.
_MARKED = re.compile(r"\n[^\n]{0,10}達成(?:状況|度):?<*[◎○△×]")
_BRACKETS = str.maketrans("【[〔〈《(】]〕〉》)", "<<<<<<>>>>>>")
_DRAFT = "()素案原<>"
_LIST = re.compile(r"(?:の)?(?:一覧表?|総括表|報告書?|調書|シート|表)$")
_ROWS, _COLUMNS = 60, 4
_MARKS = frozenset({"達成状況", "取り組みに対する達成状況", "取組に対する達成状況", "達成度"})
_KINDS = {"plan": "計画"}
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A profile's name, and why it was chosen, in words for people."""

    profile: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Signs:
    """What of a form is found in a document, and what it weighs."""

    form: Evidence
    year: int | None = None
    kind: str | None = None
    heading: str | None = None
    weight: int = 0


def recognise(source: Source, forms: Sequence[Evidence]) -> Recognised:
    """The form of a source; the usual one where nothing tells."""
    trees = [form for form in forms if form.tree is not None]
    if source.blocks is None and not _is_ours(source.data):
        mapped = _of_tree(source.data, trees)
        if mapped is not None:
            return mapped
    forms = [form for form in forms if form.tree is None]
    found = _of_data(source.data, forms) if source.blocks is None else _of_text(source, forms)
    best = max(found, key=lambda signs: (signs.weight, signs.form.profile == DEFAULT), default=None)
    if best is None or not (best.year or best.heading or best.kind):
        tried = "、".join(form.profile for form in forms)
        reason = f"年度や見出しからは見分けられないため、既定の様式による（比べた様式：{tried}）"
        return Recognised(DEFAULT, reason)
    return Recognised(best.form.profile, _reason(best, is_data=source.blocks is None))


def _reason(signs: _Signs, is_data: bool) -> str:
    told = [
        f"{'年度の欄' if is_data else '表題の年度'}（{label(signs.year)}）" if signs.year else None,
        f"{'種類の欄' if is_data else '表題'}の「{signs.kind}」" if signs.kind else None,
        f"見出し「{_printed(signs.heading, signs.year)}」" if signs.heading else None,
    ]
    return "と、".join(part for part in told if part) + "による"


def _printed(heading: str, year: int | None) -> str:
    return heading.replace(_YEAR, label(year) if year else "○年度").strip("<>■")


# --- text ---------------------------------------------------------------------------------------


def _of_text(source: Source, forms: Sequence[Evidence]) -> Iterator[_Signs]:
    lines = [line for line in islice(_lines(source), _LINES) if line]
    heads = _heads(lines)
    year = next((m.year for line in lines[:_TITLE_LINES] for m in years_of(line)), None)
    title = [
        _LIST.sub("", without_ending(line).rstrip(_DRAFT)) for line in map(squeeze, lines[:_TITLE_LINES])
    ]
    shared = _shared_kinds(forms)
    marked = _MARKED.search(heads) is not None or _lists_marks(source)
    for form in forms:
        heading, sure = _heading(form, heads)
        words = [word for kind in form.kinds.values() for word in kind]
        kind = next((word for word in words if any(ends_with(line, word) for line in title)), None)
        own_year = _own_year(form, year)
        # Headings of the usual form stand in its successors too; a year alone is often a slip of the pen.
        weight = 3 * bool(kind) + (3 if form.profile == DEFAULT else 4 if sure else 2) * bool(heading)
        weight += bool(own_year) - 3 * (marked and not form.marked)
        yield _Signs(form, own_year, None if kind in shared else kind, heading, weight)


def _lists_marks(source: Source) -> bool:
    """Whether a row of a table's headings has one for marks: a form without them has no such list."""
    rows = (block.cells for block in islice(source.blocks or (), _ROWS) if len(block.cells) >= _COLUMNS)
    heads = (squeeze("".join(run.text for line in cell for run in line)) for cells in rows for cell in cells)
    return any(head in _MARKS for head in heads)


def _lines(source: Source) -> Iterator[str]:
    for block in source.blocks or ():
        for cell in block.cells:
            for paragraph in cell:
                yield fold("".join(run.text for run in paragraph)[:_LINE]).strip()


def _heads(lines: Sequence[str]) -> str:
    """How each line begins, with the next two, for a label may be broken; a line feed before each."""
    squeezed = [squeeze(line)[:_HEAD] for line in lines] + ["", ""]
    joined = ("".join(squeezed[at : at + 3])[:_HEAD] for at in range(len(lines)))
    return _DATED.sub(f"\n{_YEAR_SIGN}", "\n" + "\n".join(joined).translate(_BRACKETS))


def _heading(form: Evidence, heads: str) -> tuple[str | None, bool]:
    """The first of a form's headings that stands there, and whether it can be no beginning of a sentence: it
    is long, has a bracket, or comes again."""
    first, count, sure = None, 0, False
    for heading in form.headings:
        sought = "\n" + squeeze(fold(heading.replace(_YEAR, _YEAR_SIGN))).translate(_BRACKETS)
        times = heads.count(sought)
        if times:
            first, count = first or heading, count + times
            sure = sure or count > 1 or sought[1] in "<■" or len(heading) >= _LONG
    return first, sure


def _own_year(form: Evidence, year: int | None) -> int | None:
    return year if year and form.years and form.years[0] <= year <= form.years[1] else None


def _shared_kinds(forms: Sequence[Evidence]) -> set[str]:
    """Words for a kind of document that more than one form has: they tell nothing."""
    words = [word for form in forms for kind in form.kinds.values() for word in kind]
    return {word for word in words if words.count(word) > 1}


# --- JSON and YAML ------------------------------------------------------------------------------


def _is_ours(data: object) -> bool:
    return isinstance(data, dict) and data.get("format") == REPORT_FORMAT


def _of_tree(data: object, forms: Sequence[Evidence]) -> Recognised | None:
    """The form of data of another shape: the one of whose names most are there, if half of them are. Where
    some are missing, reading says so."""
    best, most = None, Fraction(0)
    for form in forms:
        required = form.tree.required if form.tree else ()
        share = 1 - Fraction(len(missing(data, required)), len(required))
        if share > most:
            best, most = form, share
    if best is None or most < _HALF:
        return None
    told = "データの名前" if most == 1 else "データの名前の多く"
    return Recognised(best.profile, f"{told}が「{best.title}」と同じことによる")


def _of_data(data: object, forms: Sequence[Evidence]) -> Iterator[_Signs]:
    """By year and kind; a report that gives marks is none of a form without them."""
    entry = data if isinstance(data, dict) else {}
    items = entry.get("items")
    marked = isinstance(items, list) and any(isinstance(it, dict) and it.get("mark") for it in items)
    year, kind = entry.get("fiscal_year"), entry.get("kind")
    year = year if type(year) is int else None
    kind = kind if isinstance(kind, str) else ""
    for form in forms:
        own_year, own_kind = _own_year(form, year), kind if kind in form.kinds else None
        weight = 4 * bool(own_kind) + 2 * bool(own_year) - 3 * (marked and not form.marked)
        told = _KINDS.get(own_kind or "")
        yield _Signs(form, own_year, told, None, weight)
