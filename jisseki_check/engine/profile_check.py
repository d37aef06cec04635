"""What is wrong with a profile: its shape, and what no schema can see (labels in conflict, unknown rules)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from jisseki_check import profiles
from jisseki_check.catalogue import Entry
from jisseki_check.engine.own_files import At, Fault, Mistake, OwnFile, ambiguities, faults_of_shape, read
from jisseki_check.engine.profile_reading import unread_labels
from jisseki_check.notation.marks import read_mark
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.resources import folder

Data = Mapping[str, Any]

_KEPT = frozenset({"extra", "ignore"})  # a list's column may be kept out though its heading is a label


def check(path: Path, rules: Sequence[Entry]) -> list[Mistake]:
    """All mistakes of a profile's file, by line; `rules` are those that it may speak of."""
    held = read(path)
    if isinstance(held, Mistake):
        return [held]
    mistakes = map(held.mistake, _faults(held, path, rules))
    return sorted(mistakes, key=lambda mistake: (mistake.line, mistake.column))


def _faults(held: OwnFile, path: Path, rules: Sequence[Entry]) -> Iterator[Fault]:
    schema = json.loads((folder("schemas") / "profile.schema.json").read_text(encoding="utf-8"))
    shape = [*ambiguities(held.data, _usual(held.text)), *faults_of_shape(held.data, schema)]
    yield from shape
    if not isinstance(held.data, dict):
        return
    try:
        data = profiles.whole(held.data, held.path)
    except profiles.ProfileError as error:
        yield ("extends",), str(error)
        return
    broken = [at for at, _ in shape if at]
    deeper = [fault for needed, find in _CHECKS if _is_sound(data, needed, broken) for fault in find(data)]
    if isinstance(data.get("rules"), dict):
        settings = {code: held for code, held in data["rules"].items() if ("rules", code) not in broken}
        deeper += _rules(settings, rules)
    if _is_sound(data, (("select",),), broken):
        deeper += _select(data["select"], rules)
    yield from deeper
    if _is_sound(data, (("name",),), broken) and data["name"] != path.stem:
        yield (
            ("name",),
            f"「name」は「{data['name']}」ですが、ファイルの名前は「{path.name}」です。そろえてください。",
        )
    if not shape and not deeper and "tree" not in data:
        yield from unread_labels(profiles.parse(held.text, held.path))


def _usual(text: str) -> object:
    """The data as a run reads them."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _is_sound(data: Data, needed: tuple[At, ...], broken: Sequence[At]) -> bool:
    """Whether all that a check needs is there, and nothing in it is broken."""
    return all(_holds(data, at) for at in needed) and not any(
        other[: len(at)] == at or at[: len(other)] == other for at in needed for other in broken
    )


def _holds(data: object, at: At) -> bool:
    for part in at:
        if not isinstance(data, dict) or part not in data:
            return False
        data = data[str(part)]
    return True


# --- labels -------------------------------------------------------------------------------------


def _labels(data: Data) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every label with its place and what it stands for."""
    for group in ("fields", "also"):
        held = data.get(group)
        for field, labels in held.items() if isinstance(held, dict) else ():
            yield from (((group, field, n), label, f"{group} の {field}") for n, label in enumerate(labels))
    yield from ((("composition", n), label, "composition") for n, label in enumerate(data["composition"]))
    for stage, labels in data["amounts"]["stages"].items():
        yield from (
            (("amounts", "stages", stage, n), label, f"amounts の {stage}") for n, label in enumerate(labels)
        )


def _same_labels(data: Data) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for at, label, owner in _labels(data):
        before = first.setdefault(_plain(label), owner)
        if before != owner:
            yield (
                at,
                f"見出し「{label}」は {before} にもあり、見分けられません。一方だけに書いてください。",
            )


def _columns(data: Data) -> Iterator[Fault]:
    """Headings of lists that stand for two things: two columns, or a column and a label of the form."""
    labels: dict[str, str] = {}
    for at, label, owner in _labels(data):
        if at[0] != "composition":
            labels.setdefault(_plain(label), owner)
    seen: dict[str, str] = {}
    for field, headings in data["list"]["columns"].items():
        for place, heading in enumerate(headings):
            plain = _plain(heading)
            before = seen.setdefault(plain, field)
            owner = labels.get(plain, "")
            if before != field:
                other = before
            elif owner and field not in _KEPT and owner.rpartition(" ")[2] != field:
                other = owner
            else:
                continue
            yield (
                ("list", "columns", field, place),
                f"列の見出し「{heading}」は {other} にもあり、見分けられません。一方だけに書いてください。",
            )


