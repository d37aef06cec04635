"""Texts as they are compared between documents: width, blanks, line breaks, punctuation, quotation marks and
bullets do not count."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b

from jisseki_check.notation.eras import gregorian_year
from jisseki_check.patterns import lazy_compile

_CIRCLED = lazy_compile("[①-⑳❶-❿⑴-⒇]")
# A full stop and a dash between digits belong to the number; a mark of the list at the start of a line does
# not belong to the text.
_DROPPED = lazy_compile(
    r"^\s*[○◎△▲](?![0-9])|[\s\u200b-\u200f\ufeff、。,・:;!?「」『』“”\"'‘’`()\[\]{}<>〈〉《》【】〔〕●◆◇■□★☆※▼▽]"
    r"|[-‐‑–—―−](?![0-9])|(?<![0-9])\.|\.(?![0-9])",
    re.MULTILINE,
)
_CLUSTER = lazy_compile(".[ﾞﾟ゙゚]?", re.DOTALL)
_NUMBER = "(?:元|[0-9]{1,2}|[〇一二三四五六七八九十]{1,3})"
_YEARS = lazy_compile(
    rf"(?:明治|大正|昭和|平成|令和){_NUMBER}年?度?|(?<![A-Za-z])[MTSHR]{_NUMBER}(?:年度?|(?=[.~]))"
    r"|(?<![0-9])(?:19|20)[0-9]{2}年度?"
    r"|(?<![0-9])(?:元|[0-9]{1,2})年(?:度|(?=[0-9]{1,2}月|末|当初|春|夏|秋|冬))"
)
_YEAR = "〔年〕"
_DAYS = lazy_compile(
    r"(?<![0-9])(?P<day>[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|末|半ば)?"
    r"|[0-9]{1,2}日(?![間以前後未程目分当数毎]))(?:[月火水木金土日](?:曜日?)?祝?(?=[^一-鿿]|午|$))?"
)
_DAY = "〔日〕"
_ORDINALS = lazy_compile("第(?P<nth>[0-9]{1,3})回|(?<![0-9])(?P<number>[0-9]{1,3})(?:周年|年目|回目|年連続)")
_ORDINAL = "〔回〕"
# Not how often, for how long or at how many places: these are the same each year by their nature.
_VOLUMES = lazy_compile(
    r"(?<![0-9.第])(?:[1-9][0-9]+(?:\.[0-9]+)?|[0-9]\.[0-9]+|[1-9][0-9]*(?=[千万億]))(?![0-9.])"
    r"(?!回|日|時|分|週|か月|月|年|歳|期|号|条|項|章|番|階|級|次|か所|校|園|館|地区|施設|拠点|課|部|局|町|区|路線|橋)"
)
_ERA_YEARS = lazy_compile("(?P<era>明治|大正|昭和|平成|令和|(?<![A-Za-z])[MTSHR])(?P<number>元|[0-9]{1,2})年")
_ERA_DATES = lazy_compile(r"(?<![A-Za-z])([MTSHR])([0-9]{1,2})\.([0-9]{1,2})(?:\.([0-9]{1,2}))?(?![0-9.])")
_DIGIT = lazy_compile("[0-9]")
_NUMBERS = [
    (lazy_compile(pattern), spelling)
    for pattern, spelling in (
        (r"([0-9]{4}年)\1", r"\1"),  # of 平成29年（2017年）
        (r"([0-9]{1,2}月[0-9]{1,2}日)[月火水木金土日](?:曜日?)?", r"\1"),
        (r"([0-9]+)万([0-9]{4})(?![0-9])", r"\1\2"),
        ("(?<=[0-9月日時年])[-‐‑–—―−](?=[0-9])", "~"),
        ("(?<=[0-9])(?:[カヶケヵ](?=所|月|年|国)|個(?=所))", "か"),
        ("(?<=[0-9])名(?![一-鿿])", "人"),
    )
]
# Each begins with a letter of its own, so that the search can skip to these letters.
_WORDS = lazy_compile(
    "パーセント|平方メートル|キロメートル|〜|～|一人一人|ひとりひとり|箇(?=[所月年国])"
    + "".join(f"|{ka}(?<=[数何].)(?=[所月年国])" for ka in "カヶケヵ")
    + "|申し?込み?|手続き|取り?組み|打ち?合わ?せ|問い?合わ?せ|受け?付け?"
)
_SPELLED = {
    "パ": "%", "平": "m2", "キ": "km", "〜": "~", "～": "~", "一": "一人ひとり", "ひ": "一人ひとり",
    "申": "申込", "手": "手続", "取": "取組", "打": "打合せ", "問": "問合せ", "受": "受付",
}  # fmt: skip


def plain(text: str) -> str:
    """The text as it is compared."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", text)))


