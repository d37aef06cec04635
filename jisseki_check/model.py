"""The words that everything speaks. This module imports nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

REPORT_FORMAT = "jisseki-report/1"
OUTCOME_FORMAT = "jisseki-check/1"


class Severity(StrEnum):
    """How grave a finding is; `label` is what staff read."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "誤り", "warning": "確認", "info": "参考"}[self.value]

    @property
    def rank(self) -> int:
        """3 for an error down to 1 for advice."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]


class Verdict(StrEnum):
    """What the whole run says; the exit code follows from it."""

    PASS = "pass"
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"

    @property
    def label(self) -> str:
        return {"pass": "適合", "fail": "不適合", "inconclusive": "判定不能"}[self.value]

    @property
    def exit_code(self) -> int:
        return {"pass": 0, "fail": 1, "inconclusive": 3}[self.value]


# --- places -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands in a file. Lines and columns start at 1, columns count characters;
    `end_column` is the column after the last character. What a format does not have is None.

    `cell` names the cell of a grid as a spreadsheet does (B2), in tables of other files too; of merged
    cells it is the first. `table` counts the tables of a file from 1, `row` the rows of a table. `line`
    is, in a text, the line; in a Word file the paragraph, counted in the body or within its cell; in a
    PDF the line of its page.
    """

    path: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None
    page: int | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A symbolic place: which field of which item, and which characters of its text.

    `item` is the item's index in its report (from 1), None for the report itself. `field` is a
    name of the report schema ("goal", "mark", "title", …), "amounts/0" for an amount, "" for the
    whole item. `start` and `end` are offsets into the field's text (None: the whole field).
    """

    item: int | None
    field: str
    start: int | None = None
    end: int | None = None


class Places(Protocol):
    """Turns a symbolic place into lines and columns, or into a JSON Pointer."""

    def locate(self, spot: Spot) -> Location: ...


# --- what a file holds (readers) ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand together, one after another, in the file; `at` is the first one's place."""

    text: str
    at: Location


