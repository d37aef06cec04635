"""Profiles: what one city's form calls things, read from rules/profiles/*.yaml."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from jisseki_check.model import Severity
from jisseki_check.resources import folder


class ProfileError(Exception):
    """A profile that is not there, or that says something it must not; the message is for people."""


@dataclass(frozen=True, slots=True)
class ItemKind:
    """How one kind of item begins ("parenthesis", "table", "bullet") and which fields it needs."""

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
    """A numbered section of the form. `plan` names the field in which a bullet's plan stands."""

    number: int
    title: str
    kind: str | None
    groups: tuple[Group, ...]
    plan: str | None


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark of achievement; `in_form`: the city's published reports use it."""

    sign: str
    meaning: str
    in_form: bool


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What a profile changes of a rule."""

    enabled: bool = True
    level: Severity | None = None
    params: Mapping[str, float | str | bool] | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """One form. Lists of labels begin with the form's own spelling."""

    name: str
    title: str
    municipality: str | None
    layout: str
    report_kinds: Mapping[str, tuple[str, ...]]
    composition: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    item_kinds: Mapping[str, ItemKind]
    sections: tuple[Section, ...]
    unit: str
    form_stages: tuple[str, ...]
    carried_out_sign: int
    stages: Mapping[str, tuple[str, ...]]
    brackets: tuple[str, ...]
    signs: tuple[Sign, ...]
    not_evaluated: tuple[str, ...]
    legend: str | None
    words: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, RuleSetting]

    @property
    def mark_signs(self) -> tuple[str, ...]:
        """All signs that may stand, best first, the not-evaluated ones last."""
        return tuple(sign.sign for sign in self.signs) + self.not_evaluated


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
        known = "、".join(sorted(p.stem for p in _own().glob("*.yaml")))
        raise ProfileError(f"様式設定「{name_or_path}」が見つかりません。使えるもの: {known}") from None
    stored = _stored(content)
    return parse(text, source=name_or_path) if stored is None else _profile(stored)


def _own() -> Path:
    return folder("rules") / "profiles"


def _stored(content: bytes) -> Mapping[str, Any] | None:
    """The profile as profiles.json keeps it, parsed and judged, as long as its file is the same."""
    try:
        stored: Mapping[str, Any] = json.loads((_own() / "profiles.json").read_bytes())
    except (OSError, ValueError):
        return None
    return stored.get(sha256(content).hexdigest())


def stored_profiles() -> str:
    """What rules/profiles/profiles.json must hold: each profile's data, by the digest of its file."""
    contents = [path.read_bytes() for path in sorted(_own().glob("*.yaml"))]
    stored = {sha256(content).hexdigest(): _data(content.decode(), "") for content in contents}
    return json.dumps(stored, ensure_ascii=False, indent=1) + "\n"


def parse(text: str, source: str) -> Profile:
    """A profile from YAML text. Raises ProfileError."""
    return _profile(_data(text, source))


def _data(text: str, source: str) -> Mapping[str, Any]:
    import yaml  # only for a profile that is not stored

    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"（{mark.line + 1}行目）" if mark else ""
        raise ProfileError(f"様式設定「{source}」をYAMLとして読めません{where}。") from None
    _refuse_broken(data, source)
    return cast(Mapping[str, Any], data)


def _refuse_broken(data: object, source: str) -> None:
    import jsonschema_rs  # only for a profile that is not stored

    schema = json.loads((folder("schemas") / "profile.schema.json").read_text(encoding="utf-8"))
    errors = list(jsonschema_rs.Draft202012Validator(schema).iter_errors(data))
    if errors:
        path = [str(part) for part in errors[0].instance_path]
        if errors[0].kind.name == "required":
            path.append(errors[0].kind.value)
            raise ProfileError(f"様式設定「{source}」に /{'/'.join(path)} がありません。")
        raise ProfileError(
            f"様式設定「{source}」の /{'/'.join(path)} が決まりに合いません: {errors[0].message}"
        )


def _profile(data: Mapping[str, Any]) -> Profile:
    amounts, marks = data["amounts"], data["marks"]
    return Profile(
        name=data["name"],
        title=data["title"],
        municipality=data.get("municipality"),
        layout=data["layout"],
        report_kinds=_lists(data["report_kinds"]),
        composition=tuple(data["composition"]),
        fields=_lists(data["fields"]),
        item_kinds={
            name: ItemKind(
                name=name,
                title=kind["title"],
                opens=kind["opens"],
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
            )
            for section in data["sections"]
        ),
        unit=amounts["unit"],
        form_stages=tuple(amounts["form"]),
        carried_out_sign=-1 if amounts["carried_out"] == "positive" else 1,
        stages=_lists(amounts["stages"]),
        brackets=tuple(marks["brackets"]),
        signs=tuple(Sign(s["sign"], s["meaning"], s["in_form"]) for s in marks["signs"]),
        not_evaluated=tuple(marks["not_evaluated"]),
        legend=marks["legend"],
        words=_lists(data["words"]),
        rules={
            code: RuleSetting(
                enabled=setting.get("enabled", True),
                level=Severity(setting["level"]) if "level" in setting else None,
                params=setting.get("params"),
            )
            for code, setting in data.get("rules", {}).items()
        },
    )


def _lists(mapping: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in mapping.items()}
