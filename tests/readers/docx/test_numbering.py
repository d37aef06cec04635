"""Numbers that Word writes by itself are no text of the file; forms number their items so."""

from __future__ import annotations

import pytest

from jisseki_check.readers.docx.numerals import written
from tests.readers.packages import lines, p, r, read_word, tbl, tc, tr


def level(place: int, kind: str = "decimal", text: str = "%1.", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, *overrides: str) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def numbered(text: str, number: int = 1, place: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>')


def styled(text: str, name: str, more: str = "") -> str:
    return p(text, properties=f'<w:pStyle w:val="{name}"/>{more}')


def labels(kind: str, text: str = "%1", more: str = "", count: int = 3, start: int = 1) -> list[str]:
    numbering = definition(0, level(0, kind, text, more, start)) + num(1, 0)
    return lines(read_word(numbered("題") * count, {"numbering": numbering}))


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("decimal", "(%1)", ["(1) 題", "(2) 題", "(3) 題"]),
        ("decimal", "%1.", ["1. 題", "2. 題", "3. 題"]),
        ("decimal", "（%1）", ["（1）題", "（2）題", "（3）題"]),
        ("decimalFullWidth", "（%1）", ["（１）題", "（２）題", "（３）題"]),
        ("decimalFullWidth", "%1", ["１ 題", "２ 題", "３ 題"]),
        ("decimalEnclosedCircle", "%1", ["①題", "②題", "③題"]),
        ("decimalEnclosedParen", "%1", ["⑴題", "⑵題", "⑶題"]),
        ("decimalZero", "%1", ["01 題", "02 題", "03 題"]),
        ("japaneseCounting", "第%1", ["第一 題", "第二 題", "第三 題"]),
        ("japaneseCounting", "%1、", ["一、題", "二、題", "三、題"]),
        ("aiueoFullWidth", "%1", ["ア 題", "イ 題", "ウ 題"]),
        ("aiueo", "%1", ["ｱ 題", "ｲ 題", "ｳ 題"]),
        ("irohaFullWidth", "(%1)", ["(イ) 題", "(ロ) 題", "(ハ) 題"]),
        ("upperRoman", "%1．", ["I．題", "II．題", "III．題"]),
        ("lowerLetter", "%1)", ["a) 題", "b) 題", "c) 題"]),
        ("bullet", "◆", ["◆題", "◆題", "◆題"]),
        ("bullet", "・", ["・題", "・題", "・題"]),
        ("bullet", "-", ["- 題", "- 題", "- 題"]),
        ("bullet", "o", ["○題", "○題", "○題"]),
        ("bullet", "\uf06e", ["■題", "■題", "■題"]),
        ("none", "%1", ["題", "題", "題"]),
        ("none", "※", ["※題", "※題", "※題"]),
        ("decimal", "", ["題", "題", "題"]),
        ("somethingNew", "%1.", ["1. 題", "2. 題", "3. 題"]),
    ],
)
def test_a_number_is_written_as_word_shows_it(kind: str, text: str, shown: list[str]) -> None:
    assert labels(kind, text) == shown


@pytest.mark.parametrize(
    ("kind", "number", "text"),
    [
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("japaneseCounting", 10, "十"),
        ("japaneseCounting", 18, "十八"),
        ("japaneseCounting", 230, "二百三十"),
        ("japaneseCounting", 10_001, "一万一"),
        ("japaneseLegal", 11, "壱拾壱"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 12, "亥"),
        ("aiueoFullWidth", 46, "ン"),
        ("aiueoFullWidth", 47, "ア"),
        ("irohaFullWidth", 47, "ス"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("upperRoman", 4000, "4000"),
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 27, "aa"),
        ("lowerLetter", 100_000, "100000"),
        ("decimalZero", 100, "100"),
        ("hex", 255, "FF"),
        ("numberInDash", 3, "- 3 -"),
        ("decimal", 0, "0"),
        ("aiueo", 0, "0"),
        ("aiueo", -2, "-2"),
        ("none", 5, ""),
    ],
)
def test_numbers_far_on_are_written_too(kind: str, number: int, text: str) -> None:
    assert written(number, kind) == text


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ('<w:suff w:val="nothing"/>', "(1)題"),
        ('<w:suff w:val="space"/>', "(1) 題"),
        ("<w:rPr><w:vanish/></w:rPr>", "題"),
    ],
)
def test_what_stands_behind_a_number(more: str, shown: str) -> None:
    assert labels("decimal", "(%1)", more, count=1) == [shown]


@pytest.mark.parametrize(
    ("font", "sign", "shown"),
    [
        ("Wingdings", "l", "●"),
        ("Wingdings", "\uf075", "◆"),
        ("Symbol", "\uf0b7", "•"),
        ("ＭＳ 明朝", "■", "■"),
    ],
)
def test_a_bullet_of_a_picture_font_is_what_it_shows(font: str, sign: str, shown: str) -> None:
    more = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
    assert labels("bullet", sign, more, count=1) == [f"{shown}題"]


LEVELS = (level(0, text="%1."), level(1, text="%1-%2."), level(2, "lowerLetter", "(%3)"))


def test_levels_count_within_those_above() -> None:
    body = "".join(numbered("題", place=place) for place in (0, 1, 1, 2, 2, 0, 1, 2))
    source = read_word(body, {"numbering": definition(0, *LEVELS) + num(1, 0)})
    assert lines(source) == [
        "1. 題", "1-1. 題", "1-2. 題", "(a) 題", "(b) 題", "2. 題", "2-1. 題", "(a) 題",
    ]  # fmt: skip


