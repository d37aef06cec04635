"""How a title tells its year, its department and its kind, in whatever order, and what else it holds.

Patterns match folded text, blanks allowed between the letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jisseki_check.notation.fiscal import FiscalYearMention, find_fiscal_years
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.patterns import lazy_compile

_B = r"\s*+"
_OPEN, _CLOSE = r"[(\[【<〈〔]", r"[)\]】>〉〕]"


def _spaced(*words: str) -> str:
    return "|".join(_B.join(word) for word in words)


_DIGITS = rf"[0-9](?:{_B}[0-9])*+"
_KANJI_DIGITS = rf"[〇一二三四五六七八九十](?:{_B}[〇一二三四五六七八九十])*+"
YEAR = (
    rf"(?:(?:{_spaced('明治', '大正', '昭和', '平成', '令和')}|[MTSHR㍾㍽㍼㍻㋿])"
    rf"{_B}(?:{_DIGITS}|元|{_KANJI_DIGITS})|[12]{_B}[0-9]{_B}[0-9]{_B}[0-9]){_B}年{_B}度?"
)
"""A fiscal year in a title."""

YEAR_OF_TITLE = rf"(?P<year>{YEAR}(?:{_B}\([^()]*[0-9元年期][^()]*\))?)"
"""The same with another calendar's year in parentheses."""

OF = rf"(?:の|に{_B}(?:お{_B}け{_B}る|関{_B}す{_B}る|係{_B}る))?"
"""What stands between the department and the kind: の or nothing, in long における."""

PERIOD = rf"(?:[上下]{_B}半{_B}期|[上下通]{_B}期|[前後]{_B}期(?=\s)|第{_B}[1-4一二三四]{_B}四{_B}半{_B}期)?"
"""The part of the year behind the year."""

DRAFT = rf"(?:[(\[【<]{_B}(?:素案|原案|案|未定稿|たたき台){_B}[)\]】>]{_B})?"
"""「（案）」 at the end."""

# No more than one of each, so that text which only begins like a title is none.
_VERSION = (
    rf"{_OPEN}{_B}[^()\[\]【】<>〈〉〔〕。、]{{0,20}}?"
    r"(?:版|確定|確定値|最終|改訂|改定|修正|訂正|更新|速報|暫定|概要|抜粋|抄|公表用?|公開用?|提出用?|再提出|時点|現在"
    rf"|半期|四半期)後?{_B}{_CLOSE}"
)
ENDING = (
    rf"(?:{_B}(?:に{_B}つ{_B}い{_B}て|(?:の{_B})?(?:結{_B}果{_B})?報{_B}告(?:{_B}書)?(?:{_B}に{_B}つ{_B}い{_B}て)?))?"
    rf"(?:{_B}{_VERSION})?"
)
"""について, 報告書 or the note of a version behind the kind."""

PLAIN_KIND = "実績"
PLAINLY = rf"(?:(?<=[部局室課])|(?<=委員会)){_B}{OF}{_B}(?P<kind>{_spaced(PLAIN_KIND)})"
"""A kind of report that is one only behind a year and a department: 図書館の実績 is a text's heading."""

OF_DEPARTMENT = r"(?:[部局室課会所院署館園校庁団係班計場]|センター)(?:\([^()]*\))?"
"""How the names of departments end."""

_IS_DEPARTMENT = lazy_compile(rf"[^の。、:].*{OF_DEPARTMENT}", re.S)
_ENDING = lazy_compile(rf"{ENDING}{_B}{DRAFT}$")
_PLAINLY = lazy_compile(rf"{PLAINLY}{ENDING}{_B}{DRAFT}$")

_HAS_YEAR = lazy_compile(YEAR)
_NAME = rf"(?P<open>{_OPEN})?{_B}(?P<department>[^の。、:\s][^。、:「」]{{0,40}}?){_B}(?(open){_CLOSE})"
_DATE = rf"{_OPEN}?{_B}{YEAR_OF_TITLE}{_B}{_CLOSE}?{_B}{PERIOD}"
_JOIN = rf"{_B}[の・/|:]?{_B}"
_NO_TOWN = r"(?P<town>(?!))?"
_NO_DEPARTMENT = lazy_compile(r"役[所場]$|[市町村]$")

