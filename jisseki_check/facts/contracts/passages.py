"""The tables of what texts have in common."""

from __future__ import annotations

from jisseki_check.facts.contracts.columns import HERE, KEYS, SPAN, Column, Place, Table

PASSAGES = Table(
    "passages",
    "2つの項目の実績に共通する文",
    (
        *KEYS,
        Column("text", "str", "共通する文", place=HERE),
        Column("length", "int", "共通する文の長さ", "字"),
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
