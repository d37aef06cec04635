"""The facts tables: each column's type, unit and meaning, and the place that it speaks of.

A rule's condition may name these columns only, and its finding points at the place of its `at`
column. Building the frames is the other modules' work, one a table.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column's value stands: a field's name ("mark"), or the column that holds it ("=field"),
    and the columns that hold the offsets and, where it is not the row's own, the item."""

    field: str
    start: str | None = None
    end: str | None = None
    item: str | None = "item"


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is one of int, float, str, bool, date. Null means: not given, or not known."""

    name: str
    type: str
    meaning: str
    unit: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One row is one `row`; `report` numbers the batch's reports from 0, `item` is an item's index."""

    name: str
    row: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


_KEYS = (
    Column("report", "int", "まとまりの中の報告の番号（0から）"),
    Column("item", "int", "項目の番号（1から）"),
)
_PLAN_DATE = Place("=plan_field", "plan_start", "plan_end")
_HERE = Place("=field", "start", "end")

REPORTS = Table(
    "reports",
    "報告",
    (
        *_KEYS,
        Column("title", "str", "表題", place=Place("title")),
        Column("title_year", "int", "表題の年度", "年度"),
        Column("title_department", "str", "表題の部の名"),
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
        *_KEYS,
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
        *_KEYS,
        Column("kind", "str", "項目の種類"),
        Column("field", "str", "欄", place=Place("=field")),
        Column("label", "str", "様式での欄の呼び名"),
        Column("present", "bool", "欄があるか"),
        Column("blank", "bool", "欄が空、または記号だけか"),
        Column("follows", "bool", "別の欄や見出しが抜けたために欠けているか"),
        Column("unlabelled", "str", "その欄があるはずの所に立つ、見出しのない文"),
    ),
)

READINGS = Table(
    "readings",
    "読み取りで気づいたこと（報告ごとに、何もなかった印の1行を含む）",
    (
        *_KEYS,
        Column("kind", "str", "unread・unlabelled・lenient・markup・repeated・bullet・none"),
        Column("text", "str", "書かれていた文字", place=Place("=field")),
        Column("read_as", "str", "読み替えた内容"),
        Column("count", "int", "同じことの数", "か所"),
        Column("label", "str", "欄の呼び名"),
        Column("field", "str", "場所"),
    ),
)

