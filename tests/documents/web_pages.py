"""HTML files: a page of a city's web site, and a document that Word saved as a web page."""

from __future__ import annotations

from html import escape

from jisseki_check.model import Item, Report
from tests.documents.wording import (
    MARK_LABEL,
    STAGE_NAMES,
    Part,
    bracketed,
    budgets,
    composition,
    digits,
    money,
    noted,
    numbered,
    of_stage,
    parts,
    plans,
    settlements,
    stages,
)

_PAGE = """<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<title>{title} | みずき市公式ホームページ</title>
<link rel="stylesheet" href="/css/common.css">
<script>window.dataLayer = window.dataLayer || [];</script>
</head>
<body>
<noscript><p>このページではJavaScriptを使用しています。</p></noscript>
<header>
<p id="skip"><a href="#main">本文へ移動</a></p>
<p class="logo"><a href="/"><img src="/img/logo.png" alt="みずき市"></a></p>
<form action="/search"><input type="search" name="q" title="サイト内検索"><button>検索</button></form>
<nav><ul><li><a href="/kurashi/">くらし</a></li><li><a href="/shisei/">市政情報</a></li></ul></nav>
</header>
<nav class="topicpath" aria-label="現在の位置">
<a href="/">ホーム</a> &gt; <a href="/shisei/">市政情報</a> &gt; 取り組み実績
</nav>
<main id="main">
<h1>{title}</h1>
{body}
</main>
<aside><h2>関連情報</h2><ul><li><a href="/shisei/keikaku.html">各部の運営方針</a></li></ul></aside>
<footer>
<p>みずき市役所　〒000-0000　みずき市中央1丁目1番1号</p>
<p><small>Copyright &copy; City of Mizuki. All Rights Reserved.</small></p>
</footer>
</body>
</html>
"""


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def make_city_page(report: Report) -> bytes:
    """A page of the city's web site: menus around it, headings for sections, a table for each item."""
    body = [f"<p>部の構成：{escape(composition(report))}</p>", f"<p>{escape(report.legend or '')}</p>"]
    for part in parts(report):
        if part.first:
            body.append(f"<h2>{escape(part.heading)}</h2>")
        if part.group:
            body.append(f"<h3>◆{escape(part.group)}</h3>")
        for item in part.items:
            body.append(_item_table(item))
    return _PAGE.format(title=escape(report.title or ""), body="\n".join(body)).encode()


def _item_table(item: Item) -> str:
    head = f"テーマ　{item.title}" if item.kind == "improvement" else numbered(item)
    pairs = plans(item) + [(amount.label, money(amount)) for amount in budgets(item)]
    pairs.append(("実績", item.result or ""))
    pairs += [(amount.label, money(amount)) for amount in settlements(item)]
    pairs.append((MARK_LABEL, bracketed(item)))
    rows = "\n".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{_lines(text)}</td></tr>' for label, text in pairs
    )
    return f"<h4>{escape(head)}</h4>\n<table>\n<tbody>\n{rows}\n</tbody>\n</table>"


# --- a list -------------------------------------------------------------------------------------


def make_list_on_a_page(report: Report) -> bytes:
    """A list on the city's web site: one table, headings of two rows, the section once for all its rows."""
    used = stages(report)
    names = "".join(f"<th>{STAGE_NAMES[stage]}</th>" for stage in used)
    money_heading = f'<th colspan="{len(used)}">金額（千円）</th>' if used else ""
    rows = [
        '<tr><th rowspan="2">節</th><th rowspan="2">番号</th><th rowspan="2">項目名</th>'
        '<th rowspan="2">目標</th><th rowspan="2">取り組み</th>'
        f"{money_heading}"
        '<th rowspan="2">実績</th><th rowspan="2">達成状況</th></tr>',
        f"<tr>{names}</tr>",
    ]
    for section in sorted({item.section or 0 for item in report.items}):
        items = [item for item in report.items if item.section == section]
        rows += [_list_row(item, used, len(items) if item is items[0] else 0) for item in items]
    body = (
        f"<p>部の構成：{escape(composition(report))}</p>\n<p>{escape(report.legend or '')}</p>\n"
        '<div class="scroll">\n<table border="1">\n' + "\n".join(rows) + "\n</table>\n</div>"
    )
    return _PAGE.format(title=escape(report.title or ""), body=body).encode()


def _list_row(item: Item, used: list[str], rows: int) -> str:
    """A row of the list; the first of a section begins with the section's cell."""
    amounts = [of_stage(item, stage) for stage in used]
    texts = [item.number, item.title, item.goal, item.initiative]
    texts += ["" if amount is None else f"{digits(amount)}{noted(amount)}" for amount in amounts]
    texts += [item.result, item.mark]
    section = f'<td rowspan="{rows}">{item.section}. {item.section_title}</td>' if rows else ""
    return "<tr>" + section + "".join(f"<td>{_lines(text or '')}</td>" for text in texts) + "</tr>"


# --- as Word saves it ---------------------------------------------------------------------------

_WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=shift_jis">
<meta name=Generator content="Microsoft Word 15">
<title>{title}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style>
<!--
 p.MsoNormal, li.MsoNormal {{margin:0mm; text-align:justify; font-family:"ＭＳ 明朝",serif;}}
 @page WordSection1 {{size:297.0mm 210.0mm;}}
-->
</style>
</head>
<body lang=JA style='tab-interval:42.0pt'>
<div class=WordSection1>
{body}
</div>
</body>
</html>
"""


def _normal(text: str) -> str:
    """A paragraph as Word writes it, its source broken where a line was full."""
    runs = [
        f"<span style='font-family:\"ＭＳ 明朝\",serif'>{escape(line)}<o:p></o:p></span>"
        for line in text.split("\n")
    ]
    return "\n".join(f"<p class=MsoNormal>{run}</p>" for run in runs)


def _cell(text: str, span: str = "") -> str:
    return (
        f"  <td width=120{span} valign=top style='border:solid windowtext 1.0pt'>\n{_normal(text)}\n  </td>\n"
    )


def make_saved_by_word(report: Report) -> bytes:
    """The filtered web page of a Word file with one long table: Shift_JIS, styles on every element, the
    item's name in a cell over all its rows."""
    body = [
        _normal(report.title or ""),
        _normal(f"<部の構成>　{composition(report)}"),
        _normal(report.legend or ""),
    ]
    body.append("<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>")
    for part in parts(report):
        body += [f" <tr>\n{_cell(heading, ' colspan=3')} </tr>" for heading in _headings(part)]
        for item in part.items:
            body.append(_rows(item))
    body += ["</table>", "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"]
    return _WORD.format(title=escape(report.title or ""), body="\n".join(body)).encode("cp932")


def _headings(part: Part) -> list[str]:
    return [part.heading] * part.first + [f"◆{part.group}"] * (part.group is not None)


def _rows(item: Item) -> str:
    pairs = plans(item) + [(amount.label, money(amount)) for amount in budgets(item)]
    pairs.append(("実績", item.result or ""))
    pairs += [(amount.label, money(amount)) for amount in settlements(item)]
    pairs.append(("達成状況", item.mark or "　"))
    name = item.title or "" if item.kind == "improvement" else numbered(item)
    first = _cell(name, f" rowspan={len(pairs)}")
    rows = [f"{_cell(label)}{_cell(text)}" for label, text in pairs]
    rows[0] = first + rows[0]
    return "\n".join(f" <tr>\n{row} </tr>" for row in rows)
