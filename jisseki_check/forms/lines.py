"""Lines that begin with a label: a field, a mark; or that explain the marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jisseki_check.forms.front import Front
from jisseki_check.forms.labels import own_labels
from jisseki_check.forms.marks import take_signs
from jisseki_check.forms.spans import Text
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.fiscal import label as year_label
from jisseki_check.notation.width import fold, squeeze

_LONGEST_BARE_MARK = 4


@dataclass(kw_only=True)
class Lines(Front):
    """Takes lines with a label of their own; each answers whether the line was one."""

    # --- fields ---------------------------------------------------------------------------------

    def take_field(self, text: Text, folded: str) -> bool:
        match = self.labels.field.match(folded)
        if not match or self.labels.mark.match(folded):
            return False
        name = self.labels.field_of(match)
        if self._goes_on(name, match):
            self.resume_field(name)
            self.take_text(text)
            return True
        self.finish_pending()
        self.enter_field(name, text.cut(0, match.end()))
        self._note_label(text.cut(0, match.end()), match, name)
        rest = text.cut(match.end())
        if rest.text:
            self.take_text(rest)
        return True

    def _goes_on(self, name: str, match: re.Match[str]) -> bool:
        """Text of a field that stands already, though it begins like a label: the form's other label for
        the same field, or figures of a year (「平成28年度の実績：20件」)."""
        if self.item is None or self.item.marks or not self.item.has(name) or not match["colon"]:
            return False
        if match["dated"]:
            return self.open_field == name
        return match["label"] is not None and squeeze(match["label"]) in own_labels(name, self.profile)[1:]

    def _note_label(self, label: Text, match: re.Match[str], name: str) -> None:
        """A label that is not the form's own, or that names another year than the report's."""
        own, year = self.profile.fields[name][0], self.draft.fiscal_year
        written = find_fiscal_years(match["year"]) if match["year"] else []
        if written and year is not None and written[0].year != year:
            read_as = f"{year_label(year)}の{own}"
            self.draft.lenient("year of a label", label, read_as, self.item, name)
        elif squeeze(match["dated"] or match["label"] or "") not in own_labels(name, self.profile):
            self.draft.lenient("label", label, own, self.item, name)

    # --- marks ----------------------------------------------------------------------------------

    def take_mark(self, text: Text, folded: str) -> bool:
        match = self.labels.mark.match(folded)
        if match is None:
            return self._mark_behind_text(text, folded) or self._mark_without_label(text, folded)
        signs, rest = take_signs(text.cut(match.end()), self.labels)
        label = squeeze(match["label"])
        bare = 0 < len(squeeze(rest.text)) <= _LONGEST_BARE_MARK
        if not signs and rest.text and not bare and len(label) <= _LONGEST_BARE_MARK:
            return False  # a sentence that begins with the short label
        self.finish_pending()
        if self.item is None:
            self.draft.remark("unread", text, None, None, None)
            return True
        if (rest.text and self.labels.is_sign(fold(rest.text))) or (bare and not signs):
            signs, rest = [*signs, (rest, rest)], rest.cut(len(rest.text))
        self.set_marks(text, signs)
        own = self.profile.fields["mark"][0]
        if label != squeeze(fold(own)):
            self.draft.lenient("label", text.cut(*match.span("label")), own, self.item, "mark")
        if rest.text:
            self.draft.remark("unread", rest, None, self.item, None)
        return True

    def _mark_behind_text(self, text: Text, folded: str) -> bool:
        """A mark with its label that ends the line of another field."""
        match = self.labels.mark_behind_text.search(folded)
        if match is None or not match.start():
            return False
        before, mark = text.cut(0, match.start()), text.cut(match.start())
        if not self.take_field(before, fold(before.text)):
            self.take_text(before)
        return self.take_mark(mark, fold(mark.text))

    def _mark_without_label(self, text: Text, folded: str) -> bool:
        """A line that is nothing but a sign in the form's own bracket."""
        if self.item is None or folded[0] != self.labels.opening:
            return False
        match = self.labels.bracketed.fullmatch(folded)
        if match is None or len(squeeze(match["inside"])) > 2:
            return False
        if not self.item.marks:
            own = self.profile.fields["mark"][0]
            self.draft.lenient("no label", text, f"{own} {text.text}", self.item, "mark")
        self.set_marks(text, [(text.cut(*match.span("inside")), text)])
        return True

    # --- legend ---------------------------------------------------------------------------------

    def take_legend(self, text: Text, folded: str) -> bool:
        if self.lines is not None:
            return False
        if not (self.labels.is_legend(folded) or self.labels.legend_heading.match(folded)):
            return False
        self.draft.legend.append(text)
        return True
