"""A paragraph of a Word file → its text as it is shown, with what hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from jisseki_check.model import Location, Unreadable
from jisseki_check.readers.decoding import BLANKS
from jisseki_check.readers.docx.fields import Field, fetches, shown_without_result
from jisseki_check.readers.docx.names import (
    P_PROPERTIES,
    P_STYLE,
    R_PROPERTIES,
    R_STYLE,
    STRIKES,
    VANISH,
    any_switch,
    chosen,
    m,
    mc,
    switch,
    value,
    w,
)
from jisseki_check.readers.docx.noticed import Noticed
from jisseki_check.readers.docx.styles import Styles
from jisseki_check.readers.docx.symbols import has_symbols, shown, shown_text
from jisseki_check.readers.inert import DRAWINGS
from jisseki_check.readers.xml_parts import Element

PAGE_BREAK = "\f"
# WordArt of older files, and text that is part of a drawing in another vocabulary.
_LETTERING = "{urn:schemas-microsoft-com:vml}textpath"
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_BOX = w("txbxContent")
_WITH_TEXT = frozenset({_BOX, _LETTERING, _DRAWN_TEXT})
_CONTROLS = str.maketrans("\r\n\v\f", "    ")


@dataclass(slots=True)
class Content:
    """What a paragraph shows. `text`: pieces, in which a tab, a line feed and a form feed stand for
    themselves; `boxes`: the contents of its text boxes; `notes`: the foot- and endnotes it refers to, as
    kind and number, each with its place. `goes_on`: its end was taken out, and it goes on in the next one.
    `is_struck`: words of it are struck through, and so are none of its text."""

    at: Location
    text: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str, Location]] = field(default_factory=list)
    goes_on: bool = False
    is_struck: bool = False


class Inline:
    """Reads the paragraphs of one story (the body, a note, a comment), whose fields may span several.
    `leaves_struck`: words that are struck through are no text, as those that a tracked change took out."""

    def __init__(self, styles: Styles, noticed: Noticed, *, leaves_struck: bool = True) -> None:
        self._styles = styles
        self._noticed = noticed
        self._leaves_struck = leaves_struck
        self._fields: list[Field] = []
        self._codes = 0  # fields whose instruction is not over yet
        self._content = Content(Location())
        self._length = 0
        self._hides_all = self._strikes_all = False
        self._is_hidden = self._is_struck = False
        self._deleting = 0
        self._inserting = 0

    def read(self, paragraph: Element, at: Location) -> Content:
        self._content, self._length = Content(at), 0
        properties = paragraph.find(P_PROPERTIES)
        style = self._styles.paragraph(value(properties, P_STYLE))
        self._hides_all = self._is_hidden = bool(style.hides)
        self._strikes_all = self._is_struck = self._leaves_struck and bool(style.strikes)
        self._walk(paragraph)
        self._read_mark(properties)
        return self._content

    def finish(self) -> None:
        """Raises Unreadable where a field has no end: what it hides, nobody could say."""
        if self._codes:
            raise Unreadable(
                "文書の中のフィールド（自動で入る文字）の終わりがないため、本文を読み終えられません",
                fix="Word で開き、「名前を付けて保存」で保存し直してください。",
            )

    # --- what is shown --------------------------------------------------------------------------

    @property
    def _here(self) -> Location:
        at = self._content.at
        return replace(at, column=at.column + self._length) if at.column is not None else at

    def _show(self, text: str) -> None:
        if self._deleting:
            self._noticed.delete(text, self._here)
            return
        if self._codes:
            return
        if self._is_struck and text.strip(BLANKS):
            self._noticed.strike(text, self._here)
            self._content.is_struck = True
            return
        self._noticed.leave(text)
        if self._is_hidden:
            self._noticed.hide(text, self._here)
        else:
            self._noticed.show(text)
        if self._inserting:
            self._noticed.insert(text)
        else:
            self._noticed.keep(text)
        self._content.text.append(text)
        self._length += len(text)

    def _read_mark(self, properties: Element | None) -> None:
        """The end of the paragraph may itself have been put in or taken out."""
        mark = None if properties is None else properties.find(R_PROPERTIES)
        for child in () if mark is None else mark:
            if child.tag in _MARK_CHANGES:
                self._noticed.change(self._here)
                self._content.goes_on |= child.tag in _MARK_DELETED

    # --- elements -------------------------------------------------------------------------------

    def _walk(self, element: Element) -> None:
        for child in element:
            _READERS.get(child.tag, Inline._walk)(self, child)

    def _skip(self, _: Element) -> None:
        """What shows nothing by itself."""

    def _run(self, run: Element) -> None:
        control = next(run.iterancestors(w("sdt")), None)
        if control is not None and switch(control.find(w("sdtPr")), w("showingPlcHdr")):
            return  # what a control shows until somebody writes in it
        properties = run.find(R_PROPERTIES)
        if properties is not None:
            self._look(properties)
        self._walk(run)
        self._is_hidden, self._is_struck = self._hides_all, self._strikes_all

    def _look(self, properties: Element) -> None:
        """What a run says of itself comes before its style, and that before the paragraph's."""
        style = self._styles.style(value(properties, R_STYLE))
        hides, strikes = switch(properties, VANISH), any_switch(properties, STRIKES)
        hides = style.hides if hides is None else hides
        strikes = style.strikes if strikes is None else strikes
        self._is_hidden = self._hides_all if hides is None else hides
        if self._leaves_struck and strikes is not None:
            self._is_struck = strikes

    def _text(self, element: Element) -> None:
        text = (element.text or "").translate(_CONTROLS)
        if has_symbols(text):
            text = shown_text(text, _font(element.getparent()))
        if text:
            self._show(text)

    def _deleted_text(self, element: Element) -> None:
        self._noticed.delete(element.text or "", self._here)

    def _tab(self, _: Element) -> None:
        self._show("\t")

    def _break(self, element: Element) -> None:
        self._show("\n" if element.get(w("type"), "textWrapping") == "textWrapping" else PAGE_BREAK)

    def _line_feed(self, _: Element) -> None:
        self._show("\n")

    def _hyphen(self, _: Element) -> None:
        self._show("-")

    def _symbol(self, element: Element) -> None:
        try:
            code = int(element.get(w("char"), ""), 16)
            self._show(shown(code, element.get(w("font"))))
        except (ValueError, OverflowError):
            self._show("\ufffd")

    def _fraction(self, element: Element) -> None:
        numerator, denominator = element.find(m("num")), element.find(m("den"))
        if numerator is not None and denominator is not None:
            self._walk(numerator)
            self._show("/")
            self._walk(denominator)

    def _ruby(self, element: Element) -> None:
        base = element.find(w("rubyBase"))
        if base is not None:
            self._walk(base)

    def _alternatives(self, element: Element) -> None:
        one = chosen(element)
        if one is not None:
            self._walk(one)

    # --- changes --------------------------------------------------------------------------------

    def _deletion(self, element: Element) -> None:
        self._noticed.change(self._here)
        self._deleting += 1
        self._walk(element)
        self._deleting -= 1

    def _insertion(self, element: Element) -> None:
        self._noticed.change(self._here)
        self._inserting += 1
        self._walk(element)
        self._inserting -= 1

    # --- fields ---------------------------------------------------------------------------------

    def _field_sign(self, element: Element) -> None:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(Field(form=element.find(w("ffData")), begun_at=self._length))
            self._codes += 1
        elif kind == "separate" and self._fields:
            self._codes -= not self._fields[-1].has_result
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            held = self._fields.pop()
            self._codes -= not held.has_result
            self._end_field(held)

    def _end_field(self, held: Field) -> None:
        source = fetches(held.instruction)
        if source is not None:
            self._noticed.inert[source] += 1
        if not held.has_result or (held.form is not None and self._length == held.begun_at):
            self._show_all(shown_without_result(held))

    def _show_all(self, text: str) -> None:
        if text:
            self._show(text)

    def _instruction(self, element: Element) -> None:
        if self._fields and not self._fields[-1].has_result:
            self._fields[-1].code.append(element.text or "")

    def _simple_field(self, element: Element) -> None:
        held = Field(code=[element.get(w("instr"), "")], has_result=True)
        before = self._length
        self._walk(element)
        held.has_result = self._length > before
        self._end_field(held)

    # --- what hangs on the text -----------------------------------------------------------------

    def _drawing(self, element: Element) -> None:
        if self._deleting:
            return
        for part in _parts_of_drawing(element):
            if part.tag == _BOX:
                self._content.boxes.append(part)
            elif part.tag == _LETTERING:
                self._show(f"\n{part.get('string', '')}\n")
            else:
                self._noticed.inert[DRAWINGS] += 1

    def _comment(self, element: Element) -> None:
        self._noticed.comment(element.get(w("id"), ""), self._here)

    def _footnote(self, element: Element) -> None:
        self._note("footnotes", element)

    def _endnote(self, element: Element) -> None:
        self._note("endnotes", element)

    def _note(self, kind: str, element: Element) -> None:
        if not self._deleting:
            self._content.notes.append((kind, element.get(w("id"), ""), self._here))

    def _other_document(self, _: Element) -> None:
        raise Unreadable(
            "本文の一部が別のファイルにあり、この文書の中にはありません（グループ文書）",
            fix="Word で開き、アウトライン表示で「リンクの解除」をして本文を取り込み、保存し直してください。",
        )


