"""What happens next, in the words in which the room was told: of the closing, else of the last step that was held."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ....kinds.close import Close
from ....models import Step
from ....wording.words import in_language
from ..document import Block, Paragraph
from ..facts import Facts


def tell_onward(facts: Facts) -> list[Block]:
    said = [text for step in _find_last(facts.steps) for text in _read_texts(step)]
    if not said:
        return [Paragraph(_("Nothing was said at the end about what happens next."))]
    return [Paragraph(text) for text in said]


def _find_last(steps: Sequence[Step]) -> Sequence[Step]:
    return [step for step in steps if step.kind == Close.key] or steps[-1:]


def _read_texts(step: Step) -> list[str]:
    """Of any other step than a closing the prompt is its question."""
    prompt = in_language(step, "prompt") if step.kind == Close.key else ""
    return [text for line in (prompt, *in_language(step, "body").split("\n")) if (text := line.strip())]
