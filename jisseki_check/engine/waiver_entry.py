"""A waiver, written into its file: nothing of what stands there is changed, comments included."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jisseki_check.engine.waiver_file import (
    FORMAT,
    NO_VALUE,
    Terms,
    WaiverFile,
    WaiverFileError,
    key,
    read,
)
from jisseki_check.exceptions import Granted
from jisseki_check.exceptions.terms import refusals
from jisseki_check.model import KnownFinding, Waiver

_HEAD = "# 指摘の免除の一覧です。書き加えるときは「jisseki-check waiver add」を使ってください。\n"
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_NAMES = (
    "path", "department", "fiscal_year", "report_kind", "section", "number", "title", "field", "subject"
)  # fmt: skip
_LONGEST = 2_000  # characters of a value, as in the schema
_NOTHING = re.compile(rb"(?:\xef\xbb\xbf)?\s*((?:#[^\n]*(?:\n\s*|\Z))*)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SEEN = " \u3000"  # blanks that are written as they are


@dataclass(frozen=True, slots=True)
class NewWaiver:
    """A waiver to be written: for which finding (as `writable` gives it), who grants it and why, from when
    on, and the rule's title, which stands above it for those who read the file."""

    known: KnownFinding
    waiver: Waiver
    approved_on: dt.date
    title: str


class CannotAdd(Exception):
    """The waiver cannot be written there; the message says why, for people."""


def added(content: bytes | None, name: str, new: NewWaiver, terms: Terms) -> tuple[bytes, int]:
    """The file with one more waiver, and the line on which that begins; None for a file that is not there
    yet. Raises WaiverFileError where the file as it is cannot be used, and CannotAdd."""
    text = _begun(content, name)
    before = read(content, name, terms) if content is not None and text is None else None
    held = before.waivers if before is not None else ()
    _refuse(new, held, terms)
    text = text or _text(content or b"")
    line_end = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    whole = _in_toml(text, new) if name.endswith(".toml") else _in_yaml(text, before, new)
    after = whole.replace("\n", line_end).encode("utf-8")
    return after, _line(after, name, held, new, terms)


def holds_nothing(content: bytes) -> bool:
    """Whether there is nothing in the file but blanks and comments."""
    return _NOTHING.fullmatch(content) is not None


def _refuse(new: NewWaiver, held: Sequence[Granted], terms: Terms) -> None:
    if any(_SURROGATE.search(value) for _, value in _values(new)):
        raise CannotAdd("文字として読めないものが含まれています。打ち直してください。")
    code = new.known.rule
    found = list(refusals(new.waiver, new.approved_on, terms.get(code), code, new.approved_on))
    if found:
        raise CannotAdd("\n".join(f"{each.message}。" for each in found))
    twin = next((each for each in held if key(each.known) == key(new.known)), None)
    if twin is not None:
        raise CannotAdd(
            f"同じ値についての免除が、すでに {twin.waiver.path}:{twin.waiver.line} にあります"
            f"（承認した日 {twin.begins}、期限 {twin.waiver.until}）。"
            "続けるときは承認をもう一度受けて、そこの承認した日と期限を書き直してください。"
        )


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise CannotAdd(
            "ファイルの文字コードが UTF-8 ではありません。UTF-8 で保存し直してください。"
        ) from None


def _begun(content: bytes | None, name: str) -> str | None:
    """How a file begins that is not there yet, or that holds nothing, or comments only, which stay; None
    where there is more in it."""
    held = _NOTHING.fullmatch(content or b"")
    if held is None:
        return None
    comments = _ended(_text(held[1]))
    return (comments or _HEAD) + (
        f'format = "{FORMAT}"\n' if name.endswith(".toml") else f"format: {FORMAT}\n"
    )


def _line(after: bytes, name: str, held: Sequence[Granted], new: NewWaiver, terms: Terms) -> int:
    """Where the waiver stands in the file, which may hold only what it held, and this one."""
    own = Granted(new.known, new.waiver, new.approved_on)
    try:
        found = read(after, name, terms).waivers
    except WaiverFileError:
        found = ()
    if [_plain(each) for each in found] != [_plain(each) for each in (*held, own)]:
        entry = "\n".join(f"{name} = {value}" for name, value in _values(new))
        raise CannotAdd(
            f"この書き方のファイルには書き加えられません。次の内容を手で書き加えてください。\n{entry}"
        )
    return found[-1].waiver.line or 1


def _plain(granted: Granted) -> Granted:
    """Without what says where it stands."""
    return replace(granted, waiver=replace(granted.waiver, path=None, line=None))


def writable(known: KnownFinding) -> KnownFinding:
    """A finding as an entry names it: by its report, and by its file where that does not say all of itself;
    without fingerprint, which changes with the number of an item."""
    told = [each is not None for each in (known.department, known.fiscal_year)]
    return replace(
        known,
        path=None if all(told) else known.path,
        report_kind=(known.report_kind or "") if any(told) else "",
        subject=known.subject or None,
        given=_cut((known.given or "").strip()) or None,
        fingerprint="",
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


# --- how it is written --------------------------------------------------------------------------


def _in_toml(text: str, new: NewWaiver) -> str:
    lines = [f"# {new.title}", "[[waivers]]", *(f"{name} = {value}" for name, value in _values(new))]
    return _ended(text) + "\n" + "\n".join(lines) + "\n"


def _in_yaml(text: str, before: WaiverFile | None, new: NewWaiver) -> str:
    """Behind the last entry, as deep as that stands; what follows the list stays behind it."""
    entries = before.source.data.get("waivers") if before is not None else None
    pairs = [f"{name}: {value}" for name, value in _values(new)]
    if before is None or not entries:
        head, rest = _ended(text.replace("waivers: []", "").rstrip("\n")), ""
        indent, head = 2, f"{head}\nwaivers:\n"
    else:
        at = before.source.pointers.locate("/waivers")
        own = before.source.pointers.locate(f"/waivers/{len(entries) - 1}")
        lines = text.split("\n")
        end = at.end_line or len(lines)
        head, rest = "\n".join(lines[:end]) + "\n\n", "\n".join(lines[end:])
        indent = max(0, (own.column or 3) - 3)
    margin = " " * indent
    entry = [f"{margin}# {new.title}", f"{margin}- {pairs[0]}", *(f"{margin}  {pair}" for pair in pairs[1:])]
    return head + "\n".join(entry) + "\n" + rest


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


def _values(new: NewWaiver) -> Iterator[tuple[str, str]]:
    """The parts of an entry as TOML and YAML both write them, but for days, which stand bare in both."""
    known, waiver = new.known, new.waiver
    yield "rule", _quoted(known.rule)
    for name in _NAMES:
        value = getattr(known, name)
        if value is not None and value != "":
            yield name, str(value) if isinstance(value, int) else _quoted(value)
    if known.count > 1:
        yield "count", str(known.count)
    if known.places:
        yield "places", f"[{', '.join(map(_quoted, known.places))}]"
    yield "given", _quoted(known.given or NO_VALUE)
    yield "value_fingerprint", _quoted(known.value_fingerprint)
    yield "reason", _quoted(waiver.reason)
    yield "requested_by", _quoted(waiver.requested_by or "")
    yield "approved_by", _quoted(waiver.approved_by or "")
    yield "approved_on", new.approved_on.isoformat()
    yield "until", waiver.until or ""


def _quoted(text: str) -> str:
    """In double quotes; what cannot be seen is escaped, for people read the file before they agree to it."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    if character.isprintable() or _SURROGATE.match(character) or character in _SEEN:
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
