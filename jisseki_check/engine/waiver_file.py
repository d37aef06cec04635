"""The waivers of a file: read, and refused with every mistake in it at its line."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from jisseki_check.engine.own_files import At, Fault, Mistake, Node, OwnFile, faults_of_shape, parsed
from jisseki_check.exceptions import Granted
from jisseki_check.exceptions.known import report_of
from jisseki_check.exceptions.terms import refusals
from jisseki_check.model import KnownFinding, Waiver
from jisseki_check.os_errors import in_words
from jisseki_check.resources import file

FORMAT = "jisseki-waivers/1"
DEFAULT_NAME = "jisseki-check-waivers.toml"
ENDINGS = (".toml", ".yaml", ".yml")
NO_VALUE = "（なし）"
"""What stands for the value of a finding that has none."""

_LARGEST = 5_000_000  # bytes
_MOST = 10_000  # entries, as in the schema
_TEXTS = (
    "path", "department", "number", "title", "subject", "given", "reason", "requested_by", "approved_by"
)  # fmt: skip
_OF_ITEM = ("section", "number", "title", "field")
_DAYS = ("approved_on", "until")

Entry = Mapping[str, Any]
Terms = Mapping[str, int]
"""For how many days a finding of each rule can be waived at most, by code."""


class WaiverFileError(Exception):
    """A file that cannot be used, with all of its mistakes."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class WaiverFile:
    """A file and what it grants, in the order of its entries."""

    source: OwnFile
    waivers: tuple[Granted, ...]


def load(path: Path, name: str, terms: Terms) -> WaiverFile:
    """The waivers of a file, which is shown by its `name`. Raises WaiverFileError."""
    try:
        if path.stat().st_size > _LARGEST:
            problem = (
                f"ファイルが大きすぎます（上限は{_LARGEST:,}バイト）。期限の過ぎた免除を消してください。"
            )
            raise WaiverFileError([Mistake(name, 1, 1, problem)])
        content = path.read_bytes()
    except OSError as error:
        raise WaiverFileError([Mistake(name, 1, 1, f"ファイルを読めません（{in_words(error)}）。")]) from None
    return read(content, name, terms)


def read(content: bytes, name: str, terms: Terms) -> WaiverFile:
    """The same, of a file's content."""
    source = parsed(content, name)
    if isinstance(source, Mistake):
        raise WaiverFileError([source])
    faults = _all_faults(source, terms)
    if faults:
        mistakes = [source.mistake(_named(fault, source.data)) for fault in faults]
        raise WaiverFileError(sorted(mistakes, key=lambda each: (each.line, each.column)))
    entries = enumerate(source.data.get("waivers", ()))
    return WaiverFile(source, tuple(_granted(entry, source, number) for number, entry in entries))


@cache
def _schema() -> Node:
    with open(file("schemas", "waivers.schema.json"), encoding="utf-8") as stream:
        schema: Node = json.load(stream)
    return schema


def _named(fault: Fault, data: Any) -> Fault:
    """A fault, led by the entry that it is of."""
    at, message = fault
    if len(at) < 2 or not isinstance(at[1], int):
        return fault
    entry = data["waivers"][at[1]]
    rule = entry.get("rule") if isinstance(entry, dict) else None
    named = f"（{rule}）" if isinstance(rule, str) else ""
    return at, f"{at[1] + 1}番目の免除{named}：{message}"


def _granted(entry: Entry, source: OwnFile, number: int) -> Granted:
    place = source.pointers.locate_key(f"/waivers/{number}")
    return Granted(
        known=_known(entry),
        waiver=Waiver(
            reason=entry["reason"].strip(),
            requested_by=entry["requested_by"].strip(),
            approved_by=entry["approved_by"].strip(),
            until=entry["until"],
            path=source.path,
            line=place.line,
        ),
        begins=dt.date.fromisoformat(entry["approved_on"]),
    )


def _known(entry: Entry) -> KnownFinding:
    given = entry["given"].strip()
    return KnownFinding(
        rule=entry["rule"],
        path=entry.get("path"),
        department=entry.get("department"),
        fiscal_year=entry.get("fiscal_year"),
        report_kind=entry.get("report_kind", ""),
        section=entry.get("section"),
        number=entry.get("number"),
        title=entry.get("title"),
        field=entry.get("field"),
        subject=entry.get("subject"),
        count=entry.get("count", 1),
        places=tuple(entry.get("places", ())),
        given=None if given == NO_VALUE else given,
        value_fingerprint=entry["value_fingerprint"],
    )


# --- what a schema cannot say -------------------------------------------------------------------


