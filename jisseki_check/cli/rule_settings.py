"""What settings say of rules, held against the rules and the profiles that there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from jisseki_check.cli.errors import CommandError, nearest
from jisseki_check.cli.rulebook import require_known
from jisseki_check.selection import Layer
from jisseki_check.settings import Settings, SettingsError, SettingsFile

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry
    from jisseki_check.profiles import Profile
    from jisseki_check.settings.strictness import Graded

_OF_RUN = frozenset({"reader", "engine"})


def require_sound(settings: Settings, rules: Sequence[Entry], named: str | None) -> None:
    """Raises CommandError for codes and profiles that are not there, for levels that nobody may change, and
    for a file that is looser than the one that it extends. `named`: the profile of the command line."""
    for where, layer in _layers(settings.files):
        _require_codes(where, layer, rules)
    graded = any(layer.levels.by_profile for _, layer in _layers(settings.files))
    extends = len(settings.files) > 1
    if not (graded or extends):
        return
    profiles = _profiles(settings, named)
    for where, layer in _layers(settings.files):
        _require_profiles(where, layer, profiles)
    if extends:
        _require_stricter(settings.files, rules, profiles)


def _layers(files: Sequence[SettingsFile]) -> Iterator[tuple[str, Layer]]:
    """What each place says of rules, and how to name that place."""
    for file in files:
        yield f"{file.path}: ", file.layer
        for number, entry in enumerate(file.entries, start=1):
            yield f"{file.path}: per-path（{number}番目）の ", entry.layer


def _require_codes(where: str, layer: Layer, rules: Sequence[Entry]) -> None:
    for key, codes in (
        ("select", layer.select),
        ("ignore", layer.ignore),
        ("extend-select", layer.extend_select),
        ("levels", layer.levels.codes()),
    ):
        require_known(rules, codes, f"{where}{key}")
    for code in layer.levels.codes():
        if all(_is_fixed(rule) for rule in rules if rule["id"].startswith(code)):
            raise CommandError(
                f"{where}levels: 「{code}」は、読み取りや点検ができなかったことを知らせる規則です。"
                "段階は変えられません。この行を消してください。"
            )


def _is_fixed(rule: Entry) -> bool:
    """Whether the rule tells that something was not judged: that is always an error."""
    return rule.get("judged_by") in _OF_RUN and rule["level"] == "error"


def _require_profiles(where: str, layer: Layer, profiles: Mapping[str, Profile]) -> None:
    for name, _ in layer.levels.by_profile:
        if name not in profiles:
            raise CommandError(
                f"{where}levels: 「{name}」という様式設定はありません。{nearest(name, profiles)}"
                "自分の様式設定は、設定の「profile」か --profile でファイルを指定すると使えます。"
            )


def _profiles(settings: Settings, named: str | None) -> dict[str, Profile]:
    """All profiles by which this project may read a file, by their names. Raises CommandError."""
    from jisseki_check.profiles import ProfileError, load, names  # only levels by profile need them

    entries = [entry.profile for entry in settings.selection.entries]
    try:
        loaded = [load(each) for each in (*names(), *entries, settings.profile, named) if each]
    except ProfileError as error:
        raise CommandError(str(error)) from None
    return {profile.name: profile for profile in loaded}


def _require_stricter(
    files: Sequence[SettingsFile], rules: Sequence[Entry], profiles: Mapping[str, Profile]
) -> None:
    from jisseki_check.settings.strictness import require_stricter_rules

    try:
        require_stricter_rules(files, list(_graded(rules, profiles)))
    except SettingsError as error:
        raise CommandError(error.message) from None


def _graded(rules: Sequence[Entry], profiles: Mapping[str, Profile]) -> Iterator[Graded]:
    from jisseki_check.settings.strictness import Graded

    for rule in rules:
        if _is_fixed(rule):
            continue
        for name, profile in profiles.items():
            setting = profile.rules.get(rule["id"])
            level = setting.level.value if setting and setting.level else rule["level"]
            yield Graded(rule["id"], name, level)
