"""Profiles: what one city's form calls things, read from rules/profiles/*.yaml."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from jisseki_check.model import Severity
from jisseki_check.profile_data import ProfileError as ProfileError
from jisseki_check.profile_data import merged, read_data, refuse_broken
from jisseki_check.resources import folder
from jisseki_check.trees import Tree, tree_of, with_usual_parts
from jisseki_check.wordlists import Spelling

DEFAULT = "hirakata"
LABELLED, JSON_TREE = "labelled-blocks", "json-tree"
_WORDS = "# 判定に使う言葉"
_RULES = "# 規則ごとの設定"


@dataclass(frozen=True, slots=True)
class ItemKind:
    """How one kind of item begins ("parenthesis", "table", "bullet", "heading") and which fields it needs."""

    name: str
    title: str
    opens: str
    required: tuple[str, ...]
    header: tuple[str, ...] = ()
    sign: str = ""
    numbering: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A sub-heading of a section."""

    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of the form. `plan` names the field in which a bullet's plan stands; an
    `optional` section is not missed."""

    number: int
    title: str
    kind: str | None
    groups: tuple[Group, ...]
    plan: str | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark of achievement; `in_form`: the city's published reports use it; `least_percent`: the rate of
    achievement from which on it is given, None where the city has set none."""

    sign: str
    meaning: str
    in_form: bool
    least_percent: Fraction | None = None


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What a profile changes of a rule."""

    enabled: bool = True
    level: Severity | None = None
    params: Mapping[str, float | str | bool] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The headings of a list's columns, by what stands below them: the profile's `own`, and the `usual`
    ones of all offices, which give way to them. `units`: what the amounts below a heading count."""

    own: Mapping[str, tuple[str, ...]]
    usual: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """By what a form shows itself: fiscal years (first and last), words at the end of the title for what
    kind of document it is, and headings. In a heading 〔年度〕 stands for any fiscal year. `marked`: the
    form gives marks. `tree`: that of a form of JSON trees, which shows itself by nothing else."""

    profile: str
    title: str
    years: tuple[int, int] | None
    kinds: Mapping[str, tuple[str, ...]]
    headings: tuple[str, ...]
    marked: bool
    tree: Tree | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """One form. Lists of labels begin with the form's own spelling.

    `also`: labels that the form uses besides, for the same field. `dated`: fields whose labels carry the
    year (平成28年度の取り組み). `parts`: headings of text that belongs to no item (部長の方針・考え方).
    `marked`: whether the form gives marks. `columns`: how many stand side by side on its pages. `roman`:
    its sections are numbered Ⅰ, Ⅱ. `tree`: how the form's JSON is mapped, where that is what it is.
    `select`: the rules of the form, by codes or how these begin; None for all.
    """

    name: str
    title: str
    municipality: str | None
    layout: str
    report_kinds: Mapping[str, tuple[str, ...]]
    composition: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    also: Mapping[str, tuple[str, ...]]
    dated: tuple[str, ...]
    parts: tuple[str, ...]
    marked: bool
    columns: int
    roman: bool
    item_kinds: Mapping[str, ItemKind]
    sections: tuple[Section, ...]
    unit: str
    form_stages: tuple[str, ...]
    carried_out_sign: int
    stages: Mapping[str, tuple[str, ...]]
    listing: Listing
    brackets: tuple[str, ...]
    signs: tuple[Sign, ...]
    not_evaluated: tuple[str, ...]
    legend: str | None
    words: Mapping[str, tuple[str, ...]]
    spellings: tuple[Spelling, ...]
    informal: tuple[Spelling, ...]
    rules: Mapping[str, RuleSetting]
    tree: Tree | None = None
    select: tuple[str, ...] | None = None

    def uses(self, code: str) -> bool:
        """Whether a rule is one of the form's, and not switched off."""
        setting = self.rules.get(code)
        is_chosen = self.select is None or code.startswith(self.select)
        return is_chosen and (setting is None or setting.enabled)

    @property
    def mark_signs(self) -> tuple[str, ...]:
        """All signs that may stand, best first, the not-evaluated ones last."""
        return tuple(sign.sign for sign in self.signs) + self.not_evaluated

    @property
    def has_thresholds(self) -> bool:
        """Whether rates of achievement decide the marks."""
        return any(sign.least_percent is not None for sign in self.signs)

    def rank_of(self, percent: Fraction) -> int | None:
        """The rank (1: the top) of the mark that a rate of achievement earns; None below all thresholds."""
        reached = (
            rank
            for rank, sign in enumerate(self.signs, start=1)
            if sign.least_percent is not None and percent >= sign.least_percent
        )
        return next(reached, None)


