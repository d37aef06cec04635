"""What was found in files that have not changed since need not be looked for again.

keys      by what it is known that a file, the rules and the program are still the same
store     the SQLite file in which it is kept, and why it is believed
session   one run's use of it
"""

from jisseki_check.engine.cache.session import Session, open_cache

__all__ = ["Session", "open_cache"]
