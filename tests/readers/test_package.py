"""Archives that lie, hide or break: only what really is there is taken out, and never more than allowed."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pytest

from jisseki_check.limits import Limits
from jisseki_check.model import Unreadable
from jisseki_check.readers.package import Package, open_package
from tests.readers.packages import archive

NAME = "報告.docx"
MEMBERS: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>", "word/document.xml": "本文" * 500}
GOOD = archive(MEMBERS)


def opened(data: bytes, **limits: int) -> Package:
    return open_package(data, NAME, Limits(**limits))


def refused(make: Callable[[], object]) -> str:
    with pytest.raises(Unreadable) as caught:
        make()
    fault = caught.value
    assert fault.rule == "DOC001"
    assert fault.at is not None
    assert fault.at.path == NAME
    assert fault.fix
    assert fault.fix.endswith("。")
    return fault.message


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_members_are_taken_out_as_they_were_put_in(compression: int) -> None:
    package = opened(archive(MEMBERS | {"word/media/": "", "empty": ""}, compression))
    assert package.names == ("[Content_Types].xml", "word/document.xml", "empty")
    assert package.read("word/document.xml").decode() == MEMBERS["word/document.xml"]
    assert package.read("empty") == b""


def test_names_differ_in_more_than_case() -> None:
    package = opened(archive({"Word\\Document.XML": "x"}))
    assert "word/document.xml" in package
    assert "word/other.xml" not in package
    assert package.read("WORD/document.xml") == b"x"


def test_what_is_not_there_is_said() -> None:
    assert "word/styles.xml" in refused(lambda: opened(GOOD).read("word/styles.xml"))


def test_bytes_that_inflate_are_counted_over_all_members() -> None:
    data = archive({"a": bytes(6_000_000), "b": bytes(4_000_000)})
    package = opened(data, max_inflated=10_000_000)
    assert [len(package.read(name)) for name in "ab"] == [6_000_000, 4_000_000]
    package = opened(data, max_inflated=9_999_999)
    package.read("a")
    assert "大きくなりすぎます" in refused(lambda: package.read("b"))
    package = opened(data, max_inflated=10_000_000)
    package.read("a")
    assert "大きくなりすぎます" in refused(lambda: package.read("a"))


def test_a_bomb_is_left_before_it_fills_the_memory() -> None:
    data = _forged(_deflated(bytes(100_000_000)), size=100)
    tracemalloc.start()
    assert "大きくなりすぎます" in refused(lambda: opened(data, max_inflated=20_000_000).read("a"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000


def test_a_size_that_is_forged_is_found_out() -> None:
    packed = _deflated(b"abc" * 1000)
    assert opened(_forged(packed, size=3000, crc=zlib.crc32(b"abc" * 1000))).read("a") == b"abc" * 1000
    for size in (0, 1, 2999, 3001, 0xFFFFFFF0):
        damaged = _forged(packed, size=size, crc=zlib.crc32(b"abc" * 1000))
        assert "壊れています" in refused(lambda data=damaged: opened(data).read("a"))  # type: ignore[misc]


def test_a_sum_that_does_not_fit_is_found_out() -> None:
    damaged = bytearray(archive({"a": "abcdefgh" * 10}, zipfile.ZIP_STORED))
    damaged[40] ^= 1
    assert "（a）が壊れています" in refused(lambda: opened(bytes(damaged)).read("a"))


def test_a_stream_without_its_end_is_found_out() -> None:
    packed = _deflated(b"abc" * 1000)[:-3]
    assert "壊れています" in refused(lambda: opened(_forged(packed, size=3000)).read("a"))


@pytest.mark.parametrize("end", range(0, len(GOOD), 7))
def test_every_cut_is_found_out(end: int) -> None:
    assert "途中で切れているか、壊れている" in refused(lambda: opened(GOOD[:end]))


def test_too_many_members_are_refused_before_they_are_listed() -> None:
    data = archive({f"{number}": "" for number in range(30)})
    assert len(opened(data, max_members=30).names) == 30
    assert "多すぎます（上限は29個）" in refused(lambda: opened(data, max_members=29))


def test_one_name_twice_is_refused() -> None:
    for other in ("a/b", "A/B", "a\\b"):
        assert "二つあります" in refused(lambda name=other: opened(_two("a/b", name)))  # type: ignore[misc]


def _two(first: str, second: str) -> bytes:
    """Python warns of a name that is there twice; another of as many letters is changed into it."""
    data = archive({first: "x", "?" * len(second): "y"})
    return data.replace(b"?" * len(second), second.encode())


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../../x", "..\\x", "C:\\x", "c:/x", "a/.."])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    data = archive({"ok": "", "?" * len(name): ""}).replace(b"?" * len(name), name.encode())
    assert "外の場所" in refused(lambda: opened(data))


def test_a_member_without_a_name_does_no_harm() -> None:
    data = bytearray(archive({"a": "x", "b": "y"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 46 : at + 47] = b"\0"
    assert opened(bytes(data)).read("a") == b"x"


@pytest.mark.parametrize("name", ["a..b/c", "...", "word/..rels", "[Content_Types].xml"])
def test_names_with_dots_are_read(name: str) -> None:
    assert opened(archive({name: "x"})).read(name) == b"x"


@pytest.mark.parametrize("bit", [0x1, 0x40, 0x2000])
def test_locked_members_are_refused(bit: int) -> None:
    data = bytearray(GOOD)
    at = data.rindex(b"PK\x01\x02") + 8
    data[at : at + 2] = struct.pack("<H", bit)
    assert "暗号化" in refused(lambda: opened(bytes(data)))


def test_another_way_to_compress_is_refused() -> None:
    assert "方式（14）" in refused(lambda: opened(archive({"a": "x"}, zipfile.ZIP_LZMA)).read("a"))


def test_members_that_share_their_bytes_are_refused() -> None:
    """One stream of bytes under many names: the whole inflates to many times what one does."""
    one = archive({"a": bytes(100_000)})
    start = one.rindex(b"PK\x01\x02")
    end = one.rindex(b"PK\x05\x06")
    entry = one[start:end]
    entries = b"".join(entry.replace(b"a", bytes([ord("a") + place])) for place in range(20))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 20, 20, len(entries), start, 0)
    assert "重なり合って" in refused(lambda: opened(one[:start] + entries + tail))


def test_a_member_that_covers_the_next_is_refused() -> None:
    data = bytearray(archive({"a": "x" * 50, "b": "y" * 50}, zipfile.ZIP_STORED))
    first = data.index(b"PK\x01\x02")
    struct.pack_into("<LL", data, first + 20, 60, 60)
    assert "重なり合って" in refused(lambda: opened(bytes(data)))


def test_a_member_that_reaches_into_the_directory_is_refused() -> None:
    data = bytearray(archive({"a": "x" * 50}, zipfile.ZIP_STORED))
    struct.pack_into("<LL", data, data.index(b"PK\x01\x02") + 20, 90, 90)
    assert "壊れている" in refused(lambda: opened(bytes(data)))


def test_a_directory_that_points_nowhere_is_refused() -> None:
    for offset in (1, 20, 2**31, 2**32 - 2):
        data = bytearray(GOOD)
        struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 42, offset)
        assert refused(lambda: opened(bytes(data)))  # noqa: B023


def _deflated(content: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(content) + engine.flush()


def _forged(packed: bytes, size: int, crc: int = 0) -> bytes:
    """One member that says of itself what it is told to say."""
    sizes = struct.pack("<LLL", crc, len(packed), size)
    local = b"PK\x03\x04" + struct.pack("<5H", 20, 0, 8, 0, 0) + sizes + struct.pack("<2H", 1, 0) + b"a"
    central = b"PK\x01\x02" + struct.pack("<6H", 20, 20, 0, 8, 0, 0) + sizes
    central += struct.pack("<5H2L", 1, 0, 0, 0, 0, 0, 0) + b"a"
    start = len(local) + len(packed)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), start, 0)
    return local + packed + central + tail
