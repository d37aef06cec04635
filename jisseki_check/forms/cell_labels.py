"""What a cell of a table says as a label: the form's own words, and those that tables everywhere use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jisseki_check.forms.grid import GridCell, GridRow
from jisseki_check.forms.labels import own_labels
from jisseki_check.forms.list_headings import Heading, ListHeadings
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import ItemKind, Profile

FIELDS = frozenset({"goal", "initiative", "result"})
_SETTLED = FIELDS | {"mark"}
_TOLD = _SETTLED | {"plan"}
_LONGEST = 40
_LONGEST_UNKNOWN = 18
_PROSE = 25
_FEWEST = 3  # fields by whose usual labels a table shows that it is a form's

_ROLES = {"plan": "goal", "group": "section", "extra": "other", "ignore": "other"}
_YEARS = frozenset({"年度", "対象年度", "実施年度", "報告年度", "実績年度", "事業年度", "評価年度"})
_CAPTIONS = frozenset(
    [
        "内容",
        "記載内容",
        "記入内容",
        "説明",
        "概要",
        "記載欄",
        "記入欄",
        "詳細",
        "摘要",
        "項目内容",
        "内容等",
        "意味",
        "基準",
        "評価基準",
        "判定基準",
        "達成の程度",
        "目安",
    ]
)
_GROUPING = re.compile(
    "計画(?:等|段階)?|実施(?:段階)?|評価(?:等)?|予算(?:額)?(?:・|と)?決算(?:額)?|予算等?|決算等?|事業費|経費|"
    "費用|財源|金額|当初|年度当初|年度末|期首|期末|[PDCA]|PLAN|DO|CHECK|ACTION|成果|内容|概要|基本情報|"
    "事業概要|取り組み状況"
)
_NOTED = re.compile(r"(?P<label>[^()]+)\((?P<note>[^()]+)\)")
_DECORATION = re.compile("^(?:[①-⑳■□●◆◇・※]+|[0-9]{1,2}[.、])")
_UNIT = re.compile(r"\((?:単位:?)?(?P<unit>(?:千|百万|万|億)?円)\)$")
_OTHER_YEAR = re.compile("(?:前|昨|次|翌|来)年度の?")
_TORIKUMI = re.compile("取り?組み?|とりくみ")
_LETTER = re.compile("[一-龠ぁ-んァ-ヶA-Za-z]")
_NO_LABEL = re.compile(
    r"[。、！？!?,◎○△×〇=]|:.|^[◆・\-－―※]|^\([0-9]|(?:ます|した|です|せん|さい|する|った|いる|など)$"
    r"|^[0-9.,%\-~～△▲]+(?:(?:千|百万|万|億)?円|件|人|回|名|箇所|か所|%|点|冊|校|団体|年|月|日)?$"
)


Words = frozenset[tuple[str, str]]
"""Fields, each with what it is called."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a cell says. `role`: a field of the form, amount, amounts, number, title, division, section,
    department, year, composition, part, or other where it is none of the form's. `is_strong`: it is seldom
    anything else than a label of the form; `is_own`: in the form's own words. `kind`: of the items whose
    titles stand beside such a label. `unit`: in which its amounts are. `usual`: the field that other offices
    call so. `is_joint`: goal and 取り組み stand together."""

    role: str
    cell: GridCell
    is_strong: bool = False
    is_own: bool = True
    stage: str | None = None
    kind: ItemKind | None = None
    unit: str | None = None
    usual: str | None = None
    is_joint: bool = False


class Vocabulary:
    """The labels of a form, and the usual ones that stand for them in a document's tables."""

    def __init__(self, profile: Profile) -> None:
        self._headings = ListHeadings(profile)
        self._parts = {_uniform(part) for part in profile.parts}
        self._composition = {_uniform(word) for word in profile.composition}
        self._stages = profile.stages.keys()
        self._own = {label for field in profile.fields for label in own_labels(field, profile)}
        self._kinds = {
            _uniform(word): kind
            for kind in profile.item_kinds.values()
            if kind.header
            for word in (kind.header[0], f"{kind.header[0]}名")
        }
        self._sections = {_uniform(section.title) for section in profile.sections}
        self._signs = [sign.sign for sign in profile.signs if len(sign.sign) == 1]
        self._chosen: Words = frozenset()

    def label_of(self, cell: GridCell) -> Label | None:
        """What the cell says as a label, None where it is none that is known."""
        if len(cell.key) > _LONGEST or sum(sign in cell.key[1:] for sign in self._signs) == 1:
            return None
        word = _DECORATION.sub("", _uniform(cell.key)).strip("()[]<>【】〔〕:")
        if word in self._parts:
            return Label("part", cell, True)
        if word in self._composition:
            return Label("composition", cell)
        if word in _YEARS:
            return Label("year", cell)
        if word in self._sections:
            return Label("title", cell)
        heading = self._headings.of((_OTHER_YEAR.sub("", cell.key).strip("<>"),))
        if heading.field is not None and _OTHER_YEAR.match(cell.key):
            return Label("other", cell)
        return None if heading.field is None else self._of(heading, heading.field, cell)

    def _of(self, heading: Heading, field: str, cell: GridCell) -> Label:
        role = _ROLES.get(field, field)
        if field in self._stages:
            return Label("amount", cell, not heading.usual, stage=self._stage(cell, field), unit=heading.unit)
        if role not in _SETTLED:
            kind = self._kinds.get(_word(heading))
            return Label(role, cell, kind is not None, kind=kind)
        if heading.usual and field != "plan" and (field, _word(heading)) not in self._chosen:
            return Label("other", cell, usual=role)
        is_own = field == "plan" or _own_word(heading) in self._own
        return Label(role, cell, True, is_own, is_joint=field == "plan")

    def _stage(self, cell: GridCell, stage: str) -> str:
        """The stage that the note behind a label tells: 予算額（当初）."""
        match = _NOTED.fullmatch(cell.key)
        told = None if match is None else self._headings.of((match["label"], match["note"])).field
        return told if told in self._stages else stage

    def words_of(self, rows: Sequence[GridRow]) -> Words:
        """The usual labels of a table that is a form's: of each field whose own label does not stand there,
        one."""
        found = [
            (heading.field, heading.usual, _word(heading))
            for row in rows
            for cell in row.cells
            if len(cell.key) <= _LONGEST and (heading := self._headings.of((cell.key,))).field in _TOLD
        ]
        own = {field for field, usual, _ in found if not usual}
        usual = [(field, word) for field, _, word in found if field not in own and field in _SETTLED]
        is_form = bool(own) or any(field == "plan" for field, _, _ in found)
        if not is_form and len({field for field, _ in usual}) < _FEWEST:
            return frozenset()
        counts = Counter((field or "", word) for field, word in usual)
        chosen: dict[str, str] = {}
        for field, word in sorted(counts, key=lambda each: (-counts[each], is_grouping(each[1]))):
            chosen.setdefault(field, word)
        return frozenset(chosen.items())

    def words_beside_texts(self, rows: Sequence[GridRow], words: Words) -> Words:
        """Those of the words that stand in a table as the labels of its texts do."""
        found = set()
        for row, following in zip(rows, (*rows[1:], GridRow(())), strict=True):
            text = row.cells[1:] or following.cells[:1]
            if row.cells and len(row.cells[0].key) <= _LONGEST and is_prose(text):
                heading = self._headings.of((row.cells[0].key,))
                found.add((heading.field or "", _word(heading)))
        return words & found

    def with_words(self, words: Words) -> Vocabulary:
        """The vocabulary with labels that are usual elsewhere."""
        if not words:
            return self
        other = Vocabulary.__new__(Vocabulary)
        other.__dict__.update(self.__dict__, _chosen=words)
        return other


