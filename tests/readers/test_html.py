"""Web pages: the text as a browser shows it, each piece at its place, or the page is refused."""

from __future__ import annotations

import pytest

from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Location, Remark, Source, Unreadable
from jisseki_check.readers.html import read_html

YEAR = "平成29年度の実績"


def source_of(body: str, head: str = "", encoding: str = "utf-8", limits: Limits = DEFAULT_LIMITS) -> Source:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_html(page.encode(encoding), "実績.html", limits)


def shape(source: Source) -> list[list[str]]:
    """The cells of each block; paragraphs parted by a slash."""
    return [
        ["/".join("".join(run.text for run in line) for line in cell) for cell in block.cells]
        for block in source.blocks or ()
    ]


def lines(body: str, head: str = "") -> list[str]:
    """The text of each block, its cells parted by a bar."""
    return ["|".join(cells) for cells in shape(source_of(body, head))]


def places(source: Source) -> list[tuple[str, Location]]:
    return [
        (run.text, run.at)
        for block in source.blocks or ()
        for cell in block.cells
        for line in cell
        for run in line
    ]


def remarks(body: str) -> list[tuple[str, str, int]]:
    return [(each.kind, each.text, each.count) for each in source_of(body).remarks]


def refused(body: str, head: str = "", limits: Limits = DEFAULT_LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        source_of(body, head, limits=limits)
    fault = caught.value
    assert fault.at is not None
    assert fault.at.path == "実績.html"
    assert fault.fix
    assert fault.fix.endswith("。")
    return fault


# --- encodings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp932", "shift_jis"),
        ("cp932", "x-sjis"),
        ("cp932", ""),
        ("utf-8", "shift_jis"),
        ("euc_jp", "euc-jp"),
    ],
)
def test_encodings(encoding: str, said: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={said}">' if said else ""
    text = "窓口の案内板を設け、職員を置きました。"
    assert shape(source_of(f"<p>{text}</p>", head, encoding)) == [[text]]


def test_damaged_text_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_html(
            b"<html><body>" + "窓口を案内します。".encode() + b"\xff\xfe</body>", "実績.html", DEFAULT_LIMITS
        )


# --- lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>実績</h1>総務部<p>窓口<b>の</b>案内</p>", ["実績", "総務部", "窓口の案内"]),
        ("<p>窓口を\n  案内</p>", ["窓口を案内"]),
        ("<p><span>窓口を</span>\n<span>案内</span></p>", ["窓口を案内"]),
        ("<p>窓口  の案内</p>", ["窓口 の案内"]),
        ("<p>open\ndata</p>", ["open data"]),
        ("<p>窓口<br>案内<br></p>", ["窓口", "案内"]),
        ("窓口<br><br>案内", ["窓口", "", "案内"]),
        ("<p>窓口</p><p>&nbsp;</p><p></p><p>案内</p>", ["窓口", "", "案内"]),
        ("<p>3&nbsp;件 &amp; 4&#20214;</p>", ["3\u00a0件 & 4件"]),
        ("<p>番号\t8.\t窓口</p>", ["番号|8.|窓口"]),
        ("<pre>番号\t事業\n1\t 窓口  の案内</pre>", ["番号|事業", "1|窓口  の案内"]),
        ("<ruby>枚方<rp>(</rp><rt>ひらかた</rt><rp>)</rp></ruby>市", ["枚方市"]),
        ("窓<!-- 注 -->口<script>x('口')</script><style>p{}</style><noscript>不可</noscript>", ["窓口"]),
        ("<details><summary>目標</summary>窓口を案内します。</details>", ["目標", "窓口を案内します。"]),
        ("<p>窓口<o:p></o:p></p><![if !supportLists]>案内<![endif]>", ["窓口", "案内"]),
        ("窓口</body></html><p>案内", ["窓口", "案内"]),
        ("<p style='font-family:Wingdings'>¥</p>", ["◎"]),
        ("窓口<hr>案内", ["窓口", "", "案内"]),
    ],
)
def test_lines(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ul><li>窓口<li>案内</ul>", ["・窓口", "・案内"]),
        ("<ul><li>○窓口</li><li>(1) 案内</li></ul>", ["○窓口", "(1) 案内"]),
        ("<ul style='list-style:none'><li>窓口</li></ul>", ["窓口"]),
        ("<ol start=3><li>窓口<li value=7>案内<li>受付</ol>", ["3. 窓口", "7. 案内", "8. 受付"]),
        ("<ol type=a><li>窓口<ol><li>案内</ol><li>受付</ol>", ["a. 窓口", "1. 案内", "b. 受付"]),
        ("<ol reversed><li>窓口<li>案内</ol>", ["2. 窓口", "1. 案内"]),
        ("<ul><li><p>窓口</p><p>案内</p></li></ul>", ["・窓口", "案内"]),
        (
            "<p><span style='mso-list:Ignore'>1.<span style='font:7.0pt \"Times New Roman\"'>"
            "&nbsp;&nbsp; </span></span>窓口</p>",
            ["1. 窓口"],
        ),
    ],
)
def test_list_signs(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_terms_and_texts_are_rows() -> None:
    body = "<dl><dt>目標<dd>案内します。<dt>実績<dd><dt>状況<dd>◎<dd>計画どおり</dl>"
    assert lines(body) == ["目標|案内します。", "実績|", "状況|◎/計画どおり"]
    assert lines("<dl><dt>第1節<dd><h2>窓口</h2><p>案内</dl>") == ["第1節", "窓口", "案内"]


def test_controls_show_what_is_chosen() -> None:
    body = (
        '<form>目標 <input value="窓口"> <select><option>×<option selected>◎</select>'
        "<input type=checkbox checked>済<input type=hidden value=x><textarea>一行\n二行</textarea></form>"
    )
    assert lines(body) == ["目標 窓口 ◎☑済一行", "二行"]


def test_places_are_lines_of_the_file() -> None:
    source = source_of("\n<p\n class=a>窓口\nの案内</p>\n<!-- \n -->受付<br>\n終了")
    assert places(source) == [
        ("窓口", Location(line=3)),
        ("の案内", Location(line=4)),
        ("受付", Location(line=6)),
        ("終了", Location(line=7)),
    ]


# --- tables -------------------------------------------------------------------------------------


def test_a_table_has_the_columns_that_are_seen() -> None:
    source = source_of(
        "<table><caption>一覧</caption><tr><th rowspan=2>番号<th colspan=2>金額<th rowspan=0>備考"
        "<tr><td>予算<td>決算<tr><td>1<td>490<br>千円<td>&nbsp;</table>"
    )
    assert shape(source) == [
        ["一覧"],
        ["番号", "金額", "", "備考"],
        ["", "予算", "決算", ""],
        ["1", "490/千円", "", ""],
    ]
    blocks = source.blocks or ()
    assert [block.table for block in blocks] == [None, 1, 1, 1]
    said = [{at: cell[0][0].text for at, cell in block.covers.items()} for block in blocks]
    assert said == [{}, {2: "金額"}, {0: "番号", 3: "備考"}, {3: "備考"}]
    assert dict(places(source))["決算"] == Location(table=1, row=2, cell="C2")


def test_a_merged_cell_ends_with_its_group_of_rows() -> None:
    body = "<table><tbody><tr><td rowspan=9>節<td>1</tbody><tbody><tr><td>2<td>3</tbody></table>"
    assert lines(body) == ["節|1", "2|3"]


def test_nested_tables_stand_where_they_are_read() -> None:
    source = source_of(
        "<table><tr><th>内訳<td>前の文<table><tr><td>予算<td>決算</table>後の文<td>備考</table>"
    )
    assert shape(source) == [["内訳", "前の文", "備考"], ["予算", "決算"], ["", "後の文", ""]]
    assert [block.table for block in source.blocks or ()] == [1, 2, 1]


def test_tables_that_arrange_the_page_are_dissolved() -> None:
    inner = f"<h1>{YEAR}</h1><table><tr><th>目標<td>窓口を案内します。</table>"
    source = source_of(f"<table><tr><td>左<td>{inner}</table><table><tr><td>囲み</table>")
    assert shape(source) == [["左"], [YEAR], ["目標", "窓口を案内します。"], ["囲み"]]
    assert [block.table for block in source.blocks or ()] == [None, None, 2, None]
    source = source_of(f"<table role=presentation><tr><td>左<td>{inner}</table>")
    assert shape(source) == [["左"], [YEAR], ["目標", "窓口を案内します。"]]
    assert [block.table for block in source.blocks or ()] == [None, None, 2]


def test_text_astray_in_a_table_is_not_lost() -> None:
    assert lines("<table>迷子<tr><td>1<td>2</table>") == ["迷子", "1|2"]


# --- what belongs to the site -------------------------------------------------------------------

SITE = (
    "<header><p>みずき市</p></header><nav><ul><li>くらし</ul></nav>{}"
    "<aside>関連情報</aside><footer>みずき市役所</footer>"
)


@pytest.mark.parametrize(
    "own",
    [
        "<main><h1>{0}</h1><p>{1}</p></main>",
        "<div><article><header><h1>{0}</h1></header><p>{1}</p></article><p>担当の課</p></div>",
        "<div id=tmp_honbun><p>{0}</p><nav>目次</nav><p>{1}</p></div><div>お問い合わせ</div>",
        "<h1>{0}</h1><div class=pankuzu>現在の位置</div><p>{1}</p>",
    ],
)
def test_only_the_page_s_own_text_is_read(own: str) -> None:
    text = "窓口の案内板を設け、職員を置きました。" * 3
    assert lines(SITE.format(own.format(YEAR, text))) == [YEAR, text]


def test_two_articles_are_both_read() -> None:
    assert lines(SITE.format("<article>一</article><p>間</p><article>二</article>")) == ["一", "間", "二"]


def test_a_table_is_never_left_outside() -> None:
    table = "<table><tr><th>目標<td>案内</table>"
    assert lines(f"<main>{'窓口' * 50}</main>{table}") == ["窓口" * 50, "目標|案内"]


def test_the_year_is_fetched_from_outside_only_where_it_is_missing() -> None:
    head = f"<title>{YEAR}｜みずき市</title>"
    assert lines("<p>窓口</p>", head) == [YEAR, "窓口"]
    assert lines("<p>令和元年度の窓口</p>", head) == ["令和元年度の窓口"]
    body = "<header><h1>令和2年度　総務部</h1></header><main>窓口の案内</main>"
    assert lines(body, head) == ["令和2年度　総務部", "窓口の案内"]


# --- remarks ------------------------------------------------------------------------------------


def test_changes_are_accepted_and_said() -> None:
    body = "<p>窓口を<del>閉じ</del><ins>開き</ins>ます。<s>案</s></p>"
    assert lines(body) == ["窓口を開きます。"]
    assert remarks(body) == [("tracked", "『閉じ』を『開き』に変更", 2), ("tracked", "『案』を削除", 1)]


@pytest.mark.parametrize(
    "look",
    [
        "text-decoration: line-through",
        "color:red;TEXT-DECORATION-LINE:underline line-through",
        "text-decoration:line-through red",
    ],
)
def test_words_that_a_style_strikes_through_are_taken_for_deleted(look: str) -> None:
    body = f"<p>訓練を<span style='{look}'>10回</span>9回行いました。</p>"
    assert lines(body) == ["訓練を9回行いました。"]
    assert remarks(body) == [("tracked", "『10回』を削除", 1)]


def test_comments_in_the_source_are_kept_beside_the_text() -> None:
    body = "<p>窓口<!-- 数字は\n課に確認 --></p><!-- main --><!--[if gte mso 9]>案内<![endif]--><p>案内</p>"
    assert lines(body) == ["窓口", "案内"]
    assert remarks(body) == [("aside", "HTML のコメント：数字は 課に確認", 1)]


def test_another_line_takes_nothing_away() -> None:
    body = "<p><span style='text-decoration: underline; -x-text-decoration: line-through'>9回</span></p>"
    assert (lines(body), remarks(body)) == (["9回"], [])


@pytest.mark.parametrize("hiding", ["hidden", "style='display: none'", "style='visibility:hidden;color:red'"])
def test_hidden_text_is_read_and_said(hiding: str) -> None:
    body = f"<p>窓口</p><div {hiding}><p>内部の</p><p>メモ</p></div>"
    assert lines(body) == ["窓口", "内部の", "メモ"]
    assert remarks(body) == [("hidden", "内部のメモ", 1)]


def test_foreign_content_is_said() -> None:
    body = "<p>窓口</p><iframe src='https://example.com/'>枠</iframe><object data=a><p>代わり</p></object>"
    assert lines(body) == ["窓口"]
    assert remarks(body) == [("inert", "埋め込まれたファイル", 2)]


def test_comments_and_notes_of_word_stand_beside_the_text() -> None:
    source = source_of(
        "<p>窓口<a class=msocomanchor href='#_msocom_1'>[佐1]</a>の案内<a href='#_ftn1'>[1]</a></p>"
        "<div id=ftn1><p><a href='#_ftnref1'>[1]</a> 注の文</p></div>"
        "<div id='_com_1' class=msocomtxt><p><span class=MsoCommentReference>[佐1]</span>要確認</p></div>"
    )
    assert shape(source) == [["窓口の案内"]]
    assert source.remarks == (Remark("unread", "注の文"), Remark("comment", "要確認"))


# --- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<div>" * 100_000 + "窓口", "終わりまで読めません"),
        ("<b>" * 100_000 + "窓口", "終わりまで読めません"),
        ("窓口<!-- 案内", "終わりまで読めません"),
        ("窓口<p class='a>案内</p>", "終わりまで読めません"),
        ("窓口<p " + " ".join(f"a{n}=1" for n in range(6_000)) + ">", "属性が多すぎます"),
        ("<table><tr><td>1<td>2" * 101, "入れ子が深すぎます"),
        ("<img src=a.png>", "画像だけ"),
        ("<iframe src=a.html></iframe>", "別のファイル"),
        ("<div id=app></div><script>x()</script>", "文字がありません"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(body: str, words: str) -> None:
    assert words in refused(body).message


def test_what_nests_deep_is_read_whole() -> None:
    assert lines("<div>" * 1_900 + "<p>窓口</p>" + "</div>" * 1_900 + "案内") == ["窓口", "案内"]


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        ("<table><tr>" + "<td>1" * 11, Limits(max_cells=10)),
        ("<table><tr><td>1<td>2" + "<tr><td rowspan=65534 colspan=1000>1" * 9, Limits(max_cells=100)),
        ("<table><tr><td>1<td colspan=1000>2", Limits(max_cells=99)),
        ("<p>1" * 50, Limits(max_values=60)),
        ("<br>1\n" * 50, Limits(max_lines=40)),
    ],
)
def test_limits(body: str, limits: Limits) -> None:
    assert "多すぎます" in (message := refused(body, limits=limits).message) or "広すぎます" in message
