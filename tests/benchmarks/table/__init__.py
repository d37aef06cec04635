"""Fifteen rules over one table of items, expressed in our rules and in each peer's own way."""
