"""Digits put in the places that a number format has for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from jisseki_check.readers.xlsx.format_codes import COMMA, POINT, TEXT, Token

_EXACT = Context(prec=2_000, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one part of a format. `power`: the power of ten by which the number is multiplied, two
    for a percent sign, minus three for a comma behind the last place. `around`: what stands on both sides of
    a plain number, which is what most formats show; None where places are filled one by one."""

    tokens: tuple[Token, ...]
    whole: tuple[str, ...]
    decimals: tuple[str, ...]
    power: int
    is_grouped: bool
    around: tuple[str, str] | None

    def shown(self, number: Decimal) -> tuple[str, bool]:
        """What is shown of a number that is not negative, and whether it is more than nothing."""
        scaled = number.scaleb(self.power, _EXACT)
        value = scaled.quantize(Decimal(1).scaleb(-len(self.decimals)), context=_EXACT)
        if self.around is not None:
            before, after = self.around
            return before + format(value, ",f" if self.is_grouped else "f") + after, bool(value)
        before, _, after = format(value, "f").partition(".")
        return "".join(self._filled(before.lstrip("0"), self._kept(after))), bool(value)

    def _kept(self, after: str) -> str:
        """The digits behind the point: a place of # or ? shows no zero at the end."""
        end = len(after)
        while end and self.decimals[end - 1] != "0" and after[end - 1] == "0":
            end -= 1
        return after[:end]

    def _filled(self, before: str, after: str) -> list[str]:
        shown = [] if self.whole else [before]
        at = 0
        for token in self.tokens:
            if token[0] == "digit":
                shown.append(self._digits(at, before, after))
                at += 1
            elif token == POINT:
                shown.append("." if after else "")
            elif token not in (COMMA, TEXT):
                shown.append(token[1])
        return shown

    def _digits(self, at: int, before: str, after: str) -> str:
        """What a place shows; the first one before the point shows all the digits that are left."""
        from_point = len(self.whole) - 1 - at
        if from_point < 0:
            return after[-1 - from_point : -from_point or None]
        last = max(len(before) - 1, from_point) if at == 0 else from_point
        missing = "0" if self.whole[at] == "0" else ""
        digits = ""
        for place in range(last, from_point - 1, -1):
            digit = before[-1 - place] if place < len(before) else missing
            digits += digit + ("," if digit and self.is_grouped and place and place % 3 == 0 else "")
        return digits


def places(tokens: tuple[Token, ...]) -> Places:
    """Works out what the tokens of a part of a format ask for."""
    whole: list[str] = []
    decimals: list[str] = []
    held = whole
    power = 0
    commas = {"before": 0, "behind": 0}
    is_grouped = False
    for token in tokens:
        side = "before" if held is whole else "behind"
        if token[0] == "digit":
            is_grouped |= held is whole and commas[side] > 0
            commas[side] = 0
            held.append(token[1])
        elif token == POINT:
            held = decimals
        elif token == COMMA:
            commas[side] += bool(held)
        elif token == ("sign", "%"):
            power += 2
    power -= 3 * sum(commas.values())
    around = _around(tokens) if whole[-1:] == ["0"] and "0" not in whole[:-1] else None
    return Places(tokens, tuple(whole), tuple(decimals), power, is_grouped, around)


def _around(tokens: tuple[Token, ...]) -> tuple[str, str] | None:
    """The texts before and behind the places, if none stands between them and all decimals are shown."""
    digits = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    point = tokens.index(POINT) if POINT in tokens else digits[-1]
    for at in range(digits[0], digits[-1]):
        is_part = tokens[at][0] == "digit" or tokens[at] in (COMMA, POINT)
        if not is_part or tokens.count(POINT) > 1 or (at >= point and tokens[at + 1][1] in "#?"):
            return None
    before, behind = tokens[: digits[0]], tokens[digits[-1] + 1 :]
    shown = [
        "".join("" if token in (COMMA, POINT, TEXT) else token[1] for token in side)
        for side in (before, behind)
    ]
    return shown[0], shown[1]