def _units(data: Data) -> Iterator[Fault]:
    """Units of headings that no column has."""
    listed = data["list"]
    known = {_plain(word) for words in listed.get("columns", {}).values() for word in words}
    known |= {_plain(label) for at, label, _ in _labels(data) if at[0] == "amounts"}
    for heading in listed["units"]:
        if not {_plain(heading), _plain(heading.rpartition("/")[2])} & known:
            yield (
                ("list", "units", heading),
                f"単位を書いた見出し「{heading}」が、list の columns にも amounts の stages にもありません。",
            )


def _same_kinds_of_report(data: Data) -> Iterator[Fault]:
    held = {_plain(word) for word in data["report_kinds"].get("results", ())}
    for place, word in enumerate(data["report_kinds"].get("plan", ())):
        if _plain(word) in held:
            yield (
                ("report_kinds", "plan", place),
                f"「{word}」は results にもあります。一方だけに書いてください。",
            )


def _plain(label: str) -> str:
    return squeeze(fold(label))


# --- items and sections -------------------------------------------------------------------------


def _kinds(data: Data) -> Iterator[Fault]:
    if "tree" in data:
        return
    yield from _kinds_that_begin_alike(data["item_kinds"])
    for name, kind in data["item_kinds"].items():
        headed = {"title", "goal"} if kind["opens"] == "table" else {"title"}
        for field in kind["required"]:
            if field not in headed and not data["fields"].get(field):
                yield (
                    ("item_kinds", name, "required"),
                    f"必要な欄「{field}」の見出しが fields にありません。",
                )


def _kinds_that_begin_alike(kinds: Data) -> Iterator[Fault]:
    first: dict[object, str] = {}
    for name, kind in kinds.items():
        opens = kind["opens"]
        key = (opens, *map(_plain, kind.get("header", ()))) if opens == "table" else opens
        before = first.setdefault(key, name)
        if before != name:
            yield (
                ("item_kinds", name, "opens"),
                f"「{name}」の項目は、「{before}」と同じ始まり方（{opens}）なので見分けられません。"
                "一方の始まり方を変えるか、一つの種類にまとめてください。",
            )


def _sections(data: Data) -> Iterator[Fault]:
    known = list(data["item_kinds"])
    numbers: set[int] = set()
    titles: set[str] = set()
    for place, section in enumerate(data["sections"]):
        at = ("sections", place)
        if section["number"] in numbers:
            yield (*at, "number"), f"節の番号 {section['number']} が2回あります。"
        numbers.add(section["number"])
        yield from _headed(at, section, known, titles)
        for number, group in enumerate(section.get("groups", ())):
            yield from _headed((*at, "groups", number), group, known, titles)


def _headed(at: tuple[str | int, ...], heading: Data, known: list[str], titles: set[str]) -> Iterator[Fault]:
    title = _plain(heading["title"])
    if title in titles:
        yield (*at, "title"), f"見出し「{heading['title']}」が2回あります。"
    titles.add(title)
    kind = heading.get("kind")
    if kind is not None and kind not in known:
        yield (
            (*at, "kind"),
            f"項目の種類「{kind}」が item_kinds にありません。{_nearest(kind, known)}"
            f"書いてある種類は {'・'.join(known)} です。",
        )


# --- amounts and marks --------------------------------------------------------------------------


def _amounts(data: Data) -> Iterator[Fault]:
    for place, stage in enumerate(data["amounts"]["form"]):
        if stage not in data["amounts"]["stages"]:
            yield ("amounts", "form", place), f"「{stage}」の見出しが amounts の stages にありません。"


def _marks(data: Data) -> Iterator[Fault]:
    marks = data["marks"]
    written: list[tuple[At, str]] = [
        (("marks", "signs", n, "sign"), each["sign"]) for n, each in enumerate(marks["signs"])
    ]
    written += [(("marks", "not_evaluated", n), sign) for n, sign in enumerate(marks["not_evaluated"])]
    for place, (at, sign) in enumerate(written):
        others = [other for _, other in written[:place]]
        if sign in others:
            yield at, f"記号「{sign}」が2回あります。"
        elif (reading := read_mark(sign, others)).kind == "look-alike":
            yield (
                at,
                f"記号「{sign}」は「{reading.meant}」とよく似た別の文字です。見分けられる記号にしてください。",
            )


