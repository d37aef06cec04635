"""The tables of a whole report: its title, sections, fields, reading, and what was left in its texts."""

from __future__ import annotations

from jisseki_check.facts.contracts.columns import HERE, KEYS, SPAN, Column, Place, Table

REPORTS = Table(
    "reports",
    "報告",
    (
        *KEYS,
        Column("municipality", "str", "市の名"),
        Column("department", "str", "部名"),
        Column("kind", "str", "報告の種類（results 実績・plan 計画）"),
        Column("title", "str", "表題", place=Place("title")),
        Column("title_year", "int", "表題の年度", "年度"),
        Column("title_department", "str", "表題の部名"),
        Column("title_kind", "str", "表題の文書の種類"),
        Column("gregorian_year", "int", "年度に並べて書かれた西暦", "年度"),
        Column(
            "fiscal_year",
            "int",
            "判定に使う年度（表題の年度。金額の見出しがそろって別の年度ならその年度）",
            "年度",
        ),
        Column("label_year", "int", "金額の見出しがそろって示す年度", "年度", Place("title")),
        Column("label_count", "int", "年度を書いた金額の見出しの数", "件"),
        Column("divisions", "int", "部の構成に書かれた課の数", "課", Place("divisions")),
        Column("division_repeated", "str", "部の構成に2回書かれた課", place=Place("divisions")),
        Column("legend", "bool", "達成状況の凡例が、文書か様式設定にあるか", place=Place("legend")),
        Column("form_kind", "str", "様式での、文書の種類の書き方"),
        Column("form_composition", "str", "様式での、部の構成の見出し"),
        Column("form_legend", "str", "様式設定の記号と意味（上の二つ）"),
        Column("marked", "int", "達成状況の記号を読めた項目の数", "項目"),
        Column("top_share", "float", "最上位の記号の割合", "割合", Place("")),
        Column("top_mark", "str", "最上位の記号"),
        Column(
            "year_styles",
            "int",
            "年の書き方の種類の数",
            "種類",
            Place("=year_field", "year_start", "year_end", "year_item"),
        ),
        Column("year_counts", "str", "年の書き方ごとの数"),
        Column("year_item", "int", "少数派の書き方が最初に現れる項目"),
        Column("year_field", "str", "同じく欄"),
        Column("year_start", "int", "同じく位置"),
        Column("year_end", "int", "同じく位置"),
    ),
)

SECTIONS = Table(
    "sections",
    "様式の節",
    (
        *KEYS,
        Column("section", "str", "節の見出し", place=Place("=field")),
        Column("present", "bool", "節があるか"),
        Column("in_order", "bool", "様式の順に並んでいるか"),
        Column("field", "str", "見出しの場所"),
    ),
)

FIELDS = Table(
    "fields",
    "項目に必要な欄",
    (
        *KEYS,
        Column("kind", "str", "項目の種類"),
        Column("field", "str", "欄", place=Place("=field")),
        Column("label", "str", "様式での欄の呼び名"),
        Column("present", "bool", "欄があるか"),
        Column("blank", "bool", "欄が空、または記号だけか"),
        Column("follows", "bool", "別の欄や見出しが抜けたために欠けているか"),
        Column("unlabelled", "str", "その欄があるはずの所に立つ、見出しのない文"),
        Column("no_column", "str", "一覧に列のない欄について、指摘に添える文"),
    ),
)

READINGS = Table(
    "readings",
    "読み取りで気づいたこと（報告ごとに、何もなかった印の1行を含む）",
    (
        *KEYS,
        Column(
            "kind",
            "str",
            "unread・unlabelled・lenient・markup・repeated・hidden・inert・no-column・total・none など",
        ),
        Column("text", "str", "書かれていた文字", place=Place("=field")),
        Column("read_as", "str", "読み替えた内容"),
        Column("count", "int", "同じことの数", "か所"),
        Column("label", "str", "欄の呼び名"),
        Column("field", "str", "場所"),
    ),
)

LEFTOVERS = Table(
    "leftovers",
    "公表する文に残ったもの（報告ごとに、調べた印の1行を含む）",
    (
        *KEYS,
        Column(
            "kind",
            "str",
            "placeholder・editor-note・e-mail・telephone・mobile・postal-address・my-number・bank-account・markup"
            "・entity・invisible・comment・tracked・none",
        ),
        Column("text", "str", "書かれていた文字（個人情報は、前後の2字のほかを伏せる）", place=HERE),
        Column("detail", "str", "それが何か（個人情報の種類、タグの名、符号位置）"),
        Column("count", "int", "同じ欄にある数", "か所"),
        *SPAN,
    ),
)
