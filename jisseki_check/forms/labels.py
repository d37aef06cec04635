"""A profile's labels as patterns. All match folded text (half width, same length), blanks allowed
between the letters of a label, as text taken out of a PDF has them.

Blanks are taken possessively, so that a line of blanks costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jisseki_check.notation import titles
from jisseki_check.notation.marks import read_mark
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import ItemKind, Profile, Section

_B = r"\s*+"
YEAR = rf"(?:(?:明治|大正|昭和|平成|令和|[MTSHR㍾㍽㍼㍻㋿]){_B}(?:[0-9]+|元)|[0-9]{{4}}){_B}年{_B}度?"
_ODD_BULLETS = "■●◇▲▼★□○◯◎❖◈"
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_NO_BRACKETS = dict.fromkeys(map(ord, "【】[]()〔〕「」『』〈〉《》<>{} 　"))
_LONGEST_TITLE = 200


def spaced(word: str) -> str:
    """The pattern of a word whose letters may stand apart."""
    return _B.join(re.escape(letter) for letter in squeeze(fold(word)))


def _any(words: Iterable[str]) -> str:
    return "|".join(spaced(word) for word in sorted(set(words), key=len, reverse=True))


def number_of(section: Section, profile: Profile) -> str:
    """A section's number as the form prints it."""
    in_roman = profile.roman and section.number <= len(ROMAN)
    return ROMAN[section.number - 1] if in_roman else str(section.number)


def own_labels(field: str, profile: Profile) -> list[str]:
    """The labels of a field that are the form's own, none of them a mere variant; blanks taken out."""
    own = (profile.fields[field][0], *profile.also.get(field, ()))
    return [squeeze(fold(label)) for label in own]


def same(left: str, right: str) -> bool:
    """Whether two headings are one, width and blanks aside."""
    return squeeze(fold(left)) == squeeze(fold(right))


def alike(left: str, right: str) -> bool:
    """Whether a heading is another but for a slip of the pen."""
    if len(left) > 2 * len(right) + 20:  # comparing costs time in the square of the length
        return False
    from difflib import SequenceMatcher  # only for headings that are not the form's own

    return SequenceMatcher(None, squeeze(fold(left)), squeeze(fold(right))).ratio() >= 0.8


@dataclass(frozen=True, slots=True)
class Labels:
    """The compiled patterns of one profile."""

    field: re.Pattern[str]
    field_names: dict[str, str]
    inline: re.Pattern[str]
    inline_goal: re.Pattern[str]
    mark: re.Pattern[str]
    mark_behind_text: re.Pattern[str]
    bracketed: re.Pattern[str]
    opening: str
    signs: tuple[str, ...]
    amount: re.Pattern[str]
    stages: dict[str, str]
    composition: re.Pattern[str]
    part: re.Pattern[str] | None
    section: re.Pattern[str]
    parenthesis: re.Pattern[str]
    bullet: re.Pattern[str]
    odd_bullet: re.Pattern[str]
    legend: re.Pattern[str]
    legend_heading: re.Pattern[str]
    title: re.Pattern[str]
    plain_title: re.Pattern[str]
    title_kind: re.Pattern[str]
    titled: str
    report_kinds: dict[str, str]
    unit: re.Pattern[str]
    tables: tuple[ItemKind, ...]

    def title_of(self, folded: str) -> re.Match[str] | None:
        """The parts of a line that reads as a title: town and year (or None), department (`parted` takes the
        town from it), kind. What has an ending behind its kind is none without a year or a department."""
        if len(folded) > _LONGEST_TITLE or self.title_kind.search(folded) is None:
            return None
        match = self.title.match(folded)
        if match is None or titles.has_year(match["department"]):
            other = titles.in_another_order(folded, self.titled)
            if other is not None or match is None:
                return other or self.plain_title.match(folded)
        is_sure = not match["ending"] or match["year"] or titles.is_department(match["department"])
        return match if is_sure else None

    def kind_of(self, title: re.Match[str]) -> str:
        """The kind of report that a title names."""
        return self.report_kinds.get(squeeze(title["kind"]), "results")

    def is_legend(self, folded: str) -> bool:
        """Whether a line explains the marks."""
        signs = {match["sign"] for match in self.legend.finditer(folded)}
        return len(signs) >= 2 or (len(signs) == 1 and self.legend.match(folded) is not None)

    def is_sign(self, folded: str) -> bool:
        """Whether a short text is a mark or two, or what looks like one, in whatever brackets."""
        signs = folded.translate(_NO_BRACKETS)
        return len(signs) <= 2 and read_mark(signs, self.signs).kind in {"mark", "look-alike", "several"}

    def field_of(self, match: re.Match[str]) -> str:
        """The name of the field that a match of `field` begins."""
        return self.field_names[squeeze(match["label"] or match["dated"] or match["boxed"])]


def _title(year: str, rest: str) -> re.Pattern[str]:
    """The pattern of a title, of which that is the year and that the rest up to its kind; a town's name may
    stand before the year."""
    return re.compile(
        rf"(?:(?P<town>[^\W\d_]{{1,12}}[市区町村]){_B}の?{_B}(?=[<【\[(〈]?{_B}{titles.YEAR}))?"
        rf"[<【\[(〈]?{_B}{year}{_B}[>】\])〉]?{_B}{titles.PERIOD}{_B}の?{_B}{rest}"
        rf"(?P<ending>{titles.ENDING}){_B}(?:{titles.DRAFT}{_B})?$",
        re.S,
    )


