"""Web pages → blocks.

What is read is the page's own text as a browser shows it, hidden words included, tracked changes accepted.
The menus around it, and the page's head and foot, are left out, unless only they name the fiscal year.
Nothing is run, and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from itertools import islice
from typing import Any

from lxml import etree

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Location, Run, Source, Unreadable
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.readers.html.elements import words_of
from jisseki_check.readers.html.encoding import page_text
from jisseki_check.readers.html.walk import Walk
from jisseki_check.readers.xml_parts import Element

_TITLE_BLOCKS = 5
# The parser drops what stands behind these.
_ENDS = re.compile(r"</(?:body|html)(?=[\s>])[^<>]*>", re.IGNORECASE)
_LAST = "end-of-page"
# What is no tag, or a tag: its attributes, one by one.
_NO_TAG = r"<!--(?s:.*?)(?:-->|\Z)|<(?P<raw>script|style|textarea)\b(?s:.*?)(?:</(?P=raw)|\Z)"
_ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_TAG = re.compile(rf"{_NO_TAG}|<[a-z][^\s/>]*+(?P<attributes>(?:{_ATTRIBUTE})*+)", re.IGNORECASE)
_EACH = re.compile(_ATTRIBUTE)
_MOST_ATTRIBUTES = 5_000
_SITE = re.compile(r"\s*[|｜]\s*|\s+[-–—:：]\s+|\s*[／]\s*")


def read_html(data: bytes, name: str, limits: Limits) -> Source:
    """Raises Unreadable if the page is damaged, over a limit, or holds no text."""
    try:
        root = _parsed(page_text(data, name), limits)
        page = Walk(root, limits, name)
        _refuse_without_text(root, page.own.blocks)
        blocks = _titles(root, page) + page.own.blocks
    except Unreadable as fault:
        if fault.at is None or fault.at.path is None:
            line = None if fault.at is None else fault.at.line
            fault.at = Location(path=name, line=line)
        raise
    return Source(
        path=name,
        format="html",
        sha256=sha256(data).hexdigest(),
        blocks=tuple(blocks),
        remarks=page.remarks(),
    )


def _parsed(text: str, limits: Limits) -> Element:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.count("\n") + 1
    if lines > limits.max_lines:
        raise Unreadable(
            f"行が多すぎます（{lines:,}行。上限は{limits.max_lines:,}行）",
            fix="部ごとのファイルに分けてください。",
            at=Location(line=limits.max_lines + 1),
        )
    text = _ENDS.sub(lambda match: "\n" * match[0].count("\n"), text)
    _refuse_endless_tags(text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    root = etree.fromstring(f"{text}<{_LAST}></{_LAST}>".encode(), parser)
    if root is None or (root.find(f".//{_LAST}") is None and root.find("frameset") is None):
        raise Unreadable(
            "HTML を終わりまで読めません（タグの入れ子が深すぎるか、コメントや引用符が閉じられていません）",
            fix="作成したソフトウェアで開いて保存し直すか、Word 文書（.docx）か PDF として保存してください。",
        )
    return root


def _refuse_endless_tags(text: str) -> None:
    """The parser compares each attribute of a tag with all the others."""
    for tag in _TAG.finditer(text):
        attributes = tag["attributes"] or ""
        if len(attributes) > _MOST_ATTRIBUTES and len(_EACH.findall(attributes)) > _MOST_ATTRIBUTES:
            raise Unreadable(
                f"一つのタグに属性が多すぎます（上限は{_MOST_ATTRIBUTES:,}個）",
                fix="報告のファイルかどうかを確かめてください。",
                at=Location(line=text.count("\n", 0, tag.start()) + 1),
            )


def _refuse_without_text(root: Element, blocks: Sequence[Block]) -> None:
    if any(block.cells for block in blocks):
        return
    if next(root.iter("frame", "iframe"), None) is not None:
        raise Unreadable(
            "ページの枠（フレーム）だけがあり、本文は別のファイルにあります",
            fix="本文のページを開いて保存し、そのファイルを指定してください。",
        )
    if next(root.iter("img", "object", "canvas"), None) is not None:
        raise Unreadable(
            "ページの中身が画像だけで、文字がありません",
            fix="画像にする前の文書か、文字を打ち直した文書を指定してください。画像の中の文字は読めません。",
        )
    raise Unreadable(
        "ページに文字がありません（表示のときにプログラムで文字を取り込むページも、読めません）",
        fix="報告の本文が入っているファイルかどうかを確かめてください。",
    )


# --- where the page's own text names no fiscal year ---------------------------------------------


def _titles(root: Element, page: Walk) -> list[Block]:
    """What names the fiscal year of the page outside of its own text: a line around it, or its title."""
    own = [block for block in page.own.blocks if block.cells]
    if any(_names_a_year(_text_of(block)) for block in islice(own, _TITLE_BLOCKS)):
        return []
    around = (block for block in page.outside.blocks if block.table is None)
    found = next((block for block in around if _names_a_year(_text_of(block))), None)
    if found is not None:
        return [found]
    title: Any = next(root.iter("title"), None)  # the stubs know no numbers of lines
    if title is None or any(_names_a_year(_text_of(block)) for block in own):
        return []
    parts = _SITE.split(words_of(title))
    named = next((part for part in parts if _names_a_year(part)), None)
    if named is None:
        return []
    return [Block((((Run(named, Location(line=title.sourceline)),),),))]


def _text_of(block: Block) -> str:
    return "".join(run.text for cell in block.cells for paragraph in cell for run in paragraph)


def _names_a_year(text: str) -> bool:
    return bool(find_fiscal_years(text))