def _parts_of_drawing(element: Element) -> Iterator[Element]:
    """What of a drawing holds text: the contents of its text boxes, each once, lettering, and the like."""
    for child in element:
        if child.tag in _WITH_TEXT:
            yield child
        elif child.tag == mc("AlternateContent"):
            one = chosen(child)
            if one is not None:
                yield from _parts_of_drawing(one)
        else:
            yield from _parts_of_drawing(child)


def _font(run: Element | None) -> str | None:
    fonts = None if run is None else run.find(f"{w('rPr')}/{w('rFonts')}")
    return None if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi"))


_MARK_DELETED = frozenset({w("del"), w("moveFrom")})
_MARK_CHANGES = _MARK_DELETED | {w("ins"), w("moveTo")}
_Reader = Callable[[Inline, Element], None]
# All else is looked into, so that no wrapper can hide its text.
_READERS: dict[object, _Reader] = {
    w("r"): Inline._run,
    m("r"): Inline._run,
    w("t"): Inline._text,
    m("t"): Inline._text,
    w("delText"): Inline._deleted_text,
    w("tab"): Inline._tab,
    w("ptab"): Inline._tab,
    w("br"): Inline._break,
    w("cr"): Inline._line_feed,
    w("noBreakHyphen"): Inline._hyphen,
    w("sym"): Inline._symbol,
    m("f"): Inline._fraction,
    w("ruby"): Inline._ruby,
    mc("AlternateContent"): Inline._alternatives,
    w("del"): Inline._deletion,
    w("moveFrom"): Inline._deletion,
    w("ins"): Inline._insertion,
    w("moveTo"): Inline._insertion,
    w("fldChar"): Inline._field_sign,
    w("instrText"): Inline._instruction,
    w("fldSimple"): Inline._simple_field,
    w("drawing"): Inline._drawing,
    w("pict"): Inline._drawing,
    w("object"): Inline._drawing,
    w("commentRangeStart"): Inline._comment,
    w("commentReference"): Inline._comment,
    w("footnoteReference"): Inline._footnote,
    w("endnoteReference"): Inline._endnote,
    w("subDoc"): Inline._other_document,
    **{
        w(name): Inline._skip
        for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rt", "delInstrText")
    },
    **{m(name): Inline._skip for name in ("ctrlPr", "fPr", "oMathParaPr")},
}
