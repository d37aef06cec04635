"""Files that LibreOffice saves, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def convert(files: Mapping[str, bytes], ending: str) -> dict[str, bytes]:
    """Each file (its name ends as its format does) in another format, by its name. Skips the test where
    LibreOffice is not installed."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, target = folder / "source", folder / "target"
        source.mkdir()
        for file, data in files.items():
            (source / file).write_bytes(data)
        subprocess.run(
            [
                SOFFICE,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                ending,
                "--outdir",
                str(target),
                *(str(source / file) for file in files),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return {file: (target / file).with_suffix(f".{ending}").read_bytes() for file in files}
