"""The shell of every page: one file that needs nothing else, and that runs nothing but our one script.

For any page of ours: write `templates/NAME.html` so that it extends `page.html` and fills its blocks `main`
(below the title) and, where it has sections, `contents` (links to them); call `rendered("NAME.html", …)`.
Whatever a template prints has gone through `formatters.text.clean` and is escaped: texts of reports need no
care. Neither a style attribute nor an event attribute works on the page, for its content security policy
names the hashes of its style sheet and its script; looks are classes of `style.css`. `parts.html` has macros
for what pages share: findings, tables that scroll within themselves, tiles.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from jisseki_check.formatters.text import clean
from jisseki_check.notation.fiscal import written_day
from jisseki_check.result_marks import GENERATOR

_HERE = files("jisseki_check.formatters.html")


def rendered(template: str, *, title: str, **context: Any) -> str:
    """A whole HTML document, ending with a line feed. `template`: one of the folder `templates`; `title`: of
    the window and the page; `context`: what the template names, of which nothing may be missing."""
    style, script = _asset("style.css").replace("{title}", _in_css(title)), _asset("script.js")
    page = environment().get_template(template)
    text = page.render(
        title=title,
        generator=GENERATOR,
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - the same
        policy=policy(style, script),
        **context,
    )
    return text.rstrip("\n") + "\n"


@cache
def environment() -> Environment:
    """Where the templates are found; what they print is made harmless."""
    made = Environment(
        loader=FunctionLoader(lambda name: _asset(f"templates/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"number": _grouped, "path": _breakable, "name": _kept_together, "day": written_day}
    return made


def policy(style: str, script: str) -> str:
    """What a browser may do for the page: apply this style sheet, run this script, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    """A file of the package, whose lines end with a line feed wherever it was installed."""
    return _HERE.joinpath(*name.split("/")).read_text(encoding="utf-8").replace("\r\n", "\n")


def _in_css(text: str) -> str:
    """What stands between the quotes of a string in a style sheet."""
    return re.sub(r"[^\w ]", lambda found: f"\\{ord(found[0]):06x}", text)


def _harmless(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _breakable(path: str) -> Markup:
    """A path that is broken after its folders before it is broken anywhere else."""
    return Markup("/<wbr>").join(clean(path).split("/"))


def _kept_together(name: str) -> Markup:
    """The name of a report, whose parts (`総務部`, `平成30年度（計画）`) stay on a line wherever they can."""
    parts = [Markup('<span class="word">{}</span>').format(part) for part in clean(name).split("　")]
    return parts[0] if len(parts) == 1 else Markup("　").join(parts)


def _grouped(value: int) -> str:
    return f"{value:,}"
