"""Counted things: 8回, 562名, 109の団体, 4拠点, 99.2％, 約3万人, 300人以上.

Not counted things: ordinals (第2回, 3件目, 1階, 24条), dates and lengths of time, rates (1台当たり), and two
numbers in one (十二、三箇所, 2～3回).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jisseki_check.notation.numerals import Number, compound_number, plain_number, small_int
from jisseki_check.notation.width import fold

_B = r"[ \t]{0,4}"
_FOLDED_COUNTERS = {
    **dict.fromkeys(["箇所", "個所", "カ所", "ヵ所", "ヶ所", "ケ所", "か所"], "か所"),
    **dict.fromkeys(["箇国", "カ国", "ヵ国", "ヶ国", "ケ国", "か国"], "か国"),
    **dict.fromkeys(["%", "パーセント", "㌫"], "%"),
    **dict.fromkeys(["ポイント", "㌽"], "ポイント"),
    **dict.fromkeys(["平方メートル", "㎡"], "㎡"),
    "企業": "社",
}
# Counters, each with the characters that make another word of it (2回線 is not 2回).
_COUNTERS = {
    # things done and decided
    "回": "線答収復遊転避路数",
    "件": "名",
    "事業": "者所費年部計名課",
    "業務": "量",
    "事例": "",
    "例": "え規年外",
    "議案": "",
    "案": "内件",
    "項目": "",
    "課題": "",
    "講座": "",
    "コース": "",
    "科目": "",
    "割": "合当引り",
    "倍": "増率",
    # people
    "名": "称簿前義所札物産",
    "人": "事材権口員格件数工家間形気",
    "者": "",
    "世帯": "",
    "組": "織合込曲み",
    "クラス": "",
    "グループ": "",
    "チーム": "",
    # bodies
    "団体": "",
    "社": "会員長協内外屋",
    "企業": "",
    "法人": "",
    "事業所": "",
    "事業者": "",
    "自治体": "",
    "市町村": "",
    "市町": "村",
    "市": "民町立役長道内場外税営有街",
    "課": "題税長程金外員",
    "部": "署門長局会屋下材品員分",
    "部会": "",
    "部署": "",
    "部門": "",
    "部局": "",
    # places and buildings
    "箇所": "",
    "個所": "",
    "カ所": "",
    "ヵ所": "",
    "ヶ所": "",
    "ケ所": "",
    "か所": "",
    "箇国": "",
    "カ国": "",
    "か国": "",
    "拠点": "",
    "施設": "長内名",
    "地区": "",
    "地域": "",
    "地点": "",
    "区画": "",
    "路線": "",
    "校": "区舎庭長務則外歌正門",
    "校区": "",
    "小学校": "",
    "中学校": "",
    "大学": "",
    "園": "児舎庭芸長",
    "保育所": "",
    "保育園": "",
    "幼稚園": "",
    "公園": "",
    "館": "内長外",
    "店": "舗長頭",
    "店舗": "",
    "棟": "",
    "戸": "籍建別口",
    "軒": "",
    "橋": "",
    "席": "上",
    # things
    "種類": "",
    "種": "類別目子苗",
    "台": "帳風本湾頭所地",
    "基": "本準礎金盤",
    "冊": "子",
    "枚": "方挙数",
    "通": "知信行常学勤報年話貨過称帳達販じしり",
    "通り": "",
    "本": "市庁部校人年章町日件会事店格質文来当社",
    "点": "検在字滅灯数",
    "個": "人別所",
    "頭": "金",
    "羽": "",
    "匹": "",
    "袋": "",
    "箱": "",
    "ファイル": "",
    "ページ": "",
    "システム": "",
    "アカウント": "",
    "サイト": "",
    "回線": "",
    "回答": "",
    "言語": "",
    # measures
    "%": "",
    "㌫": "",
    "パーセント": "",
    "ポイント": "",
    "㌽": "",
    "㎡": "",
    "平方メートル": "",
    "メートル": "",
    "キロメートル": "",
    "キロ": "",
    "ヘクタール": "",
    "トン": "",
}
_COUNTER = "|".join(
    counter + (f"(?![{others}])" if others else "")
    for counter, others in sorted(_COUNTERS.items(), key=lambda entry: -len(entry[0]))
)
_ABOUT_AFTER = r"余り|あまり|余|程度|強(?![化制く])|弱(?![者い体])|ほど|前後|近く"
_TAIL = (
    rf"{_B}(?:の{_B})?(?P<counter>{_COUNTER})(?!目|{_B}(?:当たり|当り|あたり|につき|ごと|毎))"
    rf"(?:{_B}(?P<about>{_ABOUT_AFTER}))?(?:{_B}(?P<bound>以上|以下|未満|以内|超))?"
)
_ARABIC = re.compile(
    rf"(?P<number>[0-9](?<![0-9].)(?<![0-9][.,].)(?<![万億千百].)[0-9,.]*+(?:{_B}[万億千百](?:[0-9][0-9,.]*+)?)*+){_TAIL}"
)
_KANJI_NUMBER = "〇零一二三四五六七八九十百千万"
_KANJI = re.compile(
    rf"(?P<number>[{_KANJI_NUMBER}](?<![0-9〇一-鿿々・].)[{_KANJI_NUMBER}]*+(?:・[〇一二三四五六七八九]++)?)"
    rf"(?P<counter>回|件|名|箇所|か所|カ所|拠点|種類|団体|施設|世帯|校|台|%|パーセント|ポイント)"
    rf"(?![一-鿿々目])(?P<about>{_ABOUT_AFTER})?(?P<bound>以上|以下|未満|以内|超)?"
)
_ANY_DIGIT = re.compile(f"[0-9０-９{_KANJI_NUMBER}]")
# Directly before a number: what makes of it an ordinal, a fraction, a range or a guess.
_NOT_A_COUNT = re.compile(
    rf"(?:第{_B}|No\.?|№|[0-9{_KANJI_NUMBER}][・、/~～〜\-－―]|[0-9][~～〜]{_B}|数|何)$"
)
_ABOUT_BEFORE = re.compile(r"(?:(?<![契条規公予特制])約|およそ|おおよそ|おおむね|概ね|ほぼ)[ \t]{0,4}$")
_SIGN_BEFORE = re.compile(r"[△▲−]$")
_NOUN_BEFORE = re.compile(
    rf"(?:「(?P<quoted>[^「」]{{1,40}})」|(?P<word>[一-鿿々ァ-ヴー・]{{1,40}})){_B}"
    rf"(?:として|については|について|に対し|[のをはがも])?{_B}(?:合計|総計|延べ|のべ|計|全|各)?{_B}$"
)
_TOTALS = re.compile(r"(?:合計|総計|延べ|全|計|各)$")


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its counter.

    `value` is a Decimal where a decimal fraction is written. `counter` is the counter with its spellings
    folded (箇所, カ所 → か所; ％, パーセント → %). `noun` is the word directly before, if any. `bound`:
    以上, 以下, 超, 未満, 以内. The span runs from the number (or its 約) to the counter and its bound.
    """

    start: int
    end: int
    text: str
    value: Number
    counter: str
    noun: str
    approximate: bool
    bound: str | None

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def find_counts(text: str) -> list[Count]:
    """All counted things in `text`, in order."""
    if _ANY_DIGIT.search(text) is None:
        return []
    folded = fold(text)
    found: list[Count] = []
    for match in _ARABIC.finditer(folded):
        _collect(text, folded, match, found)
    taken = {count.end for count in found}
    for match in _KANJI.finditer(folded):
        if match.end() not in taken:
            _collect(text, folded, match, found)
    return found if len(found) == len(taken) else sorted(found, key=lambda count: count.start)


