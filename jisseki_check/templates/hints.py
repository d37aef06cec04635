"""What the rules would say, as formulas that colour a cell of the form at once.

A formula says what the rule's condition says of one row; its limits are the rule's own parameters. What a
rule takes from a text beyond a word that stands in it (denials, other spellings) is left to the check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter

from jisseki_check.model import Rule, Severity
from jisseki_check.notation.money import YEN_IN_UNIT
from jisseki_check.profiles import Profile
from jisseki_check.templates.form import HOLDER, Column, Place, heading, holds

OVERRUN, UNDERSPEND, SIGNS = "超過の理由", "残額の理由", "達成状況の記号"
SECTIONS, GROUPS, KINDS = "節の一覧", "小見出しの一覧", "種類の一覧"
_LARGE_UNIT = 1_000_000  # yen: from here on a settlement may differ by the rounding of one unit
_MAY_BE_NEGATIVE = frozenset({"supplementary_budget", "reserve", "carried_out"})


@dataclass(frozen=True, slots=True)
class Hint:
    """`formula`: true of the table's first row where the rule would speak; `column`: which cell it colours
    (None: the title). `code` is None for a choice without which no rule can judge the row."""

    code: str | None
    level: Severity
    column: str | None
    formula: str


@dataclass(frozen=True)
class Sheet:
    """Where the table stands on the sheet."""

    profile: Profile
    columns: Sequence[Column]
    places: Sequence[Place]
    first: int
    title: str = "$A$1"

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """The letter of each column, by its name."""
        return {column.name: get_column_letter(at) for at, column in enumerate(self.columns, start=1)}

    def has(self, *names: str) -> bool:
        return all(name in self.letters for name in names)

    def cell(self, name: str) -> str:
        """The cell of that column in the first row of the table."""
        return f"${self.letters[name]}{self.first}"

    def down_to_here(self, name: str) -> str:
        """The cells of a column from the first row down to the formula's own."""
        letter = self.letters[name]
        return f"${letter}${self.first}:${letter}{self.first}"

    @property
    def row(self) -> str:
        return f"$A{self.first}:${get_column_letter(len(self.columns))}{self.first}"


def hints(sheet: Sheet, rules: Mapping[str, Rule]) -> tuple[Hint, ...]:
    """The formulas of the rules that hold, the gravest first."""
    found = [each for each in _all(sheet, rules) if each.code is None or each.code in rules]
    return tuple(sorted(found, key=lambda hint: -hint.level.rank))


def _all(sheet: Sheet, rules: Mapping[str, Rule]) -> Iterator[Hint]:
    def hint(code: str, column: str | None, formula: str) -> Hint:
        level = rules[code].level if code in rules else Severity.INFO
        return Hint(code, level, column, formula)

    yield hint("PLH101", None, f'ISNUMBER(FIND("{HOLDER}",{sheet.title}))')
    yield from _choices(sheet)
    for column in sheet.columns:
        if column.name in {"title", "goal", "initiative", "result"}:
            yield hint("STR103", column.name, _missing(sheet, column.name))
    for code, name, formula in (*_marks(sheet), *_numbers(sheet), *_negative(sheet)):
        yield hint(code, name, formula)
    if _budgets(sheet) and sheet.has("settlement"):
        for code, name, formula in _pairs(sheet, rules):
            yield hint(code, name, formula)


# --- structure ----------------------------------------------------------------------------------


def _is_used(sheet: Sheet) -> str:
    return f"COUNTA({sheet.row})>0"


def _is_blank(cell: str) -> str:
    return f'LEN(TRIM(SUBSTITUTE({cell},"　","")))=0'


