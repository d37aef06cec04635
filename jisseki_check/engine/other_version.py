"""Judging by the whole rules of another version: a folder with its own profiles and lists of words.

Rules are data, and what they may speak of is the program's: facts tables and their columns, and what readers
and the engine notice. Where a folder asks for what this program does not have, it is refused.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from jisseki_check import catalogue, profiles, wordlists
from jisseki_check.catalogue import CatalogueError
from jisseki_check.engine.own_files import Fault, Mistake, OwnFile, faults_of_shape, read
from jisseki_check.engine.rule_check import faults_of_facts, misnamed
from jisseki_check.profiles import DEFAULT, ProfileError
from jisseki_check.resources import file, installed


def is_whole(folder: str) -> bool:
    """Whether a folder holds the whole rules of a version, and not a city's own, which are fewer."""
    return os.path.isfile(os.path.join(folder, "profiles", f"{DEFAULT}.yaml"))


def mistakes(shown: str) -> list[Mistake]:
    """What keeps this program from judging by the rules of another version, which must be in force
    (`resources.rules_of`): by file and line. `shown`: what their folder is called."""
    root = file("rules")
    with open(installed("schemas", "rule.schema.json"), encoding="utf-8") as stream:
        schema = json.load(stream)
    own = {rule.id for rule in catalogue.load(installed("rules")).rules if rule.judged_by != "facts"}
    found: list[Mistake] = []
    for name in sorted(catalogue.rule_names(root)):
        held = read(Path(root, name), os.path.join(shown, name))
        if isinstance(held, Mistake):
            found.append(held)
            continue
        faults = list(faults_of_shape(held.data, schema)) or misnamed(held) or list(_faults(held, own))
        found += map(held.mistake, faults)
    return [*found, *_of_profiles(root, shown), *_of_lists(shown)]


def _faults(held: OwnFile, own: set[str]) -> Iterator[Fault]:
    if held.data.get("judged_by", "facts") == "facts":
        yield from faults_of_facts(catalogue.rule_of(held.data))
    elif held.data["id"] not in own:
        yield ("id",), "この版の点検プログラムは、この規則を判定できません。"


def _of_profiles(root: str, shown: str) -> Iterator[Mistake]:
    for name in profiles.names():
        path = os.path.join("profiles", f"{name}.yaml")
        try:
            with open(os.path.join(root, path), encoding="utf-8-sig") as stream:
                profiles.parse(stream.read(), name)
        except (OSError, UnicodeError, ProfileError) as error:
            yield Mistake(os.path.join(shown, path), 1, 1, str(error))


def _of_lists(shown: str) -> Iterator[Mistake]:
    try:
        wordlists.load()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, CatalogueError):
        yield Mistake(
            os.path.join(shown, "lists"),
            1,
            1,
            "言葉の一覧が、この版の点検プログラムの読めるものではありません。",
        )
