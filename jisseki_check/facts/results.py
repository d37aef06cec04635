"""What a result tells beyond its plan: `results`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from jisseki_check.facts.undertakings import Strength, strength
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.notation.width import fold, squeeze

Row = dict[str, Any]

_GRAM = 4
# Whether a text of a hundred pages repeats its plan shows in its beginning.
_READ = 50_000
_WORD = re.compile(r"\w")
# 設置します and 設置しました differ by what the form asks for; 実施 and 実施した do not differ at all.
_ENDINGS = re.compile(
    r"(?:てい|でい)?(?:ます|ました|ません|る予定です|予定です|です|でした)|すること(?:とし|により)?|[\s、。，．,・「」『』（）()※◆]+"
)
_SENTENCE = re.compile(r"[^。\n]+")
# A shorter sentence of a plan is kept by saying that it was done.
_WHOLE = 40
# 財源を確保しました, 制度設計を行いました: an aim, or work that shows nothing.
_ABSTRACT = re.compile(
    r"(?:財源|体制|連携|意識|環境|機能|水準|効率|能力|資質|負担|向上|改善|充実|強化|周知|啓発|制度設計|見直し|支援|対応|点検|調整|管理)"
    r"(?:等|など)?(?:の[^、。をに]{1,8})?(?:を|に|の)[^、。]{0,6}?"
    r"(?:確保|強化|充実|向上|促進|推進|改善|軽減|行い|行っ|実施|支援|整え|つなげ)(?:し|する)?(?:まし)?た?$"
)
_FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# A number that only orders the lines of a list is no fact.
_ENUMERATOR = re.compile(r"(?m)^\s*(?:[(（]?[0-9０-９]{1,2}[)）.．、]|[①-⑳])")
_QUOTED = re.compile(r"[「『“]([^「」『』“”\n]{2,60})[」』”]")
_NAME = re.compile(
    r"[一-龥々ァ-ヶーA-Za-z]{1,20}"
    r"(?:小学校|中学校|高校|高等学校|大学|学園|幼稚園|保育所|保育園|こども園|公園|会館|公民館|図書館|博物館|美術館|センター|病院|"
    r"庁舎|駅|条例|規則|要綱|指針|計画|方針|ガイドライン|マニュアル|協議会|審議会|委員会|検討会|協会|組合|大会|祭り?|まつり|フェスタ|"
    r"フェア|プロジェクト|[都道府県]立[一-龥]+|語(?=[、及]|の案内|版)|[一-龥]{2,4}[市町村県府区](?=[とのでにへをは、下内]))"
    r"|[A-Za-z]{3,}"
)
# Names of kinds: every department has plans and committees.
_KIND = re.compile(
    r"^(?:各|全|本|当|同|市内|庁内|関係|公立|市立|私立|小|中|小中|事業|実施|年間|長期|中期|総合|基本|今後の|新たな)*"
    r"(?:小学校|中学校|高校|大学|幼稚園|保育所|保育園|公園|会館|センター|病院|庁舎|駅|条例|規則|要綱|指針|計画|方針|マニュアル|ガイドライン|"
    r"協議会|審議会|委員会|検討会|協会|組合|大会|祭り?)$"
)


def result_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `results`: one for each item whose result holds words."""
    for item in view.items:
        text = squeeze(fold(item.result))
        if not _WORD.search(text):
            continue
        title = item.item.title or ""
        plan = squeeze(fold("\n".join((title, *(words for name, words in item.plan if name != "title")))))
        said = _ENDINGS.sub("", text[:_READ])
        share, new = _repeated(said, plan)
        factual, adds = _told(_facts(item), plan)
        yield {
            "report": view.number,
            "item": item.item.index,
            "result": item.result,
            "length": len(text),
            "factual": factual,
            "adds": adds,
            "repeated_share": share if item.plan else None,
            "longest_new": new,
            "effort": _is_effort(item.result),
            "copied": _copies(said, item.plan_text),
        }


def _told(facts: Iterator[str], plan: str) -> tuple[bool, bool]:
    """Whether there is any fact, and whether there is one that the plan does not hold."""
    first = next(facts, None)
    return first is not None, first is not None and any(fact not in plan for fact in chain((first,), facts))


def _repeated(said: str, plan: str) -> tuple[float | None, int]:
    """The share of the result's 4-grams that the plan holds, and its longest stretch without any."""
    promised = _ENDINGS.sub("", plan[:_READ])
    count = len(said) - _GRAM + 1
    if count < 1 or not promised:
        return None, len(said)
    grams = {promised[at : at + _GRAM] for at in range(len(promised) - _GRAM + 1)}
    held = bytes(map(grams.__contains__, [said[at : at + _GRAM] for at in range(count)]))
    return sum(held) / count, max(map(len, held.split(b"\1")))


def _is_effort(result: str) -> bool:
    """Whether the result ends in an effort or an aim, and not in a deed that can be seen."""
    sentences = _SENTENCE.findall(result[-_READ:].rstrip())
    clause = sentences[-1].rsplit("、", 1)[-1].strip() if sentences else ""
    return strength(clause) < Strength.DO or _ABSTRACT.search(clause) is not None


def _copies(said: str, plan: str) -> bool:
    """Whether a whole sentence of the plan stands in the result."""
    whole = [sentence for sentence in _SENTENCE.findall(plan[:_READ]) if len(sentence) >= _WHOLE]
    sentences = (_ENDINGS.sub("", fold(sentence)) for sentence in whole)
    return any(len(sentence) >= _WHOLE and sentence in said for sentence in sentences)


def _facts(item: ItemView) -> Iterator[str]:
    """Figures, dates and names of things that the result states."""
    text = _ENUMERATOR.sub("", fold(item.result))
    for count in item.counts.get("result", ()):
        yield squeeze(fold(count.text))
    for date in item.dates.get("result", ()):
        yield squeeze(fold(date.text))
    for match in _FIGURE.finditer(text):
        yield match.group()
    for match in _QUOTED.finditer(text):
        yield squeeze(match[1])
    for match in _NAME.finditer(text, 0, _READ):
        if not _KIND.match(match.group()):
            yield match.group()
