"""A stated number and the list that it counts: `lists`.

Three shapes: 「A、B、Cの3施設」, 「3施設（A、B、C）」, and 「次の3つ」 above lines of a list. A list whose
parts can be counted in two ways (A・B may be one name, 昨年度 may be no part) holds every number between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jisseki_check.facts.views import ReportView
from jisseki_check.notation.numerals import small_int
from jisseki_check.notation.width import fold
from jisseki_check.patterns import lazy_compile

Row = dict[str, Any]

_BODIES = "者|団体|社|法人|機関|組織|自治体|市町村|市町|市|町|村|県|課|部|部局|部署|部門|局|室|大学"
_SITES = (
    "拠点|施設|か所|箇所|カ所|ヵ所|ヶ所|会場|校|園|館|公園|駅|棟|路線|橋|港|店舗|支所|公民館|小学校|中学校"
)
_MATTERS = (
    "色|事業|項目|種類|分野|計画|条例|制度|業務|システム|コース|講座|講習|研修|言語|段階|本柱|つの柱|つ|点|課題|視点"
    "|方針|施策"
)
_AREAS = "地区|地域|校区|区"
_COUNTER = rf"(?P<counter>{_AREAS}|{_BODIES}|{_SITES}|{_MATTERS})"
_NUMBER = r"(?P<number>[0-9]{1,2}|[二三四五六七八九十])"
# 「…の4拠点」: not 「…の4拠点目」, nor 「…の約4拠点」; a total of a list is its number too.
_BEHIND = re.compile(rf"の(?:合計|計|全)? ?{_NUMBER} ?{_COUNTER}(?![目以未余程約弱強年月]|当たり|ごと)")
_BEFORE = re.compile(
    rf"(?<![0-9第約～~\-・、]){_NUMBER} ?{_COUNTER} ?[（(](?P<inside>[^（）()\n]{{3,200}})[）)]"
)
_ABOVE = re.compile(rf"(?:次の|以下の|下記の|次に掲げる){_NUMBER} ?{_COUNTER}[^\n]{{0,60}}\n")
_BULLET = lazy_compile(
    r"[ \t　]*(?:(?P<sign>[・●○◇■□▶➢\-－*])|[（(]?(?P<order>[0-9]{1,2}|[ア-オ])[)）.．]"
    r"|(?P<ring>[①-⑳➀-➉]))[ \t　]*(?=\S)"
)

_HINT = re.compile(r"[0-9０-９二三四五六七八九十]")
_SENTENCE = re.compile(r"[。\n：:；;！？]")
_RING = re.compile(r"[①-⑳➀-➉]")
_PARENTHESES = re.compile(r"[（(][^（）()]{0,80}[）)]")
_PARTS = re.compile(r"[、，,]|及び|および|並びに|ならびに")
# Joins whose sides may be one name, or two.
_MAYBE = re.compile(r"[・と／/]|や(?=[一-龥ァ-ヶ])")
_OPEN_END = re.compile(
    r"等|など|ほか|他|をはじめ|を含む|除く|以外|うち|例えば|主な|各|それぞれ|いずれか|～|~|から|[0-9]+[一-龥]{0,2}(?:と|、|$)"
)
# What may stand before a list without being its first part.
_ASIDE = re.compile(
    r".*(?:場合|結果|一方|現在|今回|次回|前回|最後|最終的|全体|同様|同日|同月|同年|以外|限り|通り|とおり|うち|ほか)$|"
    r"^(?:[0-9元]+[年月日]|(?:平成|令和|昭和|[HRS])[0-9]|昨年度?|今年度?|本年度?|前年度|当日|また|さらに|なお|加えて|併せて|あわせて|特に|主に|"
    r"新たに|新規に|引き?続き|具体的に|市内|市外|庁内|庁外|全庁|本市|当市|府内|県内|国内|区内|現在|このうち|"
    r"[一-龥々]{1,8}(?:後|前|中|時|際|上|別|別に|以降|以来|により|として)$)"
)
_PARTICLE = re.compile(
    r"(?:て|で)い[るた]|である|となる|とする|(?:する|した|される|された)(?=[^ぁ-ん])"
    r"|(?<=[一-龥々ァ-ヶーA-Za-z0-9」])(?:では|には|とは|[をにはがで])(?=[一-龥々ァ-ヶA-Za-z「])"
)
_NAME = re.compile(r"^[「『“]?[一-龥々ァ-ヶーA-Za-z0-9ぁ-ん・「」『』“”]{2,30}$")
_CLAUSE_END = re.compile(
    r"(?:[一-龥々ァ-ヶー」][ぁ-ん]{1,3}|^(?:また|さらに|なお|このほか|このため|そのため|あわせて))\s*$"
)
_HIRAGANA_END = re.compile(r"[ぁ-ん]$")
_KINDS = re.compile(
    r"^(?:小|中|高等|小中|公立|私立|市立|特別支援)?(?:学校|幼稚園|保育所|保育園|認定こども園|こども園|公園|図書館|公民館|体育館|集会所|公共施設|"
    r"市|町|村|県|国|区|民間|企業|団体|商店|病院|診療所|薬局|道路|橋りょう|河川|庁舎|駅|男性|女性)$"
)
_AREA_NAME = re.compile(r"(?:地区|地域|校区|[市区町村県府]|[部課局])$")

_REACH = 200
_LONGEST_LIST = 3_000
_MOST_PARTS = 12
# A larger difference: the number counts something else than the parts.
_SLIP = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """A stated number, where it stands, and the least and the most parts that its list has."""

    start: int
    end: int
    text: str
    stated: int
    fewest: int
    utmost: int
    names: str


def list_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `lists`."""
    for item in view.items:
        for field, text in item.texts:
            for found in find_lists(text):
                yield {
                    "report": view.number,
                    "item": item.item.index,
                    "text": found.text,
                    "stated": found.stated,
                    "fewest": found.fewest,
                    "utmost": found.utmost,
                    "names": found.names,
                    "field": field,
                    "start": found.start,
                    "end": found.end,
                }


