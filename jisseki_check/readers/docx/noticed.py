"""What is noticed in a Word file's text while it is read: changes, words that are struck through or hidden,
the places of comments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from jisseki_check.model import Location, Remark
from jisseki_check.readers.decoding import BLANKS


@dataclass(slots=True)
class _Changes:
    """Tracked changes that stand together, with nothing unchanged between them."""

    at: Location
    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    count: int = 0

    def remark(self) -> Remark:
        old, new = _words(self.deleted), _words(self.inserted)
        if old and new:
            text = f"『{old}』を『{new}』に変更"
        elif old or new:
            text = f"『{old}』を削除" if old else f"『{new}』を追加"
        else:
            text = "段落や行の区切りの変更"
        return Remark(kind="tracked", text=text, count=self.count, at=self.at)


@dataclass(slots=True)
class _Together:
    """Words of one look that stand together, hidden ones or struck ones."""

    at: Location
    text: list[str] = field(default_factory=list)

    def hidden(self) -> Remark:
        return Remark(kind="hidden", text=_words(self.text), at=self.at)

    def struck(self) -> Remark:
        return Remark(kind="tracked", text=f"取り消し線の付いた「{_words(self.text)}」", at=self.at)


@dataclass(slots=True)
class Noticed:
    """`comments`: where each comment begins, by its number. `inert`: what was not followed."""

    comments: dict[str, Location] = field(default_factory=dict)
    inert: Counter[str] = field(default_factory=Counter)
    _changes: list[_Changes] = field(default_factory=list)
    _hidden: list[_Together] = field(default_factory=list)
    _struck: list[_Together] = field(default_factory=list)
    _is_changing: bool = False
    _is_hiding: bool = False
    _is_striking: bool = False

    def comment(self, number: str, at: Location) -> None:
        self.comments.setdefault(number, at)

    def change(self, at: Location) -> None:
        """One more deletion or insertion; its words follow."""
        if not self._is_changing:
            self._changes.append(_Changes(at))
            self._is_changing = True
        self._changes[-1].count += 1

    def delete(self, text: str, at: Location) -> None:
        if not self._is_changing:
            self.change(at)
        self._changes[-1].deleted.append(text)

    def insert(self, text: str) -> None:
        self._changes[-1].inserted.append(text)

    def keep(self, text: str) -> None:
        """Text that is not changed."""
        if self._is_changing and text.strip(BLANKS):
            self._is_changing = False

    def hide(self, text: str, at: Location) -> None:
        if not self._is_hiding and text.strip(BLANKS):
            self._hidden.append(_Together(at))
            self._is_hiding = True
        if self._is_hiding:
            self._hidden[-1].text.append(text)

    def show(self, text: str) -> None:
        """Text that is not hidden."""
        if self._is_hiding and text.strip(BLANKS):
            self._is_hiding = False

    def strike(self, text: str, at: Location) -> None:
        """Text that is struck through: meant to be taken out, and still there."""
        if not self._is_striking:
            self._struck.append(_Together(at))
            self._is_striking = True
        self._struck[-1].text.append(text)

    def leave(self, text: str) -> None:
        """Text that is not struck through."""
        if self._is_striking and text.strip(BLANKS):
            self._is_striking = False

    def remarks(self) -> tuple[Remark, ...]:
        changes = [each.remark() for each in self._changes]
        struck = [each.struck() for each in self._struck]
        return (*changes, *struck, *(each.hidden() for each in self._hidden))


def _words(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
