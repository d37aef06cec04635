"""What the heading of a list's column means: the profile's words, and what offices write around them.

A heading may stand in two rows (予算 above 当初); it is then a path of two texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jisseki_check.forms.labels import YEAR
from jisseki_check.model import STAGES
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Profile

TEXTS = ("goal", "initiative", "plan", "result")
KEPT = frozenset({"extra", "ignore"})
"""What a profile says of columns that are not read as fields."""

_LONGEST = 60
_BRACKETS = str.maketrans("【[〔〈《［「『】]〕〉》］」』", "((((((((" + "))))))))")
_TORIKUMI = re.compile("取り?組み?|とりくみ")
_BULLETS = re.compile(r"[・･/、,]|及び|並びに|および|ならびに")
_UNIT = re.compile(
    r"\((?:単位:?)?(?P<inside>(?:千|百万|万|億)?円|%|件|人|名|回)\)|単位:?(?P<told>(?:千|百万|万|億)?円)"
    r"|(?<=.)(?P<last>(?:千|百万|万|億)円)$"
)
_YEAR = re.compile(
    rf"\(?(?P<year>{YEAR}|[HR](?:元|[0-9]{{1,2}})(?:年度?)?|[0-9]{{1,2}}年度|(?:本|今|当|当該)年度)\)?"
    r"(?:における|の|分)?"
)
_NUMBER = re.compile(r"^(?:[①-⑳■□●◆◇・※]+|\(?[0-9]{1,2}[).:)]|[アイウエオA-F][.):])")
_FOOTNOTE = re.compile(r"(?:※[0-9]*|\*[0-9]*|\(?注[0-9]*\)?|\([A-Z](?:[-+÷×/*]?[A-Z])*\)|(?<=[一-龠])[A-Z])$")
_NOTE = re.compile(r"(?<=.)\([^()]*\)")
_TRAILING = re.compile(r"(?<=\D)(?:[0-9]{1,2}|[①-⑳]|\([0-9]{1,2}\))$")
_END = re.compile("[欄額]$")
_COUNT = re.compile(r"^[0-9]{1,2}(?=\D)")


@dataclass(frozen=True, slots=True)
class Heading:
    """`field`: a field of the form, a stage of money, or another word of the profile's `list`; None where
    the words are nobody's. `label`: as printed, without unit and numbering, with the year that it names.
    `usual`: it is neither the form's own word nor one that the profile names. `stacked`: the stages and
    labels of amounts that stand one below the other in each cell (当初予算, 決算)."""

    field: str | None
    label: str
    unit: str | None = None
    year: str | None = None
    usual: bool = False
    stacked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """A heading without what may stand around it."""

    plain: str
    label: str
    unit: str | None
    year: str | None


class ListHeadings:
    """The headings of columns that one profile knows."""

    def __init__(self, profile: Profile) -> None:
        form = {**profile.stages, **profile.fields}
        self._own = {_exact(path): field for path, field in _pairs(profile.listing.own)}
        self._named = {_uniform(path): field for path, field in _pairs(profile.listing.own)}
        self._form = {_uniform(label): field for label, field in (*_pairs(form), *_pairs(profile.also))}
        tables = (kind.header for kind in profile.item_kinds.values())
        self._usual = {_uniform(header[0]): "title" for header in tables if header}
        self._usual |= {_uniform(label): field for label, field in _pairs(profile.listing.usual)}
        self._units = {_exact(path): unit for path, unit in profile.listing.units.items()}
        self._known: dict[tuple[str, ...], Heading] = {}

    def of(self, path: tuple[str, ...]) -> Heading:
        """What the heading means; `path` begins with the topmost row."""
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = self._read(path)
        return found

    def words_for(self, field: str) -> Iterator[str]:
        """All words that mean this field, for naming the nearest one."""
        for words in (self._named, self._form, self._usual):
            yield from (word for word, held in words.items() if held == field and "/" not in word)

    def _read(self, path: tuple[str, ...]) -> Heading:
        words = [_bare(text) for text in path]
        unit = self._units.get(_exact("/".join(path))) or self._units.get(_exact(path[-1]))
        unit = unit or next((each.unit for each in reversed(words) if each.unit), None)
        year = next((each.year for each in reversed(words) if each.year), None)
        own = self._own.get(_exact("/".join(path))) or self._own.get(_exact(path[-1]))
        field, usual, label = own, False, words[-1].label
        if field is None and all(len(text) <= _LONGEST for text in path):
            field, usual, label = self._meaning([each for each in words if each.plain] or words)
        stacked = self._stacked(words[-1].plain, year or "") if field is None else ()
        if year and year not in label:
            label = f"{year}{label}"
        return Heading("amounts" if stacked else field, label, unit, year, usual, stacked)

    def _stacked(self, plain: str, year: str) -> tuple[tuple[str, str], ...]:
        """Two stages that one heading names."""
        for at in range(1, len(plain)):
            labels = plain[:at].rstrip("/・、,"), plain[at:].lstrip("/・、,")
            stages = [self._find(label)[0] for label in labels]
            if all(stage in STAGES for stage in stages) and stages[0] != stages[1]:
                return tuple(
                    (str(stage), f"{year}{label}") for stage, label in zip(stages, labels, strict=True)
                )
        return ()

    def _meaning(self, words: list[_Words]) -> tuple[str | None, bool, str]:
        """Field, whether it is only usual, and the label that says it."""
        last = words[-1]
        field, usual = self._find(last.plain)
        if len(words) == 1:
            return field, usual, last.label
        above = words[-2]
        path = f"{above.plain}/{last.plain}"
        if path in self._named:
            return self._named[path], False, f"{above.label}（{last.label}）"
        amount = self._amount(above, last)
        if amount is not None:
            return amount
        if path in self._usual:
            return self._usual[path], True, f"{above.label}（{last.label}）"
        upper, upper_usual, upper_label = self._meaning(words[:-1])
        if _belongs(field, upper):
            return upper, upper_usual, f"{upper_label}（{last.label}）"
        return field, usual, last.label

    def _amount(self, above: _Words, last: _Words) -> tuple[str, bool, str] | None:
        """The amount that two rows name together: 当初 below 予算 is 当初予算, 現額 is 予算現額."""
        for plain, label in (
            (last.plain + above.plain, last.label + above.label),
            (above.plain + last.plain, above.label + last.label),
        ):
            field, usual = self._find(plain)
            if field in STAGES:
                return field, usual, label
        return None

    def _find(self, plain: str) -> tuple[str | None, bool]:
        """The field of a heading's words; failing that, of the words without what may stand around them."""
        shorter = (_NOTE.sub("", plain), plain.strip("()"), _COUNT.sub("", plain), _END.sub("", plain))
        for word in dict.fromkeys((plain, *shorter)):
            for known, usual in ((self._named, False), (self._form, False), (self._usual, True)):
                if word in known:
                    return known[word], usual
        field, usual = self._find(_TRAILING.sub("", plain)) if _TRAILING.search(plain) else (None, False)
        return (field, usual) if field in TEXTS else (None, False)


