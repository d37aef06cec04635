"""How the texts of a report are worded: `wordings`, one row a report and term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from jisseki_check import wordlists
from jisseki_check.facts.kanji import find_rare_kanji
from jisseki_check.facts.nearness import find_compounds, find_near_terms, find_renamed
from jisseki_check.facts.particles import find_particle_slips
from jisseki_check.facts.prose import Hit, Prose, prose
from jisseki_check.facts.spellings import find_spellings
from jisseki_check.facts.spots import write_spots
from jisseki_check.facts.variants import Variant, find_dot_variants, find_homophones, find_spelling_variants
from jisseki_check.facts.views import ReportView
from jisseki_check.model import Spot
from jisseki_check.wordlists import Wordlists

Row = dict[str, Any]

_SHOWN = 3  # places of what is usual; its other places teach nothing


def wording_rows(view: ReportView) -> Iterator[Row]:
    """What was noticed of each term; a row of kind "none" says that the report was looked at, and one for
    each field that is too long to be analysed, that it was not."""
    text = prose(view)
    yield {"report": view.number, "kind": "none", "analysed": True, "field": "title"}
    for unread in text.unread:
        yield {"report": view.number, "item": unread.item, "kind": "none", "field": unread.field}
    for row in _findings(text, view, wordlists.load()):
        yield {"report": view.number, "analysed": True, **row}


def _findings(text: Prose, view: ReportView, lists: Wordlists) -> Iterator[Row]:
    said: set[int] = set()
    spelt = [
        ("confused", lists.confused, False),
        ("house", view.profile.spellings, True),
        ("informal", view.profile.informal, True),
    ]
    for kind, spellings, names in spelt:
        for spelling in spellings:
            if text.suspects.isdisjoint(spelling.heads):
                continue
            # What one of the lists says, the next does not say again.
            hits = _apart(find_spellings(text, spelling, names=names), said)
            if hits:
                said.update(offset for hit in hits for offset in hit.offsets)
                yield _row(kind, hits, spelling.write)
    for slip in find_particle_slips(text, lists.verbs):
        if _apart([slip.hit], said):
            yield _row("particle", [slip.hit], slip.usual)
    for usual, hits in find_rare_kanji(text, lists.joyo):
        if left := _apart(hits, said):
            yield _row("kanji", left, usual)
            said.update(offset for hit in left for offset in hit.offsets)
    yield from _variants(text, lists, said)


def _variants(text: Prose, lists: Wordlists, said: set[int]) -> Iterator[Row]:
    compounds = find_compounds(text)
    found = (
        ("spelling", find_spelling_variants(text, lists.both, said)),
        ("dot", find_dot_variants(text)),
        ("name", find_renamed(compounds, lists.heads, lists.names)),
        ("near", find_near_terms(compounds)),
        ("homophone", find_homophones(text, lists.homophones)),
    )
    for kind, variants in found:
        for variant in variants:
            if len(_apart(variant.rarer, said)) == len(variant.rarer):
                yield _variant_row(kind, variant)


def _apart(hits: Iterable[Hit], said: Set[int]) -> list[Hit]:
    """Those that touch no character of which something was said."""
    return [hit for hit in hits if said.isdisjoint(hit.offsets)]


def _row(kind: str, hits: Sequence[Hit], usual: str | None) -> Row:
    first = hits[0]
    return {
        "item": first.passage.item,
        "kind": kind,
        "text": "」「".join(dict.fromkeys(hit.text for hit in hits)),
        "usual": usual,
        "count": len(hits),
        "places": write_spots(hit.spot for hit in hits[1:]),
        "field": first.passage.field,
        "start": first.start,
        "end": first.end,
    }


def _variant_row(kind: str, variant: Variant) -> Row:
    usual: list[Spot] = [hit.spot for hit in variant.usual[:_SHOWN]]
    return _row(kind, variant.rarer, variant.usual[0].text) | {
        "usual_count": len(variant.usual),
        "share": variant.share,
        "same_words": variant.same_words,
        "usual_places": write_spots(usual),
    }
