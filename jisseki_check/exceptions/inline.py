"""What a comment beside the data says: `免除 FIN105「3,741千円」 理由：入札の差金による`.

The code is followed by the values that it holds for, if any, and by named parts in any order; 理由 is the
only one that must be there. Full and half width are the same, and so are the Japanese and English names.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from jisseki_check.model import Waiver
from jisseki_check.notation.width import fold
from jisseki_check.patterns import lazy_compile

_PARTS = {
    "理由": "reason",
    "reason": "reason",
    "申請": "requested_by",
    "申請者": "requested_by",
    "requested-by": "requested_by",
    "承認": "approved_by",
    "承認者": "approved_by",
    "approved-by": "approved_by",
    "承認日": "approved_on",
    "approved-on": "approved_on",
    "期限": "until",
    "until": "until",
}
_NAMES = {
    "reason": "理由",
    "requested_by": "申請",
    "approved_by": "承認",
    "approved_on": "承認日",
    "until": "期限",
}
_LONGEST = 500  # characters of a part
_HEAD = lazy_compile(r"(?:免除|waive)[ \t:]*(?P<code>[A-Z]{3}[0-9]{3})(?![A-Z0-9])", re.IGNORECASE)
_BEGINS = lazy_compile(r"免除|waive", re.IGNORECASE)
_PART = lazy_compile(
    r"(?<![^ \t、。,;/」』\"0-9])(?P<name>"
    + "|".join(sorted((name.replace("-", "[-_]") for name in _PARTS), key=len, reverse=True))
    + r")[ \t]*:",
    re.IGNORECASE,
)
_BRACKETS = {"「": "」", "『": "』", '"': '"'}
_BETWEEN = {
    sign: lazy_compile(re.escape(end) + r"[ \t、,]*" + re.escape(sign)) for sign, end in _BRACKETS.items()
}
_OUTER = " \t\u3000、,;"
_DAY = lazy_compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXAMPLE = "「免除 FIN105 理由：入札の差金による」のように書いてください"


@dataclass(frozen=True, slots=True)
class Said:
    """`values`: those that it holds for, as printed; () where it does not say. `approved_on`: None where it
    does not say either."""

    rule: str
    waiver: Waiver
    values: tuple[str, ...] = ()
    approved_on: dt.date | None = None


class Unclear(Exception):
    """A comment that grants nothing, because it is not clear what; the message says why, for people."""


def parse(text: str) -> Said:
    """What the text of a comment, behind our name, says. Raises Unclear."""
    folded = fold(text)
    head = _HEAD.match(folded)
    if head is None:
        what = "規則のコードがありません" if _BEGINS.match(folded) else "「免除」で始まっていません"
        raise Unclear(f"{what}。{_EXAMPLE}")
    parts = list(_PART.finditer(folded, head.end()))
    values = text[head.end() : parts[0].start() if parts else len(text)]
    held = _parts(text, parts)
    if "reason" not in held:
        raise Unclear("理由がありません。コードの後に「理由：」と続けて、免除する理由を書いてください")
    approved_on = _day("approved_on", held["approved_on"]) if "approved_on" in held else None
    return Said(
        rule=head["code"].upper(),
        values=_values(values.strip(_OUTER)),
        approved_on=approved_on,
        waiver=Waiver(
            reason=held["reason"],
            requested_by=held.get("requested_by"),
            approved_by=held.get("approved_by"),
            until=_day("until", held["until"]).isoformat() if "until" in held else None,
        ),
    )


def _parts(text: str, found: list[re.Match[str]]) -> dict[str, str]:
    held: dict[str, str] = {}
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=False):
        name = _PARTS[match["name"].lower().replace("_", "-")]
        value = text[match.end() : end].strip(_OUTER)
        if name in held:
            raise Unclear(f"「{_NAMES[name]}」が2回あります。一つにまとめてください")
        if not value:
            raise Unclear(f"「{_NAMES[name]}」の中身がありません")
        if len(value) > _LONGEST:
            raise Unclear(f"「{_NAMES[name]}」が長すぎます（{_LONGEST}文字まで）")
        held[name] = value
    return held


def _values(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    closing = _BRACKETS.get(text[0])
    if closing is None or len(text) < 3 or not text.endswith(closing):
        raise Unclear(
            f"コードの後の「{text[:20]}」の意味が分かりません。値は「」で囲み、理由は「理由：」の後に書いてください"
        )
    values = tuple(each.strip() for each in _BETWEEN[text[0]].split(text[1:-1]))
    if not all(values):
        raise Unclear("「」の中の値がありません")
    return values


def _day(name: str, text: str) -> dt.date:
    folded = fold(text).removesuffix("まで").strip()
    try:
        if _DAY.fullmatch(folded):
            return dt.date.fromisoformat(folded)
    except ValueError:
        raise Unclear(f"「{_NAMES[name]}」の {folded} という日はありません") from None
    from jisseki_check.notation.dates import find_dates  # few write their dates otherwise

    found = find_dates(text)
    if len(found) == 1 and found[0].first == found[0].last and found[0].text == text.removesuffix("まで"):
        day = found[0].first
        if day is not None:
            return day
    raise Unclear(
        f"「{_NAMES[name]}」の「{text[:20]}」を日付として読めません。2027-03-31 のように書いてください"
    )