def test_a_level_may_go_on_behind_those_above() -> None:
    never = level(1, text="%2)", more='<w:lvlRestart w:val="0"/>')
    body = "".join(numbered("題", place=place) for place in (0, 1, 0, 1))
    source = read_word(body, {"numbering": definition(0, LEVELS[0], never) + num(1, 0)})
    assert lines(source) == ["1. 題", "1) 題", "2. 題", "2) 題"]


def test_a_level_may_begin_anew_behind_some_levels_only() -> None:
    """w:lvlRestart 1: the third level begins anew behind the first, and not behind the second."""
    third = level(2, text="%3)", more='<w:lvlRestart w:val="1"/>')
    body = "".join(numbered("題", place=place) for place in (0, 2, 1, 2, 0, 2))
    source = read_word(body, {"numbering": definition(0, *LEVELS[:2], third) + num(1, 0)})
    assert [text for text in lines(source) if ")" in text] == ["1) 題", "2) 題", "1) 題"]


def test_a_list_begins_where_it_is_told_to() -> None:
    assert labels("decimal", "(%1)", start=17, count=2) == ["(17) 題", "(18) 題"]
    assert labels("decimal", "(%1)", start=0, count=2) == ["(0) 題", "(1) 題"]


def test_lists_of_one_definition_go_on_unless_they_begin_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = definition(0, LEVELS[0]) + num(1, 0) + num(2, 0) + num(3, 0, anew)
    body = "".join(numbered("題", number) for number in (1, 1, 2, 3, 3, 1))
    assert lines(read_word(body, {"numbering": numbering})) == [
        "1. 題", "2. 題", "3. 題", "1. 題", "2. 題", "3. 題",
    ]  # fmt: skip


def test_a_list_may_change_a_level_of_its_definition() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "aiueoFullWidth", "%1")}</w:lvlOverride>'
    numbering = definition(0, LEVELS[0]) + num(1, 0, own)
    assert lines(read_word(numbered("題"), {"numbering": numbering})) == ["ア 題"]


def test_a_level_may_want_digits_of_those_above() -> None:
    roman = level(0, "upperRoman", "%1")
    digits = level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    body = numbered("題") + numbered("題", place=1)
    assert lines(read_word(body, {"numbering": definition(0, roman, digits) + num(1, 0)})) == [
        "I 題",
        "1.1 題",
    ]


STYLES = """
<w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Item"/></w:style>
<w:style w:type="paragraph" w:styleId="Deep"><w:pPr><w:numPr>
<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="numbering" w:styleId="List"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
"""


def test_a_style_numbers_its_paragraphs() -> None:
    bound = level(1, text="(%2)", more='<w:pStyle w:val="Sub"/>')
    parts = {"styles": STYLES, "numbering": definition(0, LEVELS[0], bound) + num(1, 0)}
    body = styled("題", "Item") + styled("細目", "Sub") + styled("細目", "Sub") + styled("題", "Item")
    body += styled("題でない", "Item", '<w:numPr><w:numId w:val="0"/></w:numPr>') + styled("深い", "Deep")
    assert lines(read_word(body, parts)) == ["1. 題", "(1) 細目", "(2) 細目", "2. 題", "題でない", "(1) 深い"]


def test_a_definition_may_stand_with_a_style() -> None:
    linked = definition(0, more='<w:numStyleLink w:val="List"/>')
    numbering = linked + definition(7, level(0, text="(%1)"), more='<w:styleLink w:val="List"/>')
    parts = {"styles": STYLES, "numbering": numbering + num(1, 0) + num(5, 7)}
    assert lines(read_word(numbered("題") * 2, parts)) == ["(1) 題", "(2) 題"]


def test_definitions_that_point_at_each_other_number_nothing() -> None:
    styles = STYLES.replace('w:val="5"', 'w:val="1"')
    numbering = definition(0, more='<w:numStyleLink w:val="List"/>') + num(1, 0)
    assert lines(read_word(numbered("題"), {"styles": styles, "numbering": numbering})) == ["題"]


def test_a_kind_of_ones_own_is_read_by_its_ordinary_one() -> None:
    own = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'
    )
    assert lines(read_word(numbered("題"), {"numbering": definition(0, own) + num(1, 0)})) == ["01. 題"]


def test_cells_are_numbered_in_the_order_of_reading() -> None:
    body = tbl(tr(tc(numbered("左")), tc(numbered("右"))), tr(tc(numbered("下")), tc()))
    assert lines(read_word(body, {"numbering": definition(0, LEVELS[0]) + num(1, 0)})) == [
        "1. 左|2. 右",
        "3. 下|",
    ]


def test_what_word_numbers_has_no_characters_of_its_own_in_the_file() -> None:
    source = read_word(numbered("題"), {"numbering": definition(0, LEVELS[0]) + num(1, 0)})
    runs = (source.blocks or ())[0].cells[0][0]
    assert [(run.text, run.at.line, run.at.column) for run in runs] == [("1. ", 1, 1), ("題", 1, 1)]


def test_numbering_that_is_not_there_numbers_nothing() -> None:
    assert lines(read_word(numbered("題", number=9), {"numbering": num(1, 0)})) == ["題"]
    assert lines(read_word(numbered("題", number=1), {"numbering": num(1, 0)})) == ["題"]
    assert lines(read_word(numbered("題"))) == ["題"]
    odd = '<w:numPr><w:ilvl w:val="42"/><w:numId w:val="1"/></w:numPr>'
    numbering = definition(0, LEVELS[0]) + num(1, 0)
    assert lines(read_word(p(r("題"), properties=odd), {"numbering": numbering})) == ["題"]
