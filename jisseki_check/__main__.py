"""`python -m jisseki_check` is `jisseki-check`."""

from __future__ import annotations

from jisseki_check.cli.app import main

if __name__ == "__main__":
    raise SystemExit(main())
