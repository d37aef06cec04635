"""Regular expressions that are compiled when a text first needs them.

One takes up to 10 ms to compile, and a report comes to little more than half of all. What nearly every
report comes to is compiled with `re`: each call of a lazy one takes some 20 ns more.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
_ATTRIBUTES = ("pattern", "flags", "groups", "groupindex")


def lazy_compile(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, compiled when it is first used; re.error is raised then too."""
    return cast("re.Pattern[AnyStr]", LazyPattern(expression, flags))


class LazyPattern(Generic[AnyStr]):
    """Stands for a compiled pattern in all that a pattern is asked for by name."""

    def __init__(self, expression: AnyStr, flags: int) -> None:
        self._given: tuple[AnyStr, int] = expression, flags

    def __getattr__(self, name: str) -> Any:
        """Comes here once: from then on the instance holds what the compiled pattern holds."""
        if name not in _METHODS and name not in _ATTRIBUTES:
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        for each in (*_METHODS, *_ATTRIBUTES):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return LazyPattern, self._given
