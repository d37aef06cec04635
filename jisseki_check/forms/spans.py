"""Text that remembers where each of its characters stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from jisseki_check.model import Location, Paragraph, Run, Spot

_BLANKS = " \t\r\n\f\v\u00a0\u3000"


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its runs, each with the offset at which it begins."""

    text: str
    runs: tuple[tuple[int, Run], ...]

    @classmethod
    def of(cls, paragraph: Paragraph) -> Text:
        if len(paragraph) == 1:
            return cls(paragraph[0].text, ((0, paragraph[0]),))
        offset, runs = 0, []
        for run in paragraph:
            runs.append((offset, run))
            offset += len(run.text)
        return cls("".join(run.text for run in paragraph), tuple(runs))

    def cut(self, start: int, end: int | None = None) -> Text:
        """The characters from `start` to `end`, without outer blanks."""
        end = len(self.text) if end is None else end
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip(_BLANKS))
        piece = piece.strip(_BLANKS)
        end = start + len(piece)
        runs: list[tuple[int, Run]] = []
        for offset, run in self.runs:
            low, high = max(start, offset), min(end, offset + len(run.text))
            if low < high or (not piece and offset <= start <= offset + len(run.text) and not runs):
                runs.append(
                    (low - start, Run(run.text[low - offset : high - offset], _moved(run, low - offset)))
                )
        return Text(piece, tuple(runs))

    def place(self, start: int | None = None, end: int | None = None) -> Location:
        """Where the characters from `start` to `end` stand (all of them by default)."""
        if not self.runs:
            return Location()
        start = 0 if start is None else start
        end = len(self.text) if end is None else end
        first, last = self._point(start), self._point(max(start, end - 1))
        return replace(
            first,
            end_line=last.line,
            end_column=None if last.column is None else last.column + int(end > start),
        )

    def _point(self, offset: int) -> Location:
        at = max(bisect_right([start for start, _ in self.runs], offset) - 1, 0)
        start, run = self.runs[at]
        return _moved(run, min(max(offset - start, 0), len(run.text)))


def _moved(run: Run, by: int) -> Location:
    return run.at if not by or run.at.column is None else replace(run.at, column=run.at.column + by)


def join(texts: Iterable[Text], separator: str) -> Text:
    """One text of several, with the separator between them."""
    parts: list[str] = []
    runs: list[tuple[int, Run]] = []
    offset = 0
    for text in texts:
        if parts:
            offset += len(separator)
        parts.append(text.text)
        runs.extend((offset + start, run) for start, run in text.runs)
        offset += len(text.text)
    return Text(separator.join(parts), tuple(runs))


@dataclass(frozen=True, slots=True)
class TextPlaces:
    """The places of a report that was read from blocks."""

    texts: Mapping[tuple[int | None, str], Text]
    remarks: tuple[Location | None, ...] = ()

    def locate(self, spot: Spot) -> Location:
        """The place of the field, or of its item where the field itself does not stand in the file."""
        kind, _, number = spot.field.partition("/")
        if kind == "remarks":
            return self.remarks[int(number)] or Location()
        for field in (spot.field, "", "title", "goal", "initiative", "result", "mark"):
            text = self.texts.get((spot.item, field))
            if text is not None and text.runs:
                own = field == spot.field
                return text.place(spot.start if own else None, spot.end if own else None)
        return Location(line=1, column=1) if self._has_lines else Location()

    @property
    def _has_lines(self) -> bool:
        """Whether the file's first line is a place in it, as in a sheet or on a page it is not."""
        first = next((text.runs[0][1].at for text in self.texts.values() if text.runs), None)
        return first is None or (first.line is not None and first.page is None)