def _thresholds(data: Data) -> Iterator[Fault]:
    signs = data["marks"]["signs"]
    given = [(n, each["least_percent"]) for n, each in enumerate(signs) if "least_percent" in each]
    if not given:
        return
    without = [n for n, each in enumerate(signs) if "least_percent" not in each]
    if without:
        named = "".join(f"「{signs[n]['sign']}」" for n in without)
        yield ("marks", "signs", without[0]), f"記号{named}に達成率の基準（least_percent）がありません。"
    for (_, above), (place, below) in pairwise(given):
        if below >= above:
            yield (
                ("marks", "signs", place, "least_percent"),
                f"達成率の基準 {below:g} が、上の記号の {above:g} より小さくありません。"
                "達成の高い記号から順に、大きい基準から並べてください。",
            )
    place, lowest = given[-1]
    if place == len(signs) - 1 and lowest != 0:
        yield (
            ("marks", "signs", place, "least_percent"),
            f"一番下の記号の基準が {lowest:g} です。どの達成率にも記号が決まるよう、0 にしてください。",
        )


# --- trees ----------------------------------------------------------------------------------------


def _tree(data: Data) -> Iterator[Fault]:
    """Kinds and stages of which the profile says nothing, and rules that are none."""
    kinds, stages = list(data["item_kinds"]), data["amounts"]["stages"]
    for place, entry in enumerate(data["tree"]["items"]):
        at = ("tree", "items", place)
        if entry["kind"] not in kinds:
            yield (
                (*at, "kind"),
                f"項目の種類「{entry['kind']}」が item_kinds にありません。{_nearest(entry['kind'], kinds)}"
                f"書いてある種類は {'・'.join(kinds)} です。",
            )
        for field in data["item_kinds"].get(entry["kind"], {}).get("required", ()):
            if field not in entry:
                yield at, f"項目の種類「{entry['kind']}」に必要な欄「{field}」の道筋がありません。"
        for stage in entry.get("amounts", ()):
            if stage not in stages:
                yield (*at, "amounts", stage), f"「{stage}」の見出しが amounts の stages にありません。"


# --- rules --------------------------------------------------------------------------------------


def _rules(settings: Mapping[str, Any], rules: Sequence[Entry]) -> Iterator[Fault]:
    known = {rule["id"]: rule for rule in rules}
    for code, setting in settings.items():
        rule = known.get(code)
        if rule is None:
            yield ("rules", code), f"「{code}」という規則はありません。{_nearest(code, known)}"
            continue
        params = setting.get("params") if isinstance(setting, dict) else None
        for name, value in params.items() if isinstance(params, dict) else ():
            yield from _param(("rules", code, "params", name), rule, name, value)


def _select(codes: Sequence[str], rules: Sequence[Entry]) -> Iterator[Fault]:
    known = [rule["id"] for rule in rules]
    for place, code in enumerate(codes):
        if not any(each.startswith(code) for each in known):
            yield (
                ("select", place),
                f"「{code}」という規則も、「{code}」で始まる規則もありません。{_nearest(code, known)}",
            )


def _param(at: tuple[str, ...], rule: Entry, name: str, value: object) -> Iterator[Fault]:
    params = rule.get("params", {})
    if not params:
        yield at, f"規則 {rule['id']} に、変えられる値はありません。"
    elif name not in params:
        yield (
            at,
            f"規則 {rule['id']} に「{name}」という値はありません。{_nearest(name, params)}"
            f"変えられるのは {'・'.join(params)} です。",
        )
    elif _family(value) is not _family(params[name]):
        yield (
            at,
            f"「{name}」には、{params[name]} のような{_FAMILIES[_family(params[name])]}を書いてください。",
        )


_FAMILIES: dict[type, str] = {bool: "真偽値", float: "数", str: "文字列"}


def _family(value: object) -> type:
    return bool if isinstance(value, bool) else float if isinstance(value, (int, float)) else str


def _nearest(wrong: str, known: Iterable[str]) -> str:
    close = get_close_matches(wrong[:60], list(known), n=1, cutoff=0.5)
    return f"「{close[0]}」のことでしょうか。" if close else ""


_CHECKS: tuple[tuple[tuple[At, ...], Callable[[Data], Iterator[Fault]]], ...] = (
    ((("fields",), ("composition",), ("amounts", "stages")), _same_labels),
    ((("list", "columns"), ("fields",), ("composition",), ("amounts", "stages")), _columns),
    ((("list", "units"), ("fields",), ("composition",), ("amounts", "stages")), _units),
    ((("report_kinds",),), _same_kinds_of_report),
    ((("item_kinds",), ("fields",)), _kinds),
    ((("item_kinds",), ("sections",)), _sections),
    ((("amounts", "form"), ("amounts", "stages")), _amounts),
    ((("marks", "signs"), ("marks", "not_evaluated")), _marks),
    ((("marks", "signs"),), _thresholds),
    ((("tree", "items"), ("item_kinds",), ("amounts", "stages")), _tree),
)
"""What each check needs to be sound, and the check."""
