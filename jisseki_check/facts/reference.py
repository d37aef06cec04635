"""rules/facts.md: each table of facts with its columns, for those who write rules.

`python -m jisseki_check.facts.reference` writes it anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from jisseki_check.facts.contracts import TABLES, Column, Place, Table
from jisseki_check.resources import file

_TYPES = {
    "int": "整数",
    "float": "数",
    "str": "文字列",
    "bool": "真偽",
    "date": "日付",
    "spots": "場所の並び",
}
_HEAD = """\
# 事実の表

規則の条件（`applies_when`・`violated_when`）と指摘の文（`message` など）で使える表と列です。
報告の文から読み取ったことだけを、規則の判断を交えずに表にしています。
このページはプログラムの定義から作られます（`make generated`）。
実際の値は `jisseki-check facts 報告/ -o 表/` で書き出せます。
書き出した `reports` には、ファイルの場所（`path`）の列が加わります。
点検の結果の `location.path`（JSON）と同じ書き方です。

- 値のないところ、分からないところは空（NULL）です。空は、どの条件にも当たりません。
- 金額は、どの単位で書かれていても円の整数です。割合は 1 を100％とする数です。
- 「場所」のある列を規則の `at` に書くと、指摘はその値が書かれたところを指します。
- 文の位置は、その欄の文の先頭を 0 とする文字の数です。

| 表 | 1行が表すもの | 列の数 |
|---|---|---|
"""


def page() -> str:
    """The page."""
    lines = [
        f"| [{table.name}](#{table.name}) | {table.row} | {len(table.columns)} |" for table in TABLES.values()
    ]
    return _HEAD + "\n".join([*lines, *(line for table in TABLES.values() for line in _table(table))]) + "\n"


def _table(table: Table) -> Iterator[str]:
    yield from ("", f"## {table.name}", "", f"1行が表すもの：{table.row}")
    if table.by_words:
        yield from ("", "この表を作るには、言葉の解析（SudachiPy）が要ります。")
    yield from ("", "| 列 | 種類 | 単位 | 意味 | 場所 |", "|---|---|---|---|---|")
    yield from map(_row, table.columns)


def _row(column: Column) -> str:
    cells = [f"`{column.name}`", _TYPES[column.type], column.unit or "", column.meaning, _place(column.place)]
    return f"| {' | '.join(cell.replace('|', '｜') for cell in cells)} |"


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    if place.field.startswith("="):
        where = f"列 `{place.field[1:]}` が示す欄"
    else:
        where = f"欄 `{place.field}`" if place.field else "項目、または報告の全体"
    if place.item not in (None, "item"):
        where = f"列 `{place.item}` の項目の{where}"
    return where + (f"（`{place.start}` から `{place.end}` まで）" if place.start else "")


def main() -> None:
    """Write the page."""
    with open(file("rules", "facts.md"), "w", encoding="utf-8") as stream:
        stream.write(page())


if __name__ == "__main__":
    main()
