"""A file that extends another may only be stricter, unless the other one allows more by name.

Each file is held against all that it extends, taken together. What becomes of each rule is looked at, so
that it does not matter how codes are written; and whatever files the entries for paths may take in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.selection import LEVELS, State, settled
from jisseki_check.settings.files import SettingsFile
from jisseki_check.settings.keys import FAIL_ON, SettingsError
from jisseki_check.settings.settled import Settings, merged

_LISTED = 3
_LEVEL_NAMES = {"error": "誤り", "warning": "確認", "info": "参考"}


@dataclass(frozen=True, slots=True)
class Graded:
    """A rule, and its level in a profile."""

    code: str
    profile: str
    level: str


@dataclass(frozen=True, slots=True)
class _Breach:
    """A key of a file that makes it looser than what it extends; `how`, in words. `entry`: the number, from
    0, of the entry for paths in which it stands."""

    key: str
    how: str
    entry: int | None = None


def require_stricter(files: Sequence[SettingsFile]) -> None:
    """Raises SettingsError for words, numbers and permissions that are looser than what the file extends."""
    _each(files, _looser_values)


def require_stricter_rules(files: Sequence[SettingsFile], rules: Iterable[Graded]) -> None:
    """Raises SettingsError for a file by which a rule is not used, or graded lower, where those that it
    extends use it, or grade it higher."""
    held = list(rules)
    _each(files, lambda base, own: _looser_rules(base, own, held))


def _each(
    files: Sequence[SettingsFile],
    find: Callable[[Sequence[SettingsFile], SettingsFile], Iterable[_Breach]],
) -> None:
    for number in range(1, len(files)):
        base, own = files[:number], files[number]
        allowed = _allowed(base)
        breaches = {each.key: each for each in find(base, own) if each.key not in allowed}
        if breaches:
            raise SettingsError("\n".join(_message(each, base, own) for each in breaches.values()))


def _allowed(files: Sequence[SettingsFile]) -> tuple[str, ...]:
    """The keys that a file which extends these may loosen: the nearest one's word holds."""
    return next((file.allows for file in reversed(files) if file.allows is not None), ())


def _message(breach: _Breach, base: Sequence[SettingsFile], own: SettingsFile) -> str:
    from jisseki_check.settings.lines import line_of  # only a mistake has to pay

    place = () if breach.entry is None else ("per-path", breach.entry)
    line = line_of(own.path, *place, breach.key)
    where = f"{own.path}（{line}行目）" if line else own.path
    city = base[-1].path
    if breach.key == "allow-looser":
        todo = "「allow-looser」から消してください。"
    else:
        todo = (
            f"「{breach.key}」を直すか消してください。緩める必要があれば、{city} を管理する担当に、"
            f'allow-looser = ["{breach.key}"] と書いてもらってください。'
        )
    return f"{where}: 「{breach.key}」が、引き継いだ {city} より緩くなっています（{breach.how}）。{todo}"


# --- words, numbers, permissions -------------------------------------------------------------------


def _looser_values(base: Sequence[SettingsFile], own: SettingsFile) -> Iterator[_Breach]:
    city = merged(base)
    yield from _looser_limits(city, own)
    yield from _other_words(city, own)
    wanted = own.words.get("fail-on")
    least = city.fail_on or "error"
    if wanted is not None and FAIL_ON.index(wanted) > FAIL_ON.index(least):
        yield _Breach("fail-on", f"{least} を {wanted} にしています")
    profiles = {city.profile} | {each.profile for each in city.selection.entries if each.profile is not None}
    for number, entry in enumerate(own.entries):
        if entry.profile is not None and {_same(each) for each in profiles} != {_same(entry.profile)}:
            yield _Breach("profile", f"per-path で「{_shown(entry.profile)}」を使うようにしています", number)
    more = sorted(set(own.allows or ()) - set(_allowed(base)))
    if more:
        yield _Breach("allow-looser", f"許されていない「{more[0]}」を許しています")


def _looser_limits(city: Settings, own: SettingsFile) -> Iterator[_Breach]:
    for key, number in own.numbers.items():
        name = key.replace("-", "_")
        most: int = getattr(city, name) or getattr(DEFAULT_LIMITS, name)
        if number > most:
            yield _Breach(key, f"上限 {most:,} を {number:,} にしています")


def _other_words(city: Settings, own: SettingsFile) -> Iterator[_Breach]:
    """Another form, other rules, other exceptions, other reports that must be there than the city's. Rules
    and reports where the city has none only add."""
    for key in ("profile", "rules", "waivers", "baseline", "expect"):
        held: str | None = getattr(city, key)
        wanted = own.words.get(key)
        if wanted is None or _same(wanted) == _same(held) or (key in {"rules", "expect"} and held is None):
            continue
        yield _Breach(
            key,
            f"「{_shown(held)}」の代わりに「{_shown(wanted)}」を使うようにしています"
            if held
            else f"引き継いだ設定にない「{_shown(wanted)}」は使えません",
        )


def _same(named: str | None) -> str | None:
    """What is the same for two names of one file."""
    return named if named is None or not os.path.isabs(named) else os.path.realpath(named)


def _shown(named: str) -> str:
    return os.path.basename(named)


# --- rules -----------------------------------------------------------------------------------------


def _looser_rules(
    base: Sequence[SettingsFile], own: SettingsFile, rules: Iterable[Graded]
) -> Iterator[_Breach]:
    worse: dict[str, list[_Breach]] = {}
    for rule in rules:
        for breach in _steps(base, own, rule):
            worse.setdefault(breach.key, []).append(breach)
    for key, breaches in worse.items():
        said = list(dict.fromkeys(each.how for each in breaches))
        rest = f" など{len(said)}件" if len(said) > _LISTED else ""
        yield _Breach(key, "、".join(said[:_LISTED]) + rest, breaches[0].entry)


def _steps(base: Sequence[SettingsFile], own: SettingsFile, rule: Graded) -> Iterator[_Breach]:
    """What a file loosens of one rule, for files of any paths.

    The rule is followed as the base leaves it and as both do, side by side, through all entries for paths:
    each may hold for a file or not.
    """
    before = settled((file.layer for file in base), rule.code, rule.profile, rule.level)
    pairs = {(before, before.after(own.layer, rule.code, rule.profile))}
    for entry in (entry for file in base for entry in file.entries):
        pairs |= {
            (
                before.after(entry.layer, rule.code, rule.profile),
                after.after(entry.layer, rule.code, rule.profile),
            )
            for before, after in pairs
        }
    yield from _loosened(pairs, rule, None)
    for number, entry in enumerate(own.entries):
        pairs |= {(before, after.after(entry.layer, rule.code, rule.profile)) for before, after in pairs}
        yield from _loosened(pairs, rule, number)


def _loosened(pairs: Iterable[tuple[State, State]], rule: Graded, entry: int | None) -> Iterator[_Breach]:
    for before, after in sorted(pairs, key=repr):  # in whatever order a set has them
        if not before.is_on():
            continue
        if after.ignored:
            yield _Breach("ignore", f"{rule.code} を使わない", entry)
        if not (after.selected or after.extended):
            yield _Breach("select", f"{rule.code} を使わない", entry)
        if LEVELS.index(after.level) < LEVELS.index(before.level):
            lowered = f"{_graded(before.level)}から {_graded(after.level)}に下げています"
            yield _Breach("levels", f"{rule.code} を {lowered}", entry)


def _graded(level: str) -> str:
    return f"{level}（{_LEVEL_NAMES[level]}）"
