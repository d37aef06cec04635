"""Lists of words that are true of Japanese in general, read from rules/lists/*.yaml.

As with the catalogue, rules/lists/lists.json keeps them parsed, and is used only while the YAML files are
those that it was made from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any

from jisseki_check.resources import folder, other_rules

GAP = "…"
"""In a wrong spelling: a few characters of any kind, within one clause (約…程度); at its end: the rest of
the word, whatever it is (会議に図…)."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How something is to be written, and how it is not; `unless`: where the latter is right all the same
    (および → 及び, but not in および腰). `heads`: what of each wrong spelling stands before a GAP."""

    write: str
    wrong: tuple[str, ...]
    unless: tuple[str, ...] = ()
    heads: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "heads", frozenset(words.partition(GAP)[0] for words in self.wrong))

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Spelling:
        """From an entry {write, not, unless} of a list or a profile."""
        return cls(data["write"], tuple(data["not"]), tuple(data.get("unless", ())))


@dataclass(frozen=True, slots=True, eq=False)
class Wordlists:
    """`joyo`: the characters of 常用漢字表. `aims`, `common`, `light_verbs`, `faint`: what says little of a
    promise, and `meanings`, the numbers of the groups of synonyms that a word is in:
    rules/lists/promises.yaml. `both`: normal forms of words that are rightly spelt in two ways;
    `homophones`: words that rightly stand in the same compound as another homophone. `verbs`: verbs by the
    particles that they take, as rules/lists/verbs.yaml explains. `heads`, `names`: the group of names for one
    thing that a name is in: rules/lists/names.yaml."""

    confused: tuple[Spelling, ...]
    joyo: frozenset[str]
    aims: frozenset[str]
    common: frozenset[str]
    light_verbs: frozenset[str]
    meanings: Mapping[str, tuple[int, ...]]
    faint: frozenset[str]
    both: frozenset[str]
    homophones: frozenset[str]
    verbs: Mapping[str, frozenset[str]]
    heads: Mapping[str, int]
    names: Mapping[str, int]


def load() -> Wordlists:
    """The project's own lists."""
    return _of(other_rules())


@lru_cache(maxsize=2)
def _of(rules: str | None) -> Wordlists:
    """The lists of the rules by which is judged, which `rules` tells from others."""
    held = _stored()
    promises = held["promises"]
    return Wordlists(
        confused=tuple(Spelling.of(entry) for entry in held["confused"]["entries"]),
        aims=frozenset(promises["aims"]["words"]),
        common=frozenset(promises["common"]["words"]),
        light_verbs=frozenset(promises["light_verbs"]["words"]),
        meanings=_meanings(promises["synonyms"]["groups"]),
        faint=frozenset(promises["faint"]["characters"]),
        joyo=frozenset(held["joyo"]["characters"] + held["joyo"]["variants"]) - {"\n"},
        both=frozenset(entry["normal"] for entry in held["both"]["spellings"]),
        homophones=frozenset(word for words in held["both"]["homophones"] for word in words),
        verbs={name: frozenset(entry["words"]) for name, entry in held["verbs"].items()},
        heads=_numbered(held["names"]["heads"]),
        names=_numbered(held["names"]["names"]),
    )


def _numbered(groups: Sequence[Sequence[str]]) -> dict[str, int]:
    return {name: number for number, group in enumerate(groups) for name in group}


def _meanings(groups: Sequence[Sequence[str]]) -> dict[str, tuple[int, ...]]:
    out: dict[str, tuple[int, ...]] = {}
    for number, group in enumerate(groups):
        for word in group:
            out[word] = (*out.get(word, ()), number)
    return out


def _stored() -> Mapping[str, Any]:
    try:
        stored: Mapping[str, Any] = json.loads((folder("rules") / "lists" / "lists.json").read_bytes())
    except (OSError, ValueError):
        stored = {}
    contents = _contents()
    return stored["lists"] if stored.get("digest") == _digest(contents) else _parsed(contents)


def _contents() -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted((folder("rules") / "lists").glob("*.yaml"))}


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = sha256()
    for name, content in contents.items():
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return f"sha256:{digest.hexdigest()}"


def _parsed(contents: Mapping[str, bytes]) -> dict[str, Any]:
    import yaml  # only when the stored lists are out of date

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {name: yaml.load(content, Loader=loader) for name, content in contents.items()}


def stored_lists() -> str:
    """What rules/lists/lists.json must hold."""
    contents = _contents()
    stored = {"digest": _digest(contents), "lists": _parsed(contents)}
    return json.dumps(stored, ensure_ascii=False, indent=1) + "\n"
