"""The door of the readers: what is refused, in which words, and that nothing else comes out."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.model import Source, Unreadable
from jisseki_check.readers import DEFAULT_LIMITS, READERS, Limits, Reader, read, read_bytes
from tests.readers.packages import p, word

REPORT = "平成29年度\tみずき市総務部の取り組み実績\n\n1. 重点施策・事業\n"
ENDINGS = [*READERS, ".doc", "", ".xyz"]
TEXTS = [".txt", ".json", ".yaml", ".yml", ".csv", ".tsv", ""]


def refused(data: bytes, name: str = "report.txt", limits: Limits = DEFAULT_LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, name, limits)
    assert_complete(caught.value)
    assert caught.value.at is not None
    assert caught.value.at.path == name
    return caught.value


def assert_complete(fault: Unreadable) -> None:
    assert fault.message
    assert fault.fix
    assert fault.fix.endswith("。")
    assert "不具合" not in fault.message, fault.__cause__
    assert fault.rule in {"DOC001", "DOC005"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b" \r\n\t\n", "文字がありません"),
        ("\ufeff\u3000\n\u00a0".encode(), "文字がありません"),
        (REPORT.encode("iso-2022-jp"), "ISO-2022-JP"),
        (REPORT.encode("euc-jp"), "EUC-JP"),
        (REPORT.encode() + b"\xe3\x81", "UTF-8"),
        (REPORT.encode("cp932") + b"\xff", "CP932"),
    ],
)
@pytest.mark.parametrize("ending", TEXTS)
def test_what_is_no_text_is_refused(data: bytes, said: str, ending: str) -> None:
    fault = refused(data, f"report{ending}")
    assert said in fault.message
    assert fault.rule == "DOC001"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (REPORT.encode("utf-16"), "UTF-16"),
        (REPORT.encode("utf-16-be"), "NUL"),
        (REPORT.encode("utf-32"), "UTF-16"),
        (b"abc\0def", "NUL"),
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".json", ".yaml", ".yml", ""])
def test_text_in_wide_characters_is_refused(data: bytes, said: str, ending: str) -> None:
    assert said in refused(data, f"report{ending}").message


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b'{"items": []}', ".json"),
        (b'\xef\xbb\xbf [{"a": 1}]', ".json"),
        (b"# x\n\n---\nformat: a\n", ".yaml"),
    ],
)
def test_data_under_a_text_name_is_told_its_right_name(data: bytes, ending: str) -> None:
    assert ending in (refused(data, "report.txt").fix or "")


def test_text_under_a_json_name_is_told_its_right_name() -> None:
    fault = refused(REPORT.encode(), "report.json")
    assert "JSON ではありません" in fault.message
    assert ".txt" in (fault.fix or "")


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.txt", REPORT.encode(), "text"),
        ("a.TXT", REPORT.encode(), "text"),
        ("a.JSON", b"{}", "json"),
        ("a.yml", b"a: 1", "yaml"),
        ("a.yaml", b'{"a": 1}', "yaml"),
        ("-", REPORT.encode(), "text"),
        ("-", b' {"a": 1}', "json"),
        ("-", b"---\nformat: a\n", "yaml"),
        ("a.txt", b"---\n# x\nnote: a\n", "text"),
        ("report", b"[1] reference\n", "text"),
        ("a.xyz", REPORT.encode("cp932"), "text"),
        ("a.DOCX", word(p("本文")), "docx"),
        ("a.docm", word(p("本文")), "docx"),
        ("-", word(p("本文")), "docx"),
    ],
)
def test_the_ending_decides_and_else_the_content(name: str, data: bytes, form: str) -> None:
    source = read_bytes(data, name)
    assert (source.format, source.path) == (form, name)
    is_data = form in {"json", "yaml"}
    assert (source.blocks is None, source.pointers is None) == (is_data, not is_data)


def test_the_digest_is_that_of_the_bytes_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert read(path).sha256 == digest
    assert read(path, name="shown/a.txt").path == "shown/a.txt"


@pytest.mark.parametrize("ending", TEXTS)
def test_the_size_limit_holds_to_the_byte(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"[1234567]")
    assert read(path, limits=Limits(max_bytes=9))
    with pytest.raises(Unreadable, match="8バイト") as caught:
        read(path, limits=Limits(max_bytes=8))
    assert_complete(caught.value)
    assert "8バイト" in refused(b"[1234567]", f"a{ending}", Limits(max_bytes=8)).message


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "folder.txt").mkdir()
    for name in ("missing.txt", "pipe.txt", "loop.txt", "folder.txt", "nul\0.txt", "x" * 300, "a/b/c"):
        with pytest.raises(Unreadable) as caught:
            read(tmp_path / name, name=name)
        assert_complete(caught.value)


def test_no_file_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    before = len(os.listdir("/dev/fd"))
    for path in (tmp_path, tmp_path / "a.txt", tmp_path / "missing.txt"):
        with contextlib.suppress(Unreadable):
            read(path)
    assert len(os.listdir("/dev/fd")) == before


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)
    with pytest.raises(Unreadable, match="権限") as caught:
        read(tmp_path / "a.txt")
    assert_complete(caught.value)


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"first")
    real = os.fstat
    calls: list[int] = []

    def write_on(descriptor: int) -> os.stat_result:
        status = real(descriptor)
        if not calls:
            calls.append(descriptor)
            path.write_bytes(b"first and second")
        return status

    monkeypatch.setattr(os, "fstat", write_on)
    with pytest.raises(Unreadable, match="途中で") as caught:
        read(path)
    assert_complete(caught.value)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "メモリー"),
        (RecursionError(), "深すぎて"),
        (KeyError("x"), "不具合"),
        (OSError(5, "Input/output error"), "装置の異常"),
        (TimeoutError(), "読み込めません"),
    ],
)
def test_whatever_a_reader_raises_becomes_unreadable(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Source:
        raise error

    reader: Reader = broken
    monkeypatch.setitem(READERS, ".txt", reader)
    with pytest.raises(Unreadable, match=said) as caught:
        read_bytes(b"x", "a.txt")
    assert caught.value.fix


def missing(library: str) -> Reader:
    def read_with_it(*_: object) -> Source:
        raise ModuleNotFoundError(f"No module named '{library}'", name=library)

    return read_with_it


@pytest.mark.parametrize("library", ["lxml", "lxml.etree", "openpyxl", "pypdfium2"])
def test_a_library_that_is_not_installed_is_named(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, ".docx", missing(library))
    fault = refused(word(p("本文")), "a.docx")
    assert library.partition(".")[0] in fault.message
    assert "jisseki-check[office]" in (fault.fix or "")


def test_another_module_that_is_missing_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, ".docx", missing("jisseki_check.readers.nothing"))
    with pytest.raises(Unreadable, match="不具合"):
        read_bytes(word(p("本文")), "a.docx")


def test_a_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\x8e\xff.txt"))
    path.write_bytes(b"x")
    shown = read(path).path
    assert shown == f"{tmp_path}/\ufffd\ufffd.txt"
    assert read_bytes(b"x", "\ud800.txt").path == "\ufffd.txt"


@pytest.mark.parametrize("data", [b'{"a": [1]}', b"a\tb", b"format: x\na: [1]", word(p("本文"))])
def test_a_source_can_be_sent_to_another_process(data: bytes) -> None:
    source = pickle.loads(pickle.dumps(read_bytes(data, "-")))
    assert (source.data, source.blocks) == (read_bytes(data, "-").data, read_bytes(data, "-").blocks)
    if source.pointers:
        assert source.pointers.locate("/a/0") == read_bytes(data, "-").pointers.locate("/a/0")  # type: ignore[union-attr]


def assert_read_or_refused(data: bytes, name: str) -> None:
    try:
        assert isinstance(read_bytes(data, name), Source)
    except Unreadable as fault:
        assert_complete(fault)


@given(data=st.binary(max_size=200), ending=st.sampled_from(ENDINGS))
def test_random_bytes_are_read_or_refused(data: bytes, ending: str) -> None:
    assert_read_or_refused(data, f"x{ending}")


NOISE = st.text(
    alphabet="[]{}<>&;:,\"'\\-#!*?|%@`~0123eE.+naul tfp\n\r\t\f\u3000あ年\u2028\x85\x01", max_size=60
)


@given(text=NOISE, ending=st.sampled_from(ENDINGS), encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp932"]))
def test_text_full_of_syntax_is_read_or_refused(text: str, ending: str, encoding: str) -> None:
    assert_read_or_refused(text.encode(encoding, "replace"), f"x{ending}")


SAMPLE = {
    "format": "jisseki-report/1",
    "部": ["総務部", None, True],
    "items": [{"value": -1.5e3, "n": '\\"😀'}],
}
SAMPLES = {
    ".json": json.dumps(SAMPLE, ensure_ascii=False, indent=1),
    ".yaml": '部: [総務部]\nitems:\n  - value: 1.5\n    n: "a\\"b"\n  - |\n    text\n\n  - >-\n    more\n',
    ".txt": "<p>平成29年度</p>\t&amp;\r\n\f目標 &#x3042; <br>\r",
}


@pytest.mark.parametrize("ending", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_every_cut_of_a_good_file_is_read_or_refused(ending: str, encoding: str) -> None:
    data = SAMPLES[ending].encode(encoding, "replace")
    assert read_bytes(data, f"x{ending}")
    for end in range(len(data)):
        assert_read_or_refused(data[:end], f"x{ending}")


@pytest.mark.parametrize("ending", SAMPLES)
@given(data=st.data())
def test_every_small_damage_is_read_or_refused(ending: str, data: st.DataObject) -> None:
    good = bytearray(SAMPLES[ending].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(good) - 1))
        good[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    assert_read_or_refused(bytes(good), f"x{ending}")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "unit",
    ["[", "{", "]", '{"a":', "- ", "? ", "<p ", "<", "&#", "&", '"', '\\"', "\t", "<b>", "a: ", "%", "!"],
)
def test_a_million_times_the_same_sign_ends(ending: str, unit: str) -> None:
    assert_read_or_refused((unit * 1_000_000).encode()[:3_000_000], f"x{ending}")