ITEMS = Table(
    "items",
    "項目",
    (
        *_KEYS,
        Column("kind", "str", "項目の種類（priority・reform・improvement・bullet）"),
        Column("number", "str", "印刷された番号", place=Place("number")),
        Column("number_fault", "str", "(1)からの番号の乱れ（repeated・gap）", place=Place("number")),
        Column("number_expected", "str", "あるはずの番号"),
        Column("plan_number", "str", "計画全体の番号（17、18-1）", place=Place("number")),
        Column(
            "plan_number_first",
            "int",
            "同じ番号が先に立つ項目",
            "項目",
            Place("number", item="plan_number_first"),
        ),
        Column("title", "str", "項目の名", place=Place("title")),
        Column("title_first", "int", "同じ名が先に立つ項目", "項目", Place("title", item="title_first")),
        Column("mark", "str", "達成状況の欄の文字", place=Place("mark")),
        Column("mark_kind", "str", "absent・none・mark・look-alike・several・other"),
        Column("mark_meant", "str", "記号、または似た字が指すと思われる記号"),
        Column("mark_code_point", "str", "書かれた字の符号位置"),
        Column("mark_rank", "int", "記号の順位（1が最上位）"),
        Column("mark_explained", "bool", "記号の意味が、文書か様式設定で分かるか"),
        Column("lowest_rank", "int", "様式設定の記号の数", "種類"),
        Column("budget", "str", "予算の額（書かれたまま）", place=Place("=budget_field")),
        Column(
            "budget_yen",
            "int",
            "予算の額（予算現額があればそれ、なければ当初予算）",
            "円",
            Place("=budget_field"),
        ),
        Column("budget_label", "str", "予算の見出し"),
        Column("budget_unit", "str", "予算の単位"),
        Column("budget_field", "str", "予算の場所"),
        Column("settlement", "str", "決算の額（書かれたまま）", place=Place("=settlement_field")),
        Column("settlement_yen", "int", "決算の額", "円", Place("=settlement_field")),
        Column("settlement_unit", "str", "決算の単位"),
        Column("settlement_field", "str", "決算の場所"),
        Column("settlement_note", "str", "決算の注記"),
        Column("budget_stated", "bool", "予算の額が書かれているか（「－」は額でない）"),
        Column("settlement_stated", "bool", "決算の額が書かれているか（「－」は額でない）"),
        Column("initial_yen", "int", "当初予算", "円"),
        Column("supplementary_yen", "int", "補正予算", "円"),
        Column("carried_in_yen", "int", "前年度繰越", "円"),
        Column("reserve_yen", "int", "予備費", "円"),
        Column("carried_out_yen", "int", "翌年度繰越（予算現額から引く向き）", "円"),
        Column("revised_yen", "int", "予算現額", "円", Place("=revised_field")),
        Column("revised_field", "str", "予算現額の場所"),
        Column("revised_parts", "int", "予算現額の内訳として書かれた額の数", "件"),
        Column("unit_yen", "int", "金額の単位の大きさ", "円"),
        Column("rate", "float", "執行率（決算÷予算）", "割合"),
        Column(
            "printed_rate",
            "float",
            "実績か金額の注記に書かれた執行率",
            "割合",
            Place("=printed_rate_field", "printed_rate_start", "printed_rate_end"),
        ),
        Column("printed_rate_field", "str", "執行率の場所"),
        Column("printed_rate_half", "float", "書かれた執行率の最後の桁の半分", "割合"),
        Column("printed_rate_start", "int", "執行率の位置"),
        Column("printed_rate_end", "int", "執行率の位置"),
        Column("overrun_explained", "bool", "決算が予算を超えた理由が、注記か実績にあるか"),
        Column("underspend_explained", "bool", "執行が少ない理由が、注記か実績にあるか"),
        Column(
            "unfinished",
            "str",
            "実績の、終わっていないことを表す言葉",
            place=Place("result", "unfinished_start", "unfinished_end"),
        ),
        Column("unfinished_start", "int", "その位置"),
        Column("unfinished_end", "int", "その位置"),
        Column("unfinished_planned", "bool", "計画もそこまでしか約束していないか"),
        Column("shortfall_explained", "bool", "達成できなかった理由、または次の取り組みが実績にあるか"),
        Column(
            "future",
            "str",
            "実績の、これからすることを述べた文",
            place=Place("result", "future_start", "future_end"),
        ),
        Column("future_start", "int", "その位置"),
        Column("future_end", "int", "その位置"),
        Column(
            "part_year",
            "str",
            "年の一部の期間を付けた金額",
            place=Place("result", "part_year_start", "part_year_end"),
        ),
        Column("part_year_start", "int", "その位置"),
        Column("part_year_end", "int", "その位置"),
    ),
)

AMOUNTS = Table(
    "amounts",
    "予算・決算の額",
    (
        *_KEYS,
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
        *_KEYS,
        Column("kind", "str", "total（合計と内訳）・target（計画の目標額と実績の額）"),
        Column(
            "stated_yen", "int", "書かれた合計、または実績の額の計", "円", Place("=field", "start", "end")
        ),
        Column("stated", "str", "合計、または実績の額（書かれたまま）"),
        Column(
            "parts_yen", "int", "内訳の計、または目標額", "円", Place("=plan_field", "plan_start", "plan_end")
        ),
        Column("parts", "int", "足した額の数", "件"),
        Column("plan", "str", "目標額（書かれたまま）"),
        Column("half_unit_yen", "float", "1件当たりの端数の幅（単位の半分）", "円"),
        Column("field", "str", "場所"),
        Column("start", "int", "位置"),
        Column("end", "int", "位置"),
        Column("plan_field", "str", "内訳・目標額の場所"),
        Column("plan_start", "int", "位置"),
        Column("plan_end", "int", "位置"),
    ),
)