Paragraph = tuple[Run, ...]
Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one cell) or a table row (several). Blank lines are blocks without cells.

    `table`: which table or sheet of the file a row belongs to (from 1), None outside of tables; the cell
    at position i then stands in column i of its grid. `covers`: the columns of the row that a merged cell
    covers which begins in another column or row, each with that cell's content; in `cells` they are empty.
    """

    cells: tuple[Cell, ...]
    table: int | None = None
    covers: Mapping[int, Cell] = field(default_factory=dict)


class Pointers(Protocol):
    """The place of every value of a JSON or YAML document."""

    def locate(self, pointer: str) -> Location: ...


@dataclass(frozen=True, slots=True)
class Remark:
    """What was noticed while a file was read, kept with the report so that conversion loses nothing.

    `kind`: unread (text of no field), lenient (read although written otherwise), markup (tags taken
    out), repeated (a field that stood twice in its item), bullet (another sign than the form's),
    section (a heading without items), heading (a lost sub-heading), truncated (the file ends early),
    no-column (a field for which a list has no column; `item` and `count` say for which items), column-year
    (a list's heading of another year), total (a list's sum of `count` items from `item` on), cover (a date,
    a name and the like above a list that belong to no report),
    comment and tracked (an office file's comments and tracked changes), hidden (what the file hides and
    was read all the same), inert (what was not run or followed: macros, external links).
    """

    kind: str
    text: str
    read_as: str | None = None
    item: int | None = None
    field: str | None = None
    count: int = 1
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file, read: blocks (text, office files) or data (JSON, YAML), never both.

    `explanations`: in a marked copy, what staff wrote beside a finding, by the number that its mark bears
    (`own_marks.reference`).
    """

    path: str
    format: str
    sha256: str
    blocks: tuple[Block, ...] | None = None
    data: object = None
    pointers: Pointers | None = None
    remarks: tuple[Remark, ...] = ()
    explanations: tuple[tuple[str, str], ...] = ()


class Unreadable(Exception):
    """A file that cannot be read: `rule` is DOC001, DOC002, DOC004 or DOC005."""

    def __init__(
        self, message: str, *, rule: str = "DOC001", fix: str | None = None, at: Location | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.rule = rule
        self.fix = fix
        self.at = at


# --- a report (forms) ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of the plan or the settlement.

    `value` counts `unit`s (円, 千円, 万円, 百万円); None where the digits are no whole number. `text` is
    the amount as printed after its label; `field` is where it stood (goal, initiative, result).
    """

    stage: str
    label: str
    fiscal_year: int | None
    value: int | None
    unit: str | None
    note: str | None = None
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A numeric target and what was reached of it."""

    name: str
    unit: str | None = None
    target: float | None = None
    actual: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a report. None: the field is not there; "": it is there and empty. `extra`: columns of a
    list that are no field of the form, as heading and text."""

    index: int
    kind: str
    section: int | None = None
    section_title: str | None = None
    group: str | None = None
    number: str | None = None
    title: str | None = None
    division: str | None = None
    goal: str | None = None
    initiative: str | None = None
    result: str | None = None
    mark: str | None = None
    amounts: tuple[Amount, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One department's report of one fiscal year (held as the year in which it begins)."""

    municipality: str | None
    department: str | None
    divisions: tuple[str, ...] | None
    title: str | None
    kind: str
    fiscal_year: int | None
    fiscal_year_label: str | None
    legend: str | None
    items: tuple[Item, ...]
    remarks: tuple[Remark, ...] = ()

    def item(self, index: int | None) -> Item | None:
        """The item of that index; a faulty file may number its items otherwise than it orders them."""
        if index is None:
            return None
        if 1 <= index <= len(self.items) and self.items[index - 1].index == index:
            return self.items[index - 1]
        return next((item for item in self.items if item.index == index), None)


@dataclass(frozen=True, slots=True)
class Document:
    """A report together with the file it was read from and the way back to its places."""

    path: str
    report: Report
    places: Places


# --- rules --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a rule may ask for something: a law's article, or 算 (arithmetic), 内 (the document
    contradicts itself), 様 (the form itself)."""

    source: str
    article: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file. `needs` are columns without which a row to which the rule applies cannot be judged:
    it counts as blocked. `judged_by` is "facts" for a condition over a facts table; "reader", "schema"
    and "engine" for what is noticed before there are facts."""

    id: str
    name: str
    title: str
    level: Severity
    message: str
    fix: str
    why: str
    basis: tuple[Basis, ...]
    judged_by: str = "facts"
    table: str | None = None
    at: str | None = None
    applies_when: str | None = None
    violated_when: str | None = None
    blocked_by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    expected: str | None = None
    difference: str | None = None
    correction: str | None = None
    params: Mapping[str, float | str | bool] = field(default_factory=dict)
    examples: Mapping[str, tuple[Mapping[str, object], ...]] = field(default_factory=dict)

    @property
    def family(self) -> str:
        return self.id[:3]


# --- what comes out -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemRef:
    """Which item a finding speaks of, in words a reader of the report knows."""

    index: int
    section: int | None
    number: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a report, complete when born. `explanation`: what staff wrote beside it in a marked
    copy."""

    rule: str
    name: str
    severity: Severity
    message: str
    fix: str
    location: Location
    department: str | None = None
    fiscal_year: int | None = None
    item: ItemRef | None = None
    field: str | None = None
    excerpt: str | None = None
    given: str | None = None
    expected: str | None = None
    difference: str | None = None
    related: tuple[Location, ...] = ()
    correction: str | None = None
    fingerprint: str = ""
    status: str = "new"
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong with us, not with the report; it makes the run inconclusive."""

    stage: str
    message: str
    rule: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """One file of the run. `status`: checked, unreadable, refused. `profile`: the form it was read by, and
    why; None where nothing could be read."""

    path: str
    sha256: str | None
    format: str | None
    status: str
    reports: int = 0
    items: int = 0
    reason: str | None = None
    profile: str | None = None
    profile_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many rows a rule judged, and how many it did not, and why."""

    rule: str
    evaluated: int = 0
    not_applicable: int = 0
    blocked: int = 0
    crashed: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a run has to say; formatters turn it into bytes. `skipped` are files of the folders given
    that no reader takes for a report."""

    profile: str
    as_of: str
    rules_digest: str
    fail_on: str
    verdict: Verdict
    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]
    faults: tuple[Fault, ...] = ()
    skipped: tuple[str, ...] = ()
