"""What is wrong with the rules of a city's own folder: files, shape, conditions, examples."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
import yaml

from jisseki_check import catalogue, facts
from jisseki_check.catalogue import CatalogueError, Entry
from jisseki_check.engine import examples
from jisseki_check.engine.conditions import expression, template
from jisseki_check.engine.own_files import (
    Fault,
    Mistake,
    OwnFile,
    ambiguities,
    faults_of_shape,
    read,
    unknown_name,
)
from jisseki_check.facts.contracts import TABLES, Table
from jisseki_check.model import Rule
from jisseki_check.profiles import DEFAULT, Profile, load
from jisseki_check.resources import folder

_CONDITIONS = ("applies_when", "violated_when")
_WORDS = ("message", "fix", "expected", "difference", "correction")


def check(own: str, profile: Profile | None) -> list[Mistake]:
    """All mistakes of the rules in that folder, by file and line.

    `profile` is the form of their examples; without it, those that edit a report's text are not made.

    Raises CatalogueError where the folder holds no rules, or other files than rules.
    """
    schema = json.loads((folder("schemas") / "rule.schema.json").read_text(encoding="utf-8"))
    mistakes: list[Mistake] = []
    held: list[OwnFile] = []
    for name in catalogue.own_names(own):
        path = os.path.join(own, name)
        file = read(Path(path), path)
        if isinstance(file, Mistake):
            mistakes.append(file)
            continue
        faults = [*ambiguities(file.data, _usual(file.text)), *faults_of_shape(file.data, schema)]
        faults += [] if faults else misnamed(file)
        if not faults:
            held.append(file)
        mistakes += map(file.mistake, faults)
    if not mistakes:
        known = {rule["id"] for rule in catalogue.entries(own=own)[0]}
        for file in held:
            mistakes += map(file.mistake, _faults(file.data, known, profile))
    return sorted(mistakes, key=lambda mistake: (mistake.path, mistake.line, mistake.column))


def _usual(text: str) -> object:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def misnamed(file: OwnFile) -> list[Fault]:
    """A rule whose file is called otherwise than the rule."""
    expected = f"{file.data['id']}-{file.data['name']}"
    if Path(file.path).stem == expected:
        return []
    return [(("id",), f"ファイルの名前が id と name に合いません。「{expected}.yaml」にしてください。")]


def _faults(entry: Entry, known: set[str], profile: Profile | None) -> Iterator[Fault]:
    if entry.get("judged_by", "facts") != "facts":
        yield ("judged_by",), "自分の規則は、事実の表に対する条件（facts）で書いてください。"
        return
    rule = catalogue.rule_of(entry)
    for place, code in enumerate(rule.blocked_by):
        if code not in known:
            yield ("blocked_by", place), f"「{code}」という規則はありません。"
    yield from faults_of_facts(rule)
    if rule.table in TABLES:
        yield from _examples(rule.examples, profile)


def faults_of_facts(rule: Rule) -> Iterator[Fault]:
    """Tables and columns that there are not, and conditions that are none."""
    table = TABLES.get(rule.table or "")
    if table is None:
        yield ("table",), unknown_name(str(rule.table), list(TABLES))
        return
    faults = [*_columns(rule, table), *_expressions(rule, table)]
    yield from faults
    if not faults:
        yield from _wrong_types(rule, table)


def _columns(rule: Rule, table: Table) -> Iterator[Fault]:
    columns = [column.name for column in table.columns]
    at = table.column(rule.at or "")
    if at is None:
        yield ("at",), unknown_name(str(rule.at), columns)
    elif at.place is None:
        placed = "・".join(column.name for column in table.columns if column.place is not None)
        yield ("at",), f"「{rule.at}」は報告の中の場所を持たない列です。場所を持つのは {placed} です。"
    for key, names in (
        ("needs", rule.needs),
        ("related", rule.related),
        ("once_per", (rule.once_per,) if rule.once_per else ()),
    ):
        for place, name in enumerate(names):
            if name not in columns:
                yield (key, place), unknown_name(name, columns)


def _expressions(rule: Rule, table: Table) -> Iterator[Fault]:
    for key in (*_CONDITIONS, *_WORDS):
        text = getattr(rule, key)
        if text is None:
            continue
        try:
            if key in _CONDITIONS:
                expression(rule, table, text)
            else:
                template(rule, table, text)
        except CatalogueError as error:
            yield (key,), str(error)


def _wrong_types(rule: Rule, table: Table) -> Iterator[Fault]:
    """A comparison of a number with a text, or a condition that is neither true nor false."""
    frame = facts.frame(table, [])
    for key in _CONDITIONS:
        text = getattr(rule, key)
        if text is None:
            continue
        try:
            dtype = frame.select(expression(rule, table, text).alias("condition")).schema["condition"]
        except pl.exceptions.PolarsError:
            yield (
                (key,),
                "列の種類に合わない比べ方や計算があります（数と文字列など）。"
                "列の種類は rules/facts.md で確かめられます。",
            )
            continue
        if dtype != pl.Boolean:
            yield (key,), "条件が、真か偽になる式ではありません。"
    for key in _WORDS:
        text = getattr(rule, key)
        words = template(rule, table, text) if text else None
        try:
            computed = (
                [pl.col(each) if isinstance(each, str) else each for each in words.expressions]
                if words
                else []
            )
            frame.select(each.alias(str(number)) for number, each in enumerate(computed))
        except pl.exceptions.PolarsError:
            yield (key,), "{ } の中に、列の種類に合わない計算があります。"


def _examples(held: Mapping[str, Sequence[Mapping[str, object]]], profile: Profile | None) -> Iterator[Fault]:
    for kind, given in held.items():
        for place, example in enumerate(given):
            at = ("examples", kind, place)
            unknown = [name for name in example if name not in examples.NAMES]
            for name in unknown:
                yield (*at, name), unknown_name(name, sorted(examples.NAMES))
            if unknown or (profile is None and examples.EDITS & set(example)):
                continue
            try:
                examples.document(example, profile or load(DEFAULT))
            except examples.ExampleError as error:
                yield at, f"例「{example['name']}」を報告にできません。{error}"
