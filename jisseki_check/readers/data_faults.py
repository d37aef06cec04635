"""What JSON and YAML documents are refused for, in the same words."""

from __future__ import annotations

from math import isfinite

from jisseki_check.model import Location, Unreadable

_MAX_DIGITS = 1_000
_SHOWN = 40


def duplicate_key(key: str, at: Location) -> Unreadable:
    return Unreadable(
        f"名前「{shortened(key)}」が同じまとまりの中に2回あります",
        rule="DOC005",
        fix="正しい方を残し、もう一方を消してください。どちらの値が正しいかは、この点検では決められません。",
        at=at,
    )


def too_deep(max_depth: int, at: Location) -> Unreadable:
    return Unreadable(
        f"データの入れ子が深すぎます（上限は{max_depth:,}段）",
        fix="報告のデータかどうかを確かめてください。",
        at=at,
    )


def too_many_values(max_values: int, at: Location) -> Unreadable:
    return Unreadable(
        f"値が多すぎます（上限は{max_values:,}個）",
        fix="部ごとのファイルに分けてください。",
        at=at,
    )


def is_fit_number(digits: str) -> bool:
    """Whether it is a number as written in JSON, finite and of a length that is worth reading."""
    try:
        return len(digits) <= _MAX_DIGITS and isfinite(float(digits))
    except ValueError:  # "NaN" with more behind it, of which the parser takes the beginning for a number
        return False


def unfit_number(written: str, at: Location) -> Unreadable:
    return Unreadable(
        f"「{shortened(written)}」は、数として読めません",
        fix="正しい数に直してください。数がない場合は null と書きます。",
        at=at,
    )


def shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