def load(name_or_path: str) -> Profile:
    """The profile of that name in rules/profiles, or in that file.

    Raises ProfileError when there is none or it breaks schemas/profile.schema.json.
    """
    path = Path(name_or_path)
    if path.suffix not in {".yaml", ".yml"}:
        path = _own() / f"{name_or_path}.yaml"
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeError):
        known = "、".join(names())
        raise ProfileError(f"様式設定「{name_or_path}」が見つかりません。使えるもの: {known}") from None
    stored = _store().get(sha256(content).hexdigest())
    return parse(text, source=name_or_path) if stored is None else _profile(whole(stored, name_or_path))


def names() -> list[str]:
    """Those of our own profiles."""
    return sorted(path.stem for path in _own().glob("*.yaml"))


def titles() -> dict[str, str]:
    """The names of our own forms, and what they are the forms of."""
    return {data["name"]: data["title"] for data in _store().values()}


def evidence() -> Iterator[Evidence]:
    """By what each of our own forms is recognised, in the order of their names."""
    store = _store()
    for path in sorted(_own().glob("*.yaml")):
        content = path.read_bytes()
        data = store.get(sha256(content).hexdigest()) or read_data(content.decode("utf-8-sig"), path.name)
        told = data.get("recognition", {})
        if not told and "tree" not in data:
            continue
        years = told.get("years")
        yield Evidence(
            profile=data["name"],
            title=data["title"],
            years=(years[0], years[1]) if years else None,
            kinds=_lists(data.get("report_kinds") or whole(data, path.name)["report_kinds"]),
            headings=tuple(told.get("headings", ())),
            marked=data.get("marked", True),
            tree=tree_of(data["tree"], data["amounts"]["unit"]) if "tree" in data else None,
        )


def _own() -> Path:
    return folder("rules") / "profiles"