def _word(heading: Heading) -> str:
    """A heading's words without the year."""
    return _uniform(heading.label.replace(heading.year or "", "", 1).lstrip("の"))


def _own_word(heading: Heading) -> str:
    """The same as it is printed, without a note in brackets."""
    match = _NOTED.fullmatch(heading.label)
    label = heading.label if match is None else match["label"]
    return label.replace(heading.year or "", "", 1).lstrip("の")


def _uniform(text: str) -> str:
    return _TORIKUMI.sub("取り組み", squeeze(fold(text)).lower())


def is_of_other_year(label: Label, year: int | None) -> bool:
    """Whether a label names another year than the report's: 平成28年度実績."""
    years = find_fiscal_years(label.cell.key)
    return bool(years) and year is not None and years[0].year != year


def looks_like_label(cell: GridCell, longest: int = _LONGEST_UNKNOWN) -> bool:
    """Whether a cell may be a label that nobody knows: a few words, no sentence, no figure."""
    key = cell.key
    if len(key) > longest or not _LETTER.search(key) or _NO_LABEL.search(key):
        return False
    years = find_fiscal_years(key)
    return not (years and years[0].start == 0 and years[0].end == len(key))


def unit_in(cell: GridCell) -> str | None:
    """The unit in the brackets of a label: 金額（千円）."""
    match = _UNIT.search(cell.key) if len(cell.key) <= _LONGEST_UNKNOWN else None
    return match["unit"] if match is not None and _LETTER.match(cell.key) else None


def is_prose(cells: Iterable[GridCell]) -> bool:
    """Whether there is a sentence in the cells."""
    return any(len(cell.key) > _PROSE or "。" in cell.key for cell in cells)


def is_caption(cell: GridCell) -> bool:
    """Whether a cell is nothing but the heading of a column of texts."""
    return _uniform(cell.key) in _CAPTIONS


def is_grouping(key: str) -> bool:
    """Whether a word heads a group of labels and is no item's title."""
    return _GROUPING.fullmatch(_TORIKUMI.sub("取り組み", key).upper()) is not None


def are_labels(labels: Iterable[Label | None]) -> bool:
    """Whether they are all labels, and more than one."""
    held = list(labels)
    return len(held) > 1 and all(held)
