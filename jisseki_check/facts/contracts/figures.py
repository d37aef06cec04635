"""The tables of amounts, totals and targets."""

from __future__ import annotations

from jisseki_check.facts.contracts.columns import HERE, KEYS, PLAN, PLAN_SPAN, SPAN, Column, Place, Table

AMOUNTS = Table(
    "amounts",
    "予算・決算の額",
    (
        *KEYS,
        Column("stage", "str", "段階（initial_budget・settlement など）"),
        Column("label", "str", "見出し", place=Place("=field")),
        Column("text", "str", "額（書かれたまま）", place=Place("=field")),
        Column("kind", "str", "number・malformed・none・undecided・word・empty"),
        Column("yen", "int", "額", "円", Place("=field")),
        Column("unit", "str", "単位", place=Place("=field")),
        Column("form_unit", "str", "様式の単位"),
        Column("label_year", "int", "見出しの年度", "年度", Place("=field")),
        Column("report_year", "int", "報告の年度", "年度"),
        Column("misplaced", "str", "額が立っている欄（計画に決算、実績に予算のとき）", place=Place("=field")),
        Column("in_form", "bool", "様式が載せる段階か"),
        Column("item_has_form_budget", "bool", "項目に様式どおりの予算もあるか"),
        Column("field", "str", "場所"),
    ),
)

TOTALS = Table(
    "totals",
    "文の中の合計と目標額",
    (
        *KEYS,
        Column("kind", "str", "total（合計と内訳）・target（計画の目標額と実績の額）"),
        Column("stated_yen", "int", "書かれた合計、または実績の額の計", "円", HERE),
        Column("stated", "str", "合計、または実績の額（書かれたまま）"),
        Column("parts_yen", "int", "内訳の計、または目標額", "円", PLAN),
        Column("parts", "int", "足した額の数", "件"),
        Column("plan", "str", "目標額（書かれたまま）"),
        Column("half_unit_yen", "float", "1件当たりの端数の幅（単位の半分）", "円"),
        *SPAN,
        *PLAN_SPAN,
    ),
)

TARGETS = Table(
    "targets",
    "数値目標と実績の数",
    (
        *KEYS,
        Column("thing", "str", "数えたもの"),
        Column("target", "float", "目標の数"),
        Column("actual", "float", "実績の数", place=HERE),
        Column("target_text", "str", "目標（書かれたまま）", place=PLAN),
        Column("actual_text", "str", "実績（書かれたまま）"),
        Column("met", "bool", "目標に届いたか"),
        Column("is_top", "bool", "達成状況が最上位の記号か"),
        Column("mark", "str", "達成状況の記号"),
        *SPAN,
        *PLAN_SPAN,
    ),
)
