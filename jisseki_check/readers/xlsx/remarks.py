"""What staff are told of a workbook besides the content of its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from jisseki_check.model import Location, Remark
from jisseki_check.readers import inert
from jisseki_check.readers.cell_names import cell_name, column_name
from jisseki_check.readers.decoding import BLANKS
from jisseki_check.readers.package import Package
from jisseki_check.readers.xlsx.notes import Comment
from jisseki_check.readers.xlsx.sheet import SheetCells
from jisseki_check.readers.xml_parts import Relation

_NO_WORDS = "（文字のないコメント）"
_SHOWN = 5
_MOST_PLACES = 100
_INERT = {
    "vbaProject": inert.MACROS,
    "xlMacrosheet": inert.MACROS,
    "xlIntlMacrosheet": inert.MACROS,
    "externalLink": inert.LINKS,
    "connections": inert.DATA_EXCHANGE,
    "oleObject": inert.EMBEDDED,
    "package": inert.EMBEDDED,
    "control": inert.CONTROLS,
    "chart": inert.DRAWINGS,
    "chartEx": inert.DRAWINGS,
    "chartsheet": inert.DRAWINGS,
}
# An ordinary link does nothing until a person chooses it.
_HARMLESS = "hyperlink"


def hidden_sheet(title: str, *, holds_choices: bool) -> Remark:
    """`holds_choices`: cells of other sheets take their lists of choices from there."""
    of_choices = "（入力規則の選択肢）" if holds_choices else ""
    return Remark(kind="hidden", text=f"{_named(title)}{of_choices}", at=Location(sheet=title))


def hidden_cells(sheet: SheetCells) -> Iterator[Remark]:
    """The rows and columns of a sheet that are hidden and hold something, and what formats hide."""
    held = {row for row in sheet.hidden_rows if row in sheet.rows}
    columns = _hidden_columns(sheet)
    parts = [_ranges(sorted(held), str, "行")] if held else []
    parts += [_ranges(columns, column_name, "列")] if columns else []
    if parts:
        places = [(row, min(sheet.rows[row])) for row in held]
        places += [(_first_row(sheet, column), column) for column in columns]
        yield _hidden("、".join(parts), sheet, min(places), len(held) + len(columns))
    unshown = [(row, column) for row, column in sheet.unshown if column in sheet.rows.get(row, {})]
    if unshown:
        names = "、".join(cell_name(*place) for place in unshown[:_SHOWN])
        more = "など" if len(unshown) > _SHOWN else ""
        yield _hidden(f"{names}{more}（表示形式による）", sheet, unshown[0], len(unshown))


def struck_cells(sheet: SheetCells) -> Iterator[Remark]:
    """Text that is struck through was meant to be taken out, and still stands there."""
    struck = [each for each in sheet.struck if each[1] in sheet.rows.get(each[0], {})]
    kept = struck[:_MOST_PLACES]
    for at, (row, column, text) in enumerate(kept):
        is_last = at == len(kept) - 1
        yield Remark(
            kind="tracked",
            text=f"取り消し線の付いた「{text}」",
            count=1 + (len(struck) - len(kept) if is_last else 0),
            at=Location(sheet=sheet.title, cell=cell_name(row, column)),
        )


def comment(thread: Sequence[Comment], title: str) -> Remark:
    """A comment of others, with the answers to it."""
    first = thread[0]
    return Remark(
        kind="comment",
        text="\n".join(map(_said, thread)),
        count=len(thread),
        at=Location(sheet=title, cell=first.cell or None),
    )


def inert_parts(package: Package, related: Iterable[Relation]) -> tuple[Remark, ...]:
    """What was neither run nor followed, of all that the parts of the workbook refer to."""
    found: Counter[str] = Counter()
    for each in related:
        kind = _INERT.get(each.kind)
        if kind == inert.LINKS and each.target in package and b"ddeLink" in package.read(each.target):
            kind = inert.DATA_EXCHANGE
        elif kind is None and each.external and each.kind != _HARMLESS:
            kind = inert.LINKS
        if kind is not None:
            found[kind] += 1
    return inert.inert_remarks(found)


def _said(comment: Comment) -> str:
    # Excel begins a comment with its author's name, which staff may take out.
    author = comment.author.strip(BLANKS)
    words = comment.text.strip(BLANKS).removeprefix(f"{author}:").strip(BLANKS) or _NO_WORDS
    return f"{author}：{words}" if author else words


def _hidden(text: str, sheet: SheetCells, first: tuple[int, int], count: int) -> Remark:
    return Remark(
        kind="hidden",
        text=f"{_named(sheet.title)}の{text}",
        count=count,
        at=Location(sheet=sheet.title, cell=cell_name(*first)),
    )


def _named(title: str) -> str:
    return f"シート『{title}』"


def _hidden_columns(sheet: SheetCells) -> list[int]:
    """The columns that are hidden and hold something."""
    if not any(sheet.hidden_columns):
        return []
    held = {column for cells in sheet.rows.values() for column in cells}
    return sorted(column for column in held if sheet.hidden_columns[column])


def _first_row(sheet: SheetCells, column: int) -> int:
    return min(row for row, cells in sheet.rows.items() if column in cells)


def _ranges(numbers: Sequence[int], named: Callable[[int], str], unit: str) -> str:
    """Numbers in ascending order, in words: 5～7、9行."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = ranges[-1][0], number
        else:
            ranges.append((number, number))
    words = [named(first) if first == last else f"{named(first)}～{named(last)}" for first, last in ranges]
    return "、".join(words[:_SHOWN]) + unit + ("など" if len(words) > _SHOWN else "")
