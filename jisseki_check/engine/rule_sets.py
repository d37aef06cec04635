"""The rules as each form has them: chosen by settings and command, adjusted by the profile, compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from jisseki_check.engine.conditions import Condition, adjust, compile_condition
from jisseki_check.engine.coverage import MISSING
from jisseki_check.facts.contracts import TABLES
from jisseki_check.model import Rule, Severity
from jisseki_check.notation import morphemes
from jisseki_check.profiles import Profile
from jisseki_check.selection import NOTHING, Layer, State, settled

_OF_RUN = frozenset({"reader", "engine"})
_ACROSS = frozenset(name for name, table in TABLES.items() if table.is_across)


@dataclass(frozen=True, eq=False)
class RuleSet:
    """The rules of one form and one choice, by code, and the conditions of those that judge facts; `unable`:
    those that need an analysis of words which is not installed; `across`: the rules that hold one report
    against another; `is_missing_chosen`: whether the rule is among the chosen that finds a report missing."""

    profile: Profile
    rules: Mapping[str, Rule]
    conditions: tuple[Condition, ...]
    unable: tuple[Condition, ...]
    across: tuple[Rule, ...] = ()
    is_missing_chosen: bool = False

    @cached_property
    def codes(self) -> frozenset[str]:
        """Of its rules."""
        return frozenset(self.rules)

    @property
    def judges(self) -> bool:
        """Whether any rule of the report itself, and not only of its reading, is left."""
        return any(rule.judged_by in {"facts", "schema"} for rule in self.rules.values())


class RuleSets:
    """The rule sets of a run, made when a report of their form and choice comes. `command`: what the command
    says of the rules; it goes before all that settings say."""

    def __init__(self, rules: Sequence[Rule], command: Layer = NOTHING) -> None:
        self._rules = rules
        self._command = command
        self._compiled: dict[tuple[str, int | None], Condition] = {}
        self._sets: dict[tuple[int, tuple[Layer, ...]], RuleSet] = {}

    def of(self, profile: Profile, layers: tuple[Layer, ...] = ()) -> RuleSet:
        """The rules as that profile has them and settings choose and grade them. Raises CatalogueError."""
        # Two forms may have one name: a profile is known by itself. The sets keep it alive.
        key = id(profile), layers
        if key not in self._sets:
            chosen = list(self._chosen(profile, layers))
            held = [self._condition(rule, own, profile) for rule, own in chosen if own.judged_by == "facts"]
            by_words = [each for each in held if each.table.by_words]
            unable = by_words if by_words and not morphemes.is_installed() else []
            self._sets[key] = RuleSet(
                profile,
                rules={own.id: own for _, own in chosen},
                conditions=tuple(each for each in held if not (each in unable or each.table.is_across)),
                unable=tuple(unable),
                across=tuple(each.rule for each in held if each.table.is_across),
                is_missing_chosen=self._is_on(self.missing, profile, layers),
            )
        return self._sets[key]

    @property
    def terms(self) -> dict[str, int]:
        """For how many days a finding of each rule, whether it is used or not, can be waived at most."""
        return {rule.id: rule.longest_waiver_days for rule in self._rules}

    @property
    def across(self) -> list[Rule]:
        """The rules that hold one report against another, whether they are used or not."""
        return [rule for rule in self._rules if rule.table in _ACROSS]

    @property
    def missing(self) -> Rule:
        """The rule that finds that a report is not there, whether it is used or not."""
        return next(rule for rule in self._rules if rule.id == MISSING)

    def _is_on(self, rule: Rule, profile: Profile, layers: tuple[Layer, ...]) -> bool:
        return self._state(rule, profile, layers).is_on(by_profile=profile.uses(rule.id))

    def _state(self, rule: Rule, profile: Profile, layers: tuple[Layer, ...]) -> State:
        setting = profile.rules.get(rule.id)
        own_level = (setting and setting.level) or rule.level
        return settled((*layers, self._command), rule.id, profile.name, own_level.value)

    def _chosen(self, profile: Profile, layers: tuple[Layer, ...]) -> Iterator[tuple[Rule, Rule]]:
        """Each rule that is used, as its file has it, and as it holds here.

        What is said of files and of the run itself is never switched off, save that whoever says so does not
        ask for reports that are not there; that something was not judged is always an error.
        """
        for rule in self._rules:
            of_run = rule.judged_by in _OF_RUN
            state = self._state(rule, profile, layers)
            is_unasked = rule.id == MISSING and state.ignored
            if (of_run and not is_unasked) or state.is_on(by_profile=profile.uses(rule.id)):
                own, level = adjust(rule, profile), Severity(state.level)
                is_fixed = of_run and rule.level is Severity.ERROR
                yield rule, own if is_fixed or own.level is level else replace(own, level=level)

    def _condition(self, rule: Rule, own: Rule, profile: Profile) -> Condition:
        """Forms share the conditions of a rule that none of them changes, and choices those of a form."""
        key = rule.id, id(profile) if rule.id in profile.rules else None
        if key not in self._compiled:
            self._compiled[key] = compile_condition(adjust(rule, profile))
        compiled = self._compiled[key]
        return compiled if compiled.rule == own else replace(compiled, rule=own)
