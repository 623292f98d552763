"""A question: short answers that are counted when they are the same, or questions from the room that people support."""

from .kind import Question
from .settings import QuestionSettings

__all__ = ["Question", "QuestionSettings"]
