"""The tables of what results tell, and of where they contradict themselves."""

from __future__ import annotations

from jisseki_check.facts.contracts.columns import HERE, KEYS, SPAN, Column, Place, Table

RESULTS = Table(
    "results",
    "実績の文のある項目",
    (
        *KEYS,
        Column("result", "str", "実績", place=Place("result")),
        Column("length", "int", "実績の長さ（空白を除く）", "字"),
        Column("factual", "bool", "実績に、数字・日付・名前のどれかがあるか"),
        Column("adds", "bool", "実績に、計画と項目の名にない数字・日付・名前があるか"),
        Column(
            "repeated_share",
            "float",
            "実績の4字ずつの並びのうち、計画か項目の名にもあるもの（文末の「ます」「ました」などを除く）",
            "割合",
        ),
        Column("longest_new", "int", "実績のうち、計画にも項目の名にもない最も長い部分の長さ", "字"),
        Column("effort", "bool", "実績の終わりが、努力か意図を述べるだけか（努めました・図りました など）"),
        Column("copied", "bool", "計画の一文（40字以上）が、そのまま実績にあるか"),
    ),
)

LISTS = Table(
    "lists",
    "列記の数を書いたところ（列記の全体が読み取れるものだけ）",
    (
        *KEYS,
        Column("text", "str", "書かれた数（4拠点 など）", place=HERE),
        Column("stated", "int", "書かれた数"),
        Column("fewest", "int", "列記の数。数え方が分かれるときは少ないほう"),
        Column("utmost", "int", "列記の数。数え方が分かれるときは多いほう"),
        Column("names", "str", "列記したもの（行に分けた列記では空）"),
        *SPAN,
    ),
)

EFFECTS = Table(
    "effects",
    "始まる時期が書かれた取り組みと、その効果",
    (
        *KEYS,
        Column("measure", "str", "取り組み（時期の後に書かれた言葉）"),
        Column(
            "begins",
            "str",
            "始まる時期（書かれたまま）",
            place=Place("=begins_field", "begins_start", "begins_end"),
        ),
        Column("later", "bool", "始まる時期が、報告の年度が終わった後か"),
        Column("effect", "str", "得られたと書かれた効果", place=HERE),
        *SPAN,
        Column("begins_field", "str", "始まる時期の場所"),
        Column("begins_start", "int", "位置"),
        Column("begins_end", "int", "位置"),
    ),
)

SERIES = Table(
    "series",
    "年度ごとに増え続ける数、または減り続ける数",
    (
        *KEYS,
        Column("thing", "str", "数えたもの"),
        Column("rises", "bool", "増えているか"),
        Column("text", "str", "最後の年度の数（書かれたまま）", place=HERE),
        Column("opening", "str", "最初の年度とその数"),
        Column("closing", "str", "最後の年度とその数"),
        Column(
            "claim",
            "str",
            "同じものが増える、または減ると述べた言葉（計画か実績）",
            place=Place("=claim_field", "claim_start", "claim_end"),
        ),
        Column("claimed_rise", "bool", "その言葉が、増えることを述べるか"),
        *SPAN,
        Column("claim_field", "str", "その言葉の場所"),
        Column("claim_start", "int", "位置"),
        Column("claim_end", "int", "位置"),
    ),
)