def _any(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def _choices(sheet: Sheet) -> Iterator[Hint]:
    yield Hint(None, Severity.ERROR, "section", f"AND({_is_used(sheet)},{_is_blank(sheet.cell('section'))})")
    grouped = [_in_section(sheet, place) for place in sheet.places if place.group]
    if grouped:
        condition = _any(list(dict.fromkeys(grouped)))
        yield Hint(None, Severity.ERROR, "group", f"AND({condition},{_is_blank(sheet.cell('group'))})")


def _in_section(sheet: Sheet, place: Place) -> str:
    return f'{sheet.cell("section")}="{heading(place, sheet.profile)}"'


def _stands_in(sheet: Sheet, place: Place) -> str:
    section = _in_section(sheet, place)
    return f'AND({section},{sheet.cell("group")}="{place.group}")' if place.group else section


def _missing(sheet: Sheet, field: str) -> str:
    """A field that the kind of item in this part of the form needs, and that is blank."""
    cell = sheet.cell(field)
    if field == "title":
        return f"AND({_is_used(sheet)},{_is_blank(cell)})"
    needed = [_stands_in(sheet, place) for place in sheet.places if field in place.kind.required]
    stated = [
        f"AND({_stands_in(sheet, place)},NOT({_is_sentence(sheet.cell('title'))}))"
        for place in sheet.places
        if holds(place, field) and field not in place.kind.required
    ]
    return f"AND({_any([*needed, *stated])},{_is_blank(cell)})"


def _is_sentence(title: str) -> str:
    """A bullet that is itself the plan's sentence needs no statement below it."""
    endings = ",".join(f'RIGHT({title},{len(ending)})="{ending}"' for ending in ("ます", "る", "た"))
    return f'OR(ISNUMBER(FIND("。",{title})),{endings})'


def _numbers(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Numbers of a plan, each of which stands once."""
    planned = [place for place in sheet.places if place.kind.numbering == "plan"]
    if not planned:
        return
    number = sheet.cell("number")
    rows = "+".join(_rows_of(sheet, place) for place in planned)
    seen = f'SUMPRODUCT(({rows})*({sheet.down_to_here("number")}&""={number}&""))'
    here = _any([_stands_in(sheet, place) for place in planned])
    yield "STR105", "number", f"AND({here},NOT({_is_blank(number)}),{seen}>1)"


def _rows_of(sheet: Sheet, place: Place) -> str:
    """1 for each row down to this one that stands in that part of the form."""
    section = f'({sheet.down_to_here("section")}="{heading(place, sheet.profile)}")'
    return f'{section}*({sheet.down_to_here("group")}="{place.group}")' if place.group else f"{section}*1"


def _marks(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    if sheet.has("mark"):
        mark = sheet.cell("mark")
        yield "MRK101", "mark", f"AND({_is_used(sheet)},{_is_blank(mark)})"
        yield "MRK102", "mark", f"AND(NOT({_is_blank(mark)}),SUMPRODUCT(--EXACT({SIGNS},{mark}))=0)"


# --- money --------------------------------------------------------------------------------------


def _budgets(sheet: Sheet) -> list[str]:
    """The columns that a settlement is held against: the revised budget first."""
    return [name for name in ("revised_budget", "initial_budget") if sheet.has(name)]


def _negative(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    for column in sheet.columns:
        if column.sort == "amount" and column.name not in _MAY_BE_NEGATIVE:
            cell = sheet.cell(column.name)
            yield "FIN122", column.name, f"AND(ISNUMBER({cell}),{cell}<0)"


def least_amount(stage: str, least: int) -> int:
    """The least number that may stand in a column of amounts."""
    return least if stage in _MAY_BE_NEGATIVE else 0


def _pairs(sheet: Sheet, rules: Mapping[str, Rule]) -> Iterator[tuple[str, str, str]]:
    cells = [sheet.cell(name) for name in _budgets(sheet)]
    budget = cells[0] if len(cells) == 1 else f"IF(ISNUMBER({cells[0]}),{cells[0]},{cells[1]})"
    settled = sheet.cell("settlement")
    both = f"ISNUMBER({budget}),ISNUMBER({settled})"
    rate = f"{settled}/{budget}"
    yen = YEN_IN_UNIT[sheet.profile.unit]
    is_large = yen >= _LARGE_UNIT
    texts = "&".join(sheet.cell(name) for name in ("note", "result") if sheet.has(name))
    overrun = _says_not(texts, OVERRUN, sheet.profile.words.get("overrun", ()))
    underspend = _says_not(texts, UNDERSPEND, sheet.profile.words.get("underspend", ()))

    def param(code: str, name: str) -> object:
        return rules[code].params[name] if code in rules else 0

    yield "FIN101", "settlement", f"AND({both},{settled}-{budget}>{int(is_large)},{overrun})"
    yield "FIN103", "settlement", f"AND(ISNUMBER({budget}),NOT(ISNUMBER({settled})))"
    yield "FIN104", _budgets(sheet)[-1], f"AND(ISNUMBER({settled}),NOT(ISNUMBER({budget})))"
    if not is_large:
        yield "FIN107", "settlement", f"AND({both},{budget}>0,{settled}=0,{underspend})"
    low, moderate = param("FIN105", "low_rate"), param("FIN106", "moderate_rate")
    spent = "" if is_large else f"{settled}>0,"
    yield "FIN105", "settlement", f"AND({both},{budget}>0,{spent}{rate}<{low},{underspend})"
    between = f"{rate}>={param('FIN106', 'low_rate')},{rate}<{moderate}"
    yield "FIN106", "settlement", f"AND({both},{budget}>0,{settled}>0,{between},{underspend})"
    least = param("FIN121", "least_unspent_yen")
    yield "FIN121", "settlement", f"AND({both},({budget}-{settled})*{yen}>={least},{underspend})"


def _says_not(texts: str, name: str, words: Sequence[str]) -> str:
    """Whether none of the words of that list stands in the texts."""
    return f"SUMPRODUCT(--ISNUMBER(FIND({name},{texts})))=0" if words else "TRUE"
