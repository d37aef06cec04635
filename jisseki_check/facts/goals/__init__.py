"""Numbers that a plan says are to be reached: 参加者300人を目指します, 10日以内とします, 寄附額1億円."""

from jisseki_check.facts.goals.reading import Goal, find_goals, scope_at

__all__ = ["Goal", "find_goals", "scope_at"]