TARGETS = Table(
    "targets",
    "数値目標と実績の数",
    (
        *_KEYS,
        Column("thing", "str", "数えたもの"),
        Column("target", "float", "目標の数"),
        Column("actual", "float", "実績の数", place=Place("=field", "start", "end")),
        Column("target_text", "str", "目標（書かれたまま）", place=_PLAN_DATE),
        Column("actual_text", "str", "実績（書かれたまま）"),
        Column("met", "bool", "目標に届いたか"),
        Column("is_top", "bool", "達成状況が最上位の記号か"),
        Column("mark", "str", "達成状況の記号"),
        Column("field", "str", "場所"),
        Column("start", "int", "位置"),
        Column("end", "int", "位置"),
        Column("plan_field", "str", "目標の場所"),
        Column("plan_start", "int", "位置"),
        Column("plan_end", "int", "位置"),
    ),
)

DATES = Table(
    "dates",
    "文の中の日付",
    (
        *_KEYS,
        Column("text", "str", "日付（書かれたまま）", place=_HERE),
        Column("in_result", "bool", "実績の日付か"),
        Column("valid_day", "bool", "暦にある日か"),
        Column("valid_era", "bool", "元号の期間の中か"),
        Column("era_expected", "str", "正しい元号で書いた年"),
        Column("gregorian", "int", "並べて書かれた西暦", "年"),
        Column("gregorian_expected", "int", "元号の年の西暦", "年"),
        Column("weekday", "str", "書かれた曜日", place=_HERE),
        Column("weekday_expected", "str", "その日の曜日"),
        Column("reversed", "bool", "期間の終わりが始まりより前か"),
        Column("first", "date", "日付が指す最初の日"),
        Column("year_known", "bool", "年が、日付か文か項目で分かるか"),
        Column("status", "str", "done（した）・future（する）・その他は空"),
        Column("year_start", "date", "報告の年度の初日"),
        Column("year_end", "date", "報告の年度の末日"),
        Column("field", "str", "場所"),
        Column("start", "int", "位置"),
        Column("end", "int", "位置"),
    ),
)

DATE_PAIRS = Table(
    "date_pairs",
    "計画の日付と、実績の同じことの日付",
    (
        *_KEYS,
        Column("plan", "str", "計画の日付（書かれたまま）", place=_PLAN_DATE),
        Column("result", "str", "実績の日付（書かれたまま）", place=_HERE),
        Column("thing", "str", "日付を付けたこと"),
        Column("deadline", "bool", "計画の日付が期限（まで）か"),
        Column("same", "bool", "同じ時期を指すか"),
        Column("later", "bool", "実績のほうが遅いか"),
        Column("is_top", "bool", "達成状況が最上位の記号か"),
        Column("mark", "str", "達成状況の記号"),
        Column("valid", "bool", "どちらの日付も暦と元号に合うか"),
        Column("dated", "bool", "どちらの日付にも年が書かれているか"),
        Column("field", "str", "実績の場所"),
        Column("start", "int", "位置"),
        Column("end", "int", "位置"),
        Column("plan_field", "str", "計画の場所"),
        Column("plan_start", "int", "位置"),
        Column("plan_end", "int", "位置"),
    ),
)

PASSAGES = Table(
    "passages",
    "2つの項目の実績に共通する文",
    (
        *_KEYS,
        Column("text", "str", "共通する文", place=_HERE),
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
        Column("field", "str", "場所"),
        Column("start", "int", "位置"),
        Column("end", "int", "位置"),
        Column("other_start", "int", "位置"),
        Column("other_end", "int", "位置"),
    ),
)

LEFTOVERS = Table(
    "leftovers",
    "公表する文に残ったもの（報告ごとに、調べた印の1行を含む）",
    (
        *_KEYS,
        Column(
            "kind",
            "str",
            "placeholder・editor-note・e-mail・telephone・mobile・postal-address・my-number・bank-account・markup"
            "・entity・invisible・none",
        ),
        Column("text", "str", "書かれていた文字（個人情報は、前後の2字のほかを伏せる）", place=_HERE),
        Column("detail", "str", "それが何か（個人情報の種類、タグの名、符号位置）"),
        Column("count", "int", "同じ欄にある数", "か所"),
        Column("field", "str", "場所"),
        Column("start", "int", "位置"),
        Column("end", "int", "位置"),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        REPORTS, SECTIONS, FIELDS, READINGS, ITEMS, AMOUNTS, TOTALS, TARGETS, DATES, DATE_PAIRS, PASSAGES,
        LEFTOVERS,
    )
}  # fmt: skip
