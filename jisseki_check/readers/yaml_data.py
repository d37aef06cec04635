"""YAML → the same tree as JSON, and the place of every value.

Scalars follow a JSON-like core schema: `null`, `~` and nothing are None, `true` and `false` are bool,
numbers are written as in JSON. All else that is not quoted is text, unlike in YAML 1.1: `no`, `on`,
`12:30:45`, `010`, `2017-04-01`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

import yaml

from jisseki_check.limits import Limits
from jisseki_check.model import Location, Source, Unreadable
from jisseki_check.readers.data_faults import (
    duplicate_key,
    is_fit_number,
    shortened,
    too_deep,
    too_many_values,
    unfit_number,
)
from jisseki_check.readers.decoding import decode
from jisseki_check.readers.directives import in_yaml, may_hold
from jisseki_check.readers.pointers import Span, SpanPointers, place_in

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<fraction>\.[0-9]+)?(?P<exponent>[eE][+-]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
_CORE = "tag:yaml.org,2002:"
_TAGGED_TYPES = {
    _CORE + "null": (type(None),),
    _CORE + "bool": (bool,),
    _CORE + "int": (int,),
    _CORE + "float": (int, float),
}
_BAD_ESCAPE = "「\\u」の書き方に誤りがあります（絵文字なども、文字のまま書きます）"
# What the parser says, and what that means to a person; the first that fits.
_SYNTAX = {
    "mapping values are not allowed": '「: 」の位置に誤りがあります（「: 」を含む値は「"」で囲みます）',
    "could not find expected ':'": "名前の後に「:」がないか、値が途中で切れています",
    "cannot start any token": "行や値の始めに使えない文字（タブ、@、` など）があります",
    "unexpected end of stream": "引用符が閉じられていません",
    "did not find expected ','": "「[」か「{」が閉じられていないか、「,」がありません",
    "did not find expected key": "字下げ（行頭の空白）が前の行とそろっていません",
    "did not find expected '-'": "字下げ（行頭の空白）か「-」が前の行とそろっていません",
    "invalid Unicode character escape": _BAD_ESCAPE,
    "unknown escape character": "「\\」の使い方に誤りがあります（\\ そのものは \\\\ と書きます）",
}
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_Collection = dict[str, object] | list[object]


def read_yaml(data: bytes, name: str, limits: Limits) -> Source:
    """Raises Unreadable: DOC005 for a key that stands twice in one mapping, DOC001 for all else."""
    text = decode(data, name)
    builder = _Builder(text, name, limits)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: no such character "\\U…"
        raise _syntax_error(error, text, name) from None
    if builder.root is None:
        raise Unreadable(
            "内容がありません（# の注記だけです）",
            fix="報告のデータが入っているファイルかどうかを確かめてください。",
            at=Location(path=name),
        )
    return Source(
        path=name,
        format="yaml",
        sha256=sha256(data).hexdigest(),
        data=builder.tree,
        pointers=SpanPointers(text, builder.root),
        directives=tuple(in_yaml(text, builder.root)) if may_hold(text) else (),
    )


@dataclass(slots=True)
class _Frame:
    """A collection that is being filled; `key` is a mapping's next key, once it is read, and `key_at` where
    it stands."""

    collection: _Collection
    span: Span
    is_flow: bool
    key: str | None = None
    key_at: int = 0

    @property
    def awaits_key(self) -> bool:
        return self.key is None and isinstance(self.collection, dict)


class _Builder:
    """Takes the parser's events as they come, without recursion, so that nothing nests deeper than
    the limit before it is refused."""

    def __init__(self, text: str, name: str, limits: Limits) -> None:
        self.tree: object = None
        self.root: Span | None = None
        self._text = text
        self._name = name
        self._limits = limits
        self._open: list[_Frame] = []
        self._values = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._take_scalar(event)
            case yaml.MappingStartEvent():
                self._start(event, {}, _CORE + "map")
            case yaml.SequenceStartEvent():
                self._start(event, [], _CORE + "seq")
            case yaml.CollectionEndEvent():
                self._end(event)
            case yaml.AliasEvent():
                raise self._unread_reference(event)
            case yaml.DocumentStartEvent() if self.root is not None:
                raise self._refusal(
                    event,
                    "一つのファイルに複数の文書が入っています（「---」で区切られています）",
                    "報告ごとにファイルを分けてください。",
                )

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None:
            raise self._unread_reference(event)
        if _SURROGATE.search(event.value):  # the parser in C refuses it itself
            raise self._refusal(
                event, f"YAML として読めません。{_BAD_ESCAPE}", "この文字列を書き直してください。"
            )
        if self._open and self._open[-1].awaits_key:
            self._open[-1].key = self._key(event, self._open[-1].span)
            self._open[-1].key_at = _offset(event.start_mark)
            return
        end = _offset(event.end_mark)
        if event.style in ("|", ">"):  # its end mark stands after the blank lines that follow
            end = max(_offset(event.start_mark), len(self._text[:end].rstrip()))
        self._add(event, self._value(event), Span(_offset(event.start_mark), end))

    def _start(self, event: yaml.CollectionStartEvent, collection: _Collection, core_tag: str) -> None:
        if event.anchor is not None:
            raise self._unread_reference(event)
        if event.tag not in (None, "!", core_tag):
            raise self._unknown_tag(event)
        if self._open and self._open[-1].awaits_key:
            raise self._odd_key(event)
        if len(self._open) == self._limits.max_depth:
            raise too_deep(self._limits.max_depth, self._at(event))
        span = Span(_offset(event.start_mark), _offset(event.start_mark))
        self._add(event, collection, span)
        self._open.append(_Frame(collection, span, is_flow=bool(event.flow_style)))

    def _end(self, event: yaml.CollectionEndEvent) -> None:
        frame = self._open.pop()
        if frame.is_flow:
            frame.span.end = _offset(event.end_mark)
        else:  # a block's end mark stands where the next thing begins
            frame.span.end = next(reversed(frame.span.children.values())).end

    def _add(self, event: yaml.NodeEvent, value: object, span: Span) -> None:
        self._values += 1
        if self._values > self._limits.max_values:
            raise too_many_values(self._limits.max_values, self._at(event))
        if not self._open:
            self.tree, self.root = value, span
            return
        frame = self._open[-1]
        if isinstance(frame.collection, list):
            frame.span.children[str(len(frame.collection))] = span
            frame.collection.append(value)
        elif frame.key is not None:
            span.key = frame.key_at
            frame.span.children[frame.key] = span
            frame.collection[frame.key] = value
            frame.key = None

    def _key(self, event: yaml.ScalarEvent, mapping: Span) -> str:
        key = self._value(event)
        if not isinstance(key, str):
            raise self._odd_key(event)
        if key == "<<" and event.implicit[0]:
            raise self._unread_reference(event)
        if key in mapping.children:
            raise duplicate_key(key, self._at(event))
        return key

    def _value(self, event: yaml.ScalarEvent) -> object:
        text: str = event.value
        if event.tag is None:
            return self._plain(event) if event.implicit[0] else text
        if event.tag in ("!", _CORE + "str"):
            return text
        value = self._plain(event)
        if type(value) not in _TAGGED_TYPES.get(event.tag, ()):
            raise self._unknown_tag(event)
        return float(text) if event.tag == _CORE + "float" else value

    def _plain(self, event: yaml.ScalarEvent) -> object:
        text: str = event.value
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        number = _NUMBER.fullmatch(text)
        if _NOT_FINITE.fullmatch(text) or (number and not is_fit_number(text)):
            raise unfit_number(text, self._at(event))
        if not number:
            return text
        return float(text) if number["fraction"] or number["exponent"] else int(text)

    def _odd_key(self, event: yaml.NodeEvent) -> Unreadable:
        return self._refusal(
            event,
            "名前が文字列ではありません",
            '名前は文字列で書いてください。数や true などを名前にするときは「"」で囲みます。',
        )

    def _unread_reference(self, event: yaml.NodeEvent) -> Unreadable:
        return self._refusal(
            event,
            "値に名前を付けて使い回す書き方（「&」「*」「<<」）は読みません",
            '使い回している値を、それぞれの場所にそのまま書いてください。文字としての記号は「"」で囲みます。',
        )

    def _unknown_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> Unreadable:
        return self._refusal(
            event,
            f"型の指定「{shortened(str(event.tag).replace(_CORE, '!!'))}」は、ここでは使えません",
            '「!」で始まる型の指定を消してください。文字としての「!」は「"」で囲みます。',
        )

    def _refusal(self, event: yaml.Event, message: str, fix: str) -> Unreadable:
        return Unreadable(message, fix=fix, at=self._at(event))

    def _at(self, event: yaml.Event) -> Location:
        return place_in(self._text, _offset(event.start_mark), self._name)


def _offset(mark: object) -> int:
    """The parser gives each of its events both marks; only the type says otherwise."""
    return cast(yaml.Mark, mark).index


def _syntax_error(error: Exception, text: str, name: str) -> Unreadable:
    control = _CONTROL.search(text)
    if isinstance(error, yaml.reader.ReaderError) and control:
        return Unreadable(
            "YAML には書けない制御文字があります",
            fix="この場所の見えない文字を消すか、打ち直してください。",
            at=place_in(text, control.start(), name),
        )
    problem = str(getattr(error, "problem", None))
    meaning = next((japanese for english, japanese in _SYNTAX.items() if english in problem), None)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return Unreadable(
        f"YAML として読めません。{meaning or '書き方に誤りがあります'}",
        fix="この場所の前後の字下げ・引用符・括弧を確かめてください。",
        at=place_in(text, mark.index, name) if mark else Location(path=name),
    )
