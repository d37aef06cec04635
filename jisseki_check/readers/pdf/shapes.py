"""What stands on a page of a PDF: characters, ruling lines, images.

Lengths are points (1/72 inch); x from the left, y downwards from the top of the page as its text is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

BLANKS = " \t\u00a0\u3000"
ABOVE, BELOW = 0.88, 0.12
"""How much of a character's em square stands above and below its base line."""


@dataclass(slots=True)
class Glyph:
    """A character: its advance from `x0` to `x1`, its base line, its size. `run` numbers what the file draws
    in one stroke. `shown`: of a character that its cell cuts off, the nearest point that the cell shows."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    run: int
    shown: tuple[float, float] | None = None

    @property
    def is_blank(self) -> bool:
        return self.text in BLANKS

    @property
    def middle(self) -> float:
        """The middle of its em square, from top to bottom."""
        return self.base - (ABOVE - BELOW) / 2 * self.size

    @property
    def place(self) -> tuple[float, float]:
        """The point that says in which cell it stands."""
        return self.shown or ((self.x0 + self.x1) / 2, self.middle)


@dataclass(slots=True)
class Stack:
    """Characters one below the other, or turned aside, as in the narrow cells of a form; `text` as it is
    read. `falls`: from top to bottom, further stacks to the left of it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    falls: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: upright at x = `at` from y = `start` to `end`, or level at y = `at`."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Sheet:
    """One page. `images`: how much of it images cover, from 0 to 1; `curves`: how many bent lines it has, as
    letters have that were turned into drawings; `behind`: how many characters an image hides.

    Text by the strokes in which it is drawn: `seen`; `hidden`, which is read all the same; `below`, hidden
    because the end of the page cuts its cell; `aside`, not read, as it lies beyond the page or aslant.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    stacks: list[Stack] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: float = 0.0
    curves: int = 0
    behind: int = 0
    seen: set[str] = field(default_factory=set)
    hidden: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
