"""What a finding on a whole report speaks of, in words for people; others are told by what was written."""

from __future__ import annotations

_NAMES = {
    "brackets": "括弧の全角と半角",
    "digits": "数字の全角と半角",
    "letters": "英字の全角と半角",
    "style": "文の終わり方",
    "quotes": "引用符",
}


def subject_name(subject: str | None) -> str:
    """`brackets` → `括弧の全角と半角`; "" where there is none."""
    return _NAMES.get(subject or "", subject or "")
