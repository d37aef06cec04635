"""Labelled amounts within a line: 平成29年度決算：462千円（補正予算等の対応あり）."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace

from jisseki_check.forms.labels import Labels
from jisseki_check.forms.spans import Text
from jisseki_check.notation.money import Money, read_amount
from jisseki_check.notation.width import fold, squeeze

_NOTE = re.compile(r"\s*+\(([^()]*)\)")
_LABEL_SIGN = re.compile(r"[■□◆◇●○・※]\s*+|[①-⑳]\s*+")
_LONGEST_WORD = 20
_LONGEST = 200  # what stands further behind a label is no part of its amount


@dataclass(frozen=True, slots=True)
class Found:
    """An amount as it stands in a line: its label, its value and the note in brackets behind it."""

    stage: str
    label: Text
    value: Text
    money: Money
    unit: str | None
    note: str | None


def take_amounts(text: Text, labels: Labels) -> tuple[list[Text], list[Found]]:
    """What is left of a line without its amounts, and the amounts.

    Without a colon, it takes an amount that ends its line, and a label that begins it or names the year:
    「平成29年度決算 462千円」, but not the sentence 「予算 462千円を使いました」.
    """
    folded = fold(text.text)
    pieces: list[Text] = []
    amounts: list[Found] = []
    start = 0
    for match in labels.amount.finditer(folded):
        if match.start() < start or not (match["colon"] or _is_label(match)):
            continue
        window = text.text[match.end() : match.end() + _LONGEST]
        money = _read(window)
        note = _NOTE.match(fold(money.rest))
        if not match["colon"] and not _ends_line(money, note):
            continue
        end = match.end() + len(window) - len(money.rest)
        unit = labels.unit.fullmatch(fold(note[1])) if note else None
        pieces.append(text.cut(start, match.start()))
        amounts.append(
            Found(
                stage=labels.stages[squeeze(match["label"])],
                label=text.cut(match.start(), match.end("label")),
                value=text.cut(match.end(), end),
                money=money,
                unit=money.unit or (unit["unit"] if unit else None),
                note=money.rest[slice(*note.span(1))].strip() if note and not unit else None,
            )
        )
        start = end + (note.end() if note else 0)
    pieces.append(text.cut(start))
    return [piece for piece in pieces if piece.text], amounts


def amount_of(
    label: Text, value: Text, stage: str, unit: str | None, labels: Labels
) -> tuple[Found, Text] | None:
    """The amount in a cell beside its label, and what stands behind it; None for a sentence."""
    money = _read(value.text)
    note = _NOTE.match(fold(money.rest))
    if money.kind == "word" and (len(value.text) > _LONGEST_WORD or "。" in value.text):
        return None
    end = len(value.text) - len(money.rest)
    named = _LABEL_SIGN.match(fold(label.text))
    bracket = fold(label.text).find("(", 1)
    declared = labels.unit.fullmatch(fold(note[1])) if note else None
    found = Found(
        stage=stage,
        label=label.cut(named.end() if named else 0, bracket if bracket > 0 else None),
        value=value.cut(0, end),
        money=money,
        unit=money.unit or (declared["unit"] if declared else None) or unit,
        note=money.rest[slice(*note.span(1))].strip() if note and not declared else None,
    )
    return found, value.cut(end + (note.end() if note else 0))


def _read(text: str) -> Money:
    """The amount that a text begins with. A number in the note behind it is no second amount."""
    money = read_amount(text)
    bracket = fold(text).find("(")
    if money.kind == "malformed" and bracket > 0:
        alone = read_amount(text[:bracket])
        if alone.kind == "number" and alone.unit:
            return replace(alone, rest=alone.rest + text[bracket:])
    return money


def _is_label(match: re.Match[str]) -> bool:
    return match.start() == 0 or match["year"] is not None


def _ends_line(money: Money, note: re.Match[str] | None) -> bool:
    rest = money.rest[note.end() :] if note else money.rest
    return money.kind in {"number", "malformed"} and not rest.strip()


def is_amount(text: str) -> bool:
    """Whether a line is nothing but an amount and its note."""
    if len(text) > _LONGEST:
        return False
    money = read_amount(text)
    return _ends_line(money, _NOTE.match(fold(money.rest)))


def ends_with_label(folded: str, labels: Labels) -> bool:
    """Whether a line ends with the label of an amount, the amount itself still to come."""
    last = _last(folded, labels)
    return last is not None and last.end() == len(folded) and _is_label(last)


def ends_with_amount(text: str, labels: Labels) -> bool:
    """Whether the line's last amount, with its label, ends it."""
    last = _last(fold(text), labels)
    if last is None or len(text) - last.end() > _LONGEST:
        return False
    return _ends_line(read_amount(text[last.end() :]), None)


def _last(folded: str, labels: Labels) -> re.Match[str] | None:
    return deque(labels.amount.finditer(folded), maxlen=1).pop() if labels.amount.search(folded) else None
