"""What the operating system says of a file or a folder, in Japanese."""

from __future__ import annotations

import errno

_WHY = {
    errno.ENOENT: "その名前のものがありません",
    errno.ENOTDIR: "途中のフォルダーがありません",
    errno.EISDIR: "フォルダーです",
    errno.EEXIST: "同じ名前のものがあります",
    errno.EACCES: "権限がありません",
    errno.EPERM: "権限がありません",
    errno.EROFS: "書き込めない場所です",
    errno.ENOSPC: "空き容量がありません",
    errno.EFBIG: "大きすぎます",
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.EINVAL: "使えない名前です",
    errno.ELOOP: "リンクが循環しています",
    errno.EMFILE: "開いているファイルが多すぎます",
    errno.ENFILE: "開いているファイルが多すぎます",
    errno.EBUSY: "ほかのソフトウェアが使っています",
    errno.ETIMEDOUT: "応答がありません",
    errno.EIO: "読み書きの途中で装置の異常がありました",
    # Not everywhere known by name.
    getattr(errno, "EDQUOT", -1): "割り当てられた容量を使い切っています",
    getattr(errno, "ESTALE", -2): "共有フォルダーとのつながりが切れています",
    getattr(errno, "EHOSTDOWN", -3): "共有フォルダーにつながりません",
}
_IN_USE = frozenset({32, 33})  # sharing and lock violations, which Windows gives out as a lack of rights


def in_words(error: OSError) -> str:
    """Why something could not be read or written, for people; what has no words here by the system's own
    name for it, which whoever looks after the computer knows."""
    if getattr(error, "winerror", None) in _IN_USE:
        return "ほかのソフトウェアが使っています"
    if error.errno in _WHY:
        return _WHY[error.errno]
    name = errno.errorcode.get(error.errno or 0) or type(error).__name__
    return f"システムのエラー {name}"
