"""The peers, each in an environment of its own with pinned versions, away from the others."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_HELD = _ROOT / ".venv-bench"
_PINS = Path(__file__).parent / "peers"
_UV = str(Path(sys.executable).parent / "uv")

CHECK_JSONSCHEMA = "check-jsonschema"
FRICTIONLESS = "frictionless"
GREAT_EXPECTATIONS = "great-expectations"
POINTBLANK = "pointblank"
PLAIN = "jsonschema-pandera"
PEERS = (CHECK_JSONSCHEMA, FRICTIONLESS, GREAT_EXPECTATIONS, POINTBLANK, PLAIN)


def python(peer: str) -> Path:
    """The interpreter of a peer's environment, which is built where it is not there or not as pinned.

    Its libraries are compiled to bytecode when they are installed. Raises CalledProcessError where they
    cannot be installed.
    """
    folder, pins = _HELD / peer, _PINS / f"{peer}.txt"
    stamp = folder / "pinned.sha256"
    digest = hashlib.sha256(pins.read_bytes()).hexdigest()
    interpreter = folder / "bin" / "python"
    if not stamp.is_file() or stamp.read_text() != digest:
        _uv("venv", "--clear", "--python", sys.executable, str(folder))
        _uv(
            "pip", "install", "--require-hashes", "--compile-bytecode",
            "--python", str(interpreter), "--requirement", str(pins),
        )  # fmt: skip
        stamp.write_text(digest)
    return interpreter


def _uv(*words: str) -> None:
    subprocess.run([_UV, "--quiet", *words], check=True)


def pinned(peer: str) -> list[tuple[str, str]]:
    """Name and version of what was asked for in a peer's environment."""
    versions = dict(re.findall(r"^([\w.-]+)==(\S+)", (_PINS / f"{peer}.txt").read_text(), re.MULTILINE))
    asked = re.findall(r"^[\w.-]+", (_PINS / f"{peer}.in").read_text(), re.MULTILINE)
    return [(name, versions[name]) for name in asked]
