"""A checker of Japanese cities' annual reports (取り組み実績)."""

__version__ = "0.1.0"
