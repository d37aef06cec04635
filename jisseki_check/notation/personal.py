"""Data on persons that stand in a text: where they are, and the text with them made unreadable.

A finding must be certain enough to stop a publication, so an office's own address, telephone or
account is none, and what could be an amount, a date or a longer number is none either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from jisseki_check.notation.width import fold
from jisseki_check.patterns import lazy_compile

Span = tuple[int, int]

MASK = "＊"
_SHOWN = 2
_NEAR = 40

_HYPHENS = "\\-‐‑‒–—―−－ー─"
_JOINED = rf"[{_HYPHENS}.,/]"
_NOT_WITHIN_A_NUMBER = rf"(?<![0-9A-Za-z])(?<![0-9]{_JOINED})"
_NUMBER_ENDS = rf"(?![0-9A-Za-z])(?!{_JOINED}[0-9])(?! ?(?:[千万億]|百万)?[円件人個冊枚回台点])"

# What any of them needs; most texts have none of it. Looked for before anything is folded.
_SIGNS = re.compile("[@＠様氏座銀庫店]")
_LONG_NUMBER = re.compile(rf"[0-9０-９](?:[{_HYPHENS} 　()（）.]{{0,3}}[0-9０-９]){{9}}")

_EMAIL = lazy_compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@(?P<host>(?:[A-Za-z0-9-]++\.)+[A-Za-z]{2,})(?![A-Za-z0-9-])"
)
_OFFICE_HOST = lazy_compile(
    r"(?:^|\.)(?:city|pref|town|vill|village|metro)\.|\.(?:lg|go|ed)\.jp$", re.IGNORECASE
)
_OFFICE_MAILBOX = lazy_compile(
    r"(?:info|contact|support|office|inquiry|webmaster|postmaster|customer|soudan|toiawase|koho|kouhou)\b",
    re.IGNORECASE,
)
# 0800 is toll-free: where nothing stands behind 080, no nought follows.
_MOBILE = lazy_compile(
    rf"{_NOT_WITHIN_A_NUMBER}(?:\+81[ {_HYPHENS}]?[789]0 ?[{_HYPHENS}]?|\(0[789]0\)"
    rf"|0[79]0 ?[{_HYPHENS}.(]?|080(?: ?[{_HYPHENS}.(]| ?(?=[1-9])))"
    rf" ?[0-9]{{4}} ?[{_HYPHENS}.)]? ?[0-9]{{4}}{_NUMBER_ENDS}"
)
_TELEPHONE = lazy_compile(
    rf"{_NOT_WITHIN_A_NUMBER}(?:\(0[1-9][0-9]{{0,3}}\)|0[1-9][0-9]{{0,3}} ?[{_HYPHENS}(])"
    rf" ?[0-9]{{1,4}} ?[{_HYPHENS})] ?[0-9]{{4}}{_NUMBER_ENDS}"
)
_TOLL_FREE = ("0120", "0570", "0800", "0990")
_HOUSE = lazy_compile(
    rf"(?<![0-9{_HYPHENS}])(?:[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}})"
    r"(?:丁目 ?[0-9一二三四五六七八九十]{1,4}(?:番地?(?:の?[0-9一二三四五六七八九十]{1,4}号?)?"
    rf"|[{_HYPHENS}][0-9]{{1,4}})|番地(?:の?[0-9]{{1,4}})?|番[0-9一二三四五六七八九十]{{1,4}}号"
    rf"|[{_HYPHENS}][0-9]{{1,4}}[{_HYPHENS}][0-9]{{1,4}}){_NUMBER_ENDS}"
)
_HOUSE_SIGN = lazy_compile(rf"番|丁目|[0-9][{_HYPHENS}][0-9]")
_PLACE = lazy_compile("[一-龠々ぁ-んァ-ヶー]*")
_MUNICIPALITY = lazy_compile("[市区町村郡]")
_INDIVIDUAL = lazy_compile(
    rf"{_NOT_WITHIN_A_NUMBER}(?:[0-9]{{12}}|(?<![0-9] )[0-9]{{4}}(?P<gap>[ {_HYPHENS}])[0-9]{{4}}(?P=gap)"
    rf"[0-9]{{4}}(?! [0-9])){_NUMBER_ENDS}"
)
_TIME = lazy_compile(
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]"
)
_ACCOUNT = lazy_compile(
    r"(?:(?P<named>口座番号)|(?:普通|当座)(?:預金)?(?:口座)?)[ :の(はNno.番号]{0,8}"
    rf"(?<![0-9])(?P<number>[0-9]{{7}}){_NUMBER_ENDS}"
)
_BANK = lazy_compile("銀行|支店|信用金庫|信金|信用組合|労働金庫|農協|農業協同組合|ゆうちょ")
_OFFICE_ACCOUNT = lazy_compile("義援金|寄附|寄付|募金|会計管理者|納付")

# 「お客様」, 「利用者様」 and 「同様」 name nobody.
_NAME = lazy_compile(
    r"[一-龠々]{1,4} ?[一-龠々ぁ-んァ-ヶ]{1,4}"
    r"(?<![皆客者員民人主方体親族帯生父母兄姉弟妹孫屋店様同仕多模一異有各両神王氏たも])"
    r"(?:様(?![子々式相態])|氏(?![名子族])|さん)|(?:氏名|名前)[ :はが]"
)
_OFFICE = lazy_compile(
    "課|係|室|局|担当|問合|問い合|窓口|代表|内線|センター|事務所|役所|役場|会館|公民館|学校|所在"
)


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """One of them and its span.

    `kind`: e-mail, telephone, mobile, postal-address, my-number or bank-account.
    """

    kind: str
    start: int
    end: int


def may_hold_personal(text: str) -> bool:
    """Whether it is worth looking closer: cheap, and never wrongly False."""
    return (
        _SIGNS.search(text) is not None
        or "さん" in text
        or "名前" in text
        or _LONG_NUMBER.search(text) is not None
    )


def find_personal(text: str) -> list[PersonalDatum]:
    """All that the text holds, in order, none over another."""
    if not may_hold_personal(text):
        return []
    folded = fold(text)
    found: list[PersonalDatum] = []
    for datum in sorted(_candidates(folded), key=lambda datum: (datum.start, -datum.end)):
        if not found or datum.start >= found[-1].end:
            found.append(datum)
    return found


# A field is quoted once for each of its findings.
@lru_cache(maxsize=8)
def mask(text: str) -> str:
    """The text, as long as it was, of each datum only the first two and the last two characters."""
    for datum in find_personal(text):
        first, last = datum.start + _SHOWN, datum.end - _SHOWN
        text = text[:first] + MASK * (last - first) + text[last:]
    return text


def is_individual_number(digits: str) -> bool:
    """Whether twelve half-width digits are a 個人番号, by their check digit.

    行政手続における特定の個人を識別するための番号の利用等に関する法律施行令第8条 and 平成26年総務省令
    第85号第5条: P_n is the n-th digit from the right of the first eleven, Q_n is n + 1 up to n = 6 and n - 5
    from n = 7; the check digit is 11 less the sum's remainder by 11, 0 where that remainder is 0 or 1.
    """
    if len(digits) != 12 or not (digits.isascii() and digits.isdigit()):
        return False
    weighed = sum(
        int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits[:11]), 1)
    )
    remainder = weighed % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def _candidates(text: str) -> Iterator[PersonalDatum]:
    for kind, find in _FINDERS.items():
        for start, end in find(text):
            yield PersonalDatum(kind, start, end)


def _emails(text: str) -> Iterator[Span]:
    if "@" not in text:
        return
    for match in _EMAIL.finditer(text):
        of_office = _OFFICE_HOST.search(match["host"]) or _OFFICE_MAILBOX.match(match[0])
        if not of_office and not _OFFICE.search(_around(text, *match.span())):
            yield match.span()


def _mobiles(text: str) -> Iterator[Span]:
    if _LONG_NUMBER.search(text):
        yield from (match.span() for match in _MOBILE.finditer(text))


def _telephones(text: str) -> Iterator[Span]:
    if not _LONG_NUMBER.search(text):
        return
    for match in _TELEPHONE.finditer(text):
        digits = _digits(match[0])
        is_subscriber = len(digits) == 10 and not digits.startswith(_TOLL_FREE)
        if is_subscriber and _is_of_a_person(text, *match.span()):
            yield match.span()


def _addresses(text: str) -> Iterator[Span]:
    if not _HOUSE_SIGN.search(text):
        return
    for match in _HOUSE.finditer(text):
        start = _place_start(text, match.start())
        if start is not None and _is_of_a_person(text, start, match.end()):
            yield start, match.end()


def _individual_numbers(text: str) -> Iterator[Span]:
    if not _LONG_NUMBER.search(text):
        return
    for match in _INDIVIDUAL.finditer(text):
        digits = _digits(match[0])
        of_company = "法人番号" in _before(text, match.start())
        if is_individual_number(digits) and not of_company and not _is_year_or_time(digits):
            yield match.span()


def _accounts(text: str) -> Iterator[Span]:
    if "普通" not in text and "当座" not in text and "口座" not in text:
        return
    for match in _ACCOUNT.finditer(text):
        around = _around(text, *match.span())
        if (match["named"] or _BANK.search(around)) and not _OFFICE_ACCOUNT.search(around):
            yield match.span("number")


_FINDERS: dict[str, Callable[[str], Iterator[Span]]] = {
    "e-mail": _emails,
    "mobile": _mobiles,
    "telephone": _telephones,
    "postal-address": _addresses,
    "my-number": _individual_numbers,
    "bank-account": _accounts,
}


def _before(text: str, at: int) -> str:
    """What stands before a place, on its line."""
    return text[max(0, at - _NEAR) : at].rpartition("\n")[2]


def _around(text: str, start: int, end: int) -> str:
    """What stands on both sides, on the same line."""
    after = text[end : end + _NEAR].partition("\n")[0]
    return f"{_before(text, start)}\n{after}"


def _is_of_a_person(text: str, start: int, end: int) -> bool:
    """A name stands by, and no word of an office."""
    around = _around(text, start, end)
    return _NAME.search(around) is not None and not _OFFICE.search(around + text[start:end])


def _place_start(text: str, house: int) -> int | None:
    """Where the address begins that ends with this house; None if no municipality is named."""
    before = text[max(0, house - _NEAR) : house].rstrip(" ")
    # Backwards, for a search for what ends here would begin anew at each character.
    backwards = _PLACE.match(before[::-1])
    place = (
        before[len(before) - (backwards.end() if backwards else 0) :].rpartition("住所")[2].lstrip("はがー")
    )
    gap = house - max(0, house - _NEAR) - len(before)
    return house - gap - len(place) if _MUNICIPALITY.search(place) else None


def _is_year_or_time(digits: str) -> bool:
    """Three years in a row, a date with its time, or one digit throughout."""
    years = all(1900 <= int(digits[at : at + 4]) <= 2100 for at in (0, 4, 8))
    return years or len(set(digits)) == 1 or _TIME.fullmatch(digits) is not None


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
