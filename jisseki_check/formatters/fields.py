"""The fields of a report in the words of its form, and what files are and became, in words for people."""

from __future__ import annotations

from jisseki_check.formatters.text import clean
from jisseki_check.model import STAGES

_FIELDS = {
    "title": "表題・項目名",
    "department": "部名",
    "divisions": "部の構成",
    "fiscal_year": "年度",
    "kind": "種類",
    "legend": "凡例",
    "section": "節",
    "section_title": "節の見出し",
    "group": "小見出し",
    "number": "番号",
    "division": "担当課",
    "goal": "目標",
    "initiative": "取り組み",
    "result": "実績",
    "mark": "達成状況",
    "amounts": "金額",
    "initial_budget": "当初予算",
    "supplementary_budget": "補正予算",
    "carried_in": "前年度からの繰越し",
    "reserve": "予備費の充用",
    "carried_out": "翌年度への繰越し",
    "revised_budget": "予算現額",
    "settlement": "決算",
    "indicators": "指標",
    "label": "金額の見出し",
    "value": "金額の値",
    "unit": "単位",
    "note": "注記",
    "index": "項目の順",
    "items": "項目",
}

AMOUNTS = frozenset({"amounts", *STAGES})
"""The fields of an item that hold its money."""


def field_name(name: str | None) -> str:
    """`settlement` → `決算`; a column that is no field of the form has the name that the report gives it."""
    return _FIELDS.get(name or "", clean(name or ""))


_FORMATS = {"text": "テキスト", "json": "JSON", "yaml": "YAML", "csv": "CSV", "docx": "Word", "xlsx": "Excel"}
_FORMATS |= {"pdf": "PDF", "html": "HTML"}
_STATUSES = {"checked": "点検した", "unreadable": "読み取れなかった", "refused": "受け付けなかった"}


def format_name(name: str | None) -> str:
    """`docx` → `Word`; "" of a file of which nobody knows."""
    return _FORMATS.get(name or "", clean(name or ""))


def status_name(status: str) -> str:
    """Of a file: whether it was read."""
    return _STATUSES.get(status, clean(status))
