"""`explain`: the page of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jisseki_check.cli.command import command, page_width
from jisseki_check.cli.options import own_rules, project_settings, rules_option
from jisseki_check.cli.output import write_stdout
from jisseki_check.cli.rulebook import find, load_entries
from jisseki_check.cli.suggestions import suggest_rules
from jisseki_check.formatters.rule_page import heading, sections
from jisseki_check.formatters.text import clean, pad, wrap

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry

_LABEL = 12


@command(
    "explain",
    "指摘のコードについて、何を指摘するのか、理由、根拠、直し方、例を説明します。",
    [
        ("jisseki-check explain FIN101", "指摘 FIN101 の説明を読みます。"),
        ("jisseki-check explain low-execution", "名前でも調べられます。"),
    ],
)
@click.argument(
    "codes",
    nargs=-1,
    required=True,
    metavar="コード...",
    shell_complete=suggest_rules,
    help="規則のコード、または名前",
)
@rules_option
def explain(codes: tuple[str, ...], own: str | None) -> None:
    entries, _ = load_entries(own_rules(own, project_settings()))
    rules = [find(entries, code) for code in codes]
    write_stdout("\n".join(_page(rule) for rule in rules))


def _page(rule: Entry) -> str:
    columns = page_width()
    lines = [*heading(rule)]
    for title, paragraphs in sections(rule):
        lines.append("")
        label = title
        for paragraph in paragraphs:
            hanging = "　" if paragraph.startswith("・") else ""
            first, *rest = wrap(clean(paragraph), columns - _LABEL - 2)
            lines.append(pad(label, _LABEL) + first)
            lines += [" " * _LABEL + hanging + line for line in rest]
            label = ""
    return "\n".join(lines) + "\n"
