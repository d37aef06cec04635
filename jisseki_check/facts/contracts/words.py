"""The tables of how a report is worded."""

from __future__ import annotations

from jisseki_check.facts.contracts.columns import HERE, KEYS, SPAN, Column, Table

WORDINGS = Table(
    "wordings",
    "言葉の書き方で気づいたこと（報告ごとに、調べた印の1行を含む）",
    (
        *KEYS,
        Column(
            "kind",
            "str",
            "house・informal・confused・homophone・spelling・dot・name・near・particle・kanji・none",
        ),
        Column("text", "str", "書かれていた言葉（揺れは、少ない方）", place=HERE),
        Column("usual", "str", "そうあるべき言葉（揺れは、多い方）"),
        Column("count", "int", "その言葉の数", "か所"),
        Column("usual_count", "int", "多い方の言葉の数", "か所"),
        Column("share", "float", "揺れのうち、少ない方の割合"),
        Column("same_words", "int", "前後に続けて立つ同じ言葉の数（near のとき）", "語"),
        Column("places", "spots", "2つ目からの場所"),
        Column("usual_places", "spots", "多い方の場所（初めの3か所）"),
        Column("analysed", "bool", "長すぎる欄の言葉"),
        *SPAN,
    ),
    by_words=True,
)

CHARACTERS = Table(
    "characters",
    "文字と文体で気づいたこと（報告ごとに、調べた印の1行を含む）",
    (
        *KEYS,
        Column("kind", "str", "brackets・digits・letters・quotes・style・platform・none"),
        Column("text", "str", "少ない方の文字、または文の終わり", place=HERE),
        Column("detail", "str", "内訳"),
        Column("count", "int", "少ない方の数", "か所"),
        Column("usual_count", "int", "多い方の数", "か所"),
        Column("share", "float", "少ない方の割合"),
        Column("places", "spots", "2つ目からの場所"),
        *SPAN,
    ),
)