def _collect(text: str, folded: str, match: re.Match[str], found: list[Count]) -> None:
    start = match.start()
    if _NOT_A_COUNT.search(folded, max(0, start - 6), start):
        return
    value = _value(match["number"])
    if value is None:
        return
    sign = _SIGN_BEFORE.search(folded, max(0, start - 1), start)
    if sign is not None:
        value, start = -value, sign.start()
    before = _ABOUT_BEFORE.search(folded, max(0, start - 9), start)
    if before is not None:
        start = before.start()
    noun = _noun(folded, start)
    about = before is not None or match["about"] is not None
    end = match.end()
    counter = match["counter"]
    found.append(
        Count(
            start,
            end,
            text[start:end],
            value,
            _FOLDED_COUNTERS.get(counter, counter),
            noun,
            about,
            match["bound"],
        )
    )


def _value(number: str) -> Number | None:
    compact = number.replace(" ", "").replace("\t", "")
    if compact[0].isdecimal():
        plain = plain_number(compact)
        return compound_number(compact) if plain is None else plain
    if "・" in compact:
        whole, _, fraction = compact.partition("・")
        digits = [small_int(part) for part in (whole, *fraction)]
        return None if None in digits else plain_number(f"{digits[0]}.{''.join(map(str, digits[1:]))}")
    return small_int(compact)


def _noun(folded: str, number_at: int) -> str:
    """The word before the number; not the counter of another number, nor 計 and 延べ."""
    before = _NOUN_BEFORE.search(folded, max(0, number_at - 60), number_at)
    if before is None:
        return ""
    if before["quoted"] is not None:
        return before["quoted"]
    at = before.start("word")
    if at and folded[at - 1].isdecimal():
        return ""
    return _TOTALS.sub("", before["word"]).strip("・")
