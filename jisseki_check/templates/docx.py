"""An empty form for Word: labelled tables whose cells are content controls.

What a control shows before anybody writes in it is no text: neither Word nor the reader takes it for any.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.table import Table

from jisseki_check.profiles import Profile
from jisseki_check.templates import form
from jisseki_check.templates.form import Place, Wishes
from jisseki_check.writers import pages
from jisseki_check.writers.front import composition
from jisseki_check.writers.printed import group_sign

_ITEMS = 3  # of each part
_FAINT, _GREY = "Placeholder Text", "808080"
_HOW = (
    "書き方：灰色の文字を選んで書きます。灰色のままの欄は、書いていないものとして点検します。"
    "項目が足りないときは、見出しと表をコピーして増やしてください。使わない項目とこの説明は、消しても構いません。"
)
# Where a control is lost on the way to another format, these are found as instructions left in the text.
_ASKED = {
    "title": "項目の名前を記入してください",
    "plan": "計画の文を記入してください",
    "numbered": "番号と課題の名前を「17. …」のように記入してください",
    "goal": "目標の文を記入してください",
    "initiative": "取り組みの文を記入してください",
    "result": "行ったことと、その結果を記入してください",
    "divisions": "課の名前を「、」で区切って記入してください",
    "mark": "記号を選択",
}


def create(profile: Profile, wishes: Wishes) -> bytes:
    """The empty form."""
    return _Form(profile, wishes).made()


class _Form:
    def __init__(self, profile: Profile, wishes: Wishes) -> None:
        self._profile, self._wishes = profile, wishes
        self._title = form.title(profile, wishes)
        self._document = pages.document(self._title)
        style = self._document.styles.add_style(_FAINT, WD_STYLE_TYPE.CHARACTER, builtin=True)
        style.font.color.rgb = RGBColor.from_string(_GREY)
        self._faint: str = style.style_id
        self._ids = count(1)

    def made(self) -> bytes:
        self._front()
        held: object = None
        for place in form.places(self._profile):
            if place.section is not held:
                held = place.section
                self._lock(pages.put_heading(self._document, form.heading(place, self._profile), 1)._p)
            if place.group:
                group = f"{group_sign(self._profile)}{place.group}"
                self._lock(pages.put_heading(self._document, group, 2)._p)
            for number in range(1, (self._wishes.rows or _ITEMS) + 1):
                self._item(place, number)
        return pages.saved(self._document)

    def _front(self) -> None:
        if form.HOLDER in self._title:
            title = pages.put_title(self._document, "")
            title._p.append(self._control(f"{self._title}（年度と部の名前を記入してください）"))
        else:
            pages.put_title(self._document, self._title)
        pages.put_line(self._document, "")._p.append(self._control(_HOW))
        if form.asks_for_divisions(self._profile):
            heading = composition(self._wishes.department, self._profile)
            line = pages.put_line(self._document, f"<{heading}> ")
            line._p.append(self._control(_ASKED["divisions"]))
        told = form.legend(self._profile)
        if told is not None:
            pages.put_line(self._document, told)

    # --- items ----------------------------------------------------------------------------------

    def _item(self, place: Place, number: int) -> None:
        kind = place.kind
        if kind.opens == "heading":
            pages.put_line(self._document, "")._p.append(self._control(_ASKED["initiative"]))
            return
        if kind.opens == "table":
            self._table(place, headed=True)
            return
        sign = f"({number}) " if kind.opens == "parenthesis" else kind.sign
        asked = "plan" if place.section.plan == "title" else "title"
        heading = pages.put_heading(self._document, sign, 3)
        heading._p.append(self._control(_ASKED[asked]))
        if kind.opens == "bullet" and form.holds(place, "initiative"):
            pages.put_line(self._document, "")._p.append(self._control(_ASKED["initiative"]))
        self._table(place, headed=False)

    def _table(self, place: Place, *, headed: bool) -> None:
        rows = list(self._rows(place))
        header = [(place.kind.header[0], place.kind.header[1]), ("", "")] if headed else []
        labels = [(label, [text] if text else []) for label, text in header]
        labels += [(label, []) for label, _ in rows]
        table = pages.put_table(self._document, labels, headed=headed)
        for at in range(len(labels)):
            self._lock_cells(table, at, is_header=headed and at == 0)
        if headed:
            numbered = place.kind.numbering == "plan"
            self._fill(table, 1, 0, _ASKED["numbered" if numbered else "title"])
            self._fill(table, 1, 1, _ASKED["goal"])
        for at, (label, asked) in enumerate(rows, start=len(header)):
            if label == self._profile.fields["mark"][0]:
                self._put_mark(table, at)
            else:
                self._fill(table, at, 1, asked)

    def _rows(self, place: Place) -> Iterator[tuple[str, str]]:
        """The labels of an item's rows, and what each asks for."""
        profile, kind = self._profile, place.kind
        stages = profile.form_stages if form.has_money(place, profile) else ()
        if kind.opens == "parenthesis":
            for field in ("goal", "initiative"):
                if form.holds(place, field):
                    yield form.field_label(field, profile, self._wishes.year), _ASKED[field]
        yield from (self._amount(stage) for stage in stages if stage != "settlement")
        if form.holds(place, "result"):
            yield form.field_label("result", profile, self._wishes.year), _ASKED["result"]
        yield from (self._amount(stage) for stage in stages if stage == "settlement")
        if profile.marked:
            yield profile.fields["mark"][0], ""

    def _amount(self, stage: str) -> tuple[str, str]:
        label = form.amount_label(stage, self._profile, self._wishes.year)
        return label, f"ある項目だけ、「490{self._profile.unit}」のように記入してください"

    # --- what the form says itself ---------------------------------------------------------------

    def _lock_cells(self, table: Table, row: int, *, is_header: bool) -> None:
        for cell in list(table._tbl.tr_lst[row].iter(qn("w:tc")))[: None if is_header else 1]:
            for paragraph in cell.iter(qn("w:p")):
                self._lock(paragraph)

    def _lock(self, paragraph: Any) -> None:
        """Its words cannot be changed. They can be deleted with what they belong to, and copied with it."""
        runs = list(paragraph.iterchildren(qn("w:r")))
        if not runs:
            return
        control, content = self._new_control(pages.element("w:lock", val="contentLocked"))
        runs[0].addprevious(control)
        for run in runs:
            content.append(run)

    # --- controls -------------------------------------------------------------------------------

    def _fill(self, table: Table, row: int, column: int, asked: str) -> None:
        """Makes the cell a control; it may hold several paragraphs."""
        cell = list(table._tbl.tr_lst[row].iter(qn("w:tc")))[column]
        control, content = self._empty_control()
        cell.addprevious(control)
        next(cell.iter(qn("w:p"))).append(_run(asked, self._faint))
        content.append(cell)

    def _put_mark(self, table: Table, row: int) -> None:
        """A choice of the marks in the form's bracket."""
        paragraph = list(table._tbl.tr_lst[row].iter(qn("w:p")))[-1]
        choices = pages.element("w:dropDownList")
        for sign in self._profile.mark_signs:
            choices.append(pages.element("w:listItem", displayText=sign, value=sign))
        brackets = self._profile.brackets[0]
        paragraph.append(_run(f"{brackets[0]} "))
        paragraph.append(self._control(_ASKED["mark"], choices))
        paragraph.append(_run(f" {brackets[1]}"))

    def _control(self, asked: str, sort: Any = None) -> Any:
        """A control within a line."""
        control, content = self._empty_control(pages.element("w:text") if sort is None else sort)
        content.append(_run(asked, self._faint))
        return control

    def _empty_control(self, sort: Any = None) -> tuple[Any, Any]:
        return self._new_control(pages.element("w:showingPlcHdr"), *([] if sort is None else [sort]))

    def _new_control(self, *said: Any) -> tuple[Any, Any]:
        control, content = pages.element("w:sdt"), pages.element("w:sdtContent")
        properties = pages.element("w:sdtPr")
        properties.append(pages.element("w:id", val=str(next(self._ids))))
        for each in said:
            properties.append(each)
        control.append(properties)
        control.append(content)
        return control, content


def _run(text: str, style: str | None = None) -> Any:
    run = pages.element("w:r")
    if style is not None:
        properties = pages.element("w:rPr")
        properties.append(pages.element("w:rStyle", val=style))
        run.append(properties)
    held = pages.element("w:t")
    held.text = text
    held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(held)
    return run
