"""`baseline show`: the known findings by report and rule."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.exceptions import baseline as read
from jisseki_check.cli.options import own_rules, project_settings, rules_option
from jisseki_check.cli.output import write_stdout
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.types import OneOf
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.words import report_name

if TYPE_CHECKING:
    from jisseki_check.exceptions import Baseline
    from jisseki_check.model import KnownFinding

_Row = tuple[str | None, str | None, int | None, str | None, str]


@command(
    "show",
    "既知の指摘の一覧を、報告と規則ごとの件数で表示します。報告の点検はしません。",
    [
        ("jisseki-check baseline show", "一覧を表示します。"),
        ("jisseki-check baseline show --output-format json", "プログラムで使うために JSON で書き出します。"),
    ],
)
@click.argument(
    "file",
    required=False,
    metavar="[ファイル]",
    help="一覧のファイル。省略すると、設定の baseline、それもなければ jisseki-check-baseline.json",
)
@click.option(
    "--output-format", type=OneOf(("table", "json")), default="table", help="表示の形式。省略すると table"
)
@rules_option
def show(file: str | None, output_format: str, own: str | None) -> None:
    from jisseki_check.exceptions.baseline import FILE_NAME

    if file == "":
        raise CommandError("ファイルの名前が空です。既知の指摘のファイルを書いてください。")
    settings = project_settings()
    rules, _ = load_entries(own_rules(own, settings), settings.profile)
    known = read(file or settings.baseline or FILE_NAME, rules)
    assert known is not None
    titles = {rule["id"]: rule["title"] for rule in rules}
    if output_format == "json":
        write_stdout(_as_json(known, titles), for_people=False)
    else:
        write_stdout(_as_table(known, titles))


def _counted(known: Baseline) -> dict[_Row, list[KnownFinding]]:
    """The entries of each rule in each report, in the order of the file."""
    held: dict[_Row, list[KnownFinding]] = {}
    for each in known.entries:
        row = each.path, each.department, each.fiscal_year, each.report_kind, each.rule
        held.setdefault(row, []).append(each)
    return dict(sorted(held.items(), key=lambda item: tuple(str(part or "") for part in item[0])))


def _as_table(known: Baseline, titles: Mapping[str, str]) -> str:
    from tabulate import tabulate  # 60 ms that JSON need not wait for

    rows = []
    shown = ""
    for (path, *_, rule), held in _counted(known).items():
        report = "　".join(part for part in (clean(path or ""), report_name(held[0])) if part)
        rows.append((report if report != shown else "", rule, f"{len(held):,}", titles.get(rule, "")))
        shown = report
    reports = len({(each.path, each.department, each.fiscal_year) for each in known.entries})
    rules = Counter(each.rule for each in known.entries)
    total = (
        f"既知の指摘 {len(known.entries):,}件（{reports:,}報告・{len(rules):,}規則）　{clean(known.path)}\n"
    )
    if not rows:
        return total
    table = tabulate(
        rows,
        headers=["報告", "コード", "件数", "内容"],
        tablefmt="simple",
        disable_numparse=True,
        colalign=("left", "left", "right", "left"),
    )
    return f"{table}\n\n{total}"


def _as_json(known: Baseline, titles: Mapping[str, str]) -> str:
    rows: list[dict[str, Any]] = [
        {
            "path": path,
            "department": department,
            "fiscal_year": year,
            "report_kind": kind,
            "rule": rule,
            "title": titles.get(rule),
            "findings": len(held),
        }
        for (path, department, year, kind, rule), held in _counted(known).items()
    ]
    told = {"path": known.path, "findings": len(known.entries), "rows": rows}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
