"""What a file holds, as readers give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from jisseki_check.model.places import Location


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
    (a list's heading of another year), no-unit (a list's column of amounts without a unit), total (a list's
    sum of `count` items from `item` on), cover (a date, a name and the like above a list that belong to no
    report), page (what stands at the head or the foot of the pages and in no field), aside (a
    comment in a web page's source),
    comment and tracked (an office file's comments and tracked changes), hidden (what the file hides and
    was read all the same), inert (what was not run or followed: macros, external links), waiver (a comment
    of ours in a text or YAML, which is no part of the report).
    """

    kind: str
    text: str
    read_as: str | None = None
    item: int | None = None
    field: str | None = None
    count: int = 1
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment in a text or YAML that begins with our name: what follows the name, and where it stands.

    It speaks of what stands on `line` (in a text) or at `pointer` (in YAML): on its own line, else what
    comes next. Both None: of nothing. `is_content`: it stands within a string, and so is no comment.
    """

    text: str
    at: Location
    line: int | None = None
    pointer: str | None = None
    is_content: bool = False


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
    directives: tuple[Directive, ...] = ()


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
