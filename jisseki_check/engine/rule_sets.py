"""The rules as each form has them: chosen by the command, adjusted by the profile, compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jisseki_check.engine.conditions import Condition, adjust, compile_condition
from jisseki_check.model import Rule
from jisseki_check.notation import morphemes
from jisseki_check.profiles import Profile


@dataclass(frozen=True, slots=True)
class Choice:
    """Codes, or how codes begin, that the command or the settings name."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One form's rules, by code, and the conditions of those that judge facts; `unable`: those that need an
    analysis of words which is not installed."""

    profile: Profile
    rules: Mapping[str, Rule]
    conditions: tuple[Condition, ...]
    unable: tuple[Condition, ...]

    @property
    def judges(self) -> bool:
        """Whether any rule of the report itself, and not only of its reading, is left."""
        return any(rule.judged_by in {"facts", "schema"} for rule in self.rules.values())


class RuleSets:
    """The rule sets of a run, made when a report of their form comes."""

    def __init__(self, rules: Sequence[Rule], choice: Choice) -> None:
        self._rules = rules
        self._choice = choice
        self._compiled: dict[str, Condition] = {}
        self._sets: dict[str, RuleSet] = {}

    def of(self, profile: Profile) -> RuleSet:
        """The rules as that profile has them. Raises CatalogueError."""
        if profile.name not in self._sets:
            adjusted = [(rule, adjust(rule, profile)) for rule in self._rules if self._is_on(rule, profile)]
            held = [self._condition(rule, own) for rule, own in adjusted if own.judged_by == "facts"]
            unable = [each for each in held if each.table.by_words and not morphemes.is_installed()]
            self._sets[profile.name] = RuleSet(
                profile,
                rules={own.id: own for _, own in adjusted},
                conditions=tuple(each for each in held if each not in unable),
                unable=tuple(unable),
            )
        return self._sets[profile.name]

    def _is_on(self, rule: Rule, profile: Profile) -> bool:
        """What is said of a file that cannot be read is never switched off."""
        if rule.judged_by in {"reader", "engine"}:
            return True
        choice, setting = self._choice, profile.rules.get(rule.id)
        if setting is not None and not setting.enabled and not _names(choice.extend_select, rule.id):
            return False
        wanted = (*choice.select, *choice.extend_select) if choice.select else ("",)
        return _names(wanted, rule.id) and not _names(choice.ignore, rule.id)

    def _condition(self, rule: Rule, own: Rule) -> Condition:
        """Forms share the conditions of a rule that none of them changes."""
        if own is not rule:
            return compile_condition(own)
        if rule.id not in self._compiled:
            self._compiled[rule.id] = compile_condition(rule)
        return self._compiled[rule.id]


def _names(codes: tuple[str, ...], code: str) -> bool:
    return bool(codes) and code.startswith(codes)
