"""The safe corrections of a buffer, each as the characters to replace.

They are those that `fix` makes, no more: it is asked for its copy, and all of them together give that copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from jisseki_check import readers
from jisseki_check.fixes import KINDS, CannotFix, Correction, Fixed, fix
from jisseki_check.formatters.text import clean, shorten
from jisseki_check.forms import Chooser
from jisseki_check.limits import Limits
from jisseki_check.model import Unreadable
from jisseki_check.server.buffer import Buffer

_SHOWN = 24  # columns


@dataclass(frozen=True, slots=True)
class Replacement:
    """`text` is to stand from `start` to `end`; `place` is the value or the words that are put right, and
    `title` says how."""

    start: int
    end: int
    text: str
    place: tuple[int, int]
    title: str


def corrections(buffer: Buffer, path: str, chooser: Chooser, limits: Limits) -> tuple[Replacement, ...]:
    """In the order of the text; none where it cannot be read, or no copy can be made of it."""
    data = buffer.data
    try:
        fixed = fix(data, path, chooser, path=path, limits=limits)
    except (CannotFix, Unreadable):
        return ()
    if not fixed.made:
        return ()
    text, copy = data.decode(), fixed.data.decode()
    is_text = fixed.made[0].at.pointer is None
    held = Buffer(text)
    found = _in_lines(held, fixed.made) if is_text else _in_values(held, copy, fixed, path, limits)
    replacements = tuple(sorted(found, key=lambda each: each.start))
    return replacements if applied(text, replacements) == copy else ()


def applied(text: str, replacements: Sequence[Replacement]) -> str:
    """The text with all of them made."""
    for each in reversed(replacements):
        text = text[: each.start] + each.text + text[each.end :]
    return text


def _in_lines(buffer: Buffer, made: Sequence[Correction]) -> Iterator[Replacement]:
    for correction in made:
        start, _ = buffer.span(correction.at)
        end = start + len(correction.before)
        yield Replacement(start, end, correction.after, (start, end), _title([correction]))


def _in_values(buffer: Buffer, copy: str, fixed: Fixed, path: str, limits: Limits) -> Iterator[Replacement]:
    """In JSON and YAML a value has one place, whatever is put right in it."""
    pointers = readers.read_bytes(fixed.data, path, limits).pointers
    assert pointers is not None
    after = Buffer(copy)
    made = sorted(fixed.made, key=lambda each: each.at.pointer or "")
    for pointer, group in groupby(made, key=lambda each: each.at.pointer):
        held = list(group)
        place = buffer.span(held[0].at)
        written = after.text[slice(*after.span(pointers.locate(pointer or "")))]
        start, end, text = _shortest(buffer.text, place, written)
        yield Replacement(start, end, text, place, _title(held))


def _shortest(text: str, place: tuple[int, int], written: str) -> tuple[int, int, str]:
    """What really changes of a value: without what stays at its beginning and at its end."""
    start, end = place
    first, last = 0, len(written)
    while start < end and first < last and text[start] == written[first]:
        start, first = start + 1, first + 1
    while start < end and first < last and text[end - 1] == written[last - 1]:
        end, last = end - 1, last - 1
    return start, end, written[first:last]


def _title(group: Sequence[Correction]) -> str:
    first = group[0]
    kind, before, after = KINDS[first.kind], _shown(first.before), _shown(first.after)
    title = f"{kind}を直す：「{before}」→「{after}」" if first.after else f"{kind}を消す：「{before}」"
    return title if len(group) == 1 else f"{title}（この値のほか{len(group) - 1:,}か所も）"


def _shown(text: str) -> str:
    return shorten(clean(text), _SHOWN)
