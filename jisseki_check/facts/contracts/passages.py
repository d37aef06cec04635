"""The tables of what texts have in common."""

from __future__ import annotations

from jisseki_check.facts.contracts.columns import HERE, KEYS, SPAN, Column, Place, Table

PASSAGES = Table(
    "passages",
    "2つの項目の実績に共通する文",
    (
        *KEYS,
        Column("text", "str", "共通する文", place=HERE),
        Column("length", "int", "続けて共通する最も長い部分の長さ", "字"),
        Column("shared", "int", "違う言葉を挟んで共通する部分を合わせた長さ", "字"),
        Column(
            "other_item",
            "int",
            "先に立つ項目",
            "項目",
            Place("=field", "other_start", "other_end", "other_item"),
        ),
        Column("other_title", "str", "先に立つ項目の名"),
        Column("mark", "str", "この項目の記号"),
        Column("other_mark", "str", "先に立つ項目の記号"),
        *SPAN,
        Column("other_start", "int", "位置"),
        Column("other_end", "int", "位置"),
    ),
)

REPEATS = Table(
    "repeats",
    "2つの場所に、同じ文の中で現れる数と日付",
    (
        *KEYS,
        Column("kind", "str", "figure（数）・date（日付）"),
        Column("text", "str", "数、または日付（書かれたまま）", place=HERE),
        Column("words", "str", "どちらの場所でも、その前に立つ言葉"),
        Column("thing", "str", "どちらも属する、名前のあるもの（催し・会議など）"),
        Column("same", "bool", "どちらも同じことを書いているか"),
        Column("other_text", "str", "先に立つ数、または日付（書かれたまま）"),
        Column(
            "other_item",
            "int",
            "先に立つ項目",
            "項目",
            Place("=field", "other_start", "other_end", "other_item"),
        ),
        Column("other_title", "str", "先に立つ項目の名"),
        Column("same_item", "bool", "同じ項目の中か"),
        *SPAN,
        Column("other_start", "int", "位置"),
        Column("other_end", "int", "位置"),
    ),
)
