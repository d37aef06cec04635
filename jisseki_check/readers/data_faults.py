"""What JSON and YAML documents are refused for, in the same words."""

from __future__ import annotations

from math import isfinite

from jisseki_check.model import Location, Unreadable

_MAX_DIGITS = 1_000
_SHOWN = 40


def duplicate_key(key: str, at: Location) -> Unreadable:
    return Unreadable(
        f"項目名「{shortened(key)}」が同じまとまりの中に 2 回あります",
        rule="DOC005",
        fix="どちらか一方を残してください。どちらの値が正しいかは、この検査では分かりません。",
        at=at,
    )


def too_deep(max_depth: int, at: Location) -> Unreadable:
    return Unreadable(
        f"入れ子が深すぎます（上限は {max_depth:,} 段）",
        fix="報告書のデータかどうかを確かめてください。上限は設定の「max_depth」で変えられます。",
        at=at,
    )


def too_many_values(max_values: int, at: Location) -> Unreadable:
    return Unreadable(
        f"値が多すぎます（上限は {max_values:,} 個）",
        fix="部ごとのファイルに分けるか、設定の「max_values」を大きくしてください。",
        at=at,
    )


def is_fit_number(digits: str) -> bool:
    """Whether a number, as written in JSON, is finite and of a length that is worth reading."""
    return len(digits) <= _MAX_DIGITS and isfinite(float(digits))


def unfit_number(written: str, at: Location) -> Unreadable:
    return Unreadable(
        f"「{shortened(written)}」は、数として扱えません",
        fix="正しい数に直してください。数がない場合は null と書きます。",
        at=at,
    )


def shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