def spelled(text: str) -> str:
    """The same, with years in one calendar, and units and common words in one spelling."""
    return in_one_spelling(plain(text))


def in_one_spelling(compared: str) -> str:
    """What `spelled` makes of a text that `plain` has given already."""
    if _DIGIT.search(compared):
        compared = _ERA_YEARS.sub(_in_gregorian, _ERA_DATES.sub(_spelled_out, compared))
        for pattern, spelling in _NUMBERS:
            compared = pattern.sub(spelling, compared)
    elif "年" in compared:
        compared = _ERA_YEARS.sub(_in_gregorian, compared)
    return _WORDS.sub(lambda match: _SPELLED.get(match[0][0], "か"), compared)


def _spelled_out(match: re.Match[str]) -> str:
    era, year, month, day = match.groups()
    return f"{era}{year}年{month}月" + (f"{day}日" if day else "")


def _in_gregorian(match: re.Match[str]) -> str:
    number = match["number"]
    return f"{gregorian_year(match['era'], 1 if number == '元' else int(number))}年"


def placed(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters the offset in the original."""
    held: list[str] = []
    offsets: list[int] = []
    places = [at for at, char in enumerate(text) if not _CIRCLED.match(char)]
    for match in _CLUSTER.finditer("".join(text[at] for at in places)):
        written = unicodedata.normalize("NFKC", match[0])
        held.append(written)
        offsets += [places[match.start()]] * len(written)
    whole = "".join(held)
    kept = [True] * len(whole)
    for match in _DROPPED.finditer(whole):
        kept[match.start() : match.end()] = [False] * (match.end() - match.start())
    return (
        "".join(char for char, is_kept in zip(whole, kept, strict=True) if is_kept),
        [offset for offset, is_kept in zip(offsets, kept, strict=True) if is_kept],
    )


def without_years(compared: str) -> str:
    """A text as `plain` gives it, with one sign for each year; months and days stay."""
    return _YEARS.sub(_YEAR, compared)


@dataclass(frozen=True, slots=True)
class Undated:
    """A text without what a year brings: its `days` (5月14日) and `ordinals` (第38回 is 38), taken out in
    their order. `volumes`: how many numbers of 10 and more tell how much was done."""

    text: str
    days: tuple[str, ...]
    ordinals: tuple[int, ...]
    volumes: int


def undated(compared: str) -> Undated:
    """A text as `spelled` gives it, with one sign for each year, day and ordinal of a yearly event."""
    days: list[str] = []
    ordinals: list[int] = []

    def day(match: re.Match[str]) -> str:
        days.append(match["day"])
        return _DAY

    def ordinal(match: re.Match[str]) -> str:
        ordinals.append(int(match["nth"] or match["number"]))
        return _ORDINAL

    text = without_years(compared)
    if _DIGIT.search(text) is None:
        return Undated(text, (), (), 0)
    text = _ORDINALS.sub(ordinal, _DAYS.sub(day, text))
    return Undated(text, tuple(days), tuple(ordinals), len(_VOLUMES.findall(text)))


def digest(*parts: object) -> int:
    """A number that stands for these parts, which hold no NUL; hardly ever for others too."""
    joined = "\0".join(map(str, parts))
    return int.from_bytes(blake2b(joined.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def bigrams(compared: str) -> frozenset[str]:
    """The pairs of neighbouring characters; the text itself where it has only one."""
    return frozenset(compared[at : at + 2] for at in range(max(1, len(compared) - 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts resemble each other by their bigrams, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
