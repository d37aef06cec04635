"""The tables of dates."""

from __future__ import annotations

from jisseki_check.facts.contracts.columns import HERE, KEYS, PLAN, PLAN_SPAN, SPAN, Column, Table

DATES = Table(
    "dates",
    "文の中の日付",
    (
        *KEYS,
        Column("text", "str", "日付（書かれたまま）", place=HERE),
        Column("in_result", "bool", "実績の日付か"),
        Column("valid_day", "bool", "暦にある日か"),
        Column("valid_era", "bool", "元号の期間の中か"),
        Column("era_expected", "str", "正しい元号で書いた年"),
        Column("gregorian", "int", "並べて書かれた西暦", "年"),
        Column("gregorian_expected", "int", "元号の年の西暦", "年"),
        Column("weekday", "str", "書かれた曜日", place=HERE),
        Column("weekday_expected", "str", "その日の曜日"),
        Column("reversed", "bool", "期間の終わりが始まりより前か"),
        Column("first", "date", "日付が指す最初の日"),
        Column("year_known", "bool", "年が、日付か文か項目で分かるか"),
        Column("status", "str", "done（した）・future（する）・その他は空"),
        Column("year_start", "date", "報告の年度の初日"),
        Column("year_end", "date", "報告の年度の末日"),
        *SPAN,
    ),
)

DATE_PAIRS = Table(
    "date_pairs",
    "計画の日付と、実績の同じことの日付",
    (
        *KEYS,
        Column("plan", "str", "計画の日付（書かれたまま）", place=PLAN),
        Column("result", "str", "実績の日付（書かれたまま）", place=HERE),
        Column("thing", "str", "日付を付けたこと"),
        Column("deadline", "bool", "計画の日付が期限（まで）か"),
        Column("same", "bool", "同じ時期を指すか"),
        Column("later", "bool", "実績のほうが遅いか"),
        Column("is_top", "bool", "達成状況が最上位の記号か"),
        Column("mark", "str", "達成状況の記号"),
        Column("valid", "bool", "どちらの日付も暦と元号に合うか"),
        Column("dated", "bool", "どちらの日付にも年が書かれているか"),
        *SPAN,
        *PLAN_SPAN,
    ),
)