def _belongs(field: str | None, upper: str | None) -> bool:
    """Whether a column is what the heading above its own says: 内容 below 実績, 金額 below 決算."""
    if field is None:
        return upper in TEXTS
    return (upper == "result" and field in {"initiative", "plan"}) or (upper in STAGES and field == "amounts")


def _pairs(words: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    for field, labels in words.items():
        for label in labels:
            yield label, field


def _exact(text: str) -> str:
    return squeeze(fold(text))


def _uniform(label: str) -> str:
    """A profile's heading as headings are compared; a slash parts two rows."""
    return "/".join(_bare(part).plain for part in label.split("/"))


def _bare(text: str) -> _Words:
    """The words of a heading, its unit and its year."""
    folded = _exact(text)[: 2 * _LONGEST].translate(_BRACKETS)
    found = _UNIT.search(folded)
    unit = None
    if found is not None:
        unit = found["inside"] or found["told"] or found["last"]
        folded = folded[: found.start()] + folded[found.end() :]
    dated = _YEAR.search(folded)
    undated = folded if dated is None else folded[: dated.start()] + folded[dated.end() :]
    label = _FOOTNOTE.sub("", _NUMBER.sub("", undated)) or undated
    while len(label) > 2 and label[0] == "(" and label[-1] == ")" and ")" not in label[1:-1]:
        label = label[1:-1]
    plain = _BULLETS.sub("・", _TORIKUMI.sub("取り組み", label.lower()))
    return _Words(
        plain=plain.rstrip(":"),
        label=label.rstrip(":"),
        unit=unit if unit and unit.endswith("円") else None,
        year=dated["year"] if dated is not None and dated["year"][0] not in "本今当" else None,
    )