_FORMER = lazy_compile(r"[(（\[［【]旧[^()（）\[\]［］【】]*[)）\]］】]$")
_ENCLOSED = lazy_compile(r"^[(（\[［【<＜〈〔]([^()（）\[\]［］【】<>＜＞〈〉〔〕]+)[)）\]］】>＞〉〕]$")
# Where a town's name ends: not in 都市整備部, 農村整備部 or 地区振興課, nor before 民 in 市民部.
_LETTER = "[一-龠々〆ヶケぁ-んァ-ヴー]"
_PEOPLE = r"民(?!生[部局課])|長(?!寿)|立|役"
_TOWN = lazy_compile(
    r"(?:北海道|東京都|京都府|大阪府|[一-龠]{2,3}県)?"
    r"(?P<town>(?!(?:[本当同各他両全朝]市|[本当同各他両全]区|[下港本元]町|山村|農山村|市区?町|区市町|町村))(?:"
    rf"{_LETTER}{{1,8}}?(?:(?<!都)|(?<=京都)(?<!東京都)|(?<=西都))(?<!中核)(?<!政令)(?<!特例)(?<!指定)市"
    rf"(?!{_PEOPLE}|街|場|営(?!繕|業|農)|有|境|域|区?町村|[町村](?![民長立営議づおぐ])|市(?!民|長|立|街|場|営|有|議|税|政|史))"
    rf"|{_LETTER}{{1,8}}?(?<![地校学特工管漁])(?<!行政)(?<!特別)(?<!自治)(?<!選挙)区"
    rf"(?!{_PEOPLE}|画|域|分|間|内|割|界|営|市?町村|区(?!民|長|立|議|政))"
    rf"|{_LETTER}{{1,8}}?(?<!城下)(?<!門前)(?<!宿場)(?<!温泉)町"
    rf"(?!{_PEOPLE}|並|内|家|屋|営|会|分|村|総合支所|支所|出張所|町(?!民|長|立|議|営))"
    rf"|{_LETTER}{{1,8}}?(?<![農漁町])(?<!農山)村(?!{_PEOPLE}|内|営|落|総合支所|支所|出張所|村(?!民|長|立|議|営))"
    r"))"
    r"(?P<department>.{2,})",
    re.S,
)
_OFFICE = lazy_compile(r"(?P<town>.*?[市町村])役[所場](?=.{2})", re.S)


def parted(name: str) -> tuple[str | None, str]:
    """The municipality that stands before a department's name, and the department; blanks taken out, and what
    it was called before left out. What may be a department's name as a whole stays whole."""
    plain = _ENCLOSED.sub(r"\1", _FORMER.sub("", squeeze(name)))
    told = _TOWN.fullmatch(_OFFICE.sub(r"\g<town>", plain, count=1))
    if told is None:
        return None, plain
    department = re.sub("^[のノ・]", "", told["department"])
    return (told["town"], department) if is_department(fold(department)) else (None, plain)


def years_of(title: str) -> list[FiscalYearMention]:
    """The fiscal years that a title names; where its letters stand apart (平 成 29 年 度), those of the title
    without its blanks, to which the offsets belong then."""
    return find_fiscal_years(title) or find_fiscal_years(squeeze(title))


@lru_cache(maxsize=16)
def _other_orders(kinds: str) -> tuple[re.Pattern[str], ...]:
    """Titles whose department does not stand between year and kind. `kinds`: the pattern of the kinds."""
    kind = rf"(?P<kind>{kinds})(?P<ending>{ENDING})"
    end = rf"{_B}(?:{DRAFT}{_B})?$"
    orders = (
        rf"{_NAME}{_JOIN}{_DATE}{_JOIN}{kind}",
        rf"{_DATE}{_JOIN}{kind}{_JOIN}{_NAME}",
        rf"{_NAME}{_B}{OF}{_B}{kind}{_JOIN}{_DATE}",
        rf"{kind}{_JOIN}{_DATE}{_JOIN}{_NAME}",
    )
    return tuple(lazy_compile(_NO_TOWN + order + end, re.S) for order in orders)


def in_another_order(folded: str, kinds: str) -> re.Match[str] | None:
    """The parts of a title whose department stands in front of its year, or behind its kind, or whose year
    stands at the end: town, year, department, kind and ending."""
    if _HAS_YEAR.search(folded) is None:
        return None
    for order in _other_orders(kinds):
        match = order.match(folded)
        if match is not None and _names_a_department(match["department"]):
            return match
    return None


def _names_a_department(folded: str) -> bool:
    _, department = parted(folded)
    return (
        is_department(department)
        and _HAS_YEAR.search(folded) is None
        and _NO_DEPARTMENT.search(department) is None
    )


def has_year(folded: str) -> bool:
    """Whether a fiscal year stands in a part of a title."""
    return _HAS_YEAR.search(folded) is not None


def is_department(folded: str) -> bool:
    """Whether a text ends as the names of departments do."""
    return _IS_DEPARTMENT.fullmatch(squeeze(folded)) is not None


def without_ending(folded: str) -> str:
    """A title without について, 報告書, （確定版） and （案） behind its kind."""
    return _ENDING.sub("", folded)


def ends_plainly(folded: str) -> bool:
    """Whether a title calls its kind no more than 実績: 総務部の実績."""
    return _PLAINLY.search(folded) is not None


def ends_with(folded: str, kind: str) -> bool:
    """Whether a title without blanks ends with its kind, or with what may stand behind it."""
    if folded.endswith(kind):
        return True
    return kind in folded and in_another_order(folded, re.escape(kind)) is not None