def _all_faults(source: OwnFile, terms: Terms) -> list[Fault]:
    held = source.data.get("waivers") if isinstance(source.data, dict) else None
    entries: list[Any] = held if isinstance(held, list) else []
    if len(entries) > _MOST:
        return [(("waivers",), f"免除は {_MOST:,}件以内で書きます。期限の過ぎたものを消してください。")]
    shape = list(faults_of_shape(source.data, _schema()))
    broken: defaultdict[int, set[At]] = defaultdict(set)
    for at, _ in shape:
        if len(at) > 1 and isinstance(at[1], int):
            broken[at[1]].add(at[2:3])
    return [*shape, *_faults(source, entries, broken, terms)]


def _faults(
    source: OwnFile, entries: Sequence[Any], broken: Mapping[int, Set[At]], terms: Terms
) -> Iterator[Fault]:
    """What is wrong besides its shape with each entry, as far as that is as it should be. `broken`: the keys
    of each that are not; () stands for what it lacks."""
    seen: dict[object, int] = {}
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        at: At = ("waivers", number)
        wrong = broken.get(number, frozenset())
        sound = {name: value for name, value in entry.items() if (name,) not in wrong}
        own = [*_of_texts(sound), *_of_place(entry), *_of_days(sound)]
        refused = {place for place, _ in own}
        own += _of_terms({name: value for name, value in sound.items() if (name,) not in refused}, terms)
        yield from (((*at, *place), message) for place, message in own)
        if not wrong and not own:
            first = seen.setdefault(key(_known(entry)), number)
            if first != number:
                yield at, _repeated(first, source)


def _repeated(first: int, source: OwnFile) -> str:
    line = source.pointers.locate_key(f"/waivers/{first}").line
    return (
        f"{first + 1}番目の免除（{line}行目）と同じ指摘についてのものです。どちらかを消してください。"
        "同じ箇所に同じ指摘がいくつもあるときは、一つにまとめて count を増やします。"
    )


def key(known: KnownFinding) -> object:
    """By what two entries name the same thing with the same value."""
    item = (known.section, known.number, known.title, known.field, known.subject)
    return known.rule, report_of(known), item, known.value_fingerprint


def _of_texts(entry: Entry) -> Iterator[tuple[At, str]]:
    for name in _TEXTS:
        if name in entry and not entry[name].strip():
            yield (name,), f"「{name}」が空白だけです。{_described(name)}"


def _of_place(entry: Entry) -> Iterator[tuple[At, str]]:
    tells = [name for name in ("department", "fiscal_year") if name in entry]
    if "path" in entry and len(tells) > 1:
        yield (
            ("path",),
            "「department」と「fiscal_year」があるときは「path」を書きません。報告は部と年度で見分けるので、"
            "ファイルの名前が変わっても免除は効きます。「path」の行を消してください。",
        )
    if "path" not in entry and len(tells) == 1:
        wanted = "「fiscal_year」（年度）" if tells[0] == "department" else "「department」（部）"
        yield (
            (),
            f"{wanted}がありません。どの報告の免除かが分かるように書いてください。"
            "報告に書かれていなければ、代わりに「path」（ファイル）を書きます。",
        )
    if "path" not in entry and not tells:
        yield (
            (),
            "どの報告の免除かが分かりません。「department」（部）と「fiscal_year」（年度）を書いてください。"
            "報告にどちらも書かれていなければ、代わりに「path」（ファイル）を書きます。",
        )
    if tells and "report_kind" not in entry:
        yield (), f"「report_kind」（報告の種類）がありません。{_described('report_kind')}"
    items = [name for name in _OF_ITEM if name in entry]
    if "subject" in entry and items:
        yield (
            ("subject",),
            f"「subject」は報告の全体についての指摘に書くもので、「{items[0]}」と一緒には書けません。"
            "どちらかを消してください。",
        )


def _of_days(entry: Entry) -> Iterator[tuple[At, str]]:
    for name in _DAYS:
        try:
            dt.date.fromisoformat(entry.get(name, "2000-01-01"))
        except ValueError:
            yield (name,), f"「{name}」の {entry[name]} という日はありません。月と日を確かめてください。"


def _of_terms(entry: Entry, terms: Terms) -> Iterator[tuple[At, str]]:
    if "rule" not in entry:
        return
    rule = entry["rule"]
    is_dated = all(name in entry for name in _DAYS)
    approved_on = dt.date.fromisoformat(entry["approved_on"]) if is_dated else dt.date.min
    waiver = Waiver(
        entry.get("reason", ""),
        entry.get("requested_by"),
        entry.get("approved_by"),
        entry["until"] if is_dated else None,
    )
    for found in refusals(waiver, approved_on, terms.get(rule), rule, approved_on):
        is_unknown = found.key == "rule" and rule not in terms
        close = get_close_matches(rule, terms, n=1, cutoff=0.5) if is_unknown else ()
        advice = f"{close[0]} のことでしょうか。" if close else ""
        yield (found.key,), f"{found.message}。{advice}"


def _described(name: str) -> str:
    node = _schema()["$defs"]["waiver"]["properties"][name]
    return str(node["description"])
