"""The data of a profile's file: read, merged with those that it extends, and judged by the schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from jisseki_check.resources import folder


class ProfileError(Exception):
    """A profile that is not there, or that says something it must not; the message is for people."""


def merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A profile's data with those of the one that it extends; its lists replace that one's."""
    held = dict(base)
    for key, value in own.items():
        if key == "extends":
            continue
        taken = held.get(key)
        both = isinstance(taken, dict) and isinstance(value, dict)
        held[key] = merged(cast(Mapping[str, Any], taken), value) if both else value
    return held


def read_data(text: str, source: str) -> Mapping[str, Any]:
    """The data of a profile's own file, judged by the schema. Raises ProfileError."""
    import yaml  # only for a profile that is not stored

    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"（{mark.line + 1}行目）" if mark else ""
        raise ProfileError(f"様式設定「{source}」をYAMLとして読めません{where}。") from None
    refuse_broken(data, source)
    return cast(Mapping[str, Any], data)


def refuse_broken(data: object, source: str) -> None:
    """Raises ProfileError for data that break schemas/profile.schema.json, with the first place."""
    import jsonschema_rs  # only for a profile that is not stored

    schema = json.loads((folder("schemas") / "profile.schema.json").read_text(encoding="utf-8"))
    errors = list(jsonschema_rs.Draft202012Validator(schema).iter_errors(data))
    if errors:
        hint = f"直し方は「jisseki-check profile check {source}」で確かめられます。"
        path = [str(part) for part in errors[0].instance_path]
        if errors[0].kind.name == "required":
            path.append(errors[0].kind.value)
            raise ProfileError(f"様式設定「{source}」に /{'/'.join(path)} がありません。{hint}")
        if errors[0].kind.name == "additionalProperties":
            path.append(errors[0].kind.value[0])
        raise ProfileError(f"様式設定「{source}」の /{'/'.join(path)} が決まりに合いません。{hint}")