def find_lists(text: str) -> Iterator[Listed]:
    """The stated numbers whose whole list stands beside them."""
    if _HINT.search(text) is None:
        return
    folded = fold(text)
    for match in _BEHIND.finditer(folded):
        parts, doubtful = _parts_before(folded, match.start())
        yield from _counted(text, match, parts, doubtful)
    for match in _BEFORE.finditer(folded):
        yield from _counted(text, match, _PARTS.split(match["inside"].strip()), 0)
    for match in _ABOVE.finditer(folded):
        yield from _in_lines(text, folded, match)


def _parts_before(folded: str, end: int) -> tuple[list[str], int]:
    """The parts of the list that ends here, in their order, and how many of the first may be none."""
    before = _SENTENCE.split(folded[max(0, end - _REACH) : end])[-1]
    if len(before) == _REACH:
        return [], 0
    before = _PARENTHESES.sub("", before)
    before = re.split(r"[（(「『](?=[^）)」』]*$)", before)[-1]
    parts: list[str] = []
    listed = _PARTS.split(before)
    for place, part in reversed([*enumerate(listed)]):
        if _CLAUSE_END.search(part) or not part.strip():
            return parts, 0
        if _HIRAGANA_END.search(part):  # a name, or words of another kind
            return [], 0
        particles = list(_PARTICLE.finditer(part))
        if particles:
            # 避難所である東会館: the list begins behind the particle
            name = part[particles[-1].end() :]
            return (parts if _ASIDE.fullmatch(name) else [name, *parts]), 0
        if _ASIDE.match(part):
            # 玄関、屋上、駐車場: among names it is a name too
            opens = place == 0 or _CLAUSE_END.search(listed[place - 1])
            return ([part, *parts], 1) if opens else ([], 0)
        parts.insert(0, part.strip())
        if len(parts) > _MOST_PARTS:
            return [], 0
    return parts, _is_unlike(parts)


def _is_unlike(parts: list[str]) -> int:
    """Whether the first part ends otherwise than all others do: it may be no part of the list."""
    endings = {part[-1] for part in parts[1:]}
    return int(len(parts) > 2 and len(endings) == 1 and parts[0][-1] not in endings)


def _counted(text: str, match: re.Match[str], parts: list[str], doubtful: int) -> Iterator[Listed]:
    """The list, where its parts are names of what is counted."""
    stated = small_int(match["number"])
    names = [part.strip() for part in parts]
    if stated is None or len(names) - doubtful < 2:
        return
    if not all(_is_part(name, match["counter"]) for name in names[doubtful:]):
        return
    least = len(names) - doubtful
    most = len(names) + sum(len(_MAYBE.findall(name)) for name in names)
    if least - _SLIP <= stated <= most + _SLIP:
        start, end = match.span("number")[0], match.end("counter")
        yield Listed(start, end, text[start:end], stated, least, most, "、".join(names[doubtful:]))


def _is_part(name: str, counter: str) -> bool:
    if not _NAME.match(name) or _OPEN_END.search(name) or _KINDS.match(name):
        return False
    if "の" in name and re.fullmatch(_MATTERS, counter) is None:
        return False
    return _AREA_NAME.search(name) is None or re.fullmatch(f"{_AREAS}|{_BODIES}", counter) is not None


def _in_lines(text: str, folded: str, match: re.Match[str]) -> Iterator[Listed]:
    """The lines of the list below, where nothing but its lines stands there."""
    stated = small_int(match["number"])
    count = _lines(folded, match.end())
    if stated is not None and count is not None and count >= 2:
        start, end = match.start("number"), match.end("counter")
        yield Listed(start, end, text[start:end], stated, count, count, "")


def _lines(folded: str, at: int) -> int | None:
    """How many lines the list has that begins here; None where its end is not plain."""
    first = _BULLET.match(folded, at)
    if first is None or len(folded) - at > _LONGEST_LIST:
        return None
    held: list[str] = []
    closed = False
    for line in folded[at:].splitlines():
        bullet = _BULLET.match(line)
        if bullet is None:
            closed = closed or line.rstrip().endswith(("。", "：", ":"))
        elif _is_of(bullet, first):
            if closed:  # a second list, or a list that goes on behind a remark
                return None
            # A ring may be named again: 「⑥ ①から⑤までの周知」
            held += map(_ring, _RING.findall(line)) if first["ring"] else [str(len(held))]
    return len(set(held))


def _ring(sign: str) -> str:
    """The number in a ring, of either set of such signs."""
    return str((ord(sign) - 0x2780) % 10 + 1) if sign >= "➀" else str(ord(sign) - 0x245F)


def _is_of(bullet: re.Match[str], first: re.Match[str]) -> bool:
    """Whether a line belongs to the list of the first one, and not to a list below or above it."""
    if bullet.lastgroup != first.lastgroup:
        return False
    return first.lastgroup != "sign" or bullet["sign"] == first["sign"]