def compile_labels(profile: Profile) -> Labels:
    """The patterns of that profile."""
    return _Build(profile).labels()


@dataclass(frozen=True, slots=True)
class _Build:
    profile: Profile

    def _labels(self, field: str) -> tuple[str, ...]:
        return (*self.profile.fields[field], *self.profile.also.get(field, ()))

    def labels(self) -> Labels:
        profile = self.profile
        names = {
            squeeze(fold(label)): field
            for field in profile.fields
            if field != "mark"
            for label in self._labels(field)
        }
        stages = {squeeze(fold(label)): stage for stage, labels in profile.stages.items() for label in labels}
        kinds = profile.item_kinds.values()
        signs = "|".join(sorted({re.escape(sign) for sign in profile.mark_signs}, key=len, reverse=True))
        marks = _any(profile.fields["mark"])
        opening = "".join(re.escape(fold(pair[0])) for pair in profile.brackets)
        closing = "".join(re.escape(fold(pair[1])) for pair in profile.brackets)
        bracket = rf"(?P<closed>[{opening}](?P<inside>[^{opening}{closing}]*+)[{closing}]){_B}"
        bullets = "".join(re.escape(kind.sign) for kind in kinds if kind.sign)
        fields = _any(names)
        dated = _any(label for label, field in names.items() if field in profile.dated) or r"(?!)"
        parts = _any(profile.parts)
        report_kinds = {
            squeeze(fold(word)): kind for kind, words in profile.report_kinds.items() for word in words
        }
        titled = _any(report_kinds)
        return Labels(
            field=re.compile(
                rf"(?:(?:(?P<year>{YEAR}){_B}(?:における|の)?{_B}(?P<dated>{dated})|(?P<label>{fields}))"
                rf"(?=$|[\s:「『【“(<・])|[【<〈\[]{_B}(?P<boxed>{fields}){_B}[】>〉\]]){_B}(?P<colon>:?){_B}"
            ),
            field_names=names,
            inline=re.compile(
                rf"(?<=[。)」】円])\s++(?:{YEAR}{_B}の?{_B})?(?P<label>{fields})(?:{_B}:|(?P<list>{_B}・)|\s)"
            ),
            inline_goal=re.compile(rf"\s++(?P<label>{_any(self._labels('goal'))})(?::|\s)"),
            mark=re.compile(rf"(?P<label>{marks})(?=$|[\s:{opening}]|{signs}){_B}:?{_B}"),
            mark_behind_text=re.compile(rf"(?:{marks}){_B}:?{_B}{bracket}$"),
            bracketed=re.compile(bracket),
            opening=fold(profile.brackets[0][0]),
            signs=profile.mark_signs,
            amount=re.compile(
                rf"(?:(?P<year>{YEAR}){_B}の?{_B})?(?P<label>{_any(stages)}){_B}(?P<colon>:)?{_B}"
            ),
            stages=stages,
            composition=re.compile(
                rf"[<【\[(〈]?{_B}(?:{_any(profile.composition)}){_B}(?:[>】\])〉]|:|$){_B}"
            ),
            part=re.compile(
                rf"(?:[<【\[(〈■◆●]{_B}(?P<title>{parts}){_B}(?:[>】\])〉■◆●]|:|$)|(?P<bare>{parts}){_B}(?::|$))"
                rf"{_B}:?{_B}"
            )
            if parts
            else None,
            section=re.compile(
                rf"(?:(?P<number>[0-9]{{1,2}}){_B}[.、]|(?P<other>[0-9]{{1,2}}|[{ROMAN}]){_B}[.、]?)?"
                rf"{_B}(?P<title>\S.*)$",
                re.S,
            ),
            parenthesis=re.compile(rf"\({_B}(?P<number>[0-9]{{1,3}}){_B}\){_B}(?P<title>.*)$", re.S),
            bullet=re.compile(rf"(?:[-‐–・*]{_B})?(?P<sign>[{bullets}]){_B}(?P<title>.*)$", re.S),
            odd_bullet=re.compile(
                rf"(?:[-‐–*]{_B})?(?P<sign>[{_ODD_BULLETS}]){_B}(?P<title>[^\s:=].*)$", re.S
            ),
            legend=re.compile(
                rf"(?:^|[\s、。,(※「【\]])(?P<sign>{signs}){_B}(?::|=|…+|は|\(){_B}(?!{signs})[^\s\d]"
            ),
            legend_heading=re.compile(
                rf"[※<【\[(〈]?{_B}(?:凡例|(?:達成状況の?)?(?:記号|凡例)(?:の(?:説明|意味))?)"
                rf"{_B}[>】\])〉]?{_B}:?{_B}$"
            ),
            title=_title(
                f"{titles.YEAR_OF_TITLE}?", rf"(?P<department>.*?){_B}{titles.OF}{_B}(?P<kind>{titled})"
            ),
            plain_title=_title(titles.YEAR_OF_TITLE, rf"(?P<department>[^の。、:][^。、:]*?){titles.PLAINLY}")
            if "results" in profile.report_kinds
            else re.compile(r"(?!)"),
            title_kind=re.compile(f"{titled}|{spaced(titles.PLAIN_KIND)}"),
            titled=titled,
            report_kinds=report_kinds,
            unit=re.compile(rf"[(\[【]?{_B}単位{_B}:?{_B}(?P<unit>(?:千|万|百万|億)?円){_B}[)\]】]?"),
            tables=tuple(kind for kind in kinds if kind.opens == "table"),
        )
