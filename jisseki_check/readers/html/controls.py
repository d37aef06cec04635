"""What the controls of a form show."""

from __future__ import annotations

from jisseki_check.readers.html.elements import words_of
from jisseki_check.readers.xml_parts import Element

_BOXES = frozenset({"checkbox", "radio"})
# Buttons, and what shows no text.
_UNREAD = frozenset({"button", "file", "hidden", "image", "password", "reset", "submit"})


def input_text(element: Element) -> str:
    kind = element.get("type", "text").lower()
    if kind in _BOXES:
        return "☑" if element.get("checked") is not None else "☐"
    return "" if kind in _UNREAD else element.get("value", "")


def chosen_options(element: Element) -> list[str]:
    """The chosen entries; of a list that shows but one, the first where none is chosen."""
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if element.get("multiple") is None:
        chosen = chosen[-1:] or options[:1]
    return [words_of(option) for option in chosen]
