"""`rules`, `explain` and `schema`: what the catalogue and the schemas say."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from jisseki_check import catalogue, resources
from jisseki_check.model import Rule
from tests.cli.conftest import Ended

Command = Callable[..., Ended]
RULES = catalogue.load().rules


def test_table_has_every_rule(command: Command) -> None:
    lines = command("rules").out.splitlines()
    assert [line.split()[0] for line in lines[:-2]] == [rule.id for rule in RULES]
    assert lines[-1] == f"{len(RULES)}規則"


def test_prefix_chooses(command: Command) -> None:
    lines = command("rules", "sch00").out.splitlines()
    assert {line[:3] for line in lines[:-2]} == {"SCH"}
    assert len(command("rules", "SCH001").out.splitlines()) == 3


def test_json_has_the_whole_rule(command: Command) -> None:
    listing = json.loads(command("rules", "--output-format", "json").out)
    assert listing["rules_digest"] == catalogue.load().digest
    assert [rule["id"] for rule in listing["rules"]] == [rule.id for rule in RULES]
    assert {"title", "level", "message", "fix", "why", "basis", "params"} <= set(listing["rules"][0])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_page(command: Command, rule: Rule) -> None:
    ended = command("explain", rule.id)
    assert ended.code == 0
    page = "".join(ended.out.split())
    for text in (rule.title, rule.why, rule.name, rule.level.label):
        assert "".join(text.split()) in page
    examples = [title for kind, title in (("good", "良い例"), ("bad", "悪い例")) if rule.examples[kind]]
    for heading in ("指摘の文", "理由", "根拠", "直し方", *examples, "判定の方法"):
        assert f"\n{heading}" in ended.out
    assert "{" not in ended.out.partition("\n基準の値")[0].partition("\n良い例")[0]


def test_by_name_and_several_at_once(command: Command) -> None:
    out = command("explain", "missing-property", "sch002").out
    assert "SCH001" in out
    assert "SCH002" in out


@pytest.mark.parametrize("name", ["report", "outcome", "rule", "settings"])
def test_schema_is_printed_as_it_stands(command: Command, name: str) -> None:
    text = (resources.folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8")
    assert command("schema", name).out == text
