"""`python -m jisseki_check` is `jisseki-check`."""

from __future__ import annotations

from jisseki_check.cli.app import run

if __name__ == "__main__":
    run()
