"""The formulas of a form in a real spreadsheet: they say what our own reading of them says."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from jisseki_check.model import Item
from jisseki_check.templates import Wishes, create, form, hints
from jisseki_check.templates.xlsx import FORM
from tests.edits import profile
from tests.templates.test_hints import PLAIN, clean, layout, priced, row, rules, sheet

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

ITEMS: tuple[Item, ...] = (
    *(priced(490, spent, result=PLAIN) for spent in (None, 0, 200, 244, 245, 391, 392, 490, 491)),
    priced(None, 490, result=PLAIN),
    priced(490, 512, result=PLAIN, note="流用による"),
    priced(490, 100, result=f"{PLAIN}入札により費用が安くなりました。"),
    priced(200_000, 190_001, result=PLAIN),
    priced(200_000, 190_000, result=PLAIN),
    priced(490, -1, result=PLAIN),
    *(clean(index) for index in range(1, 7)),
    clean(2),
    priced(490, 490, goal="　", initiative=None, mark="〇"),
    priced(490, 490, title=None, mark=None),
)


def test_every_formula(tmp_path: Path) -> None:
    held = hints.hints(layout(), rules())
    path = tmp_path / "form.xlsx"
    path.write_bytes(create(profile(), Wishes("総務部", 2017, len(ITEMS)), ".xlsx"))
    book = load_workbook(path)
    target = book[FORM]
    columns = form.columns(profile(), 2017)
    first = next(at for at in range(1, 20) if target.cell(at, 1).value == columns[0].heading) + 1
    own = hints.Sheet(profile(), columns, form.places(profile()), first)
    formulas = [hint.formula for hint in hints.hints(own, rules())]
    for at, item in enumerate(ITEMS, start=first):
        values = row(item)
        for number, column in enumerate(columns, start=1):
            target.cell(at, number).value = values.get(column.name)
        for number, formula in enumerate(formulas, start=len(columns) + 2):
            moved = re.sub(rf"(?<=\$[A-Z]){first}(?![0-9])", str(at), formula)
            anchored = re.sub(rf"(\$[A-Z]\$){at}(?![0-9])", rf"\g<1>{first}", moved)
            target[f"{get_column_letter(number)}{at}"] = f'=IF(IFERROR({anchored},FALSE),"X","-")'
    book.save(path)
    came = list(csv.reader(io.StringIO(_calculated(path))))
    given = sheet(*map(row, ITEMS))
    true: set[str | None] = set()
    for at in range(len(ITEMS)):
        cells = came[first - 1 + at][len(columns) + 1 : len(columns) + 1 + len(formulas)]
        for cell, hint in zip(cells, held, strict=True):
            moved = re.sub(r"(?<=\$[A-Z])10(?![0-9])", str(10 + at), hint.formula)
            assert cell in {"X", "-"}
            assert (cell == "X") is given.is_true(moved), (at, hint)
            true |= {hint.code} if cell == "X" else set()
    assert true == {hint.code for hint in held} - {None, "PLH101"}


def _calculated(path: Path) -> str:
    """The form's first sheet as LibreOffice calculates it."""
    assert OFFICE is not None
    subprocess.run(
        [
            OFFICE, f"-env:UserInstallation={(path.parent / 'office').as_uri()}", "--headless",
            "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", path.parent, path,
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return path.with_suffix(".csv").read_text(encoding="utf-8")
