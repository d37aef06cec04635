"""What the operating system says, in Japanese."""

from __future__ import annotations

import errno
import re

import pytest

from jisseki_check.os_errors import in_words

_ENGLISH = re.compile("[A-Za-z]{2,}")


@pytest.mark.parametrize(
    "number",
    [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.EROFS, errno.ELOOP],
    ids=errno.errorcode.__getitem__,
)
def test_what_often_happens_has_words(number: int) -> None:
    said = in_words(OSError(number, "told in English"))
    assert said
    assert not _ENGLISH.search(said)


def test_what_seldom_happens_has_the_name_that_its_keeper_knows() -> None:
    assert in_words(OSError(errno.ENXIO, "No such device")) == "システムのエラー ENXIO"
    assert in_words(OSError("something of a library")) == "システムのエラー OSError"


def test_a_file_in_use_is_no_lack_of_rights() -> None:
    error = PermissionError(errno.EACCES, "in use")
    assert in_words(error) == "権限がありません"
    error.winerror = 32  # type: ignore[attr-defined]  # as Windows has it
    assert in_words(error) == "ほかのソフトウェアが使っています"
