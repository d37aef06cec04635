"""What stands around a list: the title, the department, its divisions, the legend, the unit of the amounts,
and what belongs to the cover and not to the report."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jisseki_check.forms.drafts import Draft, DraftReport
from jisseki_check.forms.labels import Labels
from jisseki_check.forms.list_lines import Line
from jisseki_check.forms.spans import Text, TextPlaces, join
from jisseki_check.model import Cell, Document, Item, Remark, Report
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.titles import parted, years_of
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Profile

_MOST_PIECES = 4
_LONGEST_COVER = 60
_LABEL = re.compile(
    r"[<【\[(〈■◆●]?\s*(?P<label>部の構成|局の構成|課の構成|構成課|担当課|所管課|課名?|部署名?|所属部?|担当部局?"
    r"|所管部局?|部局名?|部(?:名|等)?|局名?|(?:対象|報告|実施|事業)?年度|市区?町?村?名?|市区町村名?)"
    r"\s*[>】\])〉■◆●]?\s*(?P<colon>[: ]?)\s*(?P<value>.*)$",
    re.S,
)
_DEPARTMENT = re.compile(r".{1,30}(?:部|局|室|委員会|本部|事務局|センター|院)$")
_YEAR = re.compile(r".*年度?.*|[0-9]{1,4}|[HR][0-9]{1,2}")
_TOWN = re.compile(r"[一-龠ぁ-んァ-ヶ]{1,10}[市区町村]")
_SUFFIX = re.compile(
    r"(?:の|に関する)?(?:一覧表?|総括表|集計表|整理表|報告書?|調書|調査票|シート|表|について)(?:\([^()]*\))?\s*$"
)
_COVER = re.compile(
    r"(?:(?:作成|記入|提出|(?:最終)?更新|起案|決裁|公表|報告|照会|確認)(?:年月)?(?:日|者|課|欄)?"
    r"|(?:担当者?|連絡先|問い?合わ?せ先?|内線|電話|TEL|FAX|E-?mail|メール|職名?|氏名|部長|次長|課長|係長|主査|印)"
    r"(?:番号|氏名|名|印)?)\s*(?:[: ].*)?$"
    r"|\(?(?:様式|別紙|別添|資料|参考|別記)(?:様式)?(?:第?[0-9一二三四五六七八九十]+(?:号|の[0-9]+)?)?(?:[(-].*)?\)?$"
    r"|(?:内線)?[0-9()-]{3,13}$"
    r"|(?:明治|大正|昭和|平成|令和|[HRS]|[0-9]{4}[年/.])\s*[0-9元./-]*\s*(?:年\s*[0-9]+\s*月(?:\s*[0-9]+\s*日)?)?"
    r"\s*(?:現在|時点|作成|更新|提出|公表)?$",
    re.I,
)
_COVER_NAME = re.compile(
    r"(?:作成|記入|提出|(?:最終)?更新|起案|決裁|公表|報告|照会|確認)(?:年月)?(?:日|者|課|欄)|担当者|連絡先|問い?合わ?せ先?|内線(?:番号)?"
    r"|電話(?:番号)?|TEL|FAX|E-?mail|メール(?:アドレス)?|職名?|氏名|(?:担当者|作成者)(?:名|氏名)|印",
    re.I,
)
_COVER_LABEL = "*"
_ROUNDING = re.compile(
    r"^[※*(注・\s]{0,6}(?:金額|予算|決算|単位|端数|千円|表示|四捨五入|合計|計数|この表|表中|数値).{0,40}"
    r"(?:四捨五入|切り?捨て|端数|一致しない|合わない|単位|未満)"
)
_DIVISIONS = frozenset({"部の構成", "局の構成", "課の構成", "構成課"})
_OF_DIVISIONS = frozenset({"担当課", "所管課", "課", "課名"})


class ListReport(DraftReport):
    """A report that is read from a list. A list is not cut off where its last section or mark is missing."""

    def __init__(self, profile: Profile, labels: Labels) -> None:
        super().__init__(profile, labels)
        self.municipality: str | None = None
        self.anchor: Text | None = None
        self.others: dict[int, dict[str, tuple[str, Cell]]] = {}
        self._read_title: re.Match[str] | None = None

    def put_aside(self, item: Draft, name: str, text: str, cell: Cell = ()) -> None:
        """What stands in a column that is no field of the form; `cell` where its place will be asked for."""
        held = self.others.setdefault(item.index, {})
        count = 1
        while (unused := f"{name}（{count}）" if count > 1 else name) in held:
            count += 1
        held[unused] = text, cell

    @property
    def departments(self) -> list[str]:
        """The departments that titles name, each with its year."""
        found = (self._match(line) for line in self.preamble)
        names = [parted(match["department"])[1] for match in found if match and match["year"]]
        return [name for name in names if _DEPARTMENT.fullmatch(name)]

    def document(self, path: str) -> Document:
        """The finished report; without a title, what is said of the whole report stands at the headings."""
        document = super().document(path)
        if (
            document.report.title is None
            and self.anchor is not None
            and isinstance(document.places, TextPlaces)
        ):
            texts = {(None, ""): self.anchor, **document.places.texts}
            return replace(document, places=replace(document.places, texts=texts))
        return document

    def _match(self, text: Text) -> re.Match[str] | None:
        """How a line reads as a title, 一覧表 and the like behind it left out."""
        folded = fold(text.text)
        match = self.labels.title_of(folded)
        return match or self.labels.title_of(_SUFFIX.sub("", folded))

    def _title(self) -> Text | None:
        """The cell that reads as a title, or several that do so together; the year may stand apart."""
        lines = self.preamble
        for dated in (True, False):
            for size in range(1, _MOST_PIECES + 1):
                for start in range(len(lines) - size + 1):
                    text = join(lines[start : start + size], "")
                    match = self._match(text)
                    if match and (match["year"] or not dated):
                        return self._titled(text, match, lines[:start] + lines[start + size :])
        likely = next((line for line in lines if years_of(line.text)), lines[0] if lines else None)
        return self._leave([line for line in lines if line is not likely], likely)

    def _titled(self, text: Text, match: re.Match[str], rest: list[Text]) -> Text | None:
        if not match["year"]:
            year = self.front.get("year") or next((each for each in rest if _is_year(each)), None)
            if year is not None:
                rest = [each for each in rest if each is not year]
                text = join((year, text), "")
                match = self._match(text) or match
        self._read_title = match
        department = squeeze(match["department"])
        if department and "department" not in self.front:
            self.front["department"] = Text(department, text.runs)
        return self._leave(rest, text)

    def _report(self, title: Text | None, items: tuple[Item, ...]) -> Report:
        report = super()._report(title, items)
        kind, town = report.kind, None
        if self._read_title is not None:
            kind, town = self.labels.kind_of(self._read_title), self._read_title["town"]
        return replace(report, kind=kind, municipality=self.municipality or report.municipality or town)

    def _item(self, draft: Draft, texts: dict[tuple[int | None, str], Text]) -> Item:
        item = super()._item(draft, texts)
        others = self.others.get(draft.index, {})
        for name, (_, cell) in others.items():
            if cell:
                texts[draft.index, f"extra/{name}"] = Text.of(cell[0])
        return replace(item, extra=tuple((name, text) for name, (text, _) in others.items()))

    def _note_truncation(self) -> None:
        return


def _is_year(text: Text) -> bool:
    years = years_of(text.text)
    return len(years) == 1 and len(squeeze(years[0].text)) + 2 >= len(squeeze(text.text))


@dataclass
class ListFront:
    """Takes rows and paragraphs that belong to no list."""

    draft: ListReport
    labels: Labels
    _waiting: str | None = None

    def take(self, line: Line) -> None:
        """A row above the first list: each cell is the title, a part of it, or what stands beside it."""
        for text in line.texts:
            if not self._is_own(text):
                self.draft.preamble.append(text)
        self._waiting = None if self._waiting not in _DIVISIONS else self._waiting

    def take_common(self, text: Text) -> bool:
        """Whether a text is the unit of the amounts or explains the marks, wherever it stands."""
        folded = fold(text.text)
        unit = self.labels.unit.fullmatch(folded.strip("※ "))
        if unit is not None:
            self.draft.unit = unit["unit"]
            return True
        if self.labels.is_legend(folded) or self.labels.legend_heading.match(folded):
            self.draft.legend.append(text)
            return True
        return _ROUNDING.search(folded) is not None and self._keep(text)

    def _is_own(self, text: Text) -> bool:
        if self._waiting is not None:
            label, self._waiting = self._waiting, None
            if label == _COVER_LABEL:
                return self._keep(text)
            if self._put(label, text):
                return True
        if self.take_common(text):
            return True
        folded = fold(text.text)
        match = self.labels.composition.match(folded)
        if match is not None and folded[match.end() :].strip():
            self.draft.set_divisions(text.cut(match.end()), text)
            return True
        match = _LABEL.match(folded)
        if match is not None and self._is_labelled(match, text):
            return True
        return self._is_cover(text, folded)

    def _is_labelled(self, match: re.Match[str], text: Text) -> bool:
        if not match["value"]:
            self._waiting = match["label"]
            return True
        is_apart = bool(match["colon"]) or match.start("value") > match.end("label") or match.start("label")
        return bool(is_apart) and self._put(match["label"], text.cut(match.start("value")))

    def _put(self, label: str, value: Text) -> bool:
        """Whether a value may stand behind that label, and is kept."""
        folded = squeeze(fold(value.text))
        if label in _DIVISIONS or label in _OF_DIVISIONS:
            if self.draft.divisions is None or label in _DIVISIONS:
                self.draft.set_divisions(value, value)
            return True
        if label.endswith("年度") and _YEAR.fullmatch(folded):
            self.draft.front.setdefault("year", value)
            return True
        if label.startswith("市") and _TOWN.fullmatch(folded):
            self.draft.municipality = folded
            return True
        if _DEPARTMENT.fullmatch(folded) and not label.endswith("年度"):
            self.draft.front.setdefault("department", value)
            return True
        if label.startswith(("部署", "所属")):
            self.draft.set_divisions(value, value)
            return True
        return False

    def _is_cover(self, text: Text, folded: str) -> bool:
        """Whether a text is of the cover: a date, a name, the number of the form."""
        plain = squeeze(folded)
        if _TOWN.fullmatch(plain) and self.draft.municipality is None:
            self.draft.municipality = plain
            return True
        if len(plain) > _LONGEST_COVER or not _COVER.match(folded.strip()) or find_fiscal_years(text.text):
            return False
        if _COVER_NAME.fullmatch(plain):
            self._waiting = _COVER_LABEL
        return self._keep(text)

    def _keep(self, text: Text) -> bool:
        """Keep what is no part of the report, so that nothing is lost."""
        self.draft.remarks.append(Remark("cover", text.text, at=text.place()))
        return True
