"""JSON (RFC 8259) → a tree of dict, list, str, int, float, bool and None."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from hashlib import sha256

from jisseki_check.limits import Limits
from jisseki_check.model import Location, Remark, Source, Unreadable
from jisseki_check.readers.data_faults import (
    duplicate_key,
    is_fit_number,
    too_deep,
    too_many_values,
    unfit_number,
)
from jisseki_check.readers.decoding import BLANKS, decode
from jisseki_check.readers.json_places import REPLACEMENT, STRING, SURROGATE, key_of, pointers
from jisseki_check.readers.plain_json import parse_plain
from jisseki_check.readers.pointers import place_in

_STRINGS = re.compile(STRING, re.DOTALL)
_TOKEN = re.compile(rf'{STRING}|[{{}}\[\],]|[^\s{{}}\[\]:,"]++', re.DOTALL)
# A pair is one character; a backslash that is itself escaped starts no escape.
_ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<lone>\\u[dD][89a-fA-F]..)|\\.")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_NUMBERS = frozenset("-0123456789NI")
_Container = dict[str, object] | list[object]
_SYNTAX = {
    "Expecting value": '値（"文字列"、数、true、false、null、[ ]、{ }）があるはずの場所です',
    "Expecting property name enclosed in double quotes": '" " で囲んだ名前があるはずの場所です',
    "Illegal trailing comma before end of object": "最後の名前と値の後の「,」は要りません",
    "Illegal trailing comma before end of array": "最後の値の後の「,」は要りません",
    "Expecting ':' delimiter": "名前の後に「:」があるはずの場所です",
    "Expecting ',' delimiter": "「,」か、閉じる括弧があるはずの場所です",
    "Extra data": "全体の終わりの後に、余分な文字があります",
    "Invalid control character at": "文字列の中に改行などの制御文字があります（改行は \\n と書きます）",
    "Invalid \\escape": "文字列の中の「\\」の使い方に誤りがあります（\\ そのものは \\\\ と書きます）",
    "Invalid \\uXXXX escape": "「\\u」の後には16進数が4桁要ります",
    "Unterminated string starting at": 'ここから始まる文字列が「"」で閉じられていません',
}


class _RefusedError(Exception):
    """The parser met what we refuse; a slower pass over the text says what and where."""


def read_json(data: bytes, name: str, limits: Limits) -> Source:
    """Raises Unreadable: DOC005 for a key that stands twice in one object, DOC001 for all else."""
    text = decode(data, name)
    _refuse_too_many_values(text, name, limits)
    lone = _lone_surrogates(text)
    tree = _parsed(data, text, name, limits)
    if lone:
        try:
            tree = _without_surrogates(tree)
        except _RefusedError:
            refuse(text, name, limits)
            raise
    return Source(
        path=name,
        format="json",
        sha256=sha256(data).hexdigest(),
        data=tree,
        pointers=pointers(text),
        remarks=lone,
    )


def read_data(data: bytes, name: str, limits: Limits) -> object:
    """What a JSON file of ours says, half characters and all. Raises Unreadable as `read_json` does."""
    text = decode(data, name)
    _refuse_too_many_values(text, name, limits)
    return _parsed(data, text, name, limits)


def _parsed(data: bytes, text: str, name: str, limits: Limits) -> object:
    plain = parse_plain(data, text, limits.max_depth)
    if plain is not None:
        return plain
    try:
        return _parse(text, limits)
    except json.JSONDecodeError as error:
        raise _syntax_error(error, text, name) from None
    except (_RefusedError, RecursionError):
        refuse(text, name, limits)
        raise


def refuse(text: str, name: str, limits: Limits) -> None:
    """Raises Unreadable, with its place, at the first repeated key, unfit number or level too deep, found
    without recursion; the text before it must be well-formed."""
    keys: set[str] | None = None
    around: list[set[str] | None] = []
    is_key = False
    for match in _TOKEN.finditer(text):
        token = match[0]
        first = token[0]
        if first == ",":
            is_key = keys is not None
        elif first == '"' and is_key and keys is not None:
            is_key = False
            key = key_of(token)
            if key in keys:
                raise duplicate_key(key, place_in(text, match.start(), name))
            keys.add(key)
        elif first in "{[":
            if len(around) == limits.max_depth:
                raise too_deep(limits.max_depth, place_in(text, match.start(), name))
            around.append(keys)
            is_key = first == "{"
            keys = set() if is_key else None
        elif first in "}]":
            keys = around.pop()
        elif first in _NUMBERS and not is_fit_number(token):
            raise unfit_number(token, place_in(text, match.start(), name))


def _refuse_too_many_values(text: str, name: str, limits: Limits) -> None:
    if _separators(text) > limits.max_values and _separators(_STRINGS.sub("", text)) > limits.max_values:
        raise too_many_values(limits.max_values, Location(path=name))


def _separators(text: str) -> int:
    return text.count(",") + text.count("[") + text.count("{")


def _parse(text: str, limits: Limits) -> object:
    tree: object = json.loads(
        text,
        object_pairs_hook=_object,
        parse_int=_integer,
        parse_float=_number,
        parse_constant=_refuse_constant,
    )
    containers = _containers([tree])
    for _ in range(limits.max_depth):
        containers = _containers(value for container in containers for value in _values(container))
        if not containers:
            return tree
    raise _RefusedError


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RefusedError
    return members


def _integer(digits: str) -> int:
    if not is_fit_number(digits):
        raise _RefusedError
    return int(digits)


def _number(digits: str) -> float:
    if not is_fit_number(digits):
        raise _RefusedError
    return float(digits)


def _refuse_constant(_: str) -> object:
    raise _RefusedError


def _containers(values: Iterable[object]) -> list[_Container]:
    return [value for value in values if isinstance(value, (dict, list))]


def _values(container: _Container) -> Iterable[object]:
    return container.values() if isinstance(container, dict) else container


def _lone_surrogates(text: str) -> tuple[Remark, ...]:
    """Half a character, which no output could hold: it is read as U+FFFD, and that is remarked."""
    if not _SURROGATE_ESCAPE.search(text):
        return ()
    lone = (match for match in _ESCAPE.finditer(text) if match["lone"])
    first = next(lone, None)
    if first is None:
        return ()
    count = 1 + sum(1 for _ in lone)
    at = place_in(text, first.start())
    return (Remark(kind="lenient", text=first[0], read_as=REPLACEMENT, count=count, at=at),)


def _without_surrogates(tree: object) -> object:
    holder = [tree]
    containers = _containers([holder])
    while containers:
        container = containers.pop()
        if isinstance(container, dict):
            members = _object(
                [(SURROGATE.sub(REPLACEMENT, key), _scrubbed(value)) for key, value in container.items()]
            )
            container.clear()
            container.update(members)
        else:
            container[:] = map(_scrubbed, container)
        containers.extend(_containers(_values(container)))
    return holder[0]


def _scrubbed(value: object) -> object:
    return SURROGATE.sub(REPLACEMENT, value) if isinstance(value, str) else value


def _syntax_error(error: json.JSONDecodeError, text: str, name: str) -> Unreadable:
    end = len(text.rstrip(BLANKS))
    at = place_in(text, min(error.pos, end), name)
    if error.pos >= end:
        return Unreadable(
            "JSON が途中で終わっています",
            fix="ファイルの終わりが欠けていないかを確かめ、作成したソフトウェアで書き出し直してください。",
            at=at,
        )
    if not text[: error.pos].strip(BLANKS):
        return Unreadable(
            "中身が JSON ではありません",
            fix="ファイル名の終わりを、文章なら「.txt」、YAML なら「.yaml」に変えてください。",
            at=at,
        )
    return Unreadable(
        f"JSON として読めません。{_SYNTAX.get(error.msg, '書き方に誤りがあります')}",
        fix="この場所の前後を直すか、作成したソフトウェアで書き出し直してください。",
        at=at,
    )
