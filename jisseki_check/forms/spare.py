"""Blocks of a form that were never filled in: labels, a number, an empty bracket, and nothing else."""

from __future__ import annotations

from jisseki_check.forms.drafts import Draft, DraftReport
from jisseki_check.forms.spans import Text


def drop_spare(draft: DraftReport) -> None:
    """Takes out the items in which nothing is written, for they are none; that there were such is noted."""
    blank = [item for item in draft.items if not _is_filled(item, draft)]
    labels = {label.place() for item in blank for label in item.labels.values()}
    # The label of a blank item was taken for a second one of the item before it.
    kept = [each for each in draft.remarks if each.kind != "repeated" or each.at not in labels]
    told = {remark.item for remark in kept if remark.text.strip()}
    spare = [item for item in blank if item.index not in told]
    if not spare:
        return
    draft.remarks = kept
    draft.take_out(spare)
    for item in spare if draft.items else ():
        draft.lenient("spare block", _place_of(item), "記入のない項目", None, None)


def _is_filled(item: Draft, draft: DraftReport) -> bool:
    own_title = draft.profile.item_kinds[item.kind].opens != "heading"  # else it is the form's
    texts = [
        item.title if own_title else None,
        item.division,
        *(text for lines in item.fields.values() for text in lines),
        *(text for _, _, lines in item.repeats for text in lines),
        *item.mark_values,
        *(value for _, value in item.extra),
        *(text for amount, text in item.amounts if amount.text),
    ]
    return any(text is not None and text.text.strip() for text in texts)


def _place_of(item: Draft) -> Text:
    held = (item.heading, item.number, *item.labels.values(), *item.marks)
    return next((text for text in held if text is not None and text.text), Text("", ()))
