"""What the readers neither run nor follow, by the names that the remarks of the kind "inert" give it."""

from __future__ import annotations

from collections import Counter

from jisseki_check.model import Remark

MACROS = "マクロ"
LINKS = "外部のファイルへのリンク"
EMBEDDED = "埋め込まれたファイル"
DRAWINGS = "グラフや SmartArt の図"
CONTROLS = "フォームの部品（ActiveX）"
DATA_EXCHANGE = "ほかのソフトウェアから値を取り込む指定（DDE など）"


def inert_remarks(found: Counter[str]) -> tuple[Remark, ...]:
    """One remark for each kind that was found, with how many there are."""
    return tuple(Remark(kind="inert", text=what, count=count) for what, count in found.items() if count)
