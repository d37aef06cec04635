"""The tables that hold one report against another: its plan, last year's, another department's, its twin.

`report` numbers all reports of the run, those that are read for comparison only among them. Where there is
nothing to compare with, `absent` says why, and the row's other columns are null.
"""

from __future__ import annotations

from jisseki_check.facts.contracts.columns import HERE, KEYS, SPAN, Column, Place, Table

_THERE = Place("=other_field", "other_start", "other_end", "other_item", "other_report")
_OTHER = (
    Column("other_report", "int", "比べた相手の報告", "報告"),
    Column("other_item", "int", "比べた相手の項目", "項目"),
)
_OTHER_SPAN = (
    Column("other_field", "str", "相手の側の場所"),
    Column("other_start", "int", "位置"),
    Column("other_end", "int", "位置"),
)
_KNOWN_BY = Column("known_by", "str", "同じ項目とみた手がかり（「番号 17 と項目名が同じ」など）")
_ABSENT = Column("absent", "str", "比べる相手がないときの、その理由")

ACROSS_REPORTS = Table(
    "across_reports",
    "点検する報告と、同じ部・年度・種類のもう一つの報告",
    (
        *KEYS,
        Column("department", "str", "部名"),
        Column("fiscal_year", "int", "年度", "年度"),
        Column("kind", "str", "報告の種類の呼び名（実績・計画）"),
        Column("title", "str", "表題", place=Place("title", item=None)),
        Column(
            "other_report",
            "int",
            "先にある、同じ部・年度・種類の報告",
            "報告",
            Place("title", item=None, report="other_report"),
        ),
        Column("other", "str", "その報告のファイル"),
        Column("same_content", "bool", "内容が同じか"),
        Column(
            "written_out",
            "bool",
            "内容も、拡張子を除いた名前も同じで、同じ報告を別の形式でも置いたものか",
        ),
        _ABSENT,
    ),
    is_across=True,
)

ACROSS_PLANS = Table(
    "across_plans",
    "実績に載せた計画の欄と、公表した計画の同じ欄",
    (
        *KEYS,
        *_OTHER,
        Column("label", "str", "欄の呼び名（目標・取り組み・項目の文・当初予算）"),
        Column("told", "str", "実績に書かれたもの（違うところの前後）", place=HERE),
        Column("planned", "str", "計画に書かれたもの（違うところの前後）", place=_THERE),
        Column("planned_part", "str", "そのうち、実績と違うところ"),
        Column(
            "text",
            "str",
            "実績に書かれた文の全体（幅・空白・句読点・年や単位の書き方をそろえたもの）",
        ),
        Column("planned_text", "str", "計画に書かれた文の全体（同じくそろえたもの）"),
        Column("respelled", "bool", "送り仮名や仮名書きなど、表記だけの違いか"),
        Column("only_added", "bool", "計画の文が全てあり、数の目標や条件でない説明が加わっただけか"),
        Column("vanished", "bool", "計画の項目が、実績のどこにもないか（報告全体についての行）"),
        Column("change_told", "bool", "計画を変更したことと、その理由が書かれているか"),
        Column("yen", "int", "実績に書かれた額", "円"),
        Column("planned_yen", "int", "計画に書かれた額", "円"),
        Column("step_yen", "int", "二つの額の、粗いほうの最後の桁の大きさ", "円"),
        *SPAN,
        *_OTHER_SPAN,
        _KNOWN_BY,
        _ABSENT,
    ),
    is_across=True,
)

ACROSS_YEARS = Table(
    "across_years",
    "実績のある項目と、前の年度の同じ項目",
    (
        *KEYS,
        *_OTHER,
        Column("result", "str", "実績", place=Place("result")),
        Column(
            "last_result",
            "str",
            "前の年度の実績（違いがなければ同じもの）",
            place=Place("result", item="other_item", report="other_report"),
        ),
        Column("last_year", "int", "前の年度", "年度"),
        Column("verbatim", "bool", "前の年度の実績と、年まで同じか（空白や句読点を除く）"),
        Column("same", "bool", "年や「第○回」の数のほかは、前の年度の実績と同じか"),
        Column("redated", "bool", "年や「第○回」の数のほか、一つか二つの日付だけが違うか"),
        Column("length", "int", "実績の長さ（空白や句読点を除く）", "字"),
        Column("undated_length", "int", "同じく、月日を除いた長さ", "字"),
        Column("figures", "int", "実績にある数と金額の数（年月日を除く）", "件"),
        Column("volumes", "int", "そのうち、行った量を表す10以上の数（回数、か所数、期間などを除く）", "件"),
        _KNOWN_BY,
        _ABSENT,
    ),
    is_across=True,
)

ACROSS_TARGETS = Table(
    "across_targets",
    "計画の数値目標と、前の年度の同じものの数値目標（数値目標のない項目は、その印の1行）",
    (
        *KEYS,
        *_OTHER,
        Column("thing", "str", "数えるもの（名が書かれていなければ空）"),
        Column("target", "float", "目標の数（一つの単位に直したもの。金額は円）", place=HERE),
        Column("last_target", "float", "前の年度の目標の数", place=_THERE),
        Column("difference", "float", "目標の数の、前の年度との差（書かれた単位。金額は円）"),
        Column("counter", "str", "差の単位（金額なら空）"),
        Column("at_most", "bool", "小さいほどよい目標か（以内、以下、未満、抑えます など）"),
        Column("target_text", "str", "目標（書かれたまま）"),
        Column("last_text", "str", "前の年度の目標（書かれたまま）"),
        Column("last_year", "int", "前の年度", "年度"),
        Column("explained", "bool", "目標を改めた理由が、目標か取り組みの文にあるか"),
        *SPAN,
        *_OTHER_SPAN,
        _KNOWN_BY,
        _ABSENT,
    ),
    is_across=True,
)

ACROSS_DEPARTMENTS = Table(
    "across_departments",
    "二つの部に同名で載る項目の、金額と数",
    (
        *KEYS,
        *_OTHER,
        Column("other_department", "str", "相手の部名"),
        Column("title", "str", "項目の名"),
        Column("title_length", "int", "項目の名の長さ（空白や句読点を除く）", "字"),
        Column("generic", "bool", "項目名が、どの部にもある仕事のものか（窓口サービスの向上 など）"),
        Column("same_number", "bool", "計画全体の番号も同じか"),
        Column("same_event", "bool", "同じ日の、または市に一つの催しの、数を比べたものか"),
        Column("departments", "int", "同名の項目がある部の数", "部"),
        Column("label", "str", "金額の見出し、または数えたもの"),
        Column("told", "str", "この部の金額か数（書かれたまま）", place=HERE),
        Column("other_told", "str", "相手の部の金額か数（書かれたまま）", place=_THERE),
        Column("difference", "float", "この部のものから相手の部のものを引いた差（金額は円）"),
        Column("counter", "str", "差の単位（金額なら空）"),
        Column("step", "float", "二つのうち粗いほうの、最後の桁の大きさ（金額は円）"),
        Column(
            "share", "bool", "どちらかに、その部の分だけを載せたことを表す言葉があるか（所管分・うち など）"
        ),
        *SPAN,
        *_OTHER_SPAN,
        _KNOWN_BY,
        _ABSENT,
    ),
    is_across=True,
)
