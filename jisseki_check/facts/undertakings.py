"""How far a clause goes with its thing: it is studied, prepared, pursued, or done.

A plan that promises to study a thing is kept by having studied it; one that promises the thing itself is
not. Which clause of the plan speaks of the same thing is told by the names that both hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice


class Strength(IntEnum):
    """What a verb promises or reports, from the least to the most."""

    STUDY = 1
    PREPARE = 2
    PURSUE = 3
    DO = 4


_HELP = (
    r"(?:等|など)?(?:を|に|も|の作業を)?(?:さらに|引き?続き)?"
    r"(?:行|進め|重ね|図|深め|実施|開始|始め|続け|取り?組|いたし|し|する)?[ぁ-ん]*[」）)]*$"
)
_VERBS = (
    (Strength.STUDY, re.compile(rf"(?:検討|研究|協議|議論|検証|精査|模索|洗い出し){_HELP}")),
    (
        Strength.PREPARE,
        re.compile(
            rf"(?:準備|調整|働きかけ){_HELP}|に(?:向け|むけ)[てた]?、?(?:取り?組み?|作業|手続き?){_HELP}"
        ),
    ),
    (
        Strength.PURSUE,
        re.compile(
            r"(?:取り?組み?|努め|図り|図る|進め|推進し|目指し|めざし|促し|促進し|高め|深め)(?:ます|てい?ます|ていき?ます|て|たい|る)?$"
        ),
    ),
)
_ENDING = re.compile(r"(?:ま(?:す|した|して)|たい|た|る)?(?:と?ともに|ほか)?$")
_SENTENCES = re.compile(r"[^。\n]+")
# Behind a verb that tells of a deed of its own; 踏まえ、 and の下、 only lead on to the next one.
_CLAUSES = re.compile(r"(?<=[しいりきちびみけえせてめれぎじ])、|(?<=ともに)、?|(?<=ほか)、")
_LEADING = re.compile(
    r"(?:踏まえ|基づき|応じ|当たり|あたり|受け|合わせ|備え|通じて?|より|ため|伴い|向けて?|おいて|ついて|関して|引き?続き|て、)$"
)
_WORDS = re.compile(r"[一-龥々]{2,}|[ァ-ヶー]{3,}|[A-Za-z]{2,}")
# Words of what is done with things, and of any plan: they name no thing.
_COMMON = re.compile(
    r"^(?:検討|準備|調整|協議|研究|検証|実施|推進|開始|整備|充実|拡充|向上|強化|促進|確保|改善|効率化|効果的|計画的|積極的|必要|今後|引|取組|取|組|"
    r"課題|方法|運用|活用|対応|作業|状況|内容|結果|導入|設置|構築|策定|作成|職員|市民|本市|事業|業務|等|年度|予定|具体的|継続|続|図|行|進)$"
)
_PART = 4
# How far a sentence is read behind its modest words, and how many clauses of a plan are.
_REACH = 300
_MOST = 200
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A clause, the names of its thing, and how far it goes."""

    text: str
    words: frozenset[str]
    strength: Strength


def undertakings(text: str) -> Iterator[Undertaking]:
    """The first clauses of a text. One that names nothing speaks of what the clause before it names."""
    return islice(_clauses(text), _MOST)


def _clauses(text: str) -> Iterator[Undertaking]:
    for sentence in _SENTENCES.finditer(text):
        words: frozenset[str] = frozenset()
        led = ""
        for part in _CLAUSES.split(sentence.group()[:_LONGEST]):
            clause = (led + part).strip(" 　\t）)」")
            if _LEADING.search(clause):
                led = clause + "、"
                continue
            led = ""
            words = names(clause) or words
            if clause:
                yield Undertaking(clause, words, strength(clause))


def names(text: str) -> frozenset[str]:
    """The words of a text that name things."""
    return frozenset(word for word in _WORDS.findall(text) if not _COMMON.match(word))


def strength(clause: str) -> Strength:
    """How far the clause's last verb goes."""
    tail = _ENDING.sub("", clause.rstrip("。、 ）)」")[-40:])
    return next((level for level, verb in _VERBS if verb.search(tail)), Strength.DO)


def promised(plan: Sequence[Sequence[Undertaking]], sentence: str) -> Undertaking | None:
    """The clause that speaks most of what the sentence speaks of: of several the strongest in the last of the
    plan's fields, for there stands what is done about the aims before it."""
    said = names(sentence)
    scored = [
        (_likeness(each.words, said, sentence), place, each.strength, each)
        for place, field in enumerate(plan)
        for each in field
    ]
    best = max(scored, key=lambda score: score[:3], default=None)
    return best[3] if best is not None and best[0] >= 2 else None


def _likeness(words: frozenset[str], said: frozenset[str], sentence: str) -> int:
    """The characters of the names that both hold; of long names a part is enough."""
    whole = sum(len(word) for word in words if word in sentence)
    parts = sum(
        _PART - 1
        for word in words
        if len(word) > _PART
        and word not in sentence
        and any(other in word for other in said if len(other) >= 2)
    )
    return whole + parts


# What is done of a thing that was only thought about: the plan of it, what was learned.
_THOUGHT = re.compile(r"案|方向性|課題|論点|把握|確認|共有|整理|まとめ|こととし|つなげ|繋げ|努め|深め")
_COMMON_ACTION = re.compile(r"検討|準備|調整|協議|取組|取り組")
_ACTION = re.compile(
    r"(?P<noun>[一-龥々ァ-ヶー]{2,8}?)(?:を|に|の)?(?:行い?|実施|進め|図り?|開始|取り?組み?|し)?(?:ます)?$"
)


def is_reported(plan: Undertaking, result: str, span: tuple[int, int]) -> bool:
    """Whether the result goes on, behind its modest words at `span` or elsewhere, to what was promised."""
    if goes_on(result, span[1]):
        return True
    action = _ACTION.search(plan.text)
    if action is None or _COMMON_ACTION.match(action["noun"]):
        return False
    done = re.compile(
        rf"{re.escape(action['noun'])}(?:を|が|は)?[^、。\n]{{0,6}}?(?:しました|されました|いました|了しました|し、)"
    )
    return any(not span[0] <= match.start() < span[1] for match in done.finditer(result))


def goes_on(result: str, end: int) -> bool:
    """Whether the sentence goes on, behind `end`, to a deed."""
    sentence = _SENTENCES.match(result, end, min(len(result), end + _REACH))
    rest = sentence.group().partition("、")[2] if sentence else ""
    return any(map(_is_deed, undertakings(rest)))


def _is_deed(each: Undertaking) -> bool:
    return each.strength is Strength.DO and _THOUGHT.search(each.text[-12:]) is None
