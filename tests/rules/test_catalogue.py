"""The rule files themselves: shape, names, words, and what is generated from them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from jisseki_check import catalogue, profiles
from jisseki_check.engine.conditions import adjust, compile_condition
from jisseki_check.model import Rule, Severity
from jisseki_check.resources import folder

ROOT = folder("rules")
FILES = sorted(path for path in ROOT.glob("*/*.yaml") if path.parent.name not in ("profiles", "lists"))
RULES = catalogue.load().rules
SCHEMA = json.loads((folder("schemas") / "rule.schema.json").read_text(encoding="utf-8"))
SPECIFIED = {
    "DOC": 7, "SCH": 6, "STR": 10, "FIN": 22, "MRK": 12, "DAT": 13, "PLH": 2, "PII": 1, "PUB": 2,
    "STY": 10, "PVR": 11, "WVR": 3,
}  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_keeps_the_schema(path: Path) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    errors = [
        f"{list(error.instance_path)}: {error.message}"
        for error in jsonschema_rs.Draft202012Validator(SCHEMA).iter_errors(data)
    ]
    assert errors == []
    assert path.name == f"{data['id']}-{data['name']}.yaml"


@pytest.mark.parametrize(("family", "count"), SPECIFIED.items())
def test_family_is_complete(family: str, count: int) -> None:
    ids = [rule.id for rule in RULES if rule.family == family]
    first = 1 if family in {"DOC", "SCH"} else 101
    assert ids == [f"{family}{number:03}" for number in range(first, first + count)]


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_words_are_fit_for_staff(rule: Rule) -> None:
    assert not rule.title.endswith("。")
    assert rule.fix.endswith("。")
    assert rule.why.endswith("。")
    for text in (rule.title, rule.fix, rule.why, re.sub(r"\{[^{}]*\}", "", rule.message)):
        assert "エラー" not in text
        assert "None" not in text


def test_generated_files_are_current() -> None:
    assert (ROOT / "catalogue.json").read_text(encoding="utf-8") == catalogue.stored_catalogue()
    assert (ROOT / "README.md").read_text(encoding="utf-8") == catalogue.readme()
    stored = (ROOT / "profiles" / "profiles.json").read_text(encoding="utf-8")
    assert stored == profiles.stored_profiles()


def _copied(tmp_path: Path, **changes: str) -> Path:
    """A rules folder with one rule, its lines replaced, beside a catalogue that is out of date."""
    text = (ROOT / "money" / "FIN101-settlement-exceeds-budget.yaml").read_text(encoding="utf-8")
    for key, value in changes.items():
        text = re.sub(rf"^{key}:.*$", f"{key}: {value}".replace("\\", r"\\"), text, flags=re.M)
    (tmp_path / "money").mkdir()
    (tmp_path / "money" / "FIN101-settlement-exceeds-budget.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "catalogue.json").write_text(
        (ROOT / "catalogue.json").read_text(encoding="utf-8"), encoding="utf-8"
    )
    return tmp_path


def test_edited_rule_is_not_missed(tmp_path: Path) -> None:
    (rule,) = catalogue.load(str(_copied(tmp_path, level="info"))).rules
    assert rule.level is Severity.INFO


def test_digest_tells_of_every_change(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = (
        catalogue.load(str(_copied(tmp_path / name, title=title))).digest
        for name, title in (("a", "あ"), ("b", "い"))
    )
    assert one != other


@pytest.mark.parametrize(
    "changes",
    [
        {"violated_when": "settlement_yen > no_such_column"},
        {"violated_when": "settlement_yen >"},
        {"at": "overrun_explained"},
        {"at": "no_such_column"},
        {"table": "no_such_table"},
        {"related": "[no_such_column]"},
        {"message": "決算額 {no_such_column}"},
    ],
)
def test_unknown_name_is_refused_when_loading(tmp_path: Path, changes: dict[str, str]) -> None:
    (rule,) = catalogue.load(str(_copied(tmp_path, **changes))).rules
    with pytest.raises(catalogue.CatalogueError):
        compile_condition(rule)


@pytest.mark.parametrize("changes", [{"level": "grave"}, {"id": "FIN999"}, {"message": "[", "fix": "]"}])
def test_broken_file_is_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    with pytest.raises(catalogue.CatalogueError):
        catalogue.load(str(_copied(tmp_path, **changes)))


def test_profile_changes_level_and_parameters() -> None:
    rule = next(rule for rule in RULES if rule.id == "FIN105")
    text = (ROOT / "profiles" / "hirakata.yaml").read_text(encoding="utf-8")
    changed = text.replace("rules: {}", "rules: {FIN105: {level: info, params: {low_rate: 0.3}}}")
    adjusted = adjust(rule, profiles.parse(changed, "test"))
    assert (adjusted.level, adjusted.params["low_rate"]) == (Severity.INFO, 0.3)
    unknown = text.replace("rules: {}", "rules: {FIN105: {params: {lowest: 0.3}}}")
    with pytest.raises(catalogue.CatalogueError, match="lowest"):
        adjust(rule, profiles.parse(unknown, "test"))
