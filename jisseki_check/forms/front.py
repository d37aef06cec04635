"""What stands above the items of a report: the divisions, the unit of its amounts, policies and the like."""

from __future__ import annotations

from dataclasses import dataclass

from jisseki_check.forms.drafts import DIVISION_SEPARATORS
from jisseki_check.forms.opened import Opened
from jisseki_check.forms.outline import Outline
from jisseki_check.forms.row import Row
from jisseki_check.forms.spans import Text, join

_LONGEST_LIST = 2_000


@dataclass(kw_only=True)
class Front(Opened):
    """Takes the lines that stand above the items; each answers whether the line was one of its own."""

    outline: Outline

    def take_composition(self, text: Text, folded: str) -> bool:
        if self.draft.divisions is not None:
            return self._more_divisions(text, self.draft.divisions)
        match = self.labels.composition.match(folded)
        if not match:
            return False
        if self.item is not None and self.profile.item_kinds[self.item.kind].opens == "heading":
            self.close()
        self.draft.set_divisions(text.cut(match.end()), text)
        return True

    def _more_divisions(self, text: Text, names: Text) -> bool:
        """A list of divisions that goes on in the next line: 「人事課、」 or nothing stands before it."""
        unfinished = not names.text or names.text.endswith(DIVISION_SEPARATORS)
        if self.section is not None or self.item is not None or not unfinished:
            return False
        if len(names.text) > _LONGEST_LIST:
            return False
        if self.outline.role(Row(((text,),))) != "text":
            return False
        self.draft.divisions = join((names, text), "")
        return True

    def take_part(self, text: Text, folded: str) -> bool:
        """The heading of text that is no item's: 「<部長の方針・考え方>」."""
        match = self.labels.part.match(folded) if self.labels.part and self.section is None else None
        if match is None:
            return False
        title = text.cut(*match.span("title" if match["title"] else "bare"))
        self.open_item(self.profile.item_kinds["statement"], title, None, heading=text)
        rest = text.cut(match.end())
        if rest.text:
            self.take_text(rest)
        return True

    def take_unit(self, folded: str) -> bool:
        """「（単位：千円）」: of the item that is open, else of all that follow."""
        match = self.labels.unit.fullmatch(folded)
        if match is None:
            return False
        (self.item or self.draft).unit = match["unit"]
        return True
