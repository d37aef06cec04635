"""Whether what somebody has open in the editor means to be a report.

`check` is told which files are reports; an editor shows every text, and a shopping list or a package.json
must not be scolded for being none. So a document counts as a report as soon as it shows itself as one,
however faulty or unfinished it is, and only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from jisseki_check import profiles, readers
from jisseki_check.forms.json_tree import missing
from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Unreadable
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Profile, ProfileError
from jisseki_check.trees import Tree

ENDINGS = (".txt", ".json", ".yaml", ".yml")
_OF_LANGUAGE = {"plaintext": ".txt", "text": ".txt", "json": ".json", "yaml": ".yaml"}
_TITLE_LINES = 8
_LINES = 2_000
_SIGNS = 3  # headings and labels that no other kind of text has all of
_FORMAT = re.compile(r"""["']?format["']?\s*:\s*["']?jisseki-report/""")
_OF_A_REPORT = frozenset({"department", "fiscal_year", "fiscal_year_label", "municipality"})
_KEY = re.compile(r"""(?:^|[\s{,])["']?([a-z_]+)["']?\s*:""")
_BEFORE = re.compile(r"^[\W\d_ⅠⅡⅢⅣⅤ]+")
_DATED = re.compile(r"^(?:明治|大正|昭和|平成|令和|[MTSHR])?(?:[0-9]+|元)年度?の?")


def name_of(uri: str, language: str = "") -> str | None:
    """The file name of a document, by which readers know its format; None where no reader here reads it.
    One that was never saved has the ending that fits its language."""
    split = urlsplit(uri)
    name = PurePosixPath(unquote(split.path)).name or "untitled"
    if name.lower().endswith(ENDINGS):
        return name
    if split.scheme == "untitled" and language in _OF_LANGUAGE:
        return name + _OF_LANGUAGE[language]
    return None


def is_report(data: bytes, name: str, profile: str | None = None, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Whether a document (in UTF-8) means to be a report. `profile`: the form that settings name, besides our
    own."""
    named: list[Profile] = []
    if profile is not None:
        with suppress(ProfileError):  # what is wrong with it, the check itself says
            named.append(profiles.load(profile))  # a city's own file may have changed
    if not name.lower().endswith(".txt"):
        return _is_report_data(data, name, limits, [each.tree for each in named])
    lines = list(_lines(data.decode()))
    forms = [_words(each.profile) for each in profiles.evidence() if each.tree is None]
    forms += [_Words(each) for each in named if each.tree is None]
    return any(form.title_in(lines[:_TITLE_LINES]) or form.signs_in(lines) >= _SIGNS for form in forms)


def _is_report_data(data: bytes, name: str, limits: Limits, named: list[Tree | None]) -> bool:
    try:
        tree = readers.read_bytes(data, name, limits).data
    except Unreadable:  # half written: its names tell
        text = data.decode()
        keys = {match[1] for match in _KEY.finditer(text)}
        return _FORMAT.search(text) is not None or ("items" in keys and not _OF_A_REPORT.isdisjoint(keys))
    if not isinstance(tree, dict):
        return False
    if any(not missing(tree, each.required) for each in (*_trees(), *named) if each is not None):
        return True
    means_to = str(tree.get("format")).startswith("jisseki-report/")
    return means_to or (isinstance(tree.get("items"), list) and not _OF_A_REPORT.isdisjoint(tree))


def _lines(text: str) -> Iterator[str]:
    """The lines, and in a table the cells, that hold something; folded, without blanks and numbering."""
    for line in text.splitlines()[:_LINES]:
        for cell in line.split("\t"):
            bare = _BEFORE.sub("", squeeze(fold(cell)))
            if bare:
                yield bare


class _Words:
    """What one form is known by."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def title_in(self, lines: list[str]) -> bool:
        return any(word in line for line in lines for word in self._titles)

    def signs_in(self, lines: list[str]) -> int:
        """How many different things of the form stand at the beginning of a line."""
        found: set[str] = set()
        for line in lines:
            bare = _DATED.sub("", line)
            found |= {sign for sign, words in self._signs.items() if bare.startswith(words)}
        return len(found)

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        return _bare(word for words in self._profile.report_kinds.values() for word in words)

    @cached_property
    def _signs(self) -> dict[str, tuple[str, ...]]:
        form = self._profile
        signs = {field: _bare((*words, *form.also.get(field, ()))) for field, words in form.fields.items()}
        signs |= {f"section {each.number}": _bare([each.title]) for each in form.sections}
        signs |= {stage: _bare(words) for stage, words in form.stages.items()}
        signs |= {"composition": _bare(form.composition), "parts": _bare(form.parts)}
        return {sign: words for sign, words in signs.items() if words}


def _bare(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(_BEFORE.sub("", squeeze(fold(word))) for word in words)


@lru_cache
def _trees() -> tuple[Tree | None, ...]:
    """The shapes of data that forms of ours read."""
    return tuple(each.tree for each in profiles.evidence())


@lru_cache
def _words(name: str) -> _Words:
    return _Words(profiles.load(name))
