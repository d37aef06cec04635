"""A baseline file, read: it keeps to its schema, and names nothing that cannot be known beforehand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from jisseki_check import readers
from jisseki_check.engine.own_files import Fault, Mistake, OwnFile, faults_of_shape
from jisseki_check.exceptions import Baseline
from jisseki_check.exceptions.baseline import from_data, repeated
from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.model import KnownFinding, Unreadable
from jisseki_check.readers.pointers import SpanPointers
from jisseki_check.resources import folder

# An entry is a dozen values: a hundred thousand of them are more than a project can ever put right.
LIMITS = replace(DEFAULT_LIMITS, max_values=2_000_000)
_SHOWN = 20  # mistakes that are listed


class BaselineError(Exception):
    """The file cannot be used; the message is for people, and names file and place."""


def read(path: Path, name: str, terms: Mapping[str, int]) -> Baseline:
    """The known findings of a file that is called `name`. `terms`: the rules that there are, each with the
    days for which its findings may be excepted at most; 0 for never. Raises BaselineError."""
    file = _opened(path, name)
    schema = json.loads((folder("schemas") / "baseline.schema.json").read_text(encoding="utf-8"))
    _refuse(file, faults_of_shape(file.data, schema))
    entries = from_data(file.data)
    _refuse(file, _faults(entries, terms))
    return Baseline(name, entries)


def _opened(path: Path, name: str) -> OwnFile:
    if not os.path.exists(path):  # a name may be too long to be asked for as a Path
        raise BaselineError(
            f"既知の指摘のファイル「{name}」がありません。"
            "名前を確かめるか、「jisseki-check baseline create」で作ってください。"
        )
    try:
        source = readers.read(
            path, name if name.endswith(".json") else f"{name}.json", LIMITS, is_report=False
        )
    except Unreadable as error:
        at = error.at
        place = f"{name}:{at.line}:{at.column}" if at is not None and at.line is not None else name
        fix = f"。{error.fix}" if error.fix else "。"
        raise BaselineError(f"既知の指摘のファイルを読めません。\n{place}: {error.message}{fix}") from None
    assert isinstance(source.pointers, SpanPointers)
    return OwnFile(name, source.data, "", source.pointers)


def _faults(entries: tuple[KnownFinding, ...], terms: Mapping[str, int]) -> Iterator[Fault]:
    again = set(repeated(entries))
    for position, entry in enumerate(entries):
        if entry.rule not in terms:
            yield (
                ("findings", position, "rule"),
                f"「{entry.rule}」という規則はありません。自分の規則であれば --rules を付け、"
                "なくなった規則であればこの行を消してください。",
            )
        elif not terms[entry.rule]:
            yield (
                ("findings", position, "rule"),
                f"{entry.rule} の指摘は既知にできません。この行を消し、指摘の箇所を直してください。",
            )
        elif entry.places and len(entry.places) != entry.count:
            yield (
                ("findings", position, "count"),
                f"count（{entry.count:,}）と places の数（{len(entry.places):,}）が違います。"
                "手で書き換えず、「jisseki-check baseline update」で直してください。",
            )
        elif position in again:
            yield ("findings", position), "同じ指摘が2回あります。この行を消してください。"


def _refuse(file: OwnFile, faults: Iterator[Fault]) -> None:
    mistakes = [file.mistake(fault) for fault in islice(faults, _SHOWN + 1)]
    if mistakes:
        raise BaselineError(_listed(file.path, mistakes))


def _listed(name: str, mistakes: list[Mistake]) -> str:
    more = ["ほかにもあります。"] if len(mistakes) > _SHOWN else []
    lines = [f"既知の指摘のファイル「{name}」に誤りがあります。", *map(str, mistakes[:_SHOWN])]
    return "\n".join(lines + more)
