"""HTML pages as tests read them."""

from __future__ import annotations

from collections.abc import Iterator

from justhtml import Element, JustHTML

from jisseki_check.catalogue import entries
from jisseki_check.formatters import content
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome


def with_rules() -> View:
    held, _ = entries()
    return View(rules=held, titles={str(each["id"]): str(each["title"]) for each in held})


def page(outcome: Outcome, view: View | None = None) -> JustHTML:
    """The page, parsed without forgiving anything."""
    return parsed(content("html", outcome, view or View()).decode("utf-8"))


def parsed(text: str) -> JustHTML:
    return JustHTML(text, strict=True, sanitize=False)


def elements(held: JustHTML) -> Iterator[Element]:
    return (each for each in held.query("*") if isinstance(each, Element))


def attributes(held: JustHTML, name: str) -> list[str]:
    """The values of an attribute, in the order of the page."""
    return [str(each.attrs[name]) for each in elements(held) if name in each.attrs]


def texts(held: object, selector: str) -> list[str]:
    """What stands in each element of a kind, as people see it."""
    assert isinstance(held, JustHTML | Element)
    return [told(each) for each in held.query(selector)]


def told(element: object) -> str:
    assert isinstance(element, Element)
    return " ".join(element.to_text(separator="").split())
