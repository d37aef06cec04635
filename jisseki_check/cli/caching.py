"""Where the results of long runs are kept for the next one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import click

from jisseki_check.settings import Settings

FOLDER = ".jisseki-check"

cache_option = click.option(
    "--no-cache",
    is_flag=True,
    help="前に点検した結果を使わず、変わっていないファイルも点検し直します。結果は、ファイルが100以上のときに"
    f"「{FOLDER}」フォルダーに残します。",
)


def cache_folder(given: Mapping[str, Any], settings: Settings) -> str | None:
    """Beside the project's settings, else in the working directory; None where none is wanted."""
    if given["no_cache"]:
        return None
    root = os.path.dirname(settings.path) if settings.path else os.getcwd()
    return os.path.join(root, FOLDER)
