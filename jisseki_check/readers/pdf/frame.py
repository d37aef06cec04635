"""From the file's own coordinates to those of a page that is held so that its text stands upright."""

from __future__ import annotations

from dataclasses import dataclass

from jisseki_check.readers.pdf.drawing import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's box, and by how many quarters its text is turned to the left in it."""

    box: Box
    quarters: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page so held."""
        left, bottom, right, top = self.box
        width, height = right - left, top - bottom
        return (height, width) if self.quarters % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.box
        if self.quarters == 0:
            return x - left, top - y
        if self.quarters == 1:
            return y - bottom, x - left
        if self.quarters == 2:
            return right - x, y - bottom
        return top - y, right - x

    def area(self, box: Box) -> Box:
        """Left, top, right, bottom of a box."""
        (x0, y0), (x1, y1) = self.point(box[0], box[1]), self.point(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
