"""Judging: schema, rules, coverage and the verdict."""
