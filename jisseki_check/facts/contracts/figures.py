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
        Column("unit_known", "bool", "単位の有無"),
        Column("no_unit", "str", "一覧の列に単位がないとき、指摘に添える文"),
        Column("form_unit", "str", "様式の単位"),
        Column("form_budget", "str", "様式での、予算の見出し（平成29年度当初予算）"),
        Column("label_year", "int", "見出しの年度", "年度", Place("=field")),
        Column("report_year", "int", "報告の年度", "年度"),
        Column("misplaced", "str", "額が立っている欄（計画に決算、実績に予算のとき）", place=Place("=field")),
        Column("in_form", "bool", "様式が載せる段階か"),
        Column("item_has_form_budget", "bool", "項目に様式どおりの予算もあるか"),
        Column("no_column", "str", "一覧に様式どおりの予算の列がないとき、指摘に添える文"),
        Column("field", "str", "場所"),
    ),
)

TOTALS = Table(
    "totals",
    "文の中の合計と目標額",
    (
        *KEYS,
        Column("kind", "str", "total（合計と内訳。一覧の合計の行を含む）・target（計画の目標額と実績の額）"),
        Column("stated_yen", "int", "書かれた合計、または実績の額の計（人数の合計では人数）", "円", HERE),
        Column("stated", "str", "合計、または実績の額（書かれたまま）"),
        Column("parts_yen", "int", "内訳の計、または目標額（人数の合計では人数）", "円", PLAN),
        Column("counter", "str", "人数の合計のときの数え方（名・人）"),
        Column("parts", "int", "足した額の数", "件"),
        Column("plan", "str", "目標額（書かれたまま）"),
        Column("to_gain", "bool", "目標額が、得る額か減らす額か（使う額の上限ではないか）"),
        Column("half_unit_yen", "float", "1件当たりの端数の幅（書かれた最後の桁の半分）", "円"),
        Column("unit_yen", "int", "合計、または実績の額の単位の大きさ", "円"),
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
        Column("at_most", "bool", "「以下」「以内」「未満」の目標か"),
        Column("met", "bool", "目標に届いたか"),
        Column("mark", "str", "達成状況の記号"),
        Column("mark_rank", "int", "記号の順位（1が最上位）"),
        Column("earned_best", "int", "項目の目標と実績に見合う記号の、最も上の順位（1項目に1行だけ）"),
        Column("earned_worst", "int", "同じく、最も下の順位"),
        Column("rate", "float", "項目の達成率（様式設定に達成率の基準があり、一つに定まるとき）", "割合"),
        Column("rate_text", "str", "その達成率（指摘に書くもの）"),
        Column("rate_mark", "str", "その達成率に当たる記号"),
        Column("rate_range", "str", "その記号の達成率の範囲（90％以上 など）"),
        *SPAN,
        *PLAN_SPAN,
    ),
)
