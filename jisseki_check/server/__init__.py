"""The language server: findings, explanations and safe corrections in an editor, while somebody writes.

What the editor holds is checked, not what lies on the disk. Needs the extra `editor`.
"""
