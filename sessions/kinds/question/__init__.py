"""A question, in four modes: short answers that are counted when they are the same, questions from the room that people
support, a choice, or a number on a scale.
"""

from .kind import Question
from .settings import QuestionSettings

__all__ = ["Question", "QuestionSettings"]
