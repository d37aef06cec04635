"""The rules of a run with their help, and the laws and guidelines that they rest on as taxonomies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jisseki_check.catalogue import FAMILIES, basis_of, proof
from jisseki_check.formatters import rule_page
from jisseki_check.formatters.sarif.strings import markdown, message
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}
# Reasons of a rule that nobody has published: arithmetic, the document itself, its form, what auditors ask.
_OWN = frozenset({"算", "内", "様", "監"})
_WHOLE = "全体"
_SPIRIT = "趣旨"
_FEWEST = 5  # findings that a person has read before a share of right ones says anything
_PRECISIONS = ((0.95, "very-high"), (0.8, "high"), (0.5, "medium"), (0.0, "low"))


class RuleBook:
    """Every rule that the run judged by, or that a finding names, by code."""

    def __init__(self, outcome: Outcome, view: View) -> None:
        entries = {str(entry["id"]): entry for entry in view.rules}
        names = {each.rule: each.name for each in outcome.findings}
        codes = sorted({each.rule for each in outcome.coverage} | set(names))
        self._numbers = {code: number for number, code in enumerate(codes)}
        used = [entries[code] for code in codes if code in entries]
        self.taxonomies: list[dict[str, Any]] = _taxonomies(used)
        numbers = {each["name"]: number for number, each in enumerate(self.taxonomies)}
        measured = proof()
        self.descriptors: list[dict[str, Any]] = [
            _described(entries[code], numbers, measured.get(code))
            if code in entries
            else _bare(code, names.get(code), view.titles.get(code))
            for code in codes
        ]

    def __contains__(self, code: object) -> bool:
        return code in self._numbers

    def number(self, code: str) -> int:
        return self._numbers[code]


def _bare(code: str, name: str | None, title: str | None) -> dict[str, Any]:
    """A rule of which nothing but its findings is at hand."""
    out: dict[str, Any] = {"id": code}
    if name is not None:
        out["name"] = message(name)
    if title is not None:
        out["shortDescription"] = {"text": message(title)}
    return out


def _described(
    entry: Entry, taxonomies: Mapping[str, int], measured: Mapping[str, Any] | None
) -> dict[str, Any]:
    level = entry["level"]
    out = {
        "id": entry["id"],
        "name": entry["name"],
        "shortDescription": {"text": message(entry["title"])},
        "fullDescription": {"text": message(entry["why"])},
        "help": {
            "text": message(rule_page.plain(entry)),
            "markdown": markdown(rule_page.markdown(entry)),
        },
        "defaultConfiguration": {"level": LEVELS[level]},
        "properties": {
            "tags": _tags(entry),
            "problem.severity": _PROBLEMS[level],
            **_precision(measured),
        },
    }
    relationships = _relationships(entry, taxonomies)
    return out | {"relationships": relationships} if relationships else out


def _tags(entry: Entry) -> list[str]:
    family = FAMILIES.get(entry["id"][:3])
    return [entry["id"][:3]] if family is None else [entry["id"][:3], family]


def _precision(measured: Mapping[str, Any] | None) -> dict[str, Any]:
    """How often a person found the rule right, where enough of its findings were read."""
    read: Sequence[Mapping[str, Any]] = measured["read"] if measured is not None else ()
    hits, right = sum(each["hits"] for each in read), sum(each["right"] for each in read)
    if not hits:
        return {}
    out: dict[str, Any] = {"findings_read": hits, "findings_right": right}
    if hits >= _FEWEST:
        out["precision"] = next(name for least, name in _PRECISIONS if right / hits >= least)
    return out


# --- what a rule rests on -----------------------------------------------------------------------


def _taxonomies(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """One for each law and guideline; its taxa are the articles that the rules name."""
    articles: dict[str, dict[str, None]] = {}
    for entry in entries:
        for source, article, _ in _published(entry):
            articles.setdefault(source, {})[article] = None
    return [
        {
            "name": source,
            "shortDescription": {"text": message(f"規則の根拠のうち「{source}」の箇所")},
            "language": "ja-JP",
            "isComprehensive": False,
            "taxa": [{"id": article} for article in articles[source]],
        }
        for source in sorted(articles)
    ]


def _relationships(entry: Entry, taxonomies: Mapping[str, int]) -> list[dict[str, Any]]:
    out = []
    for source, article, relation in _published(entry):
        component = {"name": source, "index": taxonomies[source]}
        link: dict[str, Any] = {
            "target": {"id": article, "toolComponent": component},
            "kinds": ["relevant"],
        }
        if relation is not None:
            link["description"] = {"text": message(relation)}
        out.append(link)
    return out


def _published(entry: Entry) -> list[tuple[str, str, str | None]]:
    """The laws and guidelines by their full names, the article or passage, and how the rule rests on it."""
    out = []
    for source, article, relation in map(basis_of, entry["basis"]):
        if source not in _OWN:
            # Of what is no law, the note says where, unless it says that it is the spirit of the whole.
            passage = article or (relation if relation != _SPIRIT else None)
            how = relation if relation != passage else None
            out.append((rule_page.SOURCES.get(source, source), passage or _WHOLE, how))
    return out
