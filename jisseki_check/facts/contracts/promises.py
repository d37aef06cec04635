"""The table of what plans name and results take up."""

from __future__ import annotations

from jisseki_check.facts.contracts.columns import KEYS, PLAN, PLAN_SPAN, Column, Place, Table

PROMISES = Table(
    "promises",
    "計画と実績のある項目",
    (
        *KEYS,
        Column("named", "int", "計画が挙げたことのうち、実績と比べられるものの数", "件"),
        Column("unreported", "int", "そのうち、実績に同じことを述べた言葉がないものの数", "件"),
        Column("nameless", "int", "実績にないもののうち、「 」で挙げた名前の言葉が一つもないものの数", "件"),
        Column("phrases", "str", "実績にないもの（書かれたまま。多いときは初めの4件）", place=PLAN),
        Column("places", "spots", "実績にないものの2件目から後の場所"),
        Column(
            "echo",
            "float",
            "実績の文のうち、計画か表題の言葉を使って書かれた文の割合（実績にないものがなければ空）",
            "割合",
        ),
        Column("entries", "int", "実績に列記したものの数", "件"),
        Column("unplanned", "int", "そのうち、計画が挙げていないものの数", "件"),
        Column(
            "additions",
            "str",
            "計画が挙げていないもの（書かれたまま。多いときは初めの4件）",
            place=Place("result", "addition_start", "addition_end"),
        ),
        Column("analysed", "bool", "言葉に分けて比べられたか（長すぎる文は空）"),
        *PLAN_SPAN,
        Column("addition_start", "int", "位置"),
        Column("addition_end", "int", "位置"),
    ),
    by_words=True,
)
