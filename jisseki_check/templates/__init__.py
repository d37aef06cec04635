"""Empty forms to fill in, with the profile's choices and the rules' limits built in."""

from __future__ import annotations

from typing import Protocol, cast

from jisseki_check.profiles import Profile
from jisseki_check.templates.form import Wishes
from jisseki_check.writers import CannotWrite, loaded

__all__ = ["TEMPLATES", "Wishes", "create"]

TEMPLATES = {
    ".xlsx": "jisseki_check.templates.xlsx",
    ".docx": "jisseki_check.templates.docx",
    ".json": "jisseki_check.templates.json",
}


class _Template(Protocol):
    def create(self, profile: Profile, wishes: Wishes) -> bytes: ...


def create(profile: Profile, wishes: Wishes, ending: str) -> bytes:
    """The empty form in the format of that ending, one of TEMPLATES. Raises CannotWrite."""
    if profile.tree is not None:
        raise CannotWrite(f"「{profile.title}」は別の仕組みで作られるデータで、記入する様式がありません。")
    return cast(_Template, loaded(TEMPLATES[ending])).create(profile, wishes)