def _store() -> Mapping[str, Any]:
    """Profiles as profiles.json keeps them, parsed and judged, by the digest of their files."""
    try:
        stored: Mapping[str, Any] = json.loads((_own() / "profiles.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return stored


def stored_profiles() -> str:
    """What rules/profiles/profiles.json must hold: each profile's data, by the digest of its file."""
    stored: dict[str, Any] = {}
    for path in sorted(_own().glob("*.yaml")):
        content = path.read_bytes()
        data = stored[sha256(content).hexdigest()] = read_data(content.decode(), path.name)
        refuse_broken(whole(data, path.name), path.name)
    return json.dumps(stored, ensure_ascii=False, indent=1) + "\n"


def beginning(name: str = "my-city", layout: str = LABELLED) -> str:
    """The text of a profile to begin with, each part explained; the words of one of documents are the usual
    profile's."""
    file = "profile" if layout == LABELLED else layout
    form = (_own() / "new" / f"{file}.yaml").read_text(encoding="utf-8")
    if layout != LABELLED:
        return form.replace("name: NAME\n", f"name: {name}\n")
    usual = (_own() / f"{DEFAULT}.yaml").read_text(encoding="utf-8")
    words = usual[usual.index(_WORDS) : usual.index(_RULES)].rstrip()
    return form.replace("name: NAME\n", f"name: {name}\n") + f"{words}\n"


def parse(text: str, source: str) -> Profile:
    """A profile from YAML text. Raises ProfileError."""
    data = whole(read_data(text, source), source)
    refuse_broken(data, source)
    return _profile(data)


def whole(data: Mapping[str, Any], source: str) -> Mapping[str, Any]:
    """The profile with what it takes over from the one that it extends; its lists replace that one's."""
    base = data.get("extends")
    if base is None:
        return data
    if not (_own() / f"{base}.yaml").is_file():
        raise ProfileError(f"様式設定「{source}」の extends にある「{base}」が見つかりません。")
    taken = _taken(base)
    if "extends" in taken:
        raise ProfileError(
            f"様式設定「{source}」の extends にある「{base}」は、それ自身がほかの様式設定を引き継いでいます。"
        )
    # The usual headings of lists hold beside a profile's own, and are not replaced by them.
    left = {"recognition", "list"} if base == DEFAULT else {"recognition"}
    return merged({key: value for key, value in taken.items() if key not in left}, data)


def _taken(name: str) -> Mapping[str, Any]:
    """The data of one of our own profiles' files."""
    content = (_own() / f"{name}.yaml").read_bytes()
    stored: Mapping[str, Any] | None = _store().get(sha256(content).hexdigest())
    return stored or read_data(content.decode("utf-8-sig"), name)


def _profile(data: Mapping[str, Any]) -> Profile:
    tree = tree_of(data["tree"], data["amounts"]["unit"]) if data["layout"] == JSON_TREE else None
    data = data if tree is None else with_usual_parts(data)
    amounts, marks = data["amounts"], data["marks"]
    return Profile(
        name=data["name"],
        title=data["title"],
        municipality=data.get("municipality"),
        layout=data["layout"],
        report_kinds=_lists(data["report_kinds"]),
        composition=tuple(data["composition"]),
        fields=_lists(data["fields"]),
        also=_lists(data.get("also", {})),
        dated=tuple(data.get("dated", ())),
        parts=tuple(data.get("parts", ())),
        marked=data.get("marked", True),
        columns=data.get("columns", 1),
        roman=data.get("section_numerals") == "roman",
        item_kinds={
            name: ItemKind(
                name=name,
                title=kind["title"],
                opens=kind.get("opens", ""),
                required=tuple(kind["required"]),
                header=tuple(kind.get("header", ())),
                sign=kind.get("sign", ""),
                numbering=kind.get("numbering"),
            )
            for name, kind in data["item_kinds"].items()
        },
        sections=tuple(
            Section(
                number=section["number"],
                title=section["title"],
                kind=section.get("kind"),
                groups=tuple(Group(g["title"], g["kind"]) for g in section.get("groups", ())),
                plan=section.get("plan"),
                optional=section.get("optional", False),
            )
            for section in data["sections"]
        ),
        unit=amounts["unit"],
        form_stages=tuple(amounts["form"]),
        carried_out_sign=-1 if amounts["carried_out"] == "positive" else 1,
        stages=_lists(amounts["stages"]),
        listing=_listing(data),
        brackets=tuple(marks["brackets"]),
        signs=tuple(
            Sign(s["sign"], s["meaning"], s["in_form"], _percent(s.get("least_percent")))
            for s in marks["signs"]
        ),
        not_evaluated=tuple(marks["not_evaluated"]),
        legend=marks["legend"],
        words=_lists(data["words"]),
        spellings=tuple(map(Spelling.of, data.get("spellings", ()))),
        informal=tuple(map(Spelling.of, data.get("informal", ()))),
        rules={
            code: RuleSetting(
                enabled=setting.get("enabled", True),
                level=Severity(setting["level"]) if "level" in setting else None,
                params=setting.get("params"),
            )
            for code, setting in data.get("rules", {}).items()
        },
        tree=tree,
        select=tuple(data["select"]) if "select" in data else None,
    )


def _listing(data: Mapping[str, Any]) -> Listing:
    is_usual = data["name"] == DEFAULT
    usual = data.get("list", {}) if is_usual else _taken(DEFAULT).get("list", {})
    own = {} if is_usual else data.get("list", {})
    return Listing(
        own=_lists(own.get("columns", {})),
        usual=_lists(usual.get("columns", {})),
        units=own.get("units", {}),
    )


def _percent(written: float | None) -> Fraction | None:
    """Exactly the decimal number that was written."""
    return None if written is None else Fraction(str(written))


def _lists(mapping: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in mapping.items()}
