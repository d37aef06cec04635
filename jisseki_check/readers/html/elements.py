"""What an element of a web page is by its name and its attributes, as far as reading needs to know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jisseki_check.readers.xml_parts import Element

_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OF_PAGES = (*_HEADS, "address", "article", "aside", "body", "footer", "head", "header", "hgroup", "html")
_OF_TEXTS = ("blockquote", "center", "details", "dialog", "div", "figcaption", "figure", "hr", "main", "nav")
_OF_LISTS = ("dd", "dir", "dl", "dt", "li", "listing", "menu", "ol", "p", "plaintext", "pre", "ul", "xmp")
_OF_TABLES = ("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr")
_OF_FORMS = ("fieldset", "form", "frameset", "legend", "search", "section", "summary", "svg", "text")
BLOCKS = frozenset((*_OF_PAGES, *_OF_TEXTS, *_OF_LISTS, *_OF_TABLES, *_OF_FORMS))
"""What begins and ends on a line of its own; all else runs on within its line."""

_SETTINGS = (
    "base",
    "link",
    "map",
    "meta",
    "param",
    "script",
    "source",
    "style",
    "template",
    "title",
    "track",
)
_MEDIA = ("area", "audio", "canvas", "col", "colgroup", "datalist", "desc", "frame", "noframes", "noscript")
_READINGS = ("rp", "rt", "rtc", "video")
UNSEEN = frozenset((*_SETTINGS, *_MEDIA, *_READINGS))
"""What a browser does not show, or shows beside the text (the readings of characters)."""

FOREIGN = frozenset({"applet", "embed", "iframe", "object"})
HEADINGS = frozenset(_HEADS)
KEEPING_BLANKS = frozenset({"listing", "plaintext", "pre", "textarea", "xmp"})
STRUCK = frozenset({"del", "s", "strike"})
ROW_GROUPS = frozenset({"tbody", "tfoot", "thead"})

_HIDING = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_STRIKING = re.compile(r"(?<![\w-])text-decoration(?:-line)?\s*:[^;]*(?<![\w-])line-through", re.IGNORECASE)
_BLOCK = re.compile(r"(?<![\w-])display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_FAMILY = re.compile(r"(?<![\w-])font-family\s*:\s*['\"]?\s*([^'\",;]+)", re.IGNORECASE)
_FONT = re.compile(r"(?<![\w-])font\s*:[^;]*?['\"]([^'\"]+)", re.IGNORECASE)
_LIST = re.compile(r"(?<![\w-])list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_KEEPS = re.compile(
    r"(?<![\w-])white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)(?![\w-])", re.IGNORECASE
)
_LABEL = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_WHOLE = re.compile(r"\s*([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Style:
    """What an element's own `style` says. `is_label`: a number or bullet that Word wrote out; `font`: the
    first one named; `marker`: the kind of a list's signs."""

    hides: bool = False
    strikes: bool = False
    is_block: bool = False
    is_label: bool = False
    keeps_blanks: bool = False
    font: str | None = None
    marker: str | None = None


_PLAIN = Style()


def style_of(element: Element) -> Style:
    text = element.get("style")
    return _style(text) if text else _PLAIN


@lru_cache(maxsize=1_000)
def _style(text: str) -> Style:
    font = _FAMILY.search(text) or _FONT.search(text)
    marker = _LIST.search(text)
    return Style(
        hides=_HIDING.search(text) is not None,
        strikes=_STRIKING.search(text) is not None,
        is_block=_BLOCK.search(text) is not None,
        is_label=_LABEL.search(text) is not None,
        keeps_blanks=_KEEPS.search(text) is not None,
        font=font[1].strip().lower() if font else None,
        marker=marker[1].lower() if marker else None,
    )


def font_of(element: Element, style: Style) -> str | None:
    """The font that an element sets; None where it sets none."""
    face = element.get("face") if element.tag == "font" else None
    return face.partition(",")[0].strip(" '\"").lower() if face else style.font


def is_hidden(element: Element, style: Style) -> bool:
    return style.hides or element.get("hidden") is not None


def whole(element: Element, name: str) -> int | None:
    """A number of an attribute, as browsers read it: what follows the digits does not matter."""
    match = _WHOLE.match(element.get(name, ""))
    return int(match[1]) if match else None


def names_of(element: Element) -> list[str]:
    """The words by which a page's design knows an element."""
    return f"{element.get('id', '')} {element.get('class', '')}".lower().split()


def lines_within(element: Element) -> int:
    """How many lines of the file end within an element."""
    return sum(str(text).count("\n") for text in element.itertext())


def words_of(element: Element) -> str:
    """The text of what stands apart from the page's own."""
    return " ".join("".join(map(str, element.itertext())).split())
