"""What a former run has put into a file, and what staff wrote behind it."""

from __future__ import annotations

from dataclasses import dataclass

from jisseki_check import own_marks


@dataclass(frozen=True, slots=True)
class Former:
    """`found`: whether the file is a marked copy. `comments` and `rows`: see `own_marks.explanations`."""

    found: bool = False
    comments: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return self.found

    def explanations(self) -> dict[str, str]:
        """The reasons, by the numbers of their marks."""
        return dict(own_marks.explanations(self.comments, self.rows))

    def notes(self) -> list[own_marks.Note]:
        """The marks, those of the sheet first: they hold the most."""
        listed = list(own_marks.in_rows(self.rows))
        return listed + [note for text in self.comments for note in own_marks.in_comment(text)]
